"""Probabilities at each step: the lines of one recording, and plots of a few recordings below each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from auslan_explorer.analysis.units import leading_classes
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate, shown_name
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.step_axis import LEFT
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.page import Heading, muted_label
from auslan_explorer.gui.widgets.text import recording_title

MOST_PLOTS = 4
"""Most recordings whose probabilities are shown together; more would need to be scrolled, not compared."""
ABOUT_HEAD = mark(
    "What the network would answer if the recording ended at this step: its softmax head applied to each hidden state. "
    "The head was trained on the last step only (Tempczyk and Bartołd 2018, figure 1), so earlier values are a hint, "
    "not an answer."
)
ABOUT_OWN_ANSWERS = mark("The probabilities that the network itself gave at each step, as the file holds them.")
ABOUT_OTHER_CLASSES = mark(
    "The network’s outputs at each step, as the file holds them: probabilities of their own classes, such as the next "
    "letter of a text, and not of what the recording is labelled with. The leading ones have a line."
)
_NAMED = 5
_CHANCES = ((0.0, "0"), (0.5, "½"), (1.0, "1"))


def probability_lines(activations: Activations, recording: int, probabilities: np.ndarray) -> list[Line]:
    """Return the lines of the leading classes of a recording; that of the true sign last, over the others.

    Parameters
    ----------
    activations : Activations
    recording : int
    probabilities : ndarray of float, shape (steps, signs)
        At each of its real steps.
    """
    a = activations
    sign, answer = (
        (int(a.sign[recording]), int(a.predicted[recording])) if a.predicts_signs and a.classified else (-1, -1)
    )
    roles = {answer: "mistake", sign: "truth"}
    steps = int(a.first_step[recording]) + np.arange(len(probabilities))
    leading = leading_classes(probabilities, always=(sign, answer))
    lines = [Line(a.output_names[c], steps, probabilities[:, c], roles.get(int(c), "")) for c in leading]
    return sorted(lines, key=lambda line: line.role == "truth")


def note_of(activations: Activations) -> str:
    """Return the note that says what the plotted probabilities are."""
    if activations.outputs is None:
        return ABOUT_HEAD
    return ABOUT_OWN_ANSWERS if activations.predicts_signs else ABOUT_OTHER_CLASSES


def tell_outputs(activations: Activations) -> str:
    """Say what the network's outputs at each step are of, where they are not of the recordings' signs."""
    a = activations
    if a.predicts_signs or not a.output_names:
        return ""
    first = ", ".join(isolate(shown_name(name)) for name in a.output_names[:_NAMED])
    more = len(a.output_names) - _NAMED
    return tr("Of the network’s own outputs: {0}", f"{first}, …" if more > 0 else first)


def show_probabilities(plot: LinePlot, activations: Activations, recording: int, probabilities: np.ndarray) -> None:
    """Plot a recording's probabilities, and tell those at its last step to screen readers."""
    lines = probability_lines(activations, recording, probabilities)
    plot.show_lines(lines, ticks=_CHANCES)
    plot.setAccessibleDescription(", ".join(f"{isolate(line.name)} {line.y[-1]:.0%}" for line in lines))


class ProbabilityPlots(QWidget):
    """Plots of up to `MOST_PLOTS` recordings over the same steps; hidden for more, or without a softmax head.

    Signals
    -------
    step_chosen(recording, step)
        A step of a plot was clicked.
    """

    step_chosen = Signal(int, int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.shown: tuple[int, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT // 2)
        self._column.addWidget(Heading(tr("Probability at each step"), self))
        self.titles: list[QLabel] = []
        self.plots: list[LinePlot] = []
        self.hide()

    def show_recordings(self, recordings: Sequence[int]) -> None:
        """Show the probabilities of recordings, if they are few and known."""
        a = self._session.activations
        known = bool(a.output_names)
        few = known and 1 < len(recordings) <= MOST_PLOTS and bool((a.lengths[list(recordings)] > 0).all())
        self.shown = tuple(recordings) if few else ()
        while len(self.plots) < len(self.shown):
            self._add_plot(len(self.plots))
        for place, (title, plot) in enumerate(zip(self.titles, self.plots, strict=True)):
            on = place < len(self.shown)
            title.setVisible(on)
            plot.setVisible(on)
            recording = self.shown[place] if on else -1
            rows = a.output_rows(int(a.offsets[recording]), int(a.offsets[recording + 1])) if on else None
            if rows is not None:
                title.setText(recording_title(self._session, recording))
                show_probabilities(plot, a, recording, rows)
        self.setVisible(few)
        self.follow_playback()

    def _add_plot(self, place: int) -> None:
        """Add a plot below the others: made when it is first needed, all of them would be a fifth of a start."""
        title = muted_label("", self)
        plot = LinePlot(tr("Probability of the leading classes at every step"), self, height=11 * UNIT,
                        left=LEFT, names=True)  # fmt: skip
        plot.step_chosen.connect(lambda step: self.step_chosen.emit(self.shown[place], step))
        for widget in (title, plot):
            self._column.addWidget(widget)
        self.titles.append(title)
        self.plots.append(plot)

    def follow_playback(self) -> None:
        """Move the cursors to each recording's present step."""
        if self.shown:
            a = self._session.activations
            steps = self._session.state.own_steps(a, np.array(self.shown))
            for plot, step in zip(self.plots, steps.tolist(), strict=False):
                plot.set_step(step)
