"""The docks on the right, by name: shown, hidden and themed in one way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from auslan_explorer.draw.theme import Theme


class SideDocks(QObject):
    """Holds the docks that actions show and hide.

    Signals
    -------
    changed()
        One of them was shown or hidden.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        self._on_show: dict[str, Callable[[], None]] = {}

    def add(self, dock: QDockWidget, on_show: Callable[[], None] | None = None, beside: str = "") -> None:
        """Put a dock on the right, hidden; its object name is what it is called here.

        Parameters
        ----------
        dock : QDockWidget
            With a method ``set_theme(theme)``.
        on_show : callable, optional
            Called whenever an action has shown it, to give it its height for example.
        beside : str
            Name of the dock whose place it shares, under a tab each.
        """
        self._docks[dock.objectName()] = dock
        if on_show is not None:
            self._on_show[dock.objectName()] = on_show
        if beside:
            self._window.tabifyDockWidget(self._docks[beside], dock)
        else:
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.hide()
        dock.visibilityChanged.connect(self.changed)

    def shown(self, name: str) -> bool:
        """Return whether a dock is shown, be it behind another one's tab."""
        return not self._docks[name].isHidden()

    def show(self, name: str, shown: bool = True) -> None:
        """Show or hide a dock; one that is shown comes before those it shares its place with."""
        dock = self._docks[name]
        dock.setVisible(shown)
        if shown:
            dock.raise_()
            if name in self._on_show:
                self._on_show[name]()
        self.changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Draw all of them in another look."""
        for dock in self._docks.values():
            dock.set_theme(theme)  # type: ignore[attr-defined]
