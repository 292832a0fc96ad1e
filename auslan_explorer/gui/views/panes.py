"""The middle of the window: the 2-D map and the 3-D view, side by side or alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from auslan_explorer.core.session import Layout, Session, SessionState
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera, FlatView
from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.gui.shortcut_override import keep_keys
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.views.repaint_sync import OneFrame
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.empty_state import EmptyState

TITLES = {2: to_say("2-D map"), 3: to_say("3-D")}
MAP_SHARE = 0.6
"""The map is the picture; 3-D stands beside it."""

_ALONE = {2: Layout.MAP_2D, 3: Layout.MAP_3D}


class View(Protocol):
    """What a view can do besides following the session."""

    def set_theme(self, theme: Theme) -> None: ...

    def reset_view(self) -> None: ...


ViewMaker = Callable[[Session, QWidget | None], QWidget]


def _make_map(session: Session, parent: QWidget | None) -> QWidget:
    from auslan_explorer.gui.views.map2d.canvas import MapCanvas

    return MapCanvas(session, parent)


def _make_solid(session: Session, parent: QWidget | None) -> QWidget:
    from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

    return Scatter3D(session, parent)


VIEWS: Mapping[int, ViewMaker] = {2: _make_map, 3: _make_solid}
"""What draws in 2 and in 3 dimensions; imported when first shown."""


class ViewPane(QFrame):
    """A view under a slim header. The view is made when the pane is first needed."""

    def __init__(self, dims: int, session: Session, make: ViewMaker, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.dims = dims
        self.view: QWidget | None = None
        self._session = session
        self._make = make
        self._theme = theme
        self._alone_now = False
        title = said(TITLES[dims])
        self._title = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self, quiet=True)
        self._title.setText(title)
        self._alone = self._button(said("Show {0} alone, or both again", title), self._toggle_alone)
        self._reset = self._button(said("Reset the {0} view", title), self.reset)
        header = QFrame(self)
        header.setObjectName("paneHeader")
        row = QHBoxLayout(header)
        row.setContentsMargins(2 * UNIT, 2, UNIT // 2, 2)
        row.setSpacing(0)
        row.addWidget(self._title, 1)
        row.addWidget(self._reset)
        row.addWidget(self._alone)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(header)
        self.setMinimumWidth(20 * UNIT)
        self._draw_icons()

    def _button(self, name: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(button)
        button.clicked.connect(lambda: slot())
        return button

    def make_view(self) -> None:
        """Make the view, if it is not there yet."""
        if self.view is None:
            try:
                self.view = self._make(self._session, self)
            except ImportError as error:
                # Drawing in 3-D needs libraries that a bare system may lack; the rest of the program does not.
                self.view = EmptyState(
                    "cube", said("Nothing to draw with"), said("This view cannot start: {0}.", error), self._theme
                )
            cast("View", self.view).set_theme(self._theme)
            self._layout.addWidget(self.view, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme, in the view too."""
        self._theme = theme
        self._draw_icons()
        if self.view is not None:
            cast("View", self.view).set_theme(theme)

    def reset(self) -> None:
        """Show everything again."""
        if self.view is not None:
            cast("View", self.view).reset_view()

    def _toggle_alone(self) -> None:
        alone = _ALONE[self.dims]
        self._session.update(layout=Layout.BOTH if self._session.state.layout is alone else alone)

    def tell_layout(self, layout: Layout) -> None:
        """Show on the button what it does now."""
        self._alone_now = layout is _ALONE[self.dims]
        self._draw_icons()

    def _draw_icons(self) -> None:
        name = "arrows-in-simple" if self._alone_now else "arrows-out-simple"
        self._alone.setIcon(icons.icon(name, self._theme, self._theme.quiet))
        self._reset.setIcon(icons.icon("frame-corners", self._theme, self._theme.quiet))


class Views(QSplitter):
    """Both panes; which are shown is the session's `layout`."""

    def __init__(
        self, session: Session, theme: Theme, makers: Mapping[int, ViewMaker] = VIEWS, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.panes = {dims: ViewPane(dims, session, make, theme, self) for dims, make in makers.items()}
        for pane in self.panes.values():
            self.addWidget(pane)
        self._share = MAP_SHARE
        self._frame = OneFrame(self)
        self.splitterMoved.connect(self._moved)
        session.changed.connect(self._follow)
        self._arrange(session.state.layout)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        for pane in self.panes.values():
            pane.set_theme(theme)

    def reset(self) -> None:
        """Show everything again in both views."""
        for pane in self.panes.values():
            pane.reset()

    def seen(self) -> dict[int, FlatView | Camera]:
        """Return what each shown view sees, by its dimensions."""
        out = {}
        for dims, pane in self.panes.items():
            ask = getattr(pane.view, "seen", None)
            view = None if ask is None or pane.isHidden() else ask()
            if view is not None:
                out[dims] = view
        return out

    def caught_up(self) -> bool:
        """Return whether every view that is shown has drawn the present step."""
        asked = (getattr(pane.view, "caught_up", None) for pane in self.panes.values() if not pane.isHidden())
        return all(ask() for ask in asked if ask is not None)

    def focused_dims(self) -> int | None:
        """Return the dimensions of the view that has the keyboard; None if none has."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((d for d, p in self.panes.items() if p.view is not None and p.isAncestorOf(focus)), None)

    def enter_key(self) -> bool:
        """Give the keyboard to the colour key of the view in use, else of the first shown; False without a choice."""
        shown = [dims for dims, pane in self.panes.items() if not pane.isHidden()]
        for dims in sorted(shown, key=lambda d: d != self.focused_dims()):
            cursor = getattr(self.panes[dims].view, "key_cursor", None)
            if cursor is not None and cursor.begin():
                return True
        return False

    def take_focus(self) -> None:
        """Give the keyboard to the first view that is shown."""
        view = next((pane.view for pane in self.panes.values() if pane.view is not None and not pane.isHidden()), None)
        if view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """End what views have at work; called before the window goes."""
        for pane in self.panes.values():
            shut = getattr(pane.view, "shut", None)
            if shut is not None:
                shut()
            pane.view = None

    @property
    def share(self) -> float:
        """Share of the room that the map has beside the 3-D view."""
        return self._share

    @share.setter
    def share(self, share: float) -> None:
        self._share = min(max(share, 0.1), 0.9)
        self._give_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._frame.follow(self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _moved(self) -> None:
        left, right = self.sizes()
        if left and right:
            self._share = left / (left + right)

    def _give_room(self) -> None:
        if self._session.state.layout is Layout.BOTH:
            left = round(self.width() * self._share)
            self.setSizes([left, self.width() - left])

    def _follow(self, new: SessionState, old: SessionState) -> None:
        if new.layout is not old.layout:
            self._arrange(new.layout)

    def _paint_together(self, view: QWidget | None) -> None:
        """Let the rest of the window wait for a view that is drawn by a thread of its own."""
        awaits, came = getattr(view, "awaits", None), getattr(view, "came", None)
        if awaits is not None and came is not None:
            awaits.connect(self._frame.wait)
            came.connect(self._frame.go_on)

    def _arrange(self, layout: Layout) -> None:
        for dims, pane in self.panes.items():
            shown = layout in (Layout.BOTH, _ALONE[dims])
            if shown and pane.view is None:
                pane.make_view()
                self._paint_together(pane.view)
            pane.tell_layout(layout)
            pane.setVisible(shown)
        self._give_room()
