"""The OpenGL widget: camera, mouse and keys, and what is drawn when."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy as np
from OpenGL import GL
from pyqtgraph import Vector
from pyqtgraph.opengl import GLViewWidget
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QPaintDevice,
    QPainter,
    QSurfaceFormat,
    QWheelEvent,
)
from PySide6.QtOpenGL import QOpenGLPaintDevice
from PySide6.QtWidgets import QToolTip, QWidget
from shiboken6 import isValid

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.views.scatter3d.crossfade import CrossFade
from auslan_explorer.gui.views.scatter3d.frame_cache import FrameCache
from auslan_explorer.gui.views.scatter3d.opengl_check import is_software_renderer

FIELD_OF_VIEW = 28.0
"""Degrees across the shorter side; narrow, so that the lengths of near and far paths compare."""
HOME_ELEVATION, HOME_AZIMUTH = 24.0, -58.0
_HOME_SHARE = 0.88
"""Share of the shorter side that the box takes in the home view; numbers stand beside it."""
ORBIT_DEGREES_PER_PIXEL = 0.4
"""Rotation of the camera by a drag."""
IDLE_MS = 100
"""Idle time until a full frame is drawn; drawing it must fit into the rest of 200 ms."""
_KEY_ORBIT, _KEY_PAN, _KEY_ZOOM = 6.0, 24.0, 1.15
_CLICK_SLACK = 4

_Key, _Mod, _Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
_ORBITS = {_Key.Key_Left: (-1, 0), _Key.Key_Right: (1, 0), _Key.Key_Up: (0, 1), _Key.Key_Down: (0, -1)}
_ZOOMS = {_Key.Key_Plus: 1 / _KEY_ZOOM, _Key.Key_Equal: 1 / _KEY_ZOOM, _Key.Key_Minus: _KEY_ZOOM}


class SceneView(GLViewWidget):
    """Scene of OpenGL items below an overlay that is painted with `QPainter`.

    At rest the frame is cached in graphics memory, so that moving the pointer repaints only the overlay. In interactive
    mode (while turning, or during playback) items may draw themselves coarsely; see `is_coarse`.

    Signals
    -------
    hovered(QPointF or None)
        The pointer has moved without a button, or has left (None).
    clicked(QPointF, bool)
        The left button was clicked; True if Ctrl or Shift adds to the selection.
    double_clicked()
        The left button was double clicked; the effect of the first click can be undone.
    failed(str)
        OpenGL has raised an error; the widget cannot be used any more.
    """

    hovered = Signal(object)
    clicked = Signal(QPointF, bool)
    double_clicked = Signal()
    failed = Signal(str)

    def __init__(self, overlay: Callable[[QPainter], None], parent: QWidget | None) -> None:
        super().__init__(parent)
        made = QSurfaceFormat(self.format())
        made.setSamples(0)  # points have soft edges anyway, and multisampling halves the speed of software OpenGL
        self.setFormat(made)
        self.opts["fov"] = FIELD_OF_VIEW
        self.radius = 1.0
        self.home_centre = Vector(0, 0, 0)
        self.max_lines_while_interactive = 2_000
        self.is_software = True
        self.is_interactive = False
        self.keyboard_focus = False
        self._overlay = overlay
        self._scene_stale = True
        self._overlay_painted = False
        self._has_failed = False
        self._frame_cache = FrameCache()
        self._cross_fade = CrossFade(self)
        self._cross_fade.changed.connect(self.redraw)
        self._press: QPointF | None = None
        self._last: QPointF | None = None
        self._dragged = False
        self._idle_timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle_timer.timeout.connect(self.refine)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("3-D scatter of the recordings’ paths"))
        self.reset_camera()

    # ---- camera

    def frame(self, centre: np.ndarray, radius: float) -> None:
        """Set the home view: a ball of `radius` around `centre`, shape (3,); the zoom relative to it is kept."""
        zoom = self.opts["distance"] / self._home_distance()
        self.home_centre, self.radius = Vector(*map(float, centre)), max(float(radius), 1e-6)
        self.opts["center"] = Vector(self.home_centre)
        self.opts["distance"] = self._home_distance() * zoom
        self.redraw()

    @staticmethod
    def home_radius(low: np.ndarray, high: np.ndarray, centre: np.ndarray) -> float:
        """Return the radius for `frame` by which the home view shows all of a box, however wide, flat or tall.

        Parameters
        ----------
        low, high, centre : ndarray of float, shape (3,)
            Corners of the box, and where the camera looks.
        """
        azimuth, elevation = math.radians(HOME_AZIMUTH), math.radians(HOME_ELEVATION)
        half = math.radians(FIELD_OF_VIEW / 2)
        right = np.array([-math.sin(azimuth), math.cos(azimuth), 0.0])
        towards = np.array([*(math.cos(elevation) * np.array([right[1], -right[0]])), math.sin(elevation)])
        corners = np.array(list(product(*zip(low, high, strict=True)))) - centre
        across, up, near = corners @ right, corners @ np.cross(towards, right), corners @ towards
        distances = near + np.maximum(abs(across), abs(up)) / (_HOME_SHARE * math.tan(half))
        return float(distances.max()) * math.sin(half)

    def look_at(self, centre: np.ndarray, radius: float) -> None:
        """Move and zoom to a ball of `radius` around `centre`, shape (3,), without turning."""
        self.opts["center"] = Vector(*map(float, centre))
        self.zoom_by(max(radius, 1e-6) / math.sin(math.radians(FIELD_OF_VIEW / 2)) / self.opts["distance"])

    def _home_distance(self) -> float:
        return self.radius / math.sin(math.radians(FIELD_OF_VIEW / 2))

    def reset_camera(self) -> None:
        """Reset the camera to the home view."""
        self.opts.update(
            center=Vector(self.home_centre),
            distance=self._home_distance(),
            elevation=HOME_ELEVATION,
            azimuth=HOME_AZIMUTH,
        )
        self.redraw()

    def orbit(self, azim: float, elev: float) -> None:
        """Turn the camera around the centre by angles in degrees."""
        super().orbit(azim, elev)
        self._camera_moved()

    def move_by(self, dx: float, dy: float) -> None:
        """Pan the scene by logical pixels."""
        rows = self.viewMatrix()
        step = (rows.row(0).toVector3D() * -dx + rows.row(1).toVector3D() * dy) * self._unit_per_pixel()
        self.opts["center"] = Vector(self.opts["center"] + step)
        self._camera_moved()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Multiply the camera's distance by `factor`; what is at the position `at` stays there."""
        wanted = self.opts["distance"] * factor
        distance = min(max(wanted, self._home_distance() * 0.02), self._home_distance() * 8)
        factor = distance / self.opts["distance"]
        if at is not None:
            off = at - QPointF(self.width() / 2, self.height() / 2)
            self.move_by(-off.x() * (1 - factor), -off.y() * (1 - factor))
        self.opts["distance"] = distance
        self._camera_moved()

    def _camera_moved(self) -> None:
        self._cross_fade.stop()
        self.enter_interactive_mode()

    def zoom(self) -> float:
        """Return the magnification relative to the home view."""
        return float(self._home_distance() / self.opts["distance"])

    def camera(self) -> tuple[float, ...]:
        """Return all parameters that decide where a vertex is on screen; equal for equal images."""
        centre = self.opts["center"]
        angles = self.opts["azimuth"], self.opts["elevation"]
        return (*angles, self.opts["distance"], centre.x(), centre.y(), centre.z(), self.width(), self.height())

    def _unit_per_pixel(self) -> float:
        across = 2 * self.opts["distance"] * math.tan(math.radians(FIELD_OF_VIEW / 2))
        return across / max(min(self.width(), self.height()), 1)

    def projectionMatrix(self, region: tuple[int, int, int, int], viewport: tuple[int, int, int, int]) -> QMatrix4x4:
        """Return a perspective whose angle spans the shorter side, so that the scene fits any shape of pane."""
        _, _, width, height = viewport
        half = math.tan(math.radians(FIELD_OF_VIEW / 2))
        short = max(min(width, height), 1)
        near = self.opts["distance"] * 0.01
        far = self.opts["distance"] + 20 * self.radius
        matrix = QMatrix4x4()
        x, y = near * half * width / short, near * half * height / short
        matrix.frustum(-x, x, -y, y, near, far)
        return matrix

    def to_clip(self) -> QMatrix4x4:
        """Return the matrix from the scene to clip coordinates."""
        area = self.getViewport()
        return self.projectionMatrix(area, area) * self.viewMatrix()

    def project(self, vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Project vertices to the pane.

        Parameters
        ----------
        vertices : ndarray of float32, shape (n, 3)

        Returns
        -------
        xy : ndarray of float32, shape (n, 2)
            Logical pixels from the upper left corner; NaN behind the viewer.
        distance : ndarray of float32, shape (n,)
            From the viewer.
        """
        m = np.array(self.to_clip().data(), dtype=np.float32).reshape(4, 4)  # transposed: Qt gives column after column
        vx, vy, vz = np.ascontiguousarray(vertices.T)
        # Written out: waking the matrix library's threads takes longer than this.
        across, down, distance = (vx * m[0, i] + vy * m[1, i] + vz * m[2, i] + m[3, i] for i in (0, 1, 3))
        with np.errstate(invalid="ignore", divide="ignore"):
            inverse = np.where(distance > 0, np.float32(0.5) / distance, np.float32(np.nan))
            x = (across * inverse + np.float32(0.5)) * np.float32(self.width())
            y = (np.float32(0.5) - down * inverse) * np.float32(self.height())
        return np.column_stack([x, y]), distance

    # ---- what is drawn when

    def is_coarse(self) -> bool:
        """Return whether items should draw coarsely: in interactive mode with software OpenGL."""
        return self.is_interactive and self.is_software

    def cross_fade_to_next_scene(self) -> None:
        """Cross-fade from the current frame to the next scene, if the frame is cached and no fade is running."""
        self._cross_fade.start(None if self._cross_fade.is_active or self._scene_stale else self._frame_cache.pop())

    def enter_interactive_mode(self, idle_ms: int = IDLE_MS) -> None:
        """Draw coarsely until there has been no input for `idle_ms` milliseconds."""
        self.is_interactive = True
        self._idle_timer.start(idle_ms)
        self.redraw()

    def refine(self) -> None:
        """Leave interactive mode and draw a full frame."""
        self._idle_timer.stop()
        if self.is_interactive:
            self.is_interactive = False
            self.redraw()

    def redraw(self) -> None:
        """Schedule a repaint of scene and overlay; plain `update` repaints the overlay alone."""
        self._scene_stale = True
        self.update()

    def report_failure(self, error: Exception) -> None:
        """Stop painting and emit `failed`, once."""
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__)

    def initializeGL(self) -> None:
        """Create the items' buffers; moving the widget to another window creates another context."""
        try:
            super().initializeGL()
            renderer = GL.glGetString(GL.GL_RENDERER) or b""
            self.is_software = is_software_renderer(renderer.decode("ascii", "replace"))
            for item in self.items:
                item.initialize()
            self.context().aboutToBeDestroyed.connect(self._release)
            self._scene_stale = True
        except Exception as error:
            self.report_failure(error)

    def _release(self) -> None:
        if not isValid(self):
            return
        self.makeCurrent()
        self._frame_cache.clear()
        self._cross_fade.release()
        for item in self.items:
            item.release()
        self.doneCurrent()

    def resizeGL(self, width: int, height: int) -> None:
        """Mark the cached frame as outdated."""
        self._scene_stale = True

    def paintGL(self) -> None:
        """Draw the scene, or restore its cached frame, and the overlay on top."""
        if self._has_failed:
            return
        try:
            size, own = (self.deviceWidth(), self.deviceHeight()), self.defaultFramebufferObject()
            if self._scene_stale or not self._frame_cache.restore(own, size):
                self._overlay_painted = False
                super().paintGL()
                self._scene_stale = False
                if not self.is_interactive:
                    self._frame_cache.store(own, size)
                else:
                    self._frame_cache.clear()
            self._cross_fade.paint(size)
            if not self._overlay_painted:
                # A painter on the widget itself paints to the wrong target while the window is grabbed into an image.
                device = QOpenGLPaintDevice(self.deviceWidth(), self.deviceHeight())
                device.setDevicePixelRatio(self.devicePixelRatioF())
                self._paint_overlay(device)
            self._overlay_painted = False
        except Exception as error:
            self.report_failure(error)

    def _paint_overlay(self, device: QPaintDevice) -> None:
        painter = QPainter(device)
        try:
            self._overlay(painter)
        finally:
            painter.end()

    def paint_overlay_on(self, image: QImage) -> None:
        """Paint the overlay on an image that will cover the pane: faster than through software OpenGL."""
        if self.devicePixelRatioF() == 1 and not self._cross_fade.is_active:  # on finer screens text would be coarse
            self._paint_overlay(image)
            self._overlay_painted = True

    def drawItemTree(self, item: object = None, useItemNames: bool = False) -> None:
        """Draw all items; unlike in pyqtgraph, errors are raised."""
        for one in sorted(self.items, key=lambda i: i.depthValue()):
            if self.default_vao.isCreated():
                self.default_vao.bind()
            one.paint()

    # ---- mouse and keys

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        self._press = self._last = ev.position()
        self._dragged = False
        self._set_keyboard_focus(False)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        if self._press is None or self._last is None or not ev.buttons():
            self.hovered.emit(ev.position())
            return
        if not self._dragged and (ev.position() - self._press).manhattanLength() < _CLICK_SLACK:
            return
        if not self._dragged:
            self._dragged = True
            self.hovered.emit(None)
        step = ev.position() - self._last
        self._last = ev.position()
        panning = ev.buttons() & (_Button.MiddleButton | _Button.RightButton) or ev.modifiers() & _Mod.ShiftModifier
        if panning:
            self.move_by(step.x(), step.y())
        else:
            self.orbit(-step.x() * ORBIT_DEGREES_PER_PIXEL, step.y() * ORBIT_DEGREES_PER_PIXEL)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        still = self._press is not None and not self._dragged
        self._press = self._last = None
        if still and ev.button() == _Button.LeftButton:
            adds = bool(ev.modifiers() & (_Mod.ControlModifier | _Mod.ShiftModifier))
            self.clicked.emit(ev.position(), adds)
        elif still and ev.button() == _Button.RightButton:
            self.customContextMenuRequested.emit(ev.position().toPoint())
        elif not still:
            self.refine()

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        if ev.button() == _Button.LeftButton:
            self.double_clicked.emit()
            self.reset_camera()

    def leaveEvent(self, ev: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(ev)

    def wheelEvent(self, ev: QWheelEvent) -> None:
        turned = ev.angleDelta().y() or ev.angleDelta().x()
        self.zoom_by(0.9988**turned, ev.position())
        ev.accept()

    def event(self, ev: QEvent) -> bool:
        """Override menu shortcuts for the pane's own keys, and show its help only where no point is pointed at."""
        if ev.type() == QEvent.Type.ShortcutOverride and isinstance(ev, QKeyEvent) and self._handles(ev):
            ev.accept()
            return True
        if ev.type() == QEvent.Type.ToolTip and isinstance(ev, QHelpEvent):
            if self.toolTip():
                QToolTip.showText(ev.globalPos() + QPoint(0, 8), self.toolTip(), self, QRect(ev.pos(), ev.pos()))
            else:
                QToolTip.hideText()
            return True
        return super().event(ev)

    @staticmethod
    def _handles(ev: QKeyEvent) -> bool:
        plain = not ev.modifiers() & (_Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier)
        return plain and (ev.key() in _ORBITS or ev.key() in _ZOOMS or ev.key() == _Key.Key_Home)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if not self._handles(ev):
            ev.ignore()  # Space, Escape and the rest belong to the window
            return
        self._set_keyboard_focus(True)
        key = Qt.Key(ev.key())
        if key in _ZOOMS:
            self.zoom_by(_ZOOMS[key])
        elif key == _Key.Key_Home:
            self.reset_camera()
        else:
            x, y = _ORBITS[key]
            if ev.modifiers() & _Mod.ShiftModifier:
                self.move_by(-x * _KEY_PAN, y * _KEY_PAN)
            else:
                self.orbit(x * _KEY_ORBIT, y * _KEY_ORBIT)

    def keyReleaseEvent(self, ev: QKeyEvent) -> None:
        ev.ignore()

    def focusInEvent(self, ev: QFocusEvent) -> None:
        super().focusInEvent(ev)
        by_key = ev.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._set_keyboard_focus(by_key or ev.reason() == Qt.FocusReason.ShortcutFocusReason)

    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        self._set_keyboard_focus(False)

    def _set_keyboard_focus(self, on: bool) -> None:
        # As with CSS :focus-visible, the ring shows for keyboard focus and not after a click.
        if on != self.keyboard_focus:
            self.keyboard_focus = on
            self.update()
