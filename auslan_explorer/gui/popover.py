"""A small frame that explains something beside its button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from auslan_explorer.gui.style import UNIT


class Popover(QFrame):
    """A click beside it or Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_below(self, anchor: QWidget) -> None:
        """Show it under a button, right edges in line, within the screen."""
        self.adjustSize()
        self._open(anchor, QPoint(anchor.width() - self.width(), anchor.height() + UNIT // 2))

    def open_above(self, anchor: QWidget) -> None:
        """Show it over a button, left edges in line, within the screen."""
        self.adjustSize()
        self._open(anchor, QPoint(0, -self.height() - UNIT // 2))

    def _open(self, anchor: QWidget, corner: QPoint) -> None:
        corner = anchor.mapToGlobal(corner)
        room = anchor.screen().availableGeometry()
        x = min(max(corner.x(), room.left() + UNIT), room.right() - self.width() - UNIT)
        y = min(max(corner.y(), room.top() + UNIT), room.bottom() - self.height() - UNIT)
        self.move(x, y)
        self.show()
