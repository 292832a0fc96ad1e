"""The inspector's lines of step labels: what the step at the cursor is labelled with, among its neighbours."""

from __future__ import annotations

from html import escape

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from auslan_explorer.core.added_labels import all_step_labels
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import Heading

_LETTERS = 44
"""Letters of neighbouring labels on a line, about as many as have room."""
_MOST_BESIDE = 24
MOST_LINES = 6
"""Columns of labels that are shown; a file may hold dozens."""


def line_of(labels: StepLabels, row: int, first: int, stop: int) -> str:
    """Return HTML of the labels around a row, with its own in bold.

    Parameters
    ----------
    labels : StepLabels
    row : int
    first, stop : int
        Rows of the recording.
    """
    here = labels.text(row) or tr("none")
    if not labels.texts:
        return f"<b>{escape(here)}</b>"
    beside = range(max(first, row - _MOST_BESIDE), min(stop, row + _MOST_BESIDE + 1))
    around = {each: labels.text(each) for each in beside if each != row}
    # Characters stand together as they were read; words and tags have spaces between them.
    between = "" if all(len(text) <= 1 for text in around.values()) and len(here) <= 1 else " "
    room = (_LETTERS - len(here)) // 2
    before = between.join(around[each] for each in beside if each < row)[-room:] if room > 0 else ""
    after = between.join(around[each] for each in beside if each > row)[:room] if room > 0 else ""
    return f"{escape(before)}{between}<b><u>{escape(here)}</u></b>{between}{escape(after)}"


class StepLabelLines(QWidget):
    """One line for each column of labels of a recording; hidden where there are none."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.recording = -1
        self.lines = [QLabel(self) for _ in range(MOST_LINES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(Heading(tr("Labels at this step"), self))
        for line in self.lines:
            line.setTextFormat(Qt.TextFormat.RichText)
            line.setWordWrap(True)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            column.addWidget(line)

    def show_recording(self, recording: int) -> None:
        """Show the labels of another recording, at its present step."""
        self.recording = recording
        a = self._session.activations
        self.setVisible(bool(all_step_labels(a)) and int(a.lengths[recording]) > 0)

    def set_step(self, step: int) -> None:
        """Show the labels of a network step, or of the nearest one that the recording has."""
        a = self._session.activations
        if self.isHidden() or not 0 <= self.recording < len(a):
            return
        first, stop = int(a.offsets[self.recording]), int(a.offsets[self.recording + 1])
        row = int(np.clip(first + step - int(a.first_step[self.recording]), first, stop - 1))
        columns = list(all_step_labels(a).items())[:MOST_LINES]
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(columns))
            if place < len(columns):
                name, labels = columns[place]
                line.setText(f"{escape(isolate(name))}: {line_of(labels, row, first, stop)}")
                line.setAccessibleDescription(tr("{0}: {1}", name, labels.text(row) or tr("none")))
