"""How what a choice costs grows with the recordings: 1, 3, 10 and 30 times what ships, made by repeating with jitter.

Each size has processes of its own. Times are of the processor, the best of some tries, so that what else runs
counts for little, but for the sharp picture, at which threads work side by side, on the clock too: what a choice takes
until its scene is there, the coarse picture and the sharp one, drawn one by one as before and counted, and how long a
lasso looks; then in the whole window how long each choice holds it, and 3-D, see `benchmarks._window`. The exponent
says how a time grows: 0 not at all, 1 with the recordings.

Aims are milliseconds at ten times, of a machine on which datashader draws the same lines in `THEIRS`. Where it is
installed (the extra ``bench``) it draws them here too, and our times count at that machine's pace.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from auslan_explorer.core.picking import VisibleFilter, lasso_hits
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.draw.raster import Raster
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene, build_scene
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.views.map2d.render_thread import _coarse_scene
from auslan_explorer.io.cache import read_cache
from benchmarks.common import ROOT, SHIPPED, verdict
from benchmarks.pan import SIZE, ten_times

TIMES = (1, 3, 10, 30)
AIMED = TIMES.index(10)
TRIES = 3
AIMS = {
    "half selected, coarse": 60.0,
    "all shown, sharp, clock": 300.0,
    "half selected, sharp, clock": 300.0,
    "coloured by sign, sharp, clock": 300.0,
    "a lasso": 50.0,
    "3-D, sharp": 300.0,
    "3-D, a frame of turning": 33.0,
}
"""Milliseconds at ten times the recordings."""
THEIRS = 510.0
"""Milliseconds of datashader's antialiased lines at ten times, on the machine that the aims are of."""
HELD = "held: "
MOST_HELD = 50.0
MOST_MEMORY = 600.0
PAPER = (255, 255, 255)


def best(what: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the fewest milliseconds, by default of the processor, that something took."""
    times = []
    for _ in range(TRIES):
        began = clock()
        what()
        times.append((clock() - began) * 1e3)
    return min(times)


def measure(times: int) -> dict[str, float]:
    """Return the milliseconds at one size, by what is measured, and the megabytes in use at the most."""
    activations = read_cache(SHIPPED)
    session = Session(activations if times == 1 else ten_times(activations, times))
    activations = session.activations
    paths = session.trajectories(2)
    assert paths is not None
    half = tuple(range(0, len(activations), 2))
    states = {
        "all shown": session.state,
        "half selected": replace(session.state, selected=half),  # type: ignore[arg-type]
        "coloured by sign": replace(session.state, colouring=Colouring.SIGN),
    }
    build_scene(activations, paths, session.state, LIGHT)  # what is kept for a file is made once
    view = View2D.fit(*paths.extent, *SIZE, (44, 56, 20, 44))
    found: dict[str, float] = {}
    for name, state in states.items():

        def build(state: object = state) -> Scene:
            return build_scene(activations, paths, state, LIGHT)  # type: ignore[arg-type]

        def coarse(build: Callable[[], Scene] = build) -> None:
            scene = _coarse_scene(build(), large=False)
            assert scene is not None
            Renderer(scene, view.scaled(0.5), PAPER, 0.5).picture()

        found[f"{name}, window"] = best(build)
        found[f"{name}, coarse"] = best(coarse)

        def sharp(build: Callable[[], Scene] = build) -> None:
            Renderer(build(), view, PAPER).picture()

        found[f"{name}, sharp"] = best(sharp)
        found[f"{name}, sharp, clock"] = best(sharp, time.perf_counter)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["a lasso"] = best(lambda: _lasso(session, view))
    if times <= 10:
        kept = Raster.counts_points, Raster.counts_lines
        Raster.counts_points = Raster.counts_lines = lambda *_: False  # type: ignore[method-assign]
        scene = build_scene(activations, paths, session.state, LIGHT)
        found["all shown, sharp, one by one"] = best(lambda: Renderer(scene, view, PAPER).picture())
        Raster.counts_points, Raster.counts_lines = kept  # type: ignore[method-assign]
    return found


def _lasso(session: Session, view: View2D) -> None:
    paths, state = session.trajectories(2), session.state
    assert paths is not None
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    polygon = np.column_stack([450 + 180 * np.cos(angle), 300 + 120 * np.sin(angle)])
    drawn = VisibleFilter(session.shown(), state.step, True, True, False, state.alignment, state.trail)
    lasso_hits(paths, np.column_stack(view.to_pixels(paths.vertices)), polygon, drawn)


def printed(module: str, times: int) -> dict[str, float]:
    """Return what a module prints as JSON in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "AUSLAN_EXPLORER_DATA": home}
        command = [sys.executable, "-m", module, str(times)]
        out = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(out.strip().splitlines()[-1])
    return found


def exponent(values: list[float]) -> float:
    """Return the power of the number of recordings with which values grow; of the sizes that were measured."""
    return float(np.polyfit(np.log(TIMES[: len(values)]), np.log(np.maximum(values, 0.01)), 1)[0])


def slower() -> float:
    """Print how many times slower this machine is than the one that the aims are of, and return it."""
    from benchmarks import peers  # which imports from here

    times = TIMES[AIMED]
    if not peers.is_installed("datashader"):
        print(f"datashader is not installed: the aims are of a machine on which its lines at {times} times take "
              f"{THEIRS:.0f} ms")  # fmt: skip
        return 1.0
    session = Session(ten_times(read_cache(SHIPPED), times))
    paths = session.trajectories(2)
    assert paths is not None
    draw = peers.datashaded(paths, View2D.fit(*paths.extent, *SIZE, (44, 56, 20, 44)))[peers.ANTIALIASED]
    draw()
    theirs = best(draw)
    print(f"{peers.ANTIALIASED}, {times} times: {theirs:.0f} ms; {THEIRS:.0f} on the machine that the aims are of, at "
          "whose pace our times count below")  # fmt: skip
    return theirs / THEIRS


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return 0
    sizes, pace = [], 1.0
    for times in TIMES:
        sizes.append(printed("benchmarks.growth", times) | printed("benchmarks._window", times))
        if times == TIMES[AIMED]:
            pace = slower()
    print(f"{'milliseconds of the processor':41}" + "".join(f"{times:>4} times" for times in TIMES) + "  exponent")
    for name in sizes[0]:
        values = [size[name] for size in sizes if name in size]
        label = f"{name}, megabytes" if name.startswith("memory") else name
        print(f"{label:41}" + "".join(f"{value:10.0f}" for value in values).ljust(40) + f"{exponent(values):10.2f}")
    at_ten = sizes[AIMED]
    aims = AIMS | {name: MOST_HELD for name in at_ten if name.startswith(HELD)}
    met = [
        verdict(f"{name}, ten times", at_ten[name] / pace, aim, "ms", at_most=True)
        for name, aim in aims.items()
        if name in at_ten
    ]
    for name in ("memory", "memory, the window"):
        met.append(verdict(f"{name}, ten times", at_ten[name], MOST_MEMORY, "MB", at_most=True))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
