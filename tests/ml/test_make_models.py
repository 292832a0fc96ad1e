"""``make models`` on made-up recordings: every file that ships is written, fits the others, and the card says how."""

from __future__ import annotations

import json

import numpy as np
import pytest

from auslan_explorer.analysis.neighbours import fingerprint
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.io.cache import check_cache, read_cache
from auslan_explorer.io.models import load_autoencoder, load_classifier, load_split, read_info
from auslan_explorer.io.stability_store import read_ensemble
from auslan_explorer.ml.jobs import AutoencoderJob, run_side_by_side
from auslan_explorer.ml.make_models import main, make_models
from auslan_explorer.training.settings import AutoencoderSettings, ClassifierSettings

CLASSIFIER = ClassifierSettings(units=8, epochs=4, batch=16, warmup_epochs=1, validate_every=2)
AUTOENCODER = AutoencoderSettings(widths=(16, 8), epochs=2, batch=64)
FILES = {
    "classifier.h5",
    "autoencoder-2d.h5",
    "autoencoder-3d.h5",
    "activations.h5",
    "stability.h5",
    "figures.json",
    "README.md",
}


@pytest.mark.slow
def test_everything_that_ships_is_made(recordings, tmp_path):
    told = []
    figures = make_models(
        recordings,
        tmp_path / "models",
        classifier_settings=CLASSIFIER,
        autoencoder_settings=AUTOENCODER,
        seeds=(0, 1),
        ensemble_settings=AUTOENCODER,
        ensemble_seeds=2,
        progress=lambda fraction, text: told.append(fraction),
    )
    folder = tmp_path / "models"
    assert {path.name for path in folder.iterdir()} == FILES
    assert told == sorted(told)
    assert told[-1] == 1.0

    classifier = load_classifier(folder / "classifier.h5")
    assert read_info(folder / "classifier.h5")["seed"] == figures["classifier"]["chosen_seed"]
    split = load_split(folder / "classifier.h5")
    assert sorted(set(split.values())) == [TRAIN, VALIDATION, TEST]

    assert check_cache(folder / "activations.h5") == []
    activations = read_cache(folder / "activations.h5")
    assert (np.bincount(activations.split, minlength=3) == np.bincount(list(split.values()), minlength=3)).all()
    right = activations.predicted == activations.sign
    chosen = figures["classifier"]["seeds"][str(figures["classifier"]["chosen_seed"])]
    assert right[activations.split == TEST].mean() == pytest.approx(chosen["accuracy"]["test"])
    for dims in (2, 3):
        autoencoder = load_autoencoder(folder / f"autoencoder-{dims}d.h5")
        assert read_info(folder / f"autoencoder-{dims}d.h5")["classifier"] == classifier.fingerprint
        assert activations.projections[dims].fingerprint == autoencoder.fingerprint
        points = autoencoder.encode(activations.all_states())
        # The cache keeps hidden states as float16.
        np.testing.assert_allclose(points, activations.projections[dims].points, atol=0.02)
        # Paths begin at the origin, and the map lies on its principal axes.
        np.testing.assert_allclose(autoencoder.encode(activations.states_before()).mean(axis=0), 0, atol=0.02)
        learned = points[(activations.split == TRAIN)[activations.recording_of_point()]]
        spread = np.cov(learned, rowvar=False)
        assert (np.diff(np.diag(spread)) < 0).all() and np.abs(spread - np.diag(np.diag(spread))).max() < 0.02

    ensemble = read_ensemble(folder / "stability.h5")
    assert ensemble.fingerprint == fingerprint(activations.all_states(), activations.lengths)
    assert len(ensemble.seeds) == figures["stability"]["maps"] == 2

    assert json.loads((folder / "figures.json").read_text()) == figures
    card = (folder / "README.md").read_text()
    for words in ("M. W. Kadous", "Todd Wright", "data set 115", "sessions held out", "explained variance", "survives"):
        assert words in card
    assert f"Seed {figures['classifier']['chosen_seed']} ships" in card


@pytest.mark.slow
def test_cancelled_trainings_end_and_keep_nothing(activations):
    job = AutoencoderJob(activations, AutoencoderSettings(widths=(8,), epochs=100_000, patience=100_000))
    told = []
    with pytest.raises(Cancelled):
        run_side_by_side({"long": job}, 1, lambda *said: told.append(said), cancelled=lambda: len(told) > 2)


def test_command_line_explains_what_is_missing(tmp_path, capsys):
    assert main(["--recordings", str(tmp_path / "none.tar.gz"), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "none.tar.gz" in error
    assert "Traceback" not in error
    assert not (tmp_path / "out").exists()
