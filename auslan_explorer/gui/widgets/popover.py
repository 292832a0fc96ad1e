"""Popover: a small frame that opens beside a button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from auslan_explorer.gui.style import UNIT


class Popover(QFrame):
    """Frame that a click outside or Escape closes; it scrolls if it is higher than the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_below(self, anchor: QWidget, *, left: bool = False) -> None:
        """Show the popover below a button, right edges (or left ones) aligned, within the screen."""
        self._fit(anchor)
        self._open(anchor, QPoint(0 if left else anchor.width() - self.width(), anchor.height() + UNIT // 2))

    def open_above(self, anchor: QWidget) -> None:
        """Show the popover above a button, left edges aligned, within the screen."""
        self._fit(anchor)
        self._open(anchor, QPoint(0, -self.height() - UNIT // 2))

    def _fit(self, anchor: QWidget) -> None:
        # Not `adjustSize`, which stops at two thirds of the screen and cuts the rest off.
        layout = self.layout()
        assert layout is not None
        self.ensurePolished()
        width = layout.totalSizeHint().width()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        room = anchor.screen().availableGeometry().height() - 2 * UNIT
        if height > room:
            width += self._make_scrollable(layout)
            height = room
        self.resize(width, height)

    def _make_scrollable(self, content: QLayout) -> int:
        """Move the content into a scroll area, and return the width of its scroll bar."""
        inner, area = QWidget(self), QScrollArea(self)
        inner.setLayout(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.accessibleName())
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(area)
        area.setFocus()
        return area.verticalScrollBar().sizeHint().width() + 2

    def _open(self, anchor: QWidget, corner: QPoint) -> None:
        corner = anchor.mapToGlobal(corner)
        room = anchor.screen().availableGeometry()
        x = max(min(corner.x(), room.right() - self.width() - UNIT), room.left() + UNIT)
        y = max(min(corner.y(), room.bottom() - self.height() - UNIT), room.top() + UNIT)
        self.move(x, y)
        self.show()
