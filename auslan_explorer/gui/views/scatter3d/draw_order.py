"""Which vertices and segments the 3-D scene draws, in order of appearance; without OpenGL."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.playing import Trail
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.core.trajectories import SHARED, Trajectories
from auslan_explorer.draw.layer import Growth
from auslan_explorer.gui.views.scatter3d.scene_arrays import line_mask

_NONE = np.zeros(0, dtype=np.int64)
_FEW = 8
"""Of as many segments, one that is drawn makes it faster to sort those alone than to go through all in their order."""


class DrawOrder:
    """Points and lines to draw, as indices of vertices in order of appearance.

    In that order, what is visible at a step is a prefix of every list, unless a trail hides the beginning again.

    Attributes
    ----------
    order : ndarray of int32, shape (vertices,)
        Vertices of the trajectories in order of appearance.
    recording : ndarray of int32, shape (vertices,)
        Recording of each of them.
    shown, with_lines : ndarray of bool, shape (recordings,)
        Recordings whose points and whose lines are drawn.
    points : ndarray of uint32, shape (n,)
        Indices into `order`.
    lines : ndarray of int32, shape (m, 2)
        Indices of both ends into `order`.
    lines_only : bool
        Whether points are only drawn in place of lines, while the scene turns.
    """

    def __init__(self) -> None:
        self.order = self.points = self._rank = _NONE
        self.shown = self.with_lines = np.zeros(0, dtype=bool)
        self.lines = np.zeros((0, 2), dtype=np.int64)
        self.lines_only = False
        self._growth = self._line_growth = self._shown_growth = self._all_growth = Growth.at_once(0)
        self._trail: Trail | None = None
        self._shown_points = _NONE
        self._shown_key: object = None
        self.recording = self._prefix = self._prefix_step = _NONE

    def set_paths(self, paths: Trajectories, state: SessionState) -> None:
        """Order the vertices of other paths, or of the same ones with another alignment."""
        times = paths.schedule(state.alignment, state.trail)
        self.order = times.order
        self._rank = np.empty(len(self.order), dtype=np.int32)
        self._rank[self.order] = np.arange(len(self.order), dtype=np.int32)
        # In this order they are gone through from one end to the other at each choice, which is several times faster
        # than looking each up.
        self.recording = paths.recording.take(self.order)
        self._trail = None
        self._prefix = np.flatnonzero(self.recording == SHARED)
        self._prefix_step = paths.step.take(self.order.take(self._prefix))
        self._shown_key = None

    def update_shown(self, paths: Trajectories, session: Session) -> None:
        """Select points and segments by the session's state."""
        state, shown = session.state, session.shown()
        times = paths.schedule(state.alignment, state.trail)
        if state.trail != self._trail:
            # With another trail all appear sooner or later by the same steps, and so in the same order.
            self._all_growth, self._trail = Growth.build(*times.vertex_times(self.order)), state.trail
        # Most changes, such as a selection, leave the points as they were.
        key = (shown.tobytes(), state.last_only, state.points, state.alignment, state.trail)
        if key != self._shown_key:
            keep = self._kept(paths, state, shown)
            # As the scene takes them: it keeps no others beside them then.
            self._shown_points, self._shown_growth = (
                np.flatnonzero(keep).astype(np.uint32),
                self._all_growth.compressed(keep),
            )
            self._shown_key = key
        self.points, self._growth = self._shown_points, self._shown_growth
        self.shown, self.with_lines = shown, line_mask(state, shown)
        segments = _NONE
        if self.with_lines.any():
            kept = paths.shown_segments(self.with_lines)
            if state.faint_jumps:
                # As faint as on the map, lines that are this thin would hardly be seen.
                kept &= ~paths.jumps
            if _FEW * int(np.count_nonzero(kept)) < len(kept):
                segments = np.flatnonzero(kept)
                segments = segments[np.argsort(times.segment_times(segments).appears, kind="stable")]
            else:
                segments = times.segment_order[kept[times.segment_order]]
        self._line_growth = Growth.build(*times.segment_times(segments))
        self.lines = self._rank[paths.segments[segments]]
        self.lines_only = not (state.points or state.last_only)
        if self.lines_only:
            # The ends of the lines, drawn while the scene turns if drawing lines takes too long.
            self.points, self._growth = self.lines[:, 1], self._line_growth

    def _kept(self, paths: Trajectories, state: SessionState, shown: np.ndarray) -> np.ndarray:
        """Return which points are drawn, in order of appearance, bool, shape (vertices,)."""
        keep: np.ndarray = np.zeros(len(self.order), dtype=bool)
        if state.last_only:
            keep[self._rank[paths.last_vertex[shown & (paths.lengths > 0)]]] = True
        elif state.points:
            keep = np.append(shown, False).take(self.recording)  # the last entry is for SHARED (-1)
            keep[self._prefix] = self._prefix_step < paths.prefix_stop(shown)
        return keep

    def counts_at(self, step: int) -> tuple[int, int]:
        """Return how many points and lines have appeared at a step."""
        return self._growth.until(step)[0], self._line_growth.until(step)[0]

    def rows_at(self, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of `points` and of `lines` that are visible at a step, for trails that hide some again."""
        return self._growth.rows_at(step), self._line_growth.rows_at(step)
