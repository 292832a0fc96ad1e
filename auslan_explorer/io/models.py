"""Network files: plain arrays in HDF5, with how each network was trained.

Classifier (format "auslan-explorer-classifier", version 1): attributes ``gates`` and ``steps``; ``/lstm/kernel``,
``/lstm/recurrent_kernel``, ``/lstm/bias``, ``/head/kernel``, ``/head/bias``, ``/input/mean``, ``/input/std``,
``/signs/key``. Autoencoder (format "auslan-explorer-autoencoder", version 1): attribute ``bottleneck``;
``/layers/<n>/kernel`` and ``bias`` with attribute ``activation``. Both: ``/training`` with attributes (texts,
or JSON), and for a classifier the split as ``/training/split`` and ``/training/recording``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import h5py
import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Gates, Head
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io import hdf5
from auslan_explorer.io.hdf5_survey import attribute_names
from auslan_explorer.io.opening import parse_json
from auslan_explorer.io.published import ARTICLE_SIGNS, load_published

__all__ = [
    "ARTICLE_SIGNS",
    "load_autoencoder",
    "load_classifier",
    "load_published",
    "load_split",
    "read_info",
    "recording_keys",
    "save_autoencoder",
    "save_classifier",
    "split_of",
]

VERSION = 1
_MAX_LAYERS = 64


# ------------------------------------------------------------------------------------------------------- classifier
def save_classifier(
    path: Path,
    classifier: Classifier,
    info: Mapping[str, Any] | None = None,
    *,
    split: np.ndarray | None = None,
    recordings: Sequence[str] | None = None,
) -> None:
    """Write a classifier's file atomically.

    Parameters
    ----------
    path : Path
    classifier : Classifier
    info : mapping, optional
        How it was trained; texts and JSON values.
    split : ndarray of uint8, shape (R,), optional
        Codes of `core.splits`: which recordings trained it.
    recordings : sequence of str, length R, optional
        The recording of each entry of `split`; see `recording_keys`.

    Raises
    ------
    UserError
        If the file cannot be written; what was there before is untouched.
    """
    if (split is None) != (recordings is None) or (split is not None and len(split) != len(recordings or ())):
        raise UserError("The split and the recordings that it speaks of must be equally long; give both or neither.")

    def fill(file: h5py.File) -> None:
        hdf5.put_text(file, "format", hdf5.CLASSIFIER)
        file.attrs["version"] = VERSION
        hdf5.put_text(file, "gates", classifier.gates)
        file.attrs["steps"] = int(classifier.steps)
        file["lstm/kernel"] = classifier.kernel.astype("<f4")
        file["lstm/recurrent_kernel"] = classifier.recurrent_kernel.astype("<f4")
        file["lstm/bias"] = classifier.bias.astype("<f4")
        file["head/kernel"] = classifier.head.kernel.astype("<f4")
        file["head/bias"] = classifier.head.bias.astype("<f4")
        file["input/mean"] = classifier.mean.astype("<f4")
        file["input/std"] = classifier.std.astype("<f4")
        hdf5.put_texts(file, "signs/key", classifier.signs)
        _put_info(file, info or {})
        if split is not None and recordings is not None:
            file["training/split"] = split.astype("u1")
            hdf5.put_texts(file, "training/recording", recordings)

    hdf5.write_hdf5(path, fill)


def load_classifier(path: Path) -> Classifier:
    """Read a classifier that `save_classifier` wrote.

    Raises
    ------
    UserError
        If the file is missing, damaged, of another kind or version, or its arrays do not fit together.
    """
    with hdf5.naming_errors(path, "a classifier"), hdf5.reading(path) as file:
        hdf5.check_format(file, path, hdf5.CLASSIFIER, VERSION)
        keys = hdf5.texts(file, "signs/key")
        if not keys or len(set(keys)) != len(keys):
            raise UserError("signs/key is missing, empty, or holds the same key twice.")
        steps = hdf5.int_attribute(file, "steps", 0)
        if steps < 1:
            raise UserError("the attribute steps is missing or not above zero.")
        recurrent = hdf5.needed(file, "lstm/recurrent_kernel", "f", (None, None), np.float32)
        units = recurrent.shape[0]
        std = hdf5.needed(file, "input/std", "f", (None,), np.float32)
        if (std <= 0).any():
            raise UserError("input/std holds a spread that is not above zero.")
        return Classifier(
            kernel=hdf5.needed(file, "lstm/kernel", "f", (None, 4 * units), np.float32),
            recurrent_kernel=recurrent,
            bias=hdf5.needed(file, "lstm/bias", "f", (4 * units,), np.float32),
            head=Head(
                hdf5.needed(file, "head/kernel", "f", (units, len(keys)), np.float32),
                hdf5.needed(file, "head/bias", "f", (len(keys),), np.float32),
            ),
            gates=cast(Gates, hdf5.text_attribute(file, "gates")),
            mean=hdf5.needed(file, "input/mean", "f", std.shape, np.float32),
            std=std,
            steps=steps,
            signs=keys,
        )


def recording_keys(recordings: Recordings) -> tuple[str, ...]:
    """Return "sign/session/trial" of each recording, by which a stored split refers to it."""
    columns = zip(recordings.sign, recordings.session, recordings.trial, strict=True)
    return tuple(f"{recordings.signs[sign]}/{session}/{trial}" for sign, session, trial in columns)


def load_split(path: Path) -> dict[str, int] | None:
    """Read the split that a classifier was trained with, by "sign/session/trial"; None where none is stored.

    Raises
    ------
    UserError
        If the file cannot be read or the stored split is broken.
    """
    with hdf5.naming_errors(path, "a classifier"), hdf5.reading(path) as file:
        hdf5.check_format(file, path, hdf5.CLASSIFIER, VERSION)
        keys = hdf5.texts(file, "training/recording")
        codes = hdf5.array(file, "training/split", "iu", (None if keys is None else len(keys),), np.uint8)
        if keys is None or codes is None:
            return None
        return dict(zip(keys, codes.tolist(), strict=True))


def split_of(stored: Mapping[str, int], recordings: Recordings) -> np.ndarray:
    """Return a stored split in the order of `recordings`, uint8, shape (recordings,); 255 for those not in it."""
    return np.array([stored.get(key, 255) for key in recording_keys(recordings)], dtype=np.uint8)


# ------------------------------------------------------------------------------------------------------ autoencoder
def save_autoencoder(path: Path, autoencoder: Autoencoder, info: Mapping[str, Any] | None = None) -> None:
    """Write an autoencoder's file atomically.

    Raises
    ------
    UserError
        If the file cannot be written; what was there before is untouched.
    """

    def fill(file: h5py.File) -> None:
        hdf5.put_text(file, "format", hdf5.AUTOENCODER)
        file.attrs["version"] = VERSION
        put_layers(file, autoencoder)
        _put_info(file, info or {})

    hdf5.write_hdf5(path, fill)


def put_layers(file: h5py.File, autoencoder: Autoencoder) -> None:
    """Write an autoencoder's layers into an open file."""
    file.attrs["bottleneck"] = int(autoencoder.bottleneck)
    for number, layer in enumerate(autoencoder.layers):
        group = file.create_group(f"layers/{number}")
        group["kernel"] = layer.kernel.astype("<f4")
        group["bias"] = layer.bias.astype("<f4")
        hdf5.put_text(group, "activation", layer.activation)


def load_autoencoder(path: Path) -> Autoencoder:
    """Read an autoencoder that `save_autoencoder` wrote.

    Raises
    ------
    UserError
        If the file is missing, damaged, of another kind or version, or its layers do not fit together.
    """
    with hdf5.naming_errors(path, "an autoencoder"), hdf5.reading(path) as file:
        hdf5.check_format(file, path, hdf5.AUTOENCODER, VERSION)
        return get_layers(file)


def get_layers(file: h5py.File) -> Autoencoder:
    """Read the layers that `put_layers` wrote.

    Raises
    ------
    UserError
        If they are missing or do not fit together.
    """
    layers: list[DenseLayer] = []
    while len(layers) < _MAX_LAYERS and f"layers/{len(layers)}" in file:
        name = f"layers/{len(layers)}"
        kernel = hdf5.needed(file, f"{name}/kernel", "f", (None, None), np.float32)
        bias = hdf5.needed(file, f"{name}/bias", "f", (kernel.shape[1],), np.float32)
        layers.append(DenseLayer(kernel, bias, hdf5.text_attribute(file[name], "activation")))
    group = file.get("layers")
    stored = len(group) if isinstance(group, h5py.Group) else 0
    if not layers or stored != len(layers):
        raise UserError(f"layers/{len(layers)} is missing, or there are more than {_MAX_LAYERS} layers.")
    return Autoencoder(tuple(layers), hdf5.int_attribute(file, "bottleneck", -1))


# ------------------------------------------------------------------------------------------------------------- info
def read_info(path: Path) -> dict[str, Any]:
    """Read the metadata of a network's file: format, version, and how it was trained.

    Raises
    ------
    UserError
        If the file cannot be read or is of no kind known here.
    """
    kind, version = hdf5.file_format(path)
    info: dict[str, Any] = {"format": kind, "version": version}
    with hdf5.reading(path) as file:
        group = file.get("training")
        if isinstance(group, h5py.Group):
            for key in attribute_names(group):
                info[key.encode("utf-8", "replace").decode()] = _decoded(hdf5.text_attribute(group, key))
    return info


def _put_info(file: h5py.File, info: Mapping[str, Any]) -> None:
    group = file.create_group("training")
    for key, value in info.items():
        plain = isinstance(value, str) and _decoded(value) == value
        hdf5.put_text(group, key, value if plain else json.dumps(_plain(value)))


def _plain(value: Any) -> Any:
    """Convert NumPy numbers and arrays to JSON values."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _decoded(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return text
