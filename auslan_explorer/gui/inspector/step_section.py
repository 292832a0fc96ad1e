"""How far the hidden state moved in each step of a recording, beside how far its points on the maps did."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auslan_explorer.analysis.step_lengths import mean_length, step_lengths
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.step_axis import LEFT
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.page import Heading, muted_label

MOST = 10.0
"""Mean steps at which the plot ends; longer ones are drawn there."""
ABOUT = mark(
    "How far the state moved in each step, in the space of all units, and how far its point moved on each map as it is "
    "shown. Each is counted in mean steps: 1 is the mean over all steps of all recordings. Where a map’s line runs "
    "above the state’s, the map stretches the path, or tears it; where below, it hides a movement. Length alone is "
    "compared, not direction (Indyk and Matousek 2004 on the distortion of embeddings)."
)


class StepSection(QWidget):
    """Plot of the lengths of a recording's steps.

    Signals
    -------
    step_chosen(step)
        A step of the plot was clicked.
    """

    step_chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._recording, self._mean = -1, float("nan")
        self._mean_on: dict[tuple[int, bool], tuple[object, float]] = {}
        name = tr("Length of each step, in mean steps")
        self.plot = LinePlot(name, self, height=11 * UNIT, left=LEFT, names=True)
        self.waiting = muted_label(tr("Reading hidden states…"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for each in (Heading(tr("Length of each step"), self, tr(ABOUT)), self.waiting, self.plot):
            column.addWidget(each)
        self.plot.step_chosen.connect(self.step_chosen)
        session.watch(("log_scale", "run_2d", "run_3d"), self._show)
        session.data_changed.connect(lambda: self._mean_on.clear())

    def show_recording(self, recording: int, mean_step: float | None) -> None:
        """Show a recording; `mean_step` is the mean length of hidden states' steps, None until it is known."""
        self._recording = recording
        self._mean = float("nan") if mean_step is None else mean_step
        self.waiting.setVisible(mean_step is None)
        self.plot.setVisible(mean_step is not None)
        self._show()

    def set_step(self, step: int) -> None:
        """Move the cursor to one of the network's steps."""
        self.plot.set_step(step)

    def showEvent(self, event: object) -> None:
        self._show()

    def _show(self) -> None:
        a, recording = self._session.activations, self._recording
        if not self.isVisible() or not 0 <= recording < len(a) or self.waiting.isVisibleTo(self):
            return
        steps = int(a.first_step[recording]) + np.arange(int(a.lengths[recording]))
        whole = np.array([0, len(steps)])
        lines = [
            Line(tr("{0}-D map", dims), steps, self._on_map(dims, recording), role)
            for dims, role in ((3, "muted"), (2, "accent"))
            if self._session.trajectories(dims) is not None
        ]
        moved = step_lengths(a.recording_states(recording), whole)
        lines.append(Line(tr("state"), steps, _beside(moved, self._mean), "foreground"))
        # In a network of one step nothing moves.
        lines = [line for line in lines if np.isfinite(line.y).any()]
        self.plot.setVisible(bool(lines))
        if not lines:
            return
        found = np.concatenate([line.y for line in lines])
        high = min(max(float(np.nanmax(found, initial=1.0)), 2.0), MOST)
        self.plot.show_lines(lines, high=high)
        self.plot.setAccessibleDescription("; ".join(_describe(line) for line in lines))

    def _on_map(self, dims: int, recording: int) -> np.ndarray:
        paths = self._session.trajectories(dims)
        assert paths is not None
        key = dims, paths.log_scale
        before = self._mean_on.get(key)
        if before is None or before[0] is not paths:
            a = self._session.activations
            lengths = step_lengths(paths.vertices[len(paths.vertices) - a.real_steps :], a.offsets)
            before = self._mean_on[key] = paths, mean_length(lengths)
        own = paths.vertices[paths.vertices_of(recording)]
        return _beside(step_lengths(own, np.array([0, len(own)])), before[1])


def _describe(line: Line) -> str:
    known = np.flatnonzero(np.isfinite(line.y))
    if not len(known):
        return tr("{0}: not known", line.name)
    longest = known[np.argmax(line.y[known])]
    return tr("{0}: longest {1:.1f} at step {2}", line.name, line.y[longest], line.x[longest] + 1)


def _beside(lengths: np.ndarray, mean: float) -> np.ndarray:
    """Return lengths as multiples of their mean; as they are, 0, where nothing ever moves."""
    return lengths if mean == 0 else lengths / np.float32(mean)
