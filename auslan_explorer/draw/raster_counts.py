"""Counts many points into sheets of whole numbers, and turns the counts into ink once all have been added.

A point then costs a few additions, whatever its size and colour; what a picture costs besides depends on its pixels
alone. Several sums share each 64-bit number, the lower ones in its low bits: that saves additions, and none is rounded.
What lies on a pixel shares its mean place and colour, and how far it lies apart, so that one point alone, and many in
one place, are drawn as they are.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from .raster_adding import Adder
from .raster_sums import add_at, halves, low

_BLOCK = 1 << 15
"""Points counted at once: their intermediate results fit the processor's cache."""

_PLACE_BITS, _SUM_BITS = 4, 22
"""Bits of a point's place within its pixel, along each axis, and of the sum of such places."""
_HALF = 32
"""Low bits of a number that holds two sums."""
MOST_POINTS = 1 << (_SUM_BITS - _PLACE_BITS)
"""Points that can be counted on one pixel without one sum running into the next."""
SOFTEST = 1.5
"""Width of the edge of a point that stands for several, at the most; for many that lie anywhere on a pixel 1.4."""


class PointCounts:
    """Counts points by the pixel they lie on, with the sums of their places within it and of their colours.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    adding : Adder
        Adds to it.
    """

    def __init__(self, rows: int, stride: int, adding: Adder) -> None:
        self._stride, self._adding = stride, adding
        self._sums = np.zeros((3, rows * stride), dtype=np.int64)
        self.room = MOST_POINTS

    def add(self, x: np.ndarray, y: np.ndarray, rgb: np.ndarray) -> None:
        """Count points.

        Parameters
        ----------
        x, y : ndarray of float32, shape (n,)
            In pixels of the sheet, within it; n at most `room`.
        rgb : ndarray of uint8, shape (n, 3) or (3,)
        """
        self.room -= len(x)
        scale, within = np.float32(1 << _PLACE_BITS), (1 << _PLACE_BITS) - 1
        for start in range(0, len(x), _BLOCK):
            part = slice(start, start + _BLOCK)
            u, v = (x[part] * scale).astype(np.int64), (y[part] * scale).astype(np.int64)
            at = ((v >> _PLACE_BITS) * self._stride + (u >> _PLACE_BITS)).astype(np.int32)
            u &= within
            v &= within
            colours = rgb[part] if rgb.ndim == 2 else np.broadcast_to(rgb, (len(at), 3))
            red, green, blue = colours.T.astype(np.int64)
            places = (1 << 2 * _SUM_BITS) + (u << _SUM_BITS) + v
            red_squares, green_blue = (u * u + v * v) + (red << _HALF), blue + (green << _HALF)
            self._adding.run(3 * len(at), partial(self._add, at, places, red_squares, green_blue))

    def _add(self, at: np.ndarray, *sums: np.ndarray) -> None:
        for sheet, values in zip(self._sums, sums, strict=True):
            add_at(sheet, at, values)

    def make_room(self) -> None:
        """Set `room` by the pixel with the most points."""
        self._adding.wait()
        self.room = MOST_POINTS - 1 - int(self._sums[0].max() >> 2 * _SUM_BITS)

    def take(self, rows: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return one point for each pixel with any, in the mean place and colour of those on it.

        Parameters
        ----------
        rows : slice
            Rows of the sheet.

        Returns
        -------
        x, y : ndarray of float32, shape (n,)
        rgb : ndarray of float32, shape (n, 3)
        number : ndarray of float32, shape (n,)
            Points that each stands for.
        softness : ndarray of float32, shape (n,)
            Width of its edge, in pixels: 1 of points in one place, more the further they lie apart.
        """
        self._adding.wait()
        sums = self._sums[:, rows.start * self._stride : rows.stop * self._stride]
        at = np.flatnonzero(sums[0])
        places, red_squares, green_blue = (each.take(at) for each in sums)
        number, u = halves(places >> _SUM_BITS, _SUM_BITS)
        v = low(places, _SUM_BITS).astype(np.float32)
        red, squares = halves(red_squares, _HALF)
        green, blue = halves(green_blue, _HALF)
        for each in (u, v, squares, red, green, blue):
            each /= number
        apart = np.maximum(squares - u * u - v * v, 0)
        unit = np.float32(1 << _PLACE_BITS)
        # An edge is as wide as a box of the same variance; a point's own is a pixel wide.
        softness = np.minimum(np.sqrt(1 + apart * (6 / unit**2)), np.float32(SOFTEST))
        row, column = np.divmod(at, self._stride)
        row += rows.start
        x = column.astype(np.float32) + (u + np.float32(0.5)) / unit
        y = row.astype(np.float32) + (v + np.float32(0.5)) / unit
        return x, y, np.column_stack([red, green, blue]), number, softness
