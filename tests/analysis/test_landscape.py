"""The decision landscape is what the network answers for what the decoder makes of each place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis import landscape
from auslan_explorer.analysis.landscape import FAR_QUANTILE, FINER, _finer_answers, _sample, decision_landscape
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.network import Autoencoder, DenseLayer, Head
from auslan_explorer.core.progress import never
from auslan_explorer.core.projection import signed_log
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.model_lookup import find_autoencoder
from auslan_explorer.paths import models_dir
from tests.made_up import made_up_activations

HEAD = Head(np.array([[4, -4, 0, 0], [0, 0, 4, -4]], np.float32), np.zeros(4, np.float32))
"""Answers by which of four directions a state of two units points to."""


def flat(drop: float = 0.0) -> tuple[Activations, Autoencoder]:
    """Activations of two units that are the map itself, whose decoder adds `drop` to the second."""
    a = made_up_activations()
    points = a.projections[2].points
    same = np.eye(2, dtype=np.float32)
    layers = DenseLayer(same, np.zeros(2, np.float32), "linear"), DenseLayer(same, np.float32([0, drop]), "linear")
    return replace(a, states=ArrayStates(points), prefix=a.projections[2].prefix, head=HEAD), Autoencoder(layers, 0)


def places(grid: Landscape, shape: tuple[int, ...]) -> np.ndarray:
    """Positions of nodes, shape (rows, columns, 2)."""
    y, x = (np.linspace(grid.low[1 - i], grid.high[1 - i], shape[i]) for i in range(2))
    return np.stack(np.meshgrid(x, y), axis=-1)


@pytest.mark.parametrize("log_scale", [True, False])
def test_each_place_has_the_answer_for_its_decoded_state(log_scale: bool) -> None:
    a, autoencoder = flat()
    found = decision_landscape(a, a.projections[2], autoencoder, HEAD, log_scale=log_scale)
    shown = signed_log(a.projections[2].points) if log_scale else a.projections[2].points
    assert (found.low < shown.min(axis=0)).all() and (found.high > shown.max(axis=0)).all()
    at = places(found, found.answer.shape)
    values = np.sign(at) * np.expm1(np.abs(at)) if log_scale else at
    scores = values @ HEAD.kernel
    true, ordered = scores.argmax(axis=-1), np.sort(scores, axis=-1)
    clear = ordered[..., -1] - ordered[..., -2] > 0.5
    assert clear.mean() > 0.9 and np.array_equal(found.answer[clear], true[clear])
    assert np.array_equal(found.answer[::FINER, ::FINER], true[::FINER, ::FINER])
    coarse = places(found, found.certainty.shape)
    values = np.sign(coarse) * np.expm1(np.abs(coarse)) if log_scale else coarse
    assert np.allclose(found.certainty, HEAD.probabilities(values).max(axis=-1), atol=1e-5)


def test_answers_between_nodes_are_those_of_all_interpolated_scores() -> None:
    scores = np.random.default_rng(0).normal(size=(7, 9, 5)).astype(np.float32)
    scores[:4, :4, 2] += 9  # cells whose corners all have one answer

    def between(nodes: int) -> np.ndarray:
        at = np.linspace(0, nodes - 1, (nodes - 1) * FINER + 1)
        return np.maximum(1 - np.abs(at[:, None] - np.arange(nodes)), 0)

    all_scores = np.einsum("ir,jc,rcn->ijn", between(7), between(9), scores)
    assert np.array_equal(_finer_answers(scores, never), all_scores.argmax(axis=2))


@pytest.mark.parametrize("most_read", [200_000, 120])
def test_hidden_states_are_read_once_for_both_scales(monkeypatch: pytest.MonkeyPatch, most_read: int) -> None:
    a, autoencoder = flat()
    monkeypatch.setattr(landscape, "_MOST_READ", most_read)
    monkeypatch.setattr(landscape, "_MOST_STATES", 100)
    read: list[int] = []
    rows = ArrayStates.rows
    monkeypatch.setattr(ArrayStates, "rows", lambda self, *span: read.append(span[1] - span[0]) or rows(self, *span))
    for log_scale in (True, False):
        decision_landscape(a, a.projections[2], autoencoder, HEAD, log_scale=log_scale)
    assert sum(read) == a.real_steps if most_read > a.real_steps else 0 < sum(read) <= most_read * 1.5
    sampled, states = _sample(a)
    assert np.array_equal(states, a.all_states()[sampled]) and len(states) <= 150


def test_a_place_is_far_where_no_state_is_near_what_it_stands_for() -> None:
    a, autoencoder = flat(drop=0.3)
    found = decision_landscape(a, a.projections[2], autoencoder, HEAD, log_scale=False)
    # Every state is .3 from its own image, in one of two units.
    assert found.far_from == pytest.approx(0.3 / np.sqrt(2), rel=1e-3)
    at = places(found, found.distance.shape)
    decoded = (at + np.array([0, 0.3])).reshape(-1, 1, 2)
    states = a.all_states()
    true = np.sqrt(np.square(decoded - states).mean(axis=-1)).min(axis=1).reshape(at.shape[:2])
    assert (found.distance >= true - 1e-5).all() and np.median(found.distance - true) < 0.1
    assert np.array_equal(found.far, found.distance > found.far_from)


def test_the_shipped_map_knows_almost_every_sign_and_its_ends_lie_in_their_regions() -> None:
    a = read_cache(models_dir() / "activations.h5")
    projection = a.projections[2]
    autoencoder = find_autoencoder(a, projection)
    assert autoencoder is not None and a.head is not None
    found = decision_landscape(a, projection, autoencoder, a.head, log_scale=True)
    assert len(np.unique(found.answer)) >= 90 and 0 < found.far.mean() < 0.5
    ends = signed_log(projection.points[a.offsets[1:] - 1])
    share = (ends - found.low) / (found.high - found.low)
    rows, columns = found.answer.shape
    there = found.answer[
        np.rint(share[:, 1] * (rows - 1)).astype(int), np.rint(share[:, 0] * (columns - 1)).astype(int)
    ]
    assert (there == a.predicted).mean() > 0.97
    # As many real states are farther from their own image as is said.
    states = a.all_states()[::37]
    own = np.sqrt(np.square(autoencoder.reconstruct(states) - states).mean(axis=1))
    assert (own <= found.far_from).mean() == pytest.approx(FAR_QUANTILE, abs=0.004)


def test_it_can_be_cancelled() -> None:
    a, autoencoder = flat()
    with pytest.raises(Cancelled):
        decision_landscape(a, a.projections[2], autoencoder, HEAD, log_scale=True, cancelled=lambda: True)


def test_a_landscape_is_computed_on_84_by_100_nodes_and_answers_four_times_finer() -> None:
    a, autoencoder = flat()
    found = decision_landscape(a, a.projections[2], autoencoder, HEAD, log_scale=True)
    assert found.certainty.shape == found.distance.shape == (84, 100)
    assert found.answer.shape == (83 * 4 + 1, 99 * 4 + 1)
    points = signed_log(a.projections[2].points)
    wide = points.max(axis=0) - points.min(axis=0)
    np.testing.assert_allclose(points.min(axis=0) - found.low, 0.04 * wide, rtol=1e-4)
    np.testing.assert_allclose(found.high - points.max(axis=0), 0.04 * wide, rtol=1e-4)
