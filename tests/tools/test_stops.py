"""`tools/stops.py` notices what a stopped command leaves, and tells it from what is right."""

from __future__ import annotations

import importlib.util
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from auslan_explorer.early_interrupts import SENTENCE
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.paths import DATA_VARIABLE

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.fixture(scope="module")
def stops() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location("stops", ROOT / "tools" / "stops.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["stops"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["stops"]
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture
def left(stops: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Run a made-up script in place of the program, which kills itself, and return what is told of it."""

    def cut(path: Path) -> None:
        if path.read_text() == "half":
            raise ValueError("cut")

    def call(script: str) -> str:
        for variable in (DATA_VARIABLE, "TMPDIR"):
            monkeypatch.setenv(variable, str(tmp_path))  # put back afterwards
        monkeypatch.setattr(stops, "make_inputs", lambda folder: None)
        monkeypatch.setattr(stops, "commands", lambda: {"it": stops.Command((), "a.txt", cut)})
        monkeypatch.setattr(stops, "ROOT", tmp_path)
        monkeypatch.setattr(random.Random, "random", lambda self: 0.4)
        (tmp_path / "main.py").write_text(f"import os, signal\n{script}\nos.kill(os.getpid(), signal.SIGKILL)")
        sweep = stops.Sweep(tmp_path, signal.SIGKILL)
        sweep._seconds["it"], sweep._whole["it"] = stops.LONGEST, 1
        return str(sweep.try_once("it", random.Random(1)))

    return call


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("", "ended before"),
        ("open('out/a.txt', 'w').write('new')", "ended before"),
        ("open('out/a.txt', 'w').write('half')", "a.txt is not whole: cut"),
        ("open('out/.a-0123456789ab.part.txt', 'w')", "left behind: out/.a-0123456789ab.part.txt"),
        ("open(os.environ['TMPDIR'] + '/x', 'w')", "left behind: system/x"),
        ("os.remove('out/a.txt')", "what was there before is gone"),
    ],
)
def test_what_is_left_is_told(script: str, says: str, left: Callable[[str], str]) -> None:
    assert says in left(script)


@pytest.mark.parametrize(
    ("number", "code", "said", "is_told"),
    [
        (signal.SIGKILL, -9, "", "stopped"),
        (signal.SIGKILL, 1, "words", "exit code 1\nwords"),
        (signal.SIGINT, 130, SENTENCE, "stopped"),
        (signal.SIGINT, 130, f"Traceback\n{SENTENCE}", "a traceback"),
        (signal.SIGINT, 130, "Traceback", "stopped before the first line"),
        (signal.SIGINT, 130, "Traceback auslan_explorer/cli.py", "exit code 130"),
        (signal.SIGINT, 2, "", "exit code 2"),
    ],
)
def test_how_it_ended_is_told(
    number: signal.Signals, code: int, said: str, is_told: str, stops: ModuleType, tmp_path: Path, monkeypatch
) -> None:
    for variable in (DATA_VARIABLE, "TMPDIR"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(stops, "make_inputs", lambda folder: None)
    told = stops.Sweep(tmp_path, number)._judge(code, said, "it")
    assert told in (is_told, f"it: {is_told}") or told.startswith(f"it: {is_told}\n")


def test_the_inputs_are_read_by_the_program(stops: ModuleType, tmp_path: Path) -> None:
    stops.make_inputs(tmp_path)
    assert len(read_cache(tmp_path / "cache.h5")) == 40
    assert len(open_recordings(tmp_path / "recordings.tar.gz")) == 30
