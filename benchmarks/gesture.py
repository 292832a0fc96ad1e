"""The gesture in the window: hands beside both maps, a dragged curve, and what is asked about one recording.

Hands play with one recording selected, a frame counting once maps and hands have been painted (aim: 30 a second). A
drag of a curve runs the network over the changed recording and hands path, hands, curves and probabilities to the
window; the aim is 50 ms until all is painted. A selection with inspector and hands open, a landscape and the arrows of
the flow are to take 300 ms at most. Wall-clock times are the least of some tries, and their median; beside them stands
the processors' time of the window's own thread, which other work on the machine lengthens less. Needs the recordings.
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
from auslan_explorer import paths
from auslan_explorer.analysis.flow import mean_flow
from auslan_explorer.analysis.landscape import decision_landscape
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import Session
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.gui.recording_frames import FramesState
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.model_lookup import find_autoencoder
from benchmarks.common import NOT_MEASURED, verdict

RATE, DRAG_MS, ANSWER_MS = 30, 50, 300
FRAMES, DRAGS, SELECTIONS, TRIES, RIGHT_X = 60, 30, 8, 5, 11
MOST_SECONDS = 60.0


def let_go_on(app: QApplication, until: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    began = time.perf_counter()
    while not until():
        if time.perf_counter() - began > MOST_SECONDS:
            raise TimeoutError("the window did not come to rest")
        app.processEvents()
        time.sleep(0.0005)  # a loop without rest would keep the drawing thread from its work


def settled(app: QApplication, window: MainWindow) -> None:
    """Let the window finish what it is at."""
    views = window.views
    assert views is not None
    for _ in range(5):
        let_go_on(app, views.is_current)
        app.processEvents()


def timed(app: QApplication, window: MainWindow, change: Callable[[], object]) -> tuple[float, float, float]:
    """Return milliseconds from a change until its slots are done, until all is painted, and of the window's thread."""
    views = window.views
    assert views is not None
    began, worked = time.perf_counter(), time.thread_time()
    change()
    slots = time.perf_counter()
    app.processEvents()
    let_go_on(app, views.is_current)
    app.processEvents()
    ends = slots, time.perf_counter()
    return *(1e3 * (end - began) for end in ends), 1e3 * (time.thread_time() - worked)


def tell(what: str, found: list[tuple[float, float, float]], aim: float) -> bool:
    """Print the least and the median of times, and return whether the least until all is painted meets an aim."""
    slots, painted, worked = np.array(found).T
    print(
        f"{what}: network and widgets least {slots.min():.1f} ms; painted median {np.median(painted):.1f} ms; "
        f"processor of the window least {worked.min():.1f}, median {np.median(worked):.1f} ms"
    )
    return verdict(f"{what}, least", float(painted.min()), aim, "ms", at_most=True)


def hands_play(app: QApplication, window: MainWindow) -> bool:
    """Step through a selected recording as fast as frames are painted."""
    session = window.session
    steps = session.activations.steps
    found = [timed(app, window, lambda: session.update(step=(session.state.step + 1) % steps)) for _ in range(FRAMES)]
    shown = len(np.flatnonzero(session.shown()))
    return tell(f"a frame of the hands beside both maps, {shown} paths", found, 1e3 / RATE)


def drags(app: QApplication, window: MainWindow) -> bool:
    """Draw a channel of the selected recording up and down."""
    section = window.commands.inspector.recording.what_if
    section.open.setChecked(True)
    let_go_on(app, lambda: section.model.networks is not None)
    settled(app, window)
    found = []
    for number in range(DRAGS):
        height = 0.1 * np.sin(number / 5)
        found.append(timed(app, window, lambda height=height: section._pull(RIGHT_X, 20, height)))
        assert section.model.outcome is not None, section.words.text()
    section.open.setChecked(False)
    return tell("a drag", found, DRAG_MS)


def selections(app: QApplication, window: MainWindow, recordings: np.ndarray) -> bool:
    """Select one recording after the other."""
    found = []
    for each in recordings[:: len(recordings) // SELECTIONS][:SELECTIONS].tolist():
        found.append(timed(app, window, lambda each=each: window.session.update(selected=(each,))))
        settled(app, window)
    return tell("a recording is selected, inspector and hands open", found, ANSWER_MS)


def first_landscape() -> None:
    """Compute the first landscape of a file, for which its hidden states are read; the window does it in a thread."""
    a = program.open_activations(None)
    projection = a.projections[2]
    autoencoder = find_autoencoder(a, projection)
    assert autoencoder is not None and a.head is not None
    began, cpu = time.perf_counter(), time.process_time()
    decision_landscape(a, projection, autoencoder, a.head, log_scale=True)
    wall, worked = time.perf_counter() - began, time.process_time() - cpu
    print(f"the first landscape of a file, beside the window: {1e3 * wall:.1f} ms; processors {1e3 * worked:.1f} ms")


def layers(session: Session) -> bool:
    """Compute what is drawn over the 2-D map."""
    a: Activations = session.activations
    projection = a.projections[2]
    autoencoder = find_autoencoder(a, projection)
    assert autoencoder is not None and a.head is not None
    head = a.head
    shown = Trajectories.build(a, projection, True)
    first_landscape()
    met = True
    for what, compute in (
        ("the landscape", lambda: decision_landscape(a, projection, autoencoder, head, log_scale=True)),
        ("the flow", lambda: mean_flow(shown, np.ones(len(a), bool))),
    ):
        wall, worked = [], []
        for _ in range(TRIES):
            began, cpu = time.perf_counter(), time.thread_time()
            compute()
            wall.append(1e3 * (time.perf_counter() - began))
            worked.append(1e3 * (time.thread_time() - cpu))
        print(f"{what}: median {np.median(wall):.1f} ms; processor least {min(worked):.1f} ms")
        met &= verdict(f"{what}, least", min(wall), ANSWER_MS, "ms", at_most=True)
    return met


def main() -> int:
    """Measure and print; 1 if an aim is missed, `NOT_MEASURED` without recordings."""
    if not paths.recordings_file().exists():
        print(
            "Nothing is measured: the recordings are not imported, so there are no hands to draw. Get them with "
            "`auslan-explorer download`, or hand your copy to `auslan-explorer import FILE`."
        )
        return NOT_MEASURED
    application = program.make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = program.make_window(application, program.open_activations(None), Settings(Path(folder) / "w.ini"))
        window.resize(1280, 800)
        window.show()
        window.docks.show("inspector", True)
        views, session = window.views, window.session
        assert views is not None
        views.show_beside(True)
        train = np.flatnonzero(session.activations.split == TRAIN)
        session.update(splits=frozenset({TRAIN}), selected=(int(train[100]),), step=30)
        let_go_on(application, lambda: window.frames.state is FramesState.READY)
        settled(application, window)
        met = [hands_play(application, window), drags(application, window)]
        met += [selections(application, window, train), layers(session)]
        window.close()
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
