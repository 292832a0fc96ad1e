"""Wrapping label for a status sentence or an error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class StatusLabel(QLabel):
    """Wrapping label that is hidden while empty and red for errors."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def show_sentence(self, sentence: str, *, wrong: bool = False) -> None:
        """Replace the sentence; `wrong` marks it as an error, an empty one hides the label."""
        self.setText(f"⚠ {sentence}" if wrong and sentence else sentence)
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(sentence))
