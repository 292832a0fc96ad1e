"""Shows a pair of signs on every map of an ensemble, as small multiples."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.palettes import OKABE_ITO
from auslan_explorer.core.projection import signed_log
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme, font

_SIDE = 12 * UNIT
_GAP = UNIT
_EDGE = 4.0
COLOURS = (OKABE_ITO[0], OKABE_ITO[1])
"""Colours of the first and second sign; the second's path is also dashed."""


class EnsembleGrid(QWidget):
    """All maps side by side: last steps in grey, the pair's mean paths in colour, a frame if they are close."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ensemble: Ensemble | None = None
        self._pair: tuple[int, int] | None = None
        self._close = np.zeros(0, dtype=bool)
        self._log_scale = True
        self._grounds: dict[int, QPixmap] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(2 * (_SIDE + _GAP))
        self.setAccessibleName(tr("The pair on every map"))

    def set_ensemble(self, ensemble: Ensemble | None) -> None:
        """Set the aligned 2-D maps to show; None for none."""
        self.ensemble = ensemble
        self._pair = None
        self._invalidate()

    def show_pair(self, pair: tuple[int, int] | None, close: np.ndarray, description: str) -> None:
        """Show two signs.

        Parameters
        ----------
        pair : tuple of int or None
            Indices of the two signs.
        close : ndarray of bool, shape (maps,)
            On which maps they are neighbours.
        description : str
            For screen readers.
        """
        self._pair, self._close = pair, close
        self.setAccessibleDescription(description)
        self.update()

    def set_log_scale(self, log_scale: bool) -> None:
        """Use the logarithmic scale, as the main map does, or the linear one."""
        self._log_scale = log_scale
        self._invalidate()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the maps when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._grounds.clear()

    def _invalidate(self) -> None:
        self._grounds.clear()
        self.setVisible(self.ensemble is not None)
        self.updateGeometry()
        self.update()

    # ------------------------------------------------------------------------------------------------- layout
    @property
    def _count(self) -> int:
        return 0 if self.ensemble is None else len(self.ensemble.seeds)

    def _columns(self, width: int) -> int:
        return max(min((width + _GAP) // (_SIDE + _GAP), self._count), 1)

    def _side(self, width: int) -> float:
        columns = self._columns(width)
        return min((width - (columns - 1) * _GAP) / columns, 1.6 * _SIDE)

    def _cell(self, number: int) -> QRectF:
        side = self._side(self.width())
        row, column = divmod(number, self._columns(self.width()))
        return QRectF(column * (side + _GAP), row * (side + _GAP), side, side)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = math.ceil(self._count / self._columns(width))
        return max(math.ceil((self._side(width) + _GAP) * rows), 1)

    def sizeHint(self) -> QSize:
        width = 4 * (_SIDE + _GAP)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: object) -> None:
        self._grounds.clear()

    # ------------------------------------------------------------------------------------------------- drawing
    def _shown(self, points: np.ndarray) -> np.ndarray:
        return signed_log(points) if self._log_scale else points

    def _polygon(self, points: np.ndarray, number: int, cell: QRectF) -> QPolygonF:
        """Return points of a map, (n, 2), in pixels of its cell; every map is scaled to fill its own."""
        assert self.ensemble is not None
        all_ends = self._shown(self.ensemble.ends[number])
        low, high = all_ends.min(axis=0), all_ends.max(axis=0)
        room = min(cell.width(), cell.height()) - 2 * _EDGE - 4
        scale = room / max(float((high - low).max()), 1e-9)
        shown = (self._shown(points) - (low + high) / 2) * scale
        middle = cell.center()
        return QPolygonF([QPointF(middle.x() + x, middle.y() - y) for x, y in shown.tolist()])

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.ensemble is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(self._count):
            cell = self._cell(number)
            if not cell.intersects(QRectF(event.rect())):
                continue
            painter.drawPixmap(cell.topLeft(), self._ground(number, cell))
            self._paint_pair(painter, number, cell)

    def _ground(self, number: int, cell: QRectF) -> QPixmap:
        """Return a cached picture of a map's last steps in grey."""
        theme = current_theme()
        if number not in self._grounds:
            assert self.ensemble is not None
            ratio = self.devicePixelRatioF()
            ground = QPixmap(cell.size().toSize() * ratio)
            ground.setDevicePixelRatio(ratio)
            ground.fill(QColor(*theme.background))
            painter = QPainter(ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dots = QColor(*theme.grey)
            dots.setAlphaF(0.35)
            pen = QPen(dots, 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            place = QRectF(0, 0, cell.width(), cell.height())
            painter.drawPoints(self._polygon(self.ensemble.ends[number], number, place))
            painter.end()
            self._grounds[number] = ground
        return self._grounds[number]

    def _paint_pair(self, painter: QPainter, number: int, cell: QRectF) -> None:
        theme, close = current_theme(), self._pair is not None and bool(self._close[number])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(*(theme.accent if close else theme.border)), 2 if close else 1))
        painter.drawRect(cell.adjusted(1, 1, -1, -1))
        painter.setFont(font(SMALL))
        painter.setPen(QColor(*theme.muted))
        assert self.ensemble is not None
        metrics = QFontMetricsF(painter.font())
        mark = "● " if close else ""
        painter.drawText(
            QPointF(cell.left() + 5, cell.top() + 3 + metrics.ascent()), f"{mark}{self.ensemble.seeds[number]}"
        )
        for place, sign in enumerate(self._pair or ()):
            path = self.ensemble.paths[number, sign]
            if not np.isfinite(path).all():
                continue
            foreground = QColor(*COLOURS[place])
            line = self._polygon(path, number, cell)
            style = Qt.PenStyle.DashLine if place else Qt.PenStyle.SolidLine
            painter.setPen(QPen(foreground, 1.6, style))
            painter.drawPolyline(line)
            painter.setPen(QPen(QColor(*theme.background), 1))
            painter.setBrush(foreground)
            end = line.at(line.count() - 1)
            if place:
                painter.drawRect(QRectF(end.x() - 3, end.y() - 3, 6, 6))
            else:
                painter.drawEllipse(end, 3.5, 3.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.ensemble is not None:
            for number in range(self._count):
                if self._cell(number).contains(QPointF(event.pos())):
                    close = self._pair is not None and self._close[number]
                    told = (
                        tr(", neighbours here")
                        if close
                        else tr(", no neighbours here")
                        if self._pair is not None
                        else ""
                    )
                    QToolTip.showText(
                        event.globalPos(), tr("Seed {0}{1}", str(self.ensemble.seeds[number]), told), self
                    )
                    return True
        return super().event(event)
