"""The 3-D scatter: every recording's path through the three numbers of the bottleneck, to be turned by hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from shiboken6 import isValid

from auslan_explorer.core.session import (
    FADING,
    TRANSIENT,
    Pointed,
    Session,
    SessionState,
    Tool,
    changed_fields,
    invalidated,
)
from auslan_explorer.core.state_fields import EVERYTHING, NOTHING, Dirty
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.legend import build_legend
from auslan_explorer.draw.naming import mistake_labels
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.draw.view import Camera
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.gui.views.common.hover_card import card_of
from auslan_explorer.gui.views.common.legend_keyboard import KeyCursor
from auslan_explorer.gui.views.scatter3d.draw_order import Choice
from auslan_explorer.gui.views.scatter3d.gl_message import Message
from auslan_explorer.gui.views.scatter3d.opengl_check import no_opengl, opengl_problem
from auslan_explorer.gui.views.scatter3d.scene_arrays import chosen, line_style, vertex_colours, wanted_names
from auslan_explorer.gui.views.scatter3d.splat_cache import rows_of
from auslan_explorer.gui.views.scatter3d.transition import Flight, frame_anew

if TYPE_CHECKING:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView

_PLAYING_S = 0.3
"""Changes less than this apart, as while playing or under a slider, are drawn for speed."""
_RESTS_MS, _ANSWERED_MS = 100, 250
"""Rest after a change while playing; and after a choice, so that the 2-D map can answer before this view sharpens."""
_OF_THE_MAP = Dirty.MOVED_2D | Dirty.SPREAD
_HELP = to_say(
    "<b>3-D scatter</b><br>"
    "Each point is one step of a recording: the network's hidden state, squeezed to three numbers."
    "<br><br>Drag to turn &nbsp;·&nbsp; Shift-drag or right-drag to move &nbsp;·&nbsp; wheel to zoom<br>"
    "Click a path to select it, Ctrl-click to add it &nbsp;·&nbsp; double-click to reset<br>"
    "Keys: arrows turn, Shift+arrows move, + and − zoom, Home resets"
)


class Scatter3D(QWidget):
    """Points and paths in three dimensions.

    Attributes
    ----------
    unavailable : str or None
        Why this computer cannot draw 3-D, as sentences for people; None where it can.

    Signals
    -------
    render_pending(), rendered(), presented(step)
        As every `gui.views.panes.View` has them; the first two are never sent: what is painted is drawn then.
    """

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.unavailable: str | None = opengl_problem()
        self.view: SceneView | None = None
        self.key_cursor: KeyCursor | None = None
        self._theme = LIGHT
        self._stale = EVERYTHING
        self._paths: Trajectories | None = None
        self._choice = Choice()
        self._camera: tuple[float, ...] = ()
        self._last_change = 0.0
        self._painted_step, self._unpresented = -1, False
        self.setMinimumSize(160, 160)  # what its pane may shrink to
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._message = Message(self)
        self._pages.addWidget(self._message)
        self._flight = Flight(self)
        self._flight.moved.connect(self._fly)
        if self.unavailable is None:
            self._make_view()
        self._choose_page()
        self.set_theme(LIGHT)
        # psygnal holds bound methods weakly.
        session.changed.connect(self._on_changed)
        session.data_changed.connect(self._on_data_changed)
        session.paths_changed.connect(self._on_paths_changed)
        session.predictions_changed.connect(self._on_predictions_changed)
        session.pointed_changed.connect(self._on_pointed)
        session.tool_changed.connect(self._on_tool)

    def _make_view(self) -> None:
        # Imported here: on a computer without OpenGL these modules cannot be imported at all.
        from auslan_explorer.gui.views.scatter3d.axes_item import GLBox
        from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
        from auslan_explorer.gui.views.scatter3d.lasso import SolidOutline
        from auslan_explorer.gui.views.scatter3d.overlay import Overlay
        from auslan_explorer.gui.views.scatter3d.paths_item import GLPaths
        from auslan_explorer.gui.views.scatter3d.pointer import SolidPointer

        self._overlay, self._paths_item, self._box = Overlay(), GLPaths(), GLBox()
        self._overlay.words.set_font(self.font())
        view = SceneView(self._paint_overlay, self)
        view.addItem(self._box)
        view.addItem(self._paths_item)
        view.failed.connect(self._on_failure)
        self._pages.addWidget(view)
        self.setFocusProxy(view)
        self.view = view
        self.pointer = SolidPointer(self.session, view, self._overlay)
        self.key_cursor = KeyCursor(self.session, view, lambda: self._overlay.key, self._show_key_row)
        self._outline = SolidOutline(self.session, view)
        self._outline.follow(self.session.tool)

    # ---- what others may ask for

    def set_theme(self, theme: Theme) -> None:
        """Change to the light or the dark look."""
        self._theme = theme
        self._message.set_theme(theme)
        if self.view is None:
            return
        self.view.setBackgroundColor(QColor(*theme.background))
        self._overlay.theme = theme
        r, g, b = (c / 255 for c in theme.border)
        self._box.line_colour = (r, g, b, 1.0)
        self._paths_item.background = (theme.background[0] / 255, theme.background[1] / 255, theme.background[2] / 255)
        self._refresh(Dirty.COLOURS | Dirty.SHOWN | Dirty.NAMES)

    def reset_view(self) -> None:
        """Show everything, from the first angle."""
        if self.view is not None:
            self.view.go_home()

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def picture_view(self) -> Camera | None:
        """Return the camera as a picture of the view needs it; None where nothing is drawn."""
        if self.view is None or self._paths is None:
            return None
        from auslan_explorer.gui.views.scatter3d.lasso import camera_of

        return camera_of(self.view)

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return azimuth and elevation in degrees, zoom, and x, y and z of the middle; None where nothing is drawn."""
        if self.view is None:
            return None
        azimuth, elevation, _, x, y, z, *_ = self.view.camera()
        return azimuth % 360, elevation, self.view.zoom(), x, y, z

    def set_viewpoint(self, place: tuple[float, ...]) -> None:
        """Look from azimuth and elevation in degrees, with a zoom, at x, y and z."""
        if self.view is None:
            return
        from pyqtgraph import Vector

        azimuth, elevation, zoom, *middle = place
        self.view.opts.update(azimuth=azimuth, elevation=elevation, center=Vector(*middle))
        self.view.zoom_by(self.view.zoom() / zoom)
        self.view.redraw()

    def dispose(self) -> None:
        """Let go of the session."""
        self.session.changed.disconnect(self._on_changed, missing_ok=True)
        self.session.data_changed.disconnect(self._on_data_changed, missing_ok=True)
        self.session.paths_changed.disconnect(self._on_paths_changed, missing_ok=True)
        self.session.predictions_changed.disconnect(self._on_predictions_changed, missing_ok=True)
        self.session.pointed_changed.disconnect(self._on_pointed, missing_ok=True)
        self.session.tool_changed.disconnect(self._on_tool, missing_ok=True)

    def is_current(self) -> bool:
        """Return whether the present step has been painted; nothing waits for what nobody can see."""
        window = self.window().windowHandle()
        if self.view is None or self._paths is None or window is None or not window.isExposed():
            return True
        return not self.view.isVisible() or self._painted_step == self.session.state.step

    # ---- what the session says

    def _on_changed(self, new: SessionState, old: SessionState) -> None:
        if not isValid(self):
            return
        fields = changed_fields(new, old)
        now = time.monotonic()
        # What a person has chosen is answered at once and sharpened after.
        touched = invalidated(fields) & ~_OF_THE_MAP
        chosen_anew = bool(fields - TRANSIENT) and bool(touched)
        apart = now - self._last_change
        if self.view is not None and self.isVisible() and (chosen_anew or apart < _PLAYING_S):
            if fields & FADING:
                self.view.fade()
            # On a slow computer, sharpening between two steps would make the next one later still.
            self.view.hurry(_ANSWERED_MS if chosen_anew else max(_RESTS_MS, round(2000 * apart)))
        self._last_change = now
        self._refresh(touched)

    def _on_data_changed(self) -> None:
        if isValid(self):
            self._refresh(EVERYTHING)

    def _on_paths_changed(self, dims: int) -> None:
        if isValid(self) and dims == 3:
            self._refresh(Dirty.MOVED_3D | Dirty.COLOURS)

    def _on_predictions_changed(self) -> None:
        if isValid(self):
            self._refresh(Dirty.NAMES)

    def _on_pointed(self, pointed: Pointed | None) -> None:
        if isValid(self) and self.isVisible() and self.view is not None:
            self._mark(pointed)
            self.view.update()

    def _on_tool(self, tool: Tool) -> None:
        if isValid(self) and self.view is not None:
            self._outline.follow(tool)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up on what changed while nobody was looking."""
        super().showEvent(event)
        self._refresh(NOTHING)
        if self.view is not None:
            self._mark(self.session.pointed)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.view is not None:
            self._overlay.words.set_font(self.font())
            self._refresh(Dirty.NAMES)

    def _on_failure(self, error: str) -> None:
        self.unavailable = no_opengl(said("this computer's does not work ({0})", error))
        if self.view is not None:
            view, self.view = self.view, None
            # Not at once: the widget is in the middle of being painted.
            QTimer.singleShot(0, view.hide)
        QTimer.singleShot(0, self._choose_page)

    def _choose_page(self) -> None:
        if self.unavailable is not None:
            self._message.say(said("3-D is not available here"), self.unavailable)
        elif self.session.trajectories(3) is None:
            self._message.say(
                said("No 3-D projection yet"),
                said(
                    "These activations have no 3-D projection. Train a 3-D autoencoder on them to see their paths here."
                ),
            )
        elif self.view is not None:
            self._pages.setCurrentWidget(self.view)
            return
        self._pages.setCurrentWidget(self._message)

    def _refresh(self, what: Dirty) -> None:
        """Do what is needed for the parts in `what`, or note it down while hidden."""
        self._stale |= what
        if not self.isVisible() or not self._stale:
            return
        stale, self._stale = self._stale, NOTHING
        flies = stale == Dirty.MOVED_3D and self.view is not None
        if flies and self._flight.go(self._paths, self.session.trajectories(3)):
            return
        if Dirty.SCALED in stale and not (self.view and self._flight.go(self._paths, self.session.trajectories(3))):
            stale |= Dirty.DATA
        if Dirty.MOVED_3D in stale:
            stale |= Dirty.DATA
        if Dirty.DATA in stale:
            stale = EVERYTHING
            self._choose_page()
            self._flight.stop()
            self._paths = self.session.trajectories(3)
            if self.view is not None:
                self.pointer.follow(self._paths)
        if self.view is None or self._paths is None:
            return
        if Dirty.DATA in stale:
            self._take_data(self._paths)
        if stale & (Dirty.DATA | Dirty.SCALED):
            scale = said("\nsigned log") if self.session.state.log_scale else ""
            self._overlay.axis_names = tuple(said("bottleneck {0}{1}", i, scale) for i in (1, 2, 3))
        if Dirty.COLOURS in stale:
            self._colour(self._paths)
        if Dirty.SHOWN in stale:
            self._choose(self._paths)
        if stale & (Dirty.SHOWN | Dirty.STEP):
            self._grow()
        if stale & (Dirty.SHOWN | Dirty.STEP | Dirty.NAMES):
            self._overlay.set_names(wanted_names(self.session, self._paths, self._choice.shown))
        if stale & (Dirty.COLOURS | Dirty.SHOWN | Dirty.NAMES | Dirty.MARKS):
            self._overlay.growing.take(self.session, self._paths, self._theme)
        self._mark(self.session.pointed)
        named_anew = Dirty.COLOURS | Dirty.SHOWN | Dirty.NAMES | Dirty.MISTAKES
        if stale & named_anew or (Dirty.STEP in stale and self.session.state.mistakes):
            self._explain(self._paths)
        self._overlay.step = self.session.state.step
        self._overlay.unsettle()
        self._paths_item.prepare()
        self._unpresented = True
        self.view.redraw()

    # ---- from the state to the scene

    def _take_data(self, paths: Trajectories) -> None:
        assert self.view is not None
        self._choice.take(paths, self.session.state)
        self.view.frame(*self._place(paths))

    def _place(self, paths: Trajectories) -> tuple[np.ndarray, float]:
        """Put the vertices and the box around them where they are; the middle to look at, and a ball around all."""
        ordered = paths.vertices.take(self._choice.order, axis=0)
        self._paths_item.set_vertices(ordered)
        low, high = np.zeros(3), np.ones(3)
        if len(ordered):
            low, high = ordered.min(axis=0), ordered.max(axis=0)
        self._box.set_bounds(low, high)
        low, high = self._box.box.low, self._box.box.high
        # The nearest corner stands lowest, and the names of the axes below it: look a little below the middle.
        return (low + high) / 2 - np.array([0, 0, 0.07]) * (high - low), 0.47 * float(np.linalg.norm(high - low))

    def _fly(self, paths: Trajectories) -> None:
        """Draw the paths where they are on their way to another projection."""
        if self.view is None:
            return
        self._paths = paths
        self.pointer.follow(paths)
        self._explain(paths)
        frame_anew(self.view, *self._place(paths))
        self._overlay.set_names(wanted_names(self.session, paths, self._choice.shown))
        if paths is self.session.trajectories(3):
            self._colour(paths)  # distances on the map are others now
            self._overlay.growing.take(self.session, paths, self._theme)
        else:
            self._overlay.growing.leave()
        self._mark(self.session.pointed)
        self.view.hurry(_RESTS_MS)
        self.view.redraw()

    def _colour(self, paths: Trajectories) -> None:
        order = self._choice.order
        rgba, on_top = vertex_colours(self.session, paths, self._theme.grey)
        self._paths_item.set_colours(rows_of(rgba, order), None if on_top is None else on_top.take(order))

    def _choose(self, paths: Trajectories) -> None:
        """Choose points and segments by what is shown, and how strong they are."""
        state, choice, item = self.session.state, self._choice, self._paths_item
        choice.choose(paths, self.session)
        item.set_points(choice.points)
        item.set_lines(choice.lines)
        item.size = 5.0 if state.last_only else 2.6
        item.last_size = 8.0 if state.last_only else 4.2
        item.lines_alone = choice.lines_alone
        item.line_style = line_style(state, choice.with_lines, self._theme.line)

    def _explain(self, paths: Trajectories) -> None:
        """Say what colours stand for, and name mistakes."""
        session, state, front = self.session, self.session.state, self._choice.shown
        self._overlay.key = build_legend(session.activations, state, front, paths.measured)
        if state.selected:
            front = front & chosen(state.selected, len(front))
        labels = mistake_labels(session.activations, paths, front, state, self._theme) if state.mistakes else ()
        # As names do, they wait until their path has got there.
        self._overlay.mistakes.show(tuple(label for label in labels if label.since <= state.step))

    def _tell_presented(self) -> None:
        self.presented.emit(self._painted_step)

    def _show_key_row(self) -> None:
        if self.view is not None and self.key_cursor is not None:
            self._overlay.key_row = self.key_cursor.row
            self.view.update()

    def _grow(self) -> None:
        """Show paths as far as the present step: a prefix, nothing is chosen anew, unless a trail goes as it came."""
        step, choice = self.session.state.step, self._choice
        points, lines = choice.grown(step)
        if self.session.state.trail.tail:
            point_rows, line_rows = choice.rows_at(step)
            self._paths_item.set_points(choice.points[point_rows])
            self._paths_item.set_lines(choice.lines[line_rows])
            points, lines = len(point_rows), len(line_rows)
        self._paths_item.grow(points, lines)

    def _mark(self, pointed: Pointed | None) -> None:
        from auslan_explorer.gui.views.scatter3d.overlay import Marked

        paths = self._paths
        if self.view is None:
            return
        self._overlay.marked = None
        if pointed is not None and paths is not None and 0 <= pointed.recording < len(paths.lengths):
            own = paths.vertices_of(pointed.recording)
            at = pointed.step - int(paths.first_step[pointed.recording])
            if 0 <= at < own.stop - own.start:
                grown = slice(own.start, min(own.stop, own.start + max(self._grown(pointed.recording, paths), at + 1)))
                card = card_of(self.session, pointed)
                assert card is not None
                self._overlay.marked = Marked(paths.vertices[own.start + at], paths.vertices[grown], card)

        self.view.setToolTip("" if self._overlay.marked else said(_HELP))

    def _grown(self, recording: int, paths: Trajectories) -> int:
        return self.session.state.steps_reached(self.session.activations, recording)

    def _paint_overlay(self, painter: QPainter) -> None:
        view = self.view
        if view is None or self._paths is None:
            return
        camera = view.camera()
        if camera != self._camera:
            self._camera = camera
            self._overlay.unsettle()
        self._overlay.paint(painter, view, self._box)
        self._painted_step = self._overlay.step
        if self._unpresented:
            self._unpresented = False
            QTimer.singleShot(0, self, self._tell_presented)  # not before the window is put together
        self._outline.paint(painter, self._theme)
