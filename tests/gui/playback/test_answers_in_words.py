"""The answers below the map in words: of how many recordings they are, and at which step."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import Predictions
from auslan_explorer.core.session import Session
from auslan_explorer.gui.playback.prediction_bars import Candidate, PredictionBars
from auslan_explorer.gui.style import current_theme
from tests.gui.read_panel import read_drawing
from tests.made_up import STEPS, made_up_activations


@pytest.fixture
def bars(qtbot: QtBot) -> PredictionBars:
    made = PredictionBars(Session(made_up_activations()), None)
    qtbot.addWidget(made)
    return made


def answer(session: Session, right: np.ndarray) -> None:
    """Give every step an answer, which is right in some recordings."""
    a = session.activations
    other = np.where(right, a.sign, (a.sign + 1) % len(a.signs))
    session.set_predictions(a, Predictions(np.repeat(other, a.lengths).astype(np.int16), a.first_step.copy()))


@pytest.mark.parametrize("alignment", list(Alignment))
def test_what_is_counted_is_what_has_begun_of_what_is_selected_or_shown(
    bars: PredictionBars, alignment: Alignment
) -> None:
    session = bars._session
    a = session.activations
    assert bars.sentence == "Play to see how many answers are right." and bars.share is None
    right = np.arange(len(a)) % 3 > 0
    answer(session, right)
    for selected, rows, word in (((), np.arange(len(a)), "shown"), ((1, 5, 6), np.array([1, 5, 6]), "selected")):
        for step in range(STEPS):
            session.update(alignment=alignment, selected=selected, step=step)
            begun = rows[[session.state.steps_reached(a, int(row)) > 0 for row in rows]]
            if not len(begun):
                assert bars.sentence == "None of these recordings has begun at this step." and bars.share is None
                continue
            word_ = word if len(begun) == len(rows) else "that have begun"
            assert bars.sentence == f"{right[begun].sum()} of {len(begun)} {word_} are right at this step"
            assert bars.share == pytest.approx(right[begun].mean())
            assert bars.counted == f"{right[begun].sum()} of {len(begun)}"
            assert bars.accessibleDescription() == bars.sentence
    session.update(selected=(), visible_signs=frozenset())
    assert bars.sentence == "Nothing is shown."


def test_where_nothing_is_answered_it_says_why(bars: PredictionBars) -> None:
    session = bars._session
    session.update(selected=(3,), step=0)
    assert bars.sentence == "This recording has not begun at this step." and not bars.guesses
    session.open(replace(session.activations, head=None))
    assert bars.sentence and bars.sentence == session.activations.no_probabilities_reason


@pytest.mark.parametrize("right", [True, False, None])
def test_the_first_answer_is_painted_by_whether_it_is_right_and_others_only_where_they_are(
    bars: PredictionBars, right: bool | None
) -> None:
    theme = current_theme()
    first = {True: theme.truth, False: theme.mistake, None: theme.accent}[right]
    bars.guesses = (Candidate("p", 0.5, right), Candidate("q", 0.25, False if right else None))
    bars.resize(400, bars.sizeHint().height())
    drawn = read_drawing(bars).splitlines()
    colours = [rgb for line in drawn if " p" in line or " q" in line for rgb in re.findall(r"text fill=(#\w+)", line)]
    assert colours == [QColor(*rgb).name() for rgb in (first, theme.muted)]
    bars.guesses = (Candidate("p", 0.5, False), Candidate("q", 0.25, True))
    assert f"text fill={QColor(*theme.truth).name()}" in read_drawing(bars)
