"""Sums many small discs of several colours in whole numbers, which takes two additions a pixel in place of four.

Coverage and red share the first 64-bit number of each pixel, green and blue the second, each in half of its bits.
Nothing is rounded, so what comes out is what the discs give one by one.
"""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np

from .raster_shapes import LEVELS, stamps
from .raster_sums import add_weighted_rows

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
        disc = stamps(self._radius, self._stride, 1.0)
        channels = np.ones((len(x), 4), dtype=np.uint8)  # of coverage 1
        for place, channel in zip(_PLACES[1:], rgb.T, strict=True):
            channels[:, place] = channel
        # By tiles of 32 x 8 pixels, so that what a block writes to fits the processor's cache.
        order = np.argsort((y.astype(np.uint16) >> 3 << 6) | (x.astype(np.uint16) >> 5), kind="stable")
        self._first = min(self._first, int(y.min()) - disc.reach)
        self._stop = max(self._stop, int(y.max()) + disc.reach + 1)
        colours = channels.take(order, axis=0).astype(np.uint32).view(np.int64)
        places = disc.places(x.take(order), y.take(order), None)
        for discs, at, level in disc.pixels(*places, _levels(self._radius)):
            add_weighted_rows(self._sums, at, level, colours[discs])

    def make_room(self) -> None:
        """Set `room` by the pixel with the most discs."""
        self.room = max(MOST_DISCS - 1 - int(self._summed()[:, 0].max() >> _HALF) // LEVELS, 0)

    def _summed(self) -> np.ndarray:
        """Return the rows of the sheet that discs lie on."""
        return self._sums[self._first * self._stride : self._stop * self._stride]

    def inked(self) -> np.ndarray:
        """Return the indices of pixels that discs lie on, ascending, int64, shape (n,)."""
        # All numbers of a row, though every second one would do: what lies side by side is compared much faster.
        at = np.flatnonzero((self._summed().reshape(-1) != 0).view(np.uint16) != 0)
        at += self._first * self._stride
        return at

    def covers(self, pixels: np.ndarray) -> np.ndarray:
        """Return whether discs lie on some pixels, bool, shape (n,)."""
        covered: np.ndarray = self._sums[:, 0].take(pixels) > 0
        return covered

    def ink(self, at: np.ndarray) -> list[np.ndarray]:
        """Return the optical depth of pixels, and red, green and blue weighted by it; float32, shape (n,) each."""
        halves = self._sums.take(at, axis=0).view(np.uint32).T.astype(np.float32, order="C")
        halves *= self._depth / np.float32(LEVELS)
        return [halves[place] for place in _PLACES]


@lru_cache(maxsize=4)
def _levels(radius: float) -> np.ndarray:
    """Return how much discs cover of their pixels as whole numbers up to `LEVELS`, int64, shape (shapes, pixels)."""
    levels: np.ndarray = np.rint(stamps(radius, 1, 1.0).weights * LEVELS).astype(np.int64)
    return levels
