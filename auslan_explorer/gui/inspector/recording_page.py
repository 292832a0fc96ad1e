"""The inspector's page for one recording."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from auslan_explorer.analysis.units import Elsewhere, changed_most
from auslan_explorer.core.selection import position_of_step, select, select_sign
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.probabilities import ABOUT_HEAD, note_of, show_probabilities, tell_outputs
from auslan_explorer.gui.inspector.signal_section import SignalSection
from auslan_explorer.gui.inspector.step_axis import LEFT, StepAxis
from auslan_explorer.gui.inspector.step_label_lines import StepLabelLines
from auslan_explorer.gui.inspector.step_section import StepSection
from auslan_explorer.gui.inspector.unit_heatmap import UnitHeatmap
from auslan_explorer.gui.inspector.what_if_section import WhatIfSection
from auslan_explorer.gui.inspector.why_section import WhySection
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import LinePlot
from auslan_explorer.gui.widgets.page import (
    Heading,
    KeyValueList,
    Page,
    PendingResult,
    WrappingTitle,
    link,
    muted_label,
    title_row,
)
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.text import format_count, recording_details, recording_title, short_title

"""Least width, in pixels, at which the page's plots are legible."""

_ORDERS = (mark("by likeness"), mark("by number"))

_ABOUT_UNITS = (
    "Each row is one unit of the hidden state, each column one step, colour its value. Units that rise and fall "
    "together over all recordings stand together (average linkage on correlation, Sokal and Michener 1958)."
)
_ABOUT_NEAREST = (
    "Dynamic time warping compares whole paths in the space of all units and lets steps stretch, so that slow and fast "
    "recordings can match. 0 means the same path (Shokoohi-Yekta et al. 2017, dependent form)."
)


class RecordingPage(Page):
    """Figures, probabilities, hidden units, and similar recordings and steps of one recording.

    Signals
    -------
    marked(units, change, window)
        A range of steps was marked: indices of the units that change most in it, their change, and its number of steps.
    unmarked()
        The marked range was cleared.
    signbank_asked(sign)
        The link to a sign's page in Signbank was clicked.
    again_nearest()
        Retry the nearest recordings.
    again_elsewhere()
        Retry the search for similar changes.
    """

    marked = Signal(object, object, int)
    unmarked = Signal()
    signbank_asked = Signal(int)
    again_nearest = Signal()
    again_elsewhere = Signal()

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.recording = -1
        self._states = np.zeros((0, 1), dtype=np.float32)
        self._likeness: np.ndarray | None = None
        self._alike: dict[int, tuple[int, int]] = {}
        inner = self.inner
        self._make_top(inner)
        self.facts = KeyValueList(
            (mark("answer"), mark("recorded"), mark("split"), mark("length"), mark("hands")), inner
        )
        # Its steps lie over those of the units below it.
        name = tr("Probability of the leading classes at every step")
        self.lines = LinePlot(name, inner, height=14 * UNIT, left=LEFT, names=True)
        self.no_head = muted_label("", inner)
        self.labels = StepLabelLines(session, inner)
        self.steps = StepSection(session, inner)
        self.order = QComboBox(inner)
        self.order.setAccessibleName(tr("Order of the units"))
        self.order.setToolTip(tr("Order of the units"))
        self.order.addItems([tr(order) for order in _ORDERS])
        self.units = UnitHeatmap(inner)
        self.hint = muted_label("", inner)
        self.signal = SignalSection(session, frames, inner)
        self.what_if = WhatIfSection(session, frames, jobs, self.signal.plot, inner)
        self.why = WhySection(session, frames, jobs, inner)
        self.elsewhere_head = muted_label(tr("Where else they do, and how alike:"), inner)
        self.elsewhere = RowList(tr("Where else these units change alike"), inner, session)
        self.seeking = PendingResult(inner)
        self.nearest = RowList(tr("Nearest recordings"), inner, session)
        self.select_nearest = link(tr("select these"), inner, tr("Select this recording and its nearest ones"))
        self.select_nearest.clicked.connect(self._select_nearest)
        self.comparing = PendingResult(inner)
        self.not_kept = muted_label("", inner)
        self.about_lines = Heading(tr("Probability at each step"), inner, tr(ABOUT_HEAD))
        self.add(
            self.facts,
            self.labels,
            self.about_lines,
            self.lines,
            self.no_head,
            self.steps,
            Heading(tr("Units at each step"), inner, tr(_ABOUT_UNITS), self.order),
            self.units,
            self.hint,
            self.seeking,
            self.elsewhere_head,
            self.elsewhere,
            self.signal,
            self.what_if,
            self.why,
            Heading(tr("Nearest recordings"), inner, tr(_ABOUT_NEAREST), self.select_nearest),
            self.comparing,
            self.nearest,
            self.not_kept,
        )
        self.column.addStretch(1)
        self.order.currentTextChanged.connect(lambda text: self._reorder())
        for picture in (self.lines, self.steps, self.units, self.signal, self.what_if, self.why):
            picture.step_chosen.connect(self._go_to_step)
        self.units.marked.connect(self._mark)
        self.signal.marked.connect(self.units.set_range)
        self.elsewhere.chosen.connect(self._choose_alike)
        self.nearest.chosen.connect(self._choose)
        self.comparing.again.connect(self.again_nearest)
        self.seeking.again.connect(self.again_elsewhere)

    def _make_top(self, inner: QWidget) -> None:
        self.title = WrappingTitle("", inner)
        self.title.setProperty("type", "title")
        self.whole_sign = link(tr("all"), inner, tr("Select every recording of this sign"))
        self.whole_sign.clicked.connect(self._select_sign)
        self.signbank = link(tr("Signbank ↗"), inner, tr("See the sign in Auslan Signbank, in the browser"))
        self.signbank.clicked.connect(self._ask_signbank)
        self.add(title_row(self.title, inner, self.whole_sign, self.signbank))

    # ------------------------------------------------------------------------------------------------- display
    def show_recording(self, recording: int, likeness: np.ndarray | None, mean_step: float | None = None) -> None:
        """Show a recording.

        Parameters
        ----------
        recording : int
        likeness : ndarray of int or None, shape (units,)
            Order of the units by similarity; None while it is being computed.
        mean_step : float or None
            Mean distance that hidden states move in a step; None while it is being computed.
        """
        a = self._session.activations
        self.recording, self._likeness = recording, likeness
        sign = int(a.sign[recording])
        self._states = a.recording_states(recording)
        axis = StepAxis(int(a.first_step[recording]), len(self._states), a.seconds_per_step)
        self.title.setText(a.names[sign] if a.wording.of_signs else recording_title(self._session, recording))
        self.signbank.setVisible(a.wording.of_signs)
        self.whole_sign.setText(tr("all {0}", int((a.sign == sign).sum())))
        self.whole_sign.setAccessibleName(tr("Select all recordings of {0}", a.names[sign]))
        begin, end = int(a.offsets[recording]), int(a.offsets[recording + 1])
        probabilities = a.output_rows(begin, end) if axis.length else None
        self._show_facts(probabilities)
        self.lines.setVisible(probabilities is not None)
        self.about_lines.note = tr(note_of(a))
        self.no_head.setText(tr(a.no_probabilities_reason) or tr("This recording has no step."))
        if probabilities is not None:
            self.no_head.setText(tell_outputs(a))
        self.no_head.setVisible(bool(self.no_head.text()))
        if probabilities is not None:
            show_probabilities(self.lines, a, recording, probabilities)
        self.steps.show_recording(recording, mean_step)
        self.labels.show_recording(recording)
        self.units.show_states(self._states, axis, self._units_order())
        self.signal.show_recording(recording)
        self.what_if.show_recording(recording)
        self.why.show_recording(recording)
        self.follow_playback()
        self._mark(0, 0)
        self.nearest.show_rows(())
        self.select_nearest.hide()
        self.not_kept.hide()
        self.verticalScrollBar().setValue(0)

    def show_prepared(self, likeness: np.ndarray, mean_step: float) -> None:
        """Set the order of the units by similarity and the mean step, once they are computed."""
        self._likeness = likeness
        self.steps.show_recording(self.recording, mean_step)
        self._reorder()

    def follow_playback(self) -> None:
        """Move the cursors to the recording's present step."""
        activations = self._session.activations
        if not 0 <= self.recording < len(activations):
            return
        step = int(self._session.state.own_steps(activations, np.array([self.recording]))[0])
        for picture in (self.labels, self.lines, self.steps, self.units, self.signal, self.what_if, self.why):
            picture.set_step(step)

    def show_nearest(self, recordings: np.ndarray, distances: np.ndarray, not_kept: str) -> None:
        """Show the nearest recordings.

        Parameters
        ----------
        recordings : ndarray of int, shape (n,)
            Nearest first.
        distances : ndarray of float, shape (all recordings,)
            Distances to every recording.
        not_kept : str
            Why the distances could not be cached; empty if they were.
        """
        self.comparing.show_sentence("" if len(recordings) else tr("There is no other recording to compare with."))
        self.nearest.show_rows(
            [Row(recording_title(self._session, int(i)), f"{distances[i]:.2f}", (int(i),)) for i in recordings]
        )
        self.signal.offer(tuple(int(i) for i in recordings))
        self.what_if.offer(recordings.tolist())
        self.select_nearest.setVisible(bool(self.nearest.rows))
        self.not_kept.setText(tr("The distances will be computed again next time: {0}", not_kept))
        self.not_kept.setVisible(bool(not_kept))

    def show_elsewhere(self, found: list[Elsewhere]) -> None:
        """Show where else the marked units change similarly."""
        a = self._session.activations
        self.seeking.show_sentence("" if found else tr("No other recording has so many steps."))
        rows = []
        self._alike = {}
        for place in found:
            first = int(a.first_step[place.recording])
            steps = tr("steps {0}–{1}", first + place.start + 1, first + place.stop)
            text = f"{short_title(self._session, place.recording)}, {steps}"
            tip = tr(
                "{0}, {1}: the change is {2:.0%} alike",
                recording_title(self._session, place.recording),
                steps,
                place.alike,
            )
            rows.append(Row(text, f"{place.alike:.0%}", (place.recording,), None, tip))
            self._alike[place.recording] = place.start, place.stop
        self.elsewhere_head.setVisible(bool(rows))
        self.elsewhere.show_rows(rows)

    def _show_facts(self, probabilities: np.ndarray | None) -> None:
        a, i = self._session.activations, self.recording
        sign, answer = int(a.sign[i]), int(a.predicted[i])
        sure = (
            ""
            if probabilities is None or answer < 0 or not a.predicts_signs
            else tr(", {0:.0%} sure", probabilities[-1, answer])
        )
        if answer < 0:
            verdict = tr("not known")
        elif answer == sign:
            verdict = f"✓ {isolate(a.names[answer])}{sure}"
        else:
            verdict = f"✗ {isolate(a.names[answer])}{sure}"
        session, trial = int(a.session[i]), int(a.trial[i])
        parts = [tr("session {0}", str(session))] * (session > 0) + [tr("trial {0}", str(trial))] * (trial > 0)
        first, length = int(a.first_step[i]), int(a.lengths[i])
        self.facts.show_values(
            answer=verdict,
            recorded=", ".join(dict.fromkeys([*recording_details(a, i), *parts])) if a.wording.of_signs else "",
            split=tr("not known") if int(a.split[i]) == NO_SPLIT else tr(SPLIT_NAMES[int(a.split[i])]),
            length=tr("{0}, {1} to {2} of {3}", format_count(length, "step"), first + 1, first + length, a.steps),
        )
        self.show_hands()

    def show_hands(self) -> None:
        """Show which hands are used, by the present threshold."""
        ratios, hands = self._session.activations.hand_ratio, tr("not known")
        if ratios is not None and 0 <= self.recording < len(ratios) and np.isfinite(ratios[self.recording]):
            ratio = float(ratios[self.recording])
            alone = ratio < self._session.state.hand_threshold
            hands = tr(
                "{0}; the left moves {1:.0%} as much as the right",
                tr("right hand") if alone else tr("both hands"),
                ratio,
            )
        self.facts.show_values(hands=hands if self._session.activations.wording.of_signs else "")

    def _units_order(self) -> np.ndarray:
        if self.order.currentIndex() == 0 and self._likeness is not None:
            return self._likeness
        return np.arange(self._states.shape[1])

    def _reorder(self) -> None:
        self.units.reorder(self._units_order())

    # ------------------------------------------------------------------------------------------------- interaction
    def _go_to_step(self, step: int) -> None:
        self._session.update(step=position_of_step(self._session, self.recording, step))

    def _choose(self, row: Row) -> None:
        select(self._session, row.select, row.step)

    def _choose_alike(self, row: Row) -> None:
        """Select a recording and mark the steps there in which the same units change alike; playback stays."""
        (recording,) = row.select
        start, stop = self._alike[recording]
        select(self._session, row.select)
        if self.recording == recording:
            self.units.set_range(start, stop)

    def _select_nearest(self) -> None:
        near = (recording for row in self.nearest.rows for recording in row.select)
        select(self._session, sorted({self.recording, *near}))

    def _select_sign(self) -> None:
        select_sign(self._session, int(self._session.activations.sign[self.recording]))

    def _ask_signbank(self) -> None:
        self.signbank_asked.emit(int(self._session.activations.sign[self.recording]))

    def _mark(self, start: int, stop: int) -> None:
        self.signal.plot.set_range(start, stop)
        self.what_if.set_range(start, stop)
        self.why.set_range(start, stop)
        self.elsewhere.show_rows(())
        self.elsewhere_head.hide()
        self.seeking.show_sentence("")
        if stop - start < 2:
            self.unmarked.emit()
            self.seeking.show_sentence("")
            self.hint.setText(
                tr("Drag along the bar below the units to ask which of them change there, and where else they do.")
            )
            return
        units, change = changed_most(self._states, start, stop)
        first = int(self._session.activations.first_step[self.recording])
        listed = ", ".join(f"{unit + 1} ({moved:+.2f})" for unit, moved in zip(units, change, strict=True))
        listed = listed.replace("-", "−")
        self.hint.setText(
            tr("From step {0} to {1} these units change most: {2}.", first + start + 1, first + stop, listed)
        )
        self.marked.emit(units, change, stop - start)
