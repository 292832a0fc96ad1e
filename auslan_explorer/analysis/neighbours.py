"""Distances of recordings' paths by dynamic time warping (DTW) in the space of all units, and nearest recordings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

import numpy as np
from threadpoolctl import threadpool_limits

from auslan_explorer.analysis.dtw import Batch, PathStore, Scaling, squared_distances
from auslan_explorer.core.activations import StateSource
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress

QUERIES = 32
"""Recordings that are compared with all others in one task."""
_TARGETS = 128
"""Recordings laid side by side: what a core's cache holds."""
_PART = 1 << 14
"""Rows of hidden states whose hash is taken at once."""
_PART_BYTES = 4 << 20
"""Hidden states, in bytes, that are read at once."""
_KEPT_BYTES = 64 << 20
"""Most hidden states, in bytes, of which `PathIndex` keeps its layout; of more they are read anew for each query."""


class PathIndex:
    """The paths of all recordings, for the distances of one recording after another to all.

    Few are laid out once and kept; more are read anew for each, part by part.

    Parameters
    ----------
    states : StateSource, shape (S, units)
        Hidden states of real steps, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
        First row of each recording.
    scaling : Scaling
    """

    def __init__(self, states: StateSource, offsets: np.ndarray, scaling: Scaling) -> None:
        self._states, self._offsets, self._scaling = states, np.asarray(offsets), scaling
        row_bytes = max(states.shape[1], 1) * np.dtype(np.float32).itemsize
        self._keeps = states.shape[0] * row_bytes <= _KEPT_BYTES
        self._kept: list[tuple[np.ndarray, Batch]] = []
        self._parts = recording_parts(self._offsets, max(_PART_BYTES // row_bytes, 1))

    def distances_to_all(
        self, recording: int, progress: Progress = no_progress, cancelled: IsCancelled = never
    ) -> np.ndarray:
        """Compute the DTW distance of one recording to every recording.

        The square root of `analysis.dtw.squared_distances`.

        Returns
        -------
        ndarray of float32, shape (recordings,)
            Infinite for recordings without a step.

        Raises
        ------
        UserError
            If the hidden states cannot be read.
        Cancelled
            If `cancelled` returns True.
        """
        out = np.full(len(self._offsets) - 1, np.inf, dtype=np.float32)
        if self._offsets[recording] == self._offsets[recording + 1]:
            return out
        query = self._read((recording, recording + 1)).queries(np.array([0]))
        laid_out, done = [], 0
        with _workers() as pool:
            for groups in [self._kept] if self._kept else map(self._lay_out, self._parts):
                tasks = [partial(_distances, query, targets) for _, targets in groups]
                for (recordings, _), found in zip(groups, _computed(pool, tasks, cancelled), strict=True):
                    out[recordings] = found * self._scaling.scale
                    done += len(recordings)
                    progress(done / len(out), "")
                if self._keeps:
                    laid_out += groups
        self._kept = laid_out
        out[recording] = 0
        return out

    def _read(self, part: tuple[int, int]) -> PathStore:
        offsets = self._offsets[part[0] : part[1] + 1]
        return PathStore(self._states.rows(int(offsets[0]), int(offsets[-1])), offsets - offsets[0], self._scaling)

    def _lay_out(self, part: tuple[int, int]) -> list[tuple[np.ndarray, Batch]]:
        """Return the recordings of a part in groups, each with its layout."""
        store = self._read(part)
        order = longest_first(store, np.arange(len(store.lengths)))
        groups = [order[i : i + _TARGETS] for i in range(0, len(order), _TARGETS)]
        return [(part[0] + group, store.targets(group)) for group in groups]


def _distances(query: Batch, targets: Batch) -> np.ndarray:
    return np.sqrt(squared_distances(query, targets)[0])


def recording_parts(offsets: np.ndarray, rows: int) -> list[tuple[int, int]]:
    """Return ranges of recordings, half-open, that begin some rows apart: what is worked on at once.

    Parameters
    ----------
    offsets : ndarray of int, shape (recordings + 1,)
    rows : int
        A range has at most these, and the rest of its last recording.
    """
    firsts = np.unique(np.searchsorted(offsets[:-1], np.arange(0, int(offsets[-1]), rows)))
    return list(pairwise([*firsts[firsts < len(offsets) - 1].tolist(), len(offsets) - 1]))


def longest_first(paths: PathStore, recordings: np.ndarray) -> np.ndarray:
    """Return those of `recordings` with any step, the longest first: such as lie side by side are of one length."""
    order = recordings[np.argsort(-paths.lengths[recordings], kind="stable")]
    return order[paths.lengths[order] > 0]


def compare_group(paths: PathStore, order: np.ndarray, first: int) -> np.ndarray:
    """Compute the DTW distances of `QUERIES` recordings, from place `first` of `order`, to all from there on.

    The one task that all pairs are computed by, on this computer and on others.

    Parameters
    ----------
    paths : PathStore
    order : ndarray of int, shape (n,)
        Recordings, as `longest_first` returns them.
    first : int

    Returns
    -------
    ndarray of float32, shape (at most QUERIES, n - first)
    """
    queries = paths.queries(order[first : first + QUERIES])
    found = [
        squared_distances(queries, paths.targets(order[start : start + _TARGETS]))
        for start in range(first, len(order), _TARGETS)
    ]
    distances = np.sqrt(np.concatenate(found, axis=1)) * np.float32(paths.scaling.scale)
    among = distances[:, : len(distances)]
    among[:] = np.minimum(among, among.T)  # both ways round are computed; they differ by rounding
    np.fill_diagonal(among, 0)
    return distances


def compare_groups(paths: PathStore, order: np.ndarray, cancelled: IsCancelled) -> Iterator[np.ndarray]:
    """Yield `compare_group` of every `QUERIES`-th place of `order`, on all processors.

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    tasks = [partial(compare_group, paths, order, at) for at in range(0, len(order), QUERIES)]
    with _workers() as pool:
        yield from _computed(pool, tasks, cancelled)


def distances_among(
    states: np.ndarray,
    offsets: np.ndarray,
    recordings: Sequence[int],
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Compute the DTW distances among some recordings, float32, shape (n, n), symmetric.

    Infinite where one of the two has no step, else zero on the diagonal.

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    chosen, paths = np.asarray(recordings, dtype=np.int64), PathStore(states, offsets)
    out = np.full((len(chosen), len(chosen)), np.inf, dtype=np.float32)
    filled = np.flatnonzero(paths.lengths[chosen])
    order = filled[np.argsort(-paths.lengths[chosen[filled]], kind="stable")]
    for group, found in enumerate(compare_groups(paths, chosen[order], cancelled)):
        rows, columns = order[group * QUERIES :][: len(found)], order[group * QUERIES :]
        out[np.ix_(rows, columns)] = found
        out[np.ix_(columns, rows)] = found.T
        progress(share_of_pairs(len(order), columns[len(found) :].size), "")
    return out


def share_of_pairs(count: int, left: int) -> float:
    """Return which part of all pairs of `count` recordings is done when those of the last `left` are not."""
    return 1 - (left / count) ** 2 if count else 1.0


def nearest(distances: np.ndarray, recording: int, count: int) -> np.ndarray:
    """Return the at most `count` recordings nearest to one, nearest first, without itself."""
    order = np.argsort(distances, kind="stable")
    order = order[(order != recording) & np.isfinite(distances[order])]
    return order[:count]


def fingerprint(states: StateSource, lengths: np.ndarray) -> str:
    """Return a hash of all hidden states and lengths, 16 hexadecimal digits.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    """
    digest = StateHash(lengths)
    for start in range(0, states.shape[0], _PART):
        digest.update(states.rows(start, min(start + _PART, states.shape[0])))
    return digest.text


class StateHash:
    """The hash of `fingerprint`, of hidden states that come part by part."""

    def __init__(self, lengths: np.ndarray) -> None:
        self._digest = hashlib.sha256(np.ascontiguousarray(lengths, dtype="<i8").tobytes())

    def update(self, rows: np.ndarray) -> None:
        """Add the next rows, float, shape (n, units)."""
        self._digest.update(np.ascontiguousarray(rows, dtype="<f4").data)

    @property
    def text(self) -> str:
        """The hash of all that was added."""
        return self._digest.hexdigest()[:16]


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    """Provide as many threads as there are processors; what they have not begun at the end is dropped."""
    with _one_thread_each(), ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="DTW") as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _computed(
    pool: ThreadPoolExecutor, tasks: Sequence[Callable[[], np.ndarray]], cancelled: IsCancelled
) -> Iterator[np.ndarray]:
    """Yield the results of tasks in their order."""
    for future in [pool.submit(_unless, cancelled, task) for task in tasks]:
        yield future.result()


def _unless(cancelled: IsCancelled, task: Callable[[], np.ndarray]) -> np.ndarray:
    if cancelled():
        raise Cancelled
    return task()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let linear algebra use the thread that calls it alone: threads of ours share the processors already."""
    with threadpool_limits(1, "blas"):
        yield
