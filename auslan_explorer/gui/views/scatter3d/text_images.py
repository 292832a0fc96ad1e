"""Text over the 3-D scene, as images with a halo."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from auslan_explorer.draw.theme import RGB

_HALO = 2
TEXT_GAP = 5.0
"""Pixels between a point and its text."""
_PREPARE_EVERY_MS = 5
"""Milliseconds between two images that are drawn beforehand; one takes half of one."""


class TextImages:
    """Cached images of text with a halo; painting them at every frame would take longer than the scene."""

    def __init__(self) -> None:
        self._images: dict[tuple[str, int, RGB, RGB, float], QImage] = {}
        self._metrics: dict[int, QFontMetricsF] = {}
        self._sizes: dict[tuple[str, int], tuple[float, float]] = {}
        self.font = QFont()
        self._scale = 1.0
        self._to_prepare: list[tuple[str, int, RGB, RGB, float]] = []
        self._prepare_timer = QTimer(interval=_PREPARE_EVERY_MS)
        self._prepare_timer.timeout.connect(self._prepare_next)

    def set_font(self, font: QFont) -> None:
        """Set the font family, and clear the cache."""
        self.font = QFont(font)
        self._clear()

    def set_scale(self, scale: float) -> bool:
        """Set the factor on all font sizes; return whether it has changed, which clears the cache."""
        if scale == self._scale:
            return False
        self._scale = scale
        self._clear()
        return True

    def _clear(self) -> None:
        self._to_prepare.clear()
        self._images.clear()
        self._metrics.clear()
        self._sizes.clear()

    def _font(self, pixels: int) -> QFont:
        font = QFont(self.font)
        font.setPixelSize(round(pixels * self._scale))
        return font

    def size(self, text: str, pixels: int) -> tuple[float, float]:
        """Return the width and height of `text` with its halo in logical pixels, at a font size of `pixels`."""
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

    def image(self, text: str, pixels: int, foreground: RGB, halo: RGB, ratio: float) -> QImage:
        """Return an image of `text` in `foreground` on a halo, at `ratio` device pixels per logical pixel."""
        key = (text, pixels, foreground, halo, ratio)
        if key not in self._images:
            if len(self._images) > 4000:
                self._images.clear()
            self._images[key] = self._draw(text, pixels, foreground, halo, ratio)
        return self._images[key]

    def prepare(self, texts: Iterable[str], pixels: int, foreground: RGB, halo: RGB, ratio: float) -> None:
        """Draw images of texts beforehand, one after the other while the window does other things."""
        wanted = ((text, pixels, foreground, halo, ratio) for text in texts)
        self._to_prepare = [key for key in wanted if key not in self._images]
        if self._to_prepare:
            self._prepare_timer.start()

    def _prepare_next(self) -> None:
        if self._to_prepare:
            self.image(*self._to_prepare.pop())
        if not self._to_prepare:
            self._prepare_timer.stop()

    def _draw(self, text: str, pixels: int, foreground: RGB, halo: RGB, ratio: float) -> QImage:
        width, height = self.size(text, pixels)
        image = QImage(
            int(np.ceil(width * ratio)), int(np.ceil(height * ratio)), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setFont(self._font(pixels))
        area = QRectF(0, 0, width, height)
        # Drawn around the text rather than stroked along its outlines, which keeps the letters' sharp edges.
        painter.setPen(QColor(*halo, 150))
        for radius in (1.0, _HALO):
            for turn in np.arange(8) * (np.pi / 4):
                off = QPointF(radius * float(np.cos(turn)), radius * float(np.sin(turn)))
                painter.drawText(area.translated(off), Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(*foreground))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return image
