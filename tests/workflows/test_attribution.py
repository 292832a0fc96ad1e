"""What the window tells of why the network answers as it does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.attribution import Explained, group_sums, integrate_gradients, occlude
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Classifier, Head
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.workflows.attribution import Method, explain_answer
from tests.made_up import SIGNS, STEPS, made_up_activations

UNITS = 8


@pytest.fixture(scope="module")
def network() -> Classifier:
    rng = np.random.default_rng(4)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.6, shape).astype(np.float32)

    channels, gates = len(CHANNELS), 4 * UNITS
    head = Head(draw(UNITS, len(SIGNS)), draw(len(SIGNS)))
    reads = draw(channels, gates), draw(UNITS, gates), draw(gates)
    return Classifier(*reads, head, "sigmoid", draw(channels), np.ones(channels, np.float32), STEPS, SIGNS)


@pytest.fixture(scope="module")
def activations(network: Classifier) -> Activations:
    return replace(made_up_activations(units=UNITS), classifier=network)


@pytest.mark.parametrize("method", list(Method))
def test_how_sure_the_network_is_with_the_hand_moving_and_at_rest(
    method: Method, network: Classifier, activations: Activations
) -> None:
    moving = np.random.default_rng(5).normal(0, 0.5, (12, len(CHANNELS))).astype(np.float32)
    rest = np.full(len(CHANNELS), 0.3, np.float32)
    padded = np.zeros((2, STEPS, len(CHANNELS)), np.float32)
    padded[:, -12:] = np.stack([moving, np.tile(rest, (12, 1))]) - network.mean
    padded[:, -12:] /= network.std
    true = network.head.probabilities(network.hidden_states(padded)[:, -1])
    for sign in range(len(SIGNS)):
        found = explain_answer(activations, moving, rest, sign, method)
        assert (found.probability, found.baseline) == pytest.approx(true[:, sign], rel=1e-3)
        assert np.isfinite(found.worth).all() and found.worth.any()


def test_each_method_tells_its_own_worth(network: Classifier, activations: Activations) -> None:
    moving = np.random.default_rng(5).normal(0, 0.5, (12, len(CHANNELS))).astype(np.float32)
    rest = np.full(len(CHANNELS), 0.3, np.float32)
    explained = Explained(network, moving, rest, 1)
    hidden, summed = occlude(explained), group_sums(integrate_gradients(explained))
    assert not np.allclose(hidden, summed, atol=0.05 * np.abs(hidden).max())
    for method, worth in ((Method.OCCLUSION, hidden), (Method.GRADIENTS, summed)):
        np.testing.assert_allclose(explain_answer(activations, moving, rest, 1, method).worth, worth)


def test_a_network_that_is_not_at_hand_cannot_be_asked() -> None:
    frames = np.zeros((3, len(CHANNELS)), np.float32)
    with pytest.raises(UserError, match="is not at hand, so it cannot be asked"):
        explain_answer(made_up_activations(), frames, frames[0], 0, Method.OCCLUSION)
