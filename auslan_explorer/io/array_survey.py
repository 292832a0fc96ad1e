"""Says which arrays a file of no known kind holds, guesses which is what, and reads those that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.io import hdf5
from auslan_explorer.io.hdf5_survey import datasets, read_texts
from auslan_explorer.io.npz import list_npz, read_npy, read_npz
from auslan_explorer.io.opening import check_memory, check_regular, shown
from auslan_explorer.io.tables import read_columns

TABLES = (".csv", ".tsv")
SUFFIXES = (".h5", ".hdf5", ".npz", ".npy", *TABLES)
"""Endings of files whose arrays can be looked at."""
KINDS = _DECIMAL, _WHOLE, _TEXTS, _OTHER = "decimal numbers", "whole numbers", "texts", "something else"
"""What arrays hold, in words."""
_MOST_TOLD = 8
_MOST_FIRST = 4


@dataclass(frozen=True)
class ArrayInfo:
    """One array of a file.

    Attributes
    ----------
    name : str
        Its path in an HDF5 file; a column's name in a table.
    shape : tuple of int
    kind : str
        One of `KINDS`.
    first : tuple of str
        The first values of a table's column.
    """

    name: str
    shape: tuple[int, ...]
    kind: str
    first: tuple[str, ...] = ()

    def __str__(self) -> str:
        size = " × ".join(map(str, self.shape)) or "one value"
        return f"{shown(self.name)} ({size}, {self.kind})"


@dataclass(frozen=True)
class Choice:
    """Which array of a file is what, by names; empty where there is none.

    Attributes
    ----------
    states : str
        (R, T, units), or (S, units) with `lengths`. In a table all columns of numbers that are nothing else.
    lengths, mask : str
        Real steps of each sequence, or which are real.
    labels : str
        Of each sequence, or of each step.
    outputs : str
        Probabilities of each sequence, or at each step.
    names : str
        Of the sequences.
    sequence, step : str
        In a table: the columns that say to which sequence a line belongs, and in which order.
    """

    states: str = ""
    lengths: str = ""
    mask: str = ""
    labels: str = ""
    outputs: str = ""
    names: str = ""
    sequence: str = ""
    step: str = ""

    def options(self) -> str:
        """Return the choice as options of the command line."""
        chosen = [(each.name, getattr(self, each.name)) for each in fields(self)]
        return " ".join(f"--{role} {shown(name)}" for role, name in chosen if name)


ARRAY_ROLES = ("states", "lengths", "mask", "labels", "outputs", "names")
TABLE_ROLES = ("sequence", "step", "labels")


def is_table(path: Path) -> bool:
    """Return whether a file is a table of text."""
    return path.suffix.lower() in TABLES


def list_arrays(path: Path) -> tuple[ArrayInfo, ...]:
    """List the arrays of a file; of a table, its columns.

    Raises
    ------
    UserError
        If it cannot be read, or holds none.
    """
    suffix = path.suffix.lower()
    if suffix == ".npz":
        found = tuple(ArrayInfo(name, shape, _kind(dtype)) for name, (shape, dtype) in list_npz(path).items())
    elif suffix == ".npy":
        array = read_npy(path)
        found = (ArrayInfo("array", array.shape, _kind(array.dtype)),)
    elif is_table(path):
        found = tuple(
            ArrayInfo(name, (len(texts),), _kind_of_texts(texts), tuple(texts[:_MOST_FIRST]))
            for name, texts in read_columns(path).items()
        )
    elif suffix in SUFFIXES:
        with hdf5.reading(path) as file:
            found = tuple(ArrayInfo(name, tuple(each.shape or ()), _kind(each.dtype)) for name, each in datasets(file))
    else:
        raise UserError(f"{shown(path)} is no file of arrays that can be read here.")
    if not found:
        raise UserError(f"{shown(path)} holds no arrays.")
    return tuple(sorted(found, key=lambda each: each.name)) if suffix in (".h5", ".hdf5") else found


def _kind(dtype: np.dtype) -> str:
    if h5py.check_string_dtype(dtype) is not None or dtype.kind in "US":
        return _TEXTS
    return {"f": _DECIMAL, "i": _WHOLE, "u": _WHOLE, "b": _WHOLE}.get(dtype.kind, _OTHER)


def _kind_of_texts(texts: Sequence[str]) -> str:
    for kind, convert in ((_WHOLE, int), (_DECIMAL, float)):
        try:
            for text in texts:
                convert(text)
        except ValueError:
            continue
        return kind
    return _TEXTS


def read_named(path: Path, name: str) -> np.ndarray:
    """Read one array of a file.

    Raises
    ------
    UserError
        If there is no such array, or it holds neither numbers nor texts.
    """
    suffix = path.suffix.lower()
    if suffix == ".npy":
        return read_npy(path)
    if suffix == ".npz":
        arrays = read_npz(path)
        if name not in arrays:
            raise UserError(f"{shown(path)} holds no array {shown(name)}; it holds {told(list_arrays(path))}.")
        return arrays[name]
    with hdf5.naming_errors(path, "a file of arrays"), hdf5.reading(path) as file:
        dataset = hdf5.find(file, name)
        if dataset is None:
            raise UserError(f"{shown(path)} holds no array {shown(name)}; it holds {told(list_arrays(path))}.")
        if _kind(dataset.dtype) == _TEXTS and dataset.ndim == 1:
            return np.array(read_texts(dataset, name, check_regular(path)))
        if dataset.dtype.kind not in "fiub":
            raise UserError(f"{shown(name)} holds neither numbers nor a list of texts.")
        check_memory(2 * dataset.nbytes, shown(name))
        return np.asarray(dataset[()])


def read_first(path: Path, name: str, rows: int) -> np.ndarray:
    """Read the first rows of an array; of an HDF5 file no more than these are read.

    Raises
    ------
    UserError
        As `read_named`.
    """
    if path.suffix.lower() not in (".h5", ".hdf5"):
        return read_named(path, name)[:rows]
    with hdf5.naming_errors(path, "a file of arrays"), hdf5.reading(path) as file:
        dataset = hdf5.find(file, name)
        if dataset is None or not dataset.ndim or dataset.dtype.kind not in "fiub":
            raise UserError(f"{shown(name)} is no array of numbers.")
        return np.asarray(dataset[:rows])


def told(arrays: Sequence[ArrayInfo]) -> str:
    """Return arrays as part of a sentence."""
    more = f" and {len(arrays) - _MOST_TOLD} more" if len(arrays) > _MOST_TOLD else ""
    return ", ".join(map(str, arrays[:_MOST_TOLD])) + more


# ------------------------------------------------------------------------------------------------------------- guesses
_HINTS = {
    "lengths": ("len",),
    "mask": ("mask",),
    "labels": ("label", "class", "target", "y", "sign", "word"),
    "outputs": ("prob", "output", "softmax", "pred", "logit"),
    "names": ("name", "id"),
    "sequence": ("seq", "recording", "series", "subject", "trial", "id"),
    "step": ("step", "time", "frame"),
}


def guess(arrays: Sequence[ArrayInfo], table: bool = False) -> Choice:
    """Guess which array is what, by shapes, types and names; a person can say otherwise."""
    if table:
        found = {role: _hinted(arrays, role) for role in TABLE_ROLES}
        texts = [each.name for each in arrays if each.kind == _TEXTS and each.name not in found.values()]
        return Choice(**{**found, "labels": found["labels"] or next(iter(texts), "")})
    numbers = [each for each in arrays if each.kind == _DECIMAL and len(each.shape) in (2, 3)]
    if not numbers:
        return Choice()
    likely = [each for each in numbers if any(word in each.name.casefold() for word in ("state", "hidden", "activ"))]
    # Of those that look alike the largest; one with three axes says itself where sequences begin.
    states = max(likely or numbers, key=lambda each: (len(each.shape), int(np.prod(each.shape))))
    rest = [each for each in arrays if each is not states]
    count = states.shape[0] if len(states.shape) == 3 else None
    vectors = [each for each in rest if len(each.shape) == 1 and (count is None or each.shape[0] == count)]
    whole = [each for each in vectors if each.kind == _WHOLE]
    columns = [*vectors, *(each for each in rest if len(states.shape) == 3 and each.shape == states.shape[:2])]
    return Choice(
        states=states.name,
        lengths=_hinted(whole, "lengths"),
        mask=_hinted([each for each in rest if each.shape == states.shape[:2]], "mask"),
        labels=_hinted(columns, "labels"),
        outputs=_hinted([each for each in rest if each.kind == _DECIMAL and len(each.shape) > 1], "outputs"),
        names=_hinted([each for each in vectors if each.kind == _TEXTS], "names"),
    )


def _hinted(arrays: Sequence[ArrayInfo], role: str) -> str:
    """Return the first array whose name begins with, or contains, a word of a role; one letter has to be all of it."""
    for word in _HINTS[role]:
        for each in arrays:
            last = each.name.rpartition("/")[2].casefold()
            if last == word or (len(word) > 1 and last.startswith(word)) or (len(word) > 3 and word in last):
                return each.name
    return ""
