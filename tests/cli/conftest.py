from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from auslan_explorer import cli, paths
from auslan_explorer.commands import map_training
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.io.cache import write_cache
from auslan_explorer.io.models import save_autoencoder, save_classifier
from auslan_explorer.training import prerequisites
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.job import TrainingJob
from tests.made_up import made_up_activations

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
SIGNS = ("exit", "change_mind_", "flash-light")
UNITS = 6

PROGRESS = re.compile(r" \(\d+ %(, \d+:\d\d left)?\)$")
"""The end of a line of `commands.common` that tells a slow machine how far a job is."""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the person's data for all commands of the tests, empty at first."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def child(data_folder: Path) -> Run:
    """Function that runs a command in a process of its own, as a person does, and returns the completed process."""

    def call(*args: object, env: dict[str, str | None] | None = None, cwd: Path | None = None, **more):
        surroundings = {**os.environ, "AUSLAN_EXPLORER_DATA": str(data_folder), **(env or {})}
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, args)],
            env={key: value for key, value in surroundings.items() if value is not None},
            cwd=cwd,
            text=True,
            encoding="utf-8",
            timeout=600,
            **{"capture_output": True, **more},
        )

    return call


@pytest.fixture(scope="session")
def run(data_folder: Path) -> Run:
    """Function that runs a command as `child` does, but in this process: to start one takes longer than most commands.

    One call of each command stays a `child`, and so does each that is about its process: streams, displays, signals.
    """

    def call(*args: object, env: dict[str, str] | None = None, cwd: Path | None = None):
        words = [str(each) for each in args]
        out, error = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, {paths.DATA_VARIABLE: str(data_folder), **(env or {})}),
            contextlib.chdir(cwd or Path.cwd()),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(error),
            warnings.catch_warnings(),
        ):
            # A process of its own would print these.
            for category in (UserWarning, RuntimeWarning, FutureWarning):
                warnings.simplefilter("error", category)
            returncode = cli.main(words)
        return subprocess.CompletedProcess(words, returncode, out.getvalue(), error.getvalue())

    return call


def output_of_success(done: subprocess.CompletedProcess[str]) -> str:
    """Check that a command has succeeded with nothing to complain of, and return what it printed."""
    assert done.returncode == 0, done.stderr
    # A slow machine sees progress there, and nothing else belongs there.
    assert not [line for line in done.stderr.splitlines() if not PROGRESS.search(line)]
    assert "None" not in done.stdout.splitlines()
    return done.stdout


@pytest.fixture(scope="session")
def ok(run: Run) -> Callable[..., str]:
    """Function that runs a command in this process, checks that it succeeds, and returns its output."""
    return lambda *args, **more: output_of_success(run(*args, **more))


@pytest.fixture(scope="session")
def child_ok(child: Run) -> Callable[..., str]:
    """Function that runs a command in a process of its own, checks that it succeeds, and returns its output."""
    return lambda *args, **more: output_of_success(child(*args, **more))


@pytest.fixture(scope="session")
def signs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three signs, nine sessions, three trials, as .tsd files."""
    rng = np.random.default_rng(0)
    folder = tmp_path_factory.mktemp("recordings") / "tctodd"
    for session in range(1, 10):
        (folder / f"tctodd{session}").mkdir(parents=True)
        for code, sign in enumerate(SIGNS):
            for trial in (1, 2, 3):
                frames = 0.3 * code + rng.uniform(0, 0.2, (int(rng.integers(45, 60)), 22))
                np.savetxt(folder / f"tctodd{session}" / f"{sign}-{trial}.tsd", frames, fmt="%.6f", delimiter="\t")
    return folder


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of untrained networks."""
    rng = np.random.default_rng(1)
    folder = tmp_path_factory.mktemp("models")

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    classifier = Classifier(
        draw(22, 4 * UNITS),
        draw(UNITS, 4 * UNITS),
        draw(4 * UNITS),
        Head(draw(UNITS, 3), draw(3)),
        "sigmoid",
        np.zeros(22, np.float32),
        np.ones(22, np.float32),
        90,
        tuple(sorted(SIGNS)),
    )
    keys = [f"{sign}/{session}/{trial}" for sign in SIGNS for session in range(1, 10) for trial in (1, 2, 3)]
    split = np.repeat([0, 0, 0, 0, 0, 0, 0, 1, 2], 3)  # by session
    save_classifier(
        folder / "classifier.h5", classifier, {"seed": 5}, split=np.tile(split, 3).astype(np.uint8), recordings=keys
    )
    for dims in (2, 3):
        layers = (
            DenseLayer(draw(UNITS, dims), np.zeros(dims, np.float32), "linear"),
            DenseLayer(draw(dims, UNITS), np.zeros(UNITS, np.float32), "linear"),
        )
        save_autoencoder(folder / f"autoencoder-{dims}d.h5", Autoencoder(layers, 0))
    return folder


@pytest.fixture(scope="session")
def cache(
    child_ok: Callable[..., str], models: Path, signs_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An activation cache, made by the command."""
    path = tmp_path_factory.mktemp("cache") / "made.h5"
    said = child_ok("cache", "--models", models, "--recordings", signs_folder, "--out", path)
    assert "81 recordings" in said
    return path


@pytest.fixture(scope="session", autouse=True)
def application() -> QApplication:
    """Qt off screen, for tests that draw in this process; fonts need it.

    Made before the first test: a command that draws makes a `QGuiApplication`, beside which there is no `QApplication`.
    """
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@pytest.fixture(scope="session")
def real() -> Path:
    """Folder of the real recordings and the published weights."""
    if not (SHARED / "tctodd.tar.gz").exists():
        pytest.skip(f"the real recordings are not at {SHARED}")
    return SHARED


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the person's data of the test's own, for commands in this process; libraries are not looked for."""
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(prerequisites, "check", lambda: None)
    return tmp_path / "home"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command in this process, and return what it printed."""

    def call(*arguments: object) -> str:
        capsys.readouterr()
        assert cli.main([str(each) for each in arguments]) == 0, capsys.readouterr().err
        out = capsys.readouterr().out
        assert "None" not in out.splitlines()
        return out

    return call


@pytest.fixture
def made_up_cache(tmp_path: Path) -> Path:
    """Activations in a file of the test's own."""
    file = tmp_path / "a.h5"
    write_cache(file, made_up_activations(recordings_per_sign=18))
    return file


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[TrainingJob]:
    """The trainings of maps that commands in this process asked for; each ends at once, with a made-up map."""
    asked: list[TrainingJob] = []

    def train(job: TrainingJob) -> tuple[AutoencoderTrained, dict[str, Any]]:
        asked.append(job)
        rng = np.random.default_rng(job.settings.seed)
        shapes = ((job.activations.units, job.settings.dims), (job.settings.dims, job.activations.units))
        layers = [
            DenseLayer(rng.normal(size=s).astype(np.float32), np.zeros(s[1], np.float32), "linear") for s in shapes
        ]
        network = Autoencoder(tuple(layers), 0)
        places = [network.encode(each) for each in (job.activations.all_states(), job.activations.prefix)]
        done = AutoencoderTrained(network, 1, 1, 0.2, 0.1, 1.0, (0.2,), (0.1,), *places)
        return done, {"explained_variance": 0.5, "last_step_mse": 0.25, "measured_on": "test"}

    monkeypatch.setattr(map_training, "run_with_progress", train)
    return asked
