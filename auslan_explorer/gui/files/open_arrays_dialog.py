"""Dialog that shows what a file of no known kind holds and asks which array is what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.files.array_preview import ArrayPreview
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.array_survey import ARRAY_ROLES, TABLE_ROLES, ArrayInfo, Choice, guess, is_table, list_arrays
from auslan_explorer.workflows.array_preview import preview_points
from auslan_explorer.workflows.opening import Opened, open_request
from auslan_explorer.workflows.reading import Request

_ROLES = {
    "states": (mark("Hidden states"), mark("Sequences × steps × units, or steps × units together with the lengths")),
    "lengths": (mark("Lengths"), mark("Number of real steps of each sequence")),
    "mask": (mark("Mask"), mark("Which steps are real, in place of the lengths")),
    "labels": (mark("Labels"), mark("The class of each sequence, or a label of each step")),
    "outputs": (mark("Outputs"), mark("The network’s probabilities, of each sequence or at each step")),
    "names": (mark("Names"), mark("A name for each sequence")),
    "sequence": (mark("Sequence"), mark("The column that says to which sequence a line belongs")),
    "step": (mark("Step"), mark("The column that puts the lines of a sequence in order")),
}
_MOST_ROWS = 400


class ArraysDialog(TaskDialog):
    """Dialog that lists the arrays of a file and asks which is what; the guess it begins with can be changed.

    Raises
    ------
    UserError
        If the file cannot be read, or holds no arrays.
    """

    def __init__(self, file: Path, jobs: Jobs, parent: QWidget) -> None:
        arrays = list_arrays(file)
        super().__init__(
            tr("What is in {0}", file.name),
            tr("This file is of no kind that is known here. Say which of its arrays is what; nothing in it is run."),
            tr("Open"),
            jobs,
            parent,
        )
        link_to_guide(self, "own-network")
        self._file = file
        self._is_table = is_table(file)
        self.table = _ArrayTable(arrays, self._is_table, self)
        self.form.addRow(self.table)
        guessed = guess(arrays, self._is_table)
        self.boxes: dict[str, QComboBox] = {}
        for role in TABLE_ROLES if self._is_table else ARRAY_ROLES:
            self._add_role(role, arrays, getattr(guessed, role))
        if self._is_table:
            self.form.addRow(QLabel(tr("All other columns of numbers are the hidden states."), self))
        else:
            self.preview = ArrayPreview(self)
            self.put_beside(QLabel(tr("First rows, by principal components"), self), self.preview)
            self.boxes["states"].currentIndexChanged.connect(self._show_preview)
            self._show_preview()
        self.start_button.setFocus()

    def _add_role(self, role: str, arrays: Sequence[ArrayInfo], chosen: str) -> None:
        title, tip = (tr(text) for text in _ROLES[role])
        box = QComboBox(self)
        box.addItem(tr("(none)"), "")
        for each in arrays:
            box.addItem(each.name, each.name)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.setToolTip(tip)
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        self.boxes[role] = box
        self.form.addRow(title, box)

    def choice(self) -> Choice:
        """Return which array the fields say is what."""
        return Choice(**{role: str(box.currentData()) for role, box in self.boxes.items()})

    def _show_preview(self) -> None:
        name = self.choice().states
        if not name:
            self.preview.show_sentence(tr("Choose the hidden states to see them here."))
            return
        self.preview.show_sentence(tr("Reading…"))

        def show(points: np.ndarray) -> None:
            if self.choice().states == name:
                self.preview.show_points(points)

        def refuse(sentence: str, _details: str) -> None:
            if self.choice().states == name:
                self.preview.show_sentence(sentence)

        job = self._jobs.start(
            tr("Looking into {0}", self._file.name), partial(preview_points, self._file, name), makes_something=False
        )
        job.done.connect(show)
        job.failed.connect(refuse)

    def work(self) -> Callable[..., Opened]:
        choice = self.choice()
        if not self._is_table and not choice.states:
            raise UserError(tr("Hidden states: choose the array that holds them first."))
        if choice == Choice():
            raise UserError(tr("Choose at least the column that tells sequences, steps or labels."))
        return partial(open_request, Request(self._file, choice=choice))

    def job_title(self) -> str:
        return tr("Opening {0}", self._file.name)

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        a = cast(Opened, result).activations
        return tr("On the map: {0}, {1}.", format_count(len(a), "sequence"), format_count(a.real_steps, "step")), ()


class _ArrayTable(QTableWidget):
    """Arrays of a file with their shapes and types."""

    def __init__(self, arrays: Sequence[ArrayInfo], columns: bool, parent: QWidget) -> None:
        super().__init__(min(len(arrays), _MOST_ROWS), 3, parent)
        self.setAccessibleName(tr("What is in the file"))
        first = [tr("Column"), tr("First rows")] if columns else [tr("Array"), tr("Size")]
        self.setHorizontalHeaderLabels([*first, tr("Holds")])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        RowHover(self)
        for row, each in enumerate(arrays[:_MOST_ROWS]):
            size = ", ".join((*each.first, "…")) if columns else " × ".join(map(str, each.shape)) or tr("one value")
            for column, text in enumerate((each.name, size, tr(each.kind))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(row, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumWidth(min(header.length() + 8 * UNIT, scaled(70 * UNIT)))

    def sizeHint(self) -> QSize:
        rows = min(self.rowCount(), 6)
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + UNIT
        return QSize(scaled(48 * UNIT), height)
