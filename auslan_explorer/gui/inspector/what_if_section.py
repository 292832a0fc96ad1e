"""The inspector's section "What if": the recording is changed, and path, hands, answer and probabilities follow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from auslan_explorer import paths
from auslan_explorer.analysis import edits
from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.analysis.units import leading_classes
from auslan_explorer.analysis.warping import frame_beside
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import isolate
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.attribution_map import GROUP_NAMES
from auslan_explorer.gui.inspector.change_form import Asked, ChangeForm
from auslan_explorer.gui.inspector.signal_plot import SignalPlot
from auslan_explorer.gui.inspector.step_axis import LEFT
from auslan_explorer.gui.inspector.what_if import WhatIf
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.buttons import push_button
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.page import Heading, PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.save_file import ask_where_to_save
from auslan_explorer.gui.widgets.text import short_title
from auslan_explorer.io.file_names import safe_file_name
from auslan_explorer.workflows.what_if import Found, find_smallest_change, save_changed

ABOUT = mark(
    "Change the recording, and the network reads it anew: the dashed path on the maps, the hands, the curves above and "
    "the probabilities below are those of the changed recording. Nothing is changed in your recordings. A changed "
    "gesture need not be one that a person can make, and what the network makes of it says something of the network, "
    "not of the sign. The smallest change is sought greedily (Wachter, Mittelstadt and Russell 2018 on the idea): "
    "pieces of five steps of one finger, place or turn are taken from the nearest recording of the other sign until "
    "the answer turns, and what can be spared is given back; fewer others might do too."
)
_CHANCES = ((0.0, "0"), (0.5, "½"), (1.0, "1"))
_FILES = mark("Numbers of the gloves (*.tsd);;Hidden states of both (*.h5)")


class WhatIfSection(QWidget):
    """Changes the recording that is shown, once its button was pressed.

    Signals
    -------
    step_chosen(step)
        A network step was clicked in the probabilities.
    """

    step_chosen = Signal(int)

    def __init__(
        self, session: Session, frames: RecordingFrames, jobs: Jobs, plot: SignalPlot, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._frames, self._jobs, self._plot = session, frames, jobs, plot
        self._job: Job | None = None
        self.recording = -1
        self._near: list[int] = []
        self.model = WhatIf(session, frames, jobs, self)
        self.open = QPushButton(tr("Change it"), self)
        self.open.setCheckable(True)
        self.open.setAccessibleName(tr("Change the recording"))
        self.open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._body = QWidget(self)
        self.form = ChangeForm(self._body)
        self.list = muted_label("", self._body)
        self.undo = push_button(tr("Undo change"), tr("Take the last change back"), self._body)
        self.redo = push_button(tr("Redo change"), tr("Make it again"), self._body)
        self.save = push_button(tr("Save…"), tr("Save the changed recording as a file of your own"), self._body)
        self.words = muted_label("", self._body)
        self.lines = LinePlot(
            tr("Probability of the leading classes for the changed recording"), self._body, height=12 * UNIT,
            left=LEFT, names=True,
        )  # fmt: skip
        self.sign = QComboBox(self._body)
        self.sign.setAccessibleName(tr("Answer that is wanted"))
        self.sign.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sign.setMinimumContentsLength(18)
        self.sign.setMinimumWidth(10 * UNIT)  # less than large text wants, so that the page keeps to its dock
        self.sign.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.seek = push_button(
            tr("Find smallest change"), tr("Find how little of another recording gives that answer"), self._body
        )
        self.found = muted_label("", self._body)
        self.pending = PendingResult(self._body)
        self._lay_out()
        self.open.toggled.connect(self._show_or_hide)
        self.form.applied.connect(self._apply)
        self.undo.clicked.connect(self.model.undo)
        self.redo.clicked.connect(self.model.redo)
        self.save.clicked.connect(self._ask_where)
        self.seek.clicked.connect(self._start)
        self.pending.again.connect(self._start)
        self.lines.step_chosen.connect(self.step_chosen)
        self.model.changed.connect(self._show)
        plot.pulled.connect(self._pull)
        plot.released.connect(self.model.let_go)
        session.watch(("selected",), self._on_selected)
        self._show_or_hide()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(UNIT // 2)
        made = ResponsiveRow(self._body, self.undo, self.redo, self.save, None)
        wanted = ResponsiveRow(self._body, self.sign, self.seek, None)
        for part in (self.form, self.list, made, self.words, self.lines, wanted):
            inner.addWidget(part)
        inner.addWidget(self.found)
        inner.addWidget(self.pending)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(Heading(tr("What if"), self, tr(ABOUT), self.open))
        column.addWidget(self._body)

    # ------------------------------------------------------------------------------------------------- recording
    def show_recording(self, recording: int) -> None:
        """Change another recording, if recordings are being changed."""
        self.recording = recording
        a = self._session.activations
        self.setVisible(a.head is not None and a.classified and a.wording.of_signs)
        if self.isHidden():
            self.model.stop()
            return
        names = sorted(range(len(a.signs)), key=lambda sign: int(a.sign_ranks[sign]))
        with QSignalBlocker(self.sign):
            self.sign.clear()
            own = int(a.sign[recording])
            self.sign.addItem(tr("{0}, the true sign", a.names[own]), own)
            for sign in names:
                if sign != own:
                    self.sign.addItem(a.names[sign], sign)
        self._near = []
        self._show_or_hide()

    def offer(self, near: Sequence[int]) -> None:
        """Offer recordings to take a part from: near ones, and those of each sign that is in question."""
        self._near = [int(each) for each in near]
        if self.open.isChecked():
            self._offer()

    def _offer(self) -> None:
        a = self._session.activations
        if not 0 <= self.recording < len(a):
            return
        offered = dict.fromkeys(self._near)
        for sign in dict.fromkeys((int(a.sign[self.recording]), int(a.predicted[self.recording]))):
            offered |= dict.fromkeys(np.flatnonzero(a.sign == sign).tolist())
        offered.pop(self.recording, None)
        self.form.offer([(short_title(self._session, each), each) for each in offered])

    def set_range(self, start: int, stop: int) -> None:
        """Change the frames of a half-open range of real steps, or all where it is empty."""
        if 0 <= self.recording < len(self._session.activations):
            self.form.set_range(start, stop, self._first())

    def set_step(self, step: int) -> None:
        """Move the cursor to a network step."""
        self.lines.set_step(step)

    def _first(self) -> int:
        outcome = self.model.outcome
        return int(self._session.activations.first_step[self.recording]) if outcome is None else outcome.first_step

    def _on_selected(self) -> None:
        """Take a changed recording from the views once another one is selected, also while the inspector is hidden."""
        if self._session.state.selected[:2] != (self.model.recording,):
            self.model.stop()

    def _show_or_hide(self) -> None:
        self._cancel()
        asked = self.open.isChecked()
        self.open.setText(tr("Show as recorded") if asked else tr("Change it"))
        self._body.setVisible(asked)
        self._plot.pullable = asked
        self.found.hide()
        self.pending.show_sentence("")
        if asked and self.recording >= 0:
            self._offer()
            self.model.start(self.recording)
        else:
            self.model.stop()

    # ------------------------------------------------------------------------------------------------- changes
    def _apply(self) -> None:
        frames, resting, networks = self.model.frames, self._frames.mean_frame(), self.model.networks
        if frames is None or resting is None or networks is None:
            return
        form, other, beside = self.form, None, None
        if form.chosen.borrows:
            other, spreads = self._frames.frames_of(form.other.currentData()), self._frames.spreads()
            if other is None or spreads is None:
                self._tell(tr("That recording is not among the imported ones; choose another."))
                return
            beside = frame_beside(frames, other, spreads)
        start, stop = form.steps(len(frames))
        longest = networks.classifier.steps
        asked = Asked(
            frames, form.channels, start, stop, form.number.value(), resting, longest, other=other, beside=beside
        )
        try:
            changed = form.chosen.make(asked)
        except UserError as error:
            self._tell(str(error))
            return
        self._tell("")
        self.model.apply(form.words(len(frames), form.other.currentText()), changed)

    def _pull(self, channel: int, frame: int, value: float) -> None:
        frames = self.model.frames_before_pull
        if frames is not None and frame < len(frames):
            text = tr("{0} drawn by hand, at step {1}", _channel_name(channel), self._first() + frame + 1)
            self.model.pull(text, edits.pull(frames, channel, frame, value))

    def _tell(self, sentence: str) -> None:
        self.found.setText(sentence)
        self.found.setVisible(bool(sentence))

    # ------------------------------------------------------------------------------------------------- display
    def _show(self) -> None:
        model = self.model
        if model.recording < 0 or not self.open.isChecked():
            return
        changes, outcome, before = model.changes, model.outcome, model.before
        known = outcome is not None and before is not None
        for part in (self.form, self.lines, self.sign, self.seek):
            part.setVisible(known)
        done = [text for text, _ in changes.entries[: changes.done]]
        self.list.setText("\n".join(f"{number}. {text}" for number, text in enumerate(done, 1)))
        self.list.setVisible(bool(done))
        self.undo.setEnabled(changes.done > 0)
        self.redo.setEnabled(changes.done < len(changes.entries))
        self.save.setEnabled(known and changes.done > 0)
        if outcome is None or before is None:
            self.words.setText(self._why_not())
            return
        a = self._session.activations
        names, sign = a.names, int(a.sign[self.recording])
        now, was = outcome.probabilities[-1], before.probabilities[-1]
        sure = percent(float(now[outcome.answer]))
        text = tr("The network answers “{0}” ({1}).", isolate(names[outcome.answer]), sure)
        if changes.done:
            text += " " + tr(
                "As recorded it answers “{0}” ({1}, now {2}).",
                isolate(names[before.answer]),
                percent(float(was[before.answer])),
                percent(float(now[before.answer])),
            )
        self.words.setText(text)
        roles = {before.answer: "mistake", sign: "truth"}
        steps = outcome.first_step + np.arange(len(outcome.frames))
        leading = leading_classes(outcome.probabilities, always=(sign, before.answer))
        lines = [Line(names[c], steps, outcome.probabilities[:, c], roles.get(int(c), "")) for c in leading]
        self.lines.show_lines(sorted(lines, key=lambda line: line.role == "truth"), ticks=_CHANCES)

    def _why_not(self) -> str:
        if self.model.problem:
            return self.model.problem
        if self._frames.state in (FramesState.UNREAD, FramesState.READING):
            return tr("Reading the recordings…")
        if self.model.own_frames is None:
            return tr("The recording itself is needed, and is not among imported ones.")
        return tr("Looking for the network…")

    # ------------------------------------------------------------------------------------------------- smallest change
    def _cancel(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _start(self) -> None:
        self._cancel()
        networks, frames, spreads = self.model.networks, self.model.frames, self._frames.spreads()
        if networks is None or frames is None or spreads is None:
            return
        sign, outcome = int(self.sign.currentData()), self.model.outcome
        self._tell("")
        if outcome is not None and outcome.answer == sign:
            self._tell(tr("That is the answer already; choose another."))
            return
        self.pending.show_waiting(tr("Looking for the smallest change…"))
        a = self._session.activations
        work = partial(find_smallest_change, a, networks.classifier, frames, self._frames.frames_of, spreads, sign)
        self._job = self._jobs.start(tr("Looking for the smallest change"), work, makes_something=False)
        self._job.done.connect(partial(self._on_found, sign))
        self.pending.show_job(self._job)

    def _on_found(self, sign: int, found: Found) -> None:
        self._job = None
        self.pending.show_sentence("")
        name, donor = isolate(self._session.activations.names[sign]), short_title(self._session, found.donor)
        if found.change is None:
            self._tell(tr("Even all of {0} in its place is not answered “{1}”.", donor, name))
            return
        first = self._first()
        parts = "; ".join(
            tr(
                "{0}, steps {1} to {2}",
                tr(GROUP_NAMES[patch.group.hand, patch.group.kind]),
                first + patch.start + 1,
                first + patch.stop,
            )
            for patch in found.change.patches
        )
        share = percent(found.change.share)
        self._tell(tr("“{0}” would be the answer with this of {1}: {2}. That is {3} of the recording.", name, donor,
                      parts, share))  # fmt: skip
        self.model.apply(tr("smallest change to “{0}”, from {1}", name, donor), found.change.frames)

    # ------------------------------------------------------------------------------------------------- saving
    def _ask_where(self) -> None:
        a, recording = self._session.activations, self.recording
        offered = paths.home_dir() / (safe_file_name(f"{a.names[a.sign[recording]]} changed") + ".tsd")
        ask_where_to_save(self, tr("Save the changed recording"), offered, tr(_FILES), self.save_to)

    def save_to(self, file: Path) -> None:
        """Save the changed recording to a file, beside the window."""
        own, frames, networks = self.model.own_frames, self.model.frames, self.model.networks
        if own is None or frames is None or networks is None:
            return
        work = partial(save_changed, file, self._session.activations, networks, self.recording, own, frames)
        job = self._jobs.start(tr("Saving the changed recording"), work, makes_something=True)
        job.done.connect(lambda saved: self._tell(tr("Saved as {0}.", str(saved))))
        job.failed.connect(lambda sentence, _: self._tell(sentence))


def _channel_name(channel: int) -> str:
    """Return what a channel is called in a sentence."""
    group = next(each for each in GROUPS if channel in each.channels)
    name = tr(GROUP_NAMES[group.hand, group.kind])
    return name if len(group.channels) == 1 else tr("{0} ({1})", name, tr(CHANNELS[channel].split()[1]))
