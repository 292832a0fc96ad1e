"""The probability of the leading classes at every step, each line with its name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.draw.theme import SMALL, Theme
from auslan_explorer.gui.inspector.step_axis import RIGHT, StepAxis
from auslan_explorer.gui.inspector.unit_heatmap import draw_cursor
from auslan_explorer.gui.style import UNIT, font

_HEIGHT = 14 * UNIT
_TOP = UNIT
_LINE = 13
# Okabe and Ito 2008, without the blue and the red that stand for truth and mistake.
_OTHERS = ((0, 158, 115), (230, 159, 0), (204, 121, 167), (86, 180, 233), (150, 150, 150))


@dataclass(frozen=True)
class ClassLine:
    """One class.

    Attributes
    ----------
    name : str
    values : ndarray of float, shape (length,)
        Its probability at every real step.
    role : str
        "truth", "mistake" (the wrong answer), or nothing.
    """

    name: str
    values: np.ndarray
    role: str = ""


class ClassLines(QWidget):
    """Lines over steps, named on the right where they end.

    Signals
    -------
    step_chosen(step)
        A click or drag: the network's step, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._axis = StepAxis()
        self._lines: tuple[ClassLine, ...] = ()
        self._step = 0
        self._kept: tuple[object, QPixmap] | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Probability of the leading classes at every step"))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, _HEIGHT)

    def show_lines(self, lines: tuple[ClassLine, ...], axis: StepAxis) -> None:
        """Show the classes of one recording."""
        self._lines, self._axis, self._kept = lines, axis, None
        self.setAccessibleDescription(", ".join(f"{line.name} {line.values[-1]:.0%}" for line in lines))
        self.update()

    def set_step(self, step: int) -> None:
        """Put the cursor on a step of the network."""
        if step != self._step:
            self._step = step
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self.update()

    def area(self) -> QRectF:
        """Return where the lines are drawn."""
        return self._axis.area(self.width(), _TOP, _HEIGHT - 2 * _TOP)

    def colour(self, place: int) -> QColor:
        """Return the colour of the line in this place."""
        role = self._lines[place].role
        if role:
            return QColor(*(self._theme.truth if role == "truth" else self._theme.mistake))
        others = [i for i, line in enumerate(self._lines) if not line.role]
        return QColor(*_OTHERS[others.index(place) % len(_OTHERS)])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL, tabular=True))
        area, theme = self.area(), self._theme
        for share, text in ((0.0, "0"), (0.5, "½"), (1.0, "1")):
            y = area.bottom() - share * area.height()
            painter.setPen(QPen(QColor(*theme.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(*theme.muted))
            where = QRectF(0, y - UNIT, area.left() - 5, 2 * UNIT)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if not self._lines:
            return
        if self._axis.holds(self._step):
            draw_cursor(painter, self._axis.x(self._step, area), area.top(), area.bottom(), theme)
        painter.drawPixmap(0, 0, self._drawn_lines(area))

    def _drawn_lines(self, area: QRectF) -> QPixmap:
        """Return lines and names; kept, for while it plays only the cursor moves."""
        made_for = (area, self.devicePixelRatioF(), self._theme, font(SMALL, tabular=True))
        if self._kept is None or self._kept[0] != made_for:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(SMALL, tabular=True))
            self._draw_lines(painter, area)
            painter.end()
            self._kept = made_for, picture
        return self._kept[1]

    def _draw_lines(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        # The true sign last, over the others.
        for place in sorted(range(len(self._lines)), key=lambda i: self._lines[i].role == "truth"):
            line = self._lines[place]
            spots = [
                QPointF(self._axis.x(self._axis.first + i, area), area.bottom() - float(v) * area.height())
                for i, v in enumerate(line.values)
            ]
            style = Qt.PenStyle.DashLine if line.role == "mistake" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(self.colour(place), 2 if line.role else 1.4, style))
            painter.drawPolyline(QPolygonF(spots))
        for place, y in enumerate(self.label_places()):
            style = Qt.PenStyle.DashLine if self._lines[place].role == "mistake" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(self.colour(place), 2, style))
            painter.drawLine(QPointF(area.right() + 4, y), QPointF(area.right() + 12, y))
            where = QRectF(area.right() + 16, y - _LINE / 2, RIGHT - 16, _LINE)
            name = painter.fontMetrics().elidedText(
                self._lines[place].name, Qt.TextElideMode.ElideRight, int(where.width())
            )
            painter.setPen(QColor(*theme.foreground))
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def label_places(self) -> list[float]:
        """Return the middle of each name in pixels from the top: where its line ends, pushed off the others."""
        area = self.area()
        wanted = [area.bottom() - float(line.values[-1]) * area.height() for line in self._lines]
        order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
        placed = [0.0] * len(wanted)
        floor = _LINE / 2
        for i in order:
            placed[i] = floor = max(wanted[i], floor)
            floor += _LINE
        ceiling = _HEIGHT - _LINE / 2
        for i in reversed(order):
            placed[i] = min(placed[i], ceiling)
            ceiling = placed[i] - _LINE
        return placed

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._axis.length:
            self.step_chosen.emit(self._axis.step_at(event.position().x(), self.area()))
