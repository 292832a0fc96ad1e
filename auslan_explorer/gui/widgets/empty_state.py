"""Placeholder for a pane that has nothing to show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow

_SIZE = 40


class _Picture(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icons.icon(name, "muted")
        self.setFixedHeight(_SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())


class EmptyState(QWidget):
    """Icon, title, sentence and buttons for what can be done.

    Attributes
    ----------
    title, text : QLabel
        The title, and the sentence below it.
    """

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
        self.title, self.text = QLabel(title, self), QLabel(sentence, self)
        self.title.setProperty("type", "title")
        self.text.setProperty("muted", True)
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit()
        buttons = []
        for action in actions:
            button = QPushButton(action.text(), self)
            button.setAccessibleName(action.text().rstrip("…"))
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            buttons.append(button)
        row = ResponsiveRow(self, None, *buttons, None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        layout.setSpacing(UNIT)
        layout.addStretch(1)
        layout.addWidget(_Picture(icon, self))
        layout.addWidget(self.title)
        # Not by alignment: an aligned label keeps its first height, which cuts off its last lines.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.text, 100)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(UNIT)
        layout.addWidget(row)
        layout.addStretch(1)

    def _fit(self) -> None:
        self.text.setMaximumWidth(scaled(UNIT * 52))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def set_text(self, title: str, sentence: str) -> None:
        """Show another title and sentence."""
        self.title.setText(title)
        self.text.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")
