"""Draws the ellipses of `draw.spread`."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from .paint import colour
from .scene import Scene
from .spread import MOST_ELLIPSES
from .view import View2D, Viewport


def paint_spread(
    painter: QPainter, scene: Scene, view: Viewport, scale: float, pointed_sign: int | None = None
) -> None:
    """Draw the ellipses of the signs' end points on retrained maps.

    Of more than `spread.MOST_ELLIPSES` signs, which would hide the map, only that of the sign that is pointed at.
    """
    if not isinstance(view, View2D):
        return
    many = len(scene.ellipses) > MOST_ELLIPSES
    for ellipse in scene.ellipses:
        if many and ellipse.sign != pointed_sign:
            continue
        x, y = view.to_pixels(ellipse.outline)
        painter.setPen(QPen(colour(ellipse.colour, 0.9), 1.6 * scale))
        painter.setBrush(colour(ellipse.colour, 0.1))
        painter.drawPolygon(QPolygonF([QPointF(a, b) for a, b in zip(x, y, strict=True)]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ellipse.colour, 0.8))
        for a, b in zip(*view.to_pixels(ellipse.ends), strict=True):
            painter.drawEllipse(QPointF(a, b), 1.8 * scale, 1.8 * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
