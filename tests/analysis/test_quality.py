from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest

from auslan_explorer.analysis import quality as module
from auslan_explorer.analysis.assessment import assess
from auslan_explorer.analysis.quality import (
    Quality,
    held_out,
    last_rows,
    measure,
    neighbourhoods,
    pca,
    reconstruction,
)
from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.splits import NO_SPLIT

SPLIT = np.tile([0, 0, 0, 0, 0, 0, 0, 1, 2, 2], 3).astype(np.uint8)


def test_reconstruction_by_hand(activations, autoencoder) -> None:
    chosen = activations.sign == 1
    rows = np.concatenate([activations.recording_states(i) for i in np.flatnonzero(chosen)]).astype(np.float64)
    error = (autoencoder.reconstruct(rows) - rows) ** 2
    last = np.array([activations.recording_states(i)[-1] for i in np.flatnonzero(chosen)])
    explained, mse, last_mse = reconstruction(activations, autoencoder, chosen)
    assert mse == pytest.approx(error.mean(), rel=1e-5)
    assert explained == pytest.approx(1 - error.sum() / ((rows - rows.mean(axis=0)) ** 2).sum(), rel=1e-5)
    assert last_mse == pytest.approx(((autoencoder.reconstruct(last) - last) ** 2).mean(), rel=1e-5)


def test_pca_explains_what_its_components_explain(activations) -> None:
    states = activations.all_states().astype(np.float64)
    variances = np.linalg.svd(states - states.mean(axis=0), compute_uv=False) ** 2
    for dims in (2, 3):
        explained, _, _ = reconstruction(activations, pca(activations, dims))
        assert explained == pytest.approx(variances[:dims].sum() / variances.sum(), rel=1e-4)


def test_pca_learns_from_training_recordings_alone(activations) -> None:
    split = replace(activations, split=SPLIT)
    by_split, by_hand = pca(split, 2), pca(activations, 2, SPLIT == 0)
    assert by_split.fingerprint == by_hand.fingerprint != pca(activations, 2).fingerprint


def test_held_out_are_the_test_recordings(activations) -> None:
    assert held_out(activations) is None
    np.testing.assert_array_equal(held_out(replace(activations, split=SPLIT)), SPLIT == 2)


def test_sign_accuracy_asks_the_training_recordings(activations, autoencoder) -> None:
    split = replace(activations, split=SPLIT)
    got = measure(split, autoencoder, held_out(split))
    ends = autoencoder.encode(activations.all_states()[last_rows(activations)])
    right = 0
    for i in np.flatnonzero(SPLIT == 2):
        near = np.argsort(np.linalg.norm(ends[SPLIT == 0] - ends[i], axis=1))[:5]
        votes = np.bincount(activations.sign[SPLIT == 0][near], minlength=3)
        right += votes.argmax() == activations.sign[i]
    assert got.knn_accuracy == pytest.approx(right / (SPLIT == 2).sum())


@pytest.mark.parametrize("split", [SPLIT, np.full(len(SPLIT), NO_SPLIT, np.uint8)])
def test_of_one_sign_alone_no_accuracy_is_told(activations, autoencoder, split: np.ndarray) -> None:
    one = replace(activations, split=split, sign=np.zeros_like(activations.sign))
    assert measure(one, autoencoder, held_out(one)).knn_accuracy is None


def test_validation_recordings_are_no_neighbours_of_the_test_recordings(activations, autoencoder) -> None:
    """They chose the weights, and may be as many as those that trained: exchanging their signs changes nothing."""
    split = replace(activations, split=np.tile([0, 1], 15).astype(np.uint8))
    split.split[::10] = 2
    mixed = replace(split, sign=np.where(split.split == 1, (split.sign + 1) % 3, split.sign).astype(np.int16))
    with_validation = replace(mixed, split=np.where(split.split == 1, 0, split.split).astype(np.uint8))
    for measured in (
        lambda a: measure(a, autoencoder, held_out(a)).knn_accuracy,
        lambda a: assess(a, autoencoder.encode(a.all_states()), autoencoder).quality.knn_accuracy,
    ):
        assert measured(mixed) == measured(split)
        assert measured(with_validation) != measured(split), "otherwise it could not be told"


def test_neighbourhoods_of_a_perfect_and_of_a_random_map() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(300, 2))
    states = flat @ rng.normal(size=(2, 2))
    rotated = flat @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    assert neighbourhoods(flat, rotated) == (1.0, 1.0)
    assert all(value < 0.6 for value in neighbourhoods(states, rng.normal(size=(300, 2))))


def test_too_little_data_is_said_to_be_too_little(activations, autoencoder) -> None:
    few = np.zeros(30, dtype=bool)
    few[:2] = True
    got = measure(activations, autoencoder, few)
    assert (got.trustworthiness, got.continuity, got.knn_accuracy) == (None, None, None)
    still = replace(activations, states=ArrayStates(np.ones_like(activations.all_states())))
    assert measure(still, autoencoder).explained_variance is None


def test_same_seed_same_figures(activations, autoencoder) -> None:
    assert measure(activations, autoencoder, seed=3) == measure(activations, autoencoder, seed=3)


def test_what_cannot_be_measured_is_refused(activations, autoencoder) -> None:
    with pytest.raises(UserError, match="no recordings to measure"):
        measure(activations, autoencoder, np.zeros(30, dtype=bool))
    wider = replace(activations, states=ArrayStates(np.zeros((activations.real_steps, 9), np.float32)))
    with pytest.raises(UserError, match="reads 8 units, but these hidden states have 9"):
        measure(wider, autoencoder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dims", "expected", "ends", "yardstick"),
    [
        (2, Quality(0.808, 0.0636, 0.187, 0.961, 0.983, 0.862), (0.963, 0.989), 0.252),
        (3, Quality(0.881, 0.0396, 0.124, 0.985, 0.991, 0.940), (0.987, 0.995), 0.223),
    ],
)
def test_published_autoencoders(published, dims, expected, ends, yardstick) -> None:
    """The table of shared/data/README.md, to the digits given."""
    activations, autoencoders = published
    got = measure(activations, autoencoders[dims])
    assert round(got.explained_variance, 3) == expected.explained_variance
    assert round(got.mse, 4) == expected.mse
    assert round(got.last_step_mse, 3) == expected.last_step_mse
    assert round(got.knn_accuracy, 3) == expected.knn_accuracy
    # Measured on a sample of 4000 steps: other samples differ by about 0.002.
    assert got.trustworthiness == pytest.approx(expected.trustworthiness, abs=0.005)
    assert got.continuity == pytest.approx(expected.continuity, abs=0.005)
    last = last_rows(activations)
    found = neighbourhoods(activations.all_states()[last], activations.projections[dims].points[last])
    assert tuple(round(value, 3) for value in found) == ends
    _, mse, _ = reconstruction(activations, pca(activations, dims))
    assert round(mse, 3) == yardstick


def test_the_sample_of_steps_is_drawn_by_the_seed_which_is_0_unless_said(activations, autoencoder, monkeypatch) -> None:
    monkeypatch.setattr(module, "SAMPLE", 60)
    assert activations.real_steps > 60

    def sampled(seed: int) -> tuple[float, float]:
        rows = np.sort(np.random.default_rng(seed).choice(activations.real_steps, 60, replace=False))
        states = activations.all_states()[rows]
        return neighbourhoods(states, autoencoder.encode(states), 5)

    usual, other = measure(activations, autoencoder, k=5), measure(activations, autoencoder, seed=1, k=5)
    assert (usual.trustworthiness, usual.continuity) == pytest.approx(sampled(0))
    assert (other.trustworthiness, other.continuity) == pytest.approx(sampled(1))
    assert usual.trustworthiness != other.trustworthiness


def test_what_was_not_measured_is_none() -> None:
    required = {"explained_variance": 0.5, "mse": 0.1, "last_step_mse": 0.2}
    known = Quality(**required, trustworthiness=None, continuity=None, knn_accuracy=None)
    assert {name: value for name, value in asdict(known).items() if value is not None} == required
