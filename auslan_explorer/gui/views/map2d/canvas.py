"""The 2-D map: every recording a path, every step a point.

pyqtgraph's ViewBox pans and zooms. The points and lines are one image, rendered off the window's thread for a view
somewhat larger than the window; while a person drags, that image is moved and stretched, and a sharp one follows
when the hand rests.
"""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.session import FADING, Pointed, Session, SessionState, Tool, changed_fields, invalidated
from auslan_explorer.core.state_fields import Dirty
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.labels import Placed
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.picture import point_scale_for
from auslan_explorer.draw.scene import Scene, build_scene
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.style import scale_within
from auslan_explorer.gui.views.common.legend import LegendCursor
from auslan_explorer.gui.views.map2d.image_layer import ImageLayer
from auslan_explorer.gui.views.map2d.navigation import IdleTimer, is_navigation_key, navigate
from auslan_explorer.gui.views.map2d.overlay import LabelCache, MapFrame, paint_empty_state, paint_overlay
from auslan_explorer.gui.views.map2d.pointer import MapPointer
from auslan_explorer.gui.views.map2d.render_thread import MapRenderer, RenderRequest, widened
from auslan_explorer.gui.views.map2d.transition import MapTransition

_OVERSCAN_FRACTION = 0.12
"""Share of the view's size that is rendered beyond each edge."""
_INSETS = (44.0, 56.0, 20.0, 44.0)


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
        self._label_cache = LabelCache()
        self._auto_fits = True
        self._disposed, self._unpresented = False, False
        self._pointer = MapPointer(session, self)
        self._view_box = pg.ViewBox(lockAspect=1.0, enableMenu=False, defaultPadding=0)
        self._view_box.setAutoVisible(x=False, y=False)
        self._view_box.disableAutoRange()
        self.setCentralItem(self._view_box)
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setAccessibleName(self.tr("2-D map"))
        self.setAccessibleDescription(
            self.tr("Each line is one recording of a sign, each point one step of the network.")
        )
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
        self._on_tool_changed(session.tool)

    # What others ask of the map

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    @property
    def auto_fits(self) -> bool:
        """Whether all is kept in view: no person has chosen a view."""
        return self._auto_fits

    def set_theme(self, theme: Theme) -> None:
        """Draw in another look."""
        self._theme = theme
        self._rebuild()
        self._emit_render_pending()

    def reset_view(self) -> None:
        """Show everything again."""
        self._auto_fits = True
        self._fit()

    def view(self) -> View2D:
        """Return what the window shows, in logical pixels."""
        (left, right), (bottom, top) = self._view_box.viewRange()
        return View2D(left, right, bottom, top, max(self.width(), 1), max(self.height(), 1))

    def picture_view(self) -> View2D:
        """Return the view as a picture of it needs it."""
        return self.view()

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return left, right, bottom and top of what is shown; None where all is kept in view."""
        view = self.view()
        return None if self._auto_fits else (view.left, view.right, view.bottom, view.top)

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Show a place, of left, right, bottom and top; from here the map does not go back to everything by itself."""
        left, right, bottom, top = viewpoint
        self._auto_fits = False
        self._view_box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def text_scale(self) -> float:
        """Return how much larger than usual the map's text is: as a person has it, as far as the pane has room."""
        return scale_within(self.width())

    def drawn_scene(self) -> Scene | None:
        """Return what is drawn; None where there is nothing to draw."""
        return self._scene

    def placed_labels(self, step: int | None = None) -> list[Placed]:
        """Return where names stand in the present view, at the step on screen or another."""
        if self._scene is None:
            return []
        at = self.shown_step() if step is None else step
        return self._label_cache.placed_labels(self._scene, self.view(), at, self.text_scale())

    def is_sharp(self) -> bool:
        """Return whether the image on screen belongs to the present view, scene, step and look."""
        r = self._image_layer.request
        return (
            r is not None
            and not (r.coarse or self._image_layer.is_fading)
            and (r.scene, r.step, r.background, r.ratio)
            == (self._scene, self._session.state.step, self._theme.background, self.devicePixelRatioF())
            and r.visible_view == self.view()
        )

    def is_current(self) -> bool:
        """Return whether the image on screen shows the present step."""
        return self._scene is None or self.shown_step() == self._session.state.step

    def dispose(self) -> None:
        """Let go of the session and end the rendering thread; called before the window goes."""
        if self._disposed:
            return
        self._disposed, self._auto_fits = True, False
        self._image_layer.stop_fade()
        self._session.changed.disconnect(self._on_state_changed)
        self._session.data_changed.disconnect(self._on_data_changed)
        self._session.paths_changed.disconnect(self._on_paths_changed)
        self._session.predictions_changed.disconnect(self._rebuild)
        self._session.pointed_changed.disconnect(self._on_pointed_changed)
        self._session.tool_changed.disconnect(self._on_tool_changed)
        self._renderer.stop()

    def close(self) -> None:
        """Close the view; pyqtgraph takes its items away here, and nothing may be asked of them after."""
        self.dispose()
        super().close()

    def _on_state_changed(self, new: SessionState, old: SessionState) -> None:
        changed = changed_fields(new, old)
        dirty = invalidated(changed) & ~Dirty.MOVED_3D
        if dirty == Dirty.STEP:
            self._request_image()  # painted once its image is there: names and heads stand where that ends
            self._emit_render_pending()
            self.placed_labels(self._session.state.step)  # while the image is being drawn
        elif dirty == Dirty.MOVED_2D:
            self._on_paths_changed(2)
        elif dirty:
            if changed & FADING:
                self._image_layer.cross_fade_to_next_scene()
            morphs = Dirty.SCALED in dirty and self._scene is not None and self.isVisible()
            if dirty != Dirty.SCALED or not morphs:
                # What is chosen shows at once; where the scale has changed too, paths then move to where it puts them.
                self._rebuild(self._paths if morphs else None)
                self._emit_render_pending()
            if Dirty.SCALED in dirty:
                self._auto_fits = True
                self._on_paths_changed(2) if morphs else self._fit()

    def _emit_render_pending(self) -> None:
        if self._scene is not None and self.isVisible():
            self.render_pending.emit()

    def _on_data_changed(self) -> None:
        self._image_layer.clear()
        self._rebuild()
        self.reset_view()

    def _on_paths_changed(self, dims: int) -> None:
        """Move to another projection; where there is none, or nobody looks, be there at once."""
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
        self.viewport().update()

    def _on_pointed_changed(self, _: Pointed | None) -> None:
        self.viewport().update()

    def _rebuild(self, paths: Trajectories | None = None) -> None:
        """Build the scene anew, of the session's paths or of others."""
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
            self.placed_labels()  # while the image is being drawn
        self.viewport().update()

    # View

    def _fit(self) -> None:
        if self._scene is None or self.width() < 8 or self.height() < 8:
            return
        view = View2D.fit(self._scene.low, self._scene.high, self.width(), self.height(), _INSETS)
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
        """Keep everything in view until a person has chosen a view."""
        super().resizeEvent(event)
        if getattr(self, "_auto_fits", False):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        if self._scene is None:
            self._rebuild()

    def _request_image(self) -> None:
        if self._scene is None or not self.isVisible():
            return
        view = self.view()
        wide = widened(view, _OVERSCAN_FRACTION)
        step, ratio = self._session.state.step, self.devicePixelRatioF()
        grain = point_scale_for(view.width, view.height)
        request = RenderRequest(
            self._scene, wide, view, self._theme.background, ratio, grain, step, moving=self._transition.is_running
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
        """Paint the paper and the image of points and lines."""
        painter.resetTransform()
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), colour(self._theme.background))
        if self._scene is not None:
            self._image_layer.paint(painter, self.view())

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint axes, names, colour key and what the pointer is at, or say why there is nothing."""
        if self._unpresented:
            self._unpresented = False
            QTimer.singleShot(0, self, self._emit_presented)  # not before the window is put together
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scene is None or self._scene.empty:
            has_paths = self._session.trajectories(2) is not None
            paint_empty_state(painter, QRectF(self.rect()), has_paths, self._theme, self.text_scale())
            return
        view, scale = self.view(), self.text_scale()
        at = MapFrame(self._scene, view, self._theme, scale, self.shown_step())
        paint_overlay(painter, at, self.placed_labels(), self.legend_cursor.row)
        self._pointer.paint(painter, view, self._theme, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent, 0.6), 2))
            painter.drawRect(QRectF(1, 1, self.width() - 2, self.height() - 2))

    def shown_step(self) -> int:
        """Return the step of the image on screen, so that names and heads stand where its paths end."""
        request = self._image_layer.request
        return self._session.state.step if request is None or request.scene is not self._scene else request.step

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer, or go on with an outline."""
        if self._pointer.move(event):
            self.viewport().update()
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._session.point_at(self._pointer.pointed_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin an outline where a tool is in hand; else the drag pans."""
        if not self._pointer.press(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what an outline holds."""
        if self._pointer.release(event):
            self.viewport().update()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again; with a tool in hand, the second press begins an outline like any other."""
        if not self._pointer.press(event):
            super().mouseDoubleClickEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let Escape give up an outline before it means anything to the window."""
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
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._session.point_at(None)

    def _on_clicked(self, event: object) -> None:
        """Select the recording or the sign under the pointer; with Ctrl, add or take away."""
        if event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        if event.double():  # type: ignore[attr-defined]
            self.reset_view()
            return
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
        self._pointer.click(event.scenePos(), adds)  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with plus and minus, pan with Alt and the arrows, 0 shows everything."""
        if is_navigation_key(event):
            self._auto_fits = False
            navigate(self._view_box, event)
        elif event.key() == Qt.Key.Key_0:
            self.reset_view()
        else:
            event.ignore()
