"""Heatmap of all hidden units over the steps, with the playback's cursor and a ruler to mark a range of steps."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from cmap import Colormap
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
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
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from auslan_explorer.draw.theme import SMALL, Theme
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.inspector.step_axis import RIGHT, StepAxis
from auslan_explorer.gui.style import UNIT, current_theme, font, mix
from auslan_explorer.gui.widgets.text import format_count

# Diverging from a middle close to the background, light and dark (Crameri 2018), and safe for colour-blind people.
_MAPS = {"light": "crameri:vik", "dark": "crameri:berlin"}
_MAP_HEIGHT = 25 * UNIT
_RULER = 3 * UNIT
_TRACK = 8
_BAR = 10


class UnitHeatmap(QWidget):
    """Heatmap with units from top to bottom and steps from left to right.

    Signals
    -------
    step_chosen(step)
        Click or drag in the heatmap: the network step, from 0.
    marked(start, stop)
        A half-open range of at least two real steps, from 0, was marked on the ruler; (0, 0) when it was cleared.
    """

    step_chosen = Signal(int)
    marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = StepAxis()
        self._states = np.zeros((0, 0), dtype=np.float32)
        self._order = np.zeros(0, dtype=np.int64)
        self._image = QImage()
        self._limit = 1.0
        self._step = 0
        self._mark: tuple[int, int] | None = None
        self._anchor: int | None = None
        self._span: tuple[int, int] | None = None
        self._choosing = False
        self.setFixedHeight(_MAP_HEIGHT + _RULER)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Units by steps"))
        self.setAccessibleDescription(tr("Shift with the left or right arrow marks steps, from the playback's step on"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

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

    def set_step(self, step: int) -> None:
        """Move the cursor to a network step."""
        if step != self._step:
            self._step = step
            self.update()

    def set_range(self, start: int, stop: int) -> None:
        """Mark a half-open range of real steps, and emit `marked`."""
        self._mark = (start, stop)
        self.update()
        self.marked.emit(start, stop)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the image when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_image()

    def _paint_image(self) -> None:
        self.update()
        if not self._states.size:
            self._image = QImage()
            return
        level = np.clip((self._states[:, self._order].T / self._limit + 1) * 127.5, 0, 255).astype(np.uint8)
        pixels = np.empty((*level.shape, 4), dtype=np.uint8)
        # Format_RGB32 is stored as blue, green, red on all supported (little-endian) machines.
        pixels[..., :3] = self._colours()[level][..., ::-1]
        pixels[..., 3] = 255
        height, width = level.shape
        self._image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()

    def _colours(self) -> np.ndarray:
        return diverging_colours()

    # ------------------------------------------------------------------------------------------------- painting
    def area(self) -> QRectF:
        """Return the rectangle of the cells in pixels."""
        return self._axis.area(self.width(), 0, _MAP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(SMALL, tabular=True))
        area, theme = self.area(), current_theme()
        if self._image.isNull():
            return
        painter.drawImage(area, self._image, QRectF(self._image.rect()))
        column = area.width() / self._axis.length
        ruler = QRectF(area.left(), area.bottom(), area.width(), _RULER)
        self._draw_ruler(painter, area, ruler)
        if self._mark is not None:
            start, stop = self._mark
            left, right = area.left() + start * column, area.left() + stop * column
            accent = QColor(*theme.accent)
            painter.setPen(QPen(accent, 2))
            painter.drawRect(QRectF(left, 1, right - left, area.height() - 1))
            painter.fillRect(QRectF(left, ruler.top() + 2, right - left, _TRACK), accent)
        self._draw_scale(painter, area)
        if self._axis.holds(self._step):
            x = self._axis.x(self._step, area)
            draw_cursor(painter, x, area.top(), area.bottom(), theme)
        painter.setPen(QColor(*theme.muted))
        painter.translate(area.left() - UNIT, area.center().y())
        painter.rotate(-90)
        where = QRectF(-area.height() / 2, -2 * UNIT, area.height(), 2 * UNIT)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, format_count(len(self._order), "unit"))

    def _draw_ruler(self, painter: QPainter, area: QRectF, ruler: QRectF) -> None:
        theme = current_theme()
        # A groove, to suggest that one can drag along it.
        track = QRectF(ruler.left(), ruler.top() + 2, ruler.width(), _TRACK)
        painter.fillRect(track, QColor(*mix(theme.panel, theme.foreground, 0.13)))
        if self.hasFocus():
            painter.setPen(QPen(QColor(*theme.accent), 1))
            painter.drawRect(track)
        painter.setPen(QColor(*theme.muted))
        for step in self._axis.ticks():
            x = self._axis.x(step, area)
            text = QRectF(x - 20, ruler.top() + 10, 40, _RULER - 10)
            painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, str(step + 1))
        side = QRectF(ruler.right() + UNIT + 2, ruler.top() + 10, RIGHT - UNIT, _RULER - 10)
        painter.drawText(side, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("step"))

    def _draw_scale(self, painter: QPainter, area: QRectF) -> None:
        bar = QRectF(area.right() + UNIT + 2, 2, _BAR, 12 * UNIT)
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        for i, colour in enumerate(self._colours()[::15]):
            gradient.setColorAt(i / 17, QColor(*(int(v) for v in colour)))
        painter.setPen(QPen(QColor(*current_theme().border), 1))
        painter.setBrush(gradient)
        painter.drawRect(bar)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(*current_theme().muted))
        top = f"{self._limit:.3g}"
        for y, text in ((bar.top() + 5, top), (bar.center().y(), "0"), (bar.bottom() - 5, f"−{top}")):
            where = QRectF(bar.right() + 5, y - UNIT, RIGHT - _BAR - UNIT, 2 * UNIT)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    # --------------------------------------------------------------------------------------------- pointer and keyboard
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._axis.length:
            return
        step = self._axis.step_at(event.position().x(), self.area())
        if event.position().y() >= _MAP_HEIGHT:
            self._anchor = step - self._axis.first
            self._mark = self._span = None
            self.update()
        else:
            self._choosing = True
            self.step_chosen.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = self._axis.step_at(event.position().x(), self.area()) if self._axis.length else 0
        if self._anchor is not None:
            here = step - self._axis.first
            self._mark = (min(self._anchor, here), max(self._anchor, here) + 1)
            self.update()
        elif self._choosing:
            self.step_chosen.emit(step)

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


def diverging_colours() -> np.ndarray:
    """Return the theme's diverging colours from least to most, the middle near the ground; uint8, shape (256, 3)."""
    return _table(_MAPS[current_theme().name])


def draw_cursor(painter: QPainter, x: float, top: float, bottom: float, theme: Theme) -> None:
    """Draw the playback's cursor at `x`: a sharp foreground line with a background outline, visible on every colour."""
    # In the middle of a pixel.
    x = math.floor(x) + 0.5
    painter.setPen(QPen(QColor(*theme.background), 3))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(QColor(*theme.foreground), 1))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))


@lru_cache(maxsize=2)
def _table(colormap: str) -> np.ndarray:
    """Return a colour table, uint8, shape (256, 3); cached, since it is needed at every move of the cursor."""
    return np.round(np.asarray(Colormap(colormap).lut(256))[:, :3] * 255).astype(np.uint8)
