"""The answers below the map in words: of how many recordings they are, and at which step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import Predictions
from auslan_explorer.core.session import Session
from auslan_explorer.gui.playback.prediction_bars import PredictionBars
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
