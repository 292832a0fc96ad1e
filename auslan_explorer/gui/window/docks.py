"""The docks on the right: added, shown and hidden by object name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QTabBar, QWidget
from shiboken6 import isValid

from auslan_explorer.draw.theme import TITLE
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, font
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.widgets.elided_label import ElidedLabel

WIDTH = 44 * UNIT
"""Initial width in pixels; after that, the user's own."""


class DockHead(QWidget):
    """Title bar of a dock with its title and a close button."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT + UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        title = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self)
        title.setFont(font(TITLE, strong=True))
        title.setText(dock.windowTitle())
        row.addWidget(title, 1)
        name = dock.windowTitle()
        self.close_button = tool_button(self, tr("Hide {0}", name), tr("Hide “{0}”", name), icon="x")
        row.addWidget(self.close_button)


class SideDocks(QObject):
    """The docks that actions show and hide.

    Signals
    -------
    changed()
        A dock was shown or hidden.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._in_front: set[str] = set()
        self._docks: dict[str, QDockWidget] = {}
        self._width = WIDTH
        self._on_show: dict[str, Callable[[], None]] = {}

    def add(self, dock: QDockWidget, on_show: Callable[[], None] | None = None, beside: str = "") -> None:
        """Add a hidden dock on the right, known by its object name.

        Parameters
        ----------
        dock : QDockWidget
            Without a title bar of its own it gets a `DockHead`.
        on_show : callable, optional
            Called whenever an action has shown the dock, for example to set its height.
        beside : str
            Object name of the dock that it shares a place with, as tabs.
        """
        self._docks[dock.objectName()] = dock
        if on_show is not None:
            self._on_show[dock.objectName()] = on_show
        if beside:
            self._window.tabifyDockWidget(self._docks[beside], dock)
        else:
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        if dock.titleBarWidget() is None:
            head = DockHead(dock)
            head.close_button.clicked.connect(partial(self.show, dock.objectName(), False))
            dock.setTitleBarWidget(head)
        dock.hide()
        dock.visibilityChanged.connect(partial(self._on_visibility_changed, dock.objectName()))

    def shown(self, name: str) -> bool:
        """Return whether a dock is shown, even behind another one's tab."""
        return not self._docks[name].isHidden()

    def show(self, name: str, shown: bool = True) -> None:
        """Show or hide a dock; a shown dock is raised above those it shares tabs with."""
        dock = self._docks[name]
        alone = not any(each.isVisible() and not each.isFloating() for each in self._docks.values() if each is not dock)
        if not shown and alone and dock.isVisible():
            self._width = dock.width()
        dock.setVisible(shown)
        if shown:
            if alone and not dock.isFloating():
                # Otherwise the widest of the tabbed docks sets the width, and the map gets only the rest.
                self._window.resizeDocks([dock], [self._width], Qt.Orientation.Horizontal)
            dock.raise_()
            if name in self._on_show:
                self._on_show[name]()
        self.changed.emit()

    def toggle(self, name: str) -> None:
        """Hide a dock that is in front; show any other, including one behind another tab."""
        self.show(name, name not in self._in_front)

    def _on_visibility_changed(self, name: str, in_front: bool) -> None:
        (self._in_front.add if in_front else self._in_front.discard)(name)
        if not isValid(self._window):
            return  # the closing window hides its docks one by one
        # Qt creates the tab bars of docks on demand, without an accessible name.
        for tabs in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            tabs.setAccessibleName(tr("Docks that share a place"))
        self.changed.emit()
