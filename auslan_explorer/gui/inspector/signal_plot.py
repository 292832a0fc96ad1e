"""The channels of a recording as lines over its steps, in groups, with the playback's cursor and the brush."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.palettes import OKABE_ITO
from auslan_explorer.core.signs import shown_name
from auslan_explorer.draw.theme import DARK, SMALL
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.inspector.step_canvas import TRACK, StepCanvas
from auslan_explorer.gui.style import UNIT, current_theme, font, mix, scaled
from auslan_explorer.gui.widgets.line_plot import name_room

_ROW = 52
"""Height of a group in pixels at 100 % text."""
_GAP = 6
_REACH = 7
"""Pixels from a curve within which it is taken hold of."""
_WRAPS = 0.5
"""Angles that jump by more have gone round; the line is interrupted."""
MOST_CHANNELS = 30
"""Channels of other data than gloves that are drawn."""
_TOGETHER = 5


@dataclass(frozen=True)
class _Group:
    title: str
    """Empty where the ends of the axis are written instead."""
    names: tuple[str, ...]
    first: int
    scale: tuple[int, ...] = ()
    """Channels whose range the upright axis has; 0 to 1 where there are none."""
    angle: bool = False


_PLACES = (0, 1, 2, 11, 12, 13)
_PLACE = (mark("x"), mark("y"), mark("z"))
_TURN = (mark("roll"), mark("pitch"), mark("yaw"))
_FINGERS = (mark("thumb"), mark("fore"), mark("middle"), mark("ring"), mark("little"))
GROUPS = (
    _Group(mark("R place"), _PLACE, 11, _PLACES),
    _Group(mark("R turn"), _TURN, 14, angle=True),
    _Group(mark("R fingers"), _FINGERS, 17),
    _Group(mark("L place"), _PLACE, 0, _PLACES),
    _Group(mark("L turn"), _TURN, 3, angle=True),
    _Group(mark("L fingers"), _FINGERS, 6),
)


def groups_of(names: tuple[str, ...], count: int) -> tuple[_Group, ...]:
    """Return groups of a few channels each, in their order and each on its own scale; see `MOST_CHANNELS`.

    Parameters
    ----------
    names : tuple of str
        Of the channels; empty where they have none, and are numbered from 1.
    count : int
    """
    called = tuple(shown_name(name) for name in names) or tuple(str(number) for number in range(1, count + 1))
    starts = range(0, min(count, MOST_CHANNELS), _TOGETHER)
    parts = [tuple(range(start, min(start + _TOGETHER, count))) for start in starts]
    return tuple(_Group("", tuple(called[each] for each in part), part[0], part) for part in parts)


def _colour(number: int) -> QColor:
    """Return the colour of a group's channel, lighter on a dark ground."""
    theme = current_theme()
    return QColor(*mix(OKABE_ITO[number], theme.foreground, 0.3 if theme is DARK else 0.0))


class SignalPlot(StepCanvas):
    """Lines of the channels in groups, those of gloves in six, over the same steps as the heat map of units.

    Signals
    -------
    pulled(channel, frame, value)
        Where curves can be pulled: one was dragged to a value at a frame.
    released()
        It was let go.
    """

    pulled = Signal(int, int, float)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Channels by steps"), parent)
        self._groups: tuple[_Group, ...] = GROUPS
        self._frames = np.zeros((0, 22), dtype=np.float32)
        self._other = self._frames
        self._lines = QPixmap()
        self.pullable = False
        self._pulling: tuple[int, int] | None = None

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, round(len(self._groups) * (scaled(_ROW) + _GAP)) + TRACK + UNIT)

    def show_signal(
        self,
        frames: np.ndarray,
        axis: StepAxis,
        other: np.ndarray | None = None,
        groups: tuple[_Group, ...] = GROUPS,
    ) -> None:
        """Show a recording.

        Parameters
        ----------
        frames : ndarray of float, shape (length, channels)
        axis : StepAxis
        other : ndarray of float, shape (length, channels), optional
            A second recording's frames beside those of the first, drawn over them in dashes.
        groups : tuple of _Group
            Of gloves by default; of other channels see `groups_of`.
        """
        self._frames, self._axis, self._groups = frames, axis, groups
        self._other = frames[:0] if other is None else other
        self._lines = QPixmap()
        self.updateGeometry()
        self.update()

    # ------------------------------------------------------------------------------------------------- painting
    def area(self, group: int) -> QRectF:
        """Return where a group's lines are drawn, in pixels."""
        height = scaled(_ROW)
        return self._axis.area(self.width(), group * (height + _GAP) + 1, height)

    def ends(self, group: _Group) -> tuple[float, float]:
        """Return the ends of a group's upright axis."""
        if not group.scale:
            return 0.0, 1.0
        shown = [each[:, group.scale] for each in (self._frames, self._other) if len(each)]
        low, high = min(float(each.min()) for each in shown), max(float(each.max()) for each in shown)
        return low, max(high, low + 0.05) if group.scale is _PLACES else max(high, np.nextafter(low, np.inf))

    def changeEvent(self, event: QEvent) -> None:
        """Draw in another theme's colours, or with another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._lines = QPixmap()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lines = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._frames):
            return
        painter, theme = QPainter(self), current_theme()
        if self._lines.isNull():
            self._lines = self._drawn_lines()
        painter.drawPixmap(0, 0, self._lines)
        track = self._track()
        painter.fillRect(track, QColor(*theme.border))
        marked = self.band(track)
        if marked is not None:
            painter.fillRect(marked, QColor(*theme.accent))
        for number in range(len(self._groups)):
            area = self.area(number)
            marked = self.band(area)
            if marked is not None:
                painter.fillRect(marked, QColor(*theme.accent, 36))
            self.draw_cursor(painter, area)

    def _drawn_lines(self) -> QPixmap:
        """Draw all but cursor and brush, which move while the lines stay."""
        ratio = self.devicePixelRatioF()
        lines = QPixmap(self.size() * ratio)
        lines.setDevicePixelRatio(ratio)
        lines.fill(Qt.GlobalColor.transparent)
        painter = QPainter(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL))
        for number, group in enumerate(self._groups):
            area = self.area(number)
            painter.fillRect(area, QColor(*current_theme().background))
            ends = self.ends(group)
            for frames, dashed in ((self._other, True), (self._frames, False)):
                self._draw_lines(painter, area, group, frames, ends, dashed=dashed)
            self._write_names(painter, area, group)
        painter.end()
        return lines

    def _draw_lines(
        self,
        painter: QPainter,
        area: QRectF,
        group: _Group,
        frames: np.ndarray,
        ends: tuple[float, float],
        *,
        dashed: bool,
    ) -> None:
        low, high = ends
        inner = _within(area)
        x = [self._axis.x(self._axis.first + step, area) for step in range(len(frames))]
        for number in range(len(group.names)):
            values = frames[:, group.first + number]
            y = inner.bottom() - (np.clip(values, low, high) - low) / (high - low) * inner.height()
            pen = QPen(_colour(number), 1.0 if dashed else 1.6)
            pen.setStyle(Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            jumps = np.abs(np.diff(values)) > (_WRAPS if group.angle else np.inf)
            cuts = np.flatnonzero(jumps) + 1
            for piece in np.split(np.arange(len(values)), cuts):
                painter.drawPolyline(QPolygonF([QPointF(x[step], y[step]) for step in piece]))

    def _write_names(self, painter: QPainter, area: QRectF, group: _Group) -> None:
        """Write a group's title and, in their colours, the names of its channels, beside it."""
        metrics = QFontMetricsF(painter.font())
        left, line = area.right() + UNIT // 2, metrics.height()
        painter.setPen(QColor(*current_theme().muted))
        room, y = name_room() - UNIT // 2, area.top() + metrics.ascent()
        title = tr(group.title) or tr("{0} to {1}", *(_said(end) for end in self.ends(group)))
        painter.drawText(QPointF(left, y), metrics.elidedText(title, Qt.TextElideMode.ElideRight, room))
        x, y = left, y + line
        for number, name in enumerate(group.names):
            # Names of other channels than those of gloves are a person's own, and stay as they are.
            text = metrics.elidedText(tr(name) if group.title else name, Qt.TextElideMode.ElideRight, room)
            if x > left and x + metrics.horizontalAdvance(text) > left + room:
                x, y = left, y + line
            if y > area.bottom() + 2:
                return
            painter.setPen(_colour(number))
            painter.drawText(QPointF(x, y), text)
            x += metrics.horizontalAdvance(text + " ")

    def _track(self) -> QRectF:
        below = self.area(len(self._groups) - 1)
        return QRectF(below.left(), below.bottom() + _GAP / 2, below.width(), TRACK)

    def ruler_top(self) -> float:
        return self._track().top()

    # ------------------------------------------------------------------------------------------------- pointer
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._curve_at(event.position()) if self.pullable else None
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._pulling = found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pulling is None:
            super().mouseMoveEvent(event)
            return
        number, frame = self._pulling
        group, inner = self._group_of(number), _within(self.area(self._place_of(number)))
        low, high = self.ends(group)
        share = (inner.bottom() - event.position().y()) / inner.height()
        self.pulled.emit(number, frame, low + min(max(share, 0.0), 1.0) * (high - low))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pulling is None:
            super().mouseReleaseEvent(event)
        else:
            self._pulling = None
            self.released.emit()

    def _curve_at(self, at: QPointF) -> tuple[int, int] | None:
        """Return the channel whose curve is at a position, and the frame; None where none is near."""
        if not len(self._frames):
            return None
        frame = self._axis.step_at(at.x(), self.steps_area()) - self._axis.first
        nearest, found = float(_REACH), None
        for place, group in enumerate(self._groups):
            inner, (low, high) = _within(self.area(place)), self.ends(group)
            for number in range(group.first, group.first + len(group.names)):
                y = inner.bottom() - (float(self._frames[frame, number]) - low) / (high - low) * inner.height()
                if inner.adjusted(0, -3, 0, 3).contains(at) and abs(at.y() - y) < nearest:
                    nearest, found = abs(at.y() - y), (number, frame)
        return found

    def _place_of(self, channel: int) -> int:
        return next(i for i, group in enumerate(self._groups) if 0 <= channel - group.first < len(group.names))

    def _group_of(self, channel: int) -> _Group:
        return self._groups[self._place_of(channel)]


def _said(end: float) -> str:
    return f"{end:.2g}".replace("-", "−")


def _within(area: QRectF) -> QRectF:
    """Return where in a group's area its lines run."""
    return area.adjusted(0, 3, 0, -3)
