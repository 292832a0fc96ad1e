"""The inspector's section on two signs or two recordings: from which step on their paths part, and what differs."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auslan_explorer.analysis.forks import WINDOW
from auslan_explorer.analysis.warping import step_beside
from auslan_explorer.core.annotations import StepMark
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import isolate
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.attribution_map import GROUP_NAMES
from auslan_explorer.gui.inspector.signal_plot import SignalPlot
from auslan_explorer.gui.inspector.step_axis import LEFT, StepAxis
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.page import Heading, PendingResult, link, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import short_title
from auslan_explorer.workflows.forks import Parted, part_recordings, part_signs

ABOUT = mark(
    "Recordings of a sign are lined up with one of them by dynamic time warping of their hidden states (Sakoe and "
    "Chiba 1978), which gives a mean path and a spread around it at each step; the two mean paths are lined up "
    "likewise. They part at the step from which on they are further apart than both spreads reach, in the space of all "
    "units, not on the map. Two recordings of one sign are held against the spread of that sign. What is named differs "
    "most in the frames up to there, in standard deviations; the network need not go by it, and what the gloves do not "
    "measure cannot be named."
)
_REST_MS = 150
_NAMED = 3
"""Groups of channels that are named."""


class ForkSection(QWidget):
    """Says where two selected signs, or two selected recordings, part; hidden for any other selection.

    Signals
    -------
    step_chosen(recording, step)
        A network step of a recording was clicked.
    """

    step_chosen = Signal(int, int)

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._frames, self._jobs = session, frames, jobs
        self._job: Job | None = None
        self._asked: tuple[str, tuple[int, int]] | None = None
        self.found: Parted | None = None
        self.words = muted_label("", self)
        self.lines = LinePlot(
            tr("How far the two are apart, and how far their spreads reach"), self, height=12 * UNIT, left=LEFT,
            names=True,
        )  # fmt: skip
        self.go = link(tr("go there"), self, tr("Move playback to the step at which they part"))
        self.show_two = link(tr("show one of each"), self, tr("Select one typical recording of each, as for the hands"))
        self.signal = SignalPlot(self)
        self.signal_words = muted_label("", self)
        self.pending = PendingResult(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(Heading(tr("Where they part"), self, tr(ABOUT)))
        row = ResponsiveRow(self, self.go, self.show_two, None)
        for part in (self.pending, self.words, self.lines, row, self.signal_words, self.signal):
            column.addWidget(part)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._start)
        self.go.clicked.connect(self._go)
        self.show_two.clicked.connect(self._show_two)
        self.pending.again.connect(self._start)
        for plot in (self.lines, self.signal):
            plot.step_chosen.connect(self._choose)
        frames.changed.connect(self._restart)
        session.watch(("selected",), self._on_selected)
        session.watch(("step", "alignment"), self._follow)
        session.data_changed.connect(self._clear)
        self.hide()

    def show_selected(self, selected: Selected) -> None:
        """Look where the selected signs or recordings part, if they are two."""
        self._clear()
        self._asked = self._pair_of(selected.rows)
        self.setVisible(self._asked is not None)
        self._restart()

    def _pair_of(self, chosen: np.ndarray) -> tuple[str, tuple[int, int]] | None:
        """Return what is compared: two recordings, of one sign too, or two signs; None where it is neither."""
        a = self._session.activations
        signs = np.unique(a.sign[chosen]).tolist()
        counts = np.bincount(a.sign[a.lengths > 0], minlength=len(a.signs))
        if not a.classified or len(signs) > 2 or any(counts[sign] < 2 for sign in signs):
            return None
        if len(chosen) == 2 and (a.lengths[chosen] > 0).all():
            first, second = sorted(chosen.tolist(), key=lambda each: (a.sign[each], each))
            return "recordings", (first, second)
        return ("signs", (signs[0], signs[1])) if len(signs) == 2 else None

    # ------------------------------------------------------------------------------------------------- job
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._frames.request()
        self._restart()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._cancel()

    def _on_selected(self) -> None:
        """Take the marks from the maps; the inspector then says what is selected now, once it is seen."""
        self._clear()

    def _clear(self) -> None:
        self._cancel()
        self._asked, self.found = None, None
        self._session.mark_steps(())
        for part in (self.words, self.lines, self.go, self.show_two, self.signal, self.signal_words):
            part.hide()
        self.pending.show_sentence("")

    def _cancel(self) -> None:
        self._rest.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _restart(self) -> None:
        if self._asked is not None and self.isVisible():
            self.pending.show_waiting(tr("Lining recordings up…"))
            self._rest.start()

    def _start(self) -> None:
        self._cancel()
        if self._asked is None or not self.isVisible():
            return
        kind, pair = self._asked
        part = part_recordings if kind == "recordings" else part_signs
        work = partial(part, self._session.activations, pair, self._frames.frames_of, self._frames.spreads())
        self.pending.show_waiting(tr("Lining recordings up…"))
        self._job = self._jobs.start(tr("Lining recordings up"), work, makes_something=False)
        self._job.done.connect(self._show)
        self.pending.show_job(self._job)

    # ------------------------------------------------------------------------------------------------- display
    def _show(self, found: Parted) -> None:
        self._job, self.found = None, found
        self.pending.show_sentence("")
        a, fork = self._session.activations, found.fork
        begins = [int(a.first_step[path.reference]) for path in (found.first, found.second)]
        steps = [begin + step for begin, step in zip(begins, fork.steps, strict=True)]
        parted = fork.at >= 0
        names = [isolate(name) for name in self._names(found)]
        if parted:
            sentence = mark(
                "“{0}” and “{1}” go together for {2} of their way and part at step {3} of the one, {4} of the other."
            )
            text = tr(sentence, *names, percent(fork.together), steps[0] + 1, steps[1] + 1)
        else:
            text = tr("“{0}” and “{1}” do not part for good: at their ends they are within the spread of both.", *names)
        self.words.setText(text + self._differences(found, names))
        # One value for each step of the first: of several pairs the last.
        last = np.searchsorted(fork.pairs[:, 0], np.arange(len(found.first.states)), side="right") - 1
        x = begins[0] + np.arange(len(last))
        high = float(max(fork.distance.max(), fork.spread.max())) * 1.05
        self.lines.show_lines(
            [Line(tr("spread"), x, fork.spread[last], "muted"), Line(tr("apart"), x, fork.distance[last], "accent")],
            high=high,
            mark=(steps[0], float(fork.distance[fork.at])) if parted else None,
        )
        self.lines.show()
        self.words.show()
        self.go.setVisible(parted)
        self.show_two.setVisible(len(found.first.recordings) > 1)
        self._show_signal(found)
        # One text for both: they mostly lie side by side.
        texts = (tr("part here"), "")
        ends = zip((found.first, found.second), steps, texts, strict=True)
        marks = [StepMark(path.reference, step, text) for path, step, text in ends]
        self._session.mark_steps(tuple(marks) if parted else ())
        self._follow()

    def _names(self, found: Parted) -> list[str]:
        a = self._session.activations
        if len(found.first.recordings) == 1:
            return [short_title(self._session, path.reference) for path in (found.first, found.second)]
        return [a.names[a.sign[path.reference]] for path in (found.first, found.second)]

    @staticmethod
    def _differences(found: Parted, names: list[str]) -> str:
        """Return what differs most up to there, as further sentences."""
        if not found.differences:
            return ""
        told = []
        for each in found.differences[:_NAMED]:
            name = tr(GROUP_NAMES[each.group.hand, each.group.kind])
            if len(each.group.channels) == 1:
                told.append(tr("{0} ({1:.2f} bent in {2}, {3:.2f} in {4})", name, each.first[0], names[0],
                               each.second[0], names[1]))  # fmt: skip
            else:
                told.append(name)
        return " " + tr("Most different in the steps up to there: {0}.", ", ".join(told))

    def _show_signal(self, found: Parted) -> None:
        frames = [self._frames.frames_of(path.reference) for path in (found.first, found.second)]
        known = frames[0] is not None and frames[1] is not None
        self.signal.setVisible(known)
        self.signal_words.setVisible(known)
        if frames[0] is None or frames[1] is None:
            return
        beside = step_beside(found.fork.pairs, len(frames[0]))
        axis = StepAxis(int(self._session.activations.first_step[found.first.reference]), len(frames[0]))
        self.signal.show_signal(frames[0], axis, frames[1][beside])
        stop = found.fork.steps[0] + 1
        self.signal.set_range(*((max(stop - WINDOW, 0), stop) if found.fork.at >= 0 else (0, 0)))
        titles = [short_title(self._session, path.reference) for path in (found.first, found.second)]
        self.signal_words.setText(tr("Signal of {0}; dashed: {1}, each frame beside the one that fits.", *titles))

    def _follow(self) -> None:
        """Move the cursors to the first recording's present step."""
        if self.found is not None:
            reference = np.array([self.found.first.reference])
            step = int(self._session.state.own_steps(self._session.activations, reference)[0])
            self.lines.set_step(step)
            self.signal.set_step(step)

    # ------------------------------------------------------------------------------------------------- pointer
    def _choose(self, step: int) -> None:
        if self.found is not None:
            self.step_chosen.emit(self.found.first.reference, step)

    def _go(self) -> None:
        if self.found is not None:
            first = self.found.first.reference
            self.step_chosen.emit(first, int(self._session.activations.first_step[first]) + self.found.fork.steps[0])

    def _show_two(self) -> None:
        if self.found is not None:
            select(self._session, tuple(path.reference for path in (self.found.first, self.found.second)))
