"""Table of pairs of signs, which wraps names and drops its last column where large text leaves little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.quality.pair_table import PairModel
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.widgets.page import ROW_HEIGHT
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.table_copy import TableCopy

_ROWS = 9
_WIDTHS = {1: 6, 2: 6, 3: 6}
"""Width of each column of figures, in units at 100 %."""
_BESIDE = {1: 12}
"""Pixels beside the figures of a column, whatever the text size: a distance and its ring are as wide as the column."""
_LAST = max(_WIDTHS)
_NAMES, _WRAPPED_NAMES = 12, 6.5
"""Least width of the names on one line and on two, in units at 100 %."""


class PairTable(QTableView):
    """Pairs of signs; in little room their names stand on two lines, and the tooltip alone tells of their ends.

    Attributes
    ----------
    narrow : bool
    """

    def __init__(self, model: PairModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrow = False
        self.setModel(model)
        self.setAccessibleName(tr("Pairs of signs"))
        self.setShowGrid(False)
        # Names need more width than figures.
        self.setStyleSheet("QTableView::item { padding: 0 2px; } QHeaderView::section { padding: 4px; }")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in _WIDTHS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        TableCopy(self)
        RowHover(self)
        self.fit_to_text()

    def fit_to_text(self) -> None:
        """Fit rows and columns to the text size and to the room."""
        figures, beside = sum(_WIDTHS.values()), sum(_BESIDE.values())
        self.setMinimumWidth(scaled(round((_WRAPPED_NAMES + figures - _WIDTHS[_LAST]) * UNIT)) + beside)
        self.narrow = self.width() < scaled(round((_NAMES + figures) * UNIT)) + beside
        self.setWordWrap(self.narrow)
        self.setColumnHidden(_LAST, self.narrow)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT) * (2 if self.narrow else 1))
        for column, width in _WIDTHS.items():
            self.horizontalHeader().resizeSection(column, scaled(width * UNIT) + _BESIDE.get(column, 0))
        self.setFixedHeight(scaled(ROW_HEIGHT) * (_ROWS + 1) + UNIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_to_text()
