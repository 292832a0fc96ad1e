"""Frames a second while all training paths play in both views beside the inspector, and what the frames take.

A frame counts once the map shows the step and the 3-D view has been painted; then the next step begins. The aim is 25
a second with 1974 paths, points and lines, one recording inspected, in a window of 1280 x 800.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from auslan_explorer import app as program
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.gui.settings import Settings
from benchmarks.common import verdict

AIM, SECONDS = 25, 6.0


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
            settle = time.perf_counter() + 8
            while time.perf_counter() < settle:
                application.processEvents()
                time.sleep(0.005)
            frames, drawing, step = 0, 0.0, 0
            began = time.perf_counter()
            while time.perf_counter() - began < SECONDS:
                at = time.perf_counter()
                step = (step + 1) % session.activations.steps
                session.update(step=step)
                while window.views is not None and not window.views.caught_up():
                    application.processEvents()
                    time.sleep(0.0005)  # a loop without rest would keep the drawing thread from its work
                application.processEvents()
                drawing += time.perf_counter() - at
                frames += 1
            rate = frames / (time.perf_counter() - began)
            print(f"{len(train)} paths, {title}: {rate:.1f} frames/s, {1e3 * drawing / frames:.1f} ms a frame")
            met &= verdict(f"{title}, of {AIM} frames/s", rate / AIM, 1.0, "times")
            print(f"{title}: {drawing / frames * AIM:.0%} of the time is spent drawing at {AIM} frames/s")
        window.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
