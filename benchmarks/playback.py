"""Frames a second while all training paths play in both views beside the inspector, and what the frames take.

A frame counts once the map shows the step and the 3-D view has been painted. First step by step, the next as soon as
one is there; then as a person plays, in real time, where steps are left out that there is no time for. The aim is 25 a
second with 1974 paths, points and lines, in a window of 1280 x 800.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from auslan_explorer import app as program
from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.window.main_window import MainWindow
from benchmarks.common import verdict

AIM, SECONDS = 25, 6.0


def wait(app: QApplication, seconds: float, seen: Callable[[], object] = lambda: None) -> float:
    """Let the window work, and return how long it was; `seen` is called between its events."""
    began = time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        app.processEvents()
        seen()
        time.sleep(0.0005)  # a loop without rest would keep the drawing thread from its work
    return passed


def step_by_step(app: QApplication, window: MainWindow) -> float:
    """Return how many frames a second there are if each step follows the one before at once."""
    session, views = window.session, window.views
    assert views is not None
    frames, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < SECONDS:
        session.update(step=(session.state.step + 1) % session.activations.steps)
        while not views.is_current():
            app.processEvents()
            time.sleep(0.0005)
        app.processEvents()
        frames += 1
    return frames / passed


def played(app: QApplication, window: MainWindow) -> float:
    """Return how many different steps a second are drawn by both views while the film runs in real time."""
    session, views = window.session, window.views
    assert views is not None
    session.update(speed=1.0, repeat=Repeat.LOOP)
    window.playback.play()
    wait(app, 1.0)
    drawn = [session.state.step]

    def count() -> None:
        if views.is_current() and session.state.step != drawn[-1]:
            drawn.append(session.state.step)

    seconds = wait(app, SECONDS, count)
    window.playback.pause()
    return (len(drawn) - 1) / seconds


def main() -> int:
    """Measure and print; 1 if the aim is missed."""
    application = program.make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        window = program.make_window(application, program.open_activations(None), settings)
        window.resize(1280, 800)
        window.show()
        window.docks.show("inspector", True)
        session = window.session
        train = np.flatnonzero(session.activations.split == TRAIN)
        met = True
        for title, selected in (("all in colour", ()), ("one selected and inspected", (int(train[100]),))):
            session.update(splits=frozenset({TRAIN}), selected=selected, step=30)
            wait(application, 8)
            for way, measure in (("step by step", step_by_step), ("in real time", played)):
                rate = measure(application, window)
                print(f"{len(train)} paths, {title}, {way}: {rate:.1f} frames/s, {1e3 / rate:.1f} ms a frame")
                met &= verdict(f"{title}, {way}, of {AIM} frames/s", rate / AIM, 1.0, "times")
        window.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
