"""The inspector's section that asks the network why: what carried an answer, as a map and in words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.attribution_map import GROUP_NAMES, AttributionMap
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import Heading, PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.workflows.attribution import Explanation, Method, explain_answer

ABOUT = mark(
    "Warm cells speak for an answer and cold ones against it: integrated gradients share out the difference between "
    "this recording and one that rests in the mean frame of all (Sundararajan and others 2017), and occlusion lets a "
    "group of channels rest for five steps (Zeiler and Fergus 2014, of the kin of Ribeiro and others 2016), both in "
    "the logarithm of the probability. They say what this network used, not what the sign needs; a hand that could "
    "have helped and did not shows nothing."
)
_METHODS = {Method.GRADIENTS: mark("integrated gradients"), Method.OCCLUSION: mark("occlusion")}
_KINDS = {"place": mark("place"), "turn": mark("turn"), "fingers": mark("fingers")}
_REST_MS = 150
"""Milliseconds without another recording before it is computed, so that stepping through a list starts nothing."""


class WhySection(QWidget):
    """Asks, once its button was pressed, why the network answers as it does, for each recording that is shown.

    Signals
    -------
    step_chosen(step)
        A network step was clicked in the map.
    """

    step_chosen = Signal(int)

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = frames
        self._jobs = jobs
        self._job: Job | None = None
        self.recording = -1
        self.ask = QPushButton(tr("Ask the network"), self)
        self.ask.setCheckable(True)
        self.ask.setAccessibleName(tr("Ask the network why"))
        self.ask.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sign, self.method = QComboBox(self), QComboBox(self)
        self.sign.setAccessibleName(tr("Answer that is asked about"))
        self.method.setAccessibleName(tr("How it is explained"))
        for box in (self.sign, self.method):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for method, text in _METHODS.items():
            self.method.addItem(tr(text), method)
        self._choices = ResponsiveRow(self, self.sign, self.method, None)
        self.map = AttributionMap(self)
        self.words = muted_label("", self)
        self.pending = PendingResult(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(Heading(tr("Why this answer"), self, tr(ABOUT), self.ask))
        for part in (self._choices, self.map, self.words, self.pending):
            column.addWidget(part)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._start)
        self.ask.toggled.connect(self._show_or_hide)
        self.sign.currentIndexChanged.connect(self._start)
        self.method.currentIndexChanged.connect(self._start)
        self.pending.again.connect(self._start)
        self.map.step_chosen.connect(self.step_chosen)
        frames.changed.connect(self._restart)
        self._show_or_hide()

    def show_recording(self, recording: int) -> None:
        """Explain another recording, if the network is being asked."""
        self.recording = recording
        a = self._session.activations
        self.setVisible(a.head is not None and a.classified and a.wording.of_signs)
        if self.isHidden():
            return
        names = sorted(range(len(a.signs)), key=lambda sign: int(a.sign_ranks[sign]))
        own = [(int(a.predicted[recording]), tr("{0}, its answer")), (int(a.sign[recording]), tr("{0}, the true sign"))]
        with QSignalBlocker(self.sign):
            self.sign.clear()
            known: dict[int, str] = {}
            for sign, text in own:
                if sign >= 0:
                    known.setdefault(sign, text.format(a.names[sign]))
            for sign, text in known.items():
                self.sign.addItem(text, sign)
            for sign in names:
                if sign not in known:
                    self.sign.addItem(a.names[sign], sign)
        self._show_or_hide()

    def set_step(self, step: int) -> None:
        """Move the cursor to a network step."""
        self.map.set_step(step)

    def set_range(self, start: int, stop: int) -> None:
        """Show a half-open range of real steps as marked, or none where it is empty."""
        self.map.set_range(start, stop)

    # ------------------------------------------------------------------------------------------------- job
    def _show_or_hide(self) -> None:
        self._cancel()
        asked = self.ask.isChecked()
        self.ask.setText(tr("Stop asking") if asked else tr("Ask the network"))
        self._choices.setVisible(asked)
        self.map.hide()
        self.words.hide()
        self.pending.show_sentence("")
        if asked:
            self._frames.request()
            self.pending.show_waiting(tr("Asking the network…"))
            self._rest.start()

    def _restart(self) -> None:
        if self.ask.isChecked() and self.isVisible() and self.recording >= 0:
            self._rest.start()

    def _cancel(self) -> None:
        self._rest.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _start(self) -> None:
        self._cancel()
        a = self._session.activations
        if not self.ask.isChecked() or not 0 <= self.recording < len(a) or self.sign.currentData() is None:
            return
        frames, mean = self._frames.frames_of(self.recording), self._frames.mean_frame()
        if frames is None or mean is None:
            self.map.hide()
            self.words.hide()
            waiting = self._frames.state in (FramesState.UNREAD, FramesState.READING)
            needed = tr("The recording itself is needed, and is not among imported ones.")
            self.pending.show_sentence(tr("Reading the recordings…") if waiting else needed)
            return
        self.pending.show_waiting(tr("Asking the network…"))
        sign, method = self.sign.currentData(), self.method.currentData()
        work = partial(explain_answer, a, frames, mean, sign, Method(method))
        self._job = self._jobs.start(tr("Asking the network"), work, makes_something=False)
        self._job.done.connect(partial(self._show, self.recording, sign))
        self.pending.show_job(self._job)

    def _show(self, recording: int, sign: int, found: Explanation) -> None:
        self._job = None
        a = self._session.activations
        self.pending.show_sentence("")
        self.map.show_worth(found.worth, StepAxis(int(a.first_step[recording]), found.worth.shape[1]))
        self.words.setText(self._describe(recording, sign, found))
        self.map.show()
        self.words.show()

    def _describe(self, recording: int, sign: int, found: Explanation) -> str:
        a = self._session.activations
        name, first = isolate(a.names[sign]), int(a.first_step[recording])
        whole = tr(
            "The network gives “{0}” {1:.1%} here, and {2:.1%} to hands that rest.",
            name,
            found.probability,
            found.baseline,
        )
        said = found.summary
        if said is None:
            return tr("{0} Nothing speaks for it.", whole)
        hands = tr("right hand {0:.0%}, left hand {1:.0%}", said.hands["right"], said.hands["left"])
        order = sorted(said.kinds, key=lambda kind: -said.kinds[kind])
        kinds = ", ".join(f"{tr(_KINDS[kind])} {said.kinds[kind]:.0%}" for kind in order)
        most = tr(GROUP_NAMES[said.group.hand, said.group.kind])
        start, stop = first + said.start + 1, first + said.stop
        steps = tr("step {0}", start) if start == stop else tr("steps {0} to {1}", start, stop)
        return tr("{0} For it speak: {1}; {2}. Most of all: {3}, {4}.", whole, hands, kinds, most, steps)
