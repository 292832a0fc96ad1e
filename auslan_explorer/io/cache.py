"""Activation cache files: hidden states of any recurrent network, in a documented HDF5 layout.

``docs/activation-cache.md`` describes the layout; `io.cache_reader` checks every part of a file, `io.arrays` builds
activations of plain arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations, StateSource
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5
from auslan_explorer.io.arrays import activations_from_npz, cache_from_arrays
from auslan_explorer.io.cache_parts import INPUTS, LAYERS, OUTPUTS, write_head_and_maps, write_parts
from auslan_explorer.io.cache_reader import OLDEST, STATES, VERSION, inspect

__all__ = [
    "CacheStates",
    "Stamp",
    "activations_from_npz",
    "cache_from_arrays",
    "check_cache",
    "read_cache",
    "write_cache",
]

_BLOCK = 16384
_CHECK_BYTES = 32 << 20
# A path of the article's data is 57 rows long: a chunk of 1024 rows is small enough to read one, large enough to pack.
_CHUNK_ROWS = 1024
_HALF_MAX = float(np.finfo(np.float16).max)
_MOST_LOST = 5e-4
"""What rounding may take from hidden states, as a fraction of their spread."""


@dataclass(frozen=True)
class Stamp:
    """A file's inode, size and time of change, to notice that it was replaced."""

    inode: int
    size: int
    modified: int

    @classmethod
    def read(cls, path: Path) -> Stamp:
        """Return the stamp of a file; OSError where it is missing."""
        status = path.stat()
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True)
class CacheStates:
    """Hidden states read from the cache file on demand; a `core.activations.StateSource`.

    The file is open only while rows are read, so it can be moved or replaced in between. May be read from any thread;
    h5py serialises the reads.
    """

    path: Path
    shape: tuple[int, int]
    stamp: Stamp
    dataset: str

    def rows(self, start: int, stop: int) -> np.ndarray:
        """Return rows [start, stop) as float32, shape (stop - start, units).

        Raises
        ------
        UserError
            If the file is gone, was changed since it was opened, is damaged, or holds NaN there.
        """
        with hdf5.reading(self.path, checked=True) as file:
            if Stamp.read(self.path) != self.stamp:
                raise UserError(f"{self.path} was changed after it was opened; open it again.")
            dataset = hdf5.find(file, self.dataset)
            if dataset is None or dataset.shape != self.shape:
                raise UserError(f"{self.path} was changed after it was opened; open it again.")
            values = np.empty((max(min(stop, len(dataset)) - start, 0), *self.shape[1:]), dtype=np.float32)
            # Part by part: what they are read and checked with would take as much memory as the rows.
            for first in range(0, len(values), _BLOCK):
                part = values[first : first + _BLOCK]
                with np.errstate(over="ignore"):
                    part[:] = dataset[start + first : start + first + len(part)]
                if not np.isfinite(part).all():
                    raise UserError(
                        f"{self.path}: {self.dataset} holds values that are not finite numbers; make the cache again."
                    )
        return values


def read_cache(path: Path) -> Activations:
    """Open an activation cache; hidden states are read later, on demand.

    Raises
    ------
    UserError
        If the file is missing, damaged, of another kind or version, or anything but the hidden states' values is
        wrong (those are checked when they are read, and by `check_cache`).
    """
    with hdf5.naming_errors(path, "an activation cache"), hdf5.reading(path) as file:
        stamp = Stamp.read(path)
        parts, problems = inspect(file, path)
        if parts is None:
            more = f" (and {len(problems) - 1} more, see `cache check`)" if len(problems) > 1 else ""
            raise UserError(problems[0] + more)
        read = parts.activations(lambda name, shape: CacheStates(path, shape, stamp, name))
        return replace(read, origin=_origin(path))


def _origin(path: Path) -> Origin:
    shipped = path.absolute() == paths.ships("activations.h5").absolute()
    return Origin(Kind.SHIPPED if shipped else Kind.FILE, str(path.absolute()))


def check_cache(path: Path, progress: Progress = no_progress, cancelled: IsCancelled = never) -> list[str]:
    """Check an activation cache, hidden states included; return a sentence for each problem, none where it is good.

    Hidden states are read in blocks, so that a large file needs little memory.

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    problems: list[str] = []
    try:
        with hdf5.reading(path) as file:
            parts, problems = inspect(file, path)
            for name in parts.large if parts else (STATES,):
                dataset = hdf5.find(file, name)
                if dataset is not None and dataset.ndim == 2 and dataset.dtype.kind == "f":
                    problems += _state_problem(name, dataset, parts.lengths if parts else None, progress, cancelled)
        if not problems:
            problems += _head_problem(read_cache(path))
    except UserError as error:
        if str(error) not in problems:
            problems.append(str(error))
    return problems


def _head_problem(a: Activations) -> list[str]:
    """Return a sentence where the head does not give what the network predicted."""
    if a.head is None or a.outputs is not None or a.head_agrees:
        return []
    known = np.flatnonzero((a.predicted >= 0) & (a.lengths > 0))
    return [
        f"The softmax layer in head gives another answer than recordings/predicted for {a.head_disagreements(known)} "
        f"of {counted(len(known), 'recording')}: this network reads more than its last hidden state. Leave head "
        "out, or write the network’s own probabilities."
    ]


def _state_problem(
    name: str, dataset: h5py.Dataset, lengths: np.ndarray | None, progress: Progress, cancelled: IsCancelled
) -> list[str]:
    """Return a sentence where a value is not finite, or where float16 has left one value of all."""
    rows = dataset.shape[0]
    low, high = np.inf, -np.inf
    block = max(min(_BLOCK, _CHECK_BYTES // max(dataset.shape[1] * dataset.dtype.itemsize, 1)), 1)
    for start in range(0, rows, block):
        if cancelled():
            raise Cancelled
        with np.errstate(over="ignore"):  # what is too large for float32 is not finite as it is read
            values = dataset[start : start + block].astype(np.float32)
        finite = np.isfinite(values).all(axis=1)
        if not finite.all():
            return [_bad_row_sentence(name, start + int(np.argmin(finite)), lengths)]
        low, high = min(low, values.min(initial=low)), max(high, values.max(initial=high))
        progress(min(start + block, rows) / rows, "Checking hidden states")
    if low < high or dataset.dtype != np.float16 or rows * dataset.shape[1] < 2:
        return []
    return [f"All values of {name} are the same, as float16 leaves them of very small or large ones; write float32."]


def _bad_row_sentence(name: str, row: int, lengths: np.ndarray | None) -> str:
    where = ""
    if lengths is not None:
        recording = int(np.searchsorted(np.cumsum(lengths), row, side="right"))
        where = f" (recording {recording})"
    return f"{name} holds values that are not finite numbers, first in row {row}{where}, counted from 0."


def write_cache(
    path: Path,
    activations: Activations,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> None:
    """Write an activation cache atomically.

    Hidden states are stored as float16, or as float32 where that would move them by 5e-4 of their spread or more: both
    are root mean squares over all states, so that an LSTM's, in -1..1, are stored as float16.

    Raises
    ------
    UserError
        If the file cannot be written, or the activations hold values that are not finite numbers.
    Cancelled
        If `cancelled` returns True; what was there before is untouched.
    """
    hdf5.write_hdf5(path, lambda file: _fill(file, activations, progress, cancelled))


def _fill(file: h5py.File, activations: Activations, progress: Progress, cancelled: IsCancelled) -> None:
    a = activations
    hdf5.put_text(file, "format", hdf5.ACTIVATIONS)
    # What older readers can do without keeps the old number.
    file.attrs["version"] = OLDEST if a.classified else VERSION
    file.attrs["steps"] = int(a.steps)
    file.attrs["units"] = int(a.units)
    provenance = file.create_group("provenance")
    for key, value in a.provenance.items():
        hdf5.put_text(provenance, key, str(value))
    recordings = file.create_group("recordings")
    recordings["length"] = a.lengths.astype("<i4")
    recordings["session"] = a.session.astype("<i2")
    recordings["trial"] = a.trial.astype("<i2")
    recordings["split"] = a.split.astype("u1")
    recordings["first_step"] = a.first_step.astype("<i4")
    if a.classified:
        recordings["sign"] = a.sign.astype("<i2")
        recordings["predicted"] = a.predicted.astype("<i2")
        hdf5.put_texts(file, "signs/key", a.signs)
        hdf5.put_texts(file, "signs/name", a.names)
    if a.hand_ratio is not None:
        recordings["hand_ratio"] = a.hand_ratio.astype("<f4")
    write_parts(file, a)
    write_head_and_maps(file, a.prefix, a.head, a.projections)
    rows = [(file, "hidden_states", a.states)]
    if a.layers:
        hdf5.put_texts(file, "layer_order", [layer.name for layer in a.layers])
    for number, layer in enumerate(a.layers):
        if layer.name != a.layer:
            group = file.create_group(f"{LAYERS}/{number}")
            hdf5.put_text(group, "name", layer.name)
            write_head_and_maps(group, layer.prefix, layer.head, layer.projections)
            rows.append((group, "hidden_states", layer.states))
    if a.outputs is not None:
        rows.append((file, OUTPUTS, a.outputs.rows))
    if a.inputs is not None:
        rows.append((file, INPUTS, a.inputs.rows))
    for number, (group, name, source) in enumerate(rows):
        _fill_rows(group, name, source, partial(_report_share, progress, number, len(rows)), cancelled)


def _report_share(progress: Progress, done: int, parts: int, fraction: float, text: str) -> None:
    progress((done + fraction) / parts, text)


def _fill_rows(group: h5py.Group, name: str, source: StateSource, progress: Progress, cancelled: IsCancelled) -> None:
    dtype = "<f2" if _half_is_enough(source) else "<f4"
    count, units = source.shape
    dataset = group.create_dataset(
        name,
        shape=source.shape,
        dtype=dtype,
        chunks=(min(_CHUNK_ROWS, max(count, 1)), units),
        compression="gzip",
        compression_opts=6,
        shuffle=True,
    )
    for start in range(0, count, _BLOCK):
        if cancelled():
            raise Cancelled
        stop = min(start + _BLOCK, count)
        dataset[start:stop] = source.rows(start, stop).astype(dtype)
        progress(stop / count, "Writing hidden states")


def _half_is_enough(source: StateSource) -> bool:
    """Return whether float16 keeps the hidden states to less than `_MOST_LOST` of their spread."""
    count, units = source.shape
    total, squares = np.zeros(units), np.zeros(units)
    lost = largest = 0.0
    for start in range(0, count, _BLOCK):
        block = source.rows(start, min(start + _BLOCK, count))
        if not np.isfinite(block).all():
            raise UserError("The hidden states hold values that are not finite numbers; nothing was written.")
        largest = max(largest, float(np.abs(block).max(initial=0.0)))
        if largest > _HALF_MAX:
            continue  # the rest is read for values that are not finite
        exact = block.astype(np.float64)
        total += exact.sum(axis=0)
        squares += (exact**2).sum(axis=0)
        lost += float(((exact - block.astype(np.float16)) ** 2).sum())
    spread = float((squares - total**2 / max(count, 1)).sum())
    return largest <= _HALF_MAX and lost <= _MOST_LOST**2 * max(spread, 0.0)
