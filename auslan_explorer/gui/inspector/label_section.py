"""The label check: a list of recordings whose neighbours or answer speak against their label, computed on request."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from auslan_explorer.analysis.label_check import Doubt, sessions_known
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import Heading, Page, PendingResult, muted_label
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.text import format_count, recording_title, short_title
from auslan_explorer.workflows.label_check import check_labels, held_out_answers, known_doubts

MOST_ROWS = 60
HELD_OUT = mark("The answer is that of a network that had not seen the recording’s session.")
OWN_ANSWERS = mark(
    "The answer is this network’s own, also where it was trained with the recording and may know its label by heart."
)
TWO_SIGNS = mark("It needs two signs to compare.")
ABOUT = mark(
    "Two witnesses are asked about each label: the ten nearest recordings, of other sessions where these are known, by "
    "dynamic time warping of hidden states, most of which should be of the same sign (Wilson 1972), and the answer of "
    "a network that had not seen this session, or, where there is none, of this network. First stand those that both "
    "speak against; the number beside each is how many of the nearest are of its own sign. A "
    "doubt is a reason to look at the recording, not a proof: a label may be right and the recording odd, and a "
    "network that was trained with a wrong label may know it by heart. A sign that is named wrongly in all of its "
    "recordings is not found (Northcutt et al. 2021 on wrong labels in common test sets). A click selects the "
    "recording and the nearest of the other sign, to see them beside each other."
)


class LabelSection(Page):
    """Recordings whose labels are in doubt; what was computed before, or ships, is there at once."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: Job | None = None
        self._sought = False
        self.doubts: list[Doubt] | None = None
        self.held_out = False
        inner = self.inner
        self.check = QPushButton(tr("Check labels"), inner)
        self.check.setAccessibleName(tr("Check labels"))
        self.pending = PendingResult(inner)
        self.counted = muted_label("", inner)
        self.rows = RowList(tr("Labels in doubt"), inner, session)
        self.column.setContentsMargins(0, 0, UNIT, UNIT)
        self.add(Heading(tr("Labels in doubt"), inner, tr(ABOUT), self.check), self.pending, self.counted, self.rows)
        self.column.addStretch(1)
        self.check.clicked.connect(self._start)
        self.pending.again.connect(self._start)
        self.rows.chosen.connect(lambda row: select(session, row.select))
        session.data_changed.connect(self._reset)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _reset(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job, self._sought, self.doubts = None, False, None
        self.pending.show_sentence("")
        self._show()
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        """Show what was found before, once it is seen."""
        a = self._session.activations
        if not self._sought and len(a) and a.classified:
            self._sought, self.doubts, self.held_out = True, known_doubts(a), held_out_answers(a) is not None
            self._show()

    def _start(self) -> None:
        if self._job is not None and self._job.running:
            return
        self.pending.show_waiting(tr("Comparing all paths…"))
        work = partial(check_labels, self._session.activations)
        self._job = self._jobs.start(tr("Comparing all paths"), work, makes_something=False)
        self._job.done.connect(self._on_checked)
        self.pending.show_job(self._job)

    def _on_checked(self, found: list[Doubt]) -> None:
        self.doubts = found
        self.pending.show_sentence("")
        self._show()

    def _show(self) -> None:
        found, a = self.doubts or [], self._session.activations
        self.check.setVisible(self.doubts is None)
        several = a.classified and len(a.signs) > 1
        self.check.setEnabled(several)
        about = tr("Compare all paths and ask whose neighbours are of another sign; it takes minutes")
        self.check.setToolTip(about if several else tr(TWO_SIGNS))
        self.counted.setVisible(self.doubts is not None)
        both = sum(each.by_neighbours and each.by_answer for each in found)
        text = tr("{0}: in {1} both witnesses speak against the label.", format_count(len(found), "recording"), both)
        if len(found) > MOST_ROWS:
            text += " " + tr("The first {0} are listed.", MOST_ROWS)
        witness = HELD_OUT if self.held_out else OWN_ANSWERS
        self.counted.setText(f"{text if found else tr('No label is in doubt.')} {tr(witness)}")
        self.rows.show_rows([self._row(each) for each in found[:MOST_ROWS]])

    def _row(self, doubt: Doubt) -> Row:
        a = self._session.activations
        other = doubt.sign if doubt.by_neighbours else doubt.answer
        text = f"{short_title(self._session, doubt.recording)} → {isolate(a.names[other])}"
        chosen = (doubt.recording,) if doubt.beside < 0 else (doubt.recording, doubt.beside)
        value = tr("{0} of {1}", doubt.agreeing, doubt.neighbours)
        return Row(text, value, chosen, None, self._tip(doubt), doubt.recording)

    def _tip(self, doubt: Doubt) -> str:
        a, title = self._session.activations, recording_title(self._session, doubt.recording)
        sentence = (
            mark("{0}: among its {2} nearest recordings of other sessions, {1} of its sign")
            if sessions_known(a)
            else mark("{0}: among its {2} nearest recordings, {1} of its sign")
        )
        parts = [tr(sentence, title, doubt.agreeing, doubt.neighbours)]
        if doubt.by_neighbours:
            parts.append(tr("{0} are of {1}", doubt.taking, isolate(a.names[doubt.sign])))
        if doubt.answer >= 0:
            parts.append(self._answer(doubt))
        if doubt.of_answer is None and a.split[doubt.recording] == TRAIN:
            parts.append(tr("it was trained with this recording"))
        if np.isfinite(doubt.ratio):
            parts.append(tr("its own sign is {0:.2f} times as far as the nearest other", doubt.ratio))
        return "; ".join(parts) + "."

    def _answer(self, doubt: Doubt) -> str:
        """Return what the second witness says, and who it is."""
        a, answer = self._session.activations, isolate(self._session.activations.names[doubt.answer])
        if doubt.of_answer is None or doubt.of_label is None:
            return tr("the network answers {0}", answer)
        text = tr("a network that had not seen this session answers {0} ({1:.0%})", answer, doubt.of_answer)
        if not doubt.by_answer:
            return text
        label = isolate(a.names[a.sign[doubt.recording]])
        return f"{text}, {tr('and {0} with {1:.0%}', label, doubt.of_label)}"
