"""Renders a scene in a viewport to pixels, incrementally as the step changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .layer import Growth, Layer, WholeRows
from .raster import MAX_RADIUS, Raster
from .scene import Scene
from .theme import RGB
from .view import Viewport

_SLICE = 60_000
"""Points or lines of default size drawn in one slice, some 30 ms; of larger ones fewer, for the same time."""

_COUNTED = 4
"""Times as many in a slice where they are counted."""

_PART = 1 << 16
"""Vertices or segments of a whole layer drawn at once: what is computed of them fits the processor's cache."""

_AROUND = MAX_RADIUS + 2
"""Pixels that points and lines reach beyond their middle at the most."""

_LARGE = 3.0
"""Scale from which points are so large that a raster draws them by rows: each call then goes over the whole sheet."""


class Renderer:
    """Renders a scene in a viewport and keeps its rasters, so that a step draws only what it adds or removes.

    Parameters
    ----------
    scene : Scene
    view : Viewport
        Viewport in device pixels.
    background : RGB or None
        None leaves the picture transparent.
    scale : float
        Device pixels per logical pixel of point size and line width.
    origin, size : tuple of int, optional
        A part of the picture, for making large ones in bands.
    """

    def __init__(
        self,
        scene: Scene,
        view: Viewport,
        background: RGB | None,
        scale: float = 1.0,
        origin: tuple[int, int] = (0, 0),
        size: tuple[int, int] | None = None,
    ) -> None:
        self.scene, self.view, self._paper, self._scale = scene, view, background, scale
        empty = [0, 0, 0, 0] if background is None else [*background[::-1], 255]
        self._empty = np.array(empty, dtype=np.uint8).view(np.uint32)[0]
        self._size = size or (round(view.width), round(view.height))
        left, top, right, bottom = self._window(origin)
        # Rasters are no larger than what is drawn, and lie at this place of the picture.
        self._place = np.s_[top - origin[1] : bottom - origin[1], left - origin[0] : right - origin[0]]
        self._slice = _SLICE if scale >= _LARGE else round(_SLICE / max(scale, 1.0) ** 2)
        self._rasters = [Raster(right - left, bottom - top, (left, top)) for _ in scene.layers]
        self._drawn = [_Progress() for _ in scene.layers]
        # Whether each layer may be counted: not once something was removed from it, which leaves no trace only where
        # it was drawn one by one.
        self._counts = [True for _ in scene.layers]
        # Whether all of a layer is drawn, from which its rows need not be made.
        self._whole = [False for _ in scene.layers]
        self._kept: np.ndarray | None = None
        self._laid: list[int] = []

    def _window(self, origin: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return the edges of the part of the picture on which the scene lies, at least a pixel wide and high."""
        edges = np.nan_to_num(self.view.box_in_pixels(self.scene.low, self.scene.high)).reshape(2, 2)
        first = np.array(origin)
        last = first + self._size
        left, top = np.clip(np.floor(edges[0]) - _AROUND, first, last - 1).astype(int).tolist()
        right, bottom = np.clip(np.ceil(edges[1]) + _AROUND, (left + 1, top + 1), last).astype(int).tolist()
        return left, top, right, bottom

    def picture(
        self,
        step: int | None = None,
        overtaken: Callable[[], bool] | None = None,
        canvas: np.ndarray | None = None,
    ) -> np.ndarray | None:
        """Render the scene up to `step` (None: whole).

        Parameters
        ----------
        step : int, optional
        overtaken : callable, optional
            Asked every few milliseconds; once it returns True, rendering is abandoned.
        canvas : ndarray of uint8, shape (height, width, 4), optional
            Written over and returned; by default a new one.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4), or None
            Bytes blue, green, red, 255; without background premultiplied, with alpha. None if overtaken; the next call
            continues from there.
        """
        step = self.scene.steps - 1 if step is None else step
        drawn = self.scene.layers_at(step)
        for number, layer in enumerate(self.scene.layers):
            if layer not in drawn or (self._whole[number] and step >= self.scene.whole_at):
                continue
            whole = layer.whole if self._drawn[number].nothing and step >= self.scene.whole_at else None
            if whole is not None:
                if not self._draw_whole(number, layer, whole, overtaken):
                    return None
            elif not self._grow(number, layer, step, overtaken):
                return None
        kept = self._composite([number for number, layer in enumerate(self.scene.layers) if layer in drawn])
        width, height = self._size
        out = np.empty((height, width, 4), dtype=np.uint8) if canvas is None else canvas
        packed = out.view(np.uint32)[..., 0]
        rows, columns = self._place
        # Around the scene alone: the frames of a film are so large that filling them twice is felt.
        packed[: rows.start] = packed[rows.stop :] = self._empty
        packed[rows, : columns.start] = packed[rows, columns.stop :] = self._empty
        packed[self._place] = kept
        return out

    def _composite(self, numbers: list[int]) -> np.ndarray:
        """Composite the layers' rasters; where the same ones were composited before, only the changed pixels."""
        rasters = [self._rasters[number] for number in numbers]
        touched = [raster.pop_touched() for raster in rasters]
        known = [pixels for pixels in touched if pixels is not None]
        if self._kept is None or self._laid != numbers or len(known) < len(touched):
            self._kept, self._laid = np.full(rasters[0].size, self._empty), numbers
            self._lay(rasters, self._kept, None)
        else:
            # Some twice, where sheets changed in one place: drawing these again costs less than finding them.
            self._lay(rasters, self._kept, known[0] if len(known) == 1 else np.concatenate(known))
        return rasters[0].crop(self._kept)

    def _lay(self, rasters: list[Raster], kept: np.ndarray, pixels: np.ndarray | None) -> None:
        """Lay rasters on each other, in all pixels or in some, into the colours of all, uint32."""
        lowest, *upper = rasters
        at = lowest.inked() if pixels is None else pixels
        kept[at] = lowest.composite_over(self._paper, at).view(np.uint32)[:, 0]
        for raster in upper:
            # Upper rasters are empty nearly everywhere: what is selected, marks of stable predictions.
            at = raster.inked() if pixels is None else pixels.take(raster.inked(pixels))
            below = kept.take(at).view(np.uint8).reshape(-1, 4)
            kept[at] = raster.composite_over(below, at).view(np.uint32)[:, 0]

    def _draw_whole(self, number: int, layer: Layer, whole: WholeRows, overtaken: Callable[[], bool] | None) -> bool:
        """Draw all of a layer, part by part; returns False, and leaves nothing, if overtaken."""
        raster, width, radius = self._rasters[number], layer.line_width * self._scale, layer.radius * self._scale
        counts_lines = raster.counts_lines(layer.line_count, width)
        counts_points = raster.counts_points(layer.point_count, radius)
        size = min(_PART, self._slice)
        for draw, total in (("lines", whole.segments), ("points", whole.vertices)):
            for start in range(0, total, size):
                if overtaken is not None and overtaken():
                    raster.clear()
                    return False
                part = slice(start, min(start + size, total))
                if draw == "lines":
                    starts, ends, rgb = whole.lines(part)
                    (x0, y0), (x1, y1) = self.view.to_pixels(starts), self.view.to_pixels(ends)
                    raster.lines(x0, y0, x1, y1, rgb, width, layer.line_alpha, counted=counts_lines)
                else:
                    positions, rgb = whole.points(part)
                    x, y = self.view.to_pixels(positions)
                    raster.points(x, y, rgb, radius, layer.alpha, counted=counts_points)
        self._whole[number] = True
        self._drawn[number] = _Progress((layer.point_count, 0), (layer.line_count, 0))
        return True

    def _grow(self, number: int, layer: Layer, step: int, overtaken: Callable[[], bool] | None) -> bool:
        raster, drawn = self._rasters[number], self._drawn[number]
        self._whole[number] = False
        lines, points = layer.line_growth.until(step), layer.growth.until(step)
        removes = _removes(drawn.lines, lines) or _removes(drawn.points, points)
        if removes and not raster.is_exact:
            self._counts[number] = False
            raster.clear()
            drawn.lines = drawn.points = (0, 0)
        if _changes(drawn.lines, lines) + _changes(drawn.points, points) > _seen(lines) + _seen(points):
            raster.clear()
            drawn.lines = drawn.points = (0, 0)
        width, radius = layer.line_width * self._scale, layer.radius * self._scale
        counts = self._counts[number] and not removes
        counts_lines = counts and raster.counts_lines(_changes(drawn.lines, lines), width)
        counts_points = counts and raster.counts_points(_changes(drawn.points, points), radius)

        def draw_lines(rows: _Rows, off: bool) -> None:
            x0, y0 = self.view.to_pixels(layer.starts[rows])
            x1, y1 = self.view.to_pixels(layer.ends[rows])
            rgb = layer.line_rgb[rows] if layer.line_rgb.ndim == 2 else layer.line_rgb
            raster.lines(x0, y0, x1, y1, rgb, width, layer.line_alpha, remove=off, counted=counts_lines)

        def draw_points(rows: _Rows, off: bool) -> None:
            x, y = self.view.to_pixels(layer.positions[rows])
            rgb = layer.rgb[rows] if layer.rgb.ndim == 2 else layer.rgb
            raster.points(x, y, rgb, radius, layer.alpha, remove=off, counted=counts_points)

        for growth, draw, part, counted in (
            (layer.line_growth, draw_lines, "lines", counts_lines),
            (layer.growth, draw_points, "points", counts_points),
        ):
            most = self._slice * (_COUNTED if counted else 1)
            for now in _stages(growth, getattr(drawn, part), step, draw, most, overtaken):
                if now is None:
                    if getattr(drawn, part) == (0, 0) and growth.until(step)[1]:
                        raster.clear()
                        drawn.lines = drawn.points = (0, 0)
                    return False
                setattr(drawn, part, now)
        return True


_Rows = np.ndarray | slice


@dataclass
class _Progress:
    """Numbers of a layer's points and lines that were added to its raster, and removed from it again."""

    points: tuple[int, int] = (0, 0)
    lines: tuple[int, int] = (0, 0)

    @property
    def nothing(self) -> bool:
        """Whether the raster is empty."""
        return self.points == self.lines == (0, 0)


def _changes(now: tuple[int, int], goal: tuple[int, int]) -> int:
    return abs(goal[0] - now[0]) + abs(goal[1] - now[1])


def _removes(now: tuple[int, int], goal: tuple[int, int]) -> bool:
    return goal[0] < now[0] or (now != (0, 0) and goal[1] > now[1])


def _seen(counts: tuple[int, int]) -> int:
    return counts[0] - counts[1]


def _stages(
    growth: Growth,
    now: tuple[int, int],
    step: int,
    draw: Callable[[_Rows, bool], None],
    most: int,
    overtaken: Callable[[], bool] | None,
) -> Iterator[tuple[int, int] | None]:
    """Draw the changes from the counts `now` to `step` in slices; yield the counts after each, None if overtaken.

    On an empty raster only what remains is drawn, without counts to continue from: once overtaken, it must be cleared.
    """
    goal = growth.until(step)
    come, gone = now
    if now == (0, 0) and goal[1]:
        rows = growth.rows_at(step)
        for start in range(0, len(rows), most):
            if overtaken is not None and overtaken():
                yield None
                return
            draw(rows[start : start + most], False)
        yield goal
        return
    while (come, gone) != goal:
        if overtaken is not None and overtaken():
            yield None
            return
        if come != goal[0]:
            target = _towards(come, goal[0], most)
            draw(slice(*sorted((come, target))), target < come)
            come = target
        else:
            target = _towards(gone, goal[1], most)
            draw(growth.leaves[slice(*sorted((gone, target)))], target > gone)
            gone = target
        yield come, gone


def _towards(now: int, goal: int, most: int) -> int:
    """Return the count at which the current slice ends."""
    return min(now + most, goal) if goal > now else max(now - most, goal)
