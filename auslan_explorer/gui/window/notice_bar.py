"""Bar above the views with a notice that stays until it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT


class NoticeBar(QFrame):
    """Bar with a notice; hidden while empty."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("caption")
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.setAccessibleName(tr("Close this notice"))
        self.close_button.setFlat(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(lambda: self.show_sentence(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT)
        row.setSpacing(2 * UNIT)
        row.addWidget(self.text, 1)
        row.addWidget(self.close_button)
        self.hide()

    def append_sentence(self, sentence: str) -> None:
        """Append a sentence to the notice."""
        if sentence:
            self.show_sentence(f"{self.text.text()} {sentence}".strip())

    def remove_sentence(self, sentence: str) -> None:
        """Take a sentence out of the notice, if it is there."""
        if sentence and sentence in self.text.text():
            self.show_sentence(" ".join(self.text.text().replace(sentence, "").split()))

    def show_sentence(self, sentence: str) -> None:
        """Replace the notice; an empty one hides the bar."""
        self.text.setText(sentence)
        self.setVisible(bool(sentence))
