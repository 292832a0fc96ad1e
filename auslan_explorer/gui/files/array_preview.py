"""Preview of an array of vectors: its first rows as points."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.widgets.text import format_count

_EDGE = 1.5 * UNIT
_DOT = 2.5


class ArrayPreview(QWidget):
    """Points of an array, or a sentence why there are none.

    Attributes
    ----------
    points : ndarray of float32, shape (rows, 2)
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.points = np.zeros((0, 2), np.float32)
        self._sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Preview"))

    def show_points(self, points: np.ndarray) -> None:
        """Show points."""
        self.points, self._sentence = points, ""
        self.setAccessibleDescription(
            tr("First rows along their principal components: {0}", format_count(len(points), "point"))
        )
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence in place of points."""
        self.points, self._sentence = np.zeros((0, 2), np.float32), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(30 * UNIT), scaled(24 * UNIT))

    def minimumSizeHint(self) -> QSize:
        return QSize(20 * UNIT, 16 * UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().base())
        if not len(self.points):
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.rect().adjusted(UNIT, UNIT, -UNIT, -UNIT)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
            return
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        span = np.maximum(high - low, 1e-9)
        room_of = np.array([self.width() - 2 * _EDGE, self.height() - 2 * _EDGE])
        places = (self.points - low) / span * room_of
        pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), _DOT)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints([QPointF(_EDGE + x, self.height() - _EDGE - y) for x, y in places.tolist()])
