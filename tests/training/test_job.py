"""Which recordings train, and what is said where they are too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN, VALIDATION
from auslan_explorer.training.job import TrainingJob, _new_split, measured_on, split_for
from auslan_explorer.training.settings import AutoencoderSettings

ALL = AutoencoderSettings(recordings="all")
SELECTION = AutoencoderSettings(recordings="selection")


def test_the_training_split_is_the_activations_own(activations: Activations) -> None:
    assert np.array_equal(split_for(activations, AutoencoderSettings()), activations.split)
    assert measured_on(activations.split) == "test"


def test_activations_without_a_split_get_one(activations: Activations) -> None:
    unknown = replace(activations, split=np.full(len(activations), NO_SPLIT, np.uint8))
    split = split_for(unknown, AutoencoderSettings())
    assert [int((split == code).sum()) for code in (TRAIN, VALIDATION, TEST)] == [16, 2, 2]


def test_a_new_split_has_three_parts() -> None:
    def parts(sign: np.ndarray) -> list[int]:
        return np.bincount(_new_split(sign, np.ones(len(sign), bool))).tolist()

    assert parts(np.repeat(np.arange(94), 27)) == [1974, 282, 282]
    assert parts(np.arange(60) % 7) == [48, 6, 6]


def test_of_all_a_tenth_validates(activations: Activations) -> None:
    split = split_for(activations, ALL)
    assert [int((split == code).sum()) for code in (TRAIN, VALIDATION, TEST)] == [18, 2, 0]
    assert np.array_equal(split, split_for(activations, ALL))
    assert measured_on(split) == "validation"


def test_of_a_selection_nothing_else_plays_a_part(activations: Activations) -> None:
    selected = np.zeros(len(activations), dtype=bool)
    selected[[3, 5, 8]] = True
    split = TrainingJob(activations, SELECTION, selected).split()
    assert (split[~selected] == NO_SPLIT).all()
    assert sorted(split[selected].tolist()) == [TRAIN, TRAIN, VALIDATION]


@pytest.mark.parametrize(("count", "words"), [(0, "Nothing is selected"), (1, "One recording is too little")])
def test_too_small_a_selection_is_explained(activations: Activations, count: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        split_for(activations, SELECTION, np.arange(len(activations)) < count)
    with pytest.raises(UserError, match="Nothing is selected"):
        split_for(activations, SELECTION)


def test_recordings_without_a_step_count_for_nothing(activations: Activations) -> None:
    lengths = activations.lengths.copy()
    lengths[:-1] = 0
    lengths[-1] = activations.real_steps
    lone = replace(activations, lengths=lengths, split=np.full(len(lengths), NO_SPLIT, np.uint8))
    for settings in (ALL, AutoencoderSettings()):
        with pytest.raises(UserError, match="One recording is too little"):
            split_for(lone, settings)
