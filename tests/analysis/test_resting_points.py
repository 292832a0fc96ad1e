"""The step's Jacobian is its derivative, points of rest are where the network stays, and stability is what it does."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis import resting_points
from auslan_explorer.analysis.resting_points import SLOW, HeldStep, find_resting_points, states_on_the_way
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.network import Classifier, Gates, Head
from auslan_explorer.core.resting import STILL

UNITS, CHANNELS = 5, 3


def network(gates: Gates = "sigmoid", strength: float = 0.6, seed: int = 3) -> Classifier:
    rng = np.random.default_rng(seed)

    def made(*shape: int) -> np.ndarray:
        return rng.normal(0, strength, shape).astype(np.float32)

    weights = made(CHANNELS, 4 * UNITS), made(UNITS, 4 * UNITS), made(4 * UNITS)
    head = Head(made(UNITS, 2), np.zeros(2, np.float32))
    return Classifier(*weights, head, gates, made(CHANNELS), np.full(CHANNELS, 2, np.float32), 12, ("a", "b"))


def switch() -> Classifier:
    """One unit that keeps what it holds: with the forget gate open it rests at plus and at minus, and in between."""
    kernel = np.zeros((1, 4), np.float32)
    recurrent = np.array([[0, 0, 6, 0]], np.float32)
    bias = np.array([0, 0, 0, 9], np.float32)
    head = Head(np.array([[5, -5]], np.float32), np.zeros(2, np.float32))
    return Classifier(kernel, recurrent, bias, head, "sigmoid", np.zeros(1, np.float32), np.ones(1, np.float32), 4,
                      ("plus", "minus"))  # fmt: skip


@pytest.mark.parametrize("gates", ["sigmoid", "hard_sigmoid"])
def test_the_jacobian_is_that_of_finite_differences(gates: Gates) -> None:
    step = HeldStep(network(gates), np.array([0.3, -0.2, 0.5]))
    at = np.random.default_rng(0).normal(0, 0.7, (4, 2 * UNITS))
    found, small = step.jacobian(at), 1e-6
    assert found.shape == (4, 2 * UNITS, 2 * UNITS)
    for column in range(2 * UNITS):
        aside = np.zeros(2 * UNITS)
        aside[column] = small
        difference = (step(at + aside) - step(at - aside)) / (2 * small)
        np.testing.assert_allclose(found[:, :, column], difference, atol=1e-8)


@pytest.mark.parametrize("gates", ["sigmoid", "hard_sigmoid"])
def test_states_on_the_way_are_the_networks_own(gates: Gates) -> None:
    c = network(gates)
    padded = np.random.default_rng(1).normal(0, 1, (6, c.steps, CHANNELS)).astype(np.float32)
    steps = np.array([0, 3, 5, 8, 10, 11])
    found = states_on_the_way(c, padded, steps)
    np.testing.assert_allclose(found[:, :UNITS], c.hidden_states(padded)[np.arange(6), steps], atol=1e-5)


def test_a_switch_rests_at_both_ends_and_balances_between_them() -> None:
    c = switch()
    starts = np.random.default_rng(2).normal(0, 0.6, (12, 2))
    found = find_resting_points(c, np.zeros(1), starts)
    assert found.stable.tolist() == [True, True, False] and (found.speed <= STILL).all()
    ends = sorted(found.states[:2, 0])
    assert ends[0] == pytest.approx(-ends[1]) and ends[1] > 0.6 and found.states[2, 0] == pytest.approx(0, abs=1e-9)
    assert found.growth[2] > 1.5 and (found.growth[:2] < 1).all()
    assert [c.signs[answer] for answer in found.answers[:2]] == [
        "plus" if state > 0 else "minus" for state in found.states[:2, 0]
    ]
    assert found.certainty[2] == pytest.approx(0.5) and found.starts.sum() <= 2 * len(starts)
    step = HeldStep(c, np.zeros(1))
    for place, stays in ((0, True), (2, False)):
        both = np.concatenate([found.states[[place]], found.cells[[place]]], axis=1)
        np.testing.assert_allclose(step(both), both, atol=1e-6)
        aside = both + 1e-4
        for _ in range(60):
            aside = step(aside)
        assert bool(np.abs(aside - both).max() < 1e-5) is stays


def test_a_network_that_forgets_has_one_point_that_all_starts_lead_to() -> None:
    c = network(strength=0.2)
    starts = np.random.default_rng(4).normal(0, 1, (10, 2 * UNITS))
    found = find_resting_points(c, np.zeros(CHANNELS), starts)
    assert found.stable.tolist() == [True] and found.speed[0] < 1e-9 < SLOW
    run = starts
    for _ in range(400):
        run = HeldStep(c, np.zeros(CHANNELS))(run)
    np.testing.assert_allclose(run, np.tile(np.concatenate([found.states[0], found.cells[0]]), (10, 1)), atol=1e-7)


def test_it_can_be_cancelled_and_needs_no_start() -> None:
    c = switch()
    assert find_resting_points(c, np.zeros(1), np.zeros((0, 2))).states.shape == (0, 1)
    with pytest.raises(Cancelled):
        find_resting_points(c, np.zeros(1), np.ones((3, 2)), cancelled=lambda: True)


def test_steps_are_damped_less_and_less_where_they_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newton's steps double the digits; ones that stay damped gain as many each time, and need far more of them."""
    monkeypatch.setattr(resting_points, "RUN_STEPS", 0)
    monkeypatch.setattr(resting_points, "ITERATIONS", 9)
    starts = np.random.default_rng(4).normal(0, 1, (10, 2 * UNITS))
    found = find_resting_points(network(strength=0.2), np.zeros(CHANNELS), starts)
    assert found.stable.tolist() == [True] and found.starts.sum() == 2 * len(starts)
    assert found.speed[0] < 1e-11
