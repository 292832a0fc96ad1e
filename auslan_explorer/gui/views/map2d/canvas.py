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
from auslan_explorer.gui.views.common.legend_keyboard import KeyCursor
from auslan_explorer.gui.views.map2d import keyboard
from auslan_explorer.gui.views.map2d.idle_timer import Rest
from auslan_explorer.gui.views.map2d.image_layer import MapImage
from auslan_explorer.gui.views.map2d.label_cache import MapNames
from auslan_explorer.gui.views.map2d.overlay import MapMoment, paint_moment, paint_nothing
from auslan_explorer.gui.views.map2d.pointer import MapPointer
from auslan_explorer.gui.views.map2d.render_thread import MapRenderer, MapRequest, widened
from auslan_explorer.gui.views.map2d.transition import MapMorph

_OVERSCAN = 0.12
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
        self._shown = MapImage(self)
        self._shown.changed.connect(self.viewport().update)
        self._names = MapNames()
        self._follows = True
        self._disposed, self._unpresented = False, False
        self._pointer = MapPointer(session, self)
        self._box = pg.ViewBox(lockAspect=1.0, enableMenu=False, defaultPadding=0)
        self._box.setAutoVisible(x=False, y=False)
        self._box.disableAutoRange()
        self.setCentralItem(self._box)
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setAccessibleName(self.tr("2-D map"))
        self.setAccessibleDescription(
            self.tr("Each line is one recording of a sign, each point one step of the network.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 160)  # what its pane may shrink to
        self.setToolTip("")
        self.key_cursor = KeyCursor(session, self, self.drawn_scene, self.viewport().update)
        self._renderer = renderer = MapRenderer()
        self.destroyed.connect(lambda: renderer.stop())
        self._renderer.rendered.connect(self._take_image)
        self._morph = MapMorph(self.drawn_scene, self)
        self._morph.moved.connect(self._take_scene)
        self.presented.connect(self._morph.on_presented)
        self.presented.connect(renderer.on_presented)
        self._rest = Rest(self)
        self._rest.came.connect(self._sharpen)
        self._box.sigRangeChanged.connect(self._view_moved)
        self._box.sigRangeChangedManually.connect(self._stop_following)
        self.scene().sigMouseClicked.connect(self._clicked)
        session.changed.connect(self._state_changed)
        session.data_changed.connect(self._data_changed)
        session.paths_changed.connect(self._paths_changed)
        session.predictions_changed.connect(self._rebuild)
        session.pointed_changed.connect(self._pointed_changed)
        session.tool_changed.connect(self._tool_changed)
        self._tool_changed(session.tool)

    # What others ask of the map

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    @property
    def follows(self) -> bool:
        """Whether all is kept in view: no person has chosen a view."""
        return self._follows

    def set_theme(self, theme: Theme) -> None:
        """Draw in another look."""
        self._theme = theme
        self._rebuild()
        self._tell_pending()

    def reset_view(self) -> None:
        """Show everything again."""
        self._follows = True
        self._fit()

    def view(self) -> View2D:
        """Return what the window shows, in logical pixels."""
        (left, right), (bottom, top) = self._box.viewRange()
        return View2D(left, right, bottom, top, max(self.width(), 1), max(self.height(), 1))

    def picture_view(self) -> View2D:
        """Return the view as a picture of it needs it."""
        return self.view()

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return left, right, bottom and top of what is shown; None where all is kept in view."""
        view = self.view()
        return None if self._follows else (view.left, view.right, view.bottom, view.top)

    def set_viewpoint(self, place: tuple[float, ...]) -> None:
        """Show a place, of left, right, bottom and top; from here the map does not go back to everything by itself."""
        left, right, bottom, top = place
        self._follows = False
        self._box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def text_scale(self) -> float:
        """Return how much larger than usual the map's text is: as a person has it, as far as the pane has room."""
        return scale_within(self.width())

    def drawn_scene(self) -> Scene | None:
        """Return what is drawn; None where there is nothing to draw."""
        return self._scene

    def placed_names(self, step: int | None = None) -> list[Placed]:
        """Return where names stand in the present view, at the step on screen or another."""
        if self._scene is None:
            return []
        at = self.shown_step() if step is None else step
        return self._names.placed(self._scene, self.view(), at, self.text_scale())

    def sharp(self) -> bool:
        """Return whether the image on screen belongs to the present view, scene, step and look."""
        r = self._shown.request
        return (
            r is not None
            and not (r.coarse or self._shown.fading)
            and (r.scene, r.step, r.background, r.ratio)
            == (self._scene, self._session.state.step, self._theme.background, self.devicePixelRatioF())
            and r.seen == self.view()
        )

    def is_current(self) -> bool:
        """Return whether the image on screen shows the present step."""
        return self._scene is None or self.shown_step() == self._session.state.step

    def dispose(self) -> None:
        """Let go of the session and end the rendering thread; called before the window goes."""
        if self._disposed:
            return
        self._disposed, self._follows = True, False
        self._shown.settle()
        self._session.changed.disconnect(self._state_changed)
        self._session.data_changed.disconnect(self._data_changed)
        self._session.paths_changed.disconnect(self._paths_changed)
        self._session.predictions_changed.disconnect(self._rebuild)
        self._session.pointed_changed.disconnect(self._pointed_changed)
        self._session.tool_changed.disconnect(self._tool_changed)
        self._renderer.stop()

    def close(self) -> None:
        """Close the view; pyqtgraph takes its items away here, and nothing may be asked of them after."""
        self.dispose()
        super().close()

    def _state_changed(self, new: SessionState, old: SessionState) -> None:
        changed = changed_fields(new, old)
        dirty = invalidated(changed) & ~Dirty.MOVED_3D
        if dirty == Dirty.STEP:
            self._request()  # painted once its image is there: names and heads stand where that ends
            self._tell_pending()
            self.placed_names(self._session.state.step)  # while the image is being drawn
        elif dirty == Dirty.MOVED_2D:
            self._paths_changed(2)
        elif dirty:
            if changed & FADING:
                self._shown.fade_next()
            morphs = Dirty.SCALED in dirty and self._scene is not None and self.isVisible()
            if dirty != Dirty.SCALED or not morphs:
                # What is chosen shows at once; where the scale has changed too, paths then move to where it puts them.
                self._rebuild(self._paths if morphs else None)
                self._tell_pending()
            if Dirty.SCALED in dirty:
                self._follows = True
                self._paths_changed(2) if morphs else self._fit()

    def _tell_pending(self) -> None:
        if self._scene is not None and self.isVisible():
            self.render_pending.emit()

    def _data_changed(self) -> None:
        self._shown.forget()
        self._rebuild()
        self.reset_view()

    def _paths_changed(self, dims: int) -> None:
        """Move to another projection; where there is none, or nobody looks, be there at once."""
        session, theme = self._session, self._theme
        paths, state = session.trajectories(2), session.state
        self._paths = paths
        if dims != 2:
            return
        if paths is None or self._scene is None or not self.isVisible():
            self._rebuild()
        else:
            self._morph.go(lambda: build_scene(session.activations, paths, state, theme))

    def _take_scene(self, scene: Scene) -> None:
        self._scene = scene
        self._names.forget()
        if self._follows:
            self._fit()
        self._request()
        self.viewport().update()

    def _pointed_changed(self, _: Pointed | None) -> None:
        self.viewport().update()

    def _rebuild(self, paths: Trajectories | None = None) -> None:
        """Build the scene anew, of the session's paths or of others."""
        self._morph.stop()
        if not self.isVisible():
            self._scene = None
            return
        self._paths = trajectories = self._session.trajectories(2) if paths is None else paths
        self._names.forget()
        if trajectories is None:
            self._scene = None
            self._shown.forget()
        else:
            self._scene = build_scene(self._session.activations, trajectories, self._session.state, self._theme)
            if self._follows:
                self._fit()
            self._request()
            self.placed_names()  # while the image is being drawn
        self.viewport().update()

    # View

    def _fit(self) -> None:
        if self._scene is None or self.width() < 8 or self.height() < 8:
            return
        view = View2D.fit(self._scene.low, self._scene.high, self.width(), self.height(), _INSETS)
        self._box.setRange(xRange=(view.left, view.right), yRange=(view.bottom, view.top), padding=0)

    def _stop_following(self, *_: object) -> None:
        self._follows = False

    def _view_moved(self, *_: object) -> None:
        self._rest.move()
        self.viewport().update()

    def _sharpen(self) -> None:
        self._names.forget()
        self._request()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in view until a person has chosen a view."""
        super().resizeEvent(event)
        if getattr(self, "_follows", False):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        if self._scene is None:
            self._rebuild()

    def _request(self) -> None:
        if self._scene is None or not self.isVisible():
            return
        view = self.view()
        wide = widened(view, _OVERSCAN)
        step, ratio = self._session.state.step, self.devicePixelRatioF()
        grain = point_scale_for(view.width, view.height)
        request = MapRequest(
            self._scene, wide, view, self._theme.background, ratio, grain, step, moving=self._morph.moving
        )
        self._renderer.submit(request)

    def _take_image(self, request: MapRequest, image: QImage) -> None:
        if request.scene is not self._scene:
            return
        self._shown.take(request, image)
        self._unpresented = True
        self.viewport().update()
        self.rendered.emit()

    def _tell_presented(self) -> None:
        if not self._disposed:
            self.presented.emit(self.shown_step())

    # Painting

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the paper and the image of points and lines."""
        painter.resetTransform()
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), colour(self._theme.background))
        if self._scene is not None:
            self._shown.paint(painter, self.view())

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint axes, names, colour key and what the pointer is at, or say why there is nothing."""
        if self._unpresented:
            self._unpresented = False
            QTimer.singleShot(0, self, self._tell_presented)  # not before the window is put together
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scene is None or self._scene.empty:
            has_paths = self._session.trajectories(2) is not None
            paint_nothing(painter, QRectF(self.rect()), has_paths, self._theme, self.text_scale())
            return
        view, scale = self.view(), self.text_scale()
        at = MapMoment(self._scene, view, self._theme, scale, self.shown_step())
        paint_moment(painter, at, self.placed_names(), self.key_cursor.row)
        self._pointer.paint(painter, view, self._theme, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent, 0.6), 2))
            painter.drawRect(QRectF(1, 1, self.width() - 2, self.height() - 2))

    def shown_step(self) -> int:
        """Return the step of the image on screen, so that names and heads stand where its paths end."""
        request = self._shown.request
        return self._session.state.step if request is None or request.scene is not self._scene else request.step

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer, or go on with an outline."""
        if self._pointer.move(event):
            self.viewport().update()
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._session.point_at(self._pointer.over(event.position()))

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
        if key == Qt.Key.Key_Escape and self._pointer.let_go():
            self.viewport().update()
            event.accept()
            return True
        return bool(super().event(event))

    def _tool_changed(self, tool: Tool) -> None:
        self._pointer.let_go()
        if tool is Tool.POINTER:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._session.point_at(None)

    def _clicked(self, event: object) -> None:
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
        if keyboard.moves(event):
            self._follows = False
            keyboard.move(self._box, event)
        elif event.key() == Qt.Key.Key_0:
            self.reset_view()
        else:
            event.ignore()
