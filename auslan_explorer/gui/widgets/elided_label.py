"""A one-line label that is elided when too long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.gui.style import font
from auslan_explorer.gui.widgets.text import plain_tip

_FEW_LETTERS = 20
"""Widths of a letter below which a text is cut at its end: two or three letters of either end say nothing."""


def elided(text: str, metrics: QFontMetrics | QFontMetricsF, room: float) -> str:
    """Return a text that fits a width: cut in the middle, as those that begin alike differ later, or at its end."""
    few = room < _FEW_LETTERS * metrics.averageCharWidth()
    mode = Qt.TextElideMode.ElideRight if few else Qt.TextElideMode.ElideMiddle
    if isinstance(metrics, QFontMetricsF):
        return metrics.elidedText(text, mode, room)
    return metrics.elidedText(text, mode, int(room))


def broken(text: str, metrics: QFontMetrics | QFontMetricsF, room: float, between: Sequence[str]) -> list[str]:
    """Return a text on one line, or on two if it is too long for a width and can be broken between its parts.

    Parameters
    ----------
    text : str
    metrics : QFontMetrics or QFontMetricsF
    room : float
    between : sequence of str
        What may stand between parts. At the break a comma stays, and a mark that has a space before it goes.
    """
    if metrics.horizontalAdvance(text) <= room:
        return [text]
    breaks = [
        [text[: found.start()] + ("" if each.startswith(" ") else each.rstrip()), text[found.end() :]]
        for each in between
        for found in re.finditer(re.escape(each), text)
    ]
    return min(breaks, key=lambda lines: max(map(metrics.horizontalAdvance, lines)), default=[text])


class ElidedLabel(QWidget):
    """Label with one line of text, elided with "…" if too long; it never widens the window."""

    def __init__(
        self,
        alignment: Qt.AlignmentFlag,
        parent: QWidget | None,
        *,
        follow_text: bool = False,
        muted: bool = False,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._alignment = alignment
        self._follow_text = follow_text
        self._quiet = muted
        self.setFont(font(tabular=True))
        # A label that changes with every step must not cause a new layout of the whole window each time.
        width = QSizePolicy.Policy.Preferred if follow_text else QSizePolicy.Policy.Ignored
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        """Set the text."""
        if text != self._text:
            self._text = text
            self.setAccessibleDescription(text)
            if self._follow_text:
                self.updateGeometry()
            self._tip()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tip()

    def _tip(self) -> None:
        self.setToolTip(plain_tip(self._text) if self.sizeHint().width() > self.width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen((self.palette().placeholderText() if self._quiet else self.palette().windowText()).color())
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self._alignment | Qt.AlignmentFlag.AlignVCenter, shown)
