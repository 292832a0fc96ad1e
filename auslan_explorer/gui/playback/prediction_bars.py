"""The network's present prediction: the five likeliest signs of a recording, or how many of a group are right."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from auslan_explorer.analysis.predictions import correct_at, prediction_at
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import isolate
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import UNIT, current_theme, font, scaled
from auslan_explorer.gui.widgets.elided_label import elided

SHOWN = 5
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_COLUMN = 6 * UNIT
"""Least width of a column, in pixels, in which a name is legible."""
_WIDEST = 14 * UNIT
"""Greatest width of a column, in pixels; a longer name is cut."""
ABOUT = mark(
    "What the network would answer if the recordings ended at this step: its softmax head applied to each hidden "
    "state. The head was trained on last steps only, so what it says earlier is a hint, not an answer."
)
ABOUT_OUTPUTS = mark("The network’s own outputs at this step, as its file has them.")


@dataclass(frozen=True)
class Candidate:
    """A sign, or an output of another kind, with its predicted probability.

    Attributes
    ----------
    name : str
    probability : float
    right : bool or None
        Whether it is the true sign; None where what is right is not known, as of outputs with classes of their own.
    """

    name: str
    probability: float
    right: bool | None


class PredictionBars(QWidget):
    """Bars of the five likeliest signs, or one bar for the fraction of recordings predicted correctly."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._states: tuple[object, int, np.ndarray] | None = None
        self.guesses: tuple[Candidate, ...] = ()
        self.share: float | None = None
        self.sentence = self.counted = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(2 * _COLUMN)
        self.setAccessibleName(tr("Answers at this step"))
        session.changed.connect(self._changed)
        session.data_changed.connect(self.refresh)
        session.predictions_changed.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(SHOWN * 10 * UNIT, scaled(38))

    def _changed(self, *_: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show the predictions at the present step."""
        a, state = self._session.activations, self._session.state
        self.guesses, self.share, self.sentence = (), None, ""
        if not len(a):
            self.sentence = ""
        elif not a.output_names:
            self.sentence = tr(a.no_probabilities_reason)
        elif len(state.selected) == 1:
            self._guess(state.selected[0])
        else:
            self._count()
        self.setAccessibleDescription(self.sentence)
        self.update()

    def _guess(self, recording: int) -> None:
        a, state = self._session.activations, self._session.state
        reached = state.steps_reached(a, recording)
        if reached < 1:
            self.sentence = tr("This recording has not begun at this step.")
            return
        if self._states is None or self._states[0] is not a or self._states[1] != recording:
            try:
                rows = a.output_rows(int(a.offsets[recording]), int(a.offsets[recording + 1]))
            except UserError as error:  # such as a missing cache file
                self.sentence = str(error)
                return
            assert rows is not None
            self._states = a, recording, rows
        row = self._states[2][reached - 1]
        best = np.argsort(-row, kind="stable")[:SHOWN]
        true = a.sign[recording] if a.predicts_signs and a.classified else -1
        self.guesses = tuple(
            Candidate(a.output_names[i], float(row[i]), None if true < 0 else bool(i == true)) for i in best
        )
        self.sentence = ", ".join(f"{isolate(g.name)} {g.probability:.0%}" for g in self.guesses)

    def _count(self) -> None:
        a, state = self._session.activations, self._session.state
        answers = known_predictions(a)
        shown = self._session.shown()
        rows = state.selected.rows if state.selected else np.flatnonzero(shown)
        if not len(rows):
            self.sentence = tr("Nothing is shown.")
        elif not (a.predicts_signs and a.classified):
            self.sentence = tr("Select one recording to see the outputs at its steps.")
        elif answers is None:
            self.sentence = tr("Play to see how many answers are right.")
        else:
            begun = int((prediction_at(a, answers, state.alignment, state.step, rows) >= 0).sum())
            if not begun:
                self.sentence = tr("None of these recordings has begun at this step.")
                return
            right = int(correct_at(a, answers, state.alignment, state.step, rows).sum())
            self.share, self.counted = right / begun, tr("{0} of {1}", right, begun)
            if begun < len(rows):
                self.sentence = tr("{0} of {1} that have begun are right at this step", right, begun)
            elif state.selected:
                self.sentence = tr("{0} of {1} selected are right at this step", right, begun)
            else:
                self.sentence = tr("{0} of {1} shown are right at this step", right, begun)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            about = tr(ABOUT if self._session.activations.outputs is None else ABOUT_OUTPUTS)
            QToolTip.showText(event.globalPos(), f"<p>{escape(self.sentence)}</p><p>{about}</p>", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = font(SMALL, tabular=True)
        painter.setFont(face)
        metrics = QFontMetricsF(face)
        if self.guesses:
            self._paint_guesses(painter, metrics)
            return
        room = QRectF(0, 2, self.width(), metrics.height())
        painter.setPen(colour(theme.muted))
        if self.share is None:
            self._paint_sentence(painter, metrics)
        else:
            text = next((t for t in self.told() if metrics.horizontalAdvance(t) <= room.width()), self.told()[-1])
            painter.drawText(room, _MIDDLE, text)
            bar = QRectF(0, room.bottom() + 5, min(self.width(), 50 * UNIT), 6)
            painter.fillRect(bar, colour(theme.border))
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * self.share, 6), colour(theme.truth))

    def told(self) -> tuple[str, ...]:
        """Return how many are right, in words that get fewer: as many as have room are written."""
        if self.share is None:
            return (self.sentence,)
        share = percent(self.share)
        right = tr("{0} right", share)
        return tr("{0} right: {1}", share, self.sentence), f"{right} ({self.counted})", right, share

    def _paint_sentence(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        """Write a sentence, on as many lines as have room, else elided."""
        room, wraps = QRectF(self.rect()), Qt.TextFlag.TextWordWrap
        if room.contains(metrics.boundingRect(room, _MIDDLE | wraps, self.sentence)):
            painter.drawText(room, _MIDDLE | wraps, self.sentence)
            return
        painter.drawText(room, _MIDDLE, metrics.elidedText(self.sentence, Qt.TextElideMode.ElideRight, room.width()))

    def _count_columns(self, metrics: QFontMetricsF) -> int:
        """Return how many guesses are shown: as many as have room for their names, or for the widest that is due."""
        most = max(min(SHOWN, len(self.guesses), int(self.width() // scaled(_COLUMN))), 1)
        for columns in range(most, 1, -1):
            room = self.width() / columns - UNIT
            names = [_mark(guess, at) + guess.name for at, guess in enumerate(self.guesses[:columns])]
            if max(map(metrics.horizontalAdvance, names)) <= room or room >= scaled(_WIDEST) - UNIT:
                return columns
        return 1

    def _paint_guesses(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        theme = current_theme()
        columns = self._count_columns(metrics)
        wide = min(self.width() / columns, float(scaled(_WIDEST)))
        for number, guess in enumerate(self.guesses[:columns]):
            left = number * wide
            room = wide - UNIT
            mark = _mark(guess, number)
            foreground = theme.truth if guess.right else theme.mistake if number == 0 else theme.muted
            if guess.right is None and number == 0:
                foreground = theme.accent
            painter.setPen(colour(foreground))
            name = elided(mark + guess.name, metrics, room)
            line = QRectF(left, 0, room, metrics.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            percent = f"{guess.probability:.0%}"
            below = QRectF(left, metrics.height() + 1, room, metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent)
            bar = QRectF(left, below.center().y() - 3, max(room - metrics.horizontalAdvance("100%") - 4, 8.0), 6)
            painter.fillRect(bar, colour(theme.border))
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * guess.probability, 6), colour(foreground))


def _mark(guess: Candidate, number: int) -> str:
    """Return what stands before a name: a wrong first sign is an error, by more than its colour."""
    return "✓ " if guess.right else "✗ " if number == 0 and guess.right is False else ""
