"""The 3-D view of a session: every recording as a path through the three numbers of the bottleneck."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
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
from auslan_explorer.draw.presets import find_figure
from auslan_explorer.draw.resting import drawn_resting, resting_note
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.draw.view import Camera
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.views.common.annotations import annotations_on
from auslan_explorer.gui.views.common.empty import no_paths_text, nothing_shown_text
from auslan_explorer.gui.views.common.hover_card import build_hover_card
from auslan_explorer.gui.views.common.legend import LegendCursor
from auslan_explorer.gui.views.scatter3d.draw_order import DrawOrder
from auslan_explorer.gui.views.scatter3d.opengl_check import no_opengl_text, opengl_problem
from auslan_explorer.gui.views.scatter3d.scene_arrays import (
    VertexPositions,
    find_picked,
    label_candidates,
    line_style,
    vertex_colours,
)
from auslan_explorer.gui.views.scatter3d.transition import PathsTransition, reframe
from auslan_explorer.gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView

_PLAYBACK_INTERVAL_S = 0.3
"""Changes at shorter intervals, as in playback or while a slider moves, are drawn in interactive mode."""
_IDLE_MS, _IDLE_AFTER_CHOICE_MS = 100, 250
"""Idle time until a full frame: during playback, and after a choice, so that the 2-D map is rendered first."""
_MAP_ONLY = Dirty.MOVED_2D | Dirty.SPREAD
_HELP = mark(
    "<b>3-D scatter</b><br>"
    "Each point is one step of a recording: the network’s hidden state, squeezed to three numbers."
    "<br><br>Drag to turn &nbsp;·&nbsp; Shift-drag or right-drag to move &nbsp;·&nbsp; wheel to zoom<br>"
    "Click a path to select it, Ctrl-click to add it &nbsp;·&nbsp; double-click to reset<br>"
    "Keys: arrows turn, Shift+arrows move, + and − zoom, Home resets"
)


class Scatter3D(QWidget):
    """The 3-D view: decides what is recomputed after a change; see README.md beside this file.

    Attributes
    ----------
    unavailable_reason : str or None
        Why this computer cannot draw 3-D, as text for users; None if it can.

    Signals
    -------
    render_pending(), rendered(), presented(step)
        As in `gui.views.panes.View`; the first two are never sent, since it draws in its paint event.
    """

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.unavailable_reason: str | None = opengl_problem()
        self.view: SceneView | None = None
        self.legend_cursor: LegendCursor | None = None
        self._theme = LIGHT
        self._dirty = EVERYTHING
        self._paths: Trajectories | None = None
        self._draw_order = DrawOrder()
        self._camera: tuple[float, ...] = ()
        self._last_change = 0.0
        self._painted_step, self._unpresented = -1, False
        self.setMinimumSize(160, 160)  # what its pane may shrink to
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._empty_state = EmptyState("cube", "", "", parent=self)
        self._empty_state.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pages.addWidget(self._empty_state)
        # Once the window has answered the change: what is done for it in one go stays short.
        self._prepare_timer = QTimer(self, singleShot=True, interval=0)
        self._transition = PathsTransition(self)
        self._transition.paths_moved.connect(self._on_paths_moved)
        if self.unavailable_reason is None:
            self._make_view()
        self._show_page()
        self.set_theme(LIGHT)
        # psygnal holds bound methods weakly.
        session.changed.connect(self._on_state_changed)
        session.data_changed.connect(self._on_data_changed)
        session.paths_changed.connect(self._on_paths_changed)
        session.predictions_changed.connect(self._on_predictions_changed)
        session.pointed_changed.connect(self._on_pointed_changed)
        session.tool_changed.connect(self._on_tool_changed)
        session.annotations_changed.connect(self._on_annotations_changed)

    def _make_view(self) -> None:
        # Imported here: on a computer without OpenGL these modules cannot be imported at all.
        from auslan_explorer.gui.views.scatter3d.axes_item import AxesItem
        from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
        from auslan_explorer.gui.views.scatter3d.lasso import Outline3D
        from auslan_explorer.gui.views.scatter3d.overlay import Overlay
        from auslan_explorer.gui.views.scatter3d.paths_item import PathsItem
        from auslan_explorer.gui.views.scatter3d.pointer import Pointer3D

        self._overlay, self._paths_item, self._axes_item = Overlay(), PathsItem(), AxesItem()
        self._prepare_timer.timeout.connect(self._paths_item.prepare_frame)
        self._overlay.text_images.set_font(self.font())
        view = SceneView(self._paint_overlay, self)
        view.addItem(self._axes_item)
        view.addItem(self._paths_item)
        view.failed.connect(self._on_failure)
        view.customContextMenuRequested.connect(self.customContextMenuRequested)
        self._pages.addWidget(view)
        self.setFocusProxy(view)
        self.view = view
        self.pointer = Pointer3D(self.session, view, self._overlay)
        self.legend_cursor = LegendCursor(self.session, view, lambda: self._overlay.legend, self._show_legend_row)
        self._outline = Outline3D(self.session, view)
        self._outline.set_tool(self.session.tool)

    # ---- the View protocol

    def set_theme(self, theme: Theme) -> None:
        """Change to the light or the dark look."""
        self._theme = theme
        if self.view is None:
            return
        self.view.setBackgroundColor(QColor(*theme.background))
        self._overlay.theme = theme
        r, g, b = (c / 255 for c in theme.border)
        self._axes_item.line_colour = (r, g, b, 1.0)
        self._paths_item.background = (theme.background[0] / 255, theme.background[1] / 255, theme.background[2] / 255)
        self._refresh(Dirty.COLOURS | Dirty.SHOWN | Dirty.NAMES)

    def reset_view(self) -> None:
        """Reset the camera to the home view."""
        if self.view is not None:
            self.view.reset_camera()

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Move and zoom the camera, as it is turned, to some recordings, bool, shape (recordings,)."""
        paths = self.session.trajectories(3)
        if self.view is None or paths is None:
            return
        low, high = paths.extent_of(recordings, last_only=self.session.state.last_only)
        # A little more than the ball around them, so that their names have room.
        self.view.look_at((low + high) / 2, 0.55 * float(np.linalg.norm(high - low)))

    @property
    def widget(self) -> QWidget:
        """The view as a widget."""
        return self

    def picture_view(self) -> Camera | None:
        """Return the camera for an exported picture; None if nothing is drawn."""
        if self.view is None or self._paths is None:
            return None
        from auslan_explorer.gui.views.scatter3d.lasso import picture_camera

        return picture_camera(self.view)

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return azimuth and elevation in degrees, zoom, and x, y and z of the centre; None if 3-D is unavailable."""
        if self.view is None:
            return None
        azimuth, elevation, _, x, y, z, *_ = self.view.camera()
        return azimuth % 360, elevation, self.view.zoom(), x, y, z

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Set azimuth and elevation in degrees, zoom, and x, y and z of the centre."""
        if self.view is None:
            return
        from pyqtgraph import Vector

        azimuth, elevation, zoom, *middle = viewpoint
        self.view.opts.update(azimuth=azimuth, elevation=elevation, center=Vector(*middle))
        self.view.zoom_by(self.view.zoom() / zoom)
        self.view.redraw()

    def dispose(self) -> None:
        """Disconnect from the session."""
        self.session.changed.disconnect(self._on_state_changed, missing_ok=True)
        self.session.data_changed.disconnect(self._on_data_changed, missing_ok=True)
        self.session.paths_changed.disconnect(self._on_paths_changed, missing_ok=True)
        self.session.predictions_changed.disconnect(self._on_predictions_changed, missing_ok=True)
        self.session.pointed_changed.disconnect(self._on_pointed_changed, missing_ok=True)
        self.session.tool_changed.disconnect(self._on_tool_changed, missing_ok=True)
        self.session.annotations_changed.disconnect(self._on_annotations_changed, missing_ok=True)

    def is_sharp(self) -> bool:
        """Return whether the last change was painted; True while the view is not visible."""
        return self.view is None or not self.view.isVisible() or (self._painted_step >= 0 and not self._unpresented)

    def is_current(self) -> bool:
        """Return whether the current step has been painted; True while the view is not visible."""
        window = self.window().windowHandle()
        if self.view is None or self._paths is None or window is None or not window.isExposed():
            return True
        return not self.view.isVisible() or self._painted_step == self.session.state.step

    # ---- changes of the session

    def _on_state_changed(self, new: SessionState, old: SessionState) -> None:
        if not isValid(self):
            return
        fields = changed_fields(new, old)
        now = time.monotonic()
        # A choice shows at once, coarsely; the full frame follows.
        touched = invalidated(fields) & ~_MAP_ONLY
        chosen_anew = bool(fields - TRANSIENT) and bool(touched)
        apart = now - self._last_change
        if self.view is not None and self.isVisible() and (chosen_anew or apart < _PLAYBACK_INTERVAL_S):
            if fields & FADING:
                self.view.cross_fade_to_next_scene()
            # On a slow computer, a full frame between two steps would delay the next one further.
            self.view.enter_interactive_mode(
                _IDLE_AFTER_CHOICE_MS if chosen_anew else max(_IDLE_MS, round(2000 * apart))
            )
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

    def _on_pointed_changed(self, pointed: Pointed | None) -> None:
        if isValid(self) and self.isVisible() and self.view is not None:
            self._show_pointed(pointed)
            self.view.update()

    def _on_annotations_changed(self) -> None:
        if isValid(self) and self.isVisible() and self.view is not None:
            self._overlay.invalidate_layout()
            self.view.update()

    def _on_tool_changed(self, tool: Tool) -> None:
        if isValid(self) and self.view is not None:
            self._outline.set_tool(tool)

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh what has changed while hidden."""
        super().showEvent(event)
        self._refresh(NOTHING)
        if self.view is not None:
            self._show_pointed(self.session.pointed)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.view is not None:
            self._overlay.text_images.set_font(self.font())
            self._refresh(Dirty.NAMES)

    def _on_failure(self, error: str) -> None:
        self.unavailable_reason = no_opengl_text(tr("this computer’s does not work ({0})", error))
        if self.view is not None:
            view, self.view = self.view, None
            # Not at once: the widget is in the middle of being painted.
            QTimer.singleShot(0, view.hide)
        QTimer.singleShot(0, self._show_page)

    def _show_page(self) -> None:
        if self.unavailable_reason is not None:
            self._empty_state.set_text(tr("3-D is not available here"), self.unavailable_reason)
        elif self.session.trajectories(3) is None:
            self._empty_state.set_text(*no_paths_text(3))
        elif self.view is not None:
            self._pages.setCurrentWidget(self.view)
            return
        self._pages.setCurrentWidget(self._empty_state)

    def _refresh(self, dirty: Dirty) -> None:
        """Recompute the parts in `dirty`; while hidden, only remember them."""
        self._dirty |= dirty
        if not self.isVisible() or not self._dirty:
            return
        stale, self._dirty = self._dirty, NOTHING
        flies = stale == Dirty.MOVED_3D and self.view is not None
        if flies and self._transition.start(self._paths, self.session.trajectories(3)):
            return
        if Dirty.SCALED in stale and not (
            self.view and self._transition.start(self._paths, self.session.trajectories(3))
        ):
            stale |= Dirty.DATA
        if Dirty.MOVED_3D in stale:
            stale |= Dirty.DATA
        if Dirty.DATA in stale:
            stale = EVERYTHING
            self._show_page()
            self._transition.stop()
            self._paths = self.session.trajectories(3)
            if self.view is not None:
                self.pointer.set_paths(self._paths)
        if self.view is None or self._paths is None:
            return
        if Dirty.DATA in stale:
            self._set_data(self._paths)
        if stale & (Dirty.DATA | Dirty.SCALED):
            scale = tr("\nsigned log") if self.session.state.log_scale else ""
            self._overlay.axis_names = tuple(tr("{0} {1}{2}", tr(self._paths.axis_word), i, scale) for i in (1, 2, 3))
        if Dirty.COLOURS in stale:
            self._update_colours(self._paths)
        if Dirty.SHOWN in stale:
            self._update_shown(self._paths)
        if stale & (Dirty.SHOWN | Dirty.STEP):
            self._show_step()
        if stale & (Dirty.SHOWN | Dirty.STEP | Dirty.NAMES):
            self._overlay.set_candidates(label_candidates(self.session, self._paths, self._draw_order.shown))
        if stale & (Dirty.COLOURS | Dirty.SHOWN | Dirty.NAMES | Dirty.MARKS):
            self._overlay.playback_marks.set_state(self.session, self._paths, self._theme)
        self._show_pointed(self.session.pointed)
        named_anew = Dirty.COLOURS | Dirty.SHOWN | Dirty.NAMES | Dirty.MISTAKES | Dirty.MARKS
        if stale & named_anew or (Dirty.STEP in stale and self.session.state.mistakes):
            self._update_legend_and_errors(self._paths)
        self._overlay.step = self.session.state.step
        self._overlay.invalidate_layout()
        self._prepare_timer.start()
        self._unpresented = True
        self.view.redraw()

    # ---- from the state to the scene

    def _set_data(self, paths: Trajectories) -> None:
        assert self.view is not None
        self._draw_order.set_paths(paths, self.session.state)
        self.view.frame(*self._place_paths(paths))

    def _place_paths(self, paths: Trajectories) -> tuple[np.ndarray, float]:
        """Set the positions of vertices and axes; return the centre, shape (3,), and the radius of the home view."""
        assert self.view is not None
        self._paths_item.set_vertices(VertexPositions(paths.vertices, self._draw_order.order))
        low, high = np.zeros(3), np.ones(3)
        if len(paths.vertices):
            low, high = paths.vertices.min(axis=0), paths.vertices.max(axis=0)
        self._axes_item.set_bounds(low, high)
        low, high = self._axes_item.box.low, self._axes_item.box.high
        # The nearest corner is lowest on screen, with axis names below it: look a little below the centre.
        centre = (low + high) / 2 - np.array([0, 0, 0.07]) * (high - low)
        return centre, self.view.home_radius(low, high, centre)

    def _on_paths_moved(self, paths: Trajectories) -> None:
        """Draw a frame of the transition to another projection."""
        if self.view is None:
            return
        self._paths = paths
        self.pointer.set_paths(paths)
        self._update_legend_and_errors(paths)
        reframe(self.view, *self._place_paths(paths))
        self._overlay.set_candidates(label_candidates(self.session, paths, self._draw_order.shown))
        if paths is self.session.trajectories(3):
            self._update_colours(paths)  # colours by distance have changed
            self._overlay.playback_marks.set_state(self.session, paths, self._theme)
        else:
            self._overlay.playback_marks.clear()
        self._show_pointed(self.session.pointed)
        self.view.enter_interactive_mode(_IDLE_MS)
        self.view.redraw()

    def _update_colours(self, paths: Trajectories) -> None:
        order, recording = self._draw_order.order, self._draw_order.recording
        self._paths_item.set_colours(vertex_colours(self.session, paths, self._theme.grey, order, recording))

    def _update_shown(self, paths: Trajectories) -> None:
        """Set which points and segments are drawn, their sizes and the line style."""
        state, choice, item = self.session.state, self._draw_order, self._paths_item
        choice.update_shown(paths, self.session)
        self._overlay.nothing_shown = None if choice.shown.any() else nothing_shown_text(self.session)
        item.set_points(choice.points)
        item.set_lines(choice.lines)
        item.point_size = 5.0 if state.last_only else 2.6
        item.last_point_size = 8.0 if state.last_only else 4.2
        item.lines_only = choice.lines_only
        item.line_style = line_style(state, choice.with_lines, self._theme.line)

    def _update_legend_and_errors(self, paths: Trajectories) -> None:
        """Set the legend, and the labels of misclassified paths."""
        session, state, front = self.session, self.session.state, self._draw_order.shown
        legend = build_legend(session.activations, state, front, paths.measured)
        self._overlay.legend = replace(legend, rests=resting_note(drawn_resting(paths, state)))
        figure = find_figure(session.activations, state, 3)
        self._overlay.caption = "" if figure is None else figure.caption(session.activations)
        self._overlay.sentence = "" if figure is None else figure.description(session.activations)
        picked = find_picked(state, front)
        front = front if picked is None else picked
        labels = mistake_labels(session.activations, paths, front, state, self._theme) if state.mistakes else ()
        # Like other labels, they appear when their path has reached its end.
        self._overlay.error_labels.set_labels(tuple(label for label in labels if label.since <= state.step))

    def _emit_presented(self) -> None:
        self.presented.emit(self._painted_step)

    def _show_legend_row(self) -> None:
        if self.view is not None and self.legend_cursor is not None:
            self._overlay.legend_row = self.legend_cursor.row
            self.view.update()

    def _show_step(self) -> None:
        """Show paths up to the current step: a prefix of what is drawn, or with a trail its visible rows."""
        step, choice = self.session.state.step, self._draw_order
        points, lines = choice.counts_at(step)
        if self.session.state.trail.tail:
            point_rows, line_rows = choice.rows_at(step)
            self._paths_item.set_points(choice.points[point_rows])
            self._paths_item.set_lines(choice.lines[line_rows])
            points, lines = len(point_rows), len(line_rows)
        self._paths_item.set_counts(points, lines)

    def _show_pointed(self, pointed: Pointed | None) -> None:
        from auslan_explorer.gui.views.scatter3d.overlay import PointedPath

        paths = self._paths
        if self.view is None:
            return
        self._overlay.pointed = None
        if pointed is not None and paths is not None and 0 <= pointed.recording < len(paths.lengths):
            own = paths.vertices_of(pointed.recording)
            at = pointed.step - int(paths.first_step[pointed.recording])
            if 0 <= at < own.stop - own.start:
                grown = slice(
                    own.start, min(own.stop, own.start + max(self._steps_reached(pointed.recording, paths), at + 1))
                )
                card = build_hover_card(self.session, pointed)
                assert card is not None
                self._overlay.pointed = PointedPath(paths.vertices[own.start + at], paths.vertices[grown], card)

        self.view.setToolTip("" if self._overlay.pointed else tr(_HELP))

    def _steps_reached(self, recording: int, paths: Trajectories) -> int:
        return self.session.state.steps_reached(self.session.activations, recording)

    def _paint_overlay(self, painter: QPainter) -> None:
        view = self.view
        if view is None or self._paths is None:
            return
        camera = view.camera()
        if camera != self._camera:
            self._camera = camera
            self._overlay.invalidate_layout()
        self._prepare_timer.stop()
        self._overlay.annotations = annotations_on(self.session, self._paths)
        self._overlay.paint(painter, view, self._axes_item)
        self._painted_step = self._overlay.step
        if self._unpresented:
            self._unpresented = False
            QTimer.singleShot(0, self, self._emit_presented)  # not before the window has been composed
        self._outline.paint(painter, self._theme)
