"""Paints on a map what stands beside the recordings' own paths: a changed recording's path, and marked steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from .annotations import Annotations
from .labels import OccupancyGrid, place_labels
from .paint import Box, colour, font, paint_text
from .theme import BODY, Theme

_RING, _DIAMOND = 5.0, 6.0
_DIAMOND_BOX, _REST_BOX = 5.0, 6.5
"""Half the size of what keeps other texts from a diamond and a ring: so little that their own fit beside them."""
_GAP = 9.0
_GAPS = 1.0, 2.0, 3.0
"""A text stands so many gaps from its spot: the nearest place that is free."""


@dataclass(frozen=True)
class AnnotationLayout:
    """Where annotations stand in a picture, pixels.

    Attributes
    ----------
    offsets : tuple of (float, float)
        Upper left corner of each text from its spot: that of the path's end, then of marks, then of resting points.
    boxes : tuple of (left, top, right, bottom)
        What marks, rings and texts cover.
    """

    offsets: tuple[tuple[float, float], ...] = ()
    boxes: tuple[Box, ...] = ()


def lay_out_annotations(shown: Annotations, grid: OccupancyGrid, scale: float) -> AnnotationLayout:
    """Place the texts of annotations, given in pixels, beside their spots where `grid` is free; all is added to it.

    Where it is free nowhere, a text stands right or left of its spot all the same.
    """
    face, gap = font(BODY * scale, bold=True), _GAP * scale
    metrics = QFontMetricsF(face)
    offsets, boxes = [], []
    for (x, y), half, _ in _spots(shown, scale):
        if half and np.isfinite(x + y):
            boxes.append((x - half, y - half, x + half, y + half))
    for box in boxes:
        grid.occupy(*box)
    for (x, y), _, text in _spots(shown, scale):
        offsets.append((0.0, 0.0))
        if not text or not np.isfinite(x + y):
            continue
        width, height = metrics.horizontalAdvance(text), metrics.height()
        spot, size = np.array([[x, y]]), np.array([[width, height]])
        tries = (place_labels([0], spot, size, grid, times * gap) for times in _GAPS)
        placed = next((found[0] for found in tries if found), None)
        if placed is not None:
            left, top = placed.x, placed.y
        else:  # it must be told all the same, and within the picture
            left, top = (x - width - gap if x + width + gap > grid.width else x + gap), y - height / 2
            grid.occupy(left, top, left + width, top + height)
        offsets[-1] = left - x, top - y
        boxes.append((left, top, left + width, top + height))
    return AnnotationLayout(tuple(offsets), tuple(boxes))


def paint_annotations(
    painter: QPainter, shown: Annotations, layout: AnnotationLayout, theme: Theme, scale: float
) -> None:
    """Paint annotations that are given in pixels, texts where `layout` has them; what lies at NaN is left out."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = shown.path[np.isfinite(shown.path).all(axis=1)] if len(shown.path) else shown.path
    if len(path):
        _paint_path(painter, path, theme, scale)
        at = shown.path[min(max(shown.at, 0), len(shown.path) - 1)]
        if shown.at >= 0 and np.isfinite(at).all():
            painter.setPen(QPen(colour(theme.background), 1.5 * scale))
            painter.setBrush(colour(theme.accent))
            painter.drawEllipse(QPointF(*at), _RING * scale, _RING * scale)
    for spot in shown.marks[np.isfinite(shown.marks).all(axis=1)]:
        _paint_mark(painter, spot, theme, scale)
    for spot, stable in zip(shown.rests, shown.stable, strict=True):
        if np.isfinite(spot).all():
            _paint_rest(painter, spot, bool(stable), theme, scale)
    face = font(BODY * scale, bold=True)
    ascent = QFontMetricsF(face).ascent()
    for ((x, y), _, text), (across, down) in zip(_spots(shown, scale), layout.offsets, strict=True):
        if text and np.isfinite(x + y):
            paint_text(painter, x + across, y + down + ascent, text, face, theme.foreground, theme.background)
    painter.restore()


def _spots(shown: Annotations, scale: float) -> list[tuple[tuple[float, float], float, str]]:
    """Return spots in pixels, half the size of what is painted there, and what stands beside it."""
    path = shown.path[np.isfinite(shown.path).all(axis=1)] if len(shown.path) else shown.path
    ends = [(path[-1], 0.0, shown.text)] if len(path) else []
    marks = [(spot, _DIAMOND_BOX, text) for spot, text in zip(shown.marks, shown.texts, strict=True)]
    rests = [(spot, _REST_BOX, text) for spot, text in zip(shown.rests, shown.rest_texts, strict=True)]
    return [((float(spot[0]), float(spot[1])), half * scale, text) for spot, half, text in (*ends, *marks, *rests)]


def annotation_bounds(shown: Annotations, scale: float) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of what is painted, in pixels."""
    spots = np.concatenate([shown.path.reshape(-1, 2), shown.marks.reshape(-1, 2), shown.rests.reshape(-1, 2)])
    spots = spots[np.isfinite(spots).all(axis=1)]
    if not len(spots):
        return 0.0, 0.0, 0.0, 0.0
    metrics = QFontMetricsF(font(BODY * scale))
    widest = max(metrics.horizontalAdvance(text) for text in ("", shown.text, *shown.texts, *shown.rest_texts))
    air = _GAPS[-1] * _GAP * scale + metrics.height()
    (left, top), (right, bottom) = spots.min(axis=0), spots.max(axis=0)
    return left - air - widest, top - air, right + air + widest, bottom + air


def _paint_path(painter: QPainter, path: np.ndarray, theme: Theme, scale: float) -> None:
    line = QPolygonF([QPointF(*spot) for spot in path.tolist()])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rgb, alpha, width, dashes in ((theme.background, 0.8, 4.5, None), (theme.accent, 1.0, 2.0, (3.0, 1.6))):
        pen = QPen(colour(rgb, alpha), width * scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        # Dashed: told from the recordings' own paths not by colour alone.
        if dashes is not None:
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        painter.drawPolyline(line)


def _paint_mark(painter: QPainter, spot: np.ndarray, theme: Theme, scale: float) -> None:
    """Paint a diamond, which nothing else on a map is."""
    (x, y), half = spot.tolist(), _DIAMOND * scale
    painter.setPen(QPen(colour(theme.background), 2 * scale))
    painter.setBrush(colour(theme.accent))
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])
    )


def _paint_rest(painter: QPainter, spot: np.ndarray, stable: bool, theme: Theme, scale: float) -> None:
    """Paint a ring, with a dot in it where the point is stable."""
    at, radius = QPointF(*spot.tolist()), 1.4 * _RING * scale
    painter.setBrush(colour(theme.background))
    for rgb, wide in ((theme.background, 5.0), (theme.accent, 2.2)):
        painter.setPen(QPen(colour(rgb), wide * scale))
        painter.drawEllipse(at, radius, radius)
    if stable:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.accent))
        painter.drawEllipse(at, 0.55 * radius, 0.55 * radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
