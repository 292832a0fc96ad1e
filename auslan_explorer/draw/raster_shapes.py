"""Geometry of what a raster draws: lines within a box, rows of a disc, pixels of a small one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

Ends = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Ends of lines: along and across at their first ends, along and across at their second."""

_PLACE_BITS, _COUNTED_PLACE_BITS = 5, 4
"""Bits of a small disc's place within its pixel, along each axis; of one with a soft edge those that are counted."""
_EDGES = 8
"""Widths of a soft edge that are told apart, beside that of one pixel."""
_BLOCK = 1 << 11
"""Discs of a block: the numbers of their pixels fit the processor's cache."""
LEVELS = 255
"""How finely it is told how much of a pixel a small disc covers, so that discs can be summed in whole numbers."""


class Stamps(NamedTuple):
    """Small discs at every place within a pixel, each as the pixels that it covers.

    Attributes
    ----------
    weights : ndarray of float32, shape (shapes, pixels)
        How much of each pixel is covered, 0 to 1; zero fills up where a disc covers fewer pixels than others.
    offsets : ndarray of int32, shape (shapes, pixels)
        Index of each pixel in a sheet, relative to that of the disc's middle.
    stride : int
        Of the sheet.
    softest : float
        Width of the widest edge, in pixels.
    bits : int
        Bits of the place within a pixel, along each axis.
    reach : int
        Pixels that they reach beyond their middle's, those that are not covered but fill up included.
    """

    weights: np.ndarray
    offsets: np.ndarray
    stride: int
    softest: float
    bits: int
    reach: int

    def places(self, x: np.ndarray, y: np.ndarray, softness: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """Return the index of the middle pixel of discs, and the rows of `weights` and `offsets` that they are.

        Parameters
        ----------
        x, y : ndarray of float32, shape (n,)
            Centres, pixels.
        softness : ndarray of float32, shape (n,), or None
            Widths of their edges, pixels, 1 to `softest`; None: 1 of all.

        Returns
        -------
        index, shape : ndarray of int32, shape (n,)
        """
        scale, low = np.float32(1 << self.bits), (1 << self.bits) - 1
        across, shape = (x * scale).astype(np.int32), (y * scale).astype(np.int32)
        index = (shape >> self.bits) * self.stride
        index += across >> self.bits
        shape &= low
        if softness is not None:
            edge = (softness - 1) * np.float32(_EDGES / (self.softest - 1)) + np.float32(0.5)
            shape += edge.astype(np.int32) << self.bits
        shape <<= self.bits
        shape += across & low
        return index, shape

    def pixels(
        self, index: np.ndarray, shape: np.ndarray, weights: np.ndarray
    ) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
        """Yield the pixels of discs, block by block.

        Parameters
        ----------
        index, shape : ndarray of int32, shape (n,)
            From `places`.
        weights : ndarray, shape (shapes, pixels)
            In place of their own.

        Yields
        ------
        discs : slice
            The discs of a block.
        at : ndarray of int32, shape (m, pixels)
            Pixels of a sheet.
        weight : ndarray, shape (m, pixels)
            Of each pixel. Both are written over by the next block.
        """
        # To ask for as much memory again takes longer than to fill it.
        most = min(_BLOCK, len(index))
        all_at, all_weight = (np.empty((most, table.shape[1]), table.dtype) for table in (self.offsets, weights))
        for start in range(0, len(index), _BLOCK):
            discs = slice(start, min(start + _BLOCK, len(index)))
            at, weight = all_at[: discs.stop - start], all_weight[: discs.stop - start]
            # All shapes are in the tables; "clip" takes them without a copy in between.
            self.offsets.take(shape[discs], axis=0, out=at, mode="clip")
            weights.take(shape[discs], axis=0, out=weight, mode="clip")
            at += index[discs, None]
            yield discs, at, weight


@lru_cache(maxsize=4)
def stamps(radius: float, stride: int, softest: float) -> Stamps:
    """Return discs of a radius for sheets of a stride, with edges a pixel wide, or up to `softest` pixels."""
    weights, down, across, bits = _coverages(radius, softest)
    offsets = (down * stride + across).astype(np.int32)
    return Stamps(weights, offsets, stride, softest, bits, int(np.abs(down).max()))


@lru_cache(maxsize=4)
def _coverages(radius: float, softest: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Return the weights of discs, how far each pixel lies below and right of the middle, and the bits of a place.

    Kept for sheets of all strides: those of a film differ from frame to frame.
    """
    number, bits = (_EDGES + 1, _COUNTED_PLACE_BITS) if softest > 1 else (1, _PLACE_BITS)
    edges = np.linspace(1, softest, number)[:, None, None, None]
    places = (np.arange(1 << bits) + 0.5) / (1 << bits) - 0.5
    reach = int(np.ceil(radius + softest / 2))
    dy, dx = (each.ravel() for each in np.mgrid[-reach : reach + 1, -reach : reach + 1])
    away = np.hypot(dx - places[:, None], dy - places[:, None, None])
    weights = np.rint(np.clip((radius + edges / 2 - away) / edges, 0, 1) * LEVELS).reshape(-1, len(dx)) / LEVELS
    most = int(np.count_nonzero(weights, axis=1).max())
    covered = np.sort(np.argsort(-weights, axis=1, kind="stable")[:, :most], axis=1)
    return np.take_along_axis(weights, covered, 1).astype(np.float32), dy[covered], dx[covered], bits


def half_widths(above: np.ndarray, radius: float) -> np.ndarray:
    """Return half the width of a disc, averaged over rows from `above` its middle to one pixel further."""
    lo, hi = np.clip(above, -radius, radius), np.clip(above + 1, -radius, radius)
    # The antiderivative of sqrt(r^2 - u^2): the coverage of a row is exactly the disc's area within it.
    upper, lower = ((u * np.sqrt(radius**2 - u**2) + radius**2 * np.arcsin(u / radius)) / 2 for u in (hi, lo))
    out: np.ndarray = upper - lower
    return out


def order_ends(a0: np.ndarray, b0: np.ndarray, a1: np.ndarray, b1: np.ndarray) -> Ends:
    """Return the ends of lines so that ``a0 <= a1``."""
    # By arithmetic, which is several times faster than choosing.
    gap = (b1 - b0) * (a1 < a0).astype(np.float32)
    return np.minimum(a0, a1), b0 + gap, np.maximum(a0, a1), b1 - gap


def clip_lines(
    x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray, box: tuple[float, float, float, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray | slice]:
    """Clip lines to a box (Liang and Barsky 1984); return the ends and the indices of the lines that remain.

    Where all lie within it, these are the same arrays, and in place of the indices a slice.
    """
    left, top, right, bottom = box
    if len(x0) and all(
        v.min() > low and v.max() < high
        for v, low, high in ((x0, left, right), (x1, left, right), (y0, top, bottom), (y1, top, bottom))
    ):
        return x0, y0, x1, y1, slice(None)
    low_x, high_x, low_y, high_y = np.minimum(x0, x1), np.maximum(x0, x1), np.minimum(y0, y1), np.maximum(y0, y1)
    near = (high_x > left) & (low_x < right) & (high_y > top) & (low_y < bottom)
    cut = near & ((low_x < left) | (high_x > right) | (low_y < top) | (high_y > bottom))
    whole = np.flatnonzero(near & ~cut)
    crossing = np.flatnonzero(cut)
    ends = [np.asarray(v[crossing], dtype=np.float64) for v in (x0, y0, x1, y1)]
    dx, dy = ends[2] - ends[0], ends[3] - ends[1]
    enter, leave = np.zeros(len(crossing)), np.ones(len(crossing))
    for start, delta, low, high in ((ends[0], dx, left, right), (ends[1], dy, top, bottom)):
        with np.errstate(divide="ignore", invalid="ignore"):
            t0, t1 = (low - start) / delta, (high - start) / delta
        enter = np.maximum(enter, np.where(delta == 0, 0, np.minimum(t0, t1)))
        leave = np.minimum(leave, np.where(delta == 0, 1, np.maximum(t0, t1)))
    hit = enter < leave
    sx, sy, dx, dy, enter, leave = ends[0][hit], ends[1][hit], dx[hit], dy[hit], enter[hit], leave[hit]
    pieces = (sx + enter * dx, sy + enter * dy, sx + leave * dx, sy + leave * dy)
    out = [
        np.concatenate([v[whole], piece]).astype(np.float32) for v, piece in zip((x0, y0, x1, y1), pieces, strict=True)
    ]
    return out[0], out[1], out[2], out[3], np.concatenate([whole, crossing[hit]])
