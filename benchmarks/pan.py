"""Frames a second while the 2-D map is panned and zoomed, beside plain pyqtgraph items with the same points.

Every frame is painted before the next begins. The peer is what pyqtgraph's examples do: one ScatterPlotItem a colour
and one PlotCurveItem for the lines. Then ten times the recordings, made by repeating with jitter.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QWidget

from auslan_explorer.core.activations import Activations, StateSource
from auslan_explorer.core.colours import time_table
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.io.cache import read_cache, write_cache
from benchmarks.common import described, shipped_session, verdict

SIZE = (900, 760)
FRAMES = 60


def rate(app: QApplication, move: Callable[[int], None], viewport: QWidget, frames: int = FRAMES) -> float:
    """Return frames a second of `move` and a full repaint."""
    for number in range(3):
        move(number)
        viewport.repaint()
        app.processEvents()
    began = time.perf_counter()
    for number in range(frames):
        move(number)
        viewport.repaint()
        app.processEvents()
    return frames / (time.perf_counter() - began)


def moves(box: pg.ViewBox) -> dict[str, Callable[[int], None]]:
    """Return a pan in circles and a zoom in and out."""

    def pan(number: int) -> None:
        (left, right), _ = box.viewRange()
        angle = number * 0.4
        box.translateBy((0.03 * (right - left) * np.cos(angle), 0.03 * (right - left) * np.sin(angle)))

    def zoom(number: int) -> None:
        box.scaleBy((0.95, 0.95) if number // 15 % 2 == 0 else (1 / 0.95, 1 / 0.95))

    return {"pan": pan, "zoom": zoom}


def until_sharp(app: QApplication, canvas: MapCanvas) -> float:
    """Return the milliseconds until the map is sharp."""
    began = time.perf_counter()
    while not canvas.is_sharp():
        app.processEvents()
        time.sleep(0.001)
    return (time.perf_counter() - began) * 1e3


def opened(app: QApplication, session: Session) -> MapCanvas:
    """Return the map in a window of its own, drawn."""
    canvas = MapCanvas(session)
    canvas.resize(*SIZE)
    canvas.show()
    until_sharp(app, canvas)
    return canvas


def plain(session: Session) -> pg.PlotWidget:
    """Return the same picture as pyqtgraph's own items."""
    t = session.trajectories(2)
    assert t is not None
    shown = t.shown_vertices(session.shown())
    widget = pg.PlotWidget(background="w")
    segments = t.segments[t.shown_segments(session.shown())]
    ends = t.vertices[segments].reshape(-1, 2)
    widget.addItem(pg.PlotCurveItem(ends[:, 0], ends[:, 1], connect="pairs", pen=pg.mkPen(0, 0, 0, 13)))
    for step, rgb in enumerate(time_table(t.steps)):
        at = shown & (t.step == step)
        if at.any():
            x, y = t.vertices[at].T
            widget.addItem(pg.ScatterPlotItem(x, y, size=3, pen=None, brush=pg.mkBrush(*(int(v) for v in rgb), 128)))
    widget.resize(*SIZE)
    widget.show()
    return widget


@dataclass(frozen=True)
class Repeated:
    """The same hidden states over and over."""

    source: StateSource
    times: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.source.shape[0] * self.times, self.source.shape[1]

    def rows(self, start: int, stop: int) -> np.ndarray:
        n = self.source.shape[0]
        parts = []
        while start < stop:
            at, room = start % n, min(stop - start, n - start % n)
            parts.append(self.source.rows(at, at + room))
            start += room
        return np.concatenate(parts) if parts else self.source.rows(0, 0)


def ten_times(a: Activations, times: int = 10) -> Activations:
    """Return activations with every recording repeated, its projection jittered."""
    rng = np.random.default_rng(0)
    projections = {}
    for dims, projection in a.projections.items():
        points = np.tile(projection.points, (times, 1))
        points += rng.normal(0, 0.02 * points.std(), points.shape).astype(np.float32)
        projections[dims] = Projection(points, projection.prefix, projection.fingerprint, projection.title)
    columns = ("lengths", "first_step", "sign", "predicted", "session", "trial", "split", "hand_ratio")
    repeated = {name: np.tile(getattr(a, name), times) for name in columns if getattr(a, name) is not None}
    return replace(a, states=Repeated(a.states, times), projections=projections, **repeated)


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    app = QApplication.instance() or QApplication([])
    session = shipped_session()
    print(described(session.activations, session), "with points and lines,", f"{SIZE[0]} x {SIZE[1]} pixels")
    canvas, met = opened(app, session), True
    peer = plain(session)
    app.processEvents()
    for name, move in moves(canvas._view_box).items():
        canvas.reset_view()
        until_sharp(app, canvas)
        ours = rate(app, move, canvas.viewport())
        wait = min(until_sharp_after(app, canvas, move) for _ in range(5))
        theirs = rate(app, moves(peer.getPlotItem().vb)[name], peer.viewport(), 12)
        met &= verdict(f"{name}, ours", ours, 30, "frames/s")
        print(f"{name}, plain pyqtgraph: {theirs:.1f} frames/s")
        met &= verdict(f"{name}, ratio", ours / theirs, 6, "times")
        met &= verdict(f"{name}, sharp after the hand rests", wait, 200, "ms", at_most=True)
    peer.close()
    canvas.dispose()
    canvas.hide()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ten.h5"
        write_cache(file, ten_times(session.activations))
        began = time.perf_counter()
        large = Session(read_cache(file))
        canvas = opened(app, large)
        met &= verdict("ten times the recordings, read and drawn", time.perf_counter() - began, 5, "s", at_most=True)
        print(described(large.activations, large))
        for name, move in moves(canvas._view_box).items():
            met &= verdict(f"{name}, ten times the recordings", rate(app, move, canvas.viewport()), 15, "frames/s")
        canvas.dispose()
    return 0 if met else 1


def until_sharp_after(app: QApplication, canvas: MapCanvas, move: Callable[[int], None]) -> float:
    """Return the milliseconds from the last of some moves until the map is sharp."""
    until_sharp(app, canvas)
    for number in range(8):
        move(number)
        canvas.viewport().repaint()
        app.processEvents()
    return until_sharp(app, canvas)


if __name__ == "__main__":
    sys.exit(main())
