"""Feedback below the search field: errors of filters, and a button that selects the results."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.search import Found
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.search import recordings_text, search_recordings


class SearchFeedback(QWidget):
    """Runs the sign list's search and shows its feedback.

    Signals
    -------
    found(signs)
        Indices of the signs to list; not sent while a filter is not valid.
    went_wrong()
        The text is not valid; earlier feedback no longer applies.
    """

    found = Signal(object)
    went_wrong = Signal()

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._result: Found | None = None
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.setFlat(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.select)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_sentence("")
        self._show_select_button()

    def search(self, text: str) -> None:
        """Search; show what is wrong with the text, or offer to select the results."""
        try:
            result = search_recordings(self._session, text)
        except UserError as error:
            self._result = None
            self._show_sentence(str(error), wrong=True)
            self._show_select_button()
            self.went_wrong.emit()
            return
        self._result = result if text.strip() else None
        self._show_sentence(result.note)
        self._show_select_button()
        self.found.emit(result.signs)

    def select(self) -> None:
        """Select the recordings found."""
        if self._result is not None and self._result.recordings.any():
            select(self._session, np.flatnonzero(self._result.recordings))

    @property
    def filters(self) -> bool:
        """Whether the search has filters on recordings, not only names."""
        return self._result is not None and self._result.filters

    def _show_sentence(self, sentence: str, *, wrong: bool = False) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.sentence.setProperty("wrong", wrong)
        self.sentence.setProperty("muted", not wrong)
        # Style sheet rules on properties are applied only by polishing.
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)

    def _show_select_button(self) -> None:
        count = 0 if self._result is None else int(self._result.recordings.sum())
        self.button.setVisible(count > 0)
        self.button.setText(tr("Select {0}", recordings_text(count)))
        self.button.setAccessibleName(self.button.text())
        self.button.setToolTip(tr("Light them up on the map (Return in the search field)"))
