"""Greedy label placement: beside their points, without overlap, as many as fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RIGHT, LEFT, ABOVE, BELOW = range(4)
_PLACES = ((1.0, 0.5), (0.0, 0.5), (0.5, 0.0), (0.5, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.0, 1.0))
"""Offsets of a label from its point as fractions of the label's size: the four sides, then the corners."""
ANY_SIDE = tuple(range(len(_PLACES)))
_CELL = 2.0


@dataclass(frozen=True)
class Placed:
    """A placed label: its index in the input, and its box's upper left corner and size in pixels.

    `side` is the index of the side of the point. `leader` is the end of a leader line to the point, relative to the
    box's corner; None where the label is next to its point.
    """

    number: int
    x: float
    y: float
    width: float
    height: float
    leader: tuple[float, float] | None = None
    side: int = 0


class OccupancyGrid:
    """Grid of small square cells that marks which parts of a picture are covered.

    Parameters
    ----------
    width, height : float
        Size of the picture, pixels.
    scale : float
        Pixels per logical pixel; cells grow with it.
    taken : sequence of (left, top, right, bottom)
        What is covered from the beginning, pixels.
    """

    def __init__(
        self,
        width: float,
        height: float,
        scale: float = 1.0,
        taken: Sequence[tuple[float, float, float, float]] = (),
    ) -> None:
        self.width, self.height = width, height
        self._cell = _CELL * scale
        self._columns = int(width / self._cell) + 1
        # A bit for each cell of a row: thousands of small rectangles are asked about for one picture, and to look at
        # a piece of an array takes longer than to look at its bits.
        self._rows = [0] * (int(height / self._cell) + 1)
        for box in taken:
            self.occupy(*box)

    def copy(self) -> OccupancyGrid:
        """Return an independent copy."""
        other = OccupancyGrid(0, 0)
        other.width, other.height, other._cell = self.width, self.height, self._cell
        other._columns, other._rows = self._columns, self._rows.copy()
        return other

    def _rows_of(self, top: float, bottom: float) -> slice:
        """Return the rows of a rectangle."""
        return slice(max(int(top / self._cell), 0), max(int(bottom / self._cell) + 1, 0))

    def _columns_of(self, left: float, right: float) -> int:
        """Return the bits of a rectangle's columns."""
        first = min(max(int(left / self._cell), 0), self._columns)
        return (1 << min(max(int(right / self._cell) + 1, first), self._columns)) - (1 << first)

    def occupy(self, left: float, top: float, right: float, bottom: float) -> None:
        """Mark a rectangle as covered, as far as it lies in the picture; pixels."""
        rows, columns = self._rows_of(top, bottom), self._columns_of(left, right)
        self._rows[rows] = [row | columns for row in self._rows[rows]]

    def claim(self, x: float, y: float, width: float, height: float, margin: float = 0.0) -> bool:
        """Mark a rectangle as covered if all of it lies in the picture and is free; return whether it was.

        Parameters
        ----------
        x, y, width, height : float
            Upper left corner and size, pixels.
        margin : float
            Pixels that must be free to its left and right too.
        """
        # NaN, of a point that is nowhere, fails every comparison.
        if not (x >= 0 and y >= 0 and x + width <= self.width and y + height <= self.height):
            return False
        rows, with_margin = self._rows_of(y, y + height), self._columns_of(x - margin, x + width + margin)
        now = self._rows[rows]
        for row in now:
            if row & with_margin:
                return False
        columns = self._columns_of(x, x + width)
        self._rows[rows] = [row | columns for row in now]
        return True


def by_importance(
    anchors: np.ndarray, ranks: Sequence[int], size: tuple[float, float], before: Mapping[int, int]
) -> list[int]:
    """Return the order in which labels are placed.

    Parameters
    ----------
    anchors : ndarray of float, shape (labels, 2)
        Points to be labelled, pixels.
    ranks : sequence of int
        Lower goes first; among equals those shown before, then the point with more free space around it.
    size : tuple of float
        Width and height of the picture; points outside it are not labelled.
    before : mapping of int to int
        Labels shown in the previous picture.

    Returns
    -------
    list of int
        Indices of the labels whose points lie in the picture.
    """
    numbers = np.flatnonzero(((anchors >= 0) & (anchors <= size)).all(axis=1))
    if not len(numbers):
        return []
    x, y = anchors[numbers].T
    distance = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
    np.fill_diagonal(distance, np.inf)
    room = dict(zip(numbers.tolist(), distance.min(axis=1).tolist(), strict=True))
    return sorted(room, key=lambda number: (ranks[number], number not in before, -room[number], number))


def place_labels(
    order: Sequence[int],
    anchors: np.ndarray,
    sizes: np.ndarray,
    grid: OccupancyGrid,
    gap: float,
    *,
    sides: Mapping[int, Sequence[int]] | None = None,
    margin: float = 0.0,
    kinds: Sequence[int] | None = None,
    apart: float = 0.0,
) -> list[Placed]:
    """Place labels greedily, one after the other, where they fit.

    Parameters
    ----------
    order : sequence of int
        Indices of the labels to be placed, most important first.
    anchors, sizes : ndarray of float, shape (labels, 2)
        Points to be labelled and sizes of labels, pixels.
    grid : OccupancyGrid
        What is covered already; placed labels are added.
    gap : float
        Gap between a point and its label, pixels.
    sides : mapping of int to sequence of int, optional
        Allowed sides of each label, first choice first; `ANY_SIDE` where it is missing.
    margin : float
        Gap between labels side by side, pixels.
    kinds : sequence of int, optional
        Labels of the same kind have the same text; their points lie at least `apart` pixels from each other.
    apart : float

    Returns
    -------
    list of Placed
        Labels that fit; no two boxes overlap.
    """
    placed: list[Placed] = []
    same_kind: dict[int, list[tuple[float, float]]] = {}
    at, extents = anchors.tolist(), sizes.tolist()
    for number in order:
        (x, y), (width, height) = at[number], extents[number]
        others = [] if kinds is None else same_kind.setdefault(kinds[number], [])
        if any(max(abs(x - other_x), abs(y - other_y)) < apart for other_x, other_y in others):
            continue
        for side in ANY_SIDE if sides is None else sides.get(number, ANY_SIDE):
            across, down = _PLACES[side]
            left = x - width * (1 - across) + gap * (2 * across - 1)
            top = y - height * (1 - down) + gap * (2 * down - 1)
            if grid.claim(left, top, width, height, margin):
                placed.append(Placed(number, left, top, width, height, side=side))
                others.append((x, y))
                break
    return placed


def place_pairs(
    numbers: Sequence[int],
    anchors: np.ndarray,
    sizes: np.ndarray,
    grid: OccupancyGrid,
    gap: float,
    reach: int = 8,
) -> list[Placed]:
    """Place pairs of labels, the first above its point and the second below.

    Where others are in the way the pair moves up or down as one, with a leader line to its point.

    Parameters
    ----------
    numbers : sequence of int
        Indices, first and second of each pair in turn.
    anchors, sizes, grid
        As in `place_labels`; all labels have the same height.
    gap : float
        Gap between a point and its labels, and between pairs side by side, pixels.
    reach : int
        How far a pair may move from its point, in heights of a label.

    Returns
    -------
    list of Placed
        Both labels of each pair that fits; no two boxes overlap.
    """
    placed: list[Placed] = []
    for first, second in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = anchors[first].tolist()
        height = float(sizes[first, 1])
        if not (0 <= x <= grid.width and 0 <= y <= grid.height):
            continue
        wide, half = float(sizes[[first, second], 0].max()), height + gap / 2
        # Nearest places first; sideways as names have it: right of the point, across it, left of it.
        moves = sorted(
            (
                (dx, dy)
                for dy in (np.arange(-reach, reach + 0.5) * height).tolist()
                for dx in (gap, -wide / 2, -wide - gap)
            ),
            key=lambda move: abs(move[1]),
        )
        for dx, dy in moves:
            left, top = x + dx, y + dy - half
            if not grid.claim(left, top, wide, 2 * half, gap):
                continue
            # The line leaves from whichever of the two is nearer to the point.
            near = second if dy < 0 else first
            for number, at in ((first, top), (second, top + 2 * half - height)):
                leader = (x - left, y - at) if dy and number == near else None
                placed.append(Placed(number, left, at, float(sizes[number, 0]), height, leader))
            break
    return placed
