"""Popover that explains what points, lines and colours of the map mean."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from auslan_explorer.core.colours import EXPLANATIONS, time_table
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme, scaled
from auslan_explorer.gui.widgets.popover import Popover

_DOTS = 9


def _describe_colouring(session: Session) -> str:
    return tr(EXPLANATIONS[session.state.colouring])


def paragraphs(session: Session) -> tuple[tuple[str, str], ...]:
    """Return the popover's paragraphs, each a heading and a text."""
    a = session.activations
    units = a.units
    return (
        (
            tr("A point"),
            tr(
                "is the network’s memory at one moment. After each step of a recording the network holds {0} "
                "numbers; a second network squeezes them to two (or three), so that they can be drawn. Points "
                "that lie close together are moments that the network sees as alike.",
                units,
            ),
        ),
        (
            tr("A line"),
            tr(
                "is one recording of a sign, from its first step to its last. All begin together, because at first the "
                "network has seen nothing, and part as it makes up its mind. The sign’s name stands where they end."
            ),
        ),
        (
            tr("The colour:"),
            tr("{0} Other colourings are on the toolbar.", _describe_colouring(session)),
        ),
        (
            tr("To look closer,"),
            tr(
                "click a point or a sign in the list to light up its recordings, drag to move, turn the wheel to zoom, "
                "press Space to watch the paths grow, and Escape to let go."
            ),
        ),
    )


class PathGlyph(QWidget):
    """Small picture of a path: points from dark to yellow on a line."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(9 * UNIT, 3 * UNIT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width() - 10, self.height() - 8
        spots = [
            QPointF(5 + width * i / (_DOTS - 1), 4 + height * (0.5 - 0.5 * math.sin(1.5 * math.pi * i / (_DOTS - 1))))
            for i in range(_DOTS)
        ]
        painter.setPen(QPen(QColor(*current_theme().muted), 1))
        painter.drawPolyline(spots)
        painter.setPen(Qt.PenStyle.NoPen)
        for spot, colour in zip(spots, time_table(_DOTS), strict=True):
            painter.setBrush(QColor(*(int(v) for v in colour)))
            painter.drawEllipse(spot, 3.2, 3.2)


class TimeBar(QWidget):
    """Colour bar of time, labelled with first and last step."""

    def __init__(self, steps: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._steps = steps
        self.setFixedHeight(UNIT + scaled(3 * UNIT))
        self.setAccessibleName(tr("Colours of time, from step 1 to step {0}", steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for i, colour in enumerate(time_table(16)):
            gradient.setColorAt(i / 15, QColor(*(int(v) for v in colour)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(0, 0, self.width(), UNIT), 4, 4)
        painter.setPen(QColor(*current_theme().muted))
        text = QRectF(0, UNIT, self.width(), self.height() - UNIT)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("step {0}", 1))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr("step {0}", self._steps))


class Explanation(Popover):
    """Popover with the explanation; a click outside or Escape closes it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What am I looking at?"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        title = QLabel(tr("What am I looking at?"), self)
        title.setProperty("type", "title")
        layout.addWidget(title)
        layout.addWidget(PathGlyph(self))
        for heading, text in paragraphs(session):
            label = QLabel(f"<b>{heading}</b> {text}", self)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setFixedWidth(scaled(44 * UNIT))
            layout.addWidget(label)
        layout.addSpacing(UNIT // 2)
        layout.addWidget(TimeBar(session.activations.steps, self))
