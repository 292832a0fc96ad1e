"""Where the search for resting points begins, and what holds one input."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.resting import HeldInput, RestingPoints
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import SessionState, opening_state
from auslan_explorer.workflows.resting import (
    NO_ENCODER,
    NO_FRAME,
    NO_RECORDINGS,
    STARTS,
    find_resting,
    held_frame,
    place_points,
    starting_states,
)
from auslan_explorer.workflows.what_if import Networks
from tests.made_up import made_up_activations

UNITS, CHANNELS, STEPS = 3, 2, 6


@pytest.fixture(scope="module")
def network() -> Classifier:
    rng = np.random.default_rng(4)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.6, shape).astype(np.float32)

    reads = draw(CHANNELS, 4 * UNITS), draw(UNITS, 4 * UNITS), draw(4 * UNITS)
    scale = np.zeros(CHANNELS, np.float32), np.full(CHANNELS, 2, np.float32)
    return Classifier(*reads, Head(draw(UNITS, 2), draw(2)), "sigmoid", *scale, STEPS, ("a", "b"))


@pytest.mark.parametrize("lengths", [(), (0,), (STEPS + 1, 0, STEPS + 5)])
def test_without_a_recording_that_the_network_can_read_that_is_said(network: Classifier, lengths: tuple) -> None:
    with pytest.raises(UserError, match=NO_RECORDINGS):
        starting_states(network, [np.zeros((length, CHANNELS)) for length in lengths])


def test_states_begin_in_recordings_that_fit_and_at_steps_spread_over_them(network: Classifier) -> None:
    rng = np.random.default_rng(5)
    frames = [rng.normal(size=(length, CHANNELS)) for length in (STEPS, 4, STEPS + 1, 0)]
    found = np.asarray(starting_states(network, frames))
    whole = np.zeros((2, STEPS, CHANNELS), np.float32)
    whole[0], whole[1, 2:] = frames[0] / 2, frames[1] / 2
    hidden = network.hidden_states(whole)
    # The first recording's first step, and the second one's middle.
    np.testing.assert_allclose(found[:, :UNITS], [hidden[0, 0], hidden[1, 4]], atol=1e-6)
    many = starting_states(network, [frames[0]] * (2 * STARTS))
    assert len(many) == STARTS


# --------------------------------------------------------------------------------------------- the input that stays
def state_at(step: int, held: HeldInput, *selected: int) -> SessionState:
    return replace(opening_state(made_up_activations()), step=step, resting=held, selected=Selected(selected))


def test_the_input_is_the_mean_of_first_frames_or_of_all_or_the_frame_of_the_selected_recording() -> None:
    a = made_up_activations()
    rng = np.random.default_rng(6)
    frames = {each: rng.normal(size=(int(a.lengths[each]), CHANNELS)) for each in (1, 4)}
    with_none = {**frames, 9: np.zeros((0, CHANNELS))}
    rest = held_frame(a, state_at(0, HeldInput.REST), with_none)
    np.testing.assert_allclose(rest, (frames[1][0] + frames[4][0]) / 2)
    mean = held_frame(a, state_at(0, HeldInput.MEAN), with_none)
    np.testing.assert_allclose(mean, np.concatenate([frames[1], frames[4]]).mean(axis=0))
    first, last = int(a.first_step[4]), int(a.first_step[4] + a.lengths[4]) - 1
    for step, row in ((first, 0), (first + 3, 3), (last, -1), (0, 0), (a.steps - 1, -1)):
        np.testing.assert_array_equal(held_frame(a, state_at(step, HeldInput.FRAME, 4), frames), frames[4][row])


@pytest.mark.parametrize("selected", [(), (1, 4), (2,)])
def test_a_frame_is_that_of_one_selected_recording_whose_frames_are_known(selected: tuple[int, ...]) -> None:
    a = made_up_activations()
    frames = {each: np.zeros((int(a.lengths[each]), CHANNELS)) for each in (1, 4)}
    with pytest.raises(UserError, match=NO_FRAME):
        held_frame(a, state_at(0, HeldInput.FRAME, *selected), frames)


def test_a_mark_says_answer_and_certainty_where_the_state_rests_and_nothing_where_it_creeps() -> None:
    a = made_up_activations()
    states = np.random.default_rng(7).normal(size=(3, a.units))
    speed, growth = np.array([0, 0, 0.5]), np.array([0.5, 2, 0.5])
    points = RestingPoints(states, states, speed, growth, np.ones(3, np.int64), np.array([2, 0, 1]),
                           np.array([0.872, 0.5, 0.25]))  # fmt: skip
    rng = np.random.default_rng(8)
    down, up = (rng.normal(size=shape).astype(np.float32) for shape in ((a.units, 2), (2, a.units)))
    encoder = Autoencoder((DenseLayer(down, np.zeros(2, np.float32), "linear"),
                           DenseLayer(up, np.zeros(a.units, np.float32), "linear")), 0)  # fmt: skip
    found = place_points(a, points, Networks(a.classifier, {2: encoder}), HeldInput.MEAN)  # type: ignore[arg-type]
    marks = found[2].resting[HeldInput.MEAN]
    assert set(found) == {2} and marks.texts == ("drink 87%", "alive 50%", "")
    np.testing.assert_allclose(marks.places, encoder.encode(points.states.astype(np.float32)))
    assert marks.stable.tolist() == points.stable.tolist()


def test_resting_points_need_the_network_recordings_and_an_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    rng = np.random.default_rng(9)
    made, channels = made_up_activations(), 22
    units, signs = made.units, len(made.signs)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    network = Classifier(
        draw(channels, 4 * units), draw(units, 4 * units), draw(4 * units), Head(draw(units, signs), draw(signs)),
        "sigmoid", np.zeros(channels, np.float32), np.ones(channels, np.float32), made.steps, made.signs,
    )  # fmt: skip
    a = replace(made, classifier=network)
    state = state_at(0, HeldInput.MEAN)
    frames = {each: rng.normal(0, 0.5, (int(a.lengths[each]), channels)) for each in (1, 4)}
    with pytest.raises(UserError, match="is not at hand"):
        find_resting(made, made.projections, state, frames.get)
    with pytest.raises(UserError, match=NO_RECORDINGS):
        find_resting(a, a.projections, state, lambda _: None)
    with pytest.raises(UserError, match=NO_ENCODER):
        find_resting(a, {}, state, frames.get)
    layers = (DenseLayer(draw(units, 2), draw(2), "linear"), DenseLayer(draw(2, units), draw(units), "linear"))
    encoder = Autoencoder(layers, 0)
    known = replace(a, autoencoders={2: encoder})
    points, found = find_resting(known, {2: known.project(encoder, "2-D")}, state, frames.get)
    assert list(found) == [2] and list(found[2].resting) == [HeldInput.MEAN]
    np.testing.assert_allclose(
        found[2].resting[HeldInput.MEAN].places, encoder.encode(points.states.astype(np.float32))
    )
