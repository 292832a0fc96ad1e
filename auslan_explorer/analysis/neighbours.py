"""Distances of recordings' paths by dynamic time warping (DTW) in the space of all units, and nearest recordings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import numpy as np
from threadpoolctl import threadpool_limits

from auslan_explorer.analysis.dtw import Batch, PathStore, squared_distances
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress

QUERIES = 32
"""Recordings that are compared with all others in one task."""
_TARGETS_AMONG = 128
_TARGETS_OF_ONE = 512
"""Recordings laid side by side, for many queries and for one: what a core's cache holds."""
_PART = 1 << 16
"""Rows of states whose hash is taken at once."""
_KEPT_BYTES = 256 << 20
"""Most memory that `PathIndex` keeps its layout in; larger ones are laid out anew for each query."""


class PathIndex:
    """The paths of all recordings, laid out once, for the distances of one recording after another to all.

    Parameters
    ----------
    states : ndarray of float, shape (S, units)
        Hidden states of real steps, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
        First row of each recording.
    """

    def __init__(self, states: np.ndarray, offsets: np.ndarray) -> None:
        self.paths = PathStore(states, offsets)
        order = longest_first(self.paths, np.arange(len(self.paths.lengths)))
        self._groups = [order[i : i + _TARGETS_OF_ONE] for i in range(0, len(order), _TARGETS_OF_ONE)]
        self._keeps = states.size * np.dtype(np.float32).itemsize <= _KEPT_BYTES
        self._kept: dict[int, Batch] = {}

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
        Cancelled
            If `cancelled` returns True.
        """
        out = np.full(len(self.paths.lengths), np.inf, dtype=np.float32)
        if not self.paths.lengths[recording]:
            return out
        query = self.paths.queries(np.array([recording]))
        tasks = [partial(self._distances_to_group, query, number) for number in range(len(self._groups))]
        for number, found in enumerate(_computed(tasks, cancelled)):
            out[self._groups[number]] = found * self.paths.scale
            progress((number + 1) / len(tasks), "")
        out[recording] = 0
        return out

    def _distances_to_group(self, query: Batch, number: int) -> np.ndarray:
        targets = self._kept.get(number)
        if targets is None:
            targets = self.paths.targets(self._groups[number])
            if self._keeps:
                self._kept[number] = targets
        return np.sqrt(squared_distances(query, targets)[0])


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
        squared_distances(queries, paths.targets(order[start : start + _TARGETS_AMONG]))
        for start in range(first, len(order), _TARGETS_AMONG)
    ]
    distances = np.sqrt(np.concatenate(found, axis=1)) * np.float32(paths.scale)
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
    yield from _computed([partial(compare_group, paths, order, at) for at in range(0, len(order), QUERIES)], cancelled)


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


def fingerprint(states: np.ndarray, lengths: np.ndarray) -> str:
    """Return a hash of all hidden states and lengths, 16 hexadecimal digits."""
    digest = hashlib.sha256(np.ascontiguousarray(lengths, dtype="<i8").tobytes())
    # Part by part: states of another precision would be copied as a whole.
    for start in range(0, len(states), _PART):
        digest.update(np.ascontiguousarray(states[start : start + _PART], dtype="<f4").data)
    return digest.hexdigest()[:16]


def _computed(tasks: Sequence[Callable[[], np.ndarray]], cancelled: IsCancelled) -> Iterator[np.ndarray]:
    """Yield the results of tasks in their order, computed by as many threads as there are processors."""
    with _one_thread_each(), ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="DTW") as pool:
        pending = [pool.submit(_unless, cancelled, task) for task in tasks]
        try:
            for future in pending:
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _unless(cancelled: IsCancelled, task: Callable[[], np.ndarray]) -> np.ndarray:
    if cancelled():
        raise Cancelled
    return task()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let linear algebra use the thread that calls it alone: threads of ours share the processors already."""
    with threadpool_limits(1, "blas"):
        yield
