"""``make models`` on made-up recordings: every file that ships is written, fits the others, and the card says how."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.label_check import COLUMNS, HELD_OUT_KIND, KIND, held_out_table
from auslan_explorer.analysis.neighbours import fingerprint
from auslan_explorer.analysis.quality import measure, pca
from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.progress import never, no_progress
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION, article_split, session_split
from auslan_explorer.io.cache import check_cache, read_cache, write_cache
from auslan_explorer.io.models import load_autoencoder, load_classifier, load_split, read_info
from auslan_explorer.io.npz import read_npy
from auslan_explorer.io.stability_store import read_ensemble
from auslan_explorer.io.table_store import shipped_name
from auslan_explorer.ml import make_models as make_models_module
from auslan_explorer.ml.figures import OWN_MAP, PUBLISHED_MAP, all_figures
from auslan_explorer.ml.jobs import AutoencoderJob, consume_events, run_side_by_side
from auslan_explorer.ml.make_models import main, make_models
from auslan_explorer.ml.networks import build_classifier, classifier_from_keras
from auslan_explorer.ml.protocols import MEASURED_ON, read_held_out, write_held_out
from auslan_explorer.ml.runtime import start_tensorflow
from auslan_explorer.ml.trainings import Classifiers, published_activations
from auslan_explorer.training.events import AutoencoderTrained, ClassifierTrained
from auslan_explorer.training.settings import AutoencoderSettings, ClassifierSettings
from tests.ml.conftest import made_up_activations

CLASSIFIER = ClassifierSettings(units=8, epochs=4, batch=16, warmup_epochs=1, validate_every=2)
AUTOENCODER = AutoencoderSettings(widths=(16, 8), epochs=2, batch=64)
MAPS = {dims: replace(AUTOENCODER, dims=dims) for dims in (2, 3)}
FILES = {
    "classifier.h5",
    "autoencoder-2d.h5",
    "autoencoder-3d.h5",
    "activations.h5",
    "stability.h5",
    "figures.json",
    "README.md",
}


def one_after_another(jobs, workers, progress, cancelled):
    """Stand in for `run_side_by_side` in this process, which has TensorFlow already: a child takes seconds for it."""
    done = {}
    for name, job in jobs.items():
        done[name] = consume_events(job.events(cancelled))
        progress(len(done) / len(jobs), name)
    return done


@pytest.mark.slow
def test_everything_that_ships_is_made(recordings, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("auslan_explorer.ml.trainings.run_side_by_side", one_after_another)
    # Hidden states of an earlier network, and answers to the same recordings.
    folder = tmp_path / "models"
    folder.mkdir()
    states = ArrayStates(np.zeros((recordings.lengths.sum(), 8), np.float32))
    column = {name: getattr(recordings, name) for name in ("lengths", "sign", "session", "trial", "signs")}
    earlier = replace(made_up_activations(len(recordings)), states=states, names=recordings.signs, steps=100, **column)
    write_cache(folder / MEASURED_ON, earlier)
    answers = held_out_table(recordings.sign, np.full(len(recordings), 0.9), np.full(len(recordings), 0.9))
    assert write_held_out(folder, recordings, answers) is not None
    figures = make_models(
        recordings,
        tmp_path / "models",
        classifier_settings=CLASSIFIER,
        autoencoder_settings=MAPS,
        seeds=(0, 1),
        ensemble_settings=AUTOENCODER,
        ensemble_seeds=2,
        progress=lambda fraction, text: told.append(fraction),
    )
    known_by = read_cache(folder / "activations.h5").fingerprint
    neighbours, kept = shipped_name(KIND, known_by), shipped_name(HELD_OUT_KIND, known_by)
    assert {path.name for path in folder.iterdir()} == {*FILES, neighbours, kept}
    assert np.array_equal(read_held_out(folder), answers)
    assert read_npy(folder / neighbours).shape == (len(read_cache(folder / "activations.h5")), COLUMNS)
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
    assert ensemble.fingerprint == fingerprint(activations.states, activations.lengths)
    assert len(ensemble.seeds) == figures["stability"]["maps"] == 2

    assert json.loads((folder / "figures.json").read_text()) == figures
    card = (folder / "README.md").read_text()
    for words in ("M. W. Kadous", "Todd Wright", "data set 115", "sessions held out", "explained variance", "survives"):
        assert words in card
    assert f"Seed {figures['classifier']['chosen_seed']} ships" in card


@pytest.mark.slow
def test_a_training_in_a_process_of_its_own_is_that_of_this_process(activations):
    told = []
    jobs = {"quick": AutoencoderJob(activations, AUTOENCODER)}
    there = run_side_by_side(jobs, 1, lambda *said: told.append(said))
    here = one_after_another(jobs, 1, no_progress, never)
    assert there["quick"].autoencoder.fingerprint == here["quick"].autoencoder.fingerprint
    assert (there["quick"].best_epoch, there["quick"].epochs_run) == (here["quick"].best_epoch, 2)
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions) and all(text.startswith("quick: ") for _, text in told)


@pytest.mark.slow
def test_cancelled_trainings_end_and_keep_nothing(activations):
    job = AutoencoderJob(activations, AutoencoderSettings(widths=(8,), epochs=100_000, patience=100_000))
    told = []
    with pytest.raises(Cancelled):
        run_side_by_side({"long": job}, 1, lambda *said: told.append(said), cancelled=lambda: len(told) > 2)


def network(units, dims, seed):
    rng = np.random.default_rng(seed)
    kernels = rng.normal(0, 1, (units, dims)).astype(np.float32), rng.normal(0, 1, (dims, units)).astype(np.float32)
    layers = (DenseLayer(kernel, np.zeros(kernel.shape[1], np.float32), "linear") for kernel in kernels)
    return Autoencoder(tuple(layers), 0)


def untrained(recordings, seed):
    start_tensorflow(seed)
    model = build_classifier(6, len(recordings.signs))
    known = np.zeros(22, np.float32), np.ones(22, np.float32)
    return ClassifierTrained(classifier_from_keras(model, recordings.signs, *known), 1, 1, 0.5, 0.4 - seed, 0.5, 2.0)


def test_figures_of_the_published_network_are_measured_on_its_own_states(recordings, tmp_path, monkeypatch):
    theirs = untrained(recordings, 5).classifier
    maps = {dims: network(6, dims, dims) for dims in (2, 3)}
    asked = []

    def load(folder):
        asked.append(folder)
        return theirs, maps[2], maps[3]

    monkeypatch.setattr("auslan_explorer.ml.figures.load_published", load)
    monkeypatch.setattr("auslan_explorer.ml.trainings.load_published", load)
    split, by_session = article_split(recordings.sign, 0), session_split(recordings.session)
    classifiers = Classifiers(
        recordings, split, by_session, {s: untrained(recordings, s) for s in (0, 1)}, untrained(recordings, 2)
    )
    own = activate(classifiers.seeds[1].classifier, recordings, split=split)
    sets = {OWN_MAP: own, PUBLISHED_MAP: published_activations(recordings, tmp_path)}
    trained = {
        name: {dims: AutoencoderTrained(network(6, dims, 10 + dims + i), 3, 4, 0.2, 0.1, 5.04) for dims in (2, 3)}
        for i, name in enumerate(sets)
    }
    found = all_figures(classifiers, sets, trained, CLASSIFIER, MAPS, recordings, tmp_path)
    assert asked == [tmp_path, tmp_path]
    assert found["classifier"]["chosen_seed"] == 1  # of equal accuracy, the lower loss
    states = activate(theirs, recordings, split=split)
    held = states.split == TEST
    for key, name, a in (("projections", OWN_MAP, own), ("on_published", PUBLISHED_MAP, states)):
        for dims in (2, 3):
            told = dict(found[key][f"{dims}d"])
            assert told.pop("pca") == pytest.approx(asdict(measure(a, pca(a, dims), held)), rel=1e-3)
            assert [told.pop(word) for word in ("best_epoch", "epochs", "seconds")] == [3, 4, 5.0]
            assert told == pytest.approx(asdict(measure(a, trained[name][dims].autoencoder, held)), rel=1e-3)
    # Its own split is lost: all that was published is measured on all recordings.
    right = (states.predicted == states.sign).mean()
    assert found["published"]["accuracy"]["all"] == pytest.approx(right)
    for dims in (2, 3):
        everywhere = asdict(measure(replace(states, split=np.zeros_like(split)), maps[dims]))
        assert found["published"]["projections"][f"{dims}d"] == pytest.approx(everywhere, rel=1e-3)
    without = all_figures(classifiers, sets, trained, CLASSIFIER, MAPS, recordings, None)
    assert not {"published", "on_published"} & set(without)


def test_command_line_hands_on_what_was_said_and_tells_the_accuracy(recordings, tmp_path, monkeypatch, capsys):
    asked = []

    def make(*given, progress, **named):
        asked.append((given, named))
        progress(0.5, "halfway")
        progress(1.0, "done")
        return {"classifier": {"mean_test_accuracy": 0.98765}}

    opened = []
    monkeypatch.setattr(make_models_module, "make_models", make)
    monkeypatch.setattr(make_models_module, "open_recordings", lambda source: opened.append(source) or recordings)
    source, published, out = tmp_path / "some.tar.gz", tmp_path / "published", tmp_path / "out"
    given = ["--recordings", source, "--published", published, "--out", out, "--workers", "3"]
    assert main([str(word) for word in given]) == 0
    assert opened == [source]
    assert asked == [((recordings, out, published), {"workers": 3})]
    said = capsys.readouterr()
    first, due = said.out.splitlines()
    assert first == f"Mean test accuracy 98.77%; all figures in {out}."
    assert "`python -m auslan_explorer.ml.protocols --only sessions` makes them" in due
    assert "100%" in said.err and said.err.endswith("done\n")


def test_command_line_explains_what_is_missing(tmp_path, capsys):
    assert main(["--recordings", str(tmp_path / "none.tar.gz"), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "none.tar.gz" in error
    assert "Traceback" not in error
    assert not (tmp_path / "out").exists()
