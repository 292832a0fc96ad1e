"""Maps are measured, and ensembles of maps found, kept and compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.point_quality import point_trust, references
from auslan_explorer.analysis.step_distortion import step_distortion
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Colouring
from auslan_explorer.core.splits import TEST
from auslan_explorer.training import ensemble as training
from auslan_explorer.training.ensemble import SeedMap, Trainings
from auslan_explorer.workflows.quality import (
    assess_map,
    close_maps,
    find_laid_ensemble,
    is_measured,
    measure_landscape,
    measure_points,
    measured_ends,
    save_ensemble,
    train_and_save_ensemble,
)
from tests.made_up import made_up_activations


def test_a_landscape_needs_an_autoencoder_and_the_networks_last_layer() -> None:
    a = made_up_activations()
    layers = tuple(
        DenseLayer(np.ones(shape, np.float32), np.zeros(shape[1], np.float32), "linear")
        for shape in ((a.units, 2), (2, a.units))
    )
    known = Autoencoder(layers, 0)
    for lacks, autoencoder, why in ((a, None, "autoencoder"), (replace(a, head=None), known, "last layer")):
        with pytest.raises(UserError, match=why):
            measure_landscape(lacks, a.projections[2], autoencoder, log_scale=True)
    assert set(measure_landscape(a, a.projections[2], known, log_scale=True).landscapes) == {True}
    projected = a.project(known, "projected")
    assert projected.points.dtype == projected.prefix.dtype == np.float32


def test_of_several_maps_one_whose_autoencoder_is_lost_is_left_out() -> None:
    a = made_up_activations()
    layers = tuple(
        DenseLayer(np.ones(shape, np.float32), np.zeros(shape[1], np.float32), "linear")
        for shape in ((a.units, 2), (2, a.units))
    )
    known = Autoencoder(layers, 0)

    def find(projection: Projection) -> Autoencoder | None:
        return known if projection.dims == 2 else None

    found = measure_points(a, a.projections, Colouring.ERROR, 5, find)
    assert list(found) == [2] and found[2].error is not None and found[2].error.shape == (a.real_steps,)
    assert not is_measured(a.projections[2], Colouring.ERROR, 5), "the session keeps what was found, nobody else"
    with pytest.raises(UserError, match="not at hand"):
        measure_points(a, {3: a.projections[3]}, Colouring.ERROR, 5, find)
    a.projections[2].measured.add(found[2])
    assert measure_points(a, a.projections, Colouring.ERROR, 5, find) == {}, "the map that can be coloured still is"


def test_progress_of_several_maps_goes_on_from_one_to_the_next() -> None:
    a = made_up_activations()
    told: list[float] = []
    found = measure_points(
        a, a.projections, Colouring.TRUST, 5, lambda _: None, progress=lambda fraction, _: told.append(fraction)
    )
    assert told == sorted(told) and told[-1] == 1.0 and any(fraction <= 0.5 for fraction in told)
    assert {dims: list(each.trust) for dims, each in found.items()} == {dims: [5] for dims in a.projections}


def test_figures_say_what_they_were_measured_on() -> None:
    a = made_up_activations()
    figures = assess_map(a, a.projections[2], 5, lambda _: None)
    test = int((a.split == TEST).sum())
    assert figures.recordings == (test if figures.held_out else len(a))
    assert np.isfinite(figures.own.quality.trustworthiness) and figures.own.by_step is None


def test_an_ensemble_is_kept_in_the_order_of_seeds_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    a = made_up_activations()
    assert find_laid_ensemble(a, a.projections[2]) is None
    points, rng = a.projections[2].points, np.random.default_rng(0)
    maps = [SeedMap(n, (points + rng.normal(0, 0.1, points.shape)).astype(np.float32), 0.1, 1.0) for n in (2, 0, 1)]
    assert save_ensemble(a, maps).seeds == (0, 1, 2)
    found = find_laid_ensemble(a, a.projections[2])
    assert found is not None and found.seeds == (0, 1, 2)
    ends = measured_ends(found, a.projections[2]).ends
    assert ends is not None and ends.shape == (3, len(a.signs), 2)
    assert measured_ends(found, a.projections[3]).ends is None, "the ensemble is of maps in two dimensions"


def test_an_ensemble_is_trained_on_all_processors_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    a = made_up_activations()
    asked: list[int] = []

    def train(activations, settings, seeds, workers, progress, cancelled, on_map):  # type: ignore[no-untyped-def]
        asked.append(workers)
        progress(0.5, "training")
        assert not cancelled() and settings.dims == 2 and activations is a
        maps = tuple(SeedMap(seed, a.projections[2].points + seed, 0.1, 1.0) for seed in seeds)
        for each in maps:
            on_map(each)
        return Trainings(maps)

    monkeypatch.setattr(training, "train_ensemble", train)
    came: list[SeedMap] = []
    ensemble = train_and_save_ensemble(a, range(3), None, came.append)
    assert ensemble.seeds == (0, 1, 2) and len(came) == 3 and asked[0] >= 1
    assert find_laid_ensemble(a, None) is not None


@pytest.mark.parametrize("colouring", [Colouring.TRUST, Colouring.CONTINUITY, Colouring.DISTORTION])
def test_what_colour_stands_for_is_measured_of_every_map_once(colouring: Colouring) -> None:
    a = made_up_activations()
    found = measure_points(a, a.projections, colouring, 5, lambda _: None)
    assert list(found) == [2, 3]
    states = a.all_states()
    among = references(len(states))
    for dims, projection in a.projections.items():
        measured, points = found[dims], projection.points
        if colouring is Colouring.TRUST:
            np.testing.assert_allclose(measured.trust[5], point_trust(states, points, 5, among))
        elif colouring is Colouring.CONTINUITY:
            np.testing.assert_allclose(measured.continuity[5], point_trust(points, states, 5, among))
        else:
            assert measured.distortion is not None
            np.testing.assert_allclose(measured.distortion, step_distortion(a, projection))
        assert not is_measured(projection, colouring, 5)
        projection.measured.add(measured)
        assert is_measured(projection, colouring, 5)
        assert is_measured(projection, colouring, 6) is (colouring is Colouring.DISTORTION)
    assert measure_points(a, a.projections, colouring, 5, lambda _: None) == {}


def test_close_maps_are_those_on_which_two_signs_are_among_each_other_s_nearest() -> None:
    rng = np.random.default_rng(5)
    paths_of = rng.normal(size=(6, 5, 3, 2)).astype(np.float32)
    full = np.zeros((5, 5))
    ensemble = Ensemble(tuple(range(6)), paths_of, np.zeros((6, 7, 2), np.float32), full, full, tuple("abcde"), "", {})
    for neighbours in (1, 2):
        wanted = []
        for of_map in paths_of:
            apart = np.sqrt(((of_map[:, None] - of_map[None]) ** 2).sum(axis=(2, 3)))
            near = [set(np.argsort(row)[1 : neighbours + 1].tolist()) for row in apart]
            wanted.append(3 in near[1] and 1 in near[3])
        found = close_maps(ensemble, 1, 3, neighbours)
        assert found.dtype == bool and found.tolist() == wanted
