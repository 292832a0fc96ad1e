"""What stands below the search field: what is wrong with a filter, and a button that selects what was found."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.search import Found
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.shortcut_override import keep_keys
from auslan_explorer.gui.signs.search import recordings_text, search_recordings


class SearchFeedback(QWidget):
    """Runs the search of the list of signs, and says what came of it.

    Signals
    -------
    found(signs)
        Which signs to list; not sent while a filter is wrong.
    went_wrong()
        The text cannot be meant so: what was said of an earlier one holds no longer.
    """

    found = Signal(object)
    went_wrong = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._result: Found | None = None
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.setFlat(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(self.button)
        self.button.clicked.connect(self.select)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_sentence("")
        self._show_select_button()

    def search(self, text: str) -> None:
        """Search, and say what is wrong with the text or offer to select what it finds."""
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
        """Select what was found."""
        if self._result is not None and self._result.recordings.any():
            select(self._session, np.flatnonzero(self._result.recordings))

    @property
    def filters(self) -> bool:
        """Whether recordings were asked for, not only names."""
        return self._result is not None and self._result.filters

    def _show_sentence(self, sentence: str, *, wrong: bool = False) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.sentence.setProperty("wrong", wrong)
        self.sentence.setProperty("muted", not wrong)
        # A property's rule is applied when the style is.
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)

    def _show_select_button(self) -> None:
        count = 0 if self._result is None else int(self._result.recordings.sum())
        self.button.setVisible(count > 0)
        self.button.setText(said("Select {0}", recordings_text(count)))
        self.button.setAccessibleName(self.button.text())
        self.button.setToolTip(self.tr("Light them up on the map (Ctrl+Return in the search field)"))
