"""Which vertices and segments the 3-D scene draws, in the order in which they appear; no OpenGL here."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.layer import Growth
from auslan_explorer.gui.views.scatter3d.scene_arrays import lined

_NONE = np.zeros(0, dtype=np.int64)


class Choice:
    """Points and lines of the paths at hand, as numbers of vertices in the order in which they appear.

    In that order, what has grown up to a step is a prefix of every list, unless a trail goes as it came.

    Attributes
    ----------
    order : ndarray of int64, shape (vertices,)
        Vertices of the trajectories in the order in which they appear.
    shown, with_lines : ndarray of bool, shape (recordings,)
        Whose points and whose lines are drawn.
    points : ndarray of int64, shape (n,)
    lines : ndarray of int64, shape (m, 2)
    lines_alone : bool
        Whether points stand for lines only.
    """

    def __init__(self) -> None:
        self.order = self.points = self._place = _NONE
        self.shown = self.with_lines = np.zeros(0, dtype=bool)
        self.lines = np.zeros((0, 2), dtype=np.int64)
        self.lines_alone = False
        self._growth = self._line_growth = self._own_growth = Growth.build(_NONE, _NONE)
        self._own_points = _NONE
        self._chosen_by: object = None

    def take(self, paths: Trajectories, state: SessionState) -> None:
        """Put the vertices of other paths, or of the same ones lined up anew, in order."""
        self.order = paths.schedule(state.alignment, state.trail).order
        self._place = np.empty(len(self.order), dtype=np.int64)
        self._place[self.order] = np.arange(len(self.order))
        self._chosen_by = None

    def choose(self, paths: Trajectories, session: Session) -> None:
        """Choose points and segments by what the session shows."""
        state, shown = session.state, session.shown()
        times = paths.schedule(state.alignment, state.trail)
        # Most changes, a selection above all, leave the points as they were.
        key = (shown.tobytes(), state.last_only, state.points, state.alignment, state.trail)
        if key != self._chosen_by:
            keep = np.zeros(len(paths.step), dtype=bool)
            if state.last_only:
                keep[paths.last_vertex[shown & (paths.lengths > 0)]] = True
            elif state.points:
                keep = paths.shown_vertices(shown)
            self._own_points = np.flatnonzero(keep.take(self.order))
            vertices = self.order.take(self._own_points)
            self._own_growth = Growth.build(times.appears.take(vertices), times.goes.take(vertices))
            self._chosen_by = key
        self.points, self._growth = self._own_points, self._own_growth
        self.shown, self.with_lines = shown, lined(state, shown)
        segments = _NONE
        if self.with_lines.any():
            segments = times.segment_order[paths.shown_segments(self.with_lines)[times.segment_order]]
        self._line_growth = Growth.build(times.segment_appears[segments], times.segment_goes[segments])
        self.lines = self._place[paths.segments[segments]]
        self.lines_alone = not (state.points or state.last_only)
        if self.lines_alone:
            # Where each line ends: what is seen of them while turning, where drawing lines takes too long.
            self.points, self._growth = self.lines[:, 1], self._line_growth

    def grown(self, step: int) -> tuple[int, int]:
        """Return how many points and lines have come at a position."""
        return self._growth.until(step)[0], self._line_growth.until(step)[0]

    def rows_at(self, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of `points` and of `lines` that are there at a position, where some have gone again."""
        return self._growth.rows_at(step), self._line_growth.rows_at(step)
