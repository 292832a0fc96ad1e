"""Counts many lines into sheets of whole numbers, and turns the counts into ink once all have been added.

As with points (`raster_counts`), a pixel of a line costs a few additions, and none is rounded. Steep lines and flat
ones have a sheet each, and, where there are very many, are counted by a thread each.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .raster_sums import add_at, halves, low

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_BLOCK_CELLS = 120_000
"""Pixels of lines counted at once: less, and threads wait for each other; more, and the processor waits for memory."""
_BLOCK = 1 << 15

_INK_BITS, _GAP_BITS, _SLOPE_BITS = 7, 6, 20
_LOW_BITS = 34
_SHARE_BITS = 3
_HALF = 32
"""Low bits of a number that holds the sums of two colours."""
MOST_LINES = 1 << 19
"""Lines that can be counted on one pixel without one sum running into the next: each adds to it once at most."""
_ALONE = 150_000
"""Lines that are counted by the caller, as many as the recordings that come with the program have: with fewer it takes
threads longer to take turns than they save."""
_WAITING = 4
"""Parts that may wait to be counted; bounds their memory."""


@cache
def _thread(name: str) -> ThreadPoolExecutor:
    """Return a thread for one kind of sheet: two on one sheet would overwrite what the other adds."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, name)


class LineCounts:
    """Counts lines of at most a pixel's width by the pixels they pass, as `Raster` draws them one by one.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    """

    def __init__(self, rows: int, stride: int) -> None:
        self._steep = _SteepLines(rows, stride)
        self._flat = _SteepLines(stride, rows)  # turned, so that they are steep
        self._running: deque[Future[None]] = deque()
        self._one_colour: np.ndarray | None = None
        self.room, self._counted = MOST_LINES, 0

    def accepts(self, rgb: np.ndarray) -> bool:
        """Return whether lines of these colours can be counted with those that were counted already."""
        if rgb.ndim == 2:
            return self._one_colour is None
        return not self._steep.has_colours and (self._one_colour is None or bool((self._one_colour == rgb).all()))

    def make_room(self) -> None:
        """Set `room` by the largest sums there are: hardly ever do all lines meet on one pixel."""
        self._wait()
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
        self._counted += len(x0)
        colours = None
        if rgb.ndim == 1:
            self._one_colour = rgb
        else:
            colours = _packed(rgb)
            for counts in (self._steep, self._flat):
                counts.keep_colours()
        steep = np.abs(y1 - y0) > np.abs(x1 - x0)
        for name, counts, which, ends in (
            ("steep lines", self._steep, np.flatnonzero(steep), (y0, x0, y1, x1)),
            ("flat lines", self._flat, np.flatnonzero(~steep), (x0, y0, x1, y1)),
        ):
            a0, b0, a1, b1 = (end.take(which) for end in ends)
            own = None if colours is None else colours.take(which, axis=1)
            if self._counted <= _ALONE:
                counts.add(a0, b0, a1, b1, own)
            else:
                self._running.append(_thread(name).submit(counts.add, a0, b0, a1, b1, own))
        self._wait(_WAITING)

    def take(self, rows: slice) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the ink that was counted on some rows, and red, green and blue weighted by it; (rows, stride) each."""
        self._wait()
        # What belongs one row further comes from the row before.
        first = max(rows.start - 1, 0)
        flat = self._flat.take((slice(None), slice(first, rows.stop)))
        turned = [sheet[:, rows.start - first :].T for sheet in flat]
        ink, *colours = (a + b for a, b in zip(self._steep.take((rows, slice(None))), turned, strict=True))
        if self._one_colour is not None:
            colours = [ink * np.float32(value) for value in self._one_colour]
        return ink, colours

    def _wait(self, at_most: int = 0) -> None:
        """Wait until no more than that many parts wait to be counted."""
        while len(self._running) > at_most:
            self._running.popleft().result()


class _SteepLines:
    """Counts lines that go down a sheet: each has its ink, on every row it passes, on two neighbouring pixels.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.
    """

    def __init__(self, rows: int, stride: int) -> None:
        self._shape = rows, stride
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

    def add(self, a0: np.ndarray, b0: np.ndarray, a1: np.ndarray, b1: np.ndarray, colours: np.ndarray | None) -> None:
        """Count lines: their ends down and across, and their packed colours."""
        tracks = self._tracks(a0, b0, a1, b1)
        begin = 0
        while begin < len(tracks.cells):
            done = int(tracks.stops[begin - 1]) if begin else 0
            end = max(int(np.searchsorted(tracks.stops, done + _BLOCK_CELLS, side="right")), begin + 1)
            rows = slice(begin, end)
            self._deposit(tracks, rows, done, None if colours is None else colours[:, rows])
            begin = end

    def _tracks(self, a0: np.ndarray, b0: np.ndarray, a1: np.ndarray, b1: np.ndarray) -> _Tracks:
        # In place wherever it can be: this is a third of what a line costs.
        length = a1 - a0
        slope = (b1 - b0) / (length + (length == 0))
        back = np.minimum(length, 0)
        a, b = a0 + back, b0 + back * slope
        np.abs(length, out=length)
        last = a + length
        first_cell, last_cell = a.astype(np.int32), last.astype(np.int32)
        cells = last_cell - first_cell
        cells += 1
        head = first_cell.astype(np.float32)
        head -= a
        head += 1
        # Where it passes the middle of its first pixel; a line within one pixel where its own middle lies.
        middle = head - np.float32(0.5)
        middle += (length * np.float32(0.5) - middle) * (cells == 1)
        b += middle * slope
        b -= np.float32(0.5)
        np.minimum(head, length, out=head)
        last -= last_cell
        # Ink follows the true length, not its shadow on the axis. Where it is little, it is rounded up as often as the
        # remainder is large, so that many short lines are not lost.
        full = np.sqrt(1 + slope * slope) * np.float32(1 << _INK_BITS)
        dither = np.arange(len(a), dtype=np.float32) * np.float32(0.618034)
        dither -= np.floor(dither)
        amounts = [(full + np.float32(0.5)), head * full + dither, last * full + dither]
        unit = np.float32(1 << _SLOPE_BITS)
        place = first_cell * np.int64(self._shape[1])
        place <<= _SLOPE_BITS
        place += (b * unit).astype(np.int64)
        place += 1 << (_SLOPE_BITS - _GAP_BITS - 1)
        step = (slope * unit).astype(np.int64)
        step += self._shape[1] << _SLOPE_BITS
        return _Tracks(cells, np.cumsum(cells), place, step, *(amount.astype(np.int64) for amount in amounts))

    def _deposit(self, tracks: _Tracks, rows: slice, done: int, colours: np.ndarray | None) -> None:
        """Add the ink of some lines; `done` pixels belong to those before them."""
        cells, begin, step = tracks.cells[rows], tracks.begin[rows], tracks.step[rows]
        last = tracks.stops[rows] - (done + 1)
        first = last - cells
        first += 1
        # The line that each pixel belongs to: values are taken by it, since NumPy keeps Python's lock to repeat them.
        line = np.zeros(last[-1] + 1, dtype=np.intp)
        line[first[1:]] = 1
        np.cumsum(line, out=line)

        def along(full: np.ndarray, head: np.ndarray, tail: np.ndarray) -> np.ndarray:
            out = full.take(line)
            out[last] = tail
            out[first] = head
            return out

        # One sum along all lines: the step of each line, and from the end of one to the start of the next.
        track = step.take(line)
        track[first] = begin
        track[first[1:]] -= (begin + (cells - 1) * step)[:-1]
        np.cumsum(track, out=track)
        at = np.empty(len(track), dtype=np.int32)
        np.right_shift(track, _SLOPE_BITS, out=at, casting="unsafe")
        # The share of the ink that belongs one pixel further goes into the low bits.
        track >>= _SLOPE_BITS - _GAP_BITS
        track &= (1 << _GAP_BITS) - 1
        track += 1 << _LOW_BITS
        amounts = tracks.full[rows], tracks.head[rows], tracks.tail[rows]
        track *= along(*amounts)
        add_at(self._ink, at, track)
        if colours is None or self._colours is None:
            return
        shares = [(amount >> (_INK_BITS - _SHARE_BITS)) + 1 for amount in amounts]
        for sheet, colour in zip(self._colours, colours, strict=True):
            add_at(sheet, at, along(*(colour * share for share in shares)))

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
