"""Reads sequences of vectors from tables of text: the projector's TSV files, and a CSV of sequences in long form."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.arrays import cache_from_arrays
from auslan_explorer.io.hdf5_survey import MOST_TEXT
from auslan_explorer.io.opening import check_memory, opened, shown

MOST_BYTES = 2 << 30
"""Largest table that is read."""
_MOST_COLUMNS = 4096
_AS_TEXTS = 10
"""Bytes of memory for each byte of a table, whose cells are read as texts; with ten letters a cell, more with fewer."""
_SEQUENCE = ("sequence", "sequence_id", "recording", "series", "id")
_STEP = ("step", "time", "t", "timestep", "time_step")
_LABEL = ("label", "class", "sign", "target", "y")
TENSORS, METADATA = "tensors.tsv", "metadata.tsv"


def read_projector(path: Path) -> Activations:
    """Read the embedding projector's ``tensors.tsv``, with ``metadata.tsv`` beside it where there is one.

    The columns "sequence", "step" and "label" of the metadata make sequences and classes of the rows; without them all
    rows are one sequence. Every other column becomes labels of steps.

    Raises
    ------
    UserError
        If a file is missing, too large, or no table of that kind.
    """
    folder = path if path.is_dir() else path.parent
    rows = list(_rows(folder / TENSORS, "\t"))
    try:
        states = np.array(rows, dtype=np.float32)
    except ValueError as error:
        raise UserError(f"{shown(folder / TENSORS)} is no table of numbers with as many in each line.") from error
    columns: dict[str, list[str]] = {}
    if (folder / METADATA).is_file():
        lines = list(_rows(folder / METADATA, "\t"))
        # With one column alone there is no line of names.
        if lines and len(lines) == len(states):
            columns = {"label of step": [line[0] for line in lines]}
        else:
            columns = _columns(folder / METADATA, lines)
    return _activations(folder / TENSORS, states, columns)


def read_long_csv(path: Path, sequence: str = "", step: str = "", label: str = "") -> Activations:
    """Read a CSV of sequences in long form: a line for each step, with columns for sequence, step, values and label.

    "sequence" (or "recording", "id") is needed; "step" puts the lines of a sequence in order; "label" (or "class") is
    the class of a sequence where it is one for all its lines. All other columns of numbers are the values, other
    columns of texts labels of steps.

    Parameters
    ----------
    path : Path
    sequence, step, label : str, optional
        Columns that are these under other names; without a sequence among them, all lines are one.

    Raises
    ------
    UserError
        If the file is missing, too large, or no table of that kind.
    """
    columns = read_columns(path)
    for name, usual in ((sequence, _SEQUENCE[0]), (step, _STEP[0]), (label, _LABEL[0])):
        if name:
            columns = _renamed(path, columns, name, usual)
    named = _find(columns, _SEQUENCE)
    if named is None and not (sequence or step or label):
        raise UserError(f"{shown(path)} has no column “sequence” that says to which sequence a line belongs.")
    told = {named, _find(columns, _STEP), _find(columns, _LABEL)}
    values: dict[str, np.ndarray] = {}
    for name, texts in columns.items():
        if name not in told:
            try:
                values[name] = np.array(texts, dtype=np.float32)
            except ValueError:
                continue
    if not values:
        raise UserError(
            f"{shown(path)} has no column of numbers beside sequence, step and label; those are the hidden states."
        )
    states = np.column_stack(list(values.values()))
    return _activations(path, states, {name: texts for name, texts in columns.items() if name not in values})


def read_columns(path: Path) -> dict[str, list[str]]:
    """Read all columns of a table, by the names in its first line; of a .tsv, those between tabs.

    Raises
    ------
    UserError
        If the file is missing, too large, or no table with a line of names.
    """
    return _columns(path, list(_rows(path, "\t" if path.suffix.lower() == ".tsv" else ",")))


def _renamed(path: Path, columns: dict[str, list[str]], name: str, usual: str) -> dict[str, list[str]]:
    if name not in columns:
        raise UserError(f"{shown(path)} has no column {shown(name)}; it has {', '.join(map(shown, columns))}.")
    if name == usual:
        return columns
    if usual in columns:
        columns = {f"{usual} (2)" if each == usual else each: texts for each, texts in columns.items()}
    return {usual if each == name else each: texts for each, texts in columns.items()}


def is_long_csv(path: Path) -> bool:
    """Return whether a file is a CSV whose first line names a column of sequences."""
    try:
        with opened(path) as file:
            first = file.readline(65_536).decode("utf-8-sig", "replace")
            names = next(csv.reader([first]), [])
    except UserError:
        return False
    return _find({name: name for name in names}, _SEQUENCE) is not None


# ----------------------------------------------------------------------------------------------------------- tables
def _rows(path: Path, separator: str) -> Iterator[list[str]]:
    with opened(path, "a table of text") as file:
        size = os.fstat(file.fileno()).st_size
        if size > MOST_BYTES:
            raise UserError(f"{shown(path)} is larger than {MOST_BYTES >> 30} GB, more than is read of a table.")
        check_memory(_AS_TEXTS * size, shown(path))
        lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", errors="replace")
        for line in csv.reader(lines, delimiter=separator):
            if len(line) > _MOST_COLUMNS:
                raise UserError(f"{shown(path)} has more than {_MOST_COLUMNS} columns.")
            if max(map(len, line), default=0) > MOST_TEXT:
                raise UserError(f"{shown(path)} holds a text of more than {MOST_TEXT} letters.")
            if line:
                yield line


def _columns(path: Path, lines: Sequence[list[str]]) -> dict[str, list[str]]:
    if len(lines) < 2:
        raise UserError(f"{shown(path)} holds no line below its names of columns.")
    names = [name.strip() for name in lines[0]]
    if len(set(names)) != len(names) or any(len(line) != len(names) for line in lines):
        raise UserError(f"{shown(path)} needs a first line of different names, and as many columns in every line.")
    return {name: [line[place] for line in lines[1:]] for place, name in enumerate(names)}


def _find(columns: dict[str, Any], wanted: Sequence[str]) -> str | None:
    by_name = {name.strip().casefold(): name for name in columns}
    return next((by_name[name] for name in wanted if name in by_name), None)


def _activations(path: Path, states: np.ndarray, columns: dict[str, list[str]]) -> Activations:
    """Build activations of rows and the texts of their columns."""
    if states.ndim != 2 or not len(states) or not np.isfinite(states).all():
        raise UserError(f"{shown(path)} holds no rows of finite numbers.")
    if any(len(texts) != len(states) for texts in columns.values()):
        raise UserError(f"{shown(path.parent / METADATA)} has another number of rows than {shown(path.name)}.")
    named, step, label = (_find(columns, wanted) for wanted in (_SEQUENCE, _STEP, _LABEL))
    order, lengths, names = np.arange(len(states)), np.array([len(states)]), None
    if named is not None:
        owner, names = _places(columns[named])
        order = np.lexsort((_numbers(path, columns, step, len(states)), owner))
        lengths = np.bincount(owner)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    sign, signs = _classes(columns, label if named is not None else None, order, starts, lengths)
    labels = {
        name: [texts[row] for row in order]
        for name, texts in columns.items()
        if name not in (named, step) and not (name == label and sign is not None)
    }
    try:
        return cache_from_arrays(
            states[order], lengths, sign, signs, recording_names=names, step_labels=labels,
            provenance={"data": path.name},
        )  # fmt: skip
    except UserError as error:
        raise UserError(f"{shown(path)}: {error}") from error


def _numbers(path: Path, columns: dict[str, list[str]], step: str | None, rows: int) -> np.ndarray:
    if step is None:
        return np.arange(rows)
    try:
        return np.array(columns[step], dtype=np.float64)
    except ValueError as error:
        raise UserError(f"{shown(path)}: the column {shown(step)} holds something else than numbers.") from error


def _classes(
    columns: dict[str, list[str]], label: str | None, order: np.ndarray, starts: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray | None, list[str] | None]:
    """Return the class of each sequence where all its rows have one label, and the classes; None where they do not."""
    if label is None:
        return None, None
    place, texts = _places(columns[label])
    of_sequence = place[order][starts]
    if (np.repeat(of_sequence, lengths) != place[order]).any() or not all(texts[each] for each in of_sequence):
        return None, None
    keys = sorted({texts[each] for each in of_sequence})
    numbers = {key: number for number, key in enumerate(keys)}
    return np.array([numbers[texts[each]] for each in of_sequence]), keys


def _places(texts: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """Return each text's place among the different ones, and these in the order in which they come.

    Not by NumPy: its arrays of texts take for each as much as the longest needs.
    """
    found: dict[str, int] = {}
    places = np.fromiter((found.setdefault(text, len(found)) for text in texts), dtype=np.int64, count=len(texts))
    return places, list(found)
