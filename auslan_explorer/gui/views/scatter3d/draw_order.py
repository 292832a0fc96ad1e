"""Which vertices and segments the 3-D scene draws, in order of appearance; without OpenGL."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.layer import Growth
from auslan_explorer.gui.views.scatter3d.scene_arrays import line_mask

_NONE = np.zeros(0, dtype=np.int64)


class DrawOrder:
    """Points and lines to draw, as indices of vertices in order of appearance.

    In that order, what is visible at a step is a prefix of every list, unless a trail hides the beginning again.

    Attributes
    ----------
    order : ndarray of int64, shape (vertices,)
        Vertices of the trajectories in order of appearance.
    shown, with_lines : ndarray of bool, shape (recordings,)
        Recordings whose points and whose lines are drawn.
    points : ndarray of int64, shape (n,)
        Indices into `order`.
    lines : ndarray of int64, shape (m, 2)
        Indices of both ends into `order`.
    lines_only : bool
        Whether points are only drawn in place of lines, while the scene turns.
    """

    def __init__(self) -> None:
        self.order = self.points = self._rank = _NONE
        self.shown = self.with_lines = np.zeros(0, dtype=bool)
        self.lines = np.zeros((0, 2), dtype=np.int64)
        self.lines_only = False
        self._growth = self._line_growth = self._shown_growth = Growth.build(_NONE, _NONE)
        self._shown_points = _NONE
        self._shown_key: object = None

    def set_paths(self, paths: Trajectories, state: SessionState) -> None:
        """Order the vertices of other paths, or of the same ones with another alignment or trail."""
        self.order = paths.schedule(state.alignment, state.trail).order
        self._rank = np.empty(len(self.order), dtype=np.int64)
        self._rank[self.order] = np.arange(len(self.order))
        self._shown_key = None

    def update_shown(self, paths: Trajectories, session: Session) -> None:
        """Select points and segments by the session's state."""
        state, shown = session.state, session.shown()
        times = paths.schedule(state.alignment, state.trail)
        # Most changes, such as a selection, leave the points as they were.
        key = (shown.tobytes(), state.last_only, state.points, state.alignment, state.trail)
        if key != self._shown_key:
            keep = np.zeros(len(paths.step), dtype=bool)
            if state.last_only:
                keep[paths.last_vertex[shown & (paths.lengths > 0)]] = True
            elif state.points:
                keep = paths.shown_vertices(shown)
            self._shown_points = np.flatnonzero(keep.take(self.order))
            vertices = self.order.take(self._shown_points)
            self._shown_growth = Growth.build(times.appears.take(vertices), times.goes.take(vertices))
            self._shown_key = key
        self.points, self._growth = self._shown_points, self._shown_growth
        self.shown, self.with_lines = shown, line_mask(state, shown)
        segments = _NONE
        if self.with_lines.any():
            segments = times.segment_order[paths.shown_segments(self.with_lines)[times.segment_order]]
        self._line_growth = Growth.build(times.segment_appears[segments], times.segment_goes[segments])
        self.lines = self._rank[paths.segments[segments]]
        self.lines_only = not (state.points or state.last_only)
        if self.lines_only:
            # The ends of the lines, drawn while the scene turns if drawing lines takes too long.
            self.points, self._growth = self.lines[:, 1], self._line_growth

    def counts_at(self, step: int) -> tuple[int, int]:
        """Return how many points and lines have appeared at a step."""
        return self._growth.until(step)[0], self._line_growth.until(step)[0]

    def rows_at(self, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of `points` and of `lines` that are visible at a step, for trails that hide some again."""
        return self._growth.rows_at(step), self._line_growth.rows_at(step)
