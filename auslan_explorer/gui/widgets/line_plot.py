"""Lines over whole steps or epochs: few quiet figures, names, and a cursor that costs next to nothing to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auslan_explorer.draw.theme import SMALL
from auslan_explorer.draw.ticks import nice_ticks, tick_text
from auslan_explorer.gui.style import UNIT, current_theme, font, scaled
from auslan_explorer.gui.widgets.binning import bin_means
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow

Ticks = Sequence[tuple[float, str]]
"""Values with their text."""

# Okabe and Ito 2008, without the blue and the red that stand for truth and mistake.
_OTHERS = ((0, 158, 115), (230, 159, 0), (204, 121, 167), (86, 180, 233), (150, 150, 150))
# Told apart by dashes too, not by colour alone.
_DASHES = {
    "mistake": Qt.PenStyle.DashLine,
    "muted": Qt.PenStyle.DashLine,
    "foreground": Qt.PenStyle.DotLine,
}
_WIDTHS = {"muted": 1.5, "": 1.4}
_NAME_HEIGHT = 13
_NAME_ROOM, _MOST_NAME_ROOM = 92, 124


def name_room() -> int:
    """Return the room for names at the right of a plot, in pixels: it grows with the text, but not over the plot."""
    return min(scaled(_NAME_ROOM), _MOST_NAME_ROOM)


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a plot.

    Attributes
    ----------
    name : str
    x : ndarray of int, shape (n,)
        Steps or epochs.
    y : ndarray of float, shape (n,)
        Not a number where nothing is known.
    role : str
        What it stands for, which is its colour in the theme: "truth", "mistake", "accent", "muted" or "foreground";
        empty: one of several colours, thinner.
    """

    name: str
    x: np.ndarray
    y: np.ndarray
    role: str = ""


class _Entry(QWidget):
    """A line's name after a piece of the line."""

    def __init__(self, name: str, sample: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.pen = name, QPen()
        self._sample = sample
        label = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self, follow_text=True)
        label.setFont(font(SMALL))
        label.setText(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(sample + UNIT // 2, 0, 0, 0)
        row.addWidget(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.pen)
        painter.drawLine(QPointF(0, self.height() / 2), QPointF(self._sample, self.height() / 2))


class LinePlot(QWidget):
    """Lines with their names in a legend above them, or beside their ends.

    Signals
    -------
    step_chosen(x)
        A click or drag: the step nearest to the pointer.

    Parameters
    ----------
    name : str
        For screen readers.
    parent : QWidget
    height : int
        Of the plot without its legend, in pixels at 100 % text.
    title : str
        What is counted from left to right; without it there are no figures below the plot, now or later.
    left : int, optional
        Room for figures in pixels; by default as much as they need.
    names : bool
        Whether names stand beside the lines' ends, in `name_room`, and not in a legend above the plot.
    beside : QWidget, optional
        Stands at the right end of the legend.
    """

    step_chosen = Signal(int)

    def __init__(
        self,
        name: str,
        parent: QWidget | None,
        *,
        height: int,
        title: str = "",
        left: int | None = None,
        names: bool = False,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._height, self._title, self._room, self._names = height, title, left, names
        self._has_bottom = bool(title)
        self._first, self._last, self._low, self._high, self._choosable = 0, 1, 0.0, 1.0, True
        self._step: int | None = None
        self._beside = beside
        self._y_ticks: Ticks = ()
        self._curves: list[pg.PlotCurveItem] = []
        self._entries: list[_Entry] = []
        self._legend: ResponsiveRow | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # A `PlotWidget` would bring dialogs and menus that nobody sees, and take three times as long to make.
        self._graph = pg.GraphicsView(self, background=None)
        self._graph.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._graph.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._graph.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view = pg.ViewBox(enableMenu=False)
        # A thick line along an edge is seen whole.
        self.view.setFlag(self.view.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self._left, self._bottom = pg.AxisItem("left"), pg.AxisItem("bottom")
        self._grid = pg.PlotCurveItem(connect="pairs")
        self._dotted = pg.InfiniteLine(angle=90)
        self._dot = pg.ScatterPlotItem(size=UNIT)
        self._dot.setZValue(3)
        for item in (self._grid, self._dotted, self._dot):
            self.view.addItem(item)
        self._cursor = QGraphicsLineItem()
        self._cursor.setZValue(1)
        self._graph.scene().addItem(self._cursor)
        layout = self._layout = pg.GraphicsLayout()
        layout.setSpacing(0)
        layout.addItem(self._left, 0, 0)
        layout.addItem(self.view, 0, 1)
        if title:
            layout.addItem(self._bottom, 1, 1)
        for axis in (self._left, self._bottom):
            # Else its label was written anew for each range, and had "(x0.001)" after it from a thousand steps on.
            axis.enableAutoSIPrefix(False)
            axis.linkToView(self.view)
            axis.setPen(pg.mkPen(None))
            axis.setStyle(tickLength=0, tickAlpha=0, hideOverlappingLabels=False)
        self._graph.setCentralItem(layout)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._graph)
        self.view.sigResized.connect(self._place)
        self._name_lines()
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, super().sizeHint().height())

    # ------------------------------------------------------------------------------------------------- what is shown
    def show_lines(
        self,
        lines: Sequence[Line],
        *,
        low: float = 0.0,
        high: float = 1.0,
        ticks: Ticks | None = None,
        title: str = "",
        number_at_zero: int = 0,
        mark: tuple[int, float] | None = None,
        choosable: bool = True,
    ) -> None:
        """Show other lines, from the first to the last step at which a value is known; of very many steps, means.

        Parameters
        ----------
        lines : sequence of Line
            The last lies over the others.
        low, high : float
            Ends of the upright axis; values beyond are drawn at the ends. Where all values are the same, it is 1 high.
        ticks : sequence of (float, str), optional
            Figures of the upright axis; by default a few round numbers.
        title : str
            What is counted from left to right, where it has changed.
        number_at_zero : int
            What people call step 0: 1 where steps are counted from 0 and people count from 1.
        mark : (int, float), optional
            Step and value of a point that gets a dot and a dotted line.
        choosable : bool
            Whether a step can be chosen with the pointer; with it goes its cursor.
        """
        high = high if high > low else low + 1.0
        self.lines, self._low, self._high, self._choosable = tuple(lines), low, high, choosable
        self._y_ticks = [(v, tick_text(v)) for v in nice_ticks(low, high, 4)] if ticks is None else ticks
        self._title = title or self._title
        known = [line.x[np.isfinite(line.y)] for line in lines]
        steps = np.concatenate([*known, np.zeros(0, dtype=int)])
        self._first, self._last = (int(steps.min()), int(steps.max())) if len(steps) else (0, 1)
        zero = number_at_zero
        numbers = nice_ticks(self._first + zero, self._last + zero, 5) if len(steps) else []
        # Each step has a column of its own, so that half a column is beside the first and the last.
        left, right = self._first - 0.5, self._last + 0.5
        self.view.setRange(xRange=(left, right), yRange=(low, high), padding=0, disableAutoRange=True)
        self._bottom.setTicks([[(n - zero, tick_text(abs(n))) for n in numbers if n == int(n)]])
        self._left.setTicks([self._y_ticks])
        self._grid.setData(np.tile([left, right], len(self._y_ticks)), np.repeat([v for v, _ in self._y_ticks], 2))
        for curve in self._curves:
            self.view.removeItem(curve)
        self._curves = [
            pg.PlotCurveItem(bin_means(line.x), np.clip(bin_means(line.y), low, high), connect="finite", antialias=True)
            for line in lines
        ]
        for curve in self._curves:
            # Else the lines were drawn anew, at three times the cost, wherever the cursor crosses them.
            curve.setCacheMode(curve.CacheMode.DeviceCoordinateCache)
            curve.setZValue(1)
            self.view.addItem(curve)
        for item in (self._dot, self._dotted):
            item.setVisible(mark is not None)
        if mark is not None:
            self._dotted.setValue(mark[0])
            self._dot.setData([mark[0]], [mark[1]])
        self.setCursor(Qt.CursorShape.CrossCursor if choosable and lines else Qt.CursorShape.ArrowCursor)
        self._name_lines()
        self._restyle()

    def set_step(self, step: int | None) -> None:
        """Put the cursor on a step; None takes it away."""
        if step != self._step:
            self._step = step
            self._place_cursor()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in another theme's colours, or with another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._restyle()

    def _restyle(self) -> None:
        theme = current_theme()
        letters = font(SMALL, tabular=True)
        metrics = QFontMetricsF(letters)
        right = name_room() if self._names else UNIT + UNIT // 2
        self._layout.setContentsMargins(0, UNIT, right, 0 if self._has_bottom else UNIT)
        figures = max((metrics.horizontalAdvance(text) for _, text in self._y_ticks), default=0)
        self._left.setWidth(round(figures) + UNIT if self._room is None else self._room)
        self._bottom.setHeight(2 * round(metrics.height()) + 2)
        self._bottom.setLabel(self._title, color=QColor(*theme.muted).name(), **{"font-size": f"{scaled(SMALL)}px"})
        for axis in (self._left, self._bottom):
            axis.setStyle(tickFont=letters)
            axis.setTextPen(pg.mkPen(theme.muted))
        # Else the ground stays as the palette before had it.
        self._graph.resetCachedContent()
        self._grid.setPen(pg.mkPen(theme.border))
        self._cursor.setPen(pg.mkPen(theme.foreground))
        self._dotted.setPen(pg.mkPen(QColor(*theme.accent, 110), style=Qt.PenStyle.DotLine))
        self._dot.setBrush(pg.mkBrush(theme.accent))
        self._dot.setPen(pg.mkPen(theme.panel, width=1.5))
        pens = self._pens()
        for curve, pen in zip(self._curves, pens, strict=True):
            curve.setPen(pen)
        for entry, pen in zip(self._entries, pens, strict=True):
            entry.pen = pen
            entry.update()
        self._graph.setFixedHeight(scaled(self._height))
        if self._legend is not None:
            # Nothing jumps when lines arrive.
            self._legend.setMinimumHeight(round(metrics.height()) + 2)
        self._place()

    def _pens(self) -> list[QPen]:
        others = cycle(_OTHERS)
        return [
            pg.mkPen(
                getattr(current_theme(), line.role) if line.role else next(others),
                width=_WIDTHS.get(line.role, 2),
                style=_DASHES.get(line.role, Qt.PenStyle.SolidLine),
            )
            for line in self.lines
        ]

    # ------------------------------------------------------------------------------------------------- where it stands
    def area(self) -> QRectF:
        """Return where the lines are drawn, in the widget's pixels."""
        return self.view.mapRectToScene(self.view.rect()).translated(QPointF(self._graph.pos()))

    def x_of(self, step: float) -> float:
        """Return the middle of a step's column in the widget's pixels."""
        area = self.area()
        return area.left() + (step - self._first + 0.5) * area.width() / (self._last - self._first + 1)

    def name_places(self) -> list[float]:
        """Return the middle of each name in pixels from the top: where its line ends, pushed off the others."""
        area, apart = self.area(), scaled(_NAME_HEIGHT)
        known = [line.y[np.isfinite(line.y)] for line in self.lines]
        ends = [(y[-1] - self._low) / (self._high - self._low) if len(y) else 0.0 for y in known]
        wanted = np.array([area.bottom() - share * area.height() for share in ends])
        order = np.argsort(wanted, kind="stable")
        placed = wanted.copy()
        floor, ceiling = apart / 2, self._graph.geometry().bottom() + 1 - apart / 2
        for i in order:
            placed[i] = max(wanted[i], floor)
            floor = placed[i] + apart
        for i in order[::-1]:
            placed[i] = min(placed[i], ceiling)
            ceiling = placed[i] - apart
        return placed.tolist()

    def _name_lines(self) -> None:
        """Write the names anew, where they are others."""
        names = [line.name for line in self.lines]
        if self._entries and names == [entry.name for entry in self._entries]:
            return
        for entry in self._entries:
            entry.deleteLater()
        self._entries = [_Entry(name, UNIT if self._names else 3 * UNIT, self) for name in names]
        if self._names:
            for entry in self._entries:
                entry.show()
            return
        before, beside = self._legend, [] if self._beside is None else [self._beside]
        self._legend = ResponsiveRow(self, *self._entries, None, *beside)
        if before is not None:
            before.deleteLater()
        self._column.insertWidget(0, self._legend)

    def _place(self) -> None:
        if self._names:
            left, high = round(self.area().right()) + UNIT // 2, scaled(_NAME_HEIGHT)
            for entry, y in zip(self._entries, self.name_places(), strict=True):
                entry.setGeometry(left, round(y - high / 2), self.width() - left, high)
        self._place_cursor()

    def _place_cursor(self) -> None:
        step = self._step if self._choosable and self.lines else None
        self._cursor.setVisible(step is not None and self._first <= step <= self._last)
        if step is not None:
            # In the middle of a pixel: sharp.
            x, area = int(self.x_of(step)) + 0.5, self.view.mapRectToScene(self.view.rect())
            self._cursor.setLine(x, area.top(), x, area.bottom())

    # ------------------------------------------------------------------------------------------------- the hand
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        if not (event.buttons() & Qt.MouseButton.LeftButton and self._choosable and self.lines):
            return
        area, steps = self.area(), self._last - self._first + 1
        column = int((event.position().x() - area.left()) * steps // area.width())
        self.step_chosen.emit(self._first + min(max(column, 0), steps - 1))
