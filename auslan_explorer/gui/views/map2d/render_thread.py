"""Thread that renders the 2-D map; the newest request wins.

After a large change (a selection, a colouring) a coarse image comes first, of the points or, if there are none, of some
lines; the full image follows. Once it is on screen, while there is nothing else to do, the texts of its labels are
drawn, as they are and as a selection would grey them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from auslan_explorer.draw.paint import image_of
from auslan_explorer.draw.paint_labels import prepare_labels
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.theme import RGB, Theme
from auslan_explorer.draw.view import View2D

_COARSE_FIRST_FROM = 20_000
"""Points (or lines, if there are no points) from which a coarse image is rendered first."""
_COARSE_RESOLUTION, _COARSE_RESOLUTION_LARGE = 0.5, 0.35
"""Resolution of the coarse image relative to the full one, along each axis; and in a large pane."""
_LARGE_PIXELS = 2_000_000
"""Device pixels from which a pane is large."""
_MAX_WAIT_PRESENTED_S = 0.1
"""Longest wait for the coarse image to be painted before the full one is begun: they would slow each other down."""
_MAX_POINTS = 150_000
"""Points of the coarse image; as many as the recordings that come with the program have."""
_MAX_POINTS_LARGE = 60_000
"""Points of the coarse image in a large pane, where composing the window takes a third of the time available."""
_MAX_POINTS_MOVING = 16_000
"""Points (or lines, if there are no points) of a scene in transition; these can be drawn within one frame."""


@dataclass(frozen=True, eq=False)
class RenderRequest:
    """What to render.

    Attributes
    ----------
    scene : Scene
    view : View2D
        The part to render, in logical pixels; somewhat larger than the window.
    visible_view : View2D
        The part that the window showed at the time of the request.
    theme : Theme
    text_scale : float
        Factor on the sizes of labels.
    ratio : float
        Device pixels per logical pixel.
    point_scale : float
        Scale of points and lines.
    step : int
        Last step that is drawn.
    coarse : bool
        Whether the image is the coarse one that comes first.
    moving : bool
        Whether the scene is a frame of a transition, of which only a coarse image is rendered.
    """

    scene: Scene
    view: View2D
    visible_view: View2D
    theme: Theme
    text_scale: float
    ratio: float
    point_scale: float
    step: int
    coarse: bool = False
    moving: bool = False

    @property
    def background(self) -> RGB:
        """Colour of the background."""
        return self.theme.background

    def differs_only_in_step(self, other: RenderRequest | None) -> bool:
        """Return whether only the step differs from `other`, so that its image can be extended."""
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
    """Renders images in a thread, started with the first request.

    A plain Python thread: a QThread that Qt takes down before Python has joined it aborts the program.

    Signals
    -------
    rendered(request, image)
        An image (with the request's device pixel ratio) is ready; sent twice if a coarse image came first, and not for
        requests that were superseded.
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
        """Request an image; a waiting request is dropped, and a running one is aborted unless only the step differs."""
        with self._wake:
            self._pending = request
            self._wake.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="map renderer", daemon=True)
            self._thread.start()

    def on_presented(self) -> None:
        """Go on after an image: it has been painted."""
        with self._wake:
            self._presented = True
            self._wake.notify()

    def stop(self) -> None:
        """Stop the thread and wait for its end; later requests are ignored."""
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
        prepared: tuple[object, ...] = ()
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
                # A first picture of no more than a coarse one may have comes sooner without it.
                another &= before is not None or _has_more_than(_MAX_POINTS, request.scene)
                sketch = _coarse_scene(request.scene, large) if another else None
                if sketch is not None:
                    self._presented = False
                    first = replace(request, view=request.visible_view)  # without the margin: it is replaced at once
                    self._render(_make_renderer(sketch, first, rough), first, rough)
                    with self._wake:
                        self._wake.wait_for(lambda: self._presented or self._is_superseded(), _MAX_WAIT_PRESENTED_S)
                renderer = _make_renderer(request.scene, request)
            self._presented = False
            self._render(renderer, request)
            with self._wake:  # it may be the window's first picture: all it needs comes before
                self._wake.wait_for(lambda: self._presented or self._has_work())
            labels = request.scene.labels, request.theme, request.text_scale, request.ratio
            if labels != prepared and prepare_labels(*labels, cancelled=self._has_work):
                prepared = labels

    def _has_work(self) -> bool:
        return self._stopping or self._pending is not None

    def _render(self, renderer: Renderer, request: RenderRequest, resolution: float = 1.0) -> None:
        pixels = renderer.picture(request.step, self._is_superseded)
        if pixels is not None:
            image = image_of(pixels)
            image.setDevicePixelRatio(request.ratio * resolution)
            self.rendered.emit(replace(request, coarse=resolution < 1), image)


def widened(view: View2D, fraction: float) -> View2D:
    """Return a view extended beyond each edge by `fraction` of its size, in whole pixels."""
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


_FEW_LINES = 2_000
"""Lines of a layer up to which a coarse image keeps them."""


def _make_renderer(scene: Scene, request: RenderRequest, resolution: float = 1.0) -> Renderer:
    ratio = request.ratio * resolution
    return Renderer(scene, request.view.scaled(ratio), request.background, ratio * request.point_scale)


def _has_more_than(count: int, scene: Scene) -> bool:
    return any(max(layer.point_count, layer.line_count) > count for layer in scene.layers)


def _coarse_scene(scene: Scene, large: bool) -> Scene | None:
    """Return a reduced scene for the coarse image: its points, else some of its lines; None if the scene is small."""
    if scene.points > _COARSE_FIRST_FROM:
        crowded = sum(layer.point_count > _COARSE_FIRST_FROM for layer in scene.layers)
        return _thinned(scene, (_MAX_POINTS_LARGE if large else _MAX_POINTS) // max(crowded, 1))
    lines = sum(layer.line_count for layer in scene.layers)
    return _thinned(scene, _MAX_POINTS_MOVING) if lines > _COARSE_FIRST_FROM and not scene.points else None


def _thinned(scene: Scene, count: int) -> Scene:
    """Thin the points and lines of each layer to about `count`, with an opacity that keeps the density.

    Layers with many points lose their lines, which take half of the time. The few of selected paths stay: they are what
    one has just chosen to see.
    """
    layers = []
    for layer in scene.layers:
        points = max(1, layer.point_count // count)
        lines = 0 if layer.point_count and layer.line_count > _FEW_LINES else max(1, layer.line_count // count)
        layers.append(
            replace(
                layer.thinned(points, lines),
                alpha=_strengthened_alpha(layer.alpha, points),
                line_alpha=_strengthened_alpha(layer.line_alpha, lines),
            )
        )
    return replace(scene, layers=tuple(layers))


def _strengthened_alpha(alpha: float, times: int) -> float:
    return float(1 - (1 - alpha) ** min(times, 3))
