"""The 2-D map: every recording a path, every step a point.

pyqtgraph's ViewBox pans and zooms. Points and lines are one image, rendered in a thread for a view somewhat larger than
the window. While the view moves, that image is moved and stretched; a new one is rendered once the view is at rest.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.session import FADING, Pointed, Session, SessionState, Tool, changed_fields, invalidated
from auslan_explorer.core.state_fields import Dirty
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.annotations import Annotations
from auslan_explorer.draw.labels import Placed
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.paint_annotations import paint_annotations
from auslan_explorer.draw.picture import point_scale_for
from auslan_explorer.draw.scene import Scene, build_scene
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import scale_within
from auslan_explorer.gui.views.common.annotations import annotations_on
from auslan_explorer.gui.views.common.empty import no_paths_text, nothing_shown_text, paint_empty_state
from auslan_explorer.gui.views.common.legend import LegendCursor
from auslan_explorer.gui.views.map2d.image_layer import ImageLayer
from auslan_explorer.gui.views.map2d.navigation import IdleTimer, is_navigation_key, navigate
from auslan_explorer.gui.views.map2d.overlay import (
    LabelCache,
    MapFrame,
    StillLayer,
    bottom_inset,
    paint_overlay,
    top_inset,
)
from auslan_explorer.gui.views.map2d.pointer import MapPointer
from auslan_explorer.gui.views.map2d.render_thread import MapRenderer, RenderRequest, widened
from auslan_explorer.gui.views.map2d.transition import MapTransition

_OVERSCAN_FRACTION = 0.12
"""Fraction of the view's size that is rendered beyond each edge."""
_INSETS = (44.0, 56.0, 20.0, 44.0)
_ROOMY = 480.0
"""Logical pixels of width from which all of `_INSETS` stays free; in a narrower pane less does at the sides."""
_AIR = 12.0
"""Logical pixels between a figure's caption and what the view is fitted to."""


class MapCanvas(pg.GraphicsView):
    """The 2-D map of a session.

    Parameters
    ----------
    session : Session
    parent : QWidget, optional

    Signals
    -------
    render_pending(), rendered(), presented(step)
        As every `gui.views.panes.View` has them.
    """

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._session = session
        self._theme = LIGHT
        self._scene: Scene | None = None
        self._paths: Trajectories | None = None
        self._image_layer = ImageLayer(self)
        self._image_layer.changed.connect(self.viewport().update)
        self._label_cache, self._still_layer = LabelCache(), StillLayer()
        self._auto_fits = True
        self._framed: tuple[np.ndarray, np.ndarray] | None = None
        self._disposed, self._unpresented = False, False
        self._pointer = MapPointer(session, self)
        self._view_box = pg.ViewBox(lockAspect=1.0, enableMenu=False, defaultPadding=0)
        self._view_box.setAutoVisible(x=False, y=False)
        self._view_box.disableAutoRange()
        self.setCentralItem(self._view_box)
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setAccessibleName(tr("2-D map"))
        self.setAccessibleDescription(tr("Each line is one recording of a sign, each point one step of the network."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 160)  # what its pane may shrink to
        self.setToolTip("")
        self.legend_cursor = LegendCursor(session, self, self.drawn_scene, self.viewport().update)
        self._renderer = renderer = MapRenderer()
        self.destroyed.connect(lambda: renderer.stop())
        self._renderer.rendered.connect(self._on_image_rendered)
        self._transition = MapTransition(self.drawn_scene, self)
        self._transition.scene_changed.connect(self._set_scene)
        self.presented.connect(self._transition.on_presented)
        self.presented.connect(renderer.on_presented)
        # Labels are placed once the window has answered a change: what is done for it in one go stays short.
        self._label_timer = QTimer(self, singleShot=True, interval=0)
        self._label_timer.timeout.connect(self.placed_labels)
        self._idle_timer = IdleTimer(self)
        self._idle_timer.timeout.connect(self._refine)
        self._view_box.sigRangeChanged.connect(self._on_view_range_changed)
        self._view_box.sigRangeChangedManually.connect(self._stop_auto_fit)
        self.scene().sigMouseClicked.connect(self._on_clicked)
        session.changed.connect(self._on_state_changed)
        session.data_changed.connect(self._on_data_changed)
        session.paths_changed.connect(self._on_paths_changed)
        session.predictions_changed.connect(self._rebuild)
        session.pointed_changed.connect(self._on_pointed_changed)
        session.tool_changed.connect(self._on_tool_changed)
        session.annotations_changed.connect(self._on_annotations_changed)
        self._on_tool_changed(session.tool)

    # What others ask of the map

    @property
    def widget(self) -> QWidget:
        """The view as a widget."""
        return self

    def set_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self._rebuild()
        self._emit_render_pending()

    def reset_view(self) -> None:
        """Fit the view to all paths, also after later changes."""
        self._auto_fits, self._framed = True, None
        self._fit()

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Fit the view to some recordings, bool, shape (recordings,), also in a pane of another size."""
        paths = self._session.trajectories(2)
        if paths is not None:
            self._framed = paths.extent_of(recordings, last_only=self._session.state.last_only)
            self._auto_fits = True
            self._fit()

    def view(self) -> View2D:
        """Return the part of the map that is on screen, in logical pixels."""
        (left, right), (bottom, top) = self._view_box.viewRange()
        return View2D(left, right, bottom, top, max(self.width(), 1), max(self.height(), 1))

    def picture_view(self) -> View2D:
        """Return the view for an exported picture."""
        return self.view()

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return the left, right, bottom and top bounds of the view; None while it is fitted to all paths."""
        view = self.view()
        return None if self._auto_fits and self._framed is None else (view.left, view.right, view.bottom, view.top)

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Show the part within left, right, bottom and top bounds, and stop fitting the view to all paths."""
        left, right, bottom, top = viewpoint
        self._auto_fits = False
        self._view_box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def text_scale(self) -> float:
        """Return the scale of the map's text: the user's, or less in a narrow pane."""
        return scale_within(self.width())

    def drawn_scene(self) -> Scene | None:
        """Return the scene that is drawn, or None."""
        return self._scene

    def placed_labels(self, step: int | None = None) -> list[Placed]:
        """Return where labels stand in the current view, at the step on screen or at `step`."""
        if self._scene is None:
            return []
        at = self.shown_step() if step is None else step
        beside = self._annotations()
        return self._label_cache.placed_labels(self._scene, self.view(), at, self.text_scale(), beside)

    def is_sharp(self) -> bool:
        """Return whether the image on screen is a full one of the current view, state, step and theme."""
        r = self._image_layer.request
        return (
            r is not None
            and not (r.coarse or self._image_layer.is_fading or self._transition.is_pending)
            and (r.scene, r.step, r.background, r.ratio)
            == (self._scene, self._session.state.step, self._theme.background, self.devicePixelRatioF())
            and r.visible_view == self.view()
        )

    def is_current(self) -> bool:
        """Return whether the image on screen shows the current step."""
        return self._scene is None or self.shown_step() == self._session.state.step

    def dispose(self) -> None:
        """Disconnect from the session and stop the render thread. Called before the window closes."""
        if self._disposed:
            return
        self._disposed, self._auto_fits = True, False
        self._label_timer.stop()
        self._image_layer.stop_fade()
        self._session.changed.disconnect(self._on_state_changed)
        self._session.data_changed.disconnect(self._on_data_changed)
        self._session.paths_changed.disconnect(self._on_paths_changed)
        self._session.predictions_changed.disconnect(self._rebuild)
        self._session.pointed_changed.disconnect(self._on_pointed_changed)
        self._session.tool_changed.disconnect(self._on_tool_changed)
        self._session.annotations_changed.disconnect(self._on_annotations_changed)
        self._renderer.stop()

    def close(self) -> None:
        """Close the view. pyqtgraph deletes its items here, so nothing may use them afterwards."""
        self.dispose()
        super().close()

    def _on_state_changed(self, new: SessionState, old: SessionState) -> None:
        changed = changed_fields(new, old)
        dirty = invalidated(changed) & ~Dirty.MOVED_3D
        if dirty == Dirty.STEP:
            self._request_image()  # repainted with its image: labels and playheads stand where its paths end
            self._emit_render_pending()
            self.placed_labels(self._session.state.step)  # while the image is being drawn
        elif dirty == Dirty.MOVED_2D:
            self._on_paths_changed(2)
        elif dirty:
            if changed & FADING:
                self._image_layer.cross_fade_to_next_scene()
            morphs = Dirty.SCALED in dirty and self._scene is not None and self.isVisible()
            if dirty != Dirty.SCALED or not morphs:
                # The change shows at once; if the scale has changed too, the paths then move to their new positions.
                self._rebuild(self._paths if morphs else None)
                self._emit_render_pending()
            if Dirty.SCALED in dirty:
                self._auto_fits, self._framed = True, None
                self._on_paths_changed(2) if morphs else self._fit()

    def _emit_render_pending(self) -> None:
        if self._scene is not None and self.isVisible():
            self.render_pending.emit()

    def _on_data_changed(self) -> None:
        self._image_layer.clear()
        self._rebuild()
        self.reset_view()

    def _on_paths_changed(self, dims: int) -> None:
        """Start a transition to another projection; without one, or while hidden, change at once."""
        session, theme = self._session, self._theme
        paths, state = session.trajectories(2), session.state
        self._paths = paths
        if dims != 2:
            return
        if paths is None or self._scene is None or not self.isVisible():
            self._rebuild()
        else:
            self._transition.start(lambda: build_scene(session.activations, paths, state, theme))

    def _set_scene(self, scene: Scene) -> None:
        self._scene = scene
        self._label_cache.invalidate()
        if self._auto_fits:
            self._fit()
        self._request_image()
        self._idle_timer.stop()
        self.viewport().update()

    def _on_pointed_changed(self, _: Pointed | None) -> None:
        self.viewport().update()

    def _on_annotations_changed(self) -> None:
        self._label_cache.invalidate()
        self.viewport().update()

    def _rebuild(self, paths: Trajectories | None = None) -> None:
        """Build the scene of the session's paths, or of `paths`, without a transition."""
        self._transition.stop()
        if not self.isVisible():
            self._scene = None
            return
        self._paths = trajectories = self._session.trajectories(2) if paths is None else paths
        self._label_cache.invalidate()
        if trajectories is None:
            self._scene = None
            self._image_layer.clear()
        else:
            self._scene = build_scene(self._session.activations, trajectories, self._session.state, self._theme)
            if self._auto_fits:
                self._fit()
            self._request_image()
            self._idle_timer.stop()
            self._label_timer.start()  # while the image is being drawn
        self.viewport().update()

    # View

    def _fit(self) -> None:
        if self._scene is None or self.width() < 8 or self.height() < 8:
            return
        low, high = self._framed or (self._scene.low, self._scene.high)
        left, top, right, bottom = _INSETS
        share = min(self.width() / _ROOMY, 1.0)
        left, right = left * share, right * share
        if self._framed is not None:
            shown = self._scene, self.view(), self.text_scale()
            top, bottom = max(top, top_inset(*shown) + _AIR), max(bottom, bottom_inset(*shown) + _AIR)
        view = View2D.fit(low, high, self.width(), self.height(), (left, top, right, bottom))
        self._view_box.setRange(xRange=(view.left, view.right), yRange=(view.bottom, view.top), padding=0)

    def _stop_auto_fit(self, *_: object) -> None:
        self._auto_fits = False

    def _on_view_range_changed(self, *_: object) -> None:
        self._idle_timer.restart()
        self.viewport().update()

    def _refine(self) -> None:
        self._label_cache.invalidate()
        self._request_image()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the view to all paths, unless the user has moved it."""
        super().resizeEvent(event)
        if getattr(self, "_auto_fits", False):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Build the scene if it has changed while hidden."""
        super().showEvent(event)
        if self._scene is None:
            self._rebuild()

    def _request_image(self) -> None:
        if self._scene is None or not self.isVisible():
            return
        view = self.view()
        wide = widened(view, _OVERSCAN_FRACTION)
        step, ratio = self._session.state.step, self.devicePixelRatioF()
        point_scale = point_scale_for(view.width, view.height)
        request = RenderRequest(
            self._scene,
            wide,
            view,
            self._theme,
            self.text_scale(),
            ratio,
            point_scale,
            step,
            moving=self._transition.is_running,
        )
        self._renderer.submit(request)

    def _on_image_rendered(self, request: RenderRequest, image: QImage) -> None:
        if request.scene is not self._scene:
            return
        self._image_layer.set_image(request, image)
        self._unpresented = True
        self.viewport().update()
        self.rendered.emit()

    def _emit_presented(self) -> None:
        if not self._disposed:
            self.presented.emit(self.shown_step())

    # Painting

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the background and the image of points and lines."""
        painter.resetTransform()
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), colour(self._theme.background))
        if self._scene is not None:
            self._image_layer.paint(painter, self.view())

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint axes, labels, legend and what is pointed at, or why the map is empty."""
        if self._unpresented:
            self._unpresented = False
            QTimer.singleShot(0, self, self._emit_presented)  # not before the window has been composed
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scene is None or self._scene.empty:
            has_paths = self._session.trajectories(2) is not None
            said = nothing_shown_text(self._session) if has_paths else no_paths_text(2)
            paint_empty_state(painter, QRectF(self.rect()), *said, self._theme, self.text_scale())
            return
        view, scale = self.view(), self.text_scale()
        at = MapFrame(self._scene, view, self._theme, scale, self.shown_step(), self._pointed_sign())
        paint_overlay(painter, at, self._still_layer, self.placed_labels(), self.legend_cursor.row)
        paint_annotations(painter, self._annotations(), self._label_cache.annotations, self._theme, scale)
        self._pointer.paint(painter, view, self._theme, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent, 0.6), 2))
            painter.drawRect(QRectF(1, 1, self.width() - 2, self.height() - 2))

    def _annotations(self) -> Annotations:
        """Return what stands beside the recordings' own paths, in the view's pixels."""
        if self._paths is None:
            return Annotations()
        view = self.view()
        return annotations_on(self._session, self._paths).in_pixels(lambda at: np.column_stack(view.to_pixels(at)))

    def _pointed_sign(self) -> int | None:
        pointed, signs = self._session.pointed, self._session.activations.sign
        return int(signs[pointed.recording]) if pointed is not None and 0 <= pointed.recording < len(signs) else None

    def shown_step(self) -> int:
        """Return the step of the image on screen: labels and playheads stand where its paths end."""
        request = self._image_layer.request
        return self._session.state.step if request is None or request.scene is not self._scene else request.step

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the pointer, or extend an outline."""
        if self._pointer.move(event):
            self.viewport().update()
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._session.point_at(self._pointer.pointed_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin an outline if a tool is active; else pan."""
        if not self._pointer.press(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the recordings within an outline."""
        if self._pointer.release(event):
            self.viewport().update()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Reset the view; with an active tool, begin an outline as with any press."""
        if not self._pointer.press(event):
            super().mouseDoubleClickEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let Escape cancel an outline before it triggers a shortcut of the window."""
        key = event.key() if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) else None
        if key == Qt.Key.Key_Escape and self._pointer.cancel_outline():
            self.viewport().update()
            event.accept()
            return True
        return bool(super().event(event))

    def _on_tool_changed(self, tool: Tool) -> None:
        self._pointer.cancel_outline()
        if tool is Tool.POINTER:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._session.point_at(None)

    def _on_clicked(self, event: object) -> None:
        """Select the recording or sign under the pointer, with Ctrl toggle it; or ask for the menu."""
        if event.button() == Qt.MouseButton.RightButton:  # type: ignore[attr-defined]
            self.customContextMenuRequested.emit(event.scenePos().toPoint())  # type: ignore[attr-defined]
        if event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        if event.double():  # type: ignore[attr-defined]
            self.reset_view()
            return
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
        self._pointer.click(event.scenePos(), adds)  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with plus and minus, pan with Alt and the arrows, reset with 0."""
        if is_navigation_key(event):
            self._auto_fits = False
            navigate(self._view_box, event)
        elif event.key() == Qt.Key.Key_0:
            self.reset_view()
        else:
            event.ignore()
