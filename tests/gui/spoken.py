"""Every text that a window shows or tells: of widgets, actions, tooltips, headers, rows and menus."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.sign_words import SIGN_WORDS

_GETTERS = (
    "text", "title", "windowTitle", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription",
    "placeholderText", "iconText",
)  # fmt: skip
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)  # fmt: skip
_ROWS = 60


def spoken(found: dict[str, str] | None = None, beside: QWidget | None = None) -> dict[str, str]:
    """Add every text of what is shown of all windows of the program, and where it was found, and return them.

    Parameters
    ----------
    found : dict of str to str, optional
        What the texts are added to.
    beside : QWidget, optional
        A window that is left out, since its texts are known.
    """
    found = {} if found is None else found
    for window in QApplication.topLevelWidgets():
        for thing in _shown(window) if window is not beside else ():
            for text in texts_of(thing):
                if text not in found:
                    found[text] = f"{type(thing).__name__} {thing.objectName()} in {_home(thing)}"
    return found


def of_signs(texts: dict[str, str]) -> dict[str, str]:
    """Return those of some texts that hold a word of sign language."""
    return {text: where for text, where in texts.items() if SIGN_WORDS.search(text)}


def _shown(widget: QWidget) -> Iterator[QObject]:
    """Yield what is shown of a widget, itself too; what is in a window of its own stands there.

    Actions are shown elsewhere than in their owner, so those of hidden widgets too; those of docks stand in no menu.
    """
    if not widget.isVisible():
        yield from filter(_stands_somewhere, widget.findChildren(QAction))
        return
    left: list[QObject] = [widget]
    while left:
        thing = left.pop()
        if not isinstance(thing, QAction) or _stands_somewhere(thing):
            yield thing
        for child in thing.children():
            if isinstance(child, QWidget) and child.isWindow():
                continue
            if not isinstance(child, QWidget) or child.isVisible():
                left.append(child)
            else:
                yield from filter(_stands_somewhere, child.findChildren(QAction))


def _stands_somewhere(action: QAction) -> bool:
    return action.isVisible() and bool(action.associatedObjects())


@cache
def _getters(kind: type) -> tuple[str, ...]:
    """Return the getters of a kind of thing; what a person writes into a line is no text of the program."""
    typed = issubclass(kind, QLineEdit)
    return tuple(each for each in _GETTERS if hasattr(kind, each) and not (typed and each == "text"))


def _home(thing: QObject) -> str:
    at, names = thing.parent(), []
    while at is not None:
        names.append(at.objectName() or type(at).__name__)
        at = at.parent()
    return " < ".join(names[:5])


def texts_of(thing: Any) -> Iterator[str]:
    """Yield every text of a widget or an action: what it shows, and what it tells of it."""
    for getter in _getters(type(thing)):
        try:
            text = getattr(thing, getter)()
        except (TypeError, RuntimeError):  # an attribute of another kind by that name
            continue
        if isinstance(text, str) and text:
            yield text
    if isinstance(thing, QComboBox):
        yield from (thing.itemText(at) for at in range(thing.count()))
    if isinstance(thing, QTabBar):
        for at in range(thing.count()):
            yield from (thing.tabText(at), thing.tabToolTip(at))
    if isinstance(thing, QAbstractItemView) and not isinstance(thing, QHeaderView) and thing.model() is not None:
        yield from _model_texts(thing)
    if isinstance(thing, QWidget) and isinstance(getattr(thing, "_title", None), str):
        yield thing._title


def _model_texts(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    nowhere = QModelIndex()
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(nowhere)):
        if isinstance(view, QTableView) and view.isColumnHidden(column):
            continue
        for role in _ROLES:
            header = model.headerData(column, Qt.Orientation.Horizontal, role)
            rows = (model.index(row, column).data(role) for row in range(min(model.rowCount(nowhere), _ROWS)))
            yield from (text for text in (header, *rows) if isinstance(text, str))
