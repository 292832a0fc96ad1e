"""The confusion matrix of signs that are ever confused: true signs down, predictions across; a cell selects."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from auslan_explorer.analysis.confusion import Confusions
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme, font, mix, scaled
from auslan_explorer.gui.widgets.text import format_count, plain_tip

_CELL, _LEAST_CELL = 20, 5
_NAME_WIDTH = 12 * UNIT
_GAP = 4
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """Matrix of counts: errors in red with their number, correct predictions in muted blue.

    Signals
    -------
    chosen(true, predicted)
        A cell that holds recordings was chosen; sign indices.
    pointed(text)
        Description of the cell under pointer or keyboard; empty if none.
    """

    chosen = Signal(int, int)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._shown: Confusions | None = None
        self._at: tuple[int, int] | None = None
        self._width = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Confusion matrix"))

    def show_confusions(self, confusions: Confusions, names: tuple[str, ...]) -> None:
        """Set the confusions and the display names of the signs."""
        self._shown, self._names, self._at = confusions, names, None
        self.setFixedSize(self.sizeHint())
        self.update()

    def fit_width(self, width: int) -> None:
        """Make the cells as small as fits `width` pixels, so that nothing has to be scrolled sideways."""
        if width != self._width:
            self._width = width
            self.setFixedSize(self.sizeHint())
            self.update()

    @property
    def cell_size(self) -> float:
        """Side length of a cell in pixels; below the height of the letters the names above stand upright."""
        columns = 0 if self._shown is None else self._shown.counts.shape[1]
        full = float(scaled(_CELL))
        if not columns or not self._width:
            return full
        slanted = (self._width - self._left() - 0.7 * self._slanted_top()) / columns
        upright = (self._width - self._left() - 2) / columns
        return min(full, slanted if slanted >= self._letters() else max(min(upright, self._letters()), _LEAST_CELL))

    @property
    def _upright(self) -> bool:
        return self.cell_size <= self._letters()

    def _letters(self) -> float:
        return QFontMetricsF(font(SMALL)).height()

    def sizeHint(self) -> QSize:
        rows, columns = (0, 0) if self._shown is None else self._shown.counts.shape
        # Names above the columns slant to the right, so the last one needs room there.
        width = self._left() + columns * self.cell_size + (0 if self._upright else self._top() * 0.7)
        return QSize(round(width), round(self._top() + rows * self.cell_size + 2))

    def cell(self, row: int, column: int) -> QRectF:
        """Return the rectangle of a cell in pixels."""
        side = self.cell_size
        return QRectF(self._left() + column * side, self._top() + row * side, side, side)

    def _left(self) -> float:
        return self._room(() if self._shown is None else self._shown.true) + _GAP

    def _top(self) -> float:
        names = self._room(() if self._shown is None else self._shown.predicted)
        return names + UNIT if self._upright else self._slanted_top()

    def _slanted_top(self) -> float:
        return 0.75 * self._room(() if self._shown is None else self._shown.predicted) + 2 * UNIT

    def _room(self, signs: np.ndarray | tuple[()]) -> float:
        metrics = QFontMetricsF(font(SMALL))
        widest = max((metrics.horizontalAdvance(self._names[sign]) for sign in signs), default=0.0)
        return min(widest, scaled(_NAME_WIDTH))

    # ------------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None or not self._shown.counts.size:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL, tabular=True))
        theme, shown, metrics = current_theme(), self._shown, QFontMetricsF(painter.font())
        most = max(
            1, int(max(self._mistakes_at(r, c) for r in range(len(shown.true)) for c in range(len(shown.predicted))))
        )
        for row, true in enumerate(shown.true):
            for column, predicted in enumerate(shown.predicted):
                count = int(shown.counts[row, column])
                box = self.cell(row, column).adjusted(1, 1, -1, -1)
                if true == predicted:
                    fill, foreground = mix(theme.background, theme.truth, 0.14), theme.muted
                elif count:
                    share = 0.45 + 0.55 * count / most
                    fill = mix(theme.background, theme.mistake, share)
                    foreground = theme.on_accent if share > 0.5 else theme.foreground
                else:
                    fill, foreground = theme.background, theme.foreground
                painter.fillRect(box, QColor(*fill))
                if (
                    count
                    and metrics.horizontalAdvance(str(count)) <= box.width()
                    and metrics.height() <= box.height() + 4
                ):
                    painter.setPen(QColor(*foreground))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))
        if self._at is not None:
            painter.setPen(QPen(QColor(*theme.foreground), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(*self._at))
        self._draw_names(painter)

    def _mistakes_at(self, row: int, column: int) -> int:
        assert self._shown is not None
        same = self._shown.true[row] == self._shown.predicted[column]
        return 0 if same else int(self._shown.counts[row, column])

    def _draw_names(self, painter: QPainter) -> None:
        assert self._shown is not None
        metrics = painter.fontMetrics()
        at_row, at_column = self._at or (-1, -1)

        def name(sign: int, lit: bool) -> str:
            theme = current_theme()
            painter.setPen(QColor(*(theme.foreground if lit else theme.muted)))
            return metrics.elidedText(self._names[sign], Qt.TextElideMode.ElideMiddle, scaled(_NAME_WIDTH))

        for row, sign in enumerate(self._shown.true):
            where = QRectF(0, self.cell(row, 0).top(), self._left() - _GAP, self.cell_size)
            text = name(int(sign), row == at_row)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for column, sign in enumerate(self._shown.predicted):
            text = name(int(sign), column == at_column)
            painter.save()
            painter.translate(self.cell(0, column).center().x() - (0 if self._upright else 2), self._top() - _GAP)
            painter.rotate(-90 if self._upright else -48)
            painter.drawText(QPointF(0, 4), text)
            painter.restore()

    # --------------------------------------------------------------------------------------------- pointer and keyboard
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_cell(self._cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._set_cell(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_cell(self._cell_at(event.position()))
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._shown is not None and self._shown.counts.size and key in _STEPS:
            rows, columns = self._shown.counts.shape
            row, column = self._at or (0, 0)
            down, right = _STEPS[key] if self._at is not None else (0, 0)
            self._set_cell((min(max(row + down, 0), rows - 1), min(max(column + right, 0), columns - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Here, the arrow keys move between cells; elsewhere they are shortcuts for steps.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and Qt.Key(event.key()) in (*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if cell is None else plain_tip(self.describe_cell(*cell)), self)
            return True
        return super().event(event)

    def describe_cell(self, row: int, column: int) -> str:
        """Return a cell's content in words."""
        assert self._shown is not None
        true, predicted = int(self._shown.true[row]), int(self._shown.predicted[column])
        number = format_count(int(self._shown.counts[row, column]), "recording")
        if true == predicted:
            return tr("{0}: {1} recognised", self._names[true], number)
        return tr("{0} taken for {1}: {2}", self._names[true], self._names[predicted], number)

    def _cell_at(self, at: QPointF) -> tuple[int, int] | None:
        if self._shown is None:
            return None
        side = self.cell_size
        row, column = int((at.y() - self._top()) // side), int((at.x() - self._left()) // side)
        rows, columns = self._shown.counts.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def _set_cell(self, cell: tuple[int, int] | None) -> None:
        if cell != self._at:
            self._at = cell
            self.pointed.emit("" if cell is None else self.describe_cell(*cell))
            self.update()

    def _choose(self) -> None:
        if self._at is None or self._shown is None or not self._shown.counts[self._at]:
            return
        row, column = self._at
        self.chosen.emit(int(self._shown.true[row]), int(self._shown.predicted[column]))
