"""What the window says of a map is measured on the recordings held out, beside as many principal components."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest

from auslan_explorer.analysis.assessment import assess, assess_pca
from auslan_explorer.analysis.quality import held_out, measure, pca
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import Projection
from auslan_explorer.workflows.quality import assess_map

SPLIT = np.tile([0, 0, 0, 0, 0, 0, 1, 2, 2, 2], 3).astype(np.uint8)


@pytest.fixture
def split(activations: Activations) -> Activations:
    return replace(activations, split=SPLIT)


def points_of(a: Activations, autoencoder: Autoencoder) -> np.ndarray:
    return autoencoder.encode(a.all_states())


def by_hand(
    a: Activations, autoencoder: Autoencoder, chosen: np.ndarray, from_end: bool
) -> dict[int, tuple[int, float]]:
    """Recordings and mean squared error of each step, one recording after the other."""
    found: dict[int, list[float]] = {}
    for i in np.flatnonzero(chosen):
        states = a.recording_states(i)
        away = np.square(autoencoder.reconstruct(states) - states).mean(axis=1)
        for k in range(len(states)):
            found.setdefault(len(states) - 1 - k if from_end else int(a.first_step[i]) + k, []).append(float(away[k]))
    return {place: (len(errors), float(np.mean(errors))) for place, errors in found.items()}


def test_figures_and_steps_are_of_the_recordings_held_out(split: Activations, autoencoder: Autoencoder) -> None:
    found = assess(split, points_of(split, autoencoder), autoencoder, k=5)
    expected = measure(split, autoencoder, SPLIT == 2, k=5)
    assert asdict(found.quality) == pytest.approx(asdict(expected), rel=1e-5)
    everyone = measure(split, autoencoder, None, k=5)
    assert found.quality.mse != pytest.approx(everyone.mse, rel=1e-3)
    for errors, from_end in ((found.by_step, False), (found.from_end, True)):
        assert errors is not None
        wanted = by_hand(split, autoencoder, SPLIT == 2, from_end)
        assert {int(step): int(errors.count[step]) for step in np.flatnonzero(errors.count)} == {
            step: count for step, (count, _) in wanted.items()
        }
        for step, (_, mse) in wanted.items():
            assert errors.mse[step] == pytest.approx(mse, rel=1e-4), (step, from_end)


def test_without_a_split_all_recordings_serve(activations: Activations, autoencoder: Autoencoder) -> None:
    found = assess(activations, points_of(activations, autoencoder), autoencoder, k=5)
    assert asdict(found.quality) == pytest.approx(asdict(measure(activations, autoencoder, None, k=5)), rel=1e-5)
    assert found.by_step is not None and found.by_step.count.sum() == activations.real_steps


def test_without_its_autoencoder_a_maps_neighbours_are_known_all_the_same(
    split: Activations, autoencoder: Autoencoder
) -> None:
    found = assess(split, points_of(split, autoencoder), None, k=5)
    whole = assess(split, points_of(split, autoencoder), autoencoder, k=5)
    assert (found.by_step, found.from_end, found.quality.explained_variance) == (None, None, None)
    assert np.isnan([found.quality.mse, found.quality.last_step_mse]).all()
    for name in ("trustworthiness", "continuity", "knn_accuracy"):
        assert getattr(found.quality, name) == getattr(whole.quality, name)


def test_principal_components_are_measured_on_the_same_recordings(split: Activations) -> None:
    found = assess_pca(split, 3, k=5)
    assert asdict(found.quality) == pytest.approx(asdict(measure(split, pca(split, 3), SPLIT == 2, k=5)), rel=1e-5)


def test_many_steps_are_sampled(split: Activations, autoencoder: Autoencoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auslan_explorer.analysis.assessment.SAMPLE", 20)
    seen: list[int] = []
    monkeypatch.setattr(
        "auslan_explorer.analysis.assessment.neighbourhoods", lambda states, points, k: (seen.append(len(states)), 1.0)
    )
    assess(split, points_of(split, autoencoder), autoencoder, k=5)
    assert seen == [20]


def test_a_map_says_on_how_many_recordings_it_was_measured(split: Activations, autoencoder: Autoencoder) -> None:
    projection = Projection(points_of(split, autoencoder), np.zeros((0, 2), np.float32), autoencoder.fingerprint, "")
    figures = assess_map(split, projection, 5, lambda _: autoencoder)
    assert (figures.recordings, figures.held_out) == (9, True)
    assert figures.own.quality == assess(split, projection.points, autoencoder, 5).quality
    assert figures.pca.quality == assess_pca(split, 2, 5).quality
    whole = assess_map(replace(split, split=np.full(30, 255, np.uint8)), projection, 5, lambda _: autoencoder)
    assert (whole.recordings, whole.held_out) == (30, False)


def test_a_cancel_is_heard_and_nothing_to_measure_is_said(split: Activations, autoencoder: Autoencoder) -> None:
    points = points_of(split, autoencoder)
    with pytest.raises(Cancelled):
        assess(split, points, autoencoder, cancelled=lambda: True)
    told: list[float] = []
    assess(split, points, autoencoder, progress=lambda fraction, _: told.append(fraction))
    assert told == sorted(told) and told[0] == 0
    nobody = replace(split, split=np.where(held_out(split), 2, 0).astype(np.uint8), lengths=split.lengths.copy())
    object.__setattr__(nobody, "lengths", np.where(nobody.split == 2, 0, nobody.lengths))
    with pytest.raises(UserError, match="no recordings to measure"):
        assess(nobody, points, autoencoder)
