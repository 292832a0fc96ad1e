"""Dock that plots the accuracy of each split against the step."""

from __future__ import annotations

from itertools import cycle

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from auslan_explorer.analysis.predictions import EARLY, SplitAccuracy, accuracy_by_step, early_figures
from auslan_explorer.core.clock import time_text
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import Session
from auslan_explorer.core.splits import SPLIT_NAMES
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.page import Heading, Page

ABOUT = (
    "The share of recordings whose answer would be right if they ended at that step; those that have not begun count "
    "as not right. The softmax head was trained on last steps only, so early answers are a hint, not a promise."
)
_TICKS = tuple((share, f"{share:.0%}") for share in (0.0, 0.5, 1.0))
_ROLES = ("truth", "mistake", "foreground")


class AccuracyDock(QDockWidget):
    """Accuracy plot, its summary, and why it is empty if it is.

    Signals
    -------
    asked()
        Predictions are needed for the plot.
    """

    asked = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("How early it knows"), parent)
        self.setObjectName("answers")
        self._session = session
        page = Page(self)
        page.setMinimumSize(32 * UNIT, 20 * UNIT)
        name = tr("Accuracy at each step")
        self.plot = LinePlot(name, page.inner, height=20 * UNIT, title=tr("step"))
        self.plot.step_chosen.connect(lambda step: session.update(step=step))
        self.said = QLabel(page.inner)
        self.said.setWordWrap(True)
        page.add(Heading(tr("Accuracy at each step"), page.inner, tr(ABOUT)), self.plot, self.said)
        page.column.addStretch(1)
        self.setWidget(page)
        session.watch(("alignment",), self.refresh)
        session.watch(("step",), self._show_step)
        session.data_changed.connect(self.refresh)
        session.predictions_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show_step(self) -> None:
        if self.isVisible():
            self.plot.set_step(self._session.state.step)

    def refresh(self) -> None:
        """Update the plot if the dock is visible."""
        if not self.isVisible():
            return
        a, state = self._session.activations, self._session.state
        answers = known_predictions(a)
        known: tuple[SplitAccuracy, ...] = ()
        if not (len(a) and a.predicts_signs and a.classified):
            unsaid = tr("These activations hold no answers of signs at each step.")
            self.said.setText(tr(a.no_probabilities_reason) or unsaid)
        elif answers is None:
            self.said.setText(tr("The answers at each step are being found…"))
            self.asked.emit()
        else:
            known = accuracy_by_step(a, answers, state.alignment)
            self.said.setText("\n".join(self._sentence(each) for each in known))
        lines = [
            Line(tr(each.split), np.arange(len(each.right)), each.right, role)
            for each, role in zip(known, cycle(_ROLES), strict=False)
        ]
        self.plot.setVisible(len(a) > 0 and a.predicts_signs and a.classified)
        seconds = a.seconds_per_step
        title = tr("step, {0}", time_text(seconds)) if seconds > 0 else tr("step")
        self.plot.show_lines(lines, ticks=_TICKS, number_at_zero=1, title=title)
        self.plot.set_step(state.step)
        self.plot.setAccessibleDescription(self.said.text())

    def _sentence(self, known: SplitAccuracy) -> str:
        a = self._session.activations
        answers = known_predictions(a)
        codes = [code for code, name in SPLIT_NAMES.items() if name == known.split]
        rows = np.flatnonzero(np.isin(a.split, codes)) if codes else np.arange(len(a))
        figures = None if answers is None else early_figures(a, answers, known, rows)
        if figures is None:
            return tr("{0}: no recording has a step.", tr(known.split))
        text = tr(
            "{0}: {1:.1%} right in the end; half of the answers settle within {2:.0%} of a recording",
            tr(known.split),
            known.right[-1],
            figures.settled_share,
        )
        if figures.mostly_known is not None and self._session.state.alignment is Alignment.NETWORK:
            text += tr(
                ", and {0:.0%} of what is right in the end is right by step {1}", EARLY, figures.mostly_known + 1
            )
        return text + "."
