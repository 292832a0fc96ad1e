"""Activation cache files: hidden states of any recurrent network, in a documented HDF5 layout.

``docs/activation-cache.md`` describes the layout; `io.cache_reader` checks every part of a file, `io.arrays` builds
activations of plain arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io import hdf5
from auslan_explorer.io.arrays import activations_from_npz, cache_from_arrays
from auslan_explorer.io.cache_reader import STATES, VERSION, inspect

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

    def rows(self, start: int, stop: int) -> np.ndarray:
        """Return rows [start, stop) as float32, shape (stop - start, units).

        Raises
        ------
        UserError
            If the file is gone, was changed since it was opened, is damaged, or holds NaN there.
        """
        with hdf5.reading(self.path) as file:
            if Stamp.read(self.path) != self.stamp:
                raise UserError(f"{self.path} was changed after it was opened; open it again.")
            dataset = hdf5.find(file, STATES)
            if dataset is None or dataset.shape != self.shape:
                raise UserError(f"{self.path} was changed after it was opened; open it again.")
            values = np.asarray(dataset[start:stop], dtype=np.float32)
        if not np.isfinite(values).all():
            raise UserError(f"{self.path}: {STATES} holds values that are not finite numbers; make the cache again.")
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
        return parts.activations(CacheStates(path, parts.states_shape, stamp))


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
            dataset = hdf5.find(file, STATES)
            if dataset is not None and dataset.ndim == 2 and dataset.dtype.kind == "f":
                bad = _first_bad_row(dataset, progress, cancelled)
                if bad is not None:
                    problems.append(_bad_row_sentence(bad, parts.lengths if parts else None))
    except UserError as error:
        if str(error) not in problems:
            problems.append(str(error))
    return problems


def _first_bad_row(dataset: h5py.Dataset, progress: Progress, cancelled: IsCancelled) -> int | None:
    rows = dataset.shape[0]
    for start in range(0, rows, _BLOCK):
        if cancelled():
            raise Cancelled
        finite = np.isfinite(dataset[start : start + _BLOCK]).all(axis=1)
        if not finite.all():
            return start + int(np.argmin(finite))
        progress(min(start + _BLOCK, rows) / rows, "Checking hidden states")
    return None


def _bad_row_sentence(row: int, lengths: np.ndarray | None) -> str:
    where = ""
    if lengths is not None:
        recording = int(np.searchsorted(np.cumsum(lengths), row, side="right"))
        where = f" (recording {recording})"
    return f"{STATES} holds values that are not finite numbers, first in row {row}{where}, counted from 0."


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
    file.attrs["version"] = VERSION
    file.attrs["steps"] = int(a.steps)
    file.attrs["units"] = int(a.units)
    provenance = file.create_group("provenance")
    for key, value in a.provenance.items():
        hdf5.put_text(provenance, key, str(value))
    recordings = file.create_group("recordings")
    recordings["length"] = a.lengths.astype("<i4")
    recordings["sign"] = a.sign.astype("<i2")
    recordings["session"] = a.session.astype("<i2")
    recordings["trial"] = a.trial.astype("<i2")
    recordings["split"] = a.split.astype("u1")
    recordings["predicted"] = a.predicted.astype("<i2")
    recordings["first_step"] = a.first_step.astype("<i4")
    if a.hand_ratio is not None:
        recordings["hand_ratio"] = a.hand_ratio.astype("<f4")
    hdf5.put_texts(file, "signs/key", a.signs)
    hdf5.put_texts(file, "signs/name", a.names)
    if len(a.prefix):
        file["padding_prefix"] = a.prefix.astype("<f4")
    if a.head is not None:
        file["head/kernel"] = a.head.kernel.astype("<f4")
        file["head/bias"] = a.head.bias.astype("<f4")
    for dims, projection in sorted(a.projections.items()):
        group = file.create_group(f"projections/{dims}d")
        group.create_dataset(
            "points", data=projection.points.astype("<f4"), compression="gzip", compression_opts=1, shuffle=True
        )
        group["prefix"] = projection.prefix.astype("<f4")
        hdf5.put_text(group, "fingerprint", projection.fingerprint)
        hdf5.put_text(group, "title", projection.title)
    _fill_states(file, a, progress, cancelled)


def _fill_states(file: h5py.File, a: Activations, progress: Progress, cancelled: IsCancelled) -> None:
    dtype = "<f2" if _half_is_enough(a) else "<f4"
    dataset = file.create_dataset(
        STATES,
        shape=(a.real_steps, a.units),
        dtype=dtype,
        chunks=(min(_CHUNK_ROWS, max(a.real_steps, 1)), a.units),
        compression="gzip",
        compression_opts=6,
        shuffle=True,
    )
    for start in range(0, a.real_steps, _BLOCK):
        if cancelled():
            raise Cancelled
        stop = min(start + _BLOCK, a.real_steps)
        dataset[start:stop] = a.states.rows(start, stop).astype(dtype)
        progress(stop / a.real_steps, "Writing hidden states")


def _half_is_enough(a: Activations) -> bool:
    """Return whether float16 keeps the hidden states to less than `_MOST_LOST` of their spread."""
    total, squares = np.zeros(a.units), np.zeros(a.units)
    lost = largest = 0.0
    for start in range(0, a.real_steps, _BLOCK):
        block = a.states.rows(start, min(start + _BLOCK, a.real_steps))
        if not np.isfinite(block).all():
            raise UserError("The hidden states hold values that are not finite numbers; nothing was written.")
        largest = max(largest, float(np.abs(block).max(initial=0.0)))
        if largest > _HALF_MAX:
            continue  # the rest is read for values that are not finite
        exact = block.astype(np.float64)
        total += exact.sum(axis=0)
        squares += (exact**2).sum(axis=0)
        lost += float(((exact - block.astype(np.float16)) ** 2).sum())
    spread = float((squares - total**2 / max(a.real_steps, 1)).sum())
    return largest <= _HALF_MAX and lost <= _MOST_LOST**2 * max(spread, 0.0)
