"""A table of rows that a click chooses, and whose paths light up in the views while the pointer is over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
    QWidget,
)

from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.core.signs import short_name
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, item_font, scaled
from auslan_explorer.gui.widgets.page import ROW_HEIGHT
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.table_copy import TableCopy, open_menu
from auslan_explorer.gui.widgets.text import plain_tip

_LONGEST_VALUE = 18


@dataclass(frozen=True)
class Row:
    """One row of a `RowList`.

    Attributes
    ----------
    text, value : str
        Left-aligned and right-aligned text.
    select : tuple of int
        Recordings that a click selects.
    step : int or None
        Network step, from 0, that a click goes to; None for none.
    tip : str
        Tooltip; the text itself if empty.
    about : int or None
        The recording that lights up, where a click selects several.
    """

    text: str
    value: str
    select: tuple[int, ...]
    step: int | None = None
    tip: str = ""
    about: int | None = None


class RowList(QTableWidget):
    """Table of rows that a click, Enter or Return chooses; Ctrl+C copies it whole.

    The one recording of a row, or the one that it is about, is pointed at, as by the pointer over a view, while the
    pointer is over the row or the keyboard on it.

    Parameters
    ----------
    name : str
        For screen readers.
    parent : QWidget
    session : Session, optional
        Without it nothing is pointed at, and the context menu has the copying alone.

    Signals
    -------
    chosen(row)
        A `Row` was chosen.
    """

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget, session: Session | None = None) -> None:
        super().__init__(0, 2, parent)
        self.rows: tuple[Row, ...] = ()
        self._session = session
        self._pointed: Pointed | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self._copying = TableCopy(self)
        RowHover(self)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.hide()
        header.setMinimumSectionSize(UNIT)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.cellClicked.connect(lambda row, column: self._choose(row))
        self.setMouseTracking(True)
        self.cellEntered.connect(lambda row, column: self._point_at(row))
        self.currentCellChanged.connect(lambda row, *_: self._point_at(row) if self.hasFocus() else None)
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows and fit the table's height to them."""
        self._point_at(-1)
        self.rows = tuple(rows)
        self.setRowCount(0)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            text, value = QTableWidgetItem(row.text), QTableWidgetItem(short_name(row.value, _LONGEST_VALUE))
            value.setToolTip(plain_tip(row.value) if value.text() != row.value else "")
            text.setToolTip(plain_tip(row.tip or row.text))
            value.setFont(item_font(tabular=True))
            value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(place, 0, text)
            self.setItem(place, 1, value)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.setFixedHeight(scaled(ROW_HEIGHT) * len(rows) + 1)
        self.setVisible(bool(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._choose(self.currentRow())
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._point_at(-1)
        elif isinstance(event, QHelpEvent) and self._tip_repeats(event.pos()):
            # It would only lie over the rows below.
            QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _tip_repeats(self, at: QPoint) -> bool:
        """Return whether the tooltip of a cell says what can be read whole in the cell."""
        index, item = self.indexAt(at), self.itemAt(at)
        if item is None or item.toolTip() != plain_tip(item.text()):
            return False
        return self.sizeHintForIndex(index).width() <= self.visualRect(index).width()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(-1)

    def _choose(self, place: int) -> None:
        if place < len(self.rows):
            self.chosen.emit(self.rows[place])

    def _point_at(self, place: int) -> None:
        """Point at the recording of a row, at the step that the row is about or at its last; elsewhere at nothing."""
        session = self._session
        if session is None:
            return
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        recordings = () if row is None else row.select if row.about is None else (row.about,)
        if len(recordings) == 1:
            (recording,), a = recordings, session.activations
            last = int(a.first_step[recording] + a.lengths[recording]) - 1
            step = None if row is None else row.step
            self._pointed = Pointed(recording, last if step is None else step)
            session.point_at(self._pointed)
        elif self._pointed is not None:
            # What a view points at is left alone.
            if session.pointed == self._pointed:
                session.point_at(None)
            self._pointed = None

    def _open_menu(self, at: QPoint) -> None:
        menu, session, place = QMenu(self), self._session, self.rowAt(at.y())
        if session is not None and 0 <= place < len(self.rows):
            every = tuple(dict.fromkeys(recording for row in self.rows for recording in row.select))
            row = self.rows[place]
            menu.addAction(tr("Select"), lambda: self.chosen.emit(row))
            menu.addAction(tr("Add to the selection"), lambda: _add(session, row.select))
            menu.addAction(tr("Select all of these"), lambda: select(session, every))
            menu.addSeparator()
        self._copying.add_to(menu)
        open_menu(menu, self.viewport(), at)


def _add(session: Session, recordings: tuple[int, ...]) -> None:
    select(session, sorted({*session.state.selected, *recordings}))
