"""The middle of the window: the 2-D map and the 3-D view, side by side or alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from auslan_explorer.core.session import Layout, Session
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.gui.shortcut_override import override_shortcuts
from auslan_explorer.gui.style import UNIT, current_theme
from auslan_explorer.gui.views.common.legend import LegendCursor
from auslan_explorer.gui.views.repaint_sync import RepaintSync
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.empty_state import EmptyState

TITLES = {2: to_say("2-D map"), 3: to_say("3-D")}
MAP_FRACTION = 0.6
"""The map is the picture; 3-D stands beside it."""

_THEME_MS = 1000
"""A change of theme waits so long at most until it is seen."""
_ALONE = {2: Layout.MAP_2D, 3: Layout.MAP_3D}


class View(Protocol):
    """All that others may ask of a view, which follows the session by itself.

    Signals
    -------
    render_pending()
        What the session says now is being drawn beside the window, and what is on screen will not do any more. A view
        that draws while it is painted sends neither this nor the next.
    rendered()
        A picture of it, perhaps a coarse one, is there to be painted.
    presented(step)
        A new picture has been painted; paths on it have grown up to that step.

    Attributes
    ----------
    widget : QWidget
        The view itself.
    legend_cursor : LegendCursor or None
        The keyboard's way through the view's colour key; None where nothing can be drawn.
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
        """Draw in another look."""

    def reset_view(self) -> None:
        """Show everything again."""

    def is_current(self) -> bool:
        """Return whether the picture is of the present step, or nobody can see it."""

    def picture_view(self) -> View2D | Camera | None:
        """Return what is looked at, as an exported picture needs it; None where nothing is drawn."""

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return where a person looks, as numbers for `set_viewpoint`; None where nobody has chosen a place."""

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Look there, as if a person had chosen it."""

    def dispose(self) -> None:
        """Let go of the session and end what is at work; called before the window goes, and may be called twice."""


ViewFactory = Callable[[Session, QWidget | None], View]


class MissingView(EmptyState):
    """In the place of a view that cannot start: says why, and has nothing to do."""

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)
    legend_cursor = None

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def set_theme(self, theme: Theme) -> None:
        """Do nothing: it looks as the rest of the window does."""

    def reset_view(self) -> None:
        """Do nothing: there is no view to reset."""

    def is_current(self) -> bool:
        """Return True: there is nothing to wait for."""
        return True

    def picture_view(self) -> None:
        """Return None: nothing is drawn."""

    def viewpoint(self) -> None:
        """Return None: nobody has chosen a place."""

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
"""What draws in 2 and in 3 dimensions; imported when first shown."""


class ViewPane(QFrame):
    """A view under a slim header. The view is made when the pane is first needed."""

    def __init__(self, dims: int, session: Session, view_factory: ViewFactory, parent: QWidget) -> None:
        super().__init__(parent)
        self.dims = dims
        self.view: View | None = None
        self._session = session
        self._view_factory = view_factory
        title = said(TITLES[dims])
        self._title = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self, muted=True)
        self._title.setText(title)
        self._alone_button = self._button(said("Show {0} alone, or both again", title), self._toggle_alone)
        self._reset_button = self._button(said("Reset the {0} view", title), self.reset)
        header = QFrame(self)
        header.setObjectName("paneHeader")
        row = QHBoxLayout(header)
        row.setContentsMargins(2 * UNIT, 2, UNIT // 2, 2)
        row.setSpacing(0)
        row.addWidget(self._title, 1)
        row.addWidget(self._reset_button)
        row.addWidget(self._alone_button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(header)
        self.setMinimumWidth(20 * UNIT)
        self._reset_button.setIcon(icons.icon("frame-corners", "muted"))

    def _button(self, name: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        override_shortcuts(button)
        button.clicked.connect(lambda: slot())
        return button

    def make_view(self) -> View:
        """Return the view; made the first time."""
        if self.view is None:
            try:
                self.view = self._view_factory(self._session, self)
            except ImportError as error:
                # Drawing in 3-D needs libraries that a bare system may lack; the rest of the program does not.
                self.view = MissingView(
                    "cube", said("Nothing to draw with"), said("This view cannot start: {0}.", error)
                )
            self.view.set_theme(current_theme())
            self._layout.addWidget(self.view.widget, 1)
        return self.view

    def reset(self) -> None:
        """Show everything again."""
        if self.view is not None:
            self.view.reset_view()

    def _toggle_alone(self) -> None:
        alone = _ALONE[self.dims]
        self._session.update(layout=Layout.BOTH if self._session.state.layout is alone else alone)

    def show_layout(self, layout: Layout) -> None:
        """Show on the button what it does now."""
        name = "arrows-in-simple" if layout is _ALONE[self.dims] else "arrows-out-simple"
        self._alone_button.setIcon(icons.icon(name, "muted"))


class Views(QSplitter):
    """Both panes; which are shown is the session's `layout`.

    Signals
    -------
    presented(step)
        The last of the views that are shown has painted the present step.
    """

    presented = Signal(int)

    def __init__(
        self, session: Session, factories: Mapping[int, ViewFactory] = VIEWS, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.panes = {dims: ViewPane(dims, session, make, self) for dims, make in factories.items()}
        for pane in self.panes.values():
            self.addWidget(pane)
        self._map_fraction = MAP_FRACTION
        self._repaint_sync = RepaintSync(self)
        self.splitterMoved.connect(self._on_splitter_moved)
        session.watch(("layout",), self._apply_layout)
        self._apply_layout()

    def set_theme(self, theme: Theme) -> None:
        """Draw both views in another theme; the window shows it when both do, not one part after another."""
        for pane in self.panes.values():
            if pane.view is not None:
                pane.view.set_theme(theme)
        self._repaint_sync.prolong(_THEME_MS)

    def reset(self) -> None:
        """Show everything again in both views."""
        for pane in self.panes.values():
            pane.reset()

    def picture_views(self) -> dict[int, View2D | Camera]:
        """Return what each shown view looks at, by its dimensions."""
        looked_at = {dims: view.picture_view() for dims, view in self._shown_views().items()}
        return {dims: view for dims, view in looked_at.items() if view is not None}

    def is_current(self) -> bool:
        """Return whether the picture of every view that is shown is of the present step."""
        return all(view.is_current() for view in self._shown_views().values())

    def focused_dims(self) -> int | None:
        """Return the dimensions of the view that has the keyboard; None if none has."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((d for d, p in self.panes.items() if p.view is not None and p.isAncestorOf(focus)), None)

    def focus_legend(self) -> bool:
        """Give the keyboard to the colour key of the view in use, else of the first shown; False without a choice."""
        shown = self._shown_views()
        for dims in sorted(shown, key=lambda d: d != self.focused_dims()):
            cursor = shown[dims].legend_cursor
            if cursor is not None and cursor.enter():
                return True
        return False

    def focus_first_view(self) -> None:
        """Give the keyboard to the first view that is shown."""
        view = next(iter(self._shown_views().values()), None)
        if view is not None:
            view.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def dispose(self) -> None:
        """End what views have at work; called before the window goes."""
        for pane in self.panes.values():
            if pane.view is not None:
                pane.view.dispose()
            pane.view = None

    def _shown_views(self) -> dict[int, View]:
        return {dims: pane.view for dims, pane in self.panes.items() if pane.view is not None and not pane.isHidden()}

    @property
    def map_fraction(self) -> float:
        """Share of the room that the map has beside the 3-D view."""
        return self._map_fraction

    @map_fraction.setter
    def map_fraction(self, share: float) -> None:
        self._map_fraction = min(max(share, 0.1), 0.9)
        self._set_pane_widths()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._repaint_sync.set_window(self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_pane_widths()

    def _on_splitter_moved(self) -> None:
        left, right = self.sizes()
        if left and right:
            self._map_fraction = left / (left + right)

    def _set_pane_widths(self) -> None:
        if self._session.state.layout is Layout.BOTH:
            left = round(self.width() * self._map_fraction)
            self.setSizes([left, self.width() - left])

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
