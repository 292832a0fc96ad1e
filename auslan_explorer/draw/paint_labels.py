"""Lays out and paints the labels of a map, with predictions, and paints the playheads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen

from .labels import ANY_SIDE, OccupancyGrid, Placed, by_importance, place_labels, place_pairs
from .naming import MOST_PLAYHEADS, SignLabel
from .paint import TextPainter, colour, font, prepare_text, text_width
from .scene import Scene
from .theme import BODY, RGB, Theme
from .view import Viewport

HEAD, _HEAD_OF_MANY = 4.5, 2.8
"""Radius of a playhead, logical pixels; and where there are many."""
_FEW_HEADS = 30
_FARTHER = 2.5
"""Gaps from its point at which a name of few stands that has no room beside it."""
_BESIDE = 0.45
"""Gap between a name and the prediction beside it, as a fraction of the type's size."""


def layout_labels(
    scene: Scene,
    view: Viewport,
    scale: float = 1.0,
    taken: tuple = (),
    step: int | None = None,
    before: Sequence[Placed] = (),
) -> list[Placed]:
    """Place the scene's labels in a view (logical pixels times `scale`).

    Parameters
    ----------
    scene : Scene
    view : Viewport
    scale : float
    taken : sequence of (left, top, right, bottom)
    step : int, optional
        Position of the playback; None for whole paths.
    before : sequence of Placed
        Labels of the step before: they are placed first, on the same side, so that labels do not flicker.
    """
    labels = labels_of(scene, step)
    if not labels:
        return []
    size = BODY * scale
    metrics = QFontMetricsF(font(size))
    anchors = np.column_stack(view.to_pixels(np.array([label.position for label in labels], dtype=np.float32)))
    height = metrics.height()
    sizes = np.array([(_width(label, size), height) for label in labels])
    gap = (4 if step is None or step >= scene.steps - 1 else 7) * scale
    grid = OccupancyGrid(view.width, view.height, scale, taken)
    paired = [number for number, label in enumerate(labels) if label.recording is not None]
    pairs = place_pairs(paired, anchors, sizes, grid, gap)
    anchors[paired] = np.nan
    stood = {spot.number: spot.side for spot in before}
    names = by_importance(anchors, [label.rank for label in labels], (view.width, view.height), stood)
    sides = {number: (side, *ANY_SIDE) for number, side in stood.items()}
    strong = [number for number in names if labels[number].rank == 0 or labels[number].playhead is not None]
    greyed = names[len(strong) :]
    placed = place_labels(strong, anchors, sizes, grid, gap, sides=sides, margin=gap)
    if len(strong) <= MOST_PLAYHEADS:
        # Few names are told even where marks or each other leave no room beside their points.
        lacking = sorted(set(strong) - {spot.number for spot in placed})
        placed += place_labels(lacking, anchors, sizes, grid, _FARTHER * gap, sides=sides, margin=gap)
    return pairs + placed + place_labels(greyed, anchors, sizes, grid, gap, sides=sides, margin=gap)


def labels_of(scene: Scene, step: int | None) -> tuple[SignLabel, ...]:
    """Return the labels at a position of the playback; those of whole paths where it is None."""
    return scene.labels if step is None else scene.labels_at(step)


def _width(label: SignLabel, size: float) -> float:
    width = text_width(label.text, size)
    return width + _BESIDE * size + text_width(label.verdict, size) if label.verdict else width


def paint_labels(
    painter: QPainter,
    scene: Scene,
    placed: Sequence[Placed],
    theme: Theme,
    scale: float,
    step: int | None,
) -> None:
    """Write the placed labels, each with the prediction at the step beside it."""
    labels = labels_of(scene, step)
    face = font(BODY * scale)
    metrics = QFontMetricsF(face)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Before all texts: their halos cut the lines, which would else strike them through.
    painter.setPen(QPen(colour(theme.muted, 0.8), scale))
    for spot in placed:
        if spot.leader is not None:
            painter.drawLine(*leader_line(spot))
    texts = TextPainter(painter, face, theme.background)
    ascent, beside = metrics.ascent(), _BESIDE * face.pixelSize()
    for spot in placed:
        label = labels[spot.number]
        texts.write(spot.x, spot.y + ascent, label.text, label.colour)
        if label.verdict:
            x = spot.x + text_width(label.text, BODY * scale) + beside
            texts.write(x, spot.y + ascent, label.verdict, theme.mistake)


def prepare_labels(
    labels: Sequence[SignLabel], theme: Theme, scale: float, ratio: float, cancelled: Callable[[], bool] = lambda: False
) -> bool:
    """Draw the texts of labels beforehand, greyed too; return whether all are drawn and none was cancelled.

    A first selection greys the names of nearly all signs, which would else be drawn while the window waits.

    Parameters
    ----------
    labels : sequence of SignLabel
    theme : Theme
    scale, ratio : float
        As in `paint_labels`; device pixels per logical pixel.
    cancelled : callable
        Asked before each text.
    """
    face = font(BODY * scale)
    for label in labels:
        for foreground in (label.colour, theme.muted):
            if cancelled():
                return False
            prepare_text(label.text, face, foreground, theme.background, ratio)
    return True


def leader_line(spot: Placed) -> tuple[QPointF, QPointF]:
    """Return the ends of a label's leader line: on the edge of its box that faces the point, and the point."""
    assert spot.leader is not None
    dx, dy = spot.leader
    edge = QPointF(spot.x + min(max(dx, 0.0), spot.width), spot.y + min(max(dy, 0.0), spot.height))
    return edge, QPointF(spot.x + dx, spot.y + dy)


def paint_playheads(
    painter: QPainter, scene: Scene, view: Viewport, theme: Theme, scale: float, step: int | None = None
) -> None:
    """Draw the labelled playheads: a disc where the prediction is right or not known, a ring where it is wrong."""
    heads = [
        label
        for label in labels_of(scene, step)
        if label.playhead is not None and label.position[0] == label.position[0]
    ]
    if not heads:
        return
    x, y = view.to_pixels(np.array([label.position for label in heads], dtype=np.float32))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = playhead_radius(len(heads)) * scale
    for label, across, down in zip(heads, x.tolist(), y.tolist(), strict=True):
        paint_playhead(painter, QPointF(across, down), playhead_colour(label, theme), label.right, theme, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def playhead_colour(label: SignLabel, theme: Theme) -> RGB:
    """Return the colour of a playhead, by whether its prediction is right where it is known."""
    return theme.foreground if not label.prediction else theme.truth if label.right else theme.mistake


def playhead_radius(heads: int) -> float:
    """Return the radius of playheads, logical pixels; many are drawn smaller, not to hide the paths."""
    return HEAD if heads <= _FEW_HEADS else _HEAD_OF_MANY


def paint_playhead(
    painter: QPainter, at: QPointF, foreground: RGB, right: bool, theme: Theme, radius: float = HEAD
) -> None:
    """Draw one playhead: a disc, or a ring where the prediction is wrong."""
    painter.setPen(_playhead_edge(theme.background, radius))
    painter.setBrush(_fill(foreground))
    painter.drawEllipse(at, radius, radius)
    if not right:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_fill(theme.background))
        painter.drawEllipse(at, 0.45 * radius, 0.45 * radius)


@lru_cache(maxsize=8)
def _playhead_edge(background: RGB, radius: float) -> QPen:
    return QPen(colour(background, 0.9), 0.36 * radius)


@lru_cache(maxsize=8)
def _fill(rgb: RGB) -> QBrush:
    return QBrush(colour(rgb))
