"""Table of a map's figures beside those of principal components and of the article's map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem, QWidget

from auslan_explorer.gui.i18n import current_words, mark, tr
from auslan_explorer.gui.style import UNIT, item_font, scaled
from auslan_explorer.gui.widgets.page import ROW_HEIGHT
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.table_copy import TableCopy
from auslan_explorer.workflows.quality import MapFigures

if TYPE_CHECKING:
    from auslan_explorer.analysis.assessment import Assessment

_OWN_WIDTH, _OTHER_WIDTH = 8 * UNIT, 6 * UNIT
"""Widths in pixels, at 100 %, of the column of this map and of each of the others."""
FIGURES = (
    ("explained_variance", mark("explained variance"), "{:.3f}"), ("mse", mark("squared error"), "{:.3f}"),
    ("last_step_mse", mark("error of last steps"), "{:.3f}"),
    ("trustworthiness", mark("trustworthiness"), "{:.3f}"), ("continuity", mark("continuity"), "{:.3f}"),
    ("knn_accuracy", mark("sign accuracy"), "{:.3f}"),
    ("trustworthiness_elsewhere", mark("trust elsewhere"), "{:.3f}"),
    ("long_steps", mark("torn paths"), "{:.3f}"), ("long_steps_log", mark("torn after log"), "{:.3f}"),
    ("largest_step", mark("largest step"), "{:.3f}"), ("step_correlation", mark("step correlation"), "{:.3f}"),
)  # fmt: skip
"""Name, title and format of each figure."""


class FigureTable(QTableWidget):
    """Figures of a map, three to a row; where large text leaves no room beside a name, they stand below it.

    Attributes
    ----------
    below : bool
        Whether each name has a row of its own, with the figures in the row below it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 4, parent)
        self.below = False
        self._found: MapFigures | None = None
        self.setAccessibleName(tr("Figures of the map beside principal components"))
        self.setHorizontalHeaderLabels(["", "", "", ""])
        self.setShowGrid(False)
        # Names need more width than figures.
        self.setStyleSheet("QTableView::item { padding: 0 2px; } QHeaderView::section { padding: 4px 6px; }")
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(False)
        for column, title in enumerate((tr("this map"), tr("PCA"), tr("article")), 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head = QTableWidgetItem(title)
            head.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, head)
        head.setToolTip(
            tr("The article’s own map of its own network’s hidden states, on all recordings; 12 neighbours")
        )
        TableCopy(self)
        RowHover(self)
        self.fit_to_text()

    def show_figures(self, found: MapFigures | None) -> None:
        """Show what was measured; dashes where nothing is known."""
        self._found = found
        self.setColumnHidden(3, not current_words().of_signs)
        self.clearSpans()
        self.setRowCount(len(FIGURES) * (2 if self.below else 1))
        for place, (name, title, how) in enumerate(FIGURES):
            row = 2 * place if self.below else place
            self._set_cell(row, 0, tr(title))
            if self.below:
                self.setSpan(row, 0, 1, 4)
                row += 1
            own, pca, told = (None, None, None) if found is None else (found.own, found.pca, found.published.get(name))
            self._set_cell(row, 1, _figure(own, name, how))
            self._set_cell(row, 2, _figure(pca, name, how))
            self._set_cell(row, 3, "–" if told is None else how.format(told))

    def fit_to_text(self) -> None:
        """Fit rows and columns to the text size and to the room."""
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        own, other = scaled(_OWN_WIDTH), scaled(_OTHER_WIDTH)
        names = max(self.fontMetrics().horizontalAdvance(tr(title)) for _, title, _ in FIGURES) + 2 * UNIT
        least = own - scaled(UNIT) + 2 * other
        self.setMinimumWidth(least)
        self.below = self.width() < names + own + 2 * other
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        # A name below which the figures stand spans all columns and needs none of its own.
        header.setSectionResizeMode(0, modes.Fixed if self.below else modes.Stretch)
        if self.below:
            header.resizeSection(0, 0)
        for column in (1, 2, 3):
            header.resizeSection(column, other if column > 1 else min(own, self.width() - 2 * other))
        self.show_figures(self._found)
        self.setFixedHeight(scaled(ROW_HEIGHT) * (self.rowCount() + 1) + UNIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_to_text()

    def _set_cell(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        if column:
            item.setFont(item_font(tabular=True, strong=column == 1))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, column, item)


def _figure(one: Assessment | None, name: str, how: str) -> str:
    value = None if one is None else getattr(one.quality, name)
    return "–" if value is None or value != value else how.format(value)
