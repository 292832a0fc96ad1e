"""Sums many small discs of several colours in whole numbers, which takes two additions a pixel in place of four.

Coverage and red share the first 64-bit number of each pixel, green and blue the second, each in half of its bits.
Nothing is rounded, so what comes out is what the discs give one by one.
"""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np

from .raster_shapes import LEVELS, Stamps, stamps
from .raster_sums import add_weighted_rows

_BLOCK = 1 << 11
"""Discs added at once: their intermediate results fit the processor's cache."""
_HALF = 32
_PLACES = [1, 0, 3, 2] if sys.byteorder == "little" else [0, 1, 2, 3]
"""Where coverage, red, green and blue stand among the halves of a pixel's two numbers."""
MOST_DISCS = (1 << _HALF) // (255 * LEVELS)
"""Discs that can lie on one pixel without one sum running into the next."""


class DiscSums:
    """Sums of the discs on each pixel of a sheet, of one size and opacity.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    radius : float
        Of the discs, pixels.
    depth : float32
        Optical depth of one of them.

    Attributes
    ----------
    room : int
        Discs that can be added.
    """

    def __init__(self, rows: int, stride: int, radius: float, depth: np.float32) -> None:
        self._stride, self._radius, self._depth = stride, radius, depth
        self._sums = np.zeros((rows * stride, 2), dtype=np.int64)
        self._first, self._stop = rows, 0  # rows that discs lie on
        self.room = MOST_DISCS

    def are_of(self, radius: float, depth: np.float32) -> bool:
        """Return whether discs of a size and an opacity can be summed with these."""
        return (radius, depth) == (self._radius, self._depth)

    def add(self, x: np.ndarray, y: np.ndarray, rgb: np.ndarray) -> None:
        """Add discs.

        Parameters
        ----------
        x, y : ndarray of float32, shape (n,)
            Centres in pixels of the sheet, all of each disc within it; n at most `room`.
        rgb : ndarray of uint8, shape (n, 3)
        """
        self.room -= len(x)
        disc, offsets, levels = _tables(self._radius, self._stride)
        red, green, blue = rgb.T.astype(np.int64)
        colours = np.column_stack([(1 << _HALF) + red, (green << _HALF) + blue])
        # Row by row, so that what a block writes to fits the processor's cache.
        order = np.argsort(y.astype(np.uint16), kind="stable")
        self._first = min(self._first, int(y[order[0]]) - disc.reach)
        self._stop = max(self._stop, int(y[order[-1]]) + disc.reach + 1)
        for start in range(0, len(x), _BLOCK):
            part = order[start : start + _BLOCK]
            base, shape = disc.places(x.take(part), y.take(part), None)
            at = offsets.take(shape, axis=0)
            at += base.astype(np.int32)[:, None]
            add_weighted_rows(self._sums, at, levels.take(shape, axis=0), colours.take(part, axis=0))

    def make_room(self) -> None:
        """Set `room` by the pixel with the most discs."""
        self.room = max(MOST_DISCS - 1 - int(self._summed()[:, 0].max() >> _HALF) // LEVELS, 0)

    def _summed(self) -> np.ndarray:
        """Return the rows of the sheet that discs lie on."""
        return self._sums[self._first * self._stride : self._stop * self._stride]

    def inked(self) -> np.ndarray:
        """Return the indices of pixels that discs lie on, ascending, int64, shape (n,)."""
        # All numbers of a row, though every second one would do: what lies side by side is compared much faster.
        at = np.flatnonzero((self._summed().reshape(-1) != 0)[::2])
        at += self._first * self._stride
        return at

    def covers(self, pixels: np.ndarray) -> np.ndarray:
        """Return whether discs lie on some pixels, bool, shape (n,)."""
        covered: np.ndarray = self._sums[:, 0].take(pixels) > 0
        return covered

    def ink(self, at: np.ndarray) -> list[np.ndarray]:
        """Return the optical depth of pixels, and red, green and blue weighted by it; float32, shape (n,) each."""
        halves = self._sums.take(at, axis=0).view(np.uint32).T[_PLACES].astype(np.float32)
        halves *= self._depth / np.float32(LEVELS)
        return [*halves]


@lru_cache(maxsize=4)
def _tables(radius: float, stride: int) -> tuple[Stamps, np.ndarray, np.ndarray]:
    """Return discs of a radius; their pixels' offsets; how much of these they cover as whole numbers up to `LEVELS`.

    Both tables have the shape (shapes, pixels); the former is int32, the latter int64.
    """
    disc = stamps(radius, stride, 1.0)
    return disc, disc.offsets.astype(np.int32), np.rint(disc.weights * LEVELS).astype(np.int64)
