"""Counts many lines into sheets of whole numbers, and turns the counts into ink once all have been added.

As with points (`raster_counts`), a pixel of a line costs a few additions, and none is rounded. Steep lines and flat
ones have a sheet each. Lines are cut into short pieces and go from the longest to the shortest, so that what is
computed of the pixels of all, first one of each, then the next one of those that have more, lies side by side.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .raster_adding import Adder
from .raster_sums import add_at, add_weighted, halves, low

_PIECE = 32
"""Pixels of a line that are counted together."""
_BLOCK_PIECES, _BLOCK_CELLS = 1 << 14, 1 << 18
"""Pieces counted at once, and pixels of them at the most: what is computed fits the processor's cache."""
_BLOCK = 1 << 15

_INK_BITS, _GAP_BITS, _SLOPE_BITS = 7, 6, 20
_LOW_BITS = 34
_SHARE_BITS = 3
_HALF = 32
"""Low bits of a number that holds the sums of two colours."""
MOST_LINES = 1 << 19
"""Lines that can be counted on one pixel without one sum running into the next: each adds to it once at most."""


class LineCounts:
    """Counts lines of at most a pixel's width by the pixels they pass, as `Raster` draws them one by one.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    adding : Adder
        Adds to it.
    """

    def __init__(self, rows: int, stride: int, adding: Adder) -> None:
        self._adding = adding
        self._steep = _SteepLines(rows, stride, adding)
        self._flat = _SteepLines(stride, rows, adding)  # turned, so that they are steep
        self._one_colour: np.ndarray | None = None
        self.room = MOST_LINES

    def accepts(self, rgb: np.ndarray) -> bool:
        """Return whether lines of these colours can be counted with those that were counted already."""
        if rgb.ndim == 2:
            return self._one_colour is None
        return not self._steep.has_colours and (self._one_colour is None or bool((self._one_colour == rgb).all()))

    def make_room(self) -> None:
        """Set `room` by the largest sums there are: hardly ever do all lines meet on one pixel."""
        self._adding.wait()
        self.room = int(MOST_LINES * (1 - max(self._steep.fullness(), self._flat.fullness())))

    def add(self, x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray, rgb: np.ndarray) -> None:
        """Count lines; they are counted once the sums are asked for, at the latest.

        Parameters
        ----------
        x0, y0, x1, y1 : ndarray of float32, shape (n,)
            Ends in pixels of the sheet, within it; n at most `room`.
        rgb : ndarray of uint8, shape (n, 3) or (3,)
        """
        self.room -= len(x0)
        colours = None
        if rgb.ndim == 1:
            self._one_colour = rgb
        else:
            colours = _packed(rgb)
            for counts in (self._steep, self._flat):
                counts.keep_colours()
        steep = np.abs(y1 - y0) > np.abs(x1 - x0)
        across, down = (np.abs(b.astype(np.int32) - a.astype(np.int32)) + 1 for a, b in ((x0, x1), (y0, y1)))
        # Calculated, as nothing is chosen by a mask here: that is several times slower where it changes at random.
        cells = across + (down - across) * steep
        line, passed = _pieces(cells)
        cells = cells.take(line) - passed
        # Steep ones first, and of either the longest; in one byte each, which is what is sorted fastest.
        turn = (_PIECE - np.minimum(cells, _PIECE)).astype(np.uint8)
        turn += (~steep).view(np.uint8).take(line) * np.uint8(_PIECE)
        order = np.argsort(turn, kind="stable")
        line, passed = line.take(order), passed.take(order)
        middle = int(np.count_nonzero(turn < _PIECE))
        for counts, first, stop, ends in (
            (self._steep, 0, middle, (y0, x0, y1, x1)),
            (self._flat, middle, len(line), (x0, y0, x1, y1)),
        ):
            while first < stop:
                longest = _PIECE - int(turn[order[first]]) % _PIECE
                part = slice(first, min(first + min(_BLOCK_PIECES, _BLOCK_CELLS // longest), stop))
                a0, b0, a1, b1 = (end.take(line[part]) for end in ends)
                counts.add(a0, b0, a1, b1, passed[part], None if colours is None else colours.take(line[part], axis=1))
                first = part.stop

    def take(self, rows: slice) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the ink that was counted on some rows, and red, green and blue weighted by it; (rows, stride) each."""
        self._adding.wait()
        # What belongs one row further comes from the row before.
        first = max(rows.start - 1, 0)
        flat = self._flat.take((slice(None), slice(first, rows.stop)))
        turned = [sheet[:, rows.start - first :].T for sheet in flat]
        ink, *colours = (a + b for a, b in zip(self._steep.take((rows, slice(None))), turned, strict=True))
        if self._one_colour is not None:
            colours = [ink * np.float32(value) for value in self._one_colour]
        return ink, colours


class _SteepLines:
    """Counts lines that go down a sheet: each has its ink, on every row it passes, on two neighbouring pixels.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    adding : Adder
        Adds to it.
    """

    def __init__(self, rows: int, stride: int, adding: Adder) -> None:
        self._shape, self._adding = (rows, stride), adding
        self._ink = np.zeros(rows * stride, dtype=np.int64)
        self._colours: np.ndarray | None = None

    @property
    def has_colours(self) -> bool:
        """Whether lines of several colours are counted."""
        return self._colours is not None

    def keep_colours(self) -> None:
        """Have sheets for the colours of lines."""
        if self._colours is None:
            self._colours = np.zeros((2, len(self._ink)), dtype=np.int64)

    def fullness(self) -> float:
        """Return the share of a number's room that the largest sum takes."""
        sheets = [(self._ink, _LOW_BITS)]
        if self._colours is not None:
            sheets += [(sheet, _HALF) for sheet in self._colours]
        high = max(int(sheet.max()) / (1 << 63) for sheet, _ in sheets)
        return max(high, *(_largest_low(sheet, bits) / (1 << bits) for sheet, bits in sheets))

    def add(
        self,
        a0: np.ndarray,
        b0: np.ndarray,
        a1: np.ndarray,
        b1: np.ndarray,
        passed: np.ndarray,
        colours: np.ndarray | None,
    ) -> None:
        """Count pieces of lines, the longest first.

        Parameters
        ----------
        a0, b0, a1, b1 : ndarray of float32, shape (n,)
            Ends of their lines, down and across.
        passed : ndarray of int32, shape (n,)
            Pixels of the line before the piece.
        colours : ndarray of int64, shape (2, n), or None
            Packed; None where all lines have one.
        """
        cells, place, step, *amounts = self._tracks(a0, b0, a1, b1, passed)
        # How many pieces have more than so many pixels.
        longer = len(cells) - np.searchsorted(cells[::-1], np.arange(cells[0] + 1), side="right")
        at, ink = np.empty(longer.sum(), dtype=np.int32), np.empty(longer.sum(), dtype=np.int64)
        full, head, tail = amounts
        stop = 0
        for now, further in pairwise(longer.tolist()):
            start, stop = stop, stop + now
            np.right_shift(place[:now], _SLOPE_BITS, out=at[start:stop], casting="unsafe")
            # The share of the ink that belongs one pixel further goes into the low bits.
            part = ink[start:stop]
            np.right_shift(place[:now], _SLOPE_BITS - _GAP_BITS, out=part)
            part &= (1 << _GAP_BITS) - 1
            part += 1 << _LOW_BITS
            if start:
                part[:further] *= full[:further]
                part[further:] *= tail[further:now]
            else:
                part *= head
            place[:further] += step[:further]
        if colours is None:
            self._adding.run(len(at), partial(add_at, self._ink, at, ink))
            return
        full, head, tail = ((amount >> (_INK_BITS - _SHARE_BITS)) + 1 for amount in amounts)
        every = np.arange(len(cells), dtype=np.int32)
        piece, share = np.empty_like(at), np.empty_like(ink)
        stop = 0
        for now, further in pairwise(longer.tolist()):
            start, stop = stop, stop + now
            piece[start:stop] = every[:now]
            share[start:stop] = tail[:now] if start else head
            if start:
                share[start : start + further] = full[:further]
        self._adding.run(3 * len(at), partial(self._add, at, ink, piece, share, colours))

    def _add(self, at: np.ndarray, ink: np.ndarray, piece: np.ndarray, share: np.ndarray, colours: np.ndarray) -> None:
        """Add the ink of pixels, and the colours of the pieces that they belong to by their shares."""
        assert self._colours is not None
        add_at(self._ink, at, ink)
        for sheet, colour in zip(self._colours, colours, strict=True):
            add_weighted(sheet, at, share, piece, colour)

    def _tracks(self, a0: np.ndarray, b0: np.ndarray, a1: np.ndarray, b1: np.ndarray, passed: np.ndarray) -> _Tracks:
        # In place wherever it can be: this is a third of what a line costs.
        first, last = np.minimum(a0, a1), np.maximum(a0, a1)
        length = last - first
        slope = a1 - a0
        slope += slope == 0
        np.divide(b1 - b0, slope, out=slope)
        first_cell, last_cell = first.astype(np.int32), last.astype(np.int32)
        cells = last_cell - first_cell
        cells += 1
        head = first_cell.astype(np.float32)
        head -= first
        head += 1
        # Where it passes the middle of its first pixel; a line within one pixel where its own middle lies.
        middle = head - np.float32(0.5)
        middle += (length * np.float32(0.5) - middle) * (cells == 1)
        middle += first
        middle -= a0
        middle *= slope
        middle += b0
        middle -= np.float32(0.5)
        np.minimum(head, length, out=head)
        last -= last_cell
        # Ink follows the true length, not its shadow on the axis. Where it is little, it is rounded up as often as the
        # remainder is large, so that many short lines are not lost.
        full = np.sqrt(1 + slope * slope) * np.float32(1 << _INK_BITS)
        dither = np.arange(len(first), dtype=np.float32) * np.float32(0.618034)
        dither -= np.floor(dither)
        amounts = [(full + np.float32(0.5)), head * full + dither, last * full + dither]
        full, head, tail = (amount.astype(np.int64) for amount in amounts)
        unit = np.float32(1 << _SLOPE_BITS)
        step = (slope * unit).astype(np.int64)
        step += self._shape[1] << _SLOPE_BITS
        place = first_cell * np.int64(self._shape[1])
        place <<= _SLOPE_BITS
        place += (middle * unit).astype(np.int64)
        place += 1 << (_SLOPE_BITS - _GAP_BITS - 1)
        place += passed * step
        cells -= passed
        goes_on, began = np.flatnonzero(cells > _PIECE), np.flatnonzero(passed)
        tail[goes_on] = full.take(goes_on)
        head[began] = np.where(cells.take(began) > 1, full.take(began), tail.take(began))
        return _Tracks(np.minimum(cells, _PIECE), place, step, full, head, tail)

    def take(self, where: tuple[slice, slice]) -> list[np.ndarray]:
        """Return the ink that was counted on a part of the sheet, and its colours, weighted, if there are several."""
        ink, further = halves(self._ink.reshape(self._shape)[where], _LOW_BITS)
        further *= np.float32(1 / (1 << (_INK_BITS + _GAP_BITS)))
        ink *= np.float32(1 / (1 << _INK_BITS))
        ink -= further
        sheets = [_shifted(ink, further)]
        if self._colours is not None:
            (red, green), (blue, share) = (halves(sheet.reshape(self._shape)[where], _HALF) for sheet in self._colours)
            np.maximum(share, 1, out=share)
            ink /= share
            further /= share
            sheets += [_shifted(ink * colour, further * colour) for colour in (red, green, blue)]
        return sheets


class _Tracks(NamedTuple):
    """Pieces of lines as they pass from pixel to pixel.

    Attributes
    ----------
    cells : ndarray of int32, shape (n,)
        Pixels of each.
    place, step : ndarray of int64, shape (n,)
        Place of the first pixel and way to the next one, in fractions of a pixel.
    full, head, tail : ndarray of int64, shape (n,)
        Ink on a whole pixel, on the first one and on the last.
    """

    cells: np.ndarray
    place: np.ndarray
    step: np.ndarray
    full: np.ndarray
    head: np.ndarray
    tail: np.ndarray


def _pieces(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the line that each piece is of and how many pixels it passed before, int32; lines have so many pixels."""
    long = np.flatnonzero(cells > _PIECE)
    number = (cells.take(long) - 1) // _PIECE
    of = np.repeat(long, number)
    passed = np.arange(1, len(of) + 1) - np.repeat(np.cumsum(number) - number, number)
    none = np.zeros(len(cells), dtype=np.int32)
    return np.concatenate([np.arange(len(cells)), of]), np.concatenate([none, _PIECE * passed.astype(np.int32)])


def _shifted(here: np.ndarray, further: np.ndarray) -> np.ndarray:
    """Return the sum of a sheet and of another whose values belong one column further."""
    out = here.copy()
    out[:, 1:] += further[:, :-1]
    return out


def _packed(rgb: np.ndarray) -> np.ndarray:
    """Return red and green in one number, blue and one in another; int64, shape (2, n)."""
    packed = rgb.T[::2].astype(np.int64)
    packed <<= _HALF
    packed[0] += rgb[:, 1]
    packed[1] += 1
    return packed


def _largest_low(sums: np.ndarray, bits: int) -> int:
    """Return the largest of the sums in low bits, part by part: a copy of a sheet takes as much memory as the sheet."""
    return max(int(low(sums[start : start + _BLOCK], bits).max()) for start in range(0, len(sums), _BLOCK))
