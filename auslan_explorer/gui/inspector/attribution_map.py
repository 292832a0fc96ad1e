"""Heat map of what carried an answer: groups of channels by steps, with the playback's cursor and the brush."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.heat_image import heat_image
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.inspector.step_canvas import StepCanvas
from auslan_explorer.gui.style import UNIT, current_theme, font, scaled
from auslan_explorer.gui.widgets.line_plot import name_room

_ROW = 14
# The right hand first, as in the signal above; most signs are made with it.
_ORDER = (*range(len(GROUPS) // 2, len(GROUPS)), *range(len(GROUPS) // 2))
GROUP_NAMES = {
    ("left", "place"): mark("place of the left hand"),
    ("left", "turn"): mark("turn of the left hand"),
    ("left", "thumb"): mark("left thumb"),
    ("left", "forefinger"): mark("left forefinger"),
    ("left", "middle finger"): mark("left middle finger"),
    ("left", "ring finger"): mark("left ring finger"),
    ("left", "little finger"): mark("left little finger"),
    ("right", "place"): mark("place of the right hand"),
    ("right", "turn"): mark("turn of the right hand"),
    ("right", "thumb"): mark("right thumb"),
    ("right", "forefinger"): mark("right forefinger"),
    ("right", "middle finger"): mark("right middle finger"),
    ("right", "ring finger"): mark("right ring finger"),
    ("right", "little finger"): mark("right little finger"),
}
"""What a group is called in a sentence."""
_SHORT = {
    "place": mark("place"), "turn": mark("turn"), "thumb": mark("thumb"), "forefinger": mark("fore"),
    "middle finger": mark("middle"), "ring finger": mark("ring"), "little finger": mark("little"),
}  # fmt: skip
_HANDS = {"left": mark("L"), "right": mark("R")}


class AttributionMap(StepCanvas):
    """Groups of channels from top to bottom, steps from left to right; colour says for and against the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What carried the answer, by channels and steps"), parent)
        self._worth = np.zeros((len(GROUPS), 0), dtype=np.float32)
        self._image = QImage()

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, len(GROUPS) * scaled(_ROW) + 2)

    def show_worth(self, worth: np.ndarray, axis: StepAxis) -> None:
        """Show an attribution, shape (groups, length), in the order of `analysis.attribution.GROUPS`."""
        self._worth, self._axis = worth, axis
        self._paint_image()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the image when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_image()

    def _paint_image(self) -> None:
        self.update()
        limit = max(float(np.abs(self._worth).max(initial=0.0)), 1e-9)
        self._image = heat_image(self._worth[list(_ORDER)], limit)

    def area(self) -> QRectF:
        """Return the rectangle of the cells in pixels."""
        return self._axis.area(self.width(), 1, len(GROUPS) * scaled(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter, theme, area = QPainter(self), current_theme(), self.area()
        painter.drawImage(area, self._image, QRectF(self._image.rect()))
        painter.setFont(font(SMALL))
        painter.setPen(QColor(*theme.muted))
        height = area.height() / len(GROUPS)
        for row, number in enumerate(_ORDER):
            group = GROUPS[number]
            where = QRectF(area.right() + UNIT // 2, area.top() + row * height, name_room() - UNIT // 2, height)
            text = f"{tr(_HANDS[group.hand])} {tr(_SHORT[group.kind])}"
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        middle = area.top() + height * len(GROUPS) / 2
        painter.fillRect(QRectF(area.left(), middle - 1, area.width(), 2), QColor(*theme.panel))
        self.frame_band(painter, area)
        self.draw_cursor(painter, area)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._axis.length:
            area = self.area()
            row = int((event.pos().y() - area.top()) * len(GROUPS) // area.height())
            group = GROUPS[_ORDER[min(max(row, 0), len(GROUPS) - 1)]]
            step = self._axis.step_at(event.pos().x(), area)
            value = float(self._worth[GROUPS.index(group), step - self._axis.first])
            name = tr(GROUP_NAMES[group.hand, group.kind])
            QToolTip.showText(event.globalPos(), tr("{0}, step {1}: {2:+.2f}", name, step + 1, value), self)
            return True
        return super().event(event)
