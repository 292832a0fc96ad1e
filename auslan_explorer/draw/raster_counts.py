"""Counts many points and lines into sheets of whole numbers, and turns the counts into ink once all have been added.

A point or a pixel of a line then costs a few additions, whatever its size and colour; what a picture costs besides
depends on its pixels alone. Several sums share each 64-bit number, the lower ones in its low bits: that saves
additions, and none is rounded. What lies on a pixel shares its mean place and colour, and how far it lies apart, so
that one point alone, and many in one place, are drawn as they are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_BLOCK = 1 << 15
_BLOCK_LINES, _BLOCK_CELLS = 1 << 13, 1 << 16
"""Points, lines and pixels of lines counted at once: their intermediate results fit the processor's cache."""

_PLACE_BITS, _SUM_BITS = 4, 22
"""Bits of a point's place within its pixel, along each axis, and of the sum of such places."""
_HALF = 32
"""Low bits of a number that holds two sums."""
MOST_POINTS = 1 << (_SUM_BITS - _PLACE_BITS)
"""Points that can be counted on one pixel without one sum running into the next."""
SOFTEST = 1.5
"""Width of the edge of a point that stands for several, at the most; for many that lie anywhere on a pixel 1.4."""

_INK_BITS, _GAP_BITS, _SLOPE_BITS = 7, 6, 20
_LOW_BITS = 34
_SHARE_BITS = 3
MOST_LINES = 1 << 19
"""The same for `LineCounts.take`: each line adds to a pixel once at most."""


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
            u &= low
            v &= low
            red, green, blue = (rgb[part] if rgb.ndim == 2 else rgb).T.astype(np.int64)
            np.add.at(self._sums[0], at, (1 << 2 * _SUM_BITS) + (u << _SUM_BITS) + v)
            np.add.at(self._sums[1], at, (u * u + v * v) + (red << _HALF))
            np.add.at(self._sums[2], at, blue + (green << _HALF))

    def make_room(self) -> None:
        """Set `room` by the pixel with the most points."""
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
        sums = self._sums[:, rows.start * self._stride : rows.stop * self._stride]
        at = np.flatnonzero(sums[0])
        places, red_squares, green_blue = (each.take(at) for each in sums)
        number, u = _halves(places >> _SUM_BITS, _SUM_BITS)
        v = _low(places, _SUM_BITS).astype(np.float32)
        red, squares = _halves(red_squares, _HALF)
        green, blue = _halves(green_blue, _HALF)
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


class LineCounts:
    """Counts lines of at most a pixel's width by the pixels they pass, as `Raster` draws them one by one.

    Along its longer direction a line goes from pixel to pixel; across it, its ink is shared by two of them. Flat lines
    have a sheet of their own, which is turned: in both, pixels that lie across a line follow each other.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    """

    def __init__(self, rows: int, stride: int) -> None:
        self._rows, self._stride = rows, stride
        self._ink = np.zeros(2 * rows * stride, dtype=np.int64)
        self._colours: np.ndarray | None = None
        self._one_colour: np.ndarray | None = None
        self.room = MOST_LINES

    def accepts(self, rgb: np.ndarray) -> bool:
        """Return whether lines of these colours can be counted with those that were counted already."""
        if rgb.ndim == 2:
            return self._one_colour is None
        return self._colours is None and (self._one_colour is None or bool((self._one_colour == rgb).all()))

    def make_room(self) -> None:
        """Set `room` by the largest sums there are: hardly ever do all lines meet on one pixel."""
        sheets = [(self._ink, _LOW_BITS)]
        if self._colours is not None:
            sheets += [(sheet, _HALF) for sheet in self._colours]
        high = max(int(sheet.max()) / (1 << 63) for sheet, _ in sheets)
        low = max(_largest_low(sheet, bits) / (1 << bits) for sheet, bits in sheets)
        self.room = int(MOST_LINES * (1 - max(high, low)))

    def add(self, x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray, rgb: np.ndarray) -> None:
        """Count lines.

        Parameters
        ----------
        x0, y0, x1, y1 : ndarray of float32, shape (n,)
            Ends in pixels of the sheet, within it; n at most `room`.
        rgb : ndarray of uint8, shape (n, 3) or (3,)
        """
        self.room -= len(x0)
        if rgb.ndim == 1:
            self._one_colour = rgb
        elif self._colours is None:
            self._colours = np.zeros((2, len(self._ink)), dtype=np.int64)
        for start in range(0, len(x0), _BLOCK_LINES):
            part = slice(start, start + _BLOCK_LINES)
            tracks = self._tracks(x0[part], y0[part], x1[part], y1[part])
            colour = None if rgb.ndim == 1 else _packed(rgb[part])
            begin = 0
            while begin < len(tracks.cells):
                done = int(tracks.stops[begin - 1]) if begin else 0
                end = max(int(np.searchsorted(tracks.stops, done + _BLOCK_CELLS, side="right")), begin + 1)
                rows = slice(begin, end)
                self._deposit(tracks, rows, done, None if colour is None else colour[:, rows])
                begin = end

    def _tracks(self, x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray) -> _Tracks:
        # In place wherever it can be, and by arithmetic in place of choosing: this is half of what a line costs.
        dx, dy = x1 - x0, y1 - y0
        steep = np.abs(dy) > np.abs(dx)
        turn = steep.astype(np.float32)
        # `a` is the direction along, `b` the one across.
        da = dx + (dy - dx) * turn
        a = x0 + (y0 - x0) * turn
        b = (x0 + y0) - a
        slope = (dx + dy) - da
        slope /= da + (da == 0)
        back = np.minimum(da, 0)
        a += back
        b += back * slope
        np.abs(da, out=da)
        last = a + da
        first_cell, last_cell = a.astype(np.int32), last.astype(np.int32)
        cells = last_cell - first_cell
        cells += 1
        head = first_cell.astype(np.float32)
        head -= a
        head += 1
        # Where it passes the middle of its first pixel; a line within one pixel where its own middle lies.
        middle = head - np.float32(0.5)
        middle += (da * np.float32(0.5) - middle) * (cells == 1)
        b += middle * slope
        b -= np.float32(0.5)
        np.minimum(head, da, out=head)
        last -= last_cell
        # Ink follows the true length, not its shadow on the axis. Where it is little, it is rounded up as often as the
        # remainder is large, so that many short lines are not lost.
        full = np.sqrt(1 + slope * slope) * np.float32(1 << _INK_BITS)
        dither = np.arange(len(a), dtype=np.float32) * np.float32(0.618034)
        dither -= np.floor(dither)
        amounts = [(full + np.float32(0.5)), head * full + dither, last * full + dither]
        across = steep.astype(np.int64)
        across *= self._stride - self._rows
        across += self._rows
        unit = np.float32(1 << _SLOPE_BITS)
        place = first_cell * across
        place += ~steep * (self._rows * self._stride)
        place <<= _SLOPE_BITS
        place += (b * unit).astype(np.int64)
        place += 1 << (_SLOPE_BITS - _GAP_BITS - 1)
        across <<= _SLOPE_BITS
        step = (slope * unit).astype(np.int64)
        step += across
        return _Tracks(cells, np.cumsum(cells), place, step, *(amount.astype(np.int64) for amount in amounts))

    def _deposit(self, tracks: _Tracks, rows: slice, done: int, colour: np.ndarray | None) -> None:
        """Add the ink of some lines; `done` pixels belong to those before them."""
        cells, begin, step = tracks.cells[rows], tracks.begin[rows], tracks.step[rows]
        last = tracks.stops[rows] - (done + 1)
        first = last - cells
        first += 1
        # One sum along all lines: the step of each line, and from the end of one to the start of the next.
        track = np.repeat(step, cells)
        track[first] = begin
        track[first[1:]] -= (begin + (cells - 1) * step)[:-1]
        np.cumsum(track, out=track)
        at = track >> _SLOPE_BITS
        # The share of the ink that belongs one pixel further goes into the low bits.
        track >>= _SLOPE_BITS - _GAP_BITS
        track &= (1 << _GAP_BITS) - 1
        track += 1 << _LOW_BITS
        amounts = tracks.full[rows], tracks.head[rows], tracks.tail[rows]
        track *= _along(cells, first, last, *amounts)
        np.add.at(self._ink, at, track)
        if colour is None or self._colours is None:
            return
        shares = [(amount >> (_INK_BITS - _SHARE_BITS)) + 1 for amount in amounts]
        for sheet, value in zip(self._colours, colour, strict=True):
            np.add.at(sheet, at, _along(cells, first, last, *(value * share for share in shares)))

    def take(self, rows: slice) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the ink that was counted on some rows, and red, green and blue weighted by it; (rows, stride) each."""
        ink, *colours = (
            a + b for a, b in zip(self._take(rows, steep=True), self._take(rows, steep=False), strict=True)
        )
        if self._one_colour is not None:
            colours = [ink * np.float32(value) for value in self._one_colour]
        return ink, colours

    def _take(self, rows: slice, *, steep: bool) -> list[np.ndarray]:
        half = self._rows * self._stride
        # What belongs one row further comes from the row before.
        first = rows.start if steep else max(rows.start - 1, 0)

        def part(sums: np.ndarray) -> np.ndarray:
            if steep:
                return sums[:half].reshape(self._rows, self._stride)[rows]
            return sums[half:].reshape(self._stride, self._rows)[:, first : rows.stop]

        ink, further = _halves(part(self._ink), _LOW_BITS)
        further *= np.float32(1 / (1 << (_INK_BITS + _GAP_BITS)))
        ink *= np.float32(1 / (1 << _INK_BITS))
        ink -= further
        sheets = [_shifted(ink, further)]
        if self._colours is not None:
            red, green = _halves(part(self._colours[0]), _HALF)
            blue, share = _halves(part(self._colours[1]), _HALF)
            np.maximum(share, 1, out=share)
            ink /= share
            further /= share
            sheets += [_shifted(ink * colour, further * colour) for colour in (red, green, blue)]
        return sheets if steep else [sheet[:, rows.start - first :].T for sheet in sheets]


class _Tracks(NamedTuple):
    """Lines as they pass from pixel to pixel.

    Attributes
    ----------
    cells, stops : ndarray of int, shape (n,)
        Pixels of each, and of all up to it.
    begin, step : ndarray of int64, shape (n,)
        Place of the first pixel and way to the next one, in fractions of a pixel.
    full, head, tail : ndarray of int64, shape (n,)
        Ink on a whole pixel, on the first one and on the last.
    """

    cells: np.ndarray
    stops: np.ndarray
    begin: np.ndarray
    step: np.ndarray
    full: np.ndarray
    head: np.ndarray
    tail: np.ndarray


def _along(
    cells: np.ndarray, first: np.ndarray, last: np.ndarray, full: np.ndarray, head: np.ndarray, tail: np.ndarray
) -> np.ndarray:
    """Return a value for each pixel of lines: at the first `head`, at the last `tail`, else `full`."""
    out = np.repeat(full, cells)
    out[last] = tail
    out[first] = head
    return out


def _shifted(here: np.ndarray, further: np.ndarray) -> np.ndarray:
    """Return the sum of a sheet and of another whose values belong one column further."""
    out = here.copy()
    out[:, 1:] += further[:, :-1]
    return out


def _packed(rgb: np.ndarray) -> np.ndarray:
    """Return red and green in one number, blue and one in another; int64, shape (2, n)."""
    red, green, blue = rgb.T.astype(np.int64)
    return np.stack([(red << _HALF) + green, (blue << _HALF) + 1])


def _halves(sums: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the two sums that share each number, the one in its `bits` low bits last; float32."""
    return (sums >> bits).astype(np.float32), _low(sums, bits).astype(np.float32)


def _low(sums: np.ndarray, bits: int) -> np.ndarray:
    low: np.ndarray = sums & ((1 << bits) - 1)
    return low


def _largest_low(sums: np.ndarray, bits: int) -> int:
    """Return the largest of the sums in low bits, part by part: a copy of a sheet takes as much memory as the sheet."""
    return max(int(_low(sums[start : start + _BLOCK], bits).max()) for start in range(0, len(sums), _BLOCK))
