"""What the 3-D pane shows where there is no scene: an empty or a failed state, designed like any other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auslan_explorer.draw.theme import BODY, TITLE, Theme
from auslan_explorer.gui.style import scaled


class Message(QWidget):
    """What stands in place of the scene where there is none: a title and a sentence or two."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.text = QLabel(self), QLabel(self)
        # A column of its own, no alignment: an aligned label that wraps its words is given too little height.
        column, text = QHBoxLayout(self), QWidget(self)
        text.setMaximumWidth(scaled(440))
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        column.addWidget(text, 100)
        column.addStretch(1)
        lines = QVBoxLayout(text)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addStretch(2)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            lines.addWidget(label)
        lines.addStretch(3)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def say(self, title: str, text: str) -> None:
        """Write a title and what to do."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(f"{title}. {text}")

    def set_theme(self, theme: Theme) -> None:
        """Change to the light or the dark look."""
        background, foreground, muted = (
            "rgb({}, {}, {})".format(*c) for c in (theme.background, theme.foreground, theme.muted)
        )
        self.setStyleSheet(f"Message {{ background: {background}; }} QLabel {{ background: transparent; }}")
        self.title.setStyleSheet(f"color: {foreground}; font-size: {scaled(TITLE)}px; font-weight: 600;")
        self.text.setStyleSheet(f"color: {muted}; font-size: {scaled(BODY)}px;")
