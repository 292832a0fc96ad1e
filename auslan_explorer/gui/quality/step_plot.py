"""How well a map keeps the hidden states at each step: lines with their names, a cursor, and steps to click."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.draw.theme import SMALL, Theme
from auslan_explorer.draw.ticks import nice_ticks, tick_text
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.style import UNIT, font

_HEIGHT = 21 * UNIT
_LEFT, _RIGHT, _TOP, _FOOT = 36, 12, 10, 34


@dataclass(frozen=True, eq=False)
class StepLine:
    """One line.

    Attributes
    ----------
    name : str
    values : ndarray of float, shape (steps,)
        Not a number where nothing is known.
    """

    name: str
    values: np.ndarray


class StepPlot(QWidget):
    """The first line is the map's, in the accent's colour; others are dashed.

    Signals
    -------
    step_chosen(step)
        A click: the network's step, from 0; only where the axis counts the network's steps.
    """

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._lines: tuple[StepLine, ...] = ()
        self._from_end = False
        self._step = 0
        self._low, self._high, self._first, self._last = 0.0, 1.0, 0, 1
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Error by step"))

    def show_lines(self, lines: tuple[StepLine, ...], *, from_end: bool, share: bool) -> None:
        """Show other lines.

        Parameters
        ----------
        lines : tuple of StepLine
        from_end : bool
            Whether place 0 is the last step.
        share : bool
            Whether the values are shares of the variance, of which 1 is the most.
        """
        self._lines, self._from_end = lines, from_end
        known = [np.flatnonzero(np.isfinite(line.values)) for line in lines]
        filled = [places for places in known if len(places)]
        if filled:
            self._first, self._last = min(p[0] for p in filled), max(int(p[-1]) for p in filled)
            values = np.concatenate([line.values[p] for line, p in zip(lines, known, strict=True)])
            self._high = 1.0 if share else float(values.max()) * 1.05 or 1.0
            # A step at which a map is worse than nothing would else flatten all the rest.
            self._low = max(min(float(values.min()), 0.0), -1.0) if share else 0.0
        self.setAccessibleDescription("; ".join(self._told(line) for line in lines))
        self.update()

    def set_step(self, step: int) -> None:
        """Move the cursor to the network's step."""
        self._step = step
        self.update()

    def _told(self, line: StepLine) -> str:
        places = np.flatnonzero(np.isfinite(line.values))
        if not len(places):
            return said("{0}: not known", line.name)
        worst = places[np.argmin(line.values[places])], places[np.argmax(line.values[places])]
        return said(
            "{0}: lowest {1:.2f} at step {2}, highest {3:.2f} at step {4}",
            line.name,
            line.values[worst[0]],
            worst[0] + 1,
            line.values[worst[1]],
            worst[1] + 1,
        )

    # ------------------------------------------------------------------------------------------------- drawing
    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, max(self.width() - _LEFT - _RIGHT, 1), self.height() - _TOP - _FOOT)

    def _x(self, place: float, area: QRectF) -> float:
        share = (place - self._first) / max(self._last - self._first, 1)
        return area.right() - share * area.width() if self._from_end else area.left() + share * area.width()

    def _y(self, value: float, area: QRectF) -> float:
        share = (min(max(value, self._low), self._high) - self._low) / (self._high - self._low)
        return area.bottom() - share * area.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL, tabular=True))
        area = self._area()
        self._paint_axes(painter, area)
        at = None if self._from_end else self._step
        if at is not None and self._first <= at <= self._last:
            painter.setPen(QPen(QColor(*self.theme.muted), 1))
            painter.drawLine(QPointF(self._x(at, area), area.top()), QPointF(self._x(at, area), area.bottom()))
        taken: list[float] = []
        for number, line in enumerate(self._lines):
            foreground = QColor(*(self.theme.accent if number == 0 else self.theme.muted))
            style = Qt.PenStyle.SolidLine if number == 0 else Qt.PenStyle.DashLine
            painter.setPen(QPen(foreground, 2 if number == 0 else 1.5, style))
            places = np.flatnonzero(np.isfinite(line.values))
            for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
                painter.drawPolyline(QPolygonF([QPointF(self._x(p, area), self._y(line.values[p], area)) for p in run]))
            if len(places):
                self._name(painter, line, places, area, foreground, taken)

    def _name(
        self,
        painter: QPainter,
        line: StepLine,
        places: np.ndarray,
        area: QRectF,
        foreground: QColor,
        taken: list[float],
    ) -> None:
        """Write a line's name over its middle, where no other name stands."""
        metrics = QFontMetricsF(painter.font())
        at = places[len(places) // 2]
        y = self._y(line.values[at], area) - 5
        while any(abs(y - other) < metrics.height() for other in taken):
            y += metrics.height()
        y = min(max(y, area.top() + metrics.ascent()), area.bottom() - 3)
        taken.append(y)
        x = min(self._x(at, area), area.right() - metrics.horizontalAdvance(line.name))
        painter.setPen(foreground)
        painter.drawText(QPointF(x, y), line.name)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        metrics = QFontMetricsF(painter.font())
        faint = QColor(*self.theme.border)
        for value in nice_ticks(self._low, self._high, 4):
            y, text = self._y(value, area), tick_text(value)
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(*self.theme.muted))
            at = QPointF(area.left() - 6 - metrics.horizontalAdvance(text), y + metrics.capHeight() / 2)
            painter.drawText(at, text)
        every = 20 if self._last - self._first > 45 else 10
        places = [p for p in range(self._first, self._last + 1) if (p if self._from_end else p + 1) % every == 0]
        for place in places:
            text = str(place if self._from_end else place + 1)
            x = self._x(place, area)
            painter.drawText(
                QPointF(x - metrics.horizontalAdvance(text) / 2, area.bottom() + metrics.ascent() + 3), text
            )
        title = said("steps before the last") if self._from_end else said("step of the network")
        painter.drawText(
            QPointF(area.right() - metrics.horizontalAdvance(title), area.bottom() + 2 * metrics.height() + 1), title
        )

    # ------------------------------------------------------------------------------------------------- pointer
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        if self._from_end or not self._lines:
            return
        area = self._area()
        share = min(max((event.position().x() - area.left()) / area.width(), 0), 1)
        self.step_chosen.emit(round(self._first + share * (self._last - self._first)))
