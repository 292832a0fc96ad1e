"""Pointer of the 3-D view: hovering and clicking on points, lines, labels and the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QApplication

from auslan_explorer.core.picking import HitTester
from auslan_explorer.core.selection import clear_selection, toggle
from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.gui.views.common.selection import LINE_REACH, visible_filter
from auslan_explorer.gui.views.scatter3d.scene_arrays import line_mask

if TYPE_CHECKING:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
    from auslan_explorer.gui.views.scatter3d.overlay import Overlay

POINT_REACH = 8.0
"""Pixels around the pointer within which a point is hit."""


class Pointer3D(QObject):
    """Hovering and clicking in the 3-D view.

    Parameters
    ----------
    session : Session
    view : SceneView
        The view, also the parent.
    overlay : Overlay
        Knows where labels and legend are.
    """

    def __init__(self, session: Session, view: SceneView, overlay: Overlay) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._overlay = overlay
        self._paths: Trajectories | None = None
        self._hit_test_cache: tuple[object, HitTester, np.ndarray] | None = None
        self._position: QPointF | None = None
        # At most one search per frame, however often the mouse reports.
        self._search_timer = QTimer(self, singleShot=True, interval=16)
        self._search_timer.timeout.connect(self._point_at_nearest)
        # A click on nothing clears the selection, unless it is the first of a double click.
        self.deselect_timer = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self.deselect_timer.timeout.connect(lambda: clear_selection(session))
        view.hovered.connect(self._on_hovered)
        view.clicked.connect(self._on_clicked)
        view.double_clicked.connect(self.deselect_timer.stop)

    def set_paths(self, paths: Trajectories | None) -> None:
        """Set the paths to search; None for none."""
        self._paths = paths

    def nearest(self, at: QPointF) -> Pointed | None:
        """Return the visible point nearest to `at` (logical pixels); else a step of the nearest line, or None.

        Selected recordings come before others, and of points at about the same distance the one nearest to the viewer.
        """
        paths = self._paths
        if paths is None:
            return None
        seen, distance = self._hit_tester(paths)
        place = (at.x(), at.y())
        near, away = seen.vertices_near(place, POINT_REACH)
        if not len(near):
            line = seen.nearest_line(place, LINE_REACH)
            return None if line is None else Pointed(line[0], int(paths.step[line[1]]))
        # Unselected points are drawn below selected ones.
        above = np.isin(paths.recording[near], self._session.state.selected)
        if above.any():
            near, away = near[above], away[above]
        # Of points at about the same distance, the one in front is visible.
        best = near[away <= away.min() + 1.5]
        vertex = best[distance[best].argmin()]
        return Pointed(int(paths.recording[vertex]), int(paths.step[vertex]))

    def _hit_tester(self, paths: Trajectories) -> tuple[HitTester, np.ndarray]:
        """Return the hit tester and the distances of all vertices, cached until camera, state or paths change."""
        key = (self._view.camera(), self._session.state, paths)
        if self._hit_test_cache is None or self._hit_test_cache[0] != key:
            state, drawn = self._session.state, visible_filter(self._session)
            with_lines = line_mask(state, drawn.shown)
            vertices, segments = drawn.vertices(paths), drawn.segments(paths)
            segments = segments[with_lines[paths.segment_recording[segments]]]
            if not (state.points or state.last_only):
                vertices = vertices[with_lines[paths.recording[vertices]]]
            xy, distance = self._view.project(paths.vertices)
            self._hit_test_cache = key, HitTester(paths, xy[:, 0], xy[:, 1], vertices, segments), distance
        return self._hit_test_cache[1], self._hit_test_cache[2]

    def _on_hovered(self, at: QPointF | None) -> None:
        self._position = at
        if at is None:
            self._search_timer.stop()
            self._session.point_at(None)
        elif not self._search_timer.isActive():
            self._search_timer.start()

    def _point_at_nearest(self) -> None:
        if self._position is not None and not self._view.is_interactive:
            # Over a label or a legend entry, a click means that and not the path beneath.
            named = self._overlay.recordings_at(self._position, self._session)
            self._session.point_at(None if named else self.nearest(self._position))

    def _on_clicked(self, at: QPointF, adds: bool) -> None:
        hit = self._overlay.recordings_at(at, self._session)
        if not hit:
            pointed = self.nearest(at)
            hit = () if pointed is None else (pointed.recording,)
        if hit:
            self.deselect_timer.stop()
            toggle(self._session, hit, adds=adds)
        elif self._session.state.selected and not adds:
            self.deselect_timer.start()
