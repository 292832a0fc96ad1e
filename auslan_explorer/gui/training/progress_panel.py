"""Panel with a training's losses, figures and outcome."""

from __future__ import annotations

import math
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.training.loss_plot import LossPlot
from auslan_explorer.gui.training.trainer import Phase, TrainingProgress
from auslan_explorer.gui.widgets.page import KeyValueList, link
from auslan_explorer.gui.widgets.progress_bar import show_fraction
from auslan_explorer.gui.widgets.status_label import StatusLabel
from auslan_explorer.gui.widgets.text import format_count

_SAYS = {
    Phase.STARTING: mark("TensorFlow is starting. The map stays usable meanwhile."),
    Phase.STOPPING: mark("Stopping. The best map so far is kept."),
    Phase.MEASURING: mark("Measuring what the map is worth."),
}


_STAGES = {
    "reading": mark("Reading the hidden states. The map stays usable meanwhile."),
    "preparing": mark("Preparing the network. The map stays usable meanwhile."),
    "projecting": mark("Finding the place of every step on the map."),
}


def _sentence(phase: Phase, progress: TrainingProgress) -> str:
    """Return what a training does now, as a sentence."""
    if progress.stage and phase in (Phase.STARTING, Phase.LEARNING):
        return tr(_STAGES[progress.stage])
    if phase in _SAYS:
        return tr(_SAYS[phase])
    if progress.of_rows:
        return tr(
            "Learning from {0} of {1}, drawn by chance. The map follows now and then.",
            format_count(progress.rows, "step"),
            format_count(progress.of_rows, "step"),
        )
    return tr("Learning. The map follows every few epochs.")


def at_most(left: float) -> str:
    """Return an upper limit of seconds as text, rounded up: "at most 90 s"."""
    if left < 5:
        return tr("at most a few seconds")
    if left < 100:
        return tr("at most {0} s", 5 * ceil(left / 5))
    if left <= 2 * 3600:
        return tr("at most {0} min", ceil(left / 60))
    return tr("at most {0} h", ceil(left / 3600))


class ProgressPanel(QWidget):
    """Loss plot, best epoch, times and outcome of a training."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.says = StatusLabel(self)
        self.says.setAccessibleName(tr("State of the training"))
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.plot = LossPlot(self)
        self.facts = KeyValueList((mark("epoch"), mark("best epoch"), mark("an epoch takes"), mark("time left")), self)
        self.unfold = link(tr("Show what it wrote last"), self)
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._show_log)
        self.copy = link(tr("Copy"), self, tr("Put it on the clipboard, for a report"))
        self.log = QPlainTextEdit(self)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.log.toPlainText()))
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setAccessibleName(tr("Last lines of the training’s log"))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setFixedHeight(16 * UNIT)
        buttons = QHBoxLayout()
        buttons.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        for part in (self.says, self.bar, self.plot, self.facts):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self.log)
        self.clear_log()

    def show_progress(self, phase: Phase, progress: TrainingProgress) -> None:
        """Show a training's phase and progress."""
        busy = phase is not Phase.IDLE
        self.bar.setVisible(busy)
        if busy:
            self.clear_log()
            self.plot.show()
            self.facts.show()
            self.says.show_sentence(_sentence(phase, progress))
            show_fraction(self.bar, 1.0 if phase is Phase.MEASURING else progress.fraction)
        self._show_facts(phase, progress)

    def _show_facts(self, phase: Phase, progress: TrainingProgress) -> None:
        best, left = progress.best_epoch, progress.seconds_left
        self.facts.show_values(
            epoch=tr("{0} of at most {1}", progress.epoch, progress.epochs) if progress.epochs else "",
            best_epoch=tr("{0}, validation loss {1:.4g}", best, progress.validation[best - 1])
            if best
            else tr("none yet"),
            an_epoch_takes=format_seconds(progress.epoch_seconds),
            time_left=at_most(left) if left is not None and phase is Phase.LEARNING else "",
        )
        if self.plot.shown != (progress.training, progress.validation, best):
            self.plot.take(progress.training, progress.validation, best)

    def show_outcome(self, sentence: str, *, wrong: bool = False, log: tuple[str, ...] = ()) -> None:
        """Show how a training ended, as a sentence with an optional log to unfold."""
        self.bar.hide()
        self.facts.show_values(time_left="")
        # If it ended before the first epoch, there is nothing to plot.
        for part in (self.plot, self.facts):
            part.setVisible(bool(self.plot.shown[1]))
        self.says.show_sentence(sentence, wrong=wrong)
        self.log.setPlainText("\n".join(log))
        self.unfold.setVisible(bool(log))

    def clear_log(self) -> None:
        """Hide the log of an earlier training."""
        self.unfold.setChecked(False)
        self.unfold.hide()
        self._show_log(False)

    def _show_log(self, shown: bool) -> None:
        self.log.setVisible(shown)
        self.copy.setVisible(shown)
        self.unfold.setText(tr("Hide what it wrote last") if shown else tr("Show what it wrote last"))


def format_seconds(value: float) -> str:
    """Return a duration in seconds as text in seconds or minutes; empty for NaN."""
    if math.isnan(value):
        return ""
    if value < 10:
        return f"{value:.1f} s"
    return f"{value:.0f} s" if value < 100 else tr("{0:.1f} min", value / 60)
