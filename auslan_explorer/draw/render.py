"""Scene and view to pixels, growing and shrinking with the step at the cost of what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .raster import Raster
from .scene import Layer, Scene
from .theme import RGB
from .view import View

_SLICE = 60_000
"""Points or lines drawn at a time, some 30 ms."""


class Renderer:
    """Keeps the ink of a scene in a view, so that a step more or less costs only what it adds or takes.

    Parameters
    ----------
    scene : Scene
    view : View
        In device pixels.
    paper : RGB or None
        None leaves the picture transparent.
    scale : float
        Device pixels for each logical pixel of point size and line width.
    origin, size : tuple of int, optional
        A part of the picture, for making large ones in bands.
    """

    def __init__(
        self,
        scene: Scene,
        view: View,
        paper: RGB | None,
        scale: float = 1.0,
        origin: tuple[int, int] = (0, 0),
        size: tuple[int, int] | None = None,
    ) -> None:
        self.scene, self.view, self._paper, self._scale = scene, view, paper, scale
        width, height = size or (round(view.width), round(view.height))
        self._rasters = [Raster(width, height, origin) for _ in scene.layers]
        self._drawn = [_Drawn() for _ in scene.layers]

    def picture(self, step: int | None = None, overtaken: Callable[[], bool] | None = None) -> np.ndarray | None:
        """Draw the scene grown up to `step` (None: whole).

        Parameters
        ----------
        step : int, optional
        overtaken : callable, optional
            Asked every few milliseconds; once it returns True the picture is no longer wanted.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4), or None
            Bytes blue, green, red, 255; without paper premultiplied, and opacity. None if overtaken, and the next call
            goes on from there.
        """
        step = self.scene.steps - 1 if step is None else step
        for number, layer in enumerate(self.scene.layers):
            if not self._grow(number, layer, step, overtaken):
                return None
        out = self._rasters[0].film() if self._paper is None else self._rasters[0].over(self._paper)
        for raster in self._rasters[1:]:
            film = raster.film()
            clear = (255 - film[..., 3:]).astype(np.uint16)
            out[:] = film + (out * clear + 127) // 255
        return out

    def _grow(self, number: int, layer: Layer, step: int, overtaken: Callable[[], bool] | None) -> bool:
        raster, drawn = self._rasters[number], self._drawn[number]
        points, lines = layer.points_until(step), layer.lines_until(step)
        if abs(points - drawn.points) + abs(lines - drawn.lines) > points + lines:
            raster.clear()
            drawn.points = drawn.lines = 0
        s = self._scale
        while drawn.lines != lines:
            if overtaken is not None and overtaken():
                return False
            target = _towards(drawn.lines, lines)
            lo, hi = sorted((drawn.lines, target))
            x0, y0 = self.view.to_pixels(layer.starts[lo:hi])
            x1, y1 = self.view.to_pixels(layer.ends[lo:hi])
            rgb = layer.line_rgb[lo:hi] if layer.line_rgb.ndim == 2 else layer.line_rgb
            off = target < drawn.lines
            raster.lines(x0, y0, x1, y1, rgb, layer.line_width * s, layer.line_alpha, remove=off)
            drawn.lines = target
        while drawn.points != points:
            if overtaken is not None and overtaken():
                return False
            target = _towards(drawn.points, points)
            lo, hi = sorted((drawn.points, target))
            x, y = self.view.to_pixels(layer.positions[lo:hi])
            rgb = layer.rgb[lo:hi] if layer.rgb.ndim == 2 else layer.rgb
            raster.points(x, y, rgb, layer.radius * s, layer.alpha, remove=target < drawn.points)
            drawn.points = target
        return True


@dataclass
class _Drawn:
    """How many of a layer's points and lines are on the sheet."""

    points: int = 0
    lines: int = 0


def _towards(now: int, goal: int) -> int:
    """Return how far to go before asking again whether the picture is still wanted."""
    return min(now + _SLICE, goal) if goal > now else max(now - _SLICE, goal)
