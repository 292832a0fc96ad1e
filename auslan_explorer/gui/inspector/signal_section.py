"""The inspector's section on the recording itself: what the network read, and another recording's over it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from auslan_explorer.analysis.warping import frame_beside
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.signal_plot import MOST_CHANNELS, SignalPlot, groups_of
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import Heading, muted_label
from auslan_explorer.gui.widgets.text import format_count, short_title

ABOUT = mark(
    "The 22 numbers of each frame as the gloves gave them (Kadous 2002), which are what the network reads, not what it "
    "makes of it: where a hand is (x to the signer’s right, y up, z towards the signer), how it is turned (interrupted "
    "where an angle has gone round), and how far each finger is bent, from 0 to 1. Another recording over it is "
    "dashed, each of its frames beside the one that fits by dynamic time warping (Sakoe and Chiba 1978)."
)
ABOUT_INPUTS = mark(
    "The numbers that the network reads at each step, as the open file holds them, five channels together and on their "
    "own scale: what goes in, not what the network makes of it. Another recording over it is dashed, each of its steps "
    "beside the one that fits by dynamic time warping (Sakoe and Chiba 1978)."
)
NO_INPUTS = mark(
    "The open file does not hold what the network read. Made again with “inputs”, as the guide’s page on your own "
    "network says, it is drawn here."
)
_SENTENCES = {
    FramesState.UNREAD: mark("The recordings have not been read."),
    FramesState.READING: mark("Reading the recordings…"),
    FramesState.MISSING: mark("The recordings are not here yet; File > Download recordings gets them."),
    FramesState.OTHERS: mark("The imported recordings are not those that the open hidden states were made of."),
    FramesState.READY: mark("This recording is not among the imported ones."),
}


class SignalSection(QWidget):
    """Channels of the recording shown, with a choice of another one to lay over it.

    Signals
    -------
    step_chosen(step)
    marked(start, stop)
        As `SignalPlot` sends them.
    """

    step_chosen = Signal(int)
    marked = Signal(int, int)

    def __init__(self, session: Session, frames: RecordingFrames, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = frames
        self.recording = -1
        self.other = QComboBox(self)
        self.other.setAccessibleName(tr("Recording to lay over this one"))
        self.other.setToolTip(tr("A near recording to lay over this one, dashed"))
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.other.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.plot = SignalPlot(self)
        self.message = muted_label("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        self._heading = Heading(tr("Signal at each step"), self, tr(ABOUT), self.other)
        column.addWidget(self._heading)
        column.addWidget(self.plot)
        column.addWidget(self.message)
        self.plot.step_chosen.connect(self.step_chosen)
        self.plot.marked.connect(self.marked)
        self.other.currentIndexChanged.connect(self._draw)
        frames.changed.connect(self._draw)
        session.annotations_changed.connect(self._on_annotations_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._session.activations.wording.of_signs:
            self._frames.request()

    def show_recording(self, recording: int) -> None:
        """Show another recording, alone."""
        self.recording = recording
        self._heading.note = tr(ABOUT if self._session.activations.wording.of_signs else ABOUT_INPUTS)
        self.offer(())
        self._draw()

    def offer(self, others: tuple[int, ...]) -> None:
        """Offer recordings to lay over the one shown; one that was chosen before stays if it is among them."""
        chosen = self.other.currentData()
        with QSignalBlocker(self.other):
            self.other.clear()
            self.other.addItem(tr("no other"), -1)
            for each in others:
                self.other.addItem(short_title(self._session, each), each)
            self.other.setCurrentIndex(max(self.other.findData(chosen), 0))

    def set_step(self, step: int) -> None:
        """Move the cursor to a network step."""
        self.plot.set_step(step)

    def _on_annotations_changed(self) -> None:
        if isValid(self) and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        a, frames = self._session.activations, self._frames_of(self.recording)
        self.plot.setVisible(frames is not None)
        self.other.setVisible(frames is not None)
        self.message.setText(self._sentence(frames))
        self.message.setVisible(bool(self.message.text()))
        if frames is None:
            return
        variant = self._session.variant
        if variant is not None and variant.recording == self.recording:
            axis = StepAxis(variant.first_step, len(variant.frames))
            self.plot.show_signal(variant.frames, axis, frames[variant.beside])
            return
        axis, beside = StepAxis(int(a.first_step[self.recording]), len(frames)), self._frames_beside(frames)
        if a.inputs is None or a.wording.of_signs:
            self.plot.show_signal(frames, axis, beside)
        else:
            self.plot.show_signal(frames, axis, beside, groups_of(a.inputs.names, a.inputs.rows.shape[1]))

    def _frames_of(self, recording: int) -> np.ndarray | None:
        """Return what the network read of a recording: of gloves from the imported ones, else from the open file."""
        a = self._session.activations
        if a.wording.of_signs:
            return self._frames.frames_of(recording)
        if a.inputs is None or not 0 <= recording < len(a) or not a.lengths[recording]:
            return None
        return a.inputs.rows.rows(int(a.offsets[recording]), int(a.offsets[recording + 1]))

    def _sentence(self, frames: np.ndarray | None) -> str:
        """Return what is to be said below the lines, or in their place."""
        a = self._session.activations
        if a.wording.of_signs:
            state = self._frames.state
            if frames is not None:
                return ""
            return self._frames.problem if state is FramesState.FAILED else tr(_SENTENCES[state])
        if a.inputs is None:
            return tr(NO_INPUTS)
        channels = a.inputs.rows.shape[1]
        if channels <= MOST_CHANNELS:
            return ""
        return tr("The first {0} of {1} are drawn.", MOST_CHANNELS, format_count(channels, "channel"))

    def _frames_beside(self, frames: np.ndarray) -> np.ndarray | None:
        chosen = self.other.currentData()
        other = self._frames_of(-1 if chosen is None else chosen)
        if other is None:
            return None
        spreads = self._frames.spreads() if self._session.activations.wording.of_signs else None
        if spreads is None:
            spreads = np.maximum(np.concatenate([frames, other]).std(axis=0), 1e-6)
        return np.asarray(other[frame_beside(frames, other, spreads)])
