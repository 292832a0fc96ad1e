"""Lines two paths up step by step, by dynamic time warping (Sakoe and Chiba 1978, without a band)."""

from __future__ import annotations

import numpy as np


def warp(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the pairs of steps that lie together on the cheapest monotone path.

    Parameters
    ----------
    first, second : ndarray of float, shapes (n, columns) and (m, columns)
        Paths of at least one step each.

    Returns
    -------
    ndarray of int64, shape (pairs, 2)
        Steps of the first and of the second, from (0, 0) to (n - 1, m - 1); each step occurs at least once. The sum of
        their squared distances is the least there is.
    """
    squares = ((first[:, None] - second[None]) ** 2).sum(axis=-1, dtype=np.float64)
    n, m = squares.shape
    total = np.full((n + 1, m + 1), np.inf)
    total[0, 0] = 0.0
    # Cells of a diagonal depend on the two diagonals before it alone.
    for diagonal in range(2, n + m + 1):
        i = np.arange(max(1, diagonal - m), min(n, diagonal - 1) + 1)
        j = diagonal - i
        before = np.minimum(np.minimum(total[i - 1, j], total[i, j - 1]), total[i - 1, j - 1])
        total[i, j] = before + squares[i - 1, j - 1]
    return _trace_back(total)


def _trace_back(total: np.ndarray) -> np.ndarray:
    i, j = total.shape[0] - 1, total.shape[1] - 1
    pairs = []
    while i > 0 and j > 0:
        pairs.append((i - 1, j - 1))
        # Straight on first, so that equal paths are lined up step by step.
        i, j = min(((i - 1, j - 1), (i - 1, j), (i, j - 1)), key=lambda cell: total[cell])
    return np.array(pairs[::-1], dtype=np.int64)


def step_beside(pairs: np.ndarray, length: int) -> np.ndarray:
    """Return one step of the second path for each of the first's `length` steps, int64: the middle of those paired."""
    starts = np.searchsorted(pairs[:, 0], np.arange(length))
    ends = np.searchsorted(pairs[:, 0], np.arange(length), side="right")
    return np.asarray(pairs[(starts + ends - 1) // 2, 1])


def frame_beside(first: np.ndarray, second: np.ndarray, spreads: np.ndarray) -> np.ndarray:
    """Return the frame of a second recording beside each of the first's, lined up by their channels.

    Parameters
    ----------
    first, second : ndarray of float, shapes (n, channels) and (m, channels)
    spreads : ndarray of float, shape (channels,)
        What each channel is divided by, so that metres and turns count alike.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    return step_beside(warp(first / spreads, second / spreads), len(first))
