"""Layers of a scene: points and lines of one opacity, sorted by the position at which they appear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.playing import NEVER


@dataclass(frozen=True, eq=False)
class Growth:
    """Positions at which the rows of a layer appear and disappear, for incremental drawing.

    Attributes
    ----------
    comes : ndarray of int32, shape (n,)
        Position at which each row appears, ascending.
    leaves : ndarray of int64, shape (k,)
        Rows that disappear again, in that order.
    leaves_at : ndarray of int32, shape (k,)
        Position from which each of them is gone, ascending.
    """

    comes: np.ndarray
    leaves: np.ndarray
    leaves_at: np.ndarray

    @classmethod
    def build(cls, appears: np.ndarray, goes: np.ndarray) -> Growth:
        """Build the growth of rows that are sorted by the position at which they appear."""
        passing = np.flatnonzero(goes != NEVER)
        # What would go before it comes does both at once.
        at = np.maximum(goes, appears)[passing]
        by_time = np.argsort(at, kind="stable")
        return cls(appears, passing[by_time], at[by_time])

    def until(self, position: int) -> tuple[int, int]:
        """Return how many rows have appeared up to a position, and how many of `leaves` have disappeared."""
        return (
            int(np.searchsorted(self.comes, position, side="right")),
            int(np.searchsorted(self.leaves_at, position, side="right")),
        )

    def thinned(self, every: int) -> Growth:
        """Return the growth of every `every`-th row."""
        kept = self.leaves % every == 0
        return Growth(self.comes[::every], self.leaves[kept] // every, self.leaves_at[kept])

    def rows_at(self, position: int) -> np.ndarray:
        """Return the rows that are drawn at a position, ascending, int64."""
        come, gone = self.until(position)
        keep = np.ones(come, dtype=bool)
        keep[self.leaves[:gone]] = False
        return np.flatnonzero(keep)


@dataclass(frozen=True, eq=False)
class Layer:
    """Points and joining lines of one opacity, sorted by the position at which they appear.

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

    def lines_by_path(self, position: int) -> np.ndarray:
        """Return the lines that are drawn at a position, grouped by path, int64."""
        rows = self.line_growth.rows_at(position)
        return rows[np.argsort(self.line_recording[rows], kind="stable")]
