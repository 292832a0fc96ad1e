"""From a click to the picture: selecting, isolating, recolouring, another subset; and what is under the pointer.

All recordings are shown, with points and lines. Measured is the time from the change of the state until an image of
the new scene is painted (coarse, where there is much to draw), and until it is sharp; how long a lasso takes to find
its recordings; and the search under the pointer among 230 000 points: all recordings, some of them repeated.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtWidgets import QApplication

from auslan_explorer.core.picking import lasso_hits
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.gui.views.common.selection import visible_filter
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.io.cache import read_cache
from benchmarks.common import SHIPPED, described, verdict
from benchmarks.pan import opened, ten_times, until_sharp

AIM_SHOWN, AIM_HOVER = 100, 10
POINTS = 230_000
TIMES = 7
LARGE = (2400, 1400)


class Painted(QObject):
    """Notes when a map has been painted as the session has it."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.done = False
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        shown = self._canvas._image_layer.request
        if event.type() == QEvent.Type.Paint and shown is not None and shown.scene is self._canvas._scene:
            self.done = True
        return False


def until_shown(app: QApplication, canvas: MapCanvas, change: Callable[[], None]) -> tuple[float, float]:
    """Return the milliseconds from a change until it is on screen, and until it is sharp."""
    for _ in range(5):
        app.processEvents()
    painted = Painted(canvas)
    began = time.perf_counter()
    change()
    painted.done = False
    while not painted.done:
        app.processEvents()  # returns once the window that was painted has been put together
        time.sleep(0.0005)
    shown = (time.perf_counter() - began) * 1e3
    canvas.viewport().removeEventFilter(painted)
    until_sharp(app, canvas)
    return shown, (time.perf_counter() - began) * 1e3


def changes(session: Session) -> dict[str, Callable[[int], None]]:
    """Return what is timed; each takes the number of the try, so that every try is a change."""
    recordings, signs = len(session.activations), len(session.activations.signs)
    colourings = [Colouring.SIGN, Colouring.TIME, Colouring.SPLIT, Colouring.ANSWER]
    everything = frozenset(range(signs))
    return {
        "select one recording": lambda n: session.update(selected=(n,), isolate=False),
        "select half of all": lambda n: session.update(selected=tuple(range(n % 2, recordings, 2)), isolate=False),
        "isolate half of all": lambda n: session.update(selected=tuple(range(n % 2, recordings, 2)), isolate=True),
        "let go": lambda n: session.update(selected=()),
        "recolour": lambda n: session.update(selected=(), colouring=colourings[n % len(colourings)]),
        "move the threshold of hand usage": lambda n: session.update(
            selected=(), colouring=Colouring.HANDS, hand_threshold=0.2 + 0.01 * n
        ),
        "another subset": lambda n: session.update(visible_signs=everything - {n % signs}),
    }


def hover(canvas: MapCanvas) -> float:
    """Return the milliseconds in which what is under the pointer is found, over places in the whole view."""
    rng = np.random.default_rng(0)
    times = []
    canvas._pointer.nearest(QPointF(0, 0))  # laid out once for a view
    for x, y in rng.uniform((0, 0), (canvas.width(), canvas.height()), (60, 2)):
        began = time.perf_counter()
        canvas._pointer.nearest(QPointF(x, y))
        times.append((time.perf_counter() - began) * 1e3)
    return float(np.median(times))


def outline(canvas: MapCanvas) -> float:
    """Return the milliseconds in which a lasso of 200 corners finds its recordings."""
    session, paths = canvas._session, canvas._session.trajectories(2)
    assert paths is not None
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    far = 180 + 40 * np.sin(7 * angle)
    polygon = np.column_stack(
        [canvas.width() / 2 + far * np.cos(angle), canvas.height() / 2.6 + 0.7 * far * np.sin(angle)]
    )
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        xy = np.column_stack(canvas.view().to_pixels(paths.vertices))
        lasso_hits(paths, xy, polygon, visible_filter(session))
        times.append((time.perf_counter() - began) * 1e3)
    return float(np.median(times))


def both_panes(app: QApplication, session: Session) -> dict[str, float]:
    """Return the milliseconds until changes show in both panes of 2400 x 1400 pixels together."""
    from auslan_explorer.gui.views.panes import Views

    views = Views(session)
    views.resize(*LARGE)
    views.show()
    canvas = views.panes[2].view
    assert isinstance(canvas, MapCanvas)
    out = {}
    for name, change in changes(session).items():
        times = []
        for n in range(TIMES):
            if name == "let go":
                session.update(selected=(n,), isolate=False)
            until_sharp(app, canvas)
            settled = time.perf_counter() + 0.5  # the 3-D view sharpens after the map
            while time.perf_counter() < settled:
                app.processEvents()
                time.sleep(0.002)
            times.append(until_shown(app, canvas, lambda n=n, change=change: change(n))[0])
        out[name] = float(np.median(times))
    views.dispose()
    views.hide()
    return out


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    app = QApplication.instance() or QApplication([])
    activations = read_cache(SHIPPED)
    session = Session(activations)
    canvas, met = opened(app, session), True
    print(described(activations, session))
    for name, change in changes(session).items():
        tries = []
        for n in range(TIMES):
            if name == "let go":
                session.update(selected=(n,), isolate=False)
            until_sharp(app, canvas)
            tries.append(until_shown(app, canvas, lambda n=n, change=change: change(n)))
        shown, sharp = np.median(tries, axis=0)
        met &= verdict(f"{name}, shown", shown, AIM_SHOWN, "ms", at_most=True)
        print(f"{name}, sharp: {sharp:.0f} ms")
    session.update(visible_signs=frozenset(range(len(activations.signs))), selected=(), isolate=False)
    until_sharp(app, canvas)
    met &= verdict("a lasso finds its recordings", outline(canvas), AIM_SHOWN, "ms", at_most=True)
    canvas.dispose()
    canvas.hide()
    session.update(selected=())
    for name, shown in both_panes(app, session).items():
        met &= verdict(f"{name}, in both panes at 2400 x 1400", shown, AIM_SHOWN, "ms", at_most=True)
    times = -(-POINTS // activations.real_steps)
    larger = Session(ten_times(activations, times))
    rows = np.cumsum(larger.activations.lengths) <= POINTS
    larger.update(selected=tuple(np.flatnonzero(rows).tolist()), isolate=True)
    canvas = opened(app, larger)
    print("hover among", described(larger.activations, larger))
    met &= verdict("hover", hover(canvas), AIM_HOVER, "ms", at_most=True)
    canvas.dispose()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
