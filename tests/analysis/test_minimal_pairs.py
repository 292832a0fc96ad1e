"""A feature that is neutral is the same for all recordings, what else they hold stays, and confusions are counted."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis.minimal_pairs import (
    answers_without,
    minimal_pairs,
    neutral_frame,
    neutralise,
)
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.minimal_pair import FEATURES, MinimalPair
from auslan_explorer.core.network import Classifier, Head
from auslan_explorer.core.recordings import CHANNELS

PLACE = [0, 1, 2, 11, 12, 13]
TURN = [3, 4, 5, 14, 15, 16]
FINGERS = [c for c in range(22) if c not in PLACE + TURN]


def frames(seed: int, length: int = 12) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.1, 0.9, (length, 22)).astype(np.float32)


def test_the_mean_of_angles_that_wrap_lies_between_them_on_the_circle() -> None:
    values = np.full((2, 22), 0.5, np.float32)
    roll, pitch = CHANNELS.index("right roll"), CHANNELS.index("right pitch")
    values[:, roll] = values[:, pitch] = 0.95, 0.15
    mean = neutral_frame(values)
    assert mean[roll] == pytest.approx(0.05, abs=1e-5) and mean[pitch] == pytest.approx(0.55)


@pytest.mark.parametrize(("feature", "channels"), [("handshape", FINGERS), ("orientation", TURN)])
def test_handshape_and_orientation_become_neutral_and_nothing_else(feature: str, channels: list[int]) -> None:
    before, neutral = frames(0), frames(1)[0]
    after = neutralise(before, feature, neutral)
    assert (after[:, channels] == neutral[channels]).all()
    others = [c for c in range(22) if c not in channels]
    assert (after[:, others] == before[:, others]).all()


def test_without_its_place_a_hand_moves_as_before_and_without_its_movement_it_stays_where_it_was() -> None:
    before, neutral = frames(0), frames(1)[0]
    placed, still = neutralise(before, "place", neutral), neutralise(before, "movement", neutral)
    np.testing.assert_allclose(placed[:, PLACE].mean(axis=0), neutral[PLACE], atol=1e-6)
    np.testing.assert_allclose(np.diff(placed, axis=0), np.diff(before, axis=0), atol=1e-6)
    np.testing.assert_allclose(still[:, PLACE], np.tile(before[:, PLACE].mean(axis=0), (12, 1)), atol=1e-6)
    for after in (placed, still):
        assert (after[:, TURN + FINGERS] == before[:, TURN + FINGERS]).all()


def listening_to(channel: int) -> Classifier:
    """A network of two signs that are told apart by one channel: more than a half, or less."""
    kernel = np.zeros((22, 4), np.float32)
    kernel[channel, 2] = 4
    bias = np.array([0, 0, -2, 0], np.float32)
    head = Head(np.array([[-9, 9]], np.float32), np.zeros(2, np.float32))
    zeros, ones = np.zeros(22, np.float32), np.ones(22, np.float32)
    return Classifier(kernel, np.zeros((1, 4), np.float32), bias, head, "sigmoid", zeros, ones, 20, ("a", "b"))


@pytest.mark.parametrize(
    ("channel", "features"),
    [("right fore", {"handshape"}), ("right pitch", {"orientation"}), ("right y", {"place"})],
)
def test_the_feature_that_the_network_listens_to_is_what_keeps_two_signs_apart(
    channel: str, features: set[str]
) -> None:
    number = CHANNELS.index(channel)
    recordings = [frames(seed, 8 + seed) for seed in range(8)]
    signs = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    for sign, each in zip(signs, recordings, strict=True):
        each[:, number] = 0.25 + 0.5 * sign
    told: list[float] = []
    answers = answers_without(listening_to(number), recordings, progress=lambda share, _: told.append(share))
    assert (answers[0] == signs).all() and told == sorted(told) and told[-1] < 1
    found = minimal_pairs(signs, answers)
    assert {pair.feature for pair in found} == features
    assert (found[0].one, found[0].other) == (0, 1) and found[0].taken + found[0].back == 4 and found[0].share == 1


def test_pairs_are_counted_both_ways_among_what_was_right() -> None:
    signs = np.array([0, 0, 0, 1, 1, 2])
    answers = np.tile(signs, (1 + len(FEATURES), 1))
    answers[0, 2] = 2  # not right as it is: does not count
    answers[1] = [1, 0, 1, 0, 0, 2]
    answers[3] = [0, 0, 0, 1, 1, 0]
    assert minimal_pairs(signs, answers) == [
        MinimalPair(0, 1, "handshape", 1, 2, 2, 2),
        MinimalPair(0, 2, "movement", 0, 1, 2, 1),
    ]


def test_what_cannot_be_asked_is_one_sentence() -> None:
    network = listening_to(0)
    with pytest.raises(UserError, match="both at hand"):
        answers_without(network, [])
    with pytest.raises(UserError, match="22 channels alone"):
        answers_without(network, [np.zeros((5, 4), np.float32)])
    with pytest.raises(UserError, match="20 steps"):
        answers_without(network, [frames(0, 21)])
    with pytest.raises(Cancelled):
        answers_without(network, [frames(0)], cancelled=lambda: True)


def test_a_sign_that_is_never_answered_right_can_still_be_what_another_is_taken_for() -> None:
    signs = np.array([0, 0, 2])
    answers = np.tile(np.array([0, 0, 1]), (1 + len(FEATURES), 1))
    answers[2] = [3, 0, 2]
    assert minimal_pairs(signs, answers) == [MinimalPair(0, 3, FEATURES[1], 1, 0, 2, 0)]
