"""Counts many points and lines into sheets of whole numbers, and turns the counts into ink once all have been added.

A point or a pixel of a line then costs a few additions, whatever its size and colour; what a picture costs besides
depends on its pixels alone. Two sums share each 64-bit number, the lower one in its low bits: half the additions, and
none of them is rounded. What lies on a pixel shares its mean place and colour, so that one alone, and many in one
place, are drawn as they are.
"""

from __future__ import annotations

import numpy as np

_BLOCK = 1 << 17
"""Points or pixels of lines counted at once: their intermediate results fit the processor's cache."""

_PLACE_BITS = 7
"""Bits of a point's place within its pixel, along each axis."""
_HALF = 32
"""Low bits of a number that holds two sums of points."""
MOST_POINTS = 1 << (_HALF - 9)
"""Points that can be counted between two calls of `PointCounts.take` without one sum running into the other."""

_INK_BITS, _GAP_BITS, _SLOPE_BITS = 7, 6, 20
_LOW_BITS = 34
_SHARE_BITS = 3
MOST_LINES = 1 << 19
"""The same for `LineCounts.take`: each line adds to a pixel twice at most."""


class PointCounts:
    """Counts points by the pixel they lie on, with the sums of their places within it and of their colours.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    """

    def __init__(self, rows: int, stride: int) -> None:
        self._stride = stride
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
        scale, low = np.float32(1 << _PLACE_BITS), (1 << _PLACE_BITS) - 1
        for start in range(0, len(x), _BLOCK):
            part = slice(start, start + _BLOCK)
            u, v = (x[part] * scale).astype(np.int64), (y[part] * scale).astype(np.int64)
            at = (v >> _PLACE_BITS) * self._stride + (u >> _PLACE_BITS)
            red, green, blue = (rgb[part] if rgb.ndim == 2 else rgb).T.astype(np.int64)
            np.add.at(self._sums[0], at, (u & low) + (1 << _HALF))
            np.add.at(self._sums[1], at, blue + ((v & low) << _HALF))
            np.add.at(self._sums[2], at, green + (red << _HALF))

    def take(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return one point for each pixel with any, in the mean place and colour of those on it.

        Returns
        -------
        x, y : ndarray of float32, shape (n,)
        rgb : ndarray of float32, shape (n, 3)
        number : ndarray of float32, shape (n,)
            Points that each stands for.
        """
        at = np.flatnonzero(self._sums[0])
        (number, u), (v, blue), (red, green) = (_halves(each.take(at), _HALF) for each in self._sums)
        row, column = np.divmod(at, self._stride)
        middle, unit = np.float32(0.5 / (1 << _PLACE_BITS)), np.float32(1 << _PLACE_BITS)
        x = column.astype(np.float32) + (u / number / unit + middle)
        y = row.astype(np.float32) + (v / number / unit + middle)
        return x, y, np.column_stack([red, green, blue]) / number[:, None], number


class LineCounts:
    """Counts lines of at most a pixel's width by the pixels they pass, as `Raster` draws them one by one.

    Along its longer direction a line goes from pixel to pixel; across it, its ink is shared by two of them.

    Parameters
    ----------
    rows, columns : int
        Shape of the sheet: pixels along the lines' longer direction, and across.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns
        self._ink = np.zeros(rows * columns, dtype=np.int64)
        self._colours: np.ndarray | None = None
        self.one_colour: np.ndarray | None = None
        self.room = MOST_LINES
        self.empty = True

    def accepts(self, rgb: np.ndarray) -> bool:
        """Return whether lines of these colours can be counted with those that were counted already."""
        return _goes_with(rgb, self.one_colour, self._colours)

    def add(self, a0: np.ndarray, b0: np.ndarray, a1: np.ndarray, b1: np.ndarray, rgb: np.ndarray) -> None:
        """Count lines.

        Parameters
        ----------
        a0, b0, a1, b1 : ndarray of float32, shape (n,)
            Ends in pixels of the sheet, ``a0 <= a1`` along the rows; n at most `room`.
        rgb : ndarray of uint8, shape (n, 3) or (3,)
        """
        self.room -= len(a0)
        self.empty = False
        if rgb.ndim == 1:
            self.one_colour = rgb
        elif self._colours is None:
            self._colours = np.zeros((2, self._rows * self._columns), dtype=np.int64)
        bounds = np.cumsum(a1.astype(np.int64) - a0.astype(np.int64) + 1)
        start = 0
        while start < len(a0):
            done = int(bounds[start - 1]) if start else 0
            stop = max(int(np.searchsorted(bounds, done + _BLOCK, side="right")), start + 1)
            part = slice(start, stop)
            self._add_block(a0[part], b0[part], a1[part], b1[part], rgb[part] if rgb.ndim == 2 else rgb)
            start = stop

    def _add_block(self, a0: np.ndarray, b0: np.ndarray, a1: np.ndarray, b1: np.ndarray, rgb: np.ndarray) -> None:
        length = a1 - a0
        slope = np.divide(b1 - b0, length, out=np.zeros_like(length), where=length > 1e-6)
        # Ink follows the true length, not its shadow on the axis.
        full = np.sqrt(1 + slope**2) * np.float32(1 << _INK_BITS)
        # Rounded up as often as the remainder is large, so that many short lines are not lost.
        dither = np.arange(len(a0), dtype=np.float32) * np.float32(0.618034)
        dither -= np.floor(dither)
        first, last = a0.astype(np.int64), a1.astype(np.int64)
        one = first == last
        head = np.where(one, length, first + 1 - a0).astype(np.float32)
        tail = (a1 - last).astype(np.float32)
        colour = None if rgb.ndim == 1 else _packed(rgb)
        for cell, ink, middle, rows in (
            (first, head, head / 2, None),
            (last, tail, length - tail / 2, np.flatnonzero(~one)),
        ):
            amount = (ink * full + dither).astype(np.int64)
            place = ((b0 + slope * middle - np.float32(0.5)) * (1 << _GAP_BITS) + np.float32(0.5)).astype(np.int64)
            at = cell * self._columns + (place >> _GAP_BITS)
            gap = place & ((1 << _GAP_BITS) - 1)
            if rows is not None:
                at, gap, amount = at[rows], gap[rows], amount[rows]
            own = colour if rows is None or colour is None else colour[:, rows]
            self._deposit(at, gap, amount, None if own is None else own * _share(amount))
        cells = np.maximum(last - first - 1, 0)
        inner = np.flatnonzero(cells)
        if not len(inner):
            return
        cells, first, slope = cells[inner], first[inner], slope[inner]
        begin = b0[inner] + slope * (first + 1.5 - a0[inner]) - 0.5
        unit = 1 << _SLOPE_BITS
        place = first + 1
        place *= self._columns * unit
        place += (begin * unit).astype(np.int64) + (1 << (_SLOPE_BITS - _GAP_BITS - 1))
        step = (slope * np.float64(unit)).astype(np.int64) + self._columns * unit
        # One sum along all lines of the block: the step of each line, and from the end of one to the start of the next.
        track = np.repeat(step, cells)
        starts = np.cumsum(cells) - cells
        track[starts] = place
        track[starts[1:]] -= (place + (cells - 1) * step)[:-1]
        np.cumsum(track, out=track)
        at = track >> _SLOPE_BITS
        track >>= _SLOPE_BITS - _GAP_BITS
        track &= (1 << _GAP_BITS) - 1
        amount = (full[inner] + np.float32(0.5)).astype(np.int64)
        shares = None if colour is None else np.repeat(colour[:, inner] * _share(amount), cells, axis=1)
        self._deposit(at, track, np.repeat(amount, cells), shares)

    def _deposit(self, at: np.ndarray, gap: np.ndarray, amount: np.ndarray, colours: np.ndarray | None) -> None:
        """Add amounts of ink at pixels, the share `gap` of each one pixel further, and colours; overwrites `gap`."""
        gap += 1 << _LOW_BITS
        gap *= amount
        np.add.at(self._ink, at, gap)
        if colours is not None and self._colours is not None:
            for sheet, colour in zip(self._colours, colours, strict=True):
                np.add.at(sheet, at, colour)

    def take(self) -> list[np.ndarray]:
        """Return the ink that was counted, and red, green and blue weighted by it; four of shape (rows, columns).

        Of lines of one colour only the ink.
        """
        ink, further = _halves(self._ink, _LOW_BITS)
        further /= 1 << (_INK_BITS + _GAP_BITS)
        ink /= 1 << _INK_BITS
        ink -= further
        sheets = [(ink, further)]
        if self._colours is not None:
            red, green = _halves(self._colours[0], _HALF)
            blue, share = _halves(self._colours[1], _HALF)
            np.maximum(share, 1, out=share)
            sheets += [(ink * mean, further * mean) for mean in (red / share, green / share, blue / share)]
        out = []
        for here, beyond in sheets:
            sheet = here.copy()
            sheet[1:] += beyond[:-1]
            out.append(sheet.reshape(self._rows, self._columns))
        return out


def _goes_with(rgb: np.ndarray, one_colour: np.ndarray | None, colours: np.ndarray | None) -> bool:
    if rgb.ndim == 2:
        return one_colour is None
    return colours is None and (one_colour is None or bool((one_colour == rgb).all()))


def _packed(rgb: np.ndarray) -> np.ndarray:
    """Return red and green in one number, blue and one in another; int64, shape (2, n)."""
    red, green, blue = rgb.T.astype(np.int64)
    return np.stack([(red << _HALF) + green, (blue << _HALF) + 1])


def _share(amount: np.ndarray) -> np.ndarray:
    """Return by how much an amount of ink counts in the mean colour of its pixel."""
    share: np.ndarray = (amount >> (_INK_BITS - _SHARE_BITS)) + 1
    return share


def _halves(sums: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the two sums that share each number, the one in its `bits` low bits last; float32."""
    return (sums >> bits).astype(np.float32), (sums & ((1 << bits) - 1)).astype(np.float32)
