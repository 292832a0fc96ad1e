"""Dock that plots the accuracy of each split against the step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QSizePolicy, QWidget

from auslan_explorer.analysis.predictions import EARLY, SplitAccuracy, accuracy_by_step, early_figures
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import Session
from auslan_explorer.core.splits import SPLIT_NAMES
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.theme import SMALL, Theme
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.style import UNIT, font, scaled
from auslan_explorer.gui.widgets.page import Heading, Page

ABOUT = (
    "The share of recordings whose answer would be right if they ended at that step; those that have not begun count "
    "as not right. The softmax head was trained on last steps only, so early answers are a hint, not a promise."
)
_LEFT, _TOP, _FOOT = 34, 8.0, 20
# Told apart by dashes too, not by colour alone.
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)


class AccuracyPlot(QWidget):
    """Accuracy of each split over the steps, with a cursor at the present step.

    Signals
    -------
    step_chosen(step)
        Click or drag: the step, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.known: tuple[SplitAccuracy, ...] = ()
        self.step = 0
        self.setFixedHeight(scaled(20 * UNIT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Accuracy at each step"))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(36 * UNIT, scaled(20 * UNIT))

    def _room(self) -> QRectF:
        left, foot = scaled(_LEFT), scaled(_FOOT)
        return QRectF(left, _TOP, max(self.width() - left - UNIT, 1.0), self.height() - _TOP - foot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        if self.known:
            room, last = self._room(), len(self.known[0].right) - 1
            self.step_chosen.emit(round(min(max((event.position().x() - room.left()) / room.width(), 0), 1) * last))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.known:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL))
        theme, room, last = self.theme, self._room(), max(len(self.known[0].right) - 1, 1)
        for share in (0.0, 0.5, 1.0):
            y = room.bottom() - share * room.height()
            painter.setPen(colour(theme.border))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(colour(theme.muted))
            label = QRectF(0, y - scaled(8), room.left() - 4, scaled(16))
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share:.0%}")
        foot = QRectF(room.left(), room.bottom() + 2, room.width(), scaled(_FOOT))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, "1")
        painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, said("step"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, str(last + 1))
        inks = (theme.truth, theme.mistake, theme.foreground)
        for number, line in enumerate(self.known):
            painter.setPen(QPen(colour(inks[number % 3]), 1.8, _DASHES[number % 3]))
            xs = room.left() + np.arange(len(line.right)) / last * room.width()
            ys = room.bottom() - line.right * room.height()
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))
            y = room.top() + scaled(8) + number * scaled(14)
            painter.drawLine(QPointF(room.left() + 6, y), QPointF(room.left() + 28, y))
            painter.drawText(QPointF(room.left() + 34, y + scaled(4)), said(line.split))
        at = room.left() + self.step / last * room.width()
        painter.setPen(QPen(colour(theme.foreground, 0.7), 1))
        painter.drawLine(QPointF(at, room.top()), QPointF(at, room.bottom()))


class AccuracyDock(QDockWidget):
    """Accuracy plot, its summary, and why it is empty if it is.

    Signals
    -------
    asked()
        Predictions are needed for the plot.
    """

    asked = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(said("How early it knows"), parent)
        self.setObjectName("answers")
        self._session = session
        page = Page(self)
        page.setMinimumSize(32 * UNIT, 20 * UNIT)
        self.plot = AccuracyPlot(theme, page.inner)
        self.plot.step_chosen.connect(lambda step: session.update(step=step))
        self.said = QLabel(page.inner)
        self.said.setWordWrap(True)
        page.add(Heading(said("Accuracy at each step"), page.inner, said(ABOUT)), self.plot, self.said)
        page.column.addStretch(1)
        self.setWidget(page)
        session.watch(("alignment",), self.refresh)
        session.watch(("step",), self._show_step)
        session.data_changed.connect(self.refresh)
        session.predictions_changed.connect(self.refresh)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another look."""
        self.plot.theme = theme
        self.plot.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show_step(self) -> None:
        if self.isVisible():
            self.plot.step = self._session.state.step
            self.plot.update()

    def refresh(self) -> None:
        """Update the plot if the dock is visible."""
        if not self.isVisible():
            return
        a, state = self._session.activations, self._session.state
        answers = known_predictions(a)
        self.plot.known, self.plot.step = (), state.step
        if not len(a) or a.head is None:
            self.said.setText(self.tr("These activations hold no softmax head, so answers are not known."))
        elif answers is None:
            self.said.setText(self.tr("The answers at each step are being found…"))
            self.asked.emit()
        else:
            self.plot.known = accuracy_by_step(a, answers, state.alignment)
            self.said.setText("\n".join(self._sentence(each) for each in self.plot.known))
        self.plot.setAccessibleDescription(self.said.text())
        self.plot.update()

    def _sentence(self, known: SplitAccuracy) -> str:
        a = self._session.activations
        answers = known_predictions(a)
        codes = [code for code, name in SPLIT_NAMES.items() if name == known.split]
        rows = np.flatnonzero(np.isin(a.split, codes)) if codes else np.arange(len(a))
        figures = None if answers is None else early_figures(a, answers, known, rows)
        if figures is None:
            return said("{0}: no recording has a step.", said(known.split))
        text = said(
            "{0}: {1:.1%} right in the end; half of the answers settle within {2:.0%} of a recording",
            said(known.split),
            known.right[-1],
            figures.settled_share,
        )
        if figures.mostly_known is not None and self._session.state.alignment is Alignment.NETWORK:
            text += said(
                ", and {0:.0%} of what is right in the end is right by step {1}", EARLY, figures.mostly_known + 1
            )
        return text + "."
