"""Heatmap of all hidden units over the steps, with the playback's cursor and a ruler to mark a range of steps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from auslan_explorer.core.clock import time_text
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.inspector.heat_image import diverging_colours, heat_image
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.inspector.step_canvas import TRACK, StepCanvas
from auslan_explorer.gui.style import UNIT, current_theme, font, mix
from auslan_explorer.gui.widgets.line_plot import name_room
from auslan_explorer.gui.widgets.text import format_count

_MAP_HEIGHT = 25 * UNIT
_RULER = 3 * UNIT
_BAR = 10


class UnitHeatmap(StepCanvas):
    """Heatmap with units from top to bottom and steps from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Units by steps"), parent)
        self._states = np.zeros((0, 0), dtype=np.float32)
        self._order = np.zeros(0, dtype=np.int64)
        self._image = QImage()
        self._limit = 1.0
        self._span: tuple[int, int] | None = None
        self.setFixedHeight(_MAP_HEIGHT + _RULER)
        self.setAccessibleDescription(tr("Shift with the left or right arrow marks steps, from the playback’s step on"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, _MAP_HEIGHT + _RULER)

    # ------------------------------------------------------------------------------------------------- display
    def show_states(self, states: np.ndarray, axis: StepAxis, order: np.ndarray) -> None:
        """Show a recording.

        Parameters
        ----------
        states : ndarray of float, shape (length, units)
        axis : StepAxis
        order : ndarray of int, shape (units,)
            Units from top to bottom.
        """
        self._states, self._axis, self._order = states, axis, order
        largest = float(np.abs(states).max()) if states.size else 0.0
        # An LSTM's outputs lie between -1 and 1: one scale for all recordings. Other networks may go beyond.
        self._limit = max(1.0, largest)
        self._mark = self._span = None
        self._paint_image()

    def reorder(self, order: np.ndarray) -> None:
        """Reorder the units; `order` has shape (units,)."""
        self._order = order
        self._paint_image()

    def set_range(self, start: int, stop: int) -> None:
        """Mark a half-open range of real steps, and emit `marked`."""
        super().set_range(start, stop)
        self.marked.emit(start, stop)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the image when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_image()

    def _paint_image(self) -> None:
        self.update()
        self._image = heat_image(self._states[:, self._order].T, self._limit)

    # ------------------------------------------------------------------------------------------------- painting
    def area(self) -> QRectF:
        """Return the rectangle of the cells in pixels."""
        return self._axis.area(self.width(), 0, _MAP_HEIGHT)

    def ruler_top(self) -> float:
        return _MAP_HEIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(SMALL, tabular=True))
        area, theme = self.area(), current_theme()
        if self._image.isNull():
            return
        painter.drawImage(area, self._image, QRectF(self._image.rect()))
        ruler = QRectF(area.left(), area.bottom(), area.width(), _RULER)
        self._draw_ruler(painter, area, ruler)
        self.frame_band(painter, area.adjusted(0, 1, 0, 0))
        marked = self.band(ruler.adjusted(0, 2, 0, 2 + TRACK - _RULER))
        if marked is not None:
            painter.fillRect(marked, QColor(*theme.accent))
        self._draw_scale(painter, area)
        self.draw_cursor(painter, area)
        painter.setPen(QColor(*theme.muted))
        painter.translate(area.left() - UNIT, area.center().y())
        painter.rotate(-90)
        where = QRectF(-area.height() / 2, -2 * UNIT, area.height(), 2 * UNIT)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, format_count(len(self._order), "unit"))

    def _draw_ruler(self, painter: QPainter, area: QRectF, ruler: QRectF) -> None:
        theme = current_theme()
        # A groove, to suggest that one can drag along it.
        track = QRectF(ruler.left(), ruler.top() + 2, ruler.width(), TRACK)
        painter.fillRect(track, QColor(*mix(theme.panel, theme.foreground, 0.13)))
        if self.hasFocus():
            painter.setPen(QPen(QColor(*theme.accent), 1))
            painter.drawRect(track)
        painter.setPen(QColor(*theme.muted))
        for step in self._axis.ticks():
            # A long number ends where the steps end, not in the word beside it.
            most = area.right() + UNIT // 2 - painter.fontMetrics().horizontalAdvance(str(step + 1)) / 2
            x = min(self._axis.x(step, area), most)
            text = QRectF(x - 20, ruler.top() + 10, 40, _RULER - 10)
            painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, str(step + 1))
        side = QRectF(ruler.right() + UNIT + 2, ruler.top() + 10, name_room() - UNIT, _RULER - 10)
        seconds = self._axis.seconds
        unit = tr("step, {0}", time_text(seconds)) if seconds > 0 else tr("step")
        painter.drawText(side, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, unit)

    def _draw_scale(self, painter: QPainter, area: QRectF) -> None:
        bar = QRectF(area.right() + UNIT + 2, 2, _BAR, 12 * UNIT)
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        for i, colour in enumerate(diverging_colours()[::15]):
            gradient.setColorAt(i / 17, QColor(*(int(v) for v in colour)))
        painter.setPen(QPen(QColor(*current_theme().border), 1))
        painter.setBrush(gradient)
        painter.drawRect(bar)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(*current_theme().muted))
        top = f"{self._limit:.3g}"
        for y, text in ((bar.top() + 5, top), (bar.center().y(), "0"), (bar.bottom() - 5, f"−{top}")):
            where = QRectF(bar.right() + 5, y - UNIT, name_room() - _BAR - UNIT, 2 * UNIT)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    # --------------------------------------------------------------------------------------------- pointer and keyboard
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._anchor is not None:
            self._span = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_range_key(event):
            super().keyPressEvent(event)
            return
        last = self._axis.length - 1
        here = min(max(self._step - self._axis.first, 0), last)
        anchor, end = self._span or (here, here)
        end = min(max(end + (1 if event.key() == Qt.Key.Key_Right else -1), 0), last)
        self._span = (anchor, end)
        start, stop = min(anchor, end), max(anchor, end) + 1
        if stop - start >= 2:
            self.set_range(start, stop)
        else:
            self._mark = None
            self.update()
            self.marked.emit(0, 0)

    def _is_range_key(self, event: QKeyEvent) -> bool:
        """Return whether a key extends the range; elsewhere, the same keys go ten steps."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        shifted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        return bool(self._axis.length) and shifted and event.key() in arrows

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_range_key(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._axis.length:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip(self, at: QPointF) -> str:
        area = self.area()
        if at.y() >= _MAP_HEIGHT:
            return tr("Drag here to mark steps; with the keyboard, Shift and an arrow")
        if not area.contains(at):
            return ""
        step = self._axis.step_at(at.x(), area)
        unit = int(self._order[min(int(at.y() * len(self._order) / area.height()), len(self._order) - 1)])
        value = float(self._states[step - self._axis.first, unit])
        return tr("Unit {0}, step {1}: {2:+.2f}", unit + 1, step + 1, value)
