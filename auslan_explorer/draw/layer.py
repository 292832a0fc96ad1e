"""Points and lines of one strength, in the order in which they come and go while paths grow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.playing import NEVER


@dataclass(frozen=True, eq=False)
class Growth:
    """When the rows of a layer come and go, so that a step more or less costs only what changes.

    Attributes
    ----------
    comes : ndarray of int32, shape (n,)
        Position at which each row appears, in growing order.
    leaves : ndarray of int64, shape (k,)
        Rows that go again, in the order in which they do.
    leaves_at : ndarray of int32, shape (k,)
        From which position on each of them is gone, in growing order.
    """

    comes: np.ndarray
    leaves: np.ndarray
    leaves_at: np.ndarray

    @classmethod
    def build(cls, appears: np.ndarray, goes: np.ndarray) -> Growth:
        """Return the growth of rows that are in the order in which they appear."""
        passing = np.flatnonzero(goes != NEVER)
        # What would go before it comes does both at once.
        at = np.maximum(goes, appears)[passing]
        by_time = np.argsort(at, kind="stable")
        return cls(appears, passing[by_time], at[by_time])

    def until(self, position: int) -> tuple[int, int]:
        """Return how many rows have come, and how many of `leaves` have gone."""
        return (
            int(np.searchsorted(self.comes, position, side="right")),
            int(np.searchsorted(self.leaves_at, position, side="right")),
        )

    def thinned(self, every: int) -> Growth:
        """Return the growth of each `every`-th row alone."""
        kept = self.leaves % every == 0
        return Growth(self.comes[::every], self.leaves[kept] // every, self.leaves_at[kept])

    def rows_at(self, position: int) -> np.ndarray:
        """Return the rows that are drawn at a position, in order, int64."""
        come, gone = self.until(position)
        keep = np.ones(come, dtype=bool)
        keep[self.leaves[:gone]] = False
        return np.flatnonzero(keep)


@dataclass(frozen=True, eq=False)
class Layer:
    """Points and joining lines of one strength, in the order in which they appear while paths grow.

    Attributes
    ----------
    positions : ndarray of float32, shape (n, dims)
    rgb : ndarray of uint8, shape (n, 3) or (3,)
    growth : Growth
        Of the n points.
    starts, ends : ndarray of float32, shape (m, dims)
        Both ends of each line.
    line_rgb : ndarray of uint8, shape (m, 3) or (3,)
    line_growth : Growth
        Of the m lines.
    line_recording : ndarray of int32, shape (m,)
        Whose path a line belongs to; vector output joins the lines of one path.
    radius, line_width : float
        In logical pixels.
    alpha, line_alpha : float
        Opacity of one point and of one line.
    ghost : bool
        What lies faintly beneath growing paths, and is left off once they are whole.
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
        """Return the lines that are drawn at a position, those of one path one after another, int64."""
        rows = self.line_growth.rows_at(position)
        return rows[np.argsort(self.line_recording[rows], kind="stable")]
