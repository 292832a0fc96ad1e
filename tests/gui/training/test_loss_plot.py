"""Losses by epoch: on a logarithmic or a linear scale, with the best epoch marked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.style import current_theme
from auslan_explorer.gui.training.loss_plot import LossPlot, _log_ticks
from tests.gui.inspector_parts import colour_at


def test_the_best_epoch_is_marked_and_equal_ratios_are_equal_steps(qtbot: QtBot) -> None:
    plot = LossPlot(None)
    qtbot.addWidget(plot)
    plot.resize(420, plot.sizeHint().height())
    with qtbot.waitExposed(plot):
        plot.show()
    plot.take((1.0, 0.5, 0.2, 0.1), (1.0, 0.3, 0.01, 0.1), 3)
    area, accent = plot.area(), QColor(*current_theme().accent)
    lowest = 0.04 / 1.08  # of the height: the margin below the lowest loss

    def dot(share: float) -> QColor:
        return colour_at(plot, QPointF(plot.x_of(3), area.bottom() - share * area.height()))

    assert dot(lowest) == accent
    # On the logarithmic scale 0.1 is half way from 0.01 to 1; on the linear one, close to the bottom.
    assert plot.lines[1].y[3] == pytest.approx((plot.lines[1].y[0] + plot.lines[1].y[2]) / 2)
    plot.log.click()
    assert dot(lowest) == accent and plot.lines[1].y.tolist() == [1.0, 0.3, 0.01, 0.1]
    assert "best is epoch 3" in plot.accessibleDescription()
    plot.take((1.0,), (1.0,), 0)
    assert "No epoch is over" in plot.accessibleDescription()


@pytest.mark.parametrize("span", [(0.011, 0.019), (0.02, 0.9), (0.3, 2.9), (1e-6, 40.0), (0.0503, 0.0511)])
def test_no_tick_of_a_logarithmic_axis_is_written_over_another(span: tuple[float, float]) -> None:
    low, high = (math.log10(each) for each in span)
    found = [value for value, _ in _log_ticks(low, high)]
    assert found and (np.diff(found) >= (high - low) / 7 - 1e-9).all()
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in found)
