"""Text over the 3-D scene: pictures of words with a halo, placed so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from auslan_explorer.draw.theme import RGB
from auslan_explorer.gui.style import scaled

_CELL = 4
_HALO = 2
GAP = 5.0
"""Pixels between a place and its text."""


class Room:
    """Which parts of the pane have text already, in cells of 4 by 4 pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._taken = np.zeros((height // _CELL + 1, width // _CELL + 1), dtype=bool)
        self.boxes: list[tuple[float, float, float, float]] = []
        """What is taken: left, top, right and bottom."""

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take a rectangle if all of it is in the pane and free; return whether it was."""
        if x < 0 or y < 0 or x + width > self.width or y + height > self.height:
            return False
        rows = slice(int(y) // _CELL, int(y + height) // _CELL + 1)
        columns = slice(int(x) // _CELL, int(x + width) // _CELL + 1)
        if self._taken[rows, columns].any():
            return False
        self._taken[rows, columns] = True
        self.boxes.append((x, y, x + width, y + height))
        return True


def corners(anchors: np.ndarray, sizes: np.ndarray, middle: float, gap: float = GAP) -> np.ndarray:
    """Return the upper left corner of text beside each anchor, on the side away from the `middle` of the pane.

    Parameters
    ----------
    anchors, sizes : ndarray, shape (n, 2)
        Pixels.
    middle : float
        Pixels from the left.
    gap : float
        Pixels between anchor and text.
    """
    right = anchors[:, 0] >= middle
    x = np.where(right, anchors[:, 0] + gap, anchors[:, 0] - gap - sizes[:, 0])
    return np.column_stack([x, anchors[:, 1] - sizes[:, 1] / 2])


def _other_spots(x: float, y: float, left: float, width: float, height: float) -> list[tuple[float, float]]:
    """Return upper left corners above, below and on the other side of an anchor; `left` is the first choice's."""
    mirrored = 2 * x - left - width
    above, below = y - height - GAP, y + GAP
    return [(x - width / 2, above), (x - width / 2, below), (mirrored, y - height / 2)]


def place(
    room: Room,
    anchors: np.ndarray,
    sizes: np.ndarray,
    middle: float,
    kinds: Sequence[int],
    apart: float,
    either_side: bool = False,
    gap: float = GAP,
) -> list[tuple[int, float, float]]:
    """Place texts one after the other where there is room.

    Parameters
    ----------
    room : Room
        Is filled.
    anchors, sizes : ndarray, shape (n, 2)
        Pixels, most important first.
    middle : float
        Pixels from the left; texts stand on the side away from it.
    kinds : sequence of int
        Texts of the same kind say the same, and stand at least `apart` pixels from each other.
    either_side : bool
        Whether a text that finds no room there may stand above, below, or towards the middle.
    gap : float
        Pixels between anchor and text.

    Returns
    -------
    list of (index, x, y)
        Upper left corners of those placed.
    """
    at = corners(anchors, sizes, middle, gap)
    placed: list[tuple[int, float, float]] = []
    of_kind: dict[int, list[np.ndarray]] = {}
    for i, (x, y) in enumerate(at.tolist()):
        same = of_kind.get(kinds[i], ())
        if any(abs(anchors[i] - other).max() < apart for other in same):
            continue
        width, height = sizes[i].tolist()
        spots = [(x, y)]
        if either_side:
            spots += _other_spots(float(anchors[i, 0]), float(anchors[i, 1]), x, width, height)
        for left, top in spots:
            if room.take(left, top, width, height):
                placed.append((i, left, top))
                of_kind.setdefault(kinds[i], []).append(anchors[i])
                break
    return placed


class Words:
    """Pictures of words, drawn once each: text with a halo, anew at every frame, would take longer than the scene."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[str, int, RGB, RGB, float], QImage] = {}
        self._metrics: dict[int, QFontMetricsF] = {}
        self._sizes: dict[tuple[str, int], tuple[float, float]] = {}
        self.font = QFont()

    def set_font(self, font: QFont) -> None:
        """Take the family of `font`."""
        self.font = QFont(font)
        self._pictures.clear()
        self._metrics.clear()
        self._sizes.clear()

    def _font(self, pixels: int) -> QFont:
        font = QFont(self.font)
        font.setPixelSize(scaled(pixels))
        return font

    def size(self, text: str, pixels: int) -> tuple[float, float]:
        """Return width and height that `text` takes with its halo, in logical pixels."""
        size = self._sizes.get((text, pixels))
        if size is None:
            size = self._sizes[text, pixels] = self._measure(text, pixels)
        return size

    def _measure(self, text: str, pixels: int) -> tuple[float, float]:
        metrics = self._metrics.get(pixels)
        if metrics is None:
            metrics = self._metrics[pixels] = QFontMetricsF(self._font(pixels))
        lines = text.split("\n")
        wide = max(metrics.horizontalAdvance(line) for line in lines)
        return wide + 2 * _HALO, len(lines) * metrics.height() + 2 * _HALO - 2

    def picture(self, text: str, pixels: int, ink: RGB, halo: RGB, ratio: float) -> QImage:
        """Return `text` in `ink` on a halo, at `ratio` device pixels a pixel."""
        key = (text, pixels, ink, halo, ratio)
        if key not in self._pictures:
            if len(self._pictures) > 4000:
                self._pictures.clear()
            self._pictures[key] = self._draw(text, pixels, ink, halo, ratio)
        return self._pictures[key]

    def _draw(self, text: str, pixels: int, ink: RGB, halo: RGB, ratio: float) -> QImage:
        width, height = self.size(text, pixels)
        image = QImage(
            int(np.ceil(width * ratio)), int(np.ceil(height * ratio)), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setFont(self._font(pixels))
        area = QRectF(0, 0, width, height)
        # Printed around the word and not stroked along its outlines: that keeps the letters' own sharp edges.
        painter.setPen(QColor(*halo, 150))
        for radius in (1.0, _HALO):
            for turn in np.arange(8) * (np.pi / 4):
                off = QPointF(radius * float(np.cos(turn)), radius * float(np.sin(turn)))
                painter.drawText(area.translated(off), Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(*ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return image
