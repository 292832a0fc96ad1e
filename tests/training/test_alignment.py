"""A new map is turned onto the one before, and the autoencoder computes the same as ever."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training.alignment import Aligner, best_turn, turned


def autoencoder(dims: int, activation: str) -> Autoencoder:
    rng = np.random.default_rng(1)
    sizes = [(6, 9, "relu"), (9, dims, activation), (dims, 9, "relu"), (9, 6, "linear")]
    layers = [
        DenseLayer(rng.normal(0, 0.5, (a, b)).astype(np.float32), rng.normal(0, 0.1, b).astype(np.float32), what)
        for a, b, what in sizes
    ]
    return Autoencoder(tuple(layers), 1)


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("activation", ["linear", "tanh", "relu", "sigmoid"])
def test_a_turned_autoencoder_reconstructs_the_same(dims: int, activation: str) -> None:
    states = np.random.default_rng(2).normal(0, 1, (200, 6)).astype(np.float32)
    before = autoencoder(dims, activation)
    points = before.encode(states)
    # A target that asks for exchanged and mirrored axes.
    target = -points[:, ::-1] + np.float32(0.05)
    after = turned(before, best_turn(points, target, activation))
    np.testing.assert_allclose(after.reconstruct(states), before.reconstruct(states), atol=1e-5)
    assert np.linalg.norm(after.encode(states) - target) <= np.linalg.norm(points - target) + 1e-4
    if activation in ("relu", "sigmoid"):
        assert after.encode(states).min() >= 0


def test_a_rotation_with_a_reflection_is_found() -> None:
    rng = np.random.default_rng(3)
    points = rng.normal(0, [3, 1], (500, 2))
    turn = np.array([[np.cos(2.0), np.sin(2.0)], [np.sin(2.0), -np.cos(2.0)]])
    np.testing.assert_allclose(best_turn(points, points @ turn), turn, atol=1e-9)


def test_snapshots_follow_one_another_and_the_end_depends_on_the_reference_alone() -> None:
    rng = np.random.default_rng(4)
    reference = rng.normal(0, [3, 1], (500, 2))
    on_screen = reference @ np.array([[0, 1], [1, 0]])
    seen, unseen = Aligner(reference, on_screen, "linear"), Aligner(reference, None, "linear")
    first = -reference
    np.testing.assert_allclose(first @ seen.next(first), on_screen, atol=1e-9)
    np.testing.assert_allclose(first @ unseen.next(first), reference, atol=1e-9)
    last = reference @ np.array([[0, -1], [1, 0]])
    np.testing.assert_allclose(seen.last(last), unseen.last(last))
    np.testing.assert_allclose(last @ seen.last(last), reference, atol=1e-9)
