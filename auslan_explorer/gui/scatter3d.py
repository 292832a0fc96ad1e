"""The 3-D scatter: every recording's path through the three numbers of the bottleneck, to be turned by hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QTimer
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from shiboken6 import isValid

from ..core.playing import Schedule
from ..core.session import PASSING, PER_STEP, Pointed, Session, SessionState, Tool, changed_fields
from ..core.trajectories import Trajectories
from ..draw.scene import Growth
from ..draw.theme import LIGHT, Theme
from ..draw.view import Camera
from .gl_flight import Flight, frame_anew
from .gl_message import Message
from .gl_scene import chosen, vertex_colours, wanted_names
from .gl_support import no_opengl, opengl_problem
from .hover_card import card_of

if TYPE_CHECKING:
    from .gl_view import SceneView

REACH = 8.0
"""Pixels around the pointer within which a point is found."""
_FEW = 150
"""Recordings up to which joining lines are drawn; more of them hide the points and slow the turning down."""
_PLAYING_S = 0.15
"""Changes less than this apart, as while playing or under a slider, are drawn for speed."""
_RESTS_MS, _ANSWERED_MS = 100, 250
"""Rest after a change while playing; and after a choice, so that the 2-D map can answer before this view sharpens."""
_DATA, _MOVED, _COLOURS, _SHOWN, _STEP, _NAMES = "data", "moved", "colours", "shown", "step", "names"
_TOUCHES = {
    "visible_signs": {_COLOURS, _SHOWN},
    "splits": {_COLOURS, _SHOWN},
    "selected": {_COLOURS, _SHOWN},
    "mistakes": set(),
    "hand_threshold": {_COLOURS},
    "neighbours": {_COLOURS},
    "step": {_STEP},
    "colouring": {_COLOURS, _SHOWN},
    "log_scale": {_DATA},
    "points": {_SHOWN},
    "lines": {_SHOWN},
    "labels": {_NAMES},
    "last_only": {_SHOWN, _COLOURS},
    "isolate": {_SHOWN},
    "alignment": {_DATA},
    "trail": {_SHOWN},
    "ghost": set(),
    "settled": set(),
    "speed": set(),
    "repeat": set(),
    "section": set(),
    "every_step": set(),
    "layout": set(),
    "run_2d": set(),
    "run_3d": {_MOVED},
}
_ALL = {_DATA, _COLOURS, _SHOWN, _STEP, _NAMES}


class Scatter3D(QWidget):
    """Points and paths in three dimensions.

    Attributes
    ----------
    unavailable : str or None
        Why this computer cannot draw 3-D, as sentences for people; None where it can.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.unavailable: str | None = opengl_problem()
        self.view: SceneView | None = None
        self._theme = LIGHT
        self._stale = set(_ALL)
        self._paths: Trajectories | None = None
        self._by_step = np.zeros(0, dtype=np.int64)
        self._step_of = np.zeros(0, dtype=np.int32)
        self._active = np.zeros(0, dtype=np.int64)
        self._drawn = self._active
        self._lines = np.zeros((0, 2), dtype=np.int64)
        self._growth = self._line_growth = Growth.of(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
        self._found: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None
        self._camera: tuple[float, ...] = ()
        self._pointer: QPointF | None = None
        self._last_change = 0.0
        self.setMinimumSize(160, 160)  # what its pane may shrink to
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._message = Message(self)
        self._pages.addWidget(self._message)
        self._flight = Flight(self)
        self._flight.moved.connect(self._fly)
        # One search a frame is enough, however fast the mouse reports.
        self._search = QTimer(self, singleShot=True, interval=16)
        self._search.timeout.connect(self._point)
        # A click beside everything lets go of the selection, unless it turns out to begin a double-click.
        self._let_go = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._let_go.timeout.connect(self._clear_selection)
        if self.unavailable is None:
            self._make_view()
        self._choose_page()
        self.set_theme(LIGHT)
        # psygnal holds bound methods weakly.
        session.changed.connect(self._on_changed)
        session.data_changed.connect(self._on_data_changed)
        session.paths_changed.connect(self._on_paths_changed)
        session.pointed_changed.connect(self._on_pointed)
        session.tool_changed.connect(self._on_tool)

    def _make_view(self) -> None:
        # Imported here: on a computer without OpenGL these modules cannot be imported at all.
        from .gl_axes import GLBox
        from .gl_overlay import Overlay
        from .gl_points import GLPaths
        from .gl_select import SolidOutline
        from .gl_view import SceneView

        self._overlay, self._paths_item, self._box = Overlay(), GLPaths(), GLBox()
        self._overlay.words.set_font(self.font())
        view = SceneView(self._paint_overlay, self)
        view.addItem(self._box)
        view.addItem(self._paths_item)
        view.hovered.connect(self._on_hover)
        view.clicked.connect(self._on_click)
        view.double_clicked.connect(self._let_go.stop)
        view.failed.connect(self._on_failure)
        self._pages.addWidget(view)
        self.setFocusProxy(view)
        self.view = view
        self._outline = SolidOutline(self.session, view)
        self._outline.follow(self.session.tool)

    # ---- what others may ask for

    def set_theme(self, theme: Theme) -> None:
        """Change to the light or the dark look."""
        self._theme = theme
        self._message.set_theme(theme)
        if self.view is None:
            return
        self.view.setBackgroundColor(QColor(*theme.paper))
        self._overlay.theme = theme
        r, g, b = (c / 255 for c in theme.border)
        self._box.line_colour = (r, g, b, 1.0)
        self._paths_item.paper = (theme.paper[0] / 255, theme.paper[1] / 255, theme.paper[2] / 255)
        self._refresh({_COLOURS, _SHOWN, _NAMES})

    def reset_view(self) -> None:
        """Show everything, from the first angle."""
        if self.view is not None:
            self.view.go_home()

    def seen(self) -> Camera | None:
        """Return the camera as a picture of the view needs it; None where nothing is drawn."""
        if self.view is None or self._paths is None:
            return None
        from .gl_select import camera_of

        return camera_of(self.view)

    # ---- what the session says

    def _on_changed(self, new: SessionState, old: SessionState) -> None:
        if not isValid(self):
            return
        fields = changed_fields(new, old)
        now = time.monotonic()
        # What a person has chosen is answered at once and sharpened after.
        touched = set().union(*(_TOUCHES.get(name, _ALL) for name in fields))
        chosen_anew = bool(fields - PASSING) and bool(touched)
        if self.view is not None and self.isVisible() and (chosen_anew or now - self._last_change < _PLAYING_S):
            self.view.hurry(_ANSWERED_MS if chosen_anew else _RESTS_MS)
        self._last_change = now
        self._refresh(touched)

    def _on_data_changed(self) -> None:
        if isValid(self):
            self._refresh(set(_ALL))

    def _on_paths_changed(self, dims: int) -> None:
        if isValid(self) and dims == 3:
            self._refresh({_MOVED, _COLOURS})

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
        self._refresh(set())
        if self.view is not None:
            self._mark(self.session.pointed)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.view is not None:
            self._overlay.words.set_font(self.font())
            self._refresh({_NAMES})

    def _on_failure(self, error: str) -> None:
        self.unavailable = no_opengl(f"this computer's does not work ({error})")
        if self.view is not None:
            view, self.view = self.view, None
            # Not at once: the widget is in the middle of being painted.
            QTimer.singleShot(0, view.hide)
        QTimer.singleShot(0, self._choose_page)

    def _choose_page(self) -> None:
        if self.unavailable is not None:
            self._message.say("3-D is not available here", self.unavailable)
        elif self.session.trajectories(3) is None:
            self._message.say(
                "No 3-D projection yet",
                "These activations have no 3-D projection. Train a 3-D autoencoder on them to see their paths here.",
            )
        elif self.view is not None:
            self._pages.setCurrentWidget(self.view)
            return
        self._pages.setCurrentWidget(self._message)

    def _refresh(self, what: set[str]) -> None:
        """Do what is needed for the parts in `what`, or note it down while hidden."""
        self._stale |= what
        if not self.isVisible() or not self._stale:
            return
        stale, self._stale = self._stale, set()
        flies = stale == {_MOVED} and self.view is not None
        if flies and self._flight.go(self._paths, self.session.trajectories(3)):
            return
        if _MOVED in stale:
            stale.add(_DATA)
        if _DATA in stale:
            stale = set(_ALL)
            self._choose_page()
            self._flight.stop()
            self._paths = self.session.trajectories(3)
        if self.view is None or self._paths is None:
            return
        if _DATA in stale:
            self._take_data(self._paths)
        if _COLOURS in stale:
            self._colour(self._paths)
        if _SHOWN in stale:
            self._choose(self._paths)
        if stale & {_SHOWN, _STEP}:
            self._grow()
        if stale & {_SHOWN, _STEP, _NAMES}:
            self._overlay.set_names(wanted_names(self.session, self._paths, self._shown))
        self._mark(self.session.pointed)
        self._overlay.unsettle()
        self._found = None
        self.view.redraw()

    # ---- from the state to the scene

    def _take_data(self, paths: Trajectories) -> None:
        assert self.view is not None
        # Ordered by step, what has grown up to a step is a prefix of every list.
        self._by_step = self._schedule(paths).order
        self._step_of = paths.step[self._by_step]
        self._position = np.empty(len(self._by_step), dtype=np.int64)
        self._position[self._by_step] = np.arange(len(self._by_step))
        self._recording_of = paths.recording[self._by_step]
        scale = "\nsigned log" if self.session.state.log_scale else ""
        self._overlay.axis_names = tuple(f"bottleneck {i}{scale}" for i in (1, 2, 3))
        self.view.frame(*self._place(paths))

    def _place(self, paths: Trajectories) -> tuple[np.ndarray, float]:
        """Put the vertices and the box around them where they are; the middle to look at, and a ball around all."""
        self._ordered = paths.vertices.take(self._by_step, axis=0)
        self._paths_item.set_vertices(self._ordered)
        low, high = np.zeros(3), np.ones(3)
        if len(self._ordered):
            low, high = self._ordered.min(axis=0), self._ordered.max(axis=0)
        self._box.set_bounds(low, high)
        low, high = self._box.low, self._box.high
        # The nearest corner stands lowest, and the names of the axes below it: look a little below the middle.
        return (low + high) / 2 - np.array([0, 0, 0.07]) * (high - low), 0.47 * float(np.linalg.norm(high - low))

    def _fly(self, paths: Trajectories) -> None:
        """Draw the paths where they are on their way to another projection."""
        if self.view is None:
            return
        self._paths, self._found = paths, None
        frame_anew(self.view, *self._place(paths))
        self._overlay.set_names(wanted_names(self.session, paths, self._shown))
        self._mark(self.session.pointed)
        self.view.hurry(_RESTS_MS)
        self.view.redraw()

    def _schedule(self, paths: Trajectories) -> Schedule:
        return paths.schedule(self.session.state.alignment, self.session.state.trail)

    def _colour(self, paths: Trajectories) -> None:
        rgba, on_top = vertex_colours(self.session, paths, self._theme.grey)
        self._paths_item.set_colours(rgba[self._by_step], None if on_top is None else on_top[self._by_step])

    def _choose(self, paths: Trajectories) -> None:
        """Choose points and segments by what is shown."""
        session, state = self.session, self.session.state
        shown = session.shown()
        if state.last_only:
            keep = np.zeros(len(paths.step), dtype=bool)
            keep[paths.last_vertex[shown & (paths.lengths > 0)]] = True
        elif state.points:
            keep = paths.shown_vertices(shown)
        else:
            keep = np.zeros(len(paths.step), dtype=bool)
        self._active = np.flatnonzero(keep[self._by_step])
        times, vertices = self._schedule(paths), self._by_step[self._active]
        self._growth = Growth.of(times.appears[vertices], times.goes[vertices])
        self._paths_item.set_points(self._active)
        self._paths_item.size = 5.0 if state.last_only else 2.6
        self._paths_item.last_size = 8.0 if state.last_only else 4.2
        self._shown = shown
        self._choose_lines(paths, shown)

    def _choose_lines(self, paths: Trajectories, shown: np.ndarray) -> None:
        state = self.session.state
        lined = shown
        if state.selected:
            lined = shown & chosen(state.selected, len(shown))
        few = int(lined.sum()) <= _FEW
        # Without points, lines are all there is to see, however many.
        if state.last_only or not state.lines or (not few and state.points):
            lines = np.zeros(0, dtype=np.int64)
        else:
            order = self._schedule(paths).segment_order
            lines = order[paths.shown_segments(lined)[order]]
        times = self._schedule(paths)
        self._line_growth = Growth.of(times.segment_appears[lines], times.segment_goes[lines])
        self._lines = self._position[paths.segments[lines]]
        self._paths_item.set_lines(self._lines)
        r, g, b = (c / 255 for c in self._theme.line)
        # As in 2-D: where a path has one colour, its line has it too, and stands stronger without points.
        coloured = state.colouring not in PER_STEP
        alpha = 0.3 if few else 0.05
        self._paths_item.lines_as_points = coloured
        self._paths_item.line_colour = (r, g, b, 3 * alpha if coloured and not state.points else alpha)

    def _grow(self) -> None:
        """Show paths as far as the present step: a prefix, nothing is chosen anew, unless a trail goes as it came."""
        step = self.session.state.step
        points, lines = self._growth.until(step)[0], self._line_growth.until(step)[0]
        self._drawn = self._active[:points]
        if self.session.state.trail.tail:
            self._drawn = self._active[self._growth.rows_at(step)]
            rows = self._line_growth.rows_at(step)
            self._paths_item.set_points(self._drawn)
            self._paths_item.set_lines(self._lines[rows])
            points, lines = len(self._drawn), len(rows)
        self._paths_item.grow(points, lines)

    def _mark(self, pointed: Pointed | None) -> None:
        from .gl_overlay import Marked

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
        from .gl_view import HELP

        self.view.setToolTip("" if self._overlay.marked else HELP)

    def _grown(self, recording: int, paths: Trajectories) -> int:
        return self.session.state.reached(self.session.activations, recording)

    def _paint_overlay(self, painter: QPainter) -> None:
        view = self.view
        if view is None or self._paths is None:
            return
        camera = view.camera()
        if camera != self._camera:
            self._camera, self._found = camera, None
            self._overlay.unsettle()
        self._overlay.paint(painter, view, self._box)
        self._outline.paint(painter, self._theme)

    # ---- the pointer

    def nearest(self, at: QPointF) -> Pointed | None:
        """Return the recording and step whose point is nearest to `at`, in pixels of the view, within `REACH`."""
        if self.view is None or self._paths is None:
            return None
        if self._found is None or self._camera != self.view.camera():
            # Kept until camera or choice change: a moving pointer asks many times for the same picture.
            drawn = self._drawn[self._recording_of[self._drawn] >= 0]
            xy, distance = self.view.project(self._ordered[drawn])
            self._found = drawn, xy, distance
        drawn, xy, distance = self._found
        away = (xy[:, 0] - np.float32(at.x())) ** 2 + (xy[:, 1] - np.float32(at.y())) ** 2
        with np.errstate(invalid="ignore"):
            close = np.flatnonzero(away <= REACH**2)
        if not len(close):
            return None
        selected = self.session.state.selected
        if selected:
            # What is greyed lies below; point through it at what is not.
            above = close[np.isin(self._recording_of[drawn[close]], selected)]
            close = above if len(above) else close
        # Among points as good as under the pointer, the one in front is the one seen.
        best = close[away[close] <= (np.sqrt(away[close].min()) + 1.5) ** 2]
        vertex = drawn[best[distance[best].argmin()]]
        return Pointed(int(self._recording_of[vertex]), int(self._step_of[vertex]))

    def _on_hover(self, at: QPointF | None) -> None:
        self._pointer = at
        if at is None:
            self._search.stop()
            self.session.point_at(None)
        elif not self._search.isActive():
            self._search.start()

    def _point(self) -> None:
        if self._pointer is not None and self.view is not None and not self.view.moving:
            self.session.point_at(self.nearest(self._pointer))

    def _clear_selection(self) -> None:
        self.session.update(selected=())

    def _on_click(self, at: QPointF, adds: bool) -> None:
        pointed = self.nearest(at)
        selected = self.session.state.selected
        if pointed is None:
            if selected and not adds:
                self._let_go.start()
            return
        self._let_go.stop()
        if not adds:
            self.session.update(selected=(pointed.recording,))
        elif pointed.recording in selected:
            self.session.update(selected=tuple(r for r in selected if r != pointed.recording))
        else:
            self.session.update(selected=(*selected, pointed.recording))
