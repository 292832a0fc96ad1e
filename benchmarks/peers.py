"""Our sharp picture beside those of peers, of the same recordings, pixels and run: points and lines, at 1 and 10 times.

All are given the same vertices and the same view and draw on one thread; times are of the processor, the best of some
tries after a first one, in which datashader compiles and vispy hands its arrays to OpenGL. Datashader's lines are drawn
once as it draws them by default and once antialiased, as ours are: ours, points and lines together, is to take no
longer than these lines alone. vispy draws both with OpenGL, in software where there is no graphics card. fastplotlib
asks for Vulkan, which such a machine mostly lacks, and is not measured. The peers are an extra
(``.venv/bin/pip install -e '.[bench]'``); what is not installed is not measured.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable

import numpy as np

from auslan_explorer.core.session import Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import build_scene
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.draw.view import View2D
from auslan_explorer.io.cache import read_cache
from benchmarks.common import NOT_MEASURED, SHIPPED, described, verdict
from benchmarks.growth import PAPER, best
from benchmarks.pan import SIZE, ten_times

TIMES = (1, 10)
ANTIALIASED = "lines antialiased, datashader"
"""What ours is measured against."""
POINT_PIXELS = 3


def datashaded(paths: Trajectories, view: View2D) -> dict[str, Callable[[], object]]:
    """Return datashader's ways to draw the points and the lines of all paths, by what they are called."""
    import datashader
    import pandas
    from datashader import transfer_functions

    canvas = datashader.Canvas(
        *SIZE, x_range=(float(view.left), float(view.right)), y_range=(float(view.bottom), float(view.top))
    )
    points = pandas.DataFrame({"x": paths.vertices[:, 0], "y": paths.vertices[:, 1], "step": paths.step})
    # One line after the other, apart by a row that is no number.
    ends = paths.vertices.take(paths.segments.ravel(), axis=0).reshape(-1, 2, 2)
    rows = np.full((len(ends), 3, 2), np.nan, dtype=np.float32)
    rows[:, :2] = ends
    lines = pandas.DataFrame({"x": rows[..., 0].ravel(), "y": rows[..., 1].ravel()})

    def draw_points() -> object:
        means = canvas.points(points, "x", "y", agg=datashader.mean("step"))
        return transfer_functions.spread(transfer_functions.shade(means), px=1)

    def draw_lines(width: int) -> object:
        return transfer_functions.shade(canvas.line(lines, "x", "y", agg=datashader.count(), line_width=width))

    return {
        "points, datashader": draw_points,
        "lines not antialiased, datashader": lambda: draw_lines(0),
        ANTIALIASED: lambda: draw_lines(1),
    }


def drawn_by_vispy(paths: Trajectories, view: View2D) -> dict[str, Callable[[], object]]:
    """Return vispy's way to draw the points and lines of all paths, by what it is called."""
    from vispy import app, scene

    app.use_app("pyside6")
    canvas = scene.SceneCanvas(size=SIZE, bgcolor="white", show=False)
    box = canvas.central_widget.add_view()
    corner = float(view.left), float(view.bottom)
    box.camera = scene.PanZoomCamera(rect=(*corner, float(view.right) - corner[0], float(view.top) - corner[1]))
    colours = np.full((len(paths.vertices), 4), 0.5, dtype=np.float32)
    colours[:, 0] = paths.step / max(paths.steps - 1, 1)
    scene.visuals.Line(
        paths.vertices, connect=paths.segments, color=(0.5, 0.5, 0.5, 0.05), antialias=True, parent=box.scene
    )
    scene.visuals.Markers(
        pos=paths.vertices, size=POINT_PIXELS, edge_width=0, face_color=colours, parent=box.scene, scaling="fixed"
    )
    return {"points and lines, vispy": canvas.render}  # reads the pixels back, so that all of it is drawn


PEERS = {"datashader": datashaded, "vispy": drawn_by_vispy}


def is_installed(peer: str) -> bool:
    """Return whether a peer can be imported."""
    return importlib.util.find_spec(peer) is not None


def main() -> int:
    """Measure and print; 1 if ours takes longer than datashader's antialiased lines, `NOT_MEASURED` without it."""
    missing = [name for name in PEERS if not is_installed(name)]
    for name in missing:
        print(f"{name} is not installed: not measured. `.venv/bin/pip install -e '.[bench]'` installs it.")
    shipped, met = read_cache(SHIPPED), True
    for times in TIMES:
        session = Session(shipped if times == 1 else ten_times(shipped, times))
        activations, paths = session.activations, session.trajectories(2)
        assert paths is not None
        view = View2D.fit(*paths.extent, *SIZE, (44, 56, 20, 44))
        print(f"{times} times, {described(activations, session)}, {SIZE[0]} x {SIZE[1]} pixels")

        def sharp(session: Session = session, paths: Trajectories = paths, view: View2D = view) -> object:
            return Renderer(build_scene(session.activations, paths, session.state, LIGHT), view, PAPER).picture()

        sharp()
        ours, theirs = best(sharp), {}
        for peer in PEERS:
            for name, draw in ({} if peer in missing else PEERS[peer](paths, view)).items():
                draw()
                theirs[name] = best(draw)
                print(f"{name}: {theirs[name]:.0f} ms", flush=True)
        if ANTIALIASED in theirs:
            met &= verdict("points and lines, ours", ours, round(theirs[ANTIALIASED]), "ms", at_most=True)
        else:
            print(f"points and lines, ours: {ours:.0f} ms")
    return NOT_MEASURED if "datashader" in missing else 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
