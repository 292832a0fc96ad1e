"""What is under the pointer in the 3-D view, and what a click there means: point, line, name or colour key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QApplication

from auslan_explorer.core.picking import HitTester
from auslan_explorer.core.selection import clear_selection, toggle
from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.gui.views.common.selection import LINE_REACH, drawn_now
from auslan_explorer.gui.views.scatter3d.scene_arrays import lined

if TYPE_CHECKING:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
    from auslan_explorer.gui.views.scatter3d.overlay import Overlay

REACH = 8.0
"""Pixels around the pointer within which a point is found."""


class SolidPointer(QObject):
    """Hovering and clicking.

    Parameters
    ----------
    session : Session
    view : SceneView
        Parent too.
    overlay : Overlay
        Knows where it has put names and colour key.
    """

    def __init__(self, session: Session, view: SceneView, overlay: Overlay) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._overlay = overlay
        self._paths: Trajectories | None = None
        self._laid_out: tuple[object, HitTester, np.ndarray] | None = None
        self._pointer: QPointF | None = None
        # One search a frame is enough, however fast the mouse reports.
        self._search = QTimer(self, singleShot=True, interval=16)
        self._search.timeout.connect(self._point)
        # A click beside everything lets go of the selection, unless it turns out to begin a double-click.
        self.let_go = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self.let_go.timeout.connect(lambda: clear_selection(session))
        view.hovered.connect(self._hover)
        view.clicked.connect(self._click)
        view.double_clicked.connect(self.let_go.stop)

    def follow(self, paths: Trajectories | None) -> None:
        """Look among other paths."""
        self._paths = paths

    def nearest(self, at: QPointF) -> Pointed | None:
        """Return recording and step of the point nearest to `at`, in pixels of the view; else of the nearest line."""
        paths = self._paths
        if paths is None:
            return None
        seen, distance = self._seen(paths)
        place = (at.x(), at.y())
        near, away = seen.vertices_near(place, REACH)
        if not len(near):
            line = seen.nearest_line(place, LINE_REACH)
            return None if line is None else Pointed(line[0], int(paths.step[line[1]]))
        # What is greyed lies below; point through it at what is not.
        above = np.isin(paths.recording[near], self._session.state.selected)
        if above.any():
            near, away = near[above], away[above]
        # Among points as good as under the pointer, the one in front is the one seen.
        best = near[away <= away.min() + 1.5]
        vertex = best[distance[best].argmin()]
        return Pointed(int(paths.recording[vertex]), int(paths.step[vertex]))

    def _seen(self, paths: Trajectories) -> tuple[HitTester, np.ndarray]:
        """Return what is drawn and where, and how far each vertex is; laid out anew only where that has changed."""
        key = (self._view.camera(), self._session.state, paths)
        if self._laid_out is None or self._laid_out[0] != key:
            state, drawn = self._session.state, drawn_now(self._session)
            with_lines = lined(state, drawn.shown)
            vertices, segments = drawn.vertices(paths), drawn.segments(paths)
            segments = segments[with_lines[paths.segment_recording[segments]]]
            if not (state.points or state.last_only):
                vertices = vertices[with_lines[paths.recording[vertices]]]
            xy, distance = self._view.project(paths.vertices)
            self._laid_out = key, HitTester(paths, xy[:, 0], xy[:, 1], vertices, segments), distance
        return self._laid_out[1], self._laid_out[2]

    def _hover(self, at: QPointF | None) -> None:
        self._pointer = at
        if at is None:
            self._search.stop()
            self._session.point_at(None)
        elif not self._search.isActive():
            self._search.start()

    def _point(self) -> None:
        if self._pointer is not None and not self._view.moving:
            # Where a click takes a name or an entry of the key, the path beneath would be told in vain.
            named = self._overlay.recordings_at(self._pointer, self._session)
            self._session.point_at(None if named else self.nearest(self._pointer))

    def _click(self, at: QPointF, adds: bool) -> None:
        hit = self._overlay.recordings_at(at, self._session)
        if not hit:
            pointed = self.nearest(at)
            hit = () if pointed is None else (pointed.recording,)
        if hit:
            self.let_go.stop()
            toggle(self._session, hit, adds=adds)
        elif self._session.state.selected and not adds:
            self.let_go.start()
