"""Draws the axes box of a 3-D map in pictures and films."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QFontMetricsF, QPainter

from .axis_box import NAME_GAP, SHORTEST, TICK_GAP, axis_box_around, beside
from .layer import Growth, Layer
from .paint import Box, TextPainter, font, text_width
from .scene import Scene
from .theme import SMALL, Theme
from .ticks import tick_text
from .view import Camera


def with_box(scene: Scene, camera: Camera, theme: Theme) -> Scene:
    """Return a scene with the far faces of the axes box added as a layer of lines beneath all others.

    Its extent is that of the box.
    """
    box = axis_box_around(tuple(scene.low.tolist()), tuple(scene.high.tolist()))
    ends = box.grid(box.far_sides(camera.position))
    lines = len(ends) // 2
    faces = Layer(
        positions=ends[:0],
        rgb=np.array(theme.border, dtype=np.uint8),
        growth=Growth.at_once(0),
        starts=ends[0::2],
        ends=ends[1::2],
        line_rgb=np.array(theme.border, dtype=np.uint8),
        line_growth=Growth.at_once(lines),
        line_recording=np.arange(lines, dtype=np.int32),
        radius=1.0,
        line_width=1.0,
        alpha=1.0,
        line_alpha=1.0,
    )
    return replace(scene, layers=(faces, *scene.layers), low=box.low, high=box.high)


def paint_axes_3d(painter: QPainter, scene: Scene, camera: Camera, theme: Theme, scale: float) -> list[Box]:
    """Write the tick labels and title of each axis beside the axes box.

    Returns
    -------
    list of tuple of float
        Boxes of the texts: left, top, right, bottom.
    """
    box = axis_box_around(tuple(scene.low.tolist()), tuple(scene.high.tolist()))
    far = box.far_sides(camera.position)
    face = font(SMALL * scale)
    metrics, texts = QFontMetricsF(face), TextPainter(painter, face, theme.background)
    taken: list[Box] = []

    def write(at: np.ndarray, outward: np.ndarray, text: str, gap: float) -> None:
        lines = text.split("\n")
        widths = [text_width(line, SMALL * scale) for line in lines]
        width = max(widths)
        height = len(lines) * metrics.height()
        left, top = beside(at, outward, width, height, gap * scale)
        left = min(max(left, 4 * scale), camera.width - width - 4 * scale)
        top = min(max(top, 2 * scale), camera.height - height - 2 * scale)
        right, bottom = left + width, top + height
        if any(b[0] < right and b[2] > left and b[1] < bottom and b[3] > top for b in taken):
            return
        taken.append((left, top, right, bottom))
        for number, (line, own) in enumerate(zip(lines, widths, strict=True)):
            baseline = top + number * metrics.height() + metrics.ascent()
            texts.write(left + (width - own) / 2, baseline, line, theme.muted)

    edges = box.edges(far, lambda places: np.column_stack(camera.to_pixels(places)))
    # The axis names first: without them the numbers say nothing.
    for edge in edges:
        if np.hypot(*(edge.ends[1] - edge.ends[0])) > SHORTEST * scale:
            title = scene.axis_titles[edge.axis].replace(" (", "\n").rstrip(")")
            write(edge.ends.mean(axis=0), edge.outward, title, NAME_GAP)
    for edge in edges:
        for value, at in zip(box.ticks[edge.axis], edge.ticks_at, strict=True):
            write(at, edge.outward, tick_text(float(value)), TICK_GAP)
    return taken
