"""Paints on a map what stands beside the recordings' own paths: a changed recording's path, and marked steps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from .annotations import Annotations
from .labels import OccupancyGrid, place_labels
from .paint import colour, font, paint_text
from .theme import BODY, Theme

_RING, _DIAMOND = 5.0, 6.0
_GAP = 9.0
_GAPS = 1.0, 2.0, 3.0
"""A text stands so many gaps from its spot: the nearest place that is free."""


def paint_annotations(painter: QPainter, shown: Annotations, theme: Theme, grid: OccupancyGrid, scale: float) -> None:
    """Paint annotations that are given in pixels; what lies at NaN is left out.

    Texts stand beside their spots where `grid` is free, to which they are added; if nowhere, at the right or left.
    """
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
        _write(painter, path[-1], shown.text, theme, grid, scale)
    for spot, text in zip(shown.marks, shown.texts, strict=True):
        if np.isfinite(spot).all():
            _paint_mark(painter, spot, theme, scale)
            _write(painter, spot, text, theme, grid, scale)
    for spot, stable, text in zip(shown.rests, shown.stable, shown.rest_texts, strict=True):
        if np.isfinite(spot).all():
            _paint_rest(painter, spot, bool(stable), theme, scale)
            _write(painter, spot, text, theme, grid, scale)
    painter.restore()


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


def _write(painter: QPainter, spot: np.ndarray, text: str, theme: Theme, grid: OccupancyGrid, scale: float) -> None:
    if not text:
        return
    face, gap = font(BODY * scale, bold=True), _GAP * scale
    metrics = QFontMetricsF(face)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    x, y = spot.tolist()
    size = np.array([[width, height]])
    tries = (place_labels([0], spot[None], size, grid, times * gap) for times in _GAPS)
    placed = next((found[0] for found in tries if found), None)
    if placed is not None:
        left, top = placed.x, placed.y
    else:  # it must be told all the same, and within the picture
        left, top = (x - width - gap if x + width + gap > grid.width else x + gap), y - height / 2
    paint_text(painter, left, top + metrics.ascent(), text, face, theme.foreground, theme.background)
