"""Sums many small discs of several colours in whole numbers, which takes two additions a pixel in place of four.

Coverage and red share each 64-bit number of one sheet, green and blue those of another, each in half of its bits.
Nothing is rounded, so what comes out is what the discs give one by one.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .raster_shapes import LEVELS, Stamps, stamps

_BLOCK = 1 << 13
"""Discs added at once: their intermediate results fit the processor's cache."""
_HALF = 32
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
        self._sums = np.zeros((2, rows * stride), dtype=np.int64)
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
        colours = (1 << _HALF) + red, (green << _HALF) + blue
        # Row by row, so that what a block writes to fits the processor's cache.
        order = np.argsort(y.astype(np.uint16), kind="stable")
        buffers = np.empty((3, min(_BLOCK, len(x)) * len(levels)), dtype=np.int64)
        for start in range(0, len(x), _BLOCK):
            part = order[start : start + _BLOCK]
            base, shape = disc.places(x[part], y[part], None)
            # A row for each pixel of a disc: NumPy is fastest along the many discs.
            index, level, value = buffers[:, : len(part) * len(levels)].reshape(3, len(levels), len(part))
            offsets.take(shape, axis=1, out=index, mode="clip")
            levels.take(shape, axis=1, out=level, mode="clip")
            index += base
            for sheet, colour in zip(self._sums, colours, strict=True):
                np.multiply(level, colour.take(part), out=value)
                np.add.at(sheet, index.ravel(), value.ravel())

    def make_room(self) -> None:
        """Set `room` by the pixel with the most discs."""
        self.room = max(MOST_DISCS - 1 - int(self._sums[0].max() >> _HALF) // LEVELS, 0)

    @property
    def coverage(self) -> np.ndarray:
        """Zero where no disc lies on a pixel and more than zero elsewhere, int64, shape (rows * stride,)."""
        coverage: np.ndarray = self._sums[0]
        return coverage

    def ink(self, at: np.ndarray) -> list[np.ndarray]:
        """Return the optical depth of pixels, and red, green and blue weighted by it; float32, shape (n,) each."""
        low, unit = (1 << _HALF) - 1, self._depth / np.float32(LEVELS)
        out = []
        for sums in self._sums:
            own = sums.take(at).view(np.uint64)  # the upper half's highest bit is no sign
            out += [(own >> _HALF).astype(np.float32), (own & low).astype(np.float32)]
        for each in out:
            each *= unit
        return out


@lru_cache(maxsize=4)
def _tables(radius: float, stride: int) -> tuple[Stamps, np.ndarray, np.ndarray]:
    """Return discs of a radius; their pixels' offsets; how much of these they cover as whole numbers up to `LEVELS`.

    Both tables are int64, of shape (pixels, shapes).
    """
    disc = stamps(radius, stride, 1.0)
    levels = np.rint(disc.weights.T * LEVELS).astype(np.int64, order="C")
    return disc, np.ascontiguousarray(disc.offsets.T), levels
