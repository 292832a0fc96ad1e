"""Losses of a training, epoch by epoch: a small plot with the best epoch marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from auslan_explorer.draw.theme import SMALL, Theme
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.gui.shortcut_override import override_shortcuts
from auslan_explorer.gui.style import UNIT, font

_HEIGHT = 19 * UNIT

_TRAINING, _VALIDATION = to_say("training"), to_say("validation")


class _Sample(QWidget):
    """A piece of a curve, for the legend."""

    def __init__(self, pen: QPen, parent: QWidget) -> None:
        super().__init__(parent)
        self.pen = pen
        self.setFixedSize(2 * UNIT + UNIT // 2, UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.pen)
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)


class LossPlot(QWidget):
    """Loss of the training and of the validation recordings by epoch, linear or logarithmic."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown: tuple[tuple[float, ...], tuple[float, ...], int] = ((), (), 0)
        self.log = QToolButton(self)
        self.log.setText(self.tr("Log"))
        self.log.setCheckable(True)
        self.log.setChecked(True)
        self.log.setAccessibleName(self.tr("Logarithmic losses"))
        self.log.setToolTip(self.tr("Equal steps are equal ratios; off: equal differences"))
        self.log.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        override_shortcuts(self.log)
        self.log.toggled.connect(self._scale)
        self._plot = pg.PlotWidget(self, background=None)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setFixedHeight(_HEIGHT)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._plot.setAccessibleName(self.tr("Losses by epoch"))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setStyle(tickFont=font(SMALL), tickLength=-3)
        self._plot.getPlotItem().setContentsMargins(0, UNIT, UNIT // 2, 0)
        self._plot.getAxis("bottom").setHeight(2 * UNIT + 4)
        self._plot.getAxis("left").setWidth(5 * UNIT)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        self._best.hide()
        self._dot = pg.ScatterPlotItem(size=8)
        self._curves = {name: pg.PlotDataItem(connect="finite", antialias=True) for name in (_TRAINING, _VALIDATION)}
        self._plot.addItem(self._best)
        for curve in self._curves.values():
            self._plot.addItem(curve)
        self._plot.addItem(self._dot)
        legend = QHBoxLayout()
        legend.setSpacing(UNIT // 2)
        self._samples = {}
        for name in self._curves:
            sample = _Sample(QPen(), self)
            self._samples[name] = sample
            label = QLabel(said(name), self)
            label.setProperty("type", "small")
            legend.addWidget(sample)
            legend.addWidget(label)
            legend.addSpacing(UNIT)
        legend.addStretch(1)
        legend.addWidget(self.log)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(legend)
        column.addWidget(self._plot)
        self.set_theme(theme)
        self._scale(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another look."""
        pens = {
            _TRAINING: pg.mkPen(theme.muted, width=1.5, style=Qt.PenStyle.DashLine),
            _VALIDATION: pg.mkPen(theme.accent, width=2),
        }
        for name, pen in pens.items():
            self._curves[name].setPen(pen)
            self._samples[name].pen = pen
            self._samples[name].update()
        self._best.setPen(pg.mkPen(QColor(*theme.accent, 110), width=1, style=Qt.PenStyle.DotLine))
        self._dot.setBrush(pg.mkBrush(theme.accent))
        self._dot.setPen(pg.mkPen(theme.panel, width=1.5))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(theme.border))
            axis.setTextPen(pg.mkPen(theme.muted))

    def take(self, training: Sequence[float], validation: Sequence[float], best_epoch: int) -> None:
        """Show losses of epochs 1, 2 and so on; `best_epoch` 0: there is none yet."""
        epochs = np.arange(1, len(validation) + 1)
        self._curves[_TRAINING].setData(epochs, np.asarray(training, dtype=float))
        self._curves[_VALIDATION].setData(epochs, np.asarray(validation, dtype=float))
        self._best.setVisible(best_epoch > 0)
        if best_epoch > 0:
            best = validation[best_epoch - 1]
            self._best.setValue(best_epoch)
            y = math.log10(best) if self.log.isChecked() and best > 0 else best
            self._dot.setData([best_epoch], [y])
            described = said(
                "Epoch {0}; the best is epoch {1} with a validation loss of {2:.4g}.", len(validation), best_epoch, best
            )
        else:
            self._dot.setData([], [])
            described = said("No epoch is over yet.")
        self._plot.setAccessibleDescription(described)
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setStyle(showValues=len(validation) > 0)
        self.shown = tuple(training), tuple(validation), best_epoch
        self._plot.setXRange(1, max(len(validation), 2), padding=0.03)
        # Epochs are whole.
        self._plot.getAxis("bottom").setTickSpacing(major=max(1, _round_up(len(validation) / 5)), minor=1)

    def _scale(self, log: bool) -> None:
        self._plot.setLogMode(y=log)
        self._plot.getAxis("left").enableAutoSIPrefix(False)
        self.take(*self.shown)


def _round_up(number: float) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50 and so on."""
    return next(step * ten for ten in (10**e for e in range(6)) for step in (1, 2, 5) if step * ten >= number)
