"""A training that ended well is saved as a run, and its map comes back."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis.quality import measure
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.splits import TEST, VALIDATION
from auslan_explorer.training.events import AutoencoderTrained, Measured
from auslan_explorer.training.job import TrainingJob, split_for
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import article_autoencoder
from auslan_explorer.workflows import quality
from auslan_explorer.workflows.runs import Trained, measure_own_map, read_map, save_run
from tests.made_up import made_up_activations


@pytest.fixture
def trained() -> Trained:
    a = made_up_activations()
    rng = np.random.default_rng(0)
    layers = tuple(
        DenseLayer(rng.normal(0, 0.5, shape).astype(np.float32), np.zeros(shape[1], np.float32), "linear")
        for shape in ((a.units, 2), (2, a.units))
    )
    # Without points, as a training that was not shown while it learned.
    result = AutoencoderTrained(Autoencoder(layers, 0), 2, 3, 0.2, 0.1, 12.5, (0.5, 0.2), (0.4, 0.1), None, None)
    return Trained(TrainingJob(a, article_autoencoder(2, 5)), result, Measured({"mse": 0.1, "measured_on": "test"}))


def test_a_run_is_saved_under_a_name_of_its_own_and_read_again(trained: Trained, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    first = save_run(trained, store, "2-D, seed 5")
    assert first.info.name == "2-D, seed 5" and first.info.thumbnail
    assert first.activations is trained.job.activations
    again = read_map(store, first.info.id, first.activations)
    assert np.array_equal(again.points, first.projection.points) and again.dims == 2
    names = [save_run(trained, store, "2-D, seed 5").info.name for _ in range(2)]
    assert names == ["2-D, seed 5 (2)", "2-D, seed 5 (3)"]


def test_a_run_of_other_units_has_no_map_of_these(trained: Trained, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    saved = save_run(trained, store, "one")
    with pytest.raises(UserError):
        read_map(store, saved.info.id, made_up_activations(units=3))


def test_saving_tells_how_far_it_is_and_what_it_does(trained: Trained, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    save_run(trained, RunStore(tmp_path), "one", progress=lambda *said: told.append(said))
    fractions = [fraction for fraction, _ in told]
    assert len(told) >= 2 and fractions == sorted(fractions) and fractions[0] > 0 and fractions[-1] <= 1
    assert all(text for _, text in told)


def test_the_map_that_came_is_measured_on_what_the_run_was(
    trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = save_run(trained, RunStore(tmp_path), "one").info
    a, encoder = trained.job.activations, trained.result.autoencoder
    asked: list[object] = []
    monkeypatch.setattr(quality, "find_autoencoder", lambda *given: asked.append(given) or encoder)
    found = measure_own_map(a, run)
    assert asked == [(a, a.projections[2], "")]
    assert found == {**asdict(measure(a, encoder, a.split == TEST)), "measured_on": "test"}
    of_all = replace(run, settings=replace(run.settings, recordings="all"))
    validation = split_for(a, of_all.settings) == VALIDATION
    expected = {**asdict(measure(a, encoder, validation)), "measured_on": "validation"}
    assert measure_own_map(a, of_all) == expected
    with pytest.raises(UserError, match="trained on a selection that is not kept with it"):
        measure_own_map(a, replace(run, settings=replace(run.settings, recordings="selection")))
    with pytest.raises(UserError):
        measure_own_map(replace(a, projections={}), run)
    monkeypatch.setattr(quality, "find_autoencoder", lambda *given: None)
    with pytest.raises(UserError):
        measure_own_map(a, run)
