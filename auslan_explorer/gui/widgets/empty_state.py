"""Placeholder for a pane that has nothing to show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.style import UNIT, scaled

_SIZE = 40


class _Picture(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icons.icon(name, "muted")
        self.setFixedHeight(_SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())


class EmptyState(QWidget):
    """Icon, title, sentence and buttons for what can be done."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = QLabel(title, self)
        heading.setProperty("type", "title")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = QLabel(sentence, self)
        text.setProperty("muted", True)
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setMaximumWidth(scaled(UNIT * 52))
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        for action in actions:
            button = QPushButton(action.text(), self)
            button.setAccessibleName(action.text().rstrip("…"))
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        layout.setSpacing(UNIT)
        layout.addStretch(1)
        layout.addWidget(_Picture(icon, self))
        layout.addWidget(heading)
        # Not by alignment: an aligned label keeps its first height, which cuts off its last lines.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(text, 100)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(UNIT)
        layout.addLayout(row)
        layout.addStretch(1)
