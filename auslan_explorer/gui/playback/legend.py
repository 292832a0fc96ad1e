"""Legend of the playback's marks, behind the "?" of its bar; each mark is drawn as on the map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.paint_labels import paint_playhead
from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.playback.prediction_bars import ABOUT
from auslan_explorer.gui.style import UNIT, current_theme, scaled
from auslan_explorer.gui.widgets.popover import Popover

_Glyph = Callable[[QPainter, QPointF, Theme], None]


def _right(painter: QPainter, at: QPointF, theme: Theme) -> None:
    paint_playhead(painter, at, theme.truth, True, theme)


def _wrong(painter: QPainter, at: QPointF, theme: Theme) -> None:
    paint_playhead(painter, at, theme.mistake, False, theme)


def _settled(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for rgb, radius in ((theme.foreground, 4.6), (theme.panel, 2.8)):
        painter.setBrush(colour(rgb))
        painter.drawEllipse(at, radius, radius)


def _bars(painter: QPainter, at: QPointF, theme: Theme) -> None:
    for place, tall in enumerate((3.0, 6.0, 10.0, 5.0)):
        painter.fillRect(QRectF(at.x() - 8 + 4 * place, at.y() + 5 - tall, 3, tall), colour(theme.muted, 0.55))


def _diamond(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.foreground))
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in ((0, -4), (4, 0), (0, 4), (-4, 0))]))


def _flag(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.muted))
    foot = at + QPointF(-3, -6)
    painter.drawPolygon(QPolygonF([foot, foot + QPointF(7, 3), foot + QPointF(0, 6)]))
    painter.drawRect(QRectF(foot.x() - 0.75, foot.y(), 1.5, 13))


class _GlyphWidget(QWidget):
    def __init__(self, glyph: _Glyph, parent: QWidget) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self.setFixedSize(QSize(3 * UNIT, 3 * UNIT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._glyph(painter, QPointF(self.width() / 2, self.height() / 2), current_theme())


class PlaybackLegend(Popover):
    """Popover with the legend; a click outside or Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Marks of the playback"))
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        grid.setSpacing(UNIT)
        title = QLabel(tr("Marks of the playback"), self)
        title.setProperty("type", "title")
        grid.addWidget(title, 0, 0, 1, 2)
        marks = self._marks()
        for row, (glyph, text) in enumerate(marks, start=1):
            grid.addWidget(_GlyphWidget(glyph, self), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label(text, 40), row, 1)
        grid.addWidget(self._label(tr(ABOUT), 44, muted=True), len(marks) + 1, 0, 1, 2)

    def _marks(self) -> tuple[tuple[_Glyph, str], ...]:
        return (
            (
                _right,
                tr("The head of a path. The network would give the right answer if the recording ended here."),
            ),
            (_wrong, tr("The same, but it would answer another sign: the one named after ✗.")),
            (
                _settled,
                tr(
                    "On a path: the step from which on the answer no longer changes. Where many are marked, a dot. "
                    "Selected paths have it always, all others with “Settled steps of all paths”."
                ),
            ),
            (_bars, tr("Above the slider: at how many of the recordings shown the answer settles at each step.")),
            (_diamond, tr("Below the slider: where the answer of the one recording selected settles.")),
            (_flag, tr("The ends of the section that is played; drag them.")),
        )

    def _label(self, text: str, units: int, muted: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("muted", muted)
        label.setWordWrap(True)
        label.setFixedWidth(scaled(units * UNIT))
        return label
