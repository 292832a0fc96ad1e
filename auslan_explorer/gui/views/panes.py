"""The middle of the window: the 2-D map and the 3-D view, side by side or alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from auslan_explorer.core.session import Layout, Session
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import UNIT, current_theme
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.views.better_map import BetterMapButton
from auslan_explorer.gui.views.common.legend import LegendCursor
from auslan_explorer.gui.views.gesture.pane import GesturePane
from auslan_explorer.gui.views.repaint_sync import RepaintSync
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.empty_state import EmptyState

TITLES = {2: mark("2-D map"), 3: mark("3-D")}
MAP_FRACTION = 0.6
"""Fraction of the width that the map takes at first."""
BESIDE_FRACTION = 0.3
"""Fraction of the width that the pane beside both views takes at first."""

_THEME_MS = 2000
"""Longest hold of the repaint after a change of theme."""
_ALONE = {2: Layout.MAP_2D, 3: Layout.MAP_3D}


class View(Protocol):
    """What the rest of the window can ask of a view. A view follows the session by itself.

    Signals
    -------
    render_pending()
        An image of the new state is being rendered in a thread, and the image on screen is outdated. A view that
        draws in its paint event sends neither this signal nor `rendered`.
    rendered()
        An image of the new state, perhaps a coarse one, is ready to be painted.
    presented(step)
        A new image has been painted, with paths drawn up to that step.

    Attributes
    ----------
    widget : QWidget
        The view as a widget.
    legend_cursor : LegendCursor or None
        Keyboard navigation in the view's legend; None if the view cannot draw.
    """

    @property
    def render_pending(self) -> SignalInstance: ...

    @property
    def rendered(self) -> SignalInstance: ...

    @property
    def presented(self) -> SignalInstance: ...

    @property
    def widget(self) -> QWidget: ...

    @property
    def legend_cursor(self) -> LegendCursor | None: ...

    def set_theme(self, theme: Theme) -> None:
        """Draw with another theme."""

    def reset_view(self) -> None:
        """Zoom and pan (in 3-D, also turn) back to where everything is shown."""

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Zoom and move (in 3-D, without turning) to where some recordings fill the view; bool, shape (recordings,)."""

    def is_current(self) -> bool:
        """Return whether the image on screen shows the current step; also True while the view is hidden."""

    def picture_view(self) -> View2D | Camera | None:
        """Return the view or camera for an exported picture; None if nothing is drawn."""

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return the viewpoint as numbers for `set_viewpoint`; None if the user has not chosen one."""

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Set the viewpoint, as if the user had chosen it."""

    def dispose(self) -> None:
        """Disconnect from the session and stop threads. Called before the window closes; a second call does nothing."""


ViewFactory = Callable[[Session, QWidget | None], View]


class MissingView(EmptyState):
    """Placeholder for a view whose libraries are missing; shows the reason."""

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)
    legend_cursor = None

    @property
    def widget(self) -> QWidget:
        """The view as a widget."""
        return self

    def set_theme(self, theme: Theme) -> None:
        """Do nothing: the style sheet of the window applies."""

    def reset_view(self) -> None:
        """Do nothing: there is no view to reset."""

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Do nothing: nothing is drawn."""

    def is_current(self) -> bool:
        """Return True: nothing is rendered."""
        return True

    def picture_view(self) -> None:
        """Return None: nothing is drawn."""

    def viewpoint(self) -> None:
        """Return None: there is no viewpoint."""

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Do nothing."""

    def dispose(self) -> None:
        """Do nothing."""


def _make_map2d(session: Session, parent: QWidget | None) -> View:
    from auslan_explorer.gui.views.map2d.canvas import MapCanvas

    return MapCanvas(session, parent)


def _make_scatter3d(session: Session, parent: QWidget | None) -> View:
    from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

    return Scatter3D(session, parent)


VIEWS: Mapping[int, ViewFactory] = {2: _make_map2d, 3: _make_scatter3d}
"""Factory of the view for 2 and for 3 dimensions; its modules are imported on the first call."""


class ViewPane(QFrame):
    """A view below a header with a title and two buttons. The view is created when the pane is first shown.

    Attributes
    ----------
    dims : int
        2 or 3.
    view : View or None
        None before `make_view` is called, and again after `Views.dispose`.

    Signals
    -------
    menu_requested(at)
        A right click without a drag, or the menu key; global position.
    training_asked()
        A better map than principal components is wanted.
    """

    menu_requested = Signal(QPoint)
    training_asked = Signal()

    def __init__(self, dims: int, session: Session, view_factory: ViewFactory, parent: QWidget) -> None:
        super().__init__(parent)
        self.dims = dims
        self.view: View | None = None
        self._session = session
        self._view_factory = view_factory
        title = tr(TITLES[dims])
        self._title = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self, muted=True)
        self._title.setText(title)
        self._alone_button = tool_button(self, tr("Show {0} alone, or both again", title))
        self._alone_button.clicked.connect(self._toggle_alone)
        self._reset_button = tool_button(self, tr("Reset the {0} view", title), icon="frame-corners", role="muted")
        self._reset_button.clicked.connect(self.reset)
        self.better_map = BetterMapButton(dims, session, self)
        self.better_map.clicked.connect(self.training_asked)
        header = QFrame(self)
        header.setObjectName("paneHeader")
        row = QHBoxLayout(header)
        row.setContentsMargins(2 * UNIT, 2, UNIT // 2, 2)
        row.setSpacing(0)
        row.addWidget(self._title, 1)
        row.addWidget(self.better_map)
        row.addWidget(self._reset_button)
        row.addWidget(self._alone_button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(header)
        self.setMinimumWidth(20 * UNIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.better_map.fit_into(event.size().width())

    def make_view(self) -> View:
        """Return the view, created on the first call; a `MissingView` if its libraries cannot be imported."""
        if self.view is None:
            try:
                self.view = self._view_factory(self._session, self)
            except ImportError as error:
                # Drawing in 3-D needs libraries that a bare system may lack; the rest of the program does not.
                self.view = MissingView("cube", tr("Nothing to draw with"), tr("This view cannot start: {0}.", error))
            self.view.set_theme(current_theme())
            self._layout.addWidget(self.view.widget, 1)
            widget = self.view.widget
            widget.customContextMenuRequested.connect(lambda at: self.menu_requested.emit(widget.mapToGlobal(at)))
        return self.view

    def reset(self) -> None:
        """Reset the viewpoint."""
        if self.view is not None:
            self.view.reset_view()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu by the keyboard; by the mouse the views ask for it themselves, as a right drag moves them."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self.mapToGlobal(self.rect().center()))
        event.accept()

    def _toggle_alone(self) -> None:
        alone = _ALONE[self.dims]
        self._session.update(layout=Layout.BOTH if self._session.state.layout is alone else alone)

    def show_layout(self, layout: Layout) -> None:
        """Show on the layout button what it does in this layout."""
        name = "arrows-in-simple" if layout is _ALONE[self.dims] else "arrows-out-simple"
        self._alone_button.setIcon(icons.icon(name, "muted"))


class Views(QSplitter):
    """The panes of both views, side by side; the session's `layout` says which are shown.

    Parameters
    ----------
    session : Session
    factories : mapping of int to callable
    parent : QWidget, optional
    beside : GesturePane, optional
        A further pane on the right, hidden at first; it follows the session by itself.

    Signals
    -------
    presented(step)
        All views that are shown have painted the current step.
    menu_requested(at)
        A menu was asked for in one of the views, at a global position.
    training_asked(dims)
        A better map of so many dimensions is wanted.
    """

    presented = Signal(int)
    menu_requested = Signal(QPoint)
    training_asked = Signal(int)

    def __init__(
        self,
        session: Session,
        factories: Mapping[int, ViewFactory] = VIEWS,
        parent: QWidget | None = None,
        beside: GesturePane | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.panes = {dims: ViewPane(dims, session, make, self) for dims, make in factories.items()}
        for pane in self.panes.values():
            self.addWidget(pane)
            pane.menu_requested.connect(self.menu_requested)
            pane.training_asked.connect(partial(self.training_asked.emit, pane.dims))
        self._map_fraction, self._beside_fraction = MAP_FRACTION, BESIDE_FRACTION
        self._beside = beside
        if beside is not None:
            self.addWidget(beside)
            beside.hide()
        self._repaint_sync = RepaintSync(self)
        self.splitterMoved.connect(self._on_splitter_moved)
        session.watch(("layout",), self._apply_layout)
        self._apply_layout()

    def set_theme(self, theme: Theme) -> None:
        """Draw both views with another theme; the window is repainted once both have been rendered."""
        for pane in self.panes.values():
            if pane.view is not None:
                pane.view.set_theme(theme)
        self._repaint_sync.prolong(_THEME_MS)

    def set_training_off(self, reason: str) -> None:
        """Say why no map can be trained now; empty if one can."""
        for pane in self.panes.values():
            pane.better_map.set_off(reason)

    def reset(self) -> None:
        """Reset the viewpoint of both views."""
        for pane in self.panes.values():
            pane.reset()

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Zoom both views to some recordings, bool, shape (recordings,)."""
        for pane in self.panes.values():
            if pane.view is not None:
                pane.view.zoom_to(recordings)

    def zoom_to_shown(self) -> None:
        """Zoom both views to what is shown."""
        self.zoom_to(self._session.shown())

    def zoom_to_selection(self) -> None:
        """Zoom both views to the selected recordings, as far as they are shown."""
        shown = self._session.shown()
        self.zoom_to(shown & self._session.state.selected.mask(len(shown)))

    def picture_views(self) -> dict[int, View2D | Camera]:
        """Return the view or camera of each shown view, by its dimensions; without views that draw nothing."""
        looked_at = {dims: view.picture_view() for dims, view in self._shown_views().items()}
        return {dims: view for dims, view in looked_at.items() if view is not None}

    def is_current(self) -> bool:
        """Return whether every shown view has painted the current step."""
        return all(view.is_current() for view in self._shown_views().values())

    def focused_dims(self) -> int | None:
        """Return the dimensions of the view that has the keyboard focus, or None."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((d for d, p in self.panes.items() if p.view is not None and p.isAncestorOf(focus)), None)

    def focus_legend(self) -> bool:
        """Move the keyboard focus to the legend of the focused view, else of the first shown view.

        Returns
        -------
        bool
            False if no shown legend has entries to select.
        """
        shown = self._shown_views()
        for dims in sorted(shown, key=lambda d: d != self.focused_dims()):
            cursor = shown[dims].legend_cursor
            if cursor is not None and cursor.enter():
                return True
        return False

    def focus_first_view(self) -> None:
        """Move the keyboard focus to the first view that is shown."""
        view = next(iter(self._shown_views().values()), None)
        if view is not None:
            view.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def dispose(self) -> None:
        """Dispose of all views; called before the window closes."""
        for pane in self.panes.values():
            if pane.view is not None:
                pane.view.dispose()
            pane.view = None

    def _shown_views(self) -> dict[int, View]:
        return {dims: pane.view for dims, pane in self.panes.items() if pane.view is not None and not pane.isHidden()}

    @property
    def map_fraction(self) -> float:
        """Fraction of the width that the map takes beside the 3-D view, 0.1 to 0.9."""
        return self._map_fraction

    @map_fraction.setter
    def map_fraction(self, share: float) -> None:
        self._map_fraction = min(max(share, 0.1), 0.9)
        self._set_pane_widths()

    @property
    def beside_shown(self) -> bool:
        """Whether the pane beside the views is shown."""
        return self._beside is not None and not self._beside.isHidden()

    def gesture(self) -> Gesture | None:
        """Return the hands that are shown beside the views; None while there are none."""
        return self._beside.canvas.gesture() if self._beside is not None and self.beside_shown else None

    def show_beside(self, shown: bool) -> None:
        """Show or hide the pane beside the views."""
        if self._beside is not None:
            self._beside.setVisible(shown and self._session.activations.wording.of_signs)
            self._set_pane_widths()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._repaint_sync.set_window(self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_pane_widths()

    def _on_splitter_moved(self) -> None:
        left, right, *more = self.sizes()
        if left and right:
            self._map_fraction = left / (left + right)
        if any(more):
            self._beside_fraction = more[0] / max(self.width(), 1)

    def _set_pane_widths(self) -> None:
        beside = round(self.width() * self._beside_fraction) if self.beside_shown else 0
        rest, layout = self.width() - beside, self._session.state.layout
        left = round(rest * self._map_fraction) if layout is Layout.BOTH else rest * (layout is Layout.MAP_2D)
        if beside or layout is Layout.BOTH:
            self.setSizes([left, rest - left, beside])

    def _add_view(self, pane: ViewPane) -> None:
        view = pane.make_view()
        # The rest of the window waits for a view that is drawn by a thread of its own.
        view.render_pending.connect(self._repaint_sync.hold)
        view.rendered.connect(self._repaint_sync.release)
        view.presented.connect(self._on_view_presented)

    def _on_view_presented(self) -> None:
        if self.is_current():
            self.presented.emit(self._session.state.step)

    def _apply_layout(self) -> None:
        layout = self._session.state.layout
        for dims, pane in self.panes.items():
            shown = layout in (Layout.BOTH, _ALONE[dims])
            if shown and pane.view is None:
                self._add_view(pane)
            pane.show_layout(layout)
            pane.setVisible(shown)
        self._set_pane_widths()
