"""Where the search for resting points begins, and what holds one input."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Classifier, Head
from auslan_explorer.workflows.resting import NO_RECORDINGS, STARTS, starting_states

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
