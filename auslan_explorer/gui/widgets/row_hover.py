"""Tints the whole row of a table under the pointer, as a click takes or an eye reads the whole row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import QHoverEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView


class RowHover(QStyledItemDelegate):
    """Delegate that draws every cell of the row under the pointer as Qt draws the one cell.

    Parameters
    ----------
    table : QTableView
        It is the parent, too, and gets this delegate.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._row = -1
        table.viewport().installEventFilter(self)
        table.setItemDelegate(self)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.row() == self._row:
            option.state |= QStyle.StateFlag.State_MouseOver

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.HoverLeave:
            self._set_row(-1)
        elif isinstance(event, QHoverEvent):
            self._set_row(self._table.rowAt(round(event.position().y())))
        return False

    def _set_row(self, row: int) -> None:
        if row != self._row:
            self._row = row
            self._table.viewport().update()
