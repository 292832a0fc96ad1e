"""The middle of the window: the 2-D map and the 3-D view, side by side or alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
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
from auslan_explorer.gui.views.missing_view import ComingView, MissingView
from auslan_explorer.gui.views.repaint_sync import RepaintSync
from auslan_explorer.gui.views.view import View, ViewFactory
from auslan_explorer.gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from auslan_explorer.gui.views.gesture.pane import GesturePane

TITLES = {2: mark("2-D map"), 3: mark("3-D")}
MAP_FRACTION = 0.6
"""Fraction of the width that the map takes at first."""
BESIDE_FRACTION = 0.3
"""Fraction of the width that the pane beside both views takes at first."""

_THEME_MS = 2000
"""Longest hold of the repaint after a change of theme."""
_ALONE = {2: Layout.MAP_2D, 3: Layout.MAP_3D}


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
    coming : ComingView or None
        What holds the view's place until the window's first picture is painted.

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
        self.coming: ComingView | None = None
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
            if self.coming is not None:
                self._layout.removeWidget(self.coming)
                self.coming.deleteLater()
                self.coming = None
                # At once: a camera that is set next goes by the view's size and paths.
                self.view.widget.show()
                self._layout.activate()
            widget = self.view.widget
            widget.customContextMenuRequested.connect(lambda at: self.menu_requested.emit(widget.mapToGlobal(at)))
        return self.view

    def hold_place(self) -> None:
        """Hold the place of a view that is to come."""
        if self.coming is None:
            self.coming = ComingView(self)
            self._layout.addWidget(self.coming, 1)

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
    make_beside : callable, optional
        Makes a further pane on the right, once it is first asked for; it follows the session by itself.
    one_first : bool
        Make the first view that is shown, and the other one by `make_coming` or once it is needed.

    Signals
    -------
    completed()
        All views that are shown have painted a full picture for the first time.
    presented(step)
        All views that are shown have painted the current step.
    menu_requested(at)
        A menu was asked for in one of the views, at a global position.
    training_asked(dims)
        A better map of so many dimensions is wanted.
    """

    completed = Signal()
    presented = Signal(int)
    menu_requested = Signal(QPoint)
    training_asked = Signal(int)

    def __init__(
        self,
        session: Session,
        factories: Mapping[int, ViewFactory] = VIEWS,
        parent: QWidget | None = None,
        make_beside: Callable[[], GesturePane] | None = None,
        *,
        one_first: bool = False,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._one_first, self._is_complete = one_first, False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.panes = {dims: ViewPane(dims, session, make, self) for dims, make in factories.items()}
        for pane in self.panes.values():
            self.addWidget(pane)
            pane.menu_requested.connect(self.menu_requested)
            pane.training_asked.connect(partial(self.training_asked.emit, pane.dims))
        self._map_fraction, self._beside_fraction = MAP_FRACTION, BESIDE_FRACTION
        self._make_beside = make_beside
        self._beside: GesturePane | None = None
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
    def beside(self) -> GesturePane | None:
        """The pane beside the views, made and hidden if it was not asked for before; None where there can be none."""
        if self._beside is None and self._make_beside is not None:
            self._beside = self._make_beside()
            self._beside.hide()
            self.addWidget(self._beside)
        return self._beside

    @property
    def beside_shown(self) -> bool:
        """Whether the pane beside the views is shown."""
        return self._beside is not None and not self._beside.isHidden()

    def gesture(self) -> Gesture | None:
        """Return the hands that are shown beside the views; None while there are none."""
        return self._beside.canvas.gesture() if self._beside is not None and self.beside_shown else None

    def show_beside(self, shown: bool) -> None:
        """Show or hide the pane beside the views."""
        shown = shown and self._session.activations.wording.of_signs
        pane = self.beside if shown else self._beside
        if pane is not None:
            pane.setVisible(shown)
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

    def make_coming(self) -> None:
        """Make the view that waits for the first picture, if one does."""
        if self._one_first:
            self._one_first = False
            self._apply_layout()

    def view(self, dims: int) -> View | None:
        """Return the view of so many dimensions, made if it waits for the first picture; None if it was never shown."""
        pane = self.panes.get(dims)
        if pane is not None and pane.coming is not None:
            self.make_coming()
        return None if pane is None else pane.view

    def _on_view_presented(self) -> None:
        if self.is_current():
            self.presented.emit(self._session.state.step)
        if not self._is_complete and all(view.is_sharp() for view in self._shown_views().values()):
            self._is_complete = True
            self.completed.emit()

    def _apply_layout(self) -> None:
        layout = self._session.state.layout
        for dims, pane in self.panes.items():
            shown = layout in (Layout.BOTH, _ALONE[dims])
            if shown and pane.view is None:
                if self._one_first and self._shown_views():
                    pane.hold_place()
                else:
                    self._add_view(pane)
            pane.show_layout(layout)
            pane.setVisible(shown)
        self._set_pane_widths()
