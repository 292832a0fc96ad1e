"""Rectangle and lasso over the 3-D view, and the view's camera for exported pictures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from auslan_explorer.core.picking import lasso_hits
from auslan_explorer.core.session import Session, Tool
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera
from auslan_explorer.gui.views.common.selection import Outline, outline_tool, pick_outlined, visible_filter
from auslan_explorer.gui.views.scatter3d.gl_widget import FIELD_OF_VIEW, SceneView

_Button, _Mod = Qt.MouseButton, Qt.KeyboardModifier


class Outline3D(QObject):
    """Handles the mouse while an outline is drawn, and selects the paths within it by their positions on screen.

    Unlike on the map, Shift with a drag moves the scene, so that a rectangle needs its tool.

    Parameters
    ----------
    session : Session
    view : SceneView
        The view, also the parent.
    """

    def __init__(self, session: Session, view: SceneView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.outline: Outline | None = None
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the events of an outline."""
        if isinstance(event, QMouseEvent):
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                return self._press(event)
            if event.type() == QEvent.Type.MouseMove:
                return self._move(event)
            if event.type() == QEvent.Type.MouseButtonRelease:
                return self._release(event)
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.outline is not None:
            self.cancel()
            event.accept()
            return True
        return False

    def set_tool(self, tool: Tool) -> None:
        """Cancel an outline and show the cursor of `tool`."""
        self.cancel()
        self._view.setCursor(Qt.CursorShape.ArrowCursor if tool is Tool.POINTER else Qt.CursorShape.CrossCursor)

    def cancel(self) -> None:
        """Cancel the outline."""
        self.outline = None
        self._view.update()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the outline."""
        if self.outline is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.outline.paint(painter, theme)

    def _press(self, event: QMouseEvent) -> bool:
        tool = outline_tool(self._session, _Mod.NoModifier)
        if event.button() != _Button.LeftButton or tool is Tool.POINTER:
            return False
        self.outline = Outline(tool, event.position())
        self._session.point_at(None)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        if self.outline is None:
            return False
        self.outline.extend(event.position())
        self._view.update()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        outline, self.outline = self.outline, None
        if outline is None:
            return False
        adds = bool(event.modifiers() & _Mod.ControlModifier)
        paths = self._session.trajectories(3)
        if not outline.is_drag:
            self._view.clicked.emit(event.position(), adds)
        elif paths is not None:
            xy, _ = self._view.project(paths.vertices)
            ends_only = bool(event.modifiers() & _Mod.AltModifier)
            hit = lasso_hits(paths, xy, outline.polygon(), visible_filter(self._session), ends_only=ends_only)
            pick_outlined(self._session, hit, event.modifiers())
        self._view.update()
        return True


def picture_camera(view: SceneView) -> Camera:
    """Return the view's camera for an exported picture, in logical pixels."""
    centre, options = view.opts["center"], view.opts
    return Camera(
        middle=(centre.x(), centre.y(), centre.z()),
        distance=options["distance"],
        azimuth=options["azimuth"],
        elevation=options["elevation"],
        width=max(view.width(), 1),
        height=max(view.height(), 1),
        field=FIELD_OF_VIEW,
    )
