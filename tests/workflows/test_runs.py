"""A training that ended well is saved as a run, and its map comes back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training.events import AutoencoderTrained, Measured
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import article_autoencoder
from auslan_explorer.workflows.runs import Trained, read_map, save_run
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
