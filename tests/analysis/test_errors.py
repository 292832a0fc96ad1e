from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.analysis.errors import Mistake, accuracy, mistakes


def test_accuracy_by_split(activations) -> None:
    split = np.tile([0, 0, 0, 0, 0, 0, 1, 1, 2, 2], 3).astype(np.uint8)
    predicted = activations.sign.copy()
    predicted[[0, 6, 8, 9, 18, 19]] = 2
    some = replace(activations, split=split, predicted=predicted)
    assert accuracy(some) == {"train": 17 / 18, "validation": 5 / 6, "test": 2 / 6, "all": 24 / 30}
    wrong = mistakes(some)
    assert [m.split for m in wrong] == ["train", "validation", "test", "test", "test", "test"]
    assert wrong[0] == Mistake("train", "a", 1, 1, "c", 0)


def test_without_split_there_is_only_all(activations) -> None:
    known = replace(activations, predicted=activations.sign)
    assert accuracy(known) == {"all": 1.0} and mistakes(known) == []
    assert mistakes(replace(known, predicted=(known.sign + 1) % 3))[0].split is None


def test_unknown_predictions_count_for_nothing(activations) -> None:
    unknown = replace(activations, predicted=np.full(30, -1, dtype=np.int16))
    assert accuracy(unknown) == {} and mistakes(unknown) == []


def test_published_classifier(published) -> None:
    activations, _ = published
    wrong = mistakes(activations)
    assert len(activations) == 2528 and len(wrong) == 19
    assert round(accuracy(activations)["all"], 4) == 0.9925
    # Two that the article names (figures 11-13).
    assert {("hurt", "all"), ("thank", "hot")} <= {(m.sign, m.predicted) for m in wrong}


def test_a_mistake_is_one_whichever_sign_is_answered_the_first_too(activations) -> None:
    signs = len(activations.signs)
    answers = (activations.sign + 1) % signs
    wrong = mistakes(replace(activations, predicted=answers.astype(np.int16)))
    assert {m.predicted for m in wrong} == set(activations.signs) and len(wrong) == len(activations)
