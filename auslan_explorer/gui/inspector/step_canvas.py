"""What the inspector's painted plots over a recording's steps share: the playback's cursor, the brush, the pointer."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.style import current_theme

TRACK = 8
"""Height in pixels of the ruler along which steps are marked."""


class StepCanvas(QWidget):
    """A plot over a recording's steps: a click or drag chooses a step, a drag along its ruler marks a range.

    Parameters
    ----------
    name : str
        For screen readers.
    parent : QWidget, optional

    Signals
    -------
    step_chosen(step)
        Click or drag in the plot: the network step, from 0.
    marked(start, stop)
        A half-open range of at least two real steps, from 0, was marked on the ruler; (0, 0) when it was cleared.
    """

    step_chosen = Signal(int)
    marked = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = StepAxis()
        self._step = 0
        self._mark: tuple[int, int] | None = None
        self._anchor: int | None = None
        self._choosing = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_step(self, step: int) -> None:
        """Move the cursor to a network step."""
        if step != self._step:
            self._step = step
            self.update()

    def set_range(self, start: int, stop: int) -> None:
        """Show a half-open range of real steps as marked, or none where it is empty."""
        self._mark = (start, stop) if stop > start else None
        self.update()

    # ------------------------------------------------------------------------------------------------- layout
    def steps_area(self) -> QRectF:
        """Return a rectangle over whose width the steps lie, in pixels."""
        return self._axis.area(self.width(), 0, self.height())

    def ruler_top(self) -> float:
        """Return from where down, in pixels, a drag marks steps; beyond the plot where it has no ruler."""
        return math.inf

    # ------------------------------------------------------------------------------------------------- painting
    def band(self, area: QRectF) -> QRectF | None:
        """Return the part of a plotting area that is marked; None where nothing is."""
        if self._mark is None:
            return None
        column = area.width() / max(self._axis.length, 1)
        start, stop = self._mark
        return QRectF(area.left() + start * column, area.top(), (stop - start) * column, area.height())

    def frame_band(self, painter: QPainter, area: QRectF) -> None:
        """Draw a frame around the part of a plotting area that is marked, if any."""
        band = self.band(area)
        if band is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(*current_theme().accent), 2))
            painter.drawRect(band)

    def draw_cursor(self, painter: QPainter, area: QRectF) -> None:
        """Draw the playback's cursor: a sharp foreground line with a background outline, visible on every colour."""
        if not self._axis.holds(self._step):
            return
        # In the middle of a pixel.
        x = math.floor(self._axis.x(self._step, area)) + 0.5
        for colour, width in ((current_theme().background, 3), (current_theme().foreground, 1)):
            painter.setPen(QPen(QColor(*colour), width))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    # ------------------------------------------------------------------------------------------------- pointer
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._axis.length:
            return
        step = self._step_at(event)
        if event.position().y() >= self.ruler_top():
            self._anchor = step - self._axis.first
            self._mark = None
            self.update()
        else:
            self._choosing = True
            self.step_chosen.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            here = self._step_at(event) - self._axis.first
            self._mark = (min(self._anchor, here), max(self._anchor, here) + 1)
            self.update()
        elif self._choosing:
            self.step_chosen.emit(self._step_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choosing = False
        if self._anchor is None:
            return
        self._anchor = None
        # One step alone has no change, so a click on the ruler clears the range.
        if self._mark is not None and self._mark[1] - self._mark[0] < 2:
            self._mark = None
            self.update()
        self.marked.emit(*(self._mark or (0, 0)))

    def _step_at(self, event: QMouseEvent) -> int:
        return self._axis.step_at(event.position().x(), self.steps_area())
