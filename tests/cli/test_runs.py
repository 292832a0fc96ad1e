"""Runs on the command line: what `train autoencoder` keeps is listed, measured, compared, renamed and handed on."""

from __future__ import annotations

import contextlib
import json
import re
import runpy
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.commands.figures_of_maps import FIGURES
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.words import Words
from auslan_explorer.training.run import Run, RunInfo
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import AutoencoderSettings
from tests.made_up import made_up_activations
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
VOWELS = Words("vowel", "utterance")


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The activation cache of another network: 32 units, 40 steps, 3 classes, no padding."""
    file = tmp_path_factory.mktemp("waves") / "waves.h5"
    runpy.run_path(str(ROOT / "docs/examples/gru_cache.py"))["main"](file)
    return file


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"AUSLAN_EXPLORER_DATA": str(tmp_path / "home")}


def listed(ok, home) -> list[dict[str, object]]:
    return json.loads(ok("runs", "list", "--json", env=home))


@pytest.mark.slow
def test_a_map_of_another_network_is_trained_kept_and_handed_on(ok, child_ok, run, waves, home, jobs, tmp_path) -> None:
    assert "There are no runs yet" in ok("runs", "list", env=home)
    common = ("--cache", waves, "--epochs", 2, "--widths", "24,12", "--batch", 128)
    train = ("train", "autoencoder", "--dims", 2, *common)
    said = child_ok(*train, "--name", "first", "--out", tmp_path / "a.h5", env=home)
    assert "held-out sequences" in said and "“first”" in said
    # One training is real: what others learn, and that the same settings and seed give the same map, tests/ml knows.
    assert not jobs
    ok(*train, "--bottleneck", "tanh", "--train-on", "all", env=home)
    tanh, first = listed(ok, home)
    assert first["name"] == "first" and first["settings"]["widths"] == [24, 12]
    assert len(first["losses"]["validation"]) == 2 and first["metrics"]["measured_on"] == "test"
    assert tanh["settings"]["bottleneck"] == "tanh"
    store = RunStore(Path(home["AUSLAN_EXPLORER_DATA"]) / "runs")
    assert store.read(first["id"]).info.thumbnail.startswith(b"\x89PNG")

    assert "24, 12" in ok("runs", "show", "first", env=home)
    measured = json.loads(ok("runs", "evaluate", "first", "--cache", waves, "--json", env=home))
    assert measured["mse"] == pytest.approx(first["metrics"]["mse"], rel=1e-4)
    compared = json.loads(ok("runs", "compare", "first", tanh["id"], "--json", env=home))
    assert set(compared["settings"]) == {"bottleneck", "sequences"} and 0 < compared["disparity"] <= 1
    assert "bottleneck" in ok("runs", "compare", "first", tanh["id"], env=home)

    ok("runs", "rename", first["id"], "the good one", env=home)
    ok("runs", "export", "the good one", tmp_path / "run.h5", env=home)
    ok("runs", "delete", first["id"], env=home)
    assert [info["id"] for info in listed(ok, home)] == [tanh["id"]]
    ok("runs", "import", tmp_path / "run.h5", env=home)
    assert "the good one" in {info["name"] for info in listed(ok, home)}
    ok("runs", "delete", "the good one", tanh["id"], env=home)
    assert listed(ok, home) == []
    missing = run("runs", "show", "nothing", env=home)
    assert missing.returncode == 2 and "no run 'nothing'" in missing.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_ends_the_training_and_leaves_nothing(waves, tmp_path) -> None:
    import os

    home = tmp_path / "home"
    command = [sys.executable, "main.py", "train", "autoencoder", "--dims", "2", "--cache", str(waves)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "AUSLAN_EXPLORER_DATA": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: _children(process.pid))
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "nothing half-made was left behind" in said and "Traceback" not in said
    assert not [child for child in children if Path(f"/proc/{child}/exe").exists()]
    assert not [path for path in home.rglob("*") if path.is_file()]


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that has ended in the meantime
            found += map(int, file.read_text().split())
    return found


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--widths", "600,x"), "no layer widths"),
        (("--widths", "600,5000"), "each from 1 to 4096"),
        (("--name", "two\nlines"), "on one line"),
        (("--seed", 2**40), "is more than"),
    ],
)
def test_bad_settings_are_refused_before_anything_is_read(run, home, tmp_path, arguments, words) -> None:
    done = run("train", "autoencoder", "--dims", 2, "--cache", tmp_path / "no.h5", *arguments, env=home)
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_written_is_found_before_the_training(run, waves, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    done = run(
        *("train", "autoencoder", "--dims", 2, "--cache", waves, "--out", tmp_path / "a.h5"),
        env={"AUSLAN_EXPLORER_DATA": str(tmp_path / "file")},
    )
    assert done.returncode == 2 and "cannot be made" in done.stderr
    assert not (tmp_path / "a.h5").exists()


def test_a_damaged_run_is_listed(ok, home) -> None:
    folder = Path(home["AUSLAN_EXPLORER_DATA"]) / "runs"
    folder.mkdir(parents=True)
    (folder / "20260101-000000-abcdef.h5").write_bytes(b"")
    assert "damaged" in ok("runs", "list", env=home)
    assert listed(ok, home)[0]["id"] == "20260101-000000-abcdef"
    ok("runs", "delete", "20260101", env=home)
    assert listed(ok, home) == []


def two_runs(home: dict[str, str]) -> tuple[Run, Run]:
    """Save two runs of one network, of which one was measured, and return them as they are listed, the newest first."""
    store = RunStore(Path(home["AUSLAN_EXPLORER_DATA"]) / "runs")
    a = made_up_activations()
    points, prefix = a.projections[2].points, a.projections[2].prefix
    layers = DenseLayer(np.ones((8, 2), np.float32), np.ones(2, np.float32), "linear")
    back = DenseLayer(np.ones((2, 8), np.float32), np.ones(8, np.float32), "linear")
    about = {"version": "0.1.0", "activations": a.fingerprint, "words": VOWELS, "best_epoch": 2}
    settings = AutoencoderSettings(dims=2, widths=(24, 12), epochs=3)
    first = RunInfo(
        "20260102-030405-aaaaaa", "first", "2026-01-02T03:04:05+00:00", settings=settings, seconds=12.6, data="vowels",
        train_losses=(0.5, 0.25, 0.2), validation_losses=(0.4, 0.12345, 0.2), **about,
        metrics={"explained_variance": 0.8765, "mse": 0.01234, "measured_on": "test"},
    )  # fmt: skip
    second = replace(
        first, id="20260203-040506-bbbbbb", name="second one", created="2026-02-03T04:05:06+00:00", metrics={},
        settings=replace(settings, widths=(30,), seed=7), seconds=1234.4, data="", validation_losses=(0.4, 0.1),
        train_losses=(0.5, 0.25),
    )  # fmt: skip
    turned = points @ np.array([[0, 2], [-2, 0]], np.float32)  # the same map, turned and twice as large
    runs = [Run(info, Autoencoder((layers, back), 0), of, prefix) for info, of in ((second, turned), (first, points))]
    for run in runs:
        store.save(run)
    return runs[0], runs[1]


def test_what_is_said_of_runs_is_what_stands_in_them(ok, home) -> None:
    _, first = two_runs(home)
    assert ok("runs", "list", env=home).splitlines() == [
        "20260203-040506-bbbbbb  2-D  not measured       2 epochs    1234 s  second one",
        "20260102-030405-aaaaaa  2-D  explains 87.6%     3 epochs      13 s  first",
    ]
    shown = ok("runs", "show", "first", env=home).splitlines()
    settings = {name.replace("_", " "): value for name, value in first.info.settings.as_dict().items()}
    assert shown[:5] == [
        "first (20260102-030405-aaaaaa)",
        "  made 2026-01-02T03:04:05+00:00 by version 0.1.0 in 13 s",
        "  best epoch 2 of 3, validation loss 0.1235",
        f"  trained on vowels ({first.info.activations})",
        "Settings:",
    ]
    told = [re.split(r"\s{2,}", line.strip()) for line in shown[6 : 6 + len(settings)]]
    values = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in settings.items()
    }
    expected = {VOWELS.say(name): "recommended" if value == "None" else value for name, value in values.items()}
    assert {name: (rest or [""])[0] for name, *rest in told} == expected
    assert shown[6 + len(settings)] == "Measured on test utterances:"
    figures = [re.split(r"\s{2,}", line.strip()) for line in shown[8 + len(settings) :]]
    assert figures[:2] == [["explained variance", "0.8765"], ["reconstruction error (MSE)", "0.0123"]]
    assert [name for name, *_ in figures] == [VOWELS.say(text) for text in FIGURES.values()]
    assert len({len(line) for line in shown[6 : 6 + len(settings)] if line.strip()}) == 1, "values end at one edge"
    assert "Measured on" not in ok("runs", "show", "second one", env=home)
    assert "  trained on activations (" in ok("runs", "show", "second one", env=home)


def test_two_runs_are_compared_by_what_differs_and_by_how_their_maps_fit(ok, home) -> None:
    two_runs(home)
    lines = ok("runs", "compare", "first", "second one", env=home).splitlines()
    assert lines[0].split() == ["first", "second", "one"]
    rows = {name: cells for name, *cells in (re.split(r"\s{2,}", line.strip()) for line in lines[1:-1])}
    assert rows["widths"] == ["24, 12", "30"] and rows["seed"] == ["0", "7"]
    assert (rows["epochs"], rows["time"]) == (["3", "2"], ["13 s", "1234 s"])
    assert rows["explained variance"] == ["0.8765"] and "dims" not in rows
    assert lines[-1] == "Laid on one another, the maps differ by 0.0% (Procrustes disparity)."
    told = json.loads(ok("runs", "compare", "first", "second one", "--json", env=home))
    assert told["settings"] == {"widths": [[24, 12], [30]], "seed": [0, 7]}
    assert [each["name"] for each in told["runs"]] == ["first", "second one"]
    assert told["disparity"] == pytest.approx(0, abs=1e-5)
    first = told["runs"][0]
    assert (first["class_word"], first["sequence_word"], first["seconds"]) == ("vowel", "utterance", 12.6)
    assert first["losses"] == {"train": [0.5, 0.25, 0.2], "validation": [0.4, 0.12345, 0.2]}
    assert (first["best_epoch"], first["epochs_run"], first["dims"]) == (2, 3, 2)


def test_what_is_done_with_a_run_is_said(ok, home, tmp_path) -> None:
    two_runs(home)
    out = tmp_path / "out.h5"
    said = [
        ok("runs", "rename", "20260102", " good ", env=home),
        ok("runs", "export", "good", out, env=home),
        ok("runs", "delete", "good", "second one", env=home),
    ]
    assert said == [
        "The run 20260102-030405-aaaaaa is called “good” now.\n",
        f"The run “good” is in {out}; `runs import` takes it in.\n",
        "The run “good” (20260102-030405-aaaaaa) is deleted.\n"
        "The run “second one” (20260203-040506-bbbbbb) is deleted.\n",
    ]
    assert ok("runs", "import", out, env=home) == "The run is kept as 20260102-030405-aaaaaa, “good”.\n"
    assert ok("runs", "show", "good", env=home).startswith("good (20260102-030405-aaaaaa)\n")
