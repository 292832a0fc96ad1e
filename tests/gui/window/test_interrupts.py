"""Ctrl+C in the terminal that the window was started from closes it at once, without a question, and leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auslan_explorer import early_interrupts, paths

ROOT = Path(__file__).parents[3]
START = """
import sys, time
from PySide6.QtCore import QTimer
from auslan_explorer import app, start
from auslan_explorer.core.errors import Cancelled
from tests.made_up import made_up_activations

state, make = sys.argv.pop(), app.make_window

def work(*, cancelled):
    from auslan_explorer.io.temporary import temporary_folder
    with temporary_folder("film") as folder:
        (folder / "half").touch()
        print("there", flush=True)
        while not cancelled():
            time.sleep(0.01)
        raise Cancelled

def make_busy(*arguments, **options):
    window = make(*arguments, **options)
    if state == "busy":
        window.playback.play()
        QTimer.singleShot(0, window.commands.settings.open_page)
        QTimer.singleShot(0, lambda: window.jobs.start("Exporting map.mp4", work, makes_something=True))
    else:
        QTimer.singleShot(2000, lambda: print("there", flush=True))  # when nothing happens any more
    return window

app.make_window = make_busy
app.open_activations = lambda file: made_up_activations()
sys.exit(start.main())
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_ctrl_c_closes_the_window_and_leaves_nothing(state: str, tmp_path: Path) -> None:
    environment = {
        **os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(ROOT),
        paths.DATA_VARIABLE: str(tmp_path / "data"), "TMPDIR": str(tmp_path),
    }  # fmt: skip
    window = subprocess.Popen(
        [sys.executable, "-c", START, state], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert window.stdout is not None and window.stdout.readline() == "there\n"
        window.send_signal(signal.SIGINT)
        said = window.communicate(timeout=300)[1]
    finally:
        window.kill()
    assert (window.returncode, said) == (early_interrupts.EXIT_CODE, f"{early_interrupts.SENTENCE}\n")
    assert not (tmp_path / "data" / "temporary").exists() or not any((tmp_path / "data" / "temporary").iterdir())
