"""The hand usage dock: a histogram of hand ratios with a threshold to drag."""

from __future__ import annotations

from html import escape

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.analysis.hands import hand_usage
from auslan_explorer.core.colours import BOTH_HANDS, RIGHT_HAND
from auslan_explorer.core.selection import select_sign
from auslan_explorer.core.session import HAND_THRESHOLD, HIGHEST_THRESHOLD, Colouring, Session
from auslan_explorer.core.signs import isolate
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.actions import HANDS_UNKNOWN
from auslan_explorer.gui.style import UNIT, current_theme, font, scaled
from auslan_explorer.gui.widgets.number_box import NumberBox
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import format_count

_BINS = 60
_STEP = 0.01
_EDGE, _FOOT = 8.0, 18
_KEYS = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP, Qt.Key.Key_Down: -_STEP, Qt.Key.Key_Up: _STEP,
         Qt.Key.Key_PageUp: 10 * _STEP, Qt.Key.Key_PageDown: -10 * _STEP}  # fmt: skip


class Histogram(QWidget):
    """Histogram of how much the left hand moves relative to the right, coloured on both sides of the threshold.

    Signals
    -------
    moved(threshold)
        The threshold was dragged or moved by keys.
    """

    moved = Signal(float)
    own_keys = frozenset(_KEYS)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.threshold = HAND_THRESHOLD
        self.highest = 1.0
        self._counts = np.zeros(_BINS, dtype=int)
        self.setMinimumHeight(15 * UNIT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip(tr("Drag the line, or move it with the arrow keys"))
        self.setAccessibleName(tr("Histogram of hand usage"))

    def set_ratios(self, ratio: np.ndarray) -> None:
        """Set the recordings' hand ratios, shape (recordings,); the last bin includes all larger ones."""
        self.highest = max(float(np.quantile(ratio, 0.99)), 2 * HAND_THRESHOLD)
        self._counts, _ = np.histogram(np.minimum(ratio, self.highest), bins=_BINS, range=(0, self.highest))
        self.update()

    def x_of_threshold(self, threshold: float) -> float:
        """Return the horizontal position of a threshold in pixels."""
        return _EDGE + (self.width() - 2 * _EDGE) * min(threshold / self.highest, 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(_EDGE, 6, self.width() - 2 * _EDGE, self.height() - scaled(_FOOT) - 6)
        # Square roots: half of all recordings are in the first few bins, and the rest must be visible too.
        heights = np.sqrt(self._counts / max(self._counts.max(), 1)) * room.height()
        wide = room.width() / _BINS
        painter.setPen(Qt.PenStyle.NoPen)
        for bar, height in enumerate(heights):
            both = (bar + 0.5) / _BINS * self.highest >= self.threshold
            painter.setBrush(QColor(*(BOTH_HANDS if both else RIGHT_HAND)))
            painter.drawRect(QRectF(room.left() + bar * wide, room.bottom() - height, max(wide - 1, 0.5), height))
        theme = current_theme()
        painter.setPen(QPen(QColor(*theme.border), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        at = self.x_of_threshold(self.threshold)
        painter.setPen(QPen(QColor(*(theme.accent if self.hasFocus() else theme.foreground)), 2))
        painter.drawLine(QPointF(at, 2), QPointF(at, room.bottom() + 4))
        painter.setBrush(painter.pen().color())
        painter.drawEllipse(QPointF(at, 5), 4, 4)
        painter.setFont(font(SMALL))
        painter.setPen(QColor(*theme.muted))
        foot = QRectF(room.left(), room.bottom() + 3, room.width(), scaled(_FOOT))
        metrics = QFontMetricsF(painter.font())
        long = (tr("right hand alone"), tr("left moves as much") if self.highest >= 1 else tr("both hands"))
        fits = all(metrics.horizontalAdvance(text) <= foot.width() / 2 - UNIT for text in long)
        texts = long if fits else (tr("right hand"), tr("both hands"))
        for text, side in zip(texts, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True):
            painter.drawText(foot, side, metrics.elidedText(text, Qt.TextElideMode.ElideRight, foot.width() / 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)

    def _drag(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _EDGE) / max(self.width() - 2 * _EDGE, 1)
        self.moved.emit(round(min(max(share, 0), 1) * self.highest, 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _KEYS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(round(min(max(self.threshold + by, 0), self.highest), 3))


class HandUsageDock(QDockWidget):
    """Histogram and threshold of hand usage, a summary, and the signs whose recordings disagree."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("Hand usage"), parent)
        self.setObjectName("hands")
        self._session = session
        inner = QWidget(self)
        self.histogram = Histogram(inner)
        self.histogram.moved.connect(self._set_threshold)
        self.value = NumberBox(inner)
        self.value.setRange(0, HIGHEST_THRESHOLD)
        self.value.setDecimals(3)
        self.value.setSingleStep(_STEP)
        self.value.setAccessibleName(tr("Threshold"))
        self.value.valueChanged.connect(self._set_threshold)
        self.reset = QPushButton(tr("Article\u2019s"), inner)
        self.reset.setToolTip(tr("Back to the article’s threshold, {0}", HAND_THRESHOLD))
        self.reset.setAccessibleName(tr("Back to the article\u2019s threshold"))
        self.reset.clicked.connect(lambda: self._set_threshold(HAND_THRESHOLD))
        self.summary = QLabel(inner)
        self.mixed = QLabel(inner)
        self.missing = QLabel(tr(HANDS_UNKNOWN), inner)
        for label in (self.summary, self.mixed, self.missing):
            label.setWordWrap(True)
        self.mixed.setProperty("muted", True)
        self.missing.setProperty("muted", True)
        self.mixed.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                           | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)  # fmt: skip
        self.mixed.linkActivated.connect(self._select)
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = ResponsiveRow(inner, QLabel(tr("Threshold"), inner), self.value, self.reset)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self.missing)
        layout.addWidget(self.histogram)
        layout.addWidget(row)
        layout.addWidget(self.summary)
        layout.addWidget(self.mixed)
        layout.addStretch(1)
        # Shared with the inspector, the dock may have too little height for all of it.
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumSize(32 * UNIT, 20 * UNIT)
        area.setWidget(inner)
        self.setWidget(area)
        session.watch(("hand_threshold",), self._show_summary)
        session.data_changed.connect(self._reset)
        self._reset()

    def changeEvent(self, event: QEvent) -> None:
        """Show the links in the colour of the theme in force: a label keeps that of when its text was set."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "mixed"):
            self.mixed.clear()
            self._show_summary()

    def wanted_height(self) -> int:
        """Return the height, in pixels, that shows everything."""
        return 44 * UNIT

    def fit_height(self) -> None:
        """Take the height that shows everything from the docks above, once this one has been laid out."""
        # A dock that was just shown has no geometry yet.
        QTimer.singleShot(0, self, self._take_height)

    def _take_height(self) -> None:
        window = self.parent()
        if not isinstance(window, QMainWindow):
            return
        side = Qt.DockWidgetArea.RightDockWidgetArea
        column = [dock for dock in window.findChildren(QDockWidget) if window.dockWidgetArea(dock) == side]
        above = [dock for dock in column if not (dock is self or dock.isFloating() or dock.visibleRegion().isEmpty())]
        rest = self.height() + sum(dock.height() for dock in above) - self.wanted_height()
        # Given one dock alone, Qt resizes it only half way.
        heights = [*(rest // len(above) for _ in above), self.wanted_height()]
        window.resizeDocks([*above, self], heights, Qt.Orientation.Vertical)

    def _set_threshold(self, threshold: float) -> None:
        self._session.update(hand_threshold=threshold, colouring=Colouring.HANDS)

    def _select(self, sign: str) -> None:
        select_sign(self._session, int(sign))

    def _reset(self) -> None:
        ratio = self._session.activations.hand_ratio
        known = ratio is not None and len(ratio) > 0
        self.missing.setVisible(not known)
        for part in (self.histogram, self.value, self.reset, self.summary, self.mixed):
            part.setVisible(known)
        if ratio is not None and known:
            self.histogram.set_ratios(ratio)
        self._show_summary()

    def _show_summary(self) -> None:
        threshold = self._session.state.hand_threshold
        self.histogram.threshold = threshold
        self.histogram.update()
        self.value.blockSignals(True)
        self.value.setValue(threshold)
        self.value.blockSignals(False)
        usage = hand_usage(self._session.activations, threshold)
        if usage is None:
            return
        names, signs = self._session.activations.names, len(usage.total)
        self.summary.setText(
            tr(
                "One\N{NON-BREAKING HYPHEN}handed: {0} of {1} and {2:.0%} of recordings.",
                usage.one_handed_signs,
                format_count(signs, "sign"),
                usage.one_handed,
            )
        )
        described = tr("{0} Threshold {1:g}.", self.summary.text(), threshold)
        self.histogram.setAccessibleDescription(described)
        mixed = [
            f'<a href="{sign}">{escape(isolate(names[sign]))}</a>: {usage.describe_mixed(int(sign))}.'
            for sign in usage.mixed
        ]
        more = tr("<br>and {0} more.", len(mixed) - 8) if len(mixed) > 8 else ""
        self.mixed.setText(
            tr("Recordings disagree:<br>") + "<br>".join(mixed[:8]) + more if mixed else tr("No sign is mixed.")
        )
