"""Runs on the command line: what `train autoencoder` keeps is listed, measured, compared, renamed and handed on."""

from __future__ import annotations

import json
import runpy
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auslan_explorer.training.runs import RunStore
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]


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
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "nothing half-made was left behind" in said and "Traceback" not in said
    assert not [child for child in children if Path(f"/proc/{child}/exe").exists()]
    assert not [path for path in home.rglob("*") if path.is_file()]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in found for child in file.read_text().split()]


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
