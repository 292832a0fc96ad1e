"""What each option of the commands that train says it sets is what the training gets, and what is kept of it.

The networks here are made up: nothing is trained, and TensorFlow is not started.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from auslan_explorer import cli, paths
from auslan_explorer.core.splits import article_split, session_split
from auslan_explorer.io.cache import write_cache
from auslan_explorer.io.models import load_autoencoder, load_classifier, load_split, read_info, split_of
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.training import prerequisites
from auslan_explorer.training.events import ClassifierTrained
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import (
    ClassifierSettings,
    article_autoencoder,
    quick_autoencoder,
    recommended_autoencoder,
    sharp_autoencoder,
)
from tests.cli.options import changes_output
from tests.made_up import made_up_activations


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the person's data, and a computer that could train."""
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(prerequisites, "check", lambda: None)
    return tmp_path / "home"


# ------------------------------------------------------------------------------------------------- train autoencoder
@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("training") / "a.h5"
    write_cache(file, made_up_activations())
    return file


DEFAULT = recommended_autoencoder(2)
SETTINGS = {
    "--seed 7": replace(DEFAULT, seed=7),
    "--recipe recommended": DEFAULT,
    "--recipe sharp": sharp_autoencoder(2),
    "--recipe article": article_autoencoder(2),
    "--recipe quick": quick_autoencoder(2),
    "--epochs 3": replace(DEFAULT, epochs=3),
    "--patience 4": replace(DEFAULT, patience=4),
    "--batch 99": replace(DEFAULT, batch=99),
    "--learning-rate 0.02": replace(DEFAULT, learning_rate=0.02),
    "--noise 0.33": replace(DEFAULT, noise=0.33),
    "--smoothness 0.4": replace(DEFAULT, smoothness=0.4),
    "--noise 0": replace(DEFAULT, noise=0.0),
    "--widths 24,12": replace(DEFAULT, widths=(24, 12)),
    "--bottleneck tanh": replace(DEFAULT, bottleneck="tanh"),
    "--steps article": replace(DEFAULT, steps="article"),
    "--train-on all": replace(DEFAULT, recordings="all"),
    # What is given goes before what the recipe says.
    "--recipe article --seed 3 --patience 8": replace(article_autoencoder(2, 3), patience=8),
    "--recipe quick --epochs 2": replace(quick_autoencoder(2), epochs=2),
}


@changes_output(*{f"train autoencoder {text.split()[0]}" for text in SETTINGS})
@pytest.mark.parametrize("text", SETTINGS)
def test_a_training_gets_the_settings_that_were_given(
    text: str, cache: Path, jobs: list[TrainingJob], tmp_path: Path
) -> None:
    out = tmp_path / "a.h5"
    call = ["train", "autoencoder", "--dims", "2", "--cache", str(cache), "--out", str(out), "--no-run"]
    assert cli.main([*call, *text.split()]) == 0
    assert jobs[0].settings == SETTINGS[text]
    assert read_info(out)["settings"] == json.loads(json.dumps(SETTINGS[text].as_dict()))
    assert {"seed", "best_epoch", "epochs_run", "validation_loss", "seconds", "trained_on"} <= set(read_info(out))


@changes_output(*(f"train autoencoder --{name}" for name in ("dims", "out", "name", "no-run")))
def test_a_map_is_written_and_kept_as_a_run(
    cache: Path, jobs: list[TrainingJob], tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["train", "autoencoder", "--cache", str(cache)]
    assert cli.main([*common, "--dims", "3", "--name", "the good one"]) == 0
    assert load_autoencoder(home / "models" / "autoencoder-3d.h5").dims == 3 and jobs[0].settings.dims == 3
    (kept,) = RunStore().list()
    assert (kept.name, kept.dims, kept.metrics["explained_variance"]) == ("the good one", 3, 0.5)
    assert "on held-out recordings it explains 50.0% of the variance" in capsys.readouterr().out
    assert cli.main([*common, "--dims", "2", "--out", str(tmp_path / "mine.h5"), "--no-run"]) == 0
    assert load_autoencoder(tmp_path / "mine.h5").dims == 2
    assert not (home / "models" / "autoencoder-2d.h5").exists() and len(RunStore().list()) == 1


# -------------------------------------------------------------------------------------------------- train classifier
@pytest.fixture
def classifiers(models: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Recordings, split and settings of the trainings that were asked for."""
    asked: list[tuple[Any, ...]] = []
    training, following = ModuleType("train_classifier"), ModuleType("jobs")
    training.train_classifier = lambda *given: asked.append(given)  # type: ignore[attr-defined]
    done = ClassifierTrained(load_classifier(models / "classifier.h5"), 1, 2, 0.5, 0.25, 0.75, 1.0)
    following.consume_events = lambda events, progress: done  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "auslan_explorer.ml.train_classifier", training)
    monkeypatch.setitem(sys.modules, "auslan_explorer.ml.jobs", following)
    return asked


@changes_output(*(f"train classifier --{name}" for name in ("recordings", "split", "seed", "epochs", "out")))
@pytest.mark.parametrize("how", ["article", "sessions"])
def test_a_classifier_gets_its_recordings_split_and_settings(
    how: str, signs_folder: Path, classifiers: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    out = tmp_path / "c.h5"
    given = ["--split", how, "--seed", "4", "--epochs", "6", "--out", str(out)]
    assert cli.main(["train", "classifier", "--recordings", str(signs_folder), *given]) == 0
    ((recordings, split, settings),) = classifiers
    wanted = open_recordings(signs_folder).article_subset()
    assert np.array_equal(recordings.frames, wanted.frames)
    expected = article_split(wanted.sign) if how == "article" else session_split(wanted.session)
    assert np.array_equal(split, expected) and settings == ClassifierSettings(seed=4, epochs=6)
    # What is stored says the same.
    stored = load_split(out)
    assert stored is not None and np.array_equal(split_of(stored, wanted), expected)
    wanted_info = {
        "seed": 4,
        "split": how,
        "settings": json.loads(json.dumps(settings.as_dict())),
        "best_epoch": 1,
        "epochs_run": 2,
        "validation_loss": 0.25,
        "validation_accuracy": 0.75,
        "seconds": 1.0,
    }
    told = read_info(out)
    assert {name: told[name] for name in wanted_info} == wanted_info


def test_a_classifier_is_trained_as_the_article_does_unless_told(
    signs_folder: Path, classifiers: list[tuple[Any, ...]], home: Path
) -> None:
    assert cli.main(["train", "classifier", "--recordings", str(signs_folder)]) == 0
    _, split, settings = classifiers[0]
    assert settings == ClassifierSettings() and np.bincount(split).tolist() == [63, 9, 9]
    assert (home / "models" / "classifier.h5").exists()


# ------------------------------------------------------------------------------------------------------------ models
@changes_output(*(f"models --{name}" for name in ("recordings", "published", "out", "workers")))
def test_all_models_are_made_of_what_was_given(
    signs_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[Any, ...]] = []
    making = ModuleType("make_models")

    def make_models(recordings: Any, folder: Path, published: Path | None, *, workers: int, progress: Any) -> Any:
        asked.append((recordings, folder, published, workers))
        return {"classifier": {"mean_test_accuracy": 0.875}}

    making.make_models = make_models  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "auslan_explorer.ml.make_models", making)
    read: list[Path] = []
    monkeypatch.setattr("auslan_explorer.io.models.load_published", read.append)
    out, theirs = tmp_path / "made", tmp_path / "published"
    given = ["--out", str(out), "--published", str(theirs), "--workers", "5"]
    assert cli.main(["models", "--recordings", str(signs_folder), *given]) == 0
    ((recordings, *others),) = asked
    assert others == [out, theirs, 5] and read == [theirs] and len(recordings) == 81
    assert "87.50%" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["classifier.h5", "autoencoder-2d.h5", "autoencoder-3d.h5", "activations.h5"])
def test_a_place_that_cannot_be_written_is_said_before_models_are_trained(
    name: str, signs_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    making = ModuleType("make_models")
    making.make_models = lambda *_, **__: pytest.fail("it was begun")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "auslan_explorer.ml.make_models", making)
    (tmp_path / name).mkdir()  # where a file belongs
    assert cli.main(["models", "--recordings", str(signs_folder), "--out", str(tmp_path)]) == 2
    assert name in capsys.readouterr().err
