"""A new map is turned onto the one before, and the autoencoder computes the same as ever."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training.alignment import Aligner, best_turn, centred, laid_over, principal_turn, turned
from tests.made_up import made_up_activations


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


def test_the_turn_does_not_depend_on_where_the_origins_are() -> None:
    rng = np.random.default_rng(3)
    points = rng.normal(0, [3, 1], (500, 2))
    turn = np.array([[np.cos(2.0), np.sin(2.0)], [np.sin(2.0), -np.cos(2.0)]])
    np.testing.assert_allclose(best_turn(points - 5.0, points @ turn + 2.0), turn, atol=1e-9)


@pytest.mark.parametrize("dims", [2, 3])
def test_a_map_lies_on_its_principal_axes_whichever_way_it_was_turned(dims: int) -> None:
    rng = np.random.default_rng(6)
    points = rng.exponential([3.0, 2.0, 1.0][:dims], (800, dims)) - 0.5
    laid = points @ principal_turn(points)
    np.testing.assert_allclose(np.cov(laid, rowvar=False), np.diag(np.sort(laid.var(axis=0, ddof=1))[::-1]), atol=1e-9)
    assert (np.power(laid, 3).sum(axis=0) > 0).all()
    turn, _ = np.linalg.qr(rng.normal(size=(dims, dims)))
    for other in (turn, -turn):
        np.testing.assert_allclose((points @ other) @ principal_turn(points @ other), laid, atol=1e-9)


@pytest.mark.parametrize("dims", [2, 3])
def test_a_linear_map_is_moved_to_its_origin_and_reconstructs_the_same(dims: int) -> None:
    states = np.random.default_rng(2).normal(0, 1, (200, 6)).astype(np.float32)
    before = autoencoder(dims, "linear")
    after = centred(before, states[:3])
    np.testing.assert_allclose(after.encode(states[:3]).mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(after.reconstruct(states), before.reconstruct(states), atol=1e-5)
    np.testing.assert_allclose(np.ptp(after.encode(states) - before.encode(states), axis=0), 0, atol=1e-5)
    squashed = autoencoder(dims, "tanh")
    assert centred(squashed, states) is squashed


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


def test_a_map_is_laid_over_another_whatever_its_turn_mirror_size_and_place() -> None:
    a = made_up_activations()
    target = a.projections[2]
    mirrored = np.array([[0.0, 3.0], [3.0, 0.0]], dtype=np.float32)
    held = replace(target, points=target.points @ mirrored + 5, prefix=target.prefix @ mirrored)
    laid = laid_over(held, target)
    assert np.allclose(laid.points - laid.points.mean(axis=0), target.points - target.points.mean(axis=0), atol=1e-4)
    assert np.allclose(laid.prefix, target.prefix, atol=1e-4)
    assert (laid.fingerprint, laid.title) == (target.fingerprint, target.title)


def test_a_map_in_one_place_keeps_its_size() -> None:
    target = made_up_activations().projections[2]
    still = replace(target, points=np.full_like(target.points, 2))
    assert np.allclose(np.linalg.norm(laid_over(still, target).points, axis=1), np.sqrt(8), atol=1e-5)
