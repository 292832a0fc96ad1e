"""Paints the axes of a 2-D map inside its lower and left edge: few ticks, no box, faint lines through zero."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from .paint import Box, TextPainter, colour, font, paint_ground, text_width
from .scene import Scene
from .theme import SMALL, Theme
from .ticks import nice_ticks, tick_text
from .view import View2D

_TICK_SPACING = 110.0
_TICK_LEFT = 7.0
"""Logical pixels from the left edge to the tick labels of the vertical axis."""


def paint_axes(painter: QPainter, scene: Scene, view: View2D, theme: Theme, scale: float, top: float) -> None:
    """Draw both axes; the vertical one's title keeps below `top`, where a caption ends."""
    face = font(SMALL * scale)
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    faint, hairline = colour(theme.muted, 0.25), QPen(colour(theme.muted, 0.6), scale)
    zero_x, zero_y = (float(v[0]) for v in view.to_pixels(np.zeros((1, 2), dtype=np.float32)))
    painter.setPen(QPen(faint, scale))
    if 0 < zero_x < view.width:
        painter.drawLine(QPointF(zero_x, 0), QPointF(zero_x, view.height))
    if 0 < zero_y < view.height:
        painter.drawLine(QPointF(0, zero_y), QPointF(view.width, zero_y))
    title_x, title_y = scene.axis_titles[0], _vertical_title(scene, view, scale, top)
    # Grounds come first: those of titles cut no tick label.
    for left, upper, right, bottom in axis_boxes(scene, view, scale, top)[2:]:
        if right > left:
            box = QRectF(left - 2 * scale, upper, right - left + 4 * scale, bottom - upper)
            paint_ground(painter, box, theme, scale)
    texts = TextPainter(painter, face, theme.background)
    for at, text in _horizontal_ticks(view, scale):
        painter.setPen(hairline)
        painter.drawLine(QPointF(at, view.height - 4 * scale), QPointF(at, view.height))
        left = at - metrics.horizontalAdvance(text) / 2
        texts.write(left, view.height - 7 * scale, text, theme.muted)
    for at, text in _vertical_ticks(view, scale):
        painter.setPen(hairline)
        painter.drawLine(QPointF(0, at), QPointF(4 * scale, at))
        baseline = at + metrics.capHeight() / 2
        texts.write(_TICK_LEFT * scale, baseline, text, theme.muted)
    baseline = view.height - 10 * scale - metrics.height()
    right = view.width - metrics.horizontalAdvance(title_x) - 8 * scale
    texts.write(right, baseline, title_x, theme.muted)
    painter.save()
    painter.translate(_title_left(view, scale) + metrics.height(), view.height - 30 * scale)
    painter.rotate(-90)
    texts.write(0, 0, title_y, theme.muted)
    painter.restore()


def axis_boxes(scene: Scene, view: View2D, scale: float = 1.0, top: float = 0.0) -> tuple[Box, ...]:
    """Return the boxes that `paint_axes` covers, as left, top, right, bottom: tick labels and both titles.

    That of the vertical axis is empty where there is no room for its title.
    """
    metrics = QFontMetricsF(font(SMALL * scale))
    across = metrics.horizontalAdvance(scene.axis_titles[0])
    along = metrics.horizontalAdvance(_vertical_title(scene, view, scale, top))
    height, left = metrics.height(), _title_left(view, scale)
    bottom = view.height - 10 * scale - height
    return (
        (0, view.height - 20 * scale, view.width, view.height),
        (0, 0, _ticks_right(view, scale) + 2 * scale, view.height),
        (view.width - across - 8 * scale, bottom - height, view.width, bottom + 4 * scale),
        (left, view.height - 32 * scale - along, left + 1.3 * height * bool(along), view.height - 28 * scale),
    )


def _vertical_title(scene: Scene, view: View2D, scale: float, top: float) -> str:
    """Return the vertical axis's title: without its scale, which the other one names, where there is little room."""
    metrics, title = QFontMetricsF(font(SMALL * scale)), scene.axis_titles[1]
    room = view.height - 32 * scale - top
    return next((text for text in (title, title.partition(" (")[0]) if metrics.horizontalAdvance(text) <= room), "")


def _title_left(view: View2D, scale: float) -> float:
    """Return the left edge of the vertical axis's title, right of the tick labels."""
    metrics = QFontMetricsF(font(SMALL * scale))
    return max(14 * scale + 1.4 * metrics.height(), _ticks_right(view, scale) + 5 * scale)


def _ticks_right(view: View2D, scale: float) -> float:
    """Return the right edge of the widest tick label of the vertical axis."""
    widest = max((text_width(text, SMALL * scale) for _, text in _vertical_ticks(view, scale)), default=0.0)
    return _TICK_LEFT * scale + widest


@lru_cache(maxsize=4)
def _horizontal_ticks(view: View2D, scale: float) -> tuple[tuple[float, str], ...]:
    """Return the position in pixels and the label of each tick that has room."""
    found = []
    for value in nice_ticks(view.left, view.right, max(int(view.width / (_TICK_SPACING * scale)), 2)):
        at, text = (value - view.left) / (view.right - view.left) * view.width, tick_text(value)
        if at >= 40 * scale and at + text_width(text, SMALL * scale) / 2 <= view.width:
            found.append((at, text))
    return tuple(found)


@lru_cache(maxsize=4)
def _vertical_ticks(view: View2D, scale: float) -> tuple[tuple[float, str], ...]:
    found = []
    for value in nice_ticks(view.bottom, view.top, max(int(view.height / (_TICK_SPACING * scale)), 2)):
        at = view.height - (value - view.bottom) / (view.top - view.bottom) * view.height
        if 24 * scale <= at <= view.height - 28 * scale:
            found.append((at, tick_text(value)))
    return tuple(found)
