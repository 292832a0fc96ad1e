"""Layers of a scene: points and lines of one opacity, sorted by the position at which they appear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from auslan_explorer.core.playing import NEVER

_NO_ROWS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Growth:
    """Positions at which the rows of a layer appear and disappear, for incremental drawing.

    Attributes
    ----------
    begin : int
        Position at which the first row appears.
    counts : ndarray of int64, shape (positions,)
        How many rows have appeared at each position from `begin` on; at the last one all have.
    leaves : ndarray of int64, shape (k,)
        Rows that disappear again, in that order.
    leaves_at : ndarray of int32, shape (k,)
        Position from which each of them is gone, ascending.
    """

    begin: int
    counts: np.ndarray
    leaves: np.ndarray
    leaves_at: np.ndarray

    @classmethod
    def build(cls, appears: np.ndarray, goes: np.ndarray | None = None) -> Growth:
        """Build the growth of rows that are sorted by the position at which they appear; by default none goes."""
        begin, end = (int(appears[0]), int(appears[-1])) if len(appears) else (0, 0)
        positions = np.arange(begin, end + 1, dtype=appears.dtype)
        counts = np.searchsorted(appears, positions, side="right")
        if goes is None:
            return cls(begin, counts, _NO_ROWS, _NO_ROWS)
        passing = np.flatnonzero(goes != NEVER)
        # What would go before it comes does both at once.
        at = np.maximum(goes[passing], appears[passing])
        by_time = np.argsort(at, kind="stable")
        return cls(begin, counts, passing[by_time], at[by_time])

    @classmethod
    def at_once(cls, rows: int) -> Growth:
        """Return the growth of rows that are always there."""
        return cls(0, np.array([rows]), _NO_ROWS, _NO_ROWS)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.counts[-1])

    def until(self, position: int) -> tuple[int, int]:
        """Return how many rows have appeared up to a position, and how many of `leaves` have disappeared."""
        at = min(position - self.begin, len(self.counts) - 1)
        return (
            int(self.counts[at]) if at >= 0 else 0,
            # Of the same type: else the array is converted as a whole.
            int(np.searchsorted(self.leaves_at, self.leaves_at.dtype.type(position), side="right")),
        )

    def thinned(self, every: int) -> Growth:
        """Return the growth of every `every`-th row; of none where it is 0."""
        if not every:
            return Growth.at_once(0)
        kept = self.leaves % every == 0
        return Growth(self.begin, -(-self.counts // every), self.leaves[kept] // every, self.leaves_at[kept])

    def compressed(self, keep: np.ndarray) -> Growth:
        """Return the growth of some rows, bool, shape (n,)."""
        parts = pairwise([0, *self.counts.tolist()])
        counts = np.cumsum([np.count_nonzero(keep[start:stop]) for start, stop in parts])
        kept = keep.take(self.leaves)
        # Each row's new place is the number of those before it that are kept.
        leaves = np.cumsum(keep).take(self.leaves.compress(kept)) - 1 if kept.any() else _NO_ROWS
        return Growth(self.begin, counts, leaves, self.leaves_at.compress(kept))

    def rows_at(self, position: int) -> np.ndarray:
        """Return the rows that are drawn at a position, ascending, int64."""
        come, gone = self.until(position)
        keep = np.ones(come, dtype=bool)
        keep[self.leaves[:gone]] = False
        return np.flatnonzero(keep)


Rows = dict[str, Any]
"""The fields of a layer that have a row for each point or line, by name."""
_ROWS = frozenset({"positions", "rgb", "growth", "starts", "ends", "line_rgb", "line_growth", "line_recording"})


Points = tuple[np.ndarray, np.ndarray]
"""Positions and colours of points."""
Lines = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Both ends and the colours of lines."""


@dataclass(frozen=True, eq=False)
class WholeRows:
    """The points and lines of a layer in any order, made part by part, for drawing all of them at once.

    Attributes
    ----------
    vertices, segments : int
        Numbers that parts are slices of.
    points, lines : callable
        Take a slice; return the layer's points, or lines, among those vertices or segments. Several threads may call.
    """

    vertices: int
    segments: int
    points: Callable[[slice], Points]
    lines: Callable[[slice], Lines]


@dataclass(frozen=True, eq=False)
class Layer:
    """Points and joining lines of one opacity, sorted by the position at which they appear.

    One that is made by `deferred` makes its rows when one of them is first asked for, in the thread that asks.

    Attributes
    ----------
    positions : ndarray of float32, shape (n, dims)
    rgb : ndarray of uint8, shape (n, 3) or (3,)
    growth : Growth
        Growth of the n points.
    starts, ends : ndarray of float32, shape (m, dims)
        Both ends of each line.
    line_rgb : ndarray of uint8, shape (m, 3) or (3,)
    line_growth : Growth
        Growth of the m lines.
    line_recording : ndarray of int32, shape (m,)
        Recording of each line; vector output joins the lines of one path.
    radius, line_width : float
        In logical pixels.
    alpha, line_alpha : float
        Opacity of one point and of one line.
    ghost : bool
        Whether it is the ghost beneath growing paths, which is left out once they are whole.
    """

    positions: np.ndarray
    rgb: np.ndarray
    growth: Growth
    starts: np.ndarray
    ends: np.ndarray
    line_rgb: np.ndarray
    line_growth: Growth
    line_recording: np.ndarray
    radius: float
    line_width: float
    alpha: float
    line_alpha: float
    ghost: bool = False

    @classmethod
    def deferred(
        cls,
        make: Callable[[int, int], Rows],
        points: int,
        lines: int,
        whole: Callable[[], WholeRows] | None,
        **looks: float,
    ) -> Layer:
        """Return a layer whose rows are made once they are needed.

        Parameters
        ----------
        make : callable
            Takes numbers n and m; returns the rows of every n-th point and every m-th line, of none where it is 0.
        points, lines : int
            How many there are in all.
        whole : callable or None
            Returns all of them in another order.
        **looks
            The fields that are numbers.
        """
        layer = object.__new__(cls)
        vars(layer).update(looks, _make=make, _counts=(points, lines), _whole=whole)
        return layer

    @property
    def whole(self) -> WholeRows | None:
        """All rows part by part, where that is faster than making them in order: they have not been made."""
        make = vars(self).get("_whole")
        return None if make is None or "positions" in vars(self) else make()

    def __getattr__(self, name: str) -> Any:
        make = vars(self).get("_make")
        if make is None or name not in _ROWS:
            raise AttributeError(name)
        vars(self).update(make(1, 1))
        return vars(self)[name]

    @property
    def point_count(self) -> int:
        """Number of points."""
        return int(vars(self)["_counts"][0]) if "_counts" in vars(self) else len(self.positions)

    @property
    def line_count(self) -> int:
        """Number of lines."""
        return int(vars(self)["_counts"][1]) if "_counts" in vars(self) else len(self.starts)

    def thinned(self, points: int, lines: int) -> Layer:
        """Return every `points`-th point and every `lines`-th line, of none where it is 0, and look as before."""
        if "_make" in vars(self) and "positions" not in vars(self):
            looks = {name: value for name, value in vars(self).items() if not name.startswith("_")}
            return Layer(**looks, **vars(self)["_make"](points, lines))
        n, m = (slice(None, None, each) if each else slice(0) for each in (points, lines))
        return replace(
            self,
            positions=self.positions[n],
            rgb=self.rgb[n] if self.rgb.ndim == 2 else self.rgb,
            growth=self.growth.thinned(points),
            starts=self.starts[m],
            ends=self.ends[m],
            line_rgb=self.line_rgb[m] if self.line_rgb.ndim == 2 else self.line_rgb,
            line_growth=self.line_growth.thinned(lines),
            line_recording=self.line_recording[m],
        )

    def strokes(self, position: int) -> list[np.ndarray]:
        """Return the lines that are drawn at a position as strokes, int64: each line begins where the last one ends."""
        rows = self.line_growth.rows_at(position)
        rows = rows[np.argsort(self.line_recording[rows], kind="stable")]
        if not len(rows):
            return []
        begins = self.line_recording[rows[1:]] != self.line_recording[rows[:-1]]
        begins |= (self.starts[rows[1:]] != self.ends[rows[:-1]]).any(axis=1)
        return np.split(rows, np.flatnonzero(begins) + 1)
