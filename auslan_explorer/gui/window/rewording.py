"""Says every text of the window in the words of the open data, when data with other words are opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QMainWindow, QTabBar, QTableWidget, QTextEdit, QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.core.words import SIGN_LANGUAGE
from auslan_explorer.gui.i18n import set_words, tr_again

_TEXTS = (
    ("text", "setText"), ("title", "setTitle"), ("windowTitle", "setWindowTitle"), ("toolTip", "setToolTip"),
    ("statusTip", "setStatusTip"), ("whatsThis", "setWhatsThis"), ("accessibleName", "setAccessibleName"),
    ("accessibleDescription", "setAccessibleDescription"), ("placeholderText", "setPlaceholderText"),
    ("iconText", "setIconText"),
)  # fmt: skip
"""Methods by which Qt's classes tell a text and take one."""


class Rewording(QObject):
    """Follows the open data's words: `tr` speaks in them from now on, and what it made before is said again.

    To be made before anything else that follows the session's `data_changed`, so that those already speak the new
    words.

    Parameters
    ----------
    session : Session
    window : QMainWindow
        Its widgets, actions and dialogs are walked over.
    """

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._followers: list[Callable[[], object]] = []
        set_words(session.activations.wording)
        session.data_changed.connect(self._follow)

    def then(self, follower: Callable[[], object]) -> None:
        """Have a function called whenever the words have changed, for texts that are put together of several."""
        self._followers.append(follower)

    def end(self) -> None:
        """Speak the words of what ships again, as no data are open any more."""
        set_words(SIGN_LANGUAGE)

    def _follow(self) -> None:
        if not set_words(self._session.activations.wording):
            return
        reword(self._window)
        for follower in self._followers:
            follower()


def reword(root: QWidget) -> None:
    """Say again every text of a widget and of all that is in it, windows of its own too."""
    for thing in (root, *root.findChildren(QObject)):
        if isinstance(thing, QWidget | QAction) or hasattr(thing, "title"):
            _reword_texts(thing)
        if isinstance(thing, QComboBox):
            for at in range(thing.count()):
                _change(thing.itemText(at), partial(thing.setItemText, at))
        elif isinstance(thing, QTabBar):
            for at in range(thing.count()):
                _change(thing.tabText(at), partial(thing.setTabText, at))
                _change(thing.tabToolTip(at), partial(thing.setTabToolTip, at))
        elif isinstance(thing, QTableWidget | QStandardItemModel):
            for at in range(thing.columnCount()):
                _reword_item(thing.horizontalHeaderItem(at))
        elif isinstance(thing, QAbstractTableModel):
            # Such models ask `tr` for each text whenever it is shown.
            thing.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(thing.columnCount(QModelIndex()) - 1, 0))


def _reword_texts(thing: Any) -> None:
    typed = isinstance(thing, QLineEdit | QTextEdit)
    for getter, setter in _TEXTS:
        if (typed and getter == "text") or not (hasattr(thing, getter) and hasattr(thing, setter)):
            continue
        said = getattr(thing, getter)()
        if isinstance(said, str):
            _change(said, getattr(thing, setter))


def _reword_item(item: Any) -> None:
    if item is not None:
        _change(item.text(), item.setText)
        _change(item.toolTip(), item.setToolTip)


def _change(said: str, put: Callable[[str], object]) -> None:
    again = tr_again(said) if said else said
    if again != said:
        put(again)
