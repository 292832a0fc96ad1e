"""Gives the room of an empty inspector to the map where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow

from auslan_explorer.core.session import Session
from auslan_explorer.gui.style import scaled
from auslan_explorer.gui.window.docks import SideDocks

NARROW = 1200
"""Width of the window, in pixels with text of 100 %, below which an empty inspector is hidden."""


class EmptyInspector(QObject):
    """Hides the inspector while it is empty in a narrow window, and shows it again once it has something to say.

    An inspector that was opened by hand stays until it is emptied or the window is made narrower.
    """

    def __init__(self, session: Session, docks: SideDocks, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._docks, self._window = session, docks, window
        self._yielded = False
        self._narrow = False
        window.installEventFilter(self)
        docks.changed.connect(self._on_docks_changed)
        session.watch(("selected",), self.update_room)

    def fit_to_text(self) -> None:
        """Find out whether the window is narrow, for the text size in force."""
        narrow = self._window.width() < scaled(NARROW)
        if narrow is not self._narrow:
            self._narrow = narrow
            self.update_room()

    def update_room(self) -> None:
        """Hide or show the inspector, by the window's width and the selection."""
        yields = self._narrow and not self._session.state.selected
        if yields and self._docks.shown("inspector"):
            self._docks.show("inspector", False)
            self._yielded = True
        elif self._yielded and not yields:
            self._docks.show("inspector")

    def _on_docks_changed(self) -> None:
        # Whatever is shown now was asked for.
        if any(self._docks.shown(name) for name in self._docks.pages):
            self._yielded = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.fit_to_text()
        return False
