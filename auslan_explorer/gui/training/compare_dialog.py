"""Dialog that compares runs: their maps with a linked selection, and a table of their settings and metrics."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import DECLARED, Pointed, Session, SessionState
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme, font, scaled
from auslan_explorer.gui.training.apply_run import RunApplier
from auslan_explorer.gui.training.run_text import ComparisonLine, comparison_lines
from auslan_explorer.gui.views.panes import VIEWS, View
from auslan_explorer.gui.widgets.page import ROW_HEIGHT, PendingResult, muted_label
from auslan_explorer.gui.widgets.table_copy import TableCopy
from auslan_explorer.training.runs import RunInfo

MOST_MAPS = 4
"""Most maps shown side by side; the table shows any number of runs."""


class LinkedSession:
    """A session on another map that shares selection, pointer and display state with the window's session.

    Attributes
    ----------
    session : Session
        The linked session.
    """

    def __init__(self, main: Session, projection: Projection) -> None:
        self._main = main
        self.session = Session(main.activations, {projection.dims: projection})
        self._copy_state(main.state, self.session)
        # psygnal holds bound methods weakly, so the link ends with its dialog.
        main.changed.connect(self._on_main_changed)
        main.pointed_changed.connect(self._on_main_pointed)
        self.session.changed.connect(self._on_own_changed)
        self.session.pointed_changed.connect(self._on_own_pointed)

    @staticmethod
    def _copy_state(state: SessionState, to: Session) -> None:
        to.update(**{name: getattr(state, name) for name, each in DECLARED.items() if each.shared})

    def _on_main_changed(self, new: SessionState, old: SessionState) -> None:
        self._copy_state(new, self.session)

    def _on_own_changed(self, new: SessionState, old: SessionState) -> None:
        self._copy_state(new, self._main)

    def _on_main_pointed(self, pointed: Pointed | None) -> None:
        self.session.point_at(pointed)

    def _on_own_pointed(self, pointed: Pointed | None) -> None:
        self._main.point_at(pointed)


class MapPane(QWidget):
    """The map of one run, under the run's name."""

    def __init__(self, info: RunInfo, parent: QWidget) -> None:
        super().__init__(parent)
        self.info = info
        self.view: View | None = None
        self.link: LinkedSession | None = None
        title = QLabel(info.name, self)
        title.setFont(font(strong=True))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setMinimumWidth(0)
        self._waiting = PendingResult(self)
        self._waiting.show_waiting(tr("Reading the run."))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(UNIT, UNIT, UNIT, 0)
        self._column.addWidget(title)
        self._column.addWidget(self._waiting)
        self._column.addStretch(1)
        self.setMinimumSize(24 * UNIT, 24 * UNIT)

    def show_map(self, main: Session, projection: Projection) -> None:
        """Show a run's map in a view linked with the window's session."""
        self._waiting.show_sentence("")
        self.link = LinkedSession(main, projection)
        self.view = VIEWS[projection.dims](self.link.session, self)
        self.view.set_theme(current_theme())
        self._column.takeAt(self._column.count() - 1)
        self._column.addWidget(self.view.widget, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the map in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.view is not None:
            self.view.set_theme(current_theme())

    def show_error(self, sentence: str) -> None:
        """Show why there is no map, unless one is shown already."""
        if self.view is None:
            self._waiting.show_sentence(sentence)

    def dispose(self) -> None:
        """Stop the view's background work and release it."""
        if self.view is not None:
            self.view.dispose()
        self.view = self.link = None


class CompareDialog(QDialog):
    """Non-modal dialog with the runs' maps above and the comparison table below.

    Attributes
    ----------
    panes : list of MapPane
        Empty if the runs differ in their number of dimensions.
    table : QTableWidget
    only_differences : QCheckBox
    """

    def __init__(self, session: Session, runs: Sequence[RunInfo], applier: RunApplier, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(tr("Compare runs"))
        self._session = session
        self._lines = comparison_lines(runs)
        self.panes: list[MapPane] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        column.addWidget(parts)
        self._add_maps(runs, applier, parts)
        below = QWidget(self)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT)
        lower.setSpacing(UNIT // 2)
        self.only_differences = QCheckBox(tr("Only what differs"), self)
        self.only_differences.toggled.connect(self._fill_table)
        top = QHBoxLayout()
        top.addWidget(muted_label(_hint(runs), self), 1)
        top.addWidget(self.only_differences)
        lower.addLayout(top)
        self.table = _table([run.name for run in runs], self)
        TableCopy(self.table)
        lower.addWidget(self.table)
        parts.addWidget(below)
        self._fill_table()
        room = self.screen().availableGeometry()
        self.resize(min(1100, room.width() - 80), min(860 if self.panes else 560, room.height() - 80))
        if self.panes:
            parts.setSizes([self.height() * 3 // 5, self.height() * 2 // 5])
        session.data_changed.connect(self._on_data_changed)
        applier.failed.connect(self._show_error)

    def _add_maps(self, runs: Sequence[RunInfo], applier: RunApplier, parts: QSplitter) -> None:
        if len({run.dims for run in runs}) > 1 or len(runs) > MOST_MAPS:
            return
        row = QSplitter(Qt.Orientation.Horizontal, self)
        row.setHandleWidth(1)
        row.setChildrenCollapsible(False)
        for info in runs:
            pane = MapPane(info, self)
            row.addWidget(pane)
            self.panes.append(pane)
        row.setSizes([100] * len(runs))
        parts.addWidget(row)
        for pane in self.panes:
            applier.load_then(pane.info, partial(self._show_map, pane))

    def _show_map(self, pane: MapPane, projection: Projection) -> None:
        if pane in self.panes:
            pane.show_map(self._session, projection)

    def _show_error(self, sentence: str) -> None:
        for pane in self.panes:
            pane.show_error(sentence)

    def _fill_table(self) -> None:
        wanted = [line for line in self._lines if line.differs or not self.only_differences.isChecked()]
        self.table.setRowCount(len(wanted))
        for row, line in enumerate(wanted):
            _fill_row(self.table, row, line)

    def _on_data_changed(self) -> None:
        """Close the dialog when other activations are opened: its maps do not belong to them."""
        self.close()

    def done(self, result: int) -> None:
        self._dispose()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._dispose()
        super().closeEvent(event)

    def _dispose(self) -> None:
        panes, self.panes = self.panes, []
        for pane in panes:
            pane.dispose()


def _hint(runs: Sequence[RunInfo]) -> str:
    if len({run.dims for run in runs}) > 1:
        return tr("Maps of other dimensions cannot stand beside each other. ≠ marks what differs.")
    if len(runs) > MOST_MAPS:
        return tr("Maps of up to {0} runs are drawn. ≠ marks what differs.", MOST_MAPS)
    return tr("What is selected on one map is selected on all. ≠ marks what differs.")


def _table(names: Sequence[str], parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(names) + 1, parent)
    table.setHorizontalHeaderLabels(["", *names])
    table.setAccessibleName(tr("Figures and settings of the runs"))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return table


def _fill_row(table: QTableWidget, row: int, line: ComparisonLine) -> None:
    head = QTableWidgetItem(f"≠ {line.text}" if line.differs else line.text if line.heading else f"   {line.text}")
    head.setFont(font(strong=line.heading or line.differs))
    table.setItem(row, 0, head)
    for column, value in enumerate(line.values, start=1):
        item = QTableWidgetItem(value)
        item.setFont(font(strong=line.differs, tabular=True))
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(value)
        table.setItem(row, column, item)
