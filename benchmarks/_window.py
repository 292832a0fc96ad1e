"""The whole window on some times the recordings that ship: how long a choice holds it, and what 3-D takes.

Prints milliseconds as JSON, by what is measured, and the megabytes in use at the most. Held is the longest stretch of
the window's thread between a choice and half a second after its sharp picture in which nothing else could be answered:
the processor's time of that thread, and the time on the clock, which on a busy machine is mostly waiting for others.
The best of some tries counts, but for the first choice after opening, of which there is one.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from auslan_explorer import app as program
from auslan_explorer.core.session import Colouring, Layout, Session
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache
from benchmarks.common import SHIPPED
from benchmarks.pan import ten_times
from benchmarks.select import changes

TRIES, TURNS = 5, 12
AFTER_SECONDS, SETTLE_SECONDS, MOST_SECONDS = 0.5, 0.7, 120.0


class Stretches:
    """Notes the longest time between two moments at which the window's thread could answer: turns of Qt's loop."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self._last = time.thread_time(), time.perf_counter()
        self.own = self.clock = 0.0

    def mark(self) -> None:
        """Note that the thread can answer now."""
        now = time.thread_time(), time.perf_counter()
        self.own = max(self.own, (now[0] - self._last[0]) * 1e3)
        self.clock = max(self.clock, (now[1] - self._last[1]) * 1e3)
        self._last = now


def run(
    app: QApplication,
    seconds: float,
    until: Callable[[], bool] = lambda: True,
    after_each: Callable[[], None] = lambda: None,
) -> None:
    """Handle events for some time, and on until something is so; call a function after each turn of Qt's loop.

    Raises
    ------
    TimeoutError
        If it is not so after `MOST_SECONDS` more: a view that failed would be waited for without end.
    """
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or not until():
        if time.perf_counter() > end + MOST_SECONDS:
            raise TimeoutError(f"The window's picture is not there after {MOST_SECONDS:.0f} s.")
        app.processEvents()
        after_each()
        time.sleep(0.0005)


def held(app: QApplication, session: Session, canvas: MapCanvas) -> dict[str, float]:
    """Return how long each of the choices of `benchmarks.select` holds the window."""
    stretches, out, worst = Stretches(), {}, 0.0
    for name, change in changes(session).items():
        tries = []
        for n in range(TRIES):
            if name == "let go":
                session.update(selected=(n,), isolate=False)
            run(app, SETTLE_SECONDS, canvas.is_sharp)
            stretches.reset()
            change(n)
            stretches.mark()
            run(app, AFTER_SECONDS, canvas.is_sharp, stretches.mark)
            tries.append((stretches.own, stretches.clock))
        if not out:
            out["held: the first choice after opening"] = tries[0][0]  # once a window: no best of some
        out[f"held: {name}"] = min(own for own, _ in tries)
        worst = max(worst, min(clock for _, clock in tries))
    return {**out, "held on the clock, the longest of these": worst}


def turned(app: QApplication, scatter: Scatter3D) -> dict[str, float]:
    """Return what a frame of turning takes the window's thread, and all threads until 3-D is sharp."""
    view, item = scatter.view, scatter._paths_item
    if view is None:
        return {}

    def is_sharp() -> bool:
        return not item._splatted._running and not view._scene_stale

    sharp, frames = [], []
    for colouring in (Colouring.SIGN, Colouring.TIME, Colouring.SPLIT):
        scatter.session.update(colouring=colouring)
        run(app, 0.05)
        began = time.process_time()
        view.refine()
        run(app, 0.0, is_sharp)
        sharp.append((time.process_time() - began) * 1e3)
    for _ in range(TURNS):
        began = time.thread_time()
        view.orbit(3, 0)
        view.repaint()
        if not view._scene_stale:  # else nothing was painted
            frames.append((time.thread_time() - began) * 1e3)
    turning = {"3-D, a frame of turning": statistics.median(frames)} if frames else {}
    return {"3-D, sharp": min(sharp)} | turning


def main() -> int:
    """Measure and print."""
    app = program.make_application()
    activations = read_cache(SHIPPED)
    times = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:  # nobody's settings: with 3-D hidden there is none to turn
        settings = Settings(Path(folder) / "window.json")
        window = program.make_window(app, activations if times == 1 else ten_times(activations, times), settings)
        found = _measure(app, window)
    print(json.dumps(found), flush=True)
    return 0


def _measure(app: QApplication, window: MainWindow) -> dict[str, float]:
    window.resize(1560, 900)
    window.show()
    canvas, scatter = window.findChild(MapCanvas), window.findChild(Scatter3D)
    assert canvas is not None and scatter is not None
    run(app, 2.0, canvas.is_sharp)
    found = held(app, window.session, canvas)
    window.session.update(selected=(), layout=Layout.MAP_3D)
    run(app, 1.0)
    found |= turned(app, scatter)
    found["memory, the window"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    window.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
