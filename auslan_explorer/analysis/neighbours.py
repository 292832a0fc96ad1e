"""Distances of recordings' paths by dynamic time warping (DTW) in the space of all units, and nearest recordings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from dtaidistance import dtw_ndim

from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress

_TELL_EVERY = 20


def warped_distance(one: np.ndarray, other: np.ndarray) -> float:
    """Compute the DTW distance of two paths, all units warped together.

    The dependent form of Shokoohi-Yekta et al. 2017 (DTW_D): the square root of the least sum of squared Euclidean
    distances over monotone alignments, without a band.

    Parameters
    ----------
    one, other : ndarray of float64, shapes (T, units) and (T', units), C-contiguous
        At least one step each.
    """
    return float(dtw_ndim.distance_fast(one, other))


def recording_path(states: np.ndarray, offsets: np.ndarray, recording: int) -> np.ndarray:
    """Return a recording's path as `warped_distance` takes it, float64, C-contiguous, shape (length, units)."""
    return np.ascontiguousarray(states[offsets[recording] : offsets[recording + 1]], dtype=np.float64)


def distances_to_all(
    states: np.ndarray,
    offsets: np.ndarray,
    recording: int,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Compute the DTW distance of one recording to every recording.

    Parameters
    ----------
    states : ndarray of float, shape (S, units)
        Hidden states of real steps, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
        First row of each recording.
    recording : int
    progress, cancelled : callable, optional

    Returns
    -------
    ndarray of float32, shape (recordings,)
        Infinite for recordings without a step.

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    count = len(offsets) - 1
    out = np.full(count, np.inf, dtype=np.float32)
    query = recording_path(states, offsets, recording)
    if not len(query):
        return out
    for other in range(count):
        if other % _TELL_EVERY == 0:
            _pause(progress, cancelled, other / count, "")
        path = recording_path(states, offsets, other)
        if len(path):
            out[other] = warped_distance(query, path)
    return out


def complete_distances(
    states: np.ndarray, offsets: np.ndarray, recording: int, known: np.ndarray, cancelled: IsCancelled = never
) -> np.ndarray:
    """Compute those of a recording's distances to all that are NaN in `known`, shape (recordings,); return all.

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    out = known.astype(np.float32)
    query = recording_path(states, offsets, recording)
    for place, other in enumerate(np.flatnonzero(np.isnan(out)).tolist()):
        if place % _TELL_EVERY == 0:
            _pause(no_progress, cancelled, 0.0, "")
        path = recording_path(states, offsets, other)
        out[other] = warped_distance(query, path) if len(query) and len(path) else np.inf
    return out


def distances_among(
    states: np.ndarray,
    offsets: np.ndarray,
    recordings: Sequence[int],
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Compute the DTW distances among some recordings, float32, shape (n, n), symmetric with a zero diagonal.

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    paths = [recording_path(states, offsets, recording) for recording in recordings]
    n = len(paths)
    out = np.zeros((n, n), dtype=np.float32)
    for i in range(n):
        _pause(progress, cancelled, 1 - (n - i) * (n - i) / max(n * n, 1), "")
        for j in range(i + 1, n):
            whole = len(paths[i]) and len(paths[j])
            out[i, j] = out[j, i] = warped_distance(paths[i], paths[j]) if whole else np.inf
    return out


def nearest(distances: np.ndarray, recording: int, count: int) -> np.ndarray:
    """Return the at most `count` recordings nearest to one, nearest first, without itself."""
    order = np.argsort(distances, kind="stable")
    order = order[(order != recording) & np.isfinite(distances[order])]
    return order[:count]


def fingerprint(states: np.ndarray, lengths: np.ndarray) -> str:
    """Return a hash of all hidden states and lengths, 16 hexadecimal digits."""
    digest = hashlib.sha256(np.ascontiguousarray(lengths, dtype="<i8").tobytes())
    digest.update(np.ascontiguousarray(states, dtype="<f4").data)
    return digest.hexdigest()[:16]


def _pause(progress: Progress, cancelled: IsCancelled, fraction: float, text: str) -> None:
    if cancelled():
        raise Cancelled
    progress(fraction, text)
