"""Helpers for untrusted HDF5 files: checked reads by shape and type, atomic writes, and sentences for errors.

Links to other files are refused, sizes are checked before anything is read, and no code or pickle is ever run.
"""

from __future__ import annotations

import io
import mmap
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.signs import sort_key
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.hdf5_heaps import check_heaps
from auslan_explorer.io.hdf5_survey import attribute, check_file, read_texts
from auslan_explorer.io.opening import check_memory, check_regular, opened, shown

MAGIC = b"\x89HDF\r\n\x1a\n"
MAX_BYTES = 4 << 30
"""Largest single dataset that is read at once."""

ACTIVATIONS = "auslan-explorer-activations"
RECORDINGS = "auslan-explorer-recordings"
CLASSIFIER = "auslan-explorer-classifier"
AUTOENCODER = "auslan-explorer-autoencoder"
RUN = "auslan-explorer-run"
STABILITY = "auslan-explorer-stability"
KERAS = "keras"

WORDS = {
    ACTIVATIONS: "an activation cache",
    RECORDINGS: "imported recordings",
    CLASSIFIER: "a classifier",
    AUTOENCODER: "an autoencoder",
    RUN: "a training run",
    STABILITY: "an ensemble of maps",
    KERAS: "a Keras weight file",
}
"""Name of each format in a sentence."""


def is_hdf5(path: Path) -> bool:
    """Return whether a file begins like HDF5; False where it cannot be read."""
    with suppress(UserError), opened(path) as file:
        return file.read(len(MAGIC)) == MAGIC
    return False


_last_checked: tuple[int, ...] = ()
"""The file that was checked last, as the system tells it: it is opened twice in a row, to see of what kind it is."""


@contextmanager
def reading(path: Path, *, checked: bool = False) -> Iterator[h5py.File]:
    """Open an HDF5 file to read; whatever is raised inside the block, HDF5's own errors included, is a UserError.

    Parameters
    ----------
    path : Path
    checked : bool
        Whether its parts were checked when it was opened before, and it is known to be the same file.

    Raises
    ------
    UserError
        If the file is missing, empty, not HDF5, truncated, damaged, or claims more than it can hold.
    """
    with opened(path, "an HDF5 file that can be read") as raw:
        head = raw.read(len(MAGIC))
        if not head:
            raise UserError(f"{shown(path)} is empty; make or copy it again.")
        if head != MAGIC:
            raise UserError(
                f"{shown(path)} is not an HDF5 file; choose a file that this program wrote, or one in its format."
            )
        global _last_checked
        found = os.fstat(raw.fileno())
        this = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
        checked = checked or this == _last_checked
        if not checked:
            with naming_errors(path, "an HDF5 file"), mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as data:
                check_heaps(data)
        # No lock: files are replaced whole (io.atomic), never changed in place, and read-only disks know no locks.
        with h5py.File(path, "r", locking=False) as file:
            if not checked:
                with naming_errors(path, "an HDF5 file"):
                    check_file(file, found.st_size)
                _last_checked = this
            yield file


def write_hdf5(path: Path, fill: Callable[[h5py.File], None]) -> None:
    """Write an HDF5 file atomically; `fill` adds its contents.

    It is built in memory first: HDF5 itself cannot recover from a full disk.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    buffer = io.BytesIO()
    # v108: attributes of more than 64 kB (a long training history) are allowed from there on.
    with h5py.File(buffer, "w", libver=("v108", "v108")) as file:
        fill(file)
    write_bytes(path, buffer.getbuffer())


def file_format(path: Path) -> tuple[str, int]:
    """Read the format and version in a file's attributes; ``("keras", 2)`` for the published weights.

    Raises
    ------
    UserError
        If the file cannot be read, or is of no format known here.
    """
    with reading(path) as file:
        found = text_attribute(file, "format")
        if found in WORDS:
            return found, int_attribute(file, "version", 0)
        if "keras_version" in file.attrs:
            major = text_attribute(file, "keras_version").partition(".")[0]
            return KERAS, int(major) if major.isdigit() else 0
    raise UserError(f"{shown(path)} is an HDF5 file, but of no kind that is known here.")


def check_format(file: h5py.File, path: Path, wanted: str, version: int, oldest: int | None = None) -> int:
    """Check that a file is of the wanted format and of a version that this program knows; return that version.

    Parameters
    ----------
    file : h5py.File
    path : Path
    wanted : str
    version : int
        Newest version.
    oldest : int, optional
        Oldest version; by default the newest is the only one.

    Raises
    ------
    UserError
        If it is not.
    """
    found = text_attribute(file, "format")
    if found != wanted:
        if found in WORDS:
            is_a = WORDS[found]
        elif "model_weights" in file:
            is_a = WORDS[KERAS]
        else:
            is_a = "another kind of HDF5 file"
        raise UserError(f"{shown(path)} is {is_a}, not {WORDS[wanted]}; choose another file.")
    number = int_attribute(file, "version", 0)
    if not (version if oldest is None else oldest) <= number <= version:
        raise UserError(
            f"{shown(path)} is version {number} of its format and this program reads version {version}; "
            "update the program or make the file again."
        )
    return number


def text_attribute(node: h5py.Group | h5py.Dataset, name: str) -> str:
    """Read a text attribute; empty where it is missing or not a text. Bytes that are no UTF-8 are replaced."""
    value = attribute(node, name)
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def int_attribute(node: h5py.Group | h5py.Dataset, name: str, default: int) -> int:
    """Read a whole-number attribute, also of a decimal type; `default` where it is missing or something else."""
    value = attribute(node, name)
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return int(value)
    return int(value) if isinstance(value, (int, np.integer)) else default


def number_attribute(node: h5py.Group | h5py.Dataset, name: str) -> float:
    """Read an attribute that is one number; NaN where it is missing or something else."""
    value = attribute(node, name)
    return float(value) if isinstance(value, (int, float, np.integer, np.floating)) else float("nan")


def find(file: h5py.File, name: str) -> h5py.Dataset | None:
    """Return a dataset by its path; None where there is none.

    Raises
    ------
    UserError
        If the path is a link, or the data lies in another file.
    """
    node: Any = file
    for part in name.strip("/").split("/"):
        link = node.get(part, getlink=True) if isinstance(node, h5py.Group) else None
        if link is None:
            return None
        if not isinstance(link, h5py.HardLink):
            raise UserError(f"{shown(name)} is a link to another place, which is not followed.")
        node = node[part]
    if not isinstance(node, h5py.Dataset):
        raise UserError(f"{shown(name)} is a group where a dataset belongs.")
    if node.is_virtual or node.external:
        raise UserError(f"{shown(name)} keeps its data in another file, which is not followed.")
    return node


def members(file: h5py.File, name: str, most: int) -> list[str]:
    """Return the names of a group's members, in natural order.

    Raises
    ------
    UserError
        If it is no group, has more than `most` members, or one of them is a link.
    """
    if not isinstance(file.get(name, getlink=True), h5py.HardLink) or not isinstance(file[name], h5py.Group):
        raise UserError(f"{shown(name)} is no group.")
    group = file[name]
    if len(group) > most:
        raise UserError(f"{shown(name)} has {len(group)} members, more than {most}.")
    found = list(group)
    for member in found:
        if not isinstance(group.get(member, getlink=True), h5py.HardLink):
            raise UserError(f"{shown(name)}/{shown(member)} is a link to another place, which is not followed.")
    return sorted(found, key=sort_key)


_KINDS = {"f": "decimal numbers", "iu": "whole numbers"}


def check_shape(dataset: h5py.Dataset, name: str, kinds: str, shape: Sequence[int | None]) -> None:
    """Check a dataset's type and shape without reading it.

    Raises
    ------
    UserError
        If its type is none of `kinds` (NumPy kind letters), or its shape differs; None in `shape` is any length.
    """
    if dataset.dtype.kind not in kinds:
        raise UserError(f"{shown(name)} holds {dataset.dtype} where {_KINDS[kinds]} belong.")
    found = dataset.shape
    fits = (
        found is not None
        and len(found) == len(shape)
        and all(w in (None, f) for f, w in zip(found, shape, strict=True))
    )
    if not fits:
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise UserError(f"{shown(name)} has shape {found} where ({wanted}) is needed.")
    if dataset.nbytes > MAX_BYTES:
        raise UserError(f"{shown(name)} claims {dataset.nbytes >> 30} GB, more than can be read.")
    check_memory(dataset.nbytes, name)


def array(file: h5py.File, name: str, kinds: str, shape: Sequence[int | None], dtype: Any) -> np.ndarray | None:
    """Read a dataset of numbers; None where there is none.

    Raises
    ------
    UserError
        If its type or shape is wrong, or a value is not finite or does not fit `dtype`.
    """
    dataset = find(file, name)
    if dataset is None:
        return None
    check_shape(dataset, name, kinds, shape)
    values = dataset[()]
    if kinds == "f":
        with np.errstate(over="ignore"):
            values = values.astype(dtype, copy=False)  # a number may be too large for the narrower type
        if not np.isfinite(values).all():
            raise UserError(f"{shown(name)} holds values that are not finite numbers.")
    elif values.size:
        info = np.iinfo(dtype)
        if int(values.min()) < info.min or int(values.max()) > info.max:
            raise UserError(f"{shown(name)} holds numbers outside {info.min} to {info.max}.")
    return np.ascontiguousarray(values, dtype=dtype)


def needed(file: h5py.File, name: str, kinds: str, shape: Sequence[int | None], dtype: Any) -> np.ndarray:
    """Read a dataset of numbers that must be there; see `array`."""
    values = array(file, name, kinds, shape, dtype)
    if values is None:
        raise UserError(f"{shown(name)} is missing.")
    return values


def texts(file: h5py.File, name: str) -> tuple[str, ...] | None:
    """Read a list of texts; None where there is none.

    Raises
    ------
    UserError
        If it is not a list of texts.
    """
    dataset = find(file, name)
    if dataset is None:
        return None
    if h5py.check_string_dtype(dataset.dtype) is None or dataset.ndim != 1:
        raise UserError(f"{shown(name)} is not a list of texts.")
    if dataset.nbytes > MAX_BYTES >> 8:
        raise UserError(f"{shown(name)} is a longer list than can be read.")
    return read_texts(dataset, name, check_regular(Path(file.filename)))


def put_texts(group: h5py.Group, name: str, values: Sequence[str]) -> None:
    """Write a list of texts as a dataset, encoded as in `put_text`."""
    encoded = [value.encode("utf-8", "replace") for value in values]
    dtype = h5py.string_dtype("utf-8", max([1, *map(len, encoded)]))
    group.create_dataset(name, data=np.array(encoded, dtype=dtype), shape=(len(encoded),), dtype=dtype)


def put_text(node: h5py.Group | h5py.Dataset, name: str, value: str) -> None:
    """Write a text attribute as UTF-8 of fixed length.

    Variable length would go through HDF5's global heap, which has no checksum: one wrong byte there can keep the HDF5
    library busy for ever.
    """
    encoded = value.encode("utf-8", "replace")
    dtype = h5py.string_dtype("utf-8", max(1, len(encoded)))
    node.attrs.create(name, np.array(encoded, dtype=dtype), dtype=dtype)


@contextmanager
def naming_errors(path: Path, what: str) -> Iterator[None]:
    """Add the file's name to a UserError raised inside the block whose sentence lacks it."""
    try:
        yield
    except UserError as error:
        sentence = str(error)
        if shown(path) in sentence:
            raise
        raise UserError(f"{shown(path)} is not usable as {what}: {sentence}") from error
