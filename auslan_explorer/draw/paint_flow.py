"""Draws the flow of a 2-D map as arrows."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from .paint import colour
from .scene import Scene
from .theme import Theme
from .view import View2D, Viewport

_LONGEST = 0.95
"""Length of the longest arrows in cells."""
_FASTEST = 0.9
"""Quantile of the movements from which arrows have that length: a few jumps would leave dots of all others."""
_SHORTEST, _MOST_PIXELS = 4.0, 48.0
"""Least and most length in logical pixels."""
_HEAD = 5.5
_STRENGTHS = (0.35, 0.65, 1.0)
"""Opacity of arrows of up to a third of agreement, of up to two thirds, and of more."""


def paint_flow(painter: QPainter, scene: Scene, view: Viewport, theme: Theme, scale: float = 1.0) -> None:
    """Draw the scene's arrows, if it has any, in a view of its map."""
    if not isinstance(view, View2D):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for arrows in scene.flows:
        flow = arrows.flow
        if not len(flow.counts):
            continue
        starts, ends = arrow_pixels(flow.places, flow.moves, flow.cell, view, scale)
        level = np.minimum((flow.agreement * len(_STRENGTHS)).astype(int), len(_STRENGTHS) - 1)
        for number, strength in enumerate(_STRENGTHS):
            path = _path(starts[level == number], ends[level == number], scale)
            for rgb, alpha, width in ((theme.background, 0.8, 3.4), (arrows.colour, strength, 1.5)):
                pen = QPen(colour(rgb, alpha), width * scale)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.strokePath(path, pen)
    painter.restore()


def arrow_pixels(
    places: np.ndarray, moves: np.ndarray, cell: float, view: View2D, scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return where arrows begin and end, in pixels, shape (n, 2) each.

    An arrow begins at its place and points where the movement goes; it is as long as the movement beside others, not
    as far as one step goes.
    """
    lengths = np.linalg.norm(moves, axis=1)
    fastest = max(float(np.quantile(lengths, _FASTEST)), 1e-12)
    per_unit = view.width / (view.right - view.left)
    longest = min(_LONGEST * cell * per_unit, _MOST_PIXELS * scale)
    pixels = np.clip(lengths / fastest, 0, 1) * longest
    pixels = np.maximum(pixels, min(_SHORTEST * scale, longest))
    direction = moves / np.maximum(lengths, 1e-12)[:, None]
    x, y = view.to_pixels(places)
    starts = np.stack([x, y], axis=1)
    return starts, starts + direction * np.array([1, -1]) * pixels[:, None]


def _path(starts: np.ndarray, ends: np.ndarray, scale: float) -> QPainterPath:
    path = QPainterPath()
    along = ends - starts
    size = np.linalg.norm(along, axis=1, keepdims=True)
    unit = along / np.maximum(size, 1e-9)
    back = ends - unit * np.minimum(_HEAD * scale, 0.6 * size)
    side = np.stack([-unit[:, 1], unit[:, 0]], axis=1) * np.minimum(0.5 * _HEAD * scale, 0.35 * size)
    for start, end, one, other in zip(
        starts.tolist(), ends.tolist(), (back + side).tolist(), (back - side).tolist(), strict=True
    ):
        path.moveTo(QPointF(*start))
        path.lineTo(QPointF(*end))
        path.moveTo(QPointF(*one))
        path.lineTo(QPointF(*end))
        path.lineTo(QPointF(*other))
    return path
