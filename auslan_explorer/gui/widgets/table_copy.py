"""Copies tables whole: every row with its header, separated by tabs, as spreadsheets read them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import tr

_ROLE = Qt.ItemDataRole


def table_text(table: QTableView) -> str:
    """Return a table's header and rows in the order shown, cells separated by tabs and rows by line breaks.

    Hidden rows are left out. A header without any text is, too.
    """
    model = table.model()
    columns = range(model.columnCount())
    titles = [_title(table, column) for column in columns]
    lines = [titles] if any(titles) else []
    for row in range(model.rowCount()):
        if not table.isRowHidden(row):
            lines.append([_value(model.index(row, column)) for column in columns])
    return "\n".join("\t".join(line) for line in lines)


def _title(table: QTableView, column: int) -> str:
    """Return the title of a column; of one whose header is empty, the name that it has for screen readers."""
    model = table.model()
    for role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
        text = model.headerData(column, Qt.Orientation.Horizontal, role)
        if role is _ROLE.DisplayRole and table.horizontalHeader().isHidden() and str(text) == str(column + 1):
            return ""  # Qt's own number, which is not shown
        if text:
            return _cell(text)
    return ""


def _value(index: QModelIndex) -> str:
    """Return the text of a cell; 1 or 0 for a check box without a text."""
    text, checked = index.data(_ROLE.DisplayRole), index.data(_ROLE.CheckStateRole)
    if text is None and checked is not None:
        return str(int(Qt.CheckState(checked) is Qt.CheckState.Checked))
    return _cell(text)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


class TableCopy(QObject):
    """Gives a table Ctrl+C and a context menu, by both of which it is copied whole.

    Parameters
    ----------
    table : QTableView
        It is the parent, too.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.installEventFilter(self)
        if table.contextMenuPolicy() is Qt.ContextMenuPolicy.DefaultContextMenu:
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            table.customContextMenuRequested.connect(self._open_menu)

    def copy(self) -> None:
        """Put the whole table on the clipboard."""
        QGuiApplication.clipboard().setText(table_text(self._table))

    def add_to(self, menu: QMenu) -> None:
        """Add an entry that copies the table to a menu."""
        menu.addAction(icons.icon("copy"), tr("Copy the table"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy the table on Ctrl+C."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.copy()
                return True
        return False

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self._table)
        self.add_to(menu)
        open_menu(menu, self._table.viewport(), at)


def open_menu(menu: QMenu, on: QWidget, at: QPoint) -> None:
    """Open a menu at a position within a widget; it is deleted once it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(on.mapToGlobal(at))
