from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from auslan_explorer.analysis.predictions import (
    SplitAccuracy,
    accuracy_by_step,
    correct_at,
    early_figures,
    prediction_at,
    predictions_for,
    stable_from,
)
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import Predictions, known_predictions
from auslan_explorer.core.splits import NO_SPLIT, TRAIN
from tests.made_up import made_up_activations


def test_settled_is_the_first_step_of_the_last_run() -> None:
    at = np.array([3, 1, 1, 2, 2, 2, 5, 5, 4, 7])
    offsets = np.array([0, 6, 8, 9, 9, 10])
    first = np.array([4, 8, 9, 10, 9])
    # 3 1 1 | 2 2 2 settles with the fourth; 5 5 and 4 are settled from the start; the fourth has no step.
    assert stable_from(at, offsets, first).tolist() == [7, 8, 9, -1, 9]
    assert stable_from(np.zeros(0, int), np.array([0]), np.zeros(0, int)).tolist() == []


def test_answers_are_computed_in_the_thread_that_asks() -> None:
    a, threads = made_up_activations(), []

    class Watched(ArrayStates):
        def rows(self, start: int, stop: int) -> np.ndarray:
            threads.extend(each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas")
            return super().rows(start, stop)

    predictions_for(replace(a, states=Watched(a.states.rows(0, a.real_steps))))
    assert set(threads) == {1}


def test_answers_are_those_of_the_head_step_by_step() -> None:
    a = made_up_activations()
    assert known_predictions(a) is None
    answers = predictions_for(a)
    assert answers is not None and predictions_for(a) is answers and known_predictions(a) is answers
    assert a.head is not None
    for i in range(len(a)):
        own = a.head.probabilities(a.recording_states(i)).argmax(axis=1)
        assert answers.at[a.offsets[i] : a.offsets[i + 1]].tolist() == own.tolist()
        settled = answers.settled[i] - a.first_step[i]
        assert (own[settled:] == own[-1]).all() and (settled == 0 or own[settled - 1] != own[-1])


@pytest.mark.parametrize("alignment", Alignment)
def test_a_prediction_is_that_of_the_last_step_that_was_reached(alignment: Alignment) -> None:
    a = made_up_activations()
    answers = predictions_for(a)
    assert answers is not None
    for position in range(a.steps):
        now = prediction_at(a, answers, alignment, position, np.arange(len(a)))
        for i in range(len(a)):
            first, length = int(a.first_step[i]), int(a.lengths[i])
            reached = {
                Alignment.NETWORK: min(position - first, length - 1),
                Alignment.START: min(position, length - 1),
                Alignment.STRETCH: position * (length - 1) // (a.steps - 1),
            }[alignment]
            assert now[i] == (-1 if reached < 0 else answers.at[a.offsets[i] + reached]), (position, i)


def test_early_figures_are_medians_and_the_first_position_at_nine_tenths() -> None:
    a = made_up_activations(recordings_per_sign=1)  # four recordings
    at = np.zeros(a.real_steps, dtype=np.int16)
    answers = Predictions(at, a.first_step + np.array([0, 1, 3, a.lengths[3] - 1], dtype=np.int32))
    read = np.array([1, 2, 4, a.lengths[3]])
    right = np.zeros(a.steps)
    right[5:] = [0.1, 0.719, 0.72, 0.9, 0.7, *[0.8] * (a.steps - 10)]
    found = early_figures(a, answers, SplitAccuracy("test", 4, right), np.arange(4))
    assert found is not None
    assert found.settled_share == pytest.approx(np.median(read / a.lengths))
    # 0.72 is nine tenths of the 0.8 that are right in the end, though 0.9 * 0.8 is a little more.
    assert found.mostly_known == 7
    one = early_figures(a, answers, SplitAccuracy("test", 4, np.zeros(a.steps)), np.array([3]))
    assert one is not None and (one.settled_share, one.mostly_known) == (1.0, None)


@pytest.mark.parametrize("alignment", Alignment)
def test_accuracy_counts_those_that_have_not_begun_as_not_right(alignment: Alignment) -> None:
    a = made_up_activations()
    answers = predictions_for(a)
    assert answers is not None
    known = accuracy_by_step(a, answers, alignment)
    assert [each.split for each in known] == ["train", "validation", "test"]
    train = np.flatnonzero(a.split == TRAIN)
    assert known[0].recordings == len(train)
    for position in (0, 9, a.steps - 1):
        now = prediction_at(a, answers, alignment, position, train)
        begun = (a.first_step[train] <= position) if alignment is Alignment.NETWORK else np.ones(len(train), dtype=bool)
        assert ((now >= 0) == begun).all()
        right = correct_at(a, answers, alignment, position, train)
        assert known[0].right[position] == pytest.approx(right.mean())
    last = answers.at[a.offsets[1:] - 1]
    assert known[0].right[-1] == pytest.approx((last == a.sign)[train].mean())
    without = replace(a, split=np.full(len(a), NO_SPLIT, dtype=np.uint8))
    found = predictions_for(without)
    assert found is not None
    assert [each.split for each in accuracy_by_step(without, found, alignment)] == ["all"]


def test_what_has_no_head_or_no_recording_has_no_answers() -> None:
    a = made_up_activations()
    assert predictions_for(replace(a, head=None)) is None
    nobody = np.zeros(0, dtype=np.int64)
    answers = predictions_for(a)
    assert answers is not None
    known = accuracy_by_step(a, answers, Alignment.NETWORK)[0]
    assert early_figures(a, answers, known, nobody) is None
    assert correct_at(a, answers, Alignment.STRETCH, 3, nobody).tolist() == []


def test_the_published_network_knows_well_before_the_end(published: tuple[Activations, object]) -> None:
    a, _ = published
    answers = predictions_for(a)
    assert answers is not None
    last = answers.at[a.offsets[1:] - 1]
    assert (last == a.predicted).all()
    known = accuracy_by_step(a, answers, Alignment.NETWORK)[0]
    assert known.split == "all" or known.recordings < len(a)
    everyone = np.arange(len(a))
    stretched = accuracy_by_step(a, answers, Alignment.STRETCH)[0]
    figures = early_figures(a, answers, stretched, everyone)
    assert figures is not None
    assert stretched.right[0] < 0.2 and stretched.right[-1] == pytest.approx(1 - 19 / 2528, abs=1e-3)
    # Counted back from the end, a recording after the other: how many steps have the last one's prediction.
    read, right_at = [], np.zeros(a.steps)
    for i in range(len(a)):
        own = answers.at[a.offsets[i] : a.offsets[i + 1]]
        same = next((k for k, answer in enumerate(own[::-1]) if answer != own[-1]), len(own))
        read.append(len(own) - same + 1)
        places = np.arange(a.steps) * (len(own) - 1) // (a.steps - 1)
        right_at += own[places] == a.sign[i]
    assert figures.settled_share == pytest.approx(np.median(np.array(read) / a.lengths))
    assert figures.mostly_known == int(np.argmax(right_at >= 0.9 * right_at[-1]))
    # Half of all answers stand before nine tenths of the signs were seen.
    assert 0.3 < figures.settled_share < 0.9
