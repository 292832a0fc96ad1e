"""The playback's slider: the step, where predictions become stable, and a section with ends to drag."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSlider, QWidget

from auslan_explorer.draw.paint import colour
from auslan_explorer.gui.style import UNIT, current_theme, scaled

_EDGE = 9.0
_KNOB = 6.0
_FLAG = 7.0
_REACH = 8.0
"""Distance in pixels within which an end of the section can be grabbed."""


class StepSlider(QSlider):
    """Slider that jumps to a click, with section ends and a histogram of stable predictions.

    Signals
    -------
    section_moved(first, last)
        An end of the section was dragged.
    """

    section_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._section = (0, 0)
        self._marks = np.zeros(0)
        self._held: int | None = None
        self.setMinimumHeight(scaled(30))
        self.setMinimumWidth(12 * UNIT)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, scaled(30))

    def set_section(self, first: int, last: int) -> None:
        """Set the first and last step that are played."""
        if (first, last) != self._section:
            self._section = first, last
            self.update()

    def set_marks(self, counts: np.ndarray) -> None:
        """Set the number of predictions that become stable at each step, shape (steps,); empty for none."""
        self._marks = counts
        self.update()

    def x_of_step(self, step: float) -> float:
        """Return the horizontal position of a step in pixels."""
        return _EDGE + (self.width() - 2 * _EDGE) * step / max(self.maximum(), 1)

    def step_at(self, x: float) -> int:
        """Return the step nearest to a horizontal position in pixels."""
        step = round((x - _EDGE) / max(self.width() - 2 * _EDGE, 1.0) * self.maximum())
        return min(max(step, 0), self.maximum())

    def _end_at(self, at: QPointF) -> int | None:
        """Return the end of the section, 0 or 1, whose flag above the groove is under the pointer."""
        if at.y() > self.height() / 2 - 2 or self.maximum() < 1:
            return None
        away = [abs(self.x_of_step(end) - at.x()) for end in self._section]
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= _REACH else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.isEnabled():
            return
        self._held = self._end_at(event.position())
        if self._held is None:
            self.setSliderDown(True)
            self.setValue(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            step = self.step_at(event.position().x())
            first, last = self._section
            first, last = (min(step, last), last) if self._held == 0 else (first, max(step, first))
            self.section_moved.emit(first, last)
        elif self.isSliderDown():
            self.setValue(self.step_at(event.position().x()))
        else:
            over = self._end_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = current_theme(), self.height() / 2 + 2
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_marks(painter, middle)
        painter.setBrush(colour(theme.border))
        painter.drawRoundedRect(QRectF(_EDGE, middle - 2, self.width() - 2 * _EDGE, 4), 2, 2)
        if not self.isEnabled():
            return
        first, last = self._section
        left, right, now = self.x_of_step(first), self.x_of_step(last), self.x_of_step(self.value())
        painter.setBrush(colour(theme.accent, 0.3))
        painter.drawRect(QRectF(left, middle - 2, right - left, 4))
        painter.setBrush(colour(theme.accent))
        if now > left:
            painter.drawRoundedRect(QRectF(left, middle - 2, min(now, right) - left, 4), 2, 2)
        for at, way in ((left, 1.0), (right, -1.0)):
            top = middle - 13
            painter.setBrush(colour(theme.muted))
            painter.drawPolygon(QPolygonF([QPointF(at, top), QPointF(at + way * _FLAG, top + 3), QPointF(at, top + 6)]))
            painter.drawRect(QRectF(at - 0.75, top, 1.5, 13))
        painter.setPen(QPen(colour(theme.accent if self.hasFocus() else theme.panel), 2))
        painter.setBrush(colour(theme.panel if self.hasFocus() else theme.accent))
        painter.drawEllipse(QPointF(now, middle), _KNOB, _KNOB)

    def _paint_marks(self, painter: QPainter, middle: float) -> None:
        """Paint a small histogram above the groove, or a diamond below it for a single recording."""
        highest = self._marks.max(initial=0)
        if not highest:
            return
        theme = current_theme()
        painter.setBrush(colour(theme.muted, 0.55))
        if self._marks.sum() == 1:
            at = self.x_of_step(int(self._marks.argmax()))
            painter.setBrush(colour(theme.foreground))
            below = middle + 8
            corners = [(0, -4), (4, 0), (0, 4), (-4, 0)]
            painter.drawPolygon(QPolygonF([QPointF(at + x, below + y) for x, y in corners]))
            return
        wide = max((self.width() - 2 * _EDGE) / max(len(self._marks) - 1, 1) - 1, 1.0)
        for step in np.flatnonzero(self._marks):
            tall = 2 + 8 * float(self._marks[step]) / highest
            painter.drawRect(QRectF(self.x_of_step(int(step)) - wide / 2, middle - 3 - tall, wide, tall))
