"""Preview of the chosen colour sets: time from first to last step, and the first signs side by side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.core.colours import colour_table
from auslan_explorer.core.palettes import SIGN_SETS, TIME_MAPS
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.settings.preferences import Preferences
from auslan_explorer.gui.style import UNIT

_STOPS = 16


class ColourPreview(QWidget):
    """Strip that shows the two colour sets of some preferences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = Preferences()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The colours chosen"))

    def show_choices(self, chosen: Preferences) -> None:
        """Set the preferences whose colours are shown."""
        self._chosen = chosen
        titles = TIME_MAPS[chosen.time_colours][0], SIGN_SETS[chosen.sign_colours].title
        self.setAccessibleDescription("; ".join(map(tr, titles)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * UNIT, 4 * UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        time = QLinearGradient(0, 0, self.width(), 0)
        for place, (r, g, b) in enumerate(colour_table(TIME_MAPS[self._chosen.time_colours][1], _STOPS).tolist()):
            time.setColorAt(place / (_STOPS - 1), QColor(r, g, b))
        painter.setBrush(time)
        painter.drawRoundedRect(QRectF(0, 0, self.width(), 1.5 * UNIT), 4, 4)
        colours = SIGN_SETS[self._chosen.sign_colours].colours
        width = (self.width() - (len(colours) - 1) * UNIT / 2) / len(colours)
        for place, (r, g, b) in enumerate(colours):
            painter.setBrush(QColor(r, g, b))
            painter.drawRoundedRect(QRectF(place * (width + UNIT / 2), 2.5 * UNIT, width, 1.5 * UNIT), 4, 4)
