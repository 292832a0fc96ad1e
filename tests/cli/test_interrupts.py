"""Ctrl+C from the first line of the program on: 130 and one sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from auslan_explorer import early_interrupts, interrupts
from auslan_explorer.commands.common import progress_bar

ROOT = Path(__file__).parents[2]
SENTENCE = f"{early_interrupts.SENTENCE}\n"
STOPPED = """
import contextlib, os, runpy, signal, sys
last, script = sys.argv[1:3]
sys.argv[1:] = sys.argv[3:]
sys.path.insert(0, os.path.dirname(script))
class Stop:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == last:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop)
runpy.run_path(script, run_name="__main__")
"""
"""Runs a script, and presses Ctrl+C where a module is about to be imported."""
SWALLOWED = STOPPED.replace(
    "            os.kill", "          with contextlib.suppress(KeyboardInterrupt):\n            os.kill"
)
"""The same where the interrupt is then swallowed, as libraries do that call Python from C."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.mark.parametrize("module", ["argparse", "numpy", "auslan_explorer.cli", "h5py", "PySide6.QtGui"])
def test_ctrl_c_while_something_is_imported(module: str, data_folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", STOPPED, module, str(ROOT / "main.py")]
    done = subprocess.run(
        [*command, "render", "--figure", "3", "--out", str(tmp_path / "x.png")],
        env={**os.environ, "AUSLAN_EXPLORER_DATA": str(data_folder)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (130, SENTENCE)
    assert list(tmp_path.glob("*.png")) == [] and not (data_folder / "temporary").exists()


@pytest.mark.parametrize("out", ["film.mp4", "frames"])
def test_ctrl_c_that_a_library_has_swallowed_ends_long_work(out: str, data_folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SWALLOWED, "auslan_explorer.draw.film_frames", str(ROOT / "main.py")]
    done = subprocess.run(
        [*command, "film", "--hold", "600", "--out", out],
        env={**os.environ, "AUSLAN_EXPLORER_DATA": str(data_folder)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (130, SENTENCE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("terminal", [False, True])
def test_progress_raises_what_was_swallowed(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(interrupts, "_asked", asked)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with progress_bar("training") as progress:
        progress(0.1, "")
        asked.set()
        with pytest.raises(KeyboardInterrupt):
            progress(0.2, "")


def test_it_is_heard_before_anything_is_imported_that_takes_time() -> None:
    script = """
import sys
before = set(sys.modules)
import auslan_explorer.early_interrupts
print(sorted(name for name in set(sys.modules) - before if not name.startswith("auslan_explorer")))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "['__future__']\n"


def test_it_is_remembered_without_a_word_where_python_can_raise_nothing() -> None:
    script = """
import signal, sys, weakref
from auslan_explorer import interrupts
class Thing: pass
def end(fault):
    thing = Thing()
    kept = weakref.ref(thing, fault)
    del thing
interrupts.listen()
end(lambda _: 1 / 0)
end(lambda _: signal.raise_signal(signal.SIGINT))
sys.exit(interrupts.settle(0))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 130 and done.stderr.endswith(f"ZeroDivisionError: division by zero\n{SENTENCE}")
    assert "KeyboardInterrupt" not in done.stderr
