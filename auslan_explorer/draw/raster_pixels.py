"""Pixels of lines, each with how much of it a line covers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

BLOCK_TAPS = 1_500_000
"""Pixels handled at once; bounds the memory of a picture of any size to a few dozen megabytes."""


def line_pixels(
    a0: np.ndarray,
    b0: np.ndarray,
    a1: np.ndarray,
    b1: np.ndarray,
    width: float,
    depth_per_pixel: np.float32,
    along: int,
    across: int,
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield the pixels of lines, along ``a``, their longer direction, with their width across ``b``.

    Parameters
    ----------
    a0, b0, a1, b1 : ndarray of float32, shape (n,)
        Ends, pixels; ``a0`` at most ``a1``.
    width : float
        Pixels.
    depth_per_pixel : float32
        Optical depth of a pixel's length.
    along, across : int
        Strides in memory to the next pixel in either direction.

    Yields
    ------
    index, weight : ndarray of int64 and float32, shape (taps, m)
        Pixels and their optical depth; of a pixel's length of a line as many as it is wide.
    line : ndarray of int64, shape (m,)
        The line that they are of.
    """
    length = a1 - a0
    slope = np.divide(b1 - b0, length, out=np.zeros_like(length), where=length > 1e-6)
    # Ink follows the true length, not its shadow on the axis.
    depth = depth_per_pixel * np.sqrt(1 + slope**2)
    first = a0.astype(np.int32)
    cells = a1.astype(np.int32) - first + 1
    half = np.float32(max(width, 1.0) / 2 + 0.5)
    taps = int(np.ceil(half))
    bounds = np.cumsum(cells)
    start = 0
    while start < len(cells):
        done = int(bounds[start - 1]) if start else 0
        stop = max(int(np.searchsorted(bounds, done + BLOCK_TAPS // (2 * taps), side="right")), start + 1)
        n = cells[start:stop]
        line = np.repeat(np.arange(start, stop), n)
        cell = np.arange(len(line), dtype=np.int32)
        cell += (first[start:stop] - np.cumsum(n) + n).astype(np.int32).take(line - start)
        # In place, and by `take`: a film draws thousands of pixels of lines at every frame.
        begin = a0.take(line)
        lo = np.maximum(begin, cell)
        ink = np.minimum(a1.take(line), cell + np.float32(1))
        ink -= lo
        middle = ink * np.float32(0.5)
        middle += lo
        middle -= begin
        middle *= slope.take(line)
        middle += b0.take(line)
        middle -= np.float32(0.5)
        np.maximum(ink, 0, out=ink)
        ink *= depth.take(line)
        row = middle.astype(np.int32)
        middle -= row
        base = row.astype(np.intp) * across
        base += cell * along
        index = np.empty((2 * taps, len(line)), dtype=np.intp)
        weight = np.empty((2 * taps, len(line)), dtype=np.float32)
        for k in range(2 * taps):
            b = k + 1 - taps
            np.add(base, b * across, out=index[k])
            away = np.subtract(np.float32(b), middle, out=weight[k])
            np.abs(away, out=away)
            np.subtract(half, away, out=away)
            np.maximum(away, 0, out=away)
            np.minimum(away, 1, out=away)
        weight *= ink
        yield index, weight, line
        start = stop
