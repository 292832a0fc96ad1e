"""Reads a project folder of LSTMVis: hidden states and words in HDF5 files, which ``lstm.yml`` names.

Its text is one stream of words; sequences are its sentences, where it has marks of their ends, else pieces of equal
length. Words and annotations become labels of steps, and every entry of ``states: types`` a layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

import h5py
import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5
from auslan_explorer.io.arrays import cache_from_arrays
from auslan_explorer.io.opening import check_memory, read_bytes, shown, translating
from auslan_explorer.io.plain_yaml import parse_yaml

SETTINGS = ("lstm.yml", "lstm.yaml")
ENDS = frozenset({"</s>", "<eos>", "<EOS>", "<end>", "\n"})
"""Words that end a sentence."""
PIECE = 200
"""Steps of a sequence where no word ends a sentence."""
_MOST_SETTINGS, _MOST_WORDS = 1 << 20, 64 << 20
_MOST_LAYERS = 256
_WHAT = "settings of LSTMVis"


def settings_file(path: Path) -> Path | None:
    """Return the settings file of a folder, or the path if it is one; None for anything else."""
    if path.is_dir():
        return next((path / name for name in SETTINGS if (path / name).is_file()), None)
    return path if path.name.lower() in SETTINGS and path.is_file() else None


def read_lstmvis(path: Path) -> Activations:
    """Read a folder of LSTMVis, by its path or that of its ``lstm.yml``.

    Raises
    ------
    UserError
        If a file is missing or damaged, lies outside the folder, or they do not fit together.
    """
    file = settings_file(path)
    if file is None:
        raise UserError(f"There is no {SETTINGS[0]} in {shown(path)}.")
    with translating(file, _WHAT):
        settings = parse_yaml(read_bytes(file, _MOST_SETTINGS, _WHAT).decode("utf-8", "replace"))
        if not isinstance(settings, dict):
            raise UserError(f"{shown(file)} holds no {_WHAT}.")
        return _Project(file, settings).read()


class _Project:
    """A folder and its settings."""

    def __init__(self, file: Path, settings: Mapping[str, Any]) -> None:
        self._file = file
        self._settings = settings
        self._files = self._part("files")

    def read(self) -> Activations:
        part = self._part("states")
        types = part.get("types")
        if not isinstance(types, list) or not types:
            raise UserError(f"{shown(self._file)} names no states (states: types).")
        if len(types) > _MOST_LAYERS:  # each is read from its file
            raise UserError(f"{shown(self._file)} names {len(types)} layers; {_MOST_LAYERS} are the most.")
        layers: dict[str, np.ndarray] = {}
        for each in types:
            name = " ".join(str(each[key]) for key in ("type", "layer") if key in each) or str(each["path"])
            name = name if name not in layers else f"{name}, {each['path']}"
            layers[name] = self._states(each.get("file", part.get("file")), str(each["path"]))
        rows = min(map(len, layers.values()))
        words = self._words(rows)
        rows = rows if words is None else min(rows, len(words))
        lengths = _lengths(rows, words)
        labels = {} if words is None else {"word": words[:rows]}
        labels |= self._annotations(rows)
        shown_layer = list(layers)[-1]
        states = {name: values[:rows] for name, values in layers.items()}
        top = states.pop(shown_layer)
        return cache_from_arrays(
            top, lengths, step_labels=labels, layer=shown_layer, layers=states, sequence_word="sentence",
            recording_names=_names(lengths, words), provenance=self._provenance(),
        )  # fmt: skip

    def _provenance(self) -> dict[str, str]:
        found = {"model": self._settings.get("name"), "data": self._settings.get("description")}
        return {key: str(text) for key, text in found.items() if text}

    def _part(self, name: str) -> dict[str, Any]:
        found = self._settings.get(name)
        if not isinstance(found, dict):
            raise UserError(f"{shown(self._file)} has no part “{shown(name)}”.")
        return found

    def _path(self, key: Any) -> Path:
        """Return the path of a file that the settings name; none outside the folder is read."""
        if key is None:
            raise UserError(f"{shown(self._file)} does not say in which of its files states or words are (file).")
        name = self._files.get(str(key))
        if not isinstance(name, str):
            raise UserError(f"{shown(self._file)} names no file “{shown(key)}” (files).")
        inside = PurePath(name.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or ":" in name:
            raise UserError(f"{shown(self._file)} names {shown(name)}, which lies outside its folder.")
        return self._file.parent / inside

    def _states(self, key: Any, name: str) -> np.ndarray:
        path = self._path(key)
        with hdf5.naming_errors(path, "states of LSTMVis"), hdf5.reading(path) as file:
            return hdf5.needed(file, name, "f", (None, None), np.float32)

    def _words(self, rows: int) -> list[str] | None:
        part = self._settings.get("word_sequence")
        if not isinstance(part, dict):
            return None
        numbers = self._column(part["file"], str(part["path"]))
        if len(numbers) < rows:
            raise UserError(f"{shown(self._file)} names {counted(len(numbers), 'word')} and {counted(rows, 'state')}.")
        return self._texts(numbers[:rows], part.get("dict_file"))

    def _annotations(self, rows: int) -> dict[str, Any]:
        """Return the annotations that have a value for each word."""
        found: dict[str, Any] = {}
        named = self._settings.get("meta")
        for name, part in named.items() if isinstance(named, dict) else ():
            if not isinstance(part, dict) or part.get("index", "self") != "self" or "path" not in part:
                continue
            values = self._column(part["file"], str(part["path"]))
            if len(values) >= rows:
                of_dict = part.get("dict")
                found[str(name)] = values[:rows] if of_dict is None else self._texts(values[:rows], of_dict)
        return found

    def _column(self, key: Any, name: str) -> np.ndarray:
        path = self._path(key)
        with hdf5.naming_errors(path, "a file of LSTMVis"), hdf5.reading(path) as file:
            dataset = hdf5.find(file, name)
            if dataset is None or dataset.dtype.kind not in "fiu":
                raise UserError(f"{shown(name)} is missing, or holds no numbers.")
            check_memory(2 * dataset.nbytes, shown(name))
            return _flat(dataset)

    def _texts(self, numbers: np.ndarray, key: Any) -> list[str]:
        """Return the words of numbers, by a file with a word and its number in each line."""
        if key is None:
            return [str(number) for number in numbers.tolist()]
        path = self._path(key)
        named: dict[int, str] = {}
        for line in read_bytes(path, _MOST_WORDS, "a dictionary of LSTMVis").decode("utf-8", "replace").splitlines():
            word, _, number = line.rstrip().rpartition(" ")
            if number.lstrip("-").isdecimal():
                named[int(number)] = word
        return [named.get(number, str(number)) for number in numbers.astype(np.int64).tolist()]


def _flat(dataset: h5py.Dataset) -> np.ndarray:
    return np.asarray(dataset[()]).reshape(-1)


def _lengths(rows: int, words: list[str] | None) -> np.ndarray:
    """Return the lengths of the sentences, or of pieces where no word ends one."""
    ends = [row + 1 for row, word in enumerate((words or [])[:rows]) if word in ENDS]
    if not ends:
        ends = list(range(PIECE, rows, PIECE))
    bounds = np.unique([0, *ends, rows])
    return np.diff(bounds)


def _names(lengths: np.ndarray, words: list[str] | None) -> list[str] | None:
    if words is None:
        return None
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return [" ".join(words[start : start + min(length, 4)]) for start, length in zip(starts, lengths, strict=True)]
