"""Renders the 2-D map off the window's thread; the newest request wins.

Where much has changed at once (a selection, a colouring), a coarse image of the points, or of some lines where there
are no points, comes first and the sharp one after it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from auslan_explorer.draw.layer import Growth, Layer
from auslan_explorer.draw.paint import image_of
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.theme import RGB
from auslan_explorer.draw.view import View2D

_COARSE_FIRST_FROM = 20_000
"""Points, or lines where there are no points, from which on a coarse image is worth its own time."""
_COARSE_RESOLUTION, _COARSE_RESOLUTION_LARGE = 0.5, 0.35
"""Its pixels for each pixel of the sharp one, in both directions; and in a large pane, to be there as soon."""
_LARGE_PIXELS = 2_000_000
"""Pixels from which on a pane is large."""
_MAX_WAIT_PRESENTED_S = 0.1
"""The sharp image is not begun before the coarse one has been painted, or for so long: each would slow the other."""
_MAX_POINTS_LARGE = 60_000
"""Points of the coarse image in a large pane, where putting the window together takes a third of the time there is."""
_MAX_POINTS_MOVING = 16_000
"""Points, and lines where there are no points, of a scene that moves; so few are drawn in the time of a frame."""


@dataclass(frozen=True, eq=False)
class RenderRequest:
    """What to render: a scene in a view (logical pixels) up to a step, for a screen of `ratio` pixels each.

    `seen` is the part of the view that the window showed when it asked; `grain` scales points and lines. `coarse`
    marks the image that comes first. `moving`: the scene is on its way to another, and only a coarse image of it will
    do.
    """

    scene: Scene
    view: View2D
    visible_view: View2D
    background: RGB
    ratio: float
    point_scale: float
    step: int
    coarse: bool = False
    moving: bool = False

    def differs_only_in_step(self, other: RenderRequest | None) -> bool:
        """Return whether only the step differs, so that the ink at hand can grow."""
        return (
            other is not None
            and other.scene is self.scene
            and other.view == self.view
            and other.background == self.background
            and other.ratio == self.ratio
            and other.point_scale == self.point_scale
            and not (other.moving or self.moving)
        )


class MapRenderer(QObject):
    """A thread that turns requests into images.

    A plain Python thread: a QThread that Qt takes down before Python has joined it aborts the program.

    Signals
    -------
    rendered(request, image)
        Emitted for each request that was not overtaken by a newer one; twice where a coarse image came first.
    """

    rendered = Signal(object, QImage)

    def __init__(self) -> None:
        super().__init__()
        self._wake = threading.Condition()
        self._pending: RenderRequest | None = None
        self._current: RenderRequest | None = None
        self._stopping = False
        self._presented = False
        self._thread: threading.Thread | None = None

    def submit(self, request: RenderRequest) -> None:
        """Ask for an image; a request that still waits is dropped, one under way is given up where it can't help."""
        with self._wake:
            if self._stopping:
                return
            self._pending = request
            self._wake.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="map renderer", daemon=True)
            self._thread.start()

    def on_presented(self) -> None:
        """Go on from a coarse image to the sharp one: it has been painted."""
        with self._wake:
            self._presented = True
            self._wake.notify()

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def _is_superseded(self) -> bool:
        pending = self._pending
        return self._stopping or (pending is not None and not pending.differs_only_in_step(self._current))

    def _run(self) -> None:
        renderer: Renderer | None = None
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._pending is not None or self._stopping)
                request, self._pending = self._pending, None
            if self._stopping or request is None:
                return
            before, self._current = self._current, request
            large = request.view.width * request.view.height * request.ratio**2 >= _LARGE_PIXELS
            rough = _COARSE_RESOLUTION_LARGE if large else _COARSE_RESOLUTION
            if request.moving:
                self._render(
                    _make_renderer(_thinned(request.scene, _MAX_POINTS_MOVING), request, rough), request, rough
                )
                continue
            if renderer is None or not request.differs_only_in_step(before):
                another = before is None or before.scene is not request.scene
                sketch = _coarse_scene(request.scene, large) if another else None
                if sketch is not None:
                    self._presented = False
                    first = replace(
                        request, view=request.visible_view
                    )  # nothing beyond its edges: it stands for a moment
                    self._render(_make_renderer(sketch, first, rough), first, rough)
                    with self._wake:
                        self._wake.wait_for(lambda: self._presented or self._is_superseded(), _MAX_WAIT_PRESENTED_S)
                renderer = _make_renderer(request.scene, request)
            self._render(renderer, request)

    def _render(self, renderer: Renderer, request: RenderRequest, resolution: float = 1.0) -> None:
        pixels = renderer.picture(request.step, self._is_superseded)
        if pixels is not None:
            image = image_of(pixels)
            image.setDevicePixelRatio(request.ratio * resolution)
            self.rendered.emit(replace(request, coarse=resolution < 1), image)


def widened(view: View2D, fraction: float) -> View2D:
    """Return the view with whole pixels more beyond each edge, `share` of its size."""
    dx, dy = round(fraction * view.width), round(fraction * view.height)
    sx, sy = (view.right - view.left) / view.width, (view.top - view.bottom) / view.height
    return View2D(
        left=view.left - dx * sx,
        right=view.right + dx * sx,
        bottom=view.bottom - dy * sy,
        top=view.top + dy * sy,
        width=view.width + 2 * dx,
        height=view.height + 2 * dy,
    )


def _make_renderer(scene: Scene, request: RenderRequest, resolution: float = 1.0) -> Renderer:
    ratio = request.ratio * resolution
    return Renderer(scene, request.view.scaled(ratio), request.background, ratio * request.point_scale)


def _coarse_scene(scene: Scene, large: bool) -> Scene | None:
    """Return what stands for a scene until it is whole: its points, else some of its lines; None if it is small."""
    if scene.points > _COARSE_FIRST_FROM:
        if not large:
            return _without_faint_lines(scene)
        crowded = sum(len(layer.positions) > _COARSE_FIRST_FROM for layer in scene.layers)
        return _thinned(scene, _MAX_POINTS_LARGE // max(crowded, 1))
    lines = sum(len(layer.starts) for layer in scene.layers)
    return _thinned(scene, _MAX_POINTS_MOVING) if lines > _COARSE_FIRST_FROM and not scene.points else None


def _thinned(scene: Scene, count: int) -> Scene:
    """Leave out so many points and lines of each layer that about `most` remain, each the stronger for it."""
    layers = []
    for layer in _without_faint_lines(scene).layers:
        points = slice(None, None, max(1, len(layer.positions) // count))
        lines = slice(None, None, max(1, len(layer.starts) // count))
        layers.append(
            replace(
                layer,
                positions=layer.positions[points],
                rgb=layer.rgb[points] if layer.rgb.ndim == 2 else layer.rgb,
                growth=layer.growth.thinned(points.step),
                starts=layer.starts[lines],
                ends=layer.ends[lines],
                line_rgb=layer.line_rgb[lines] if layer.line_rgb.ndim == 2 else layer.line_rgb,
                line_growth=layer.line_growth.thinned(lines.step),
                line_recording=layer.line_recording[lines],
                alpha=_strengthened_alpha(layer.alpha, points.step),
                line_alpha=_strengthened_alpha(layer.line_alpha, lines.step),
            )
        )
    return replace(scene, layers=tuple(layers))


def _strengthened_alpha(alpha: float, times: int) -> float:
    return float(1 - (1 - alpha) ** min(times, 3))


def _without_faint_lines(scene: Scene) -> Scene:
    """Leave faint lines out where points carry the picture: they are half of the work."""
    return replace(
        scene, layers=tuple(_without_lines(layer) if len(layer.positions) else layer for layer in scene.layers)
    )


def _without_lines(layer: Layer) -> Layer:
    nothing = np.zeros(0, dtype=np.int64)
    return replace(layer, starts=layer.starts[:0], ends=layer.ends[:0], line_growth=Growth(nothing, nothing, nothing))
