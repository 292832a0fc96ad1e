"""Losses of a training, epoch by epoch: a small plot with the best epoch marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from auslan_explorer.draw.ticks import nice_ticks, tick_text
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot

_MOST_TICKS = 5


class LossPlot(LinePlot):
    """Loss of the training and of the validation recordings by epoch, linear or logarithmic."""

    def __init__(self, parent: QWidget | None) -> None:
        log = QToolButton()
        super().__init__(tr("Losses by epoch"), parent, height=19 * UNIT, title=tr("epoch"), beside=log)
        self.shown: tuple[tuple[float, ...], tuple[float, ...], int] = ((), (), 0)
        self.log = log
        self.log.setText(tr("Log scale"))
        self.log.setCheckable(True)
        self.log.setChecked(True)
        self.log.setAccessibleName(tr("Logarithmic losses"))
        self.log.setToolTip(tr("Equal steps are equal ratios; off: equal differences"))
        self.log.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.log.toggled.connect(lambda: self.take(*self.shown))
        self.take(*self.shown)

    def take(self, training: Sequence[float], validation: Sequence[float], best_epoch: int) -> None:
        """Show losses of epochs 1, 2 and so on; `best_epoch` 0: there is none yet."""
        self.shown = tuple(training), tuple(validation), best_epoch
        epochs = np.arange(1, len(validation) + 1)
        losses = np.array([training, validation], dtype=float)
        log = self.log.isChecked()
        if log:
            losses = np.log10(losses, out=np.full(losses.shape, np.nan), where=losses > 0)
        known = losses[np.isfinite(losses)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
        beside = 0.04 * (high - low) or 0.1
        low, high = low - beside, high + beside
        ticks = (_log_ticks if log else _linear_ticks)(low, high) if len(known) else []
        names = (tr("training"), tr("validation"))
        lines = [
            Line(name, epochs, loss, role) for name, loss, role in zip(names, losses, ("muted", "accent"), strict=True)
        ]
        mark = (best_epoch, float(losses[1, best_epoch - 1])) if best_epoch > 0 else None
        self.show_lines(lines, low=low, high=high, ticks=ticks, mark=mark, choosable=False)
        self.setAccessibleDescription(
            tr(
                "Epoch {0}; the best is epoch {1} with a validation loss of {2:.4g}.",
                len(validation),
                best_epoch,
                validation[best_epoch - 1],
            )
            if best_epoch > 0
            else tr("No epoch is over yet.")
        )


_MOST_APART = 7
"""A logarithmic axis has at most one tick in each such part of it, so that none is written over another."""


def _linear_ticks(low: float, high: float) -> list[tuple[float, str]]:
    return [(value, tick_text(value)) for value in nice_ticks(low, high, _MOST_TICKS)]


def _log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return powers of ten, with 3 or with 2 and 5 times them where those are few, else any round numbers."""
    decades = 10.0 ** np.arange(math.floor(low), math.ceil(high) + 1)
    tried = [np.outer(decades, times).ravel() for times in ((1,), (1, 3), (1, 2, 5))]
    tried.append(np.array(nice_ticks(10**low, 10**high, _MOST_TICKS)))
    inside = [values[(values >= 10**low) & (values <= 10**high)] for values in tried]
    found: list[tuple[float, str]] = []
    for value in next((v for v in inside if len(v) > 2), inside[-1]):
        # Values at equal differences crowd at the upper end of a logarithmic axis.
        if not found or math.log10(value) - found[-1][0] >= (high - low) / _MOST_APART:
            found.append((math.log10(value), tick_text(value)))
    return found
