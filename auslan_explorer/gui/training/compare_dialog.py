"""Dialog that compares runs: their maps with a linked selection, and a table of their settings and metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QColor
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

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.identity import own_map_name, splits_known
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import DECLARED, Pointed, Session, SessionState
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.style import UNIT, current_theme, font, scaled
from auslan_explorer.gui.training.apply_run import RunApplier
from auslan_explorer.gui.training.run_text import ComparisonLine, OwnMap, comparison_lines
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.views.view import View
from auslan_explorer.gui.widgets.page import ROW_HEIGHT, PendingResult, muted_label
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.table_copy import TableCopy
from auslan_explorer.training.alignment import laid_over
from auslan_explorer.training.runs import RunInfo
from auslan_explorer.workflows.runs import measure_own_map

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
    """The map of one run, or the one that the network came with, under its name."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.view: View | None = None
        self.link: LinkedSession | None = None
        title = QLabel(name, self)
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
        Empty if the runs differ in their number of dimensions, or belong to a network that is not open. All are
        turned, mirrored and scaled to lie as the first does.
    own_pane : MapPane or None
        The map that the network came with, in front of the others.
    table : QTableWidget
    only_differences, with_own : QCheckBox
        `with_own` adds the map that the network came with, in front; a single run always has it beside it.
    """

    def __init__(
        self, session: Session, runs: Sequence[RunInfo], applier: RunApplier, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(tr("Compare runs"))
        self._session = session
        self._runs, self._jobs = tuple(runs), jobs
        self._own: Projection | None = None
        if runs[0].belongs_to(session.activations) and len({run.dims for run in runs}) == 1:
            self._own = session.activations.projections.get(runs[0].dims)
        self._own_map = OwnMap(own_map_name(session.activations), {}, "")
        self._loaded: dict[MapPane, Projection] = {}
        self.panes: list[MapPane] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        column.addWidget(parts)
        self.with_own = QCheckBox(self._own_map.name, self)
        self.with_own.setToolTip(tr("Show the map that this network came with beside them"))
        self.with_own.setChecked(len(runs) == 1)
        self.with_own.setVisible(self._own is not None and len(runs) > 1)
        self.with_own.toggled.connect(self._show_own)
        self.own_pane: MapPane | None = None
        self._measuring: Job | None = None
        self.unmeasured = muted_label("", self)
        self._add_maps(runs, applier, parts)
        below = QWidget(self)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT)
        lower.setSpacing(UNIT // 2)
        self.only_differences = QCheckBox(tr("Only what differs"), self)
        self.only_differences.toggled.connect(self._fill_table)
        top = QHBoxLayout()
        top.addWidget(muted_label(_hint(runs, session.activations), self), 1)
        top.addWidget(self.with_own)
        top.addWidget(self.only_differences)
        lower.addLayout(top)
        lower.addWidget(self.unmeasured)
        self.unmeasured.hide()
        self.table = _table(self)
        TableCopy(self.table)
        RowHover(self.table)
        lower.addWidget(self.table)
        parts.addWidget(below)
        self._show_own()
        room = self.screen().availableGeometry()
        self.resize(min(1100, room.width() - 80), min(860 if self.panes else 560, room.height() - 80))
        if self.panes:
            parts.setSizes([self.height() * 3 // 5, self.height() * 2 // 5])
        session.data_changed.connect(self._on_data_changed)
        applier.failed.connect(self._show_error)

    def _add_maps(self, runs: Sequence[RunInfo], applier: RunApplier, parts: QSplitter) -> None:
        of_open = runs[0].belongs_to(self._session.activations)
        if not of_open or len({run.dims for run in runs}) > 1 or len(runs) > MOST_MAPS:
            return
        row = QSplitter(Qt.Orientation.Horizontal, self)
        row.setHandleWidth(1)
        row.setChildrenCollapsible(False)
        if self._own is not None:
            self.own_pane = MapPane(self._own_map.name, self)
            row.addWidget(self.own_pane)
        for info in runs:
            pane = MapPane(info.name, self)
            row.addWidget(pane)
            self.panes.append(pane)
        row.setSizes([100] * row.count())
        parts.addWidget(row)
        for pane, info in zip(tuple(self.panes), runs, strict=True):
            applier.load_then(info, partial(self._on_loaded, pane))

    def _on_loaded(self, pane: MapPane, projection: Projection) -> None:
        """Show a map that was read; all wait for the first, which the others are laid over."""
        self._loaded[pane] = projection
        if not self.panes or self.panes[0] not in self._loaded:
            return
        target = self._loaded[self.panes[0]] if self._own is None else self._own
        for each, read in self._loaded.items():
            if each in self.panes and each.view is None:
                each.show_map(self._session, read if read is target else laid_over(read, target))

    def _show_own(self) -> None:
        shown = self._own is not None and self.with_own.isChecked()
        pane = self.own_pane
        if pane is not None:
            pane.setVisible(shown)
            if shown and pane.view is None and self._own is not None:
                pane.show_map(self._session, self._own)
        if shown and not self._own_map.metrics and self._measuring is None:
            measuring = partial(measure_own_map, self._session.activations, self._runs[0])
            self._measuring = self._jobs.start(
                tr("Measuring {0}", self._own_map.name), measuring, makes_something=False
            )
            self._measuring.done.connect(self._on_own_measured)
            self._measuring.failed.connect(self._on_own_unmeasured)
        self._fill_table()

    def _on_own_measured(self, metrics: Mapping[str, Any]) -> None:
        self._own_map = replace(self._own_map, metrics=metrics)
        self._fill_table()

    def _show_error(self, sentence: str) -> None:
        for pane in self.panes:
            pane.show_error(sentence)

    def _on_own_unmeasured(self, sentence: str, _details: str) -> None:
        self.unmeasured.setText(tr("{0} could not be measured: {1}", self._own_map.name, sentence))
        self.unmeasured.show()

    def _fill_table(self) -> None:
        own = self._own_map if self._own is not None and self.with_own.isChecked() else None
        lines = comparison_lines(self._runs, own, splits_known=splits_known(self._session.activations))
        wanted = [line for line in lines if line.differs or not self.only_differences.isChecked()]
        names = [*([] if own is None else [own.name]), *(run.name for run in self._runs)]
        _set_columns(self.table, names)
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
        panes, self.panes = [*self.panes, *([] if self.own_pane is None else [self.own_pane])], []
        self.own_pane = None
        self._loaded.clear()
        for pane in panes:
            pane.dispose()


def _hint(runs: Sequence[RunInfo], activations: Activations) -> str:
    if not runs[0].belongs_to(activations):
        return tr("These maps are of another network than the one that is open, so they are not drawn.")
    if len({run.dims for run in runs}) > 1:
        return tr("Maps of other dimensions cannot stand beside each other. ≠ marks what differs.")
    if len(runs) > MOST_MAPS:
        return tr("Maps of up to {0} runs are drawn. ≠ marks what differs.", MOST_MAPS)
    return tr(
        "The maps are turned, mirrored and scaled to lie alike. What is selected on one is selected on all. "
        "≠ marks what differs, ★ the better figure."
    )


def _table(parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, 1, parent)
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
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return table


def _set_columns(table: QTableWidget, names: Sequence[str]) -> None:
    table.setColumnCount(len(names) + 1)
    table.setHorizontalHeaderLabels(["", *names])
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)


def _fill_row(table: QTableWidget, row: int, line: ComparisonLine) -> None:
    head = QTableWidgetItem(f"≠ {line.text}" if line.differs else line.text if line.heading else f"   {line.text}")
    head.setFont(font(strong=line.heading or line.differs))
    table.setItem(row, 0, head)
    for column, value in enumerate(line.values, start=1):
        best = column - 1 in line.best
        item = QTableWidgetItem(f"★ {value}" if best else value)
        item.setFont(font(strong=best or (line.differs and not line.best), tabular=True))
        if best:
            item.setForeground(QColor(*current_theme().accent))
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(tr("{0}, the better figure", value) if best else value)
        table.setItem(row, column, item)
