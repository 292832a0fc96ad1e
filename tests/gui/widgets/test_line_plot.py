"""Lines over steps: drawn in the colours of their roles, named, and chosen from with the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.gui.style import Appearance, Look
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot, _Entry, name_room
from tests.gui.inspector_parts import colour_at

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """The light theme, also after a test that has changed it."""
    appearance = Appearance(qapp, Look.LIGHT)
    yield appearance
    appearance.choose(Look.LIGHT)


def shown(qtbot: QtBot, *lines: Line, **look: object) -> LinePlot:
    """Return a plot of these lines in a window of its own."""
    plot = LinePlot("Lines", None, height=120, title="step", **look)  # type: ignore[arg-type]
    qtbot.addWidget(plot)
    plot.show_lines(lines, number_at_zero=1)
    plot.resize(420, plot.sizeHint().height())
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def level(name: str, value: float, role: str = "", first: int = 10) -> Line:
    """Return a line that stays on a value from step `first` (from 0) on, for 40 steps."""
    return Line(name, np.arange(first, first + 40), np.full(40, value), role)


def is_drawn(plot: LinePlot, step: int, value: float, colour: tuple[int, int, int]) -> bool:
    area = plot.area()
    spot = QPointF(plot.x_of(step), area.bottom() - value * area.height())
    reds = [colour_at(plot, spot + QPointF(0, dy)) for dy in (-1, 0, 1)]
    return any(sum(abs(a - b) for a, b in zip(c.getRgb()[:3], colour, strict=True)) < 40 for c in reds)  # type: ignore[index, arg-type]


def test_a_line_has_the_colour_of_its_role_in_both_themes(qtbot: QtBot, appearance: Appearance) -> None:
    plot = shown(qtbot, level("true", 0.75, "truth"), level("other", 0.25, "accent"))
    assert is_drawn(plot, 30, 0.75, LIGHT.truth) and is_drawn(plot, 30, 0.25, LIGHT.accent)
    assert not is_drawn(plot, 30, 0.4, LIGHT.truth)
    appearance.choose(Look.DARK)
    assert is_drawn(plot, 30, 0.75, DARK.truth) and not is_drawn(plot, 30, 0.75, LIGHT.truth)


def test_the_last_line_lies_over_the_others(qtbot: QtBot) -> None:
    plot = shown(qtbot, level("other", 0.6, "mistake"), level("true", 0.6, "truth"))
    assert is_drawn(plot, 30, 0.6, LIGHT.truth)


def test_where_nothing_is_known_nothing_is_drawn_and_the_ends_are_cut(qtbot: QtBot) -> None:
    line = level("gap", 0.6, "truth", first=0)
    line.y[:10] = line.y[20:25] = np.nan
    plot = shown(qtbot, line)
    assert is_drawn(plot, 15, 0.6, LIGHT.truth) and not is_drawn(plot, 22, 0.6, LIGHT.truth)
    area = plot.area()
    assert plot.x_of(9.5) == pytest.approx(area.left()) and plot.x_of(39.5) == pytest.approx(area.right())


def test_of_very_many_steps_means_are_drawn_and_gaps_stay_gaps(qtbot: QtBot) -> None:
    values = np.tile([0.0, 1.0], 1500)
    values[:600] = np.nan
    values[601] = np.nan
    plot = shown(qtbot, Line("restless", np.arange(3000), values, "truth"))
    assert is_drawn(plot, 2000, 0.5, LIGHT.truth)
    assert not is_drawn(plot, 2000, 0.1, LIGHT.truth) and not is_drawn(plot, 2000, 0.9, LIGHT.truth)
    assert not is_drawn(plot, 300, 0.5, LIGHT.truth)
    assert len(plot._curves[0].xData) < 1000 and plot._first == 600 and plot._last == 2999


def test_lines_without_height_lie_at_the_foot(qtbot: QtBot) -> None:
    plot = shown(qtbot, names=True)
    plot.show_lines([level("apart", 0.0, "accent")], low=0.0, high=0.0)
    assert is_drawn(plot, 30, 0.0, LIGHT.accent)
    assert plot.name_places()[0] == pytest.approx(plot.area().bottom(), abs=12)


def test_names_beside_the_lines_stand_at_their_ends_and_not_on_one_another(qtbot: QtBot) -> None:
    lines = [level(name, value) for name, value in (("a", 0.5), ("b", 0.52), ("c", 0.51), ("d", 1.0), ("e", 0.0))]
    plot = shown(qtbot, *lines, names=True)
    area, places = plot.area(), plot.name_places()
    assert places[3] == pytest.approx(area.top(), abs=7) and places[4] == pytest.approx(area.bottom(), abs=7)
    assert places[1] < places[2] < places[0]
    assert min(np.diff(sorted(places))) >= 13
    assert plot.width() - area.right() == name_room()


@pytest.mark.parametrize("value", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_names_that_crowd_stand_whole_within_the_plot_as_near_to_their_line_as_they_can(
    qtbot: QtBot, value: float
) -> None:
    plot = shown(qtbot, *(level(name, value) for name in "abcde"), names=True)
    area, high = plot.area(), 13
    entries = plot.findChildren(_Entry)
    assert [entry.name for entry in entries] == list("abcde")
    boxes = sorted((entry.geometry() for entry in entries), key=QRect.top)
    assert all(plot.rect().contains(box) and box.left() > area.right() for box in boxes)
    assert [entry.geometry().center().y() for entry in entries] == pytest.approx(plot.name_places(), abs=1)
    assert all(low.top() - above.top() in range(high - 1, high + 2) for above, low in pairwise(boxes))
    end = area.bottom() - value * area.height()
    room = plot.height() - len(boxes) * high
    assert boxes[0].top() == pytest.approx(min(max(end - high / 2, 0), room), abs=2)


def test_a_click_and_a_drag_choose_the_step_under_the_pointer(qtbot: QtBot) -> None:
    plot = shown(qtbot, level("line", 0.5))
    chosen: list[int] = []
    plot.step_chosen.connect(chosen.append)
    qtbot.mousePress(plot, LEFT, pos=QPoint(round(plot.x_of(20)), 60))
    qtbot.mouseMove(plot, QPoint(round(plot.x_of(25)), 60))
    qtbot.mouseMove(plot, QPoint(plot.width() - 1, 60))
    qtbot.mouseRelease(plot, LEFT)
    assert chosen == [20, 25, 49]
    plot.show_lines(plot.lines, choosable=False)
    qtbot.mousePress(plot, LEFT, pos=QPoint(round(plot.x_of(20)), 60))
    assert chosen == [20, 25, 49]


def test_the_cursor_stands_on_its_step_and_only_where_there_is_one(qtbot: QtBot) -> None:
    plot = shown(qtbot, level("line", 0.2))
    foreground = QColor(*LIGHT.foreground)

    def stands(step: int) -> bool:
        return colour_at(plot, QPointF(int(plot.x_of(step)), plot.area().top() + 5)) == foreground

    assert not stands(30)
    plot.set_step(30)
    assert stands(30) and not stands(31)
    plot.set_step(31)
    assert stands(31) and not stands(30)
    plot.set_step(5)
    assert not any(stands(step) for step in range(10, 50))


@pytest.mark.parametrize("zero", [0, 1, 5])
def test_a_figure_below_the_plot_stands_at_the_step_that_people_call_so(qtbot: QtBot, zero: int) -> None:
    plot = shown(qtbot, level("true", 0.5))
    plot.show_lines(plot.lines, number_at_zero=zero)
    (ticks,) = plot._bottom._tickLevels
    assert len(ticks) > 2 and all(int(text) == at + zero for at, text in ticks)
    assert all(10 <= at < 50 for at, _ in ticks)


def test_a_step_is_where_it_is_drawn_and_where_it_is_chosen(qtbot: QtBot) -> None:
    plot = shown(qtbot, level("true", 0.5))
    area, chosen = plot.area(), []
    plot.step_chosen.connect(chosen.append)
    assert plot.x_of(10) - area.left() == pytest.approx(area.right() - plot.x_of(49), abs=1.5)
    for step in (10, 11, 30, 48, 49):
        assert plot.x_of(step) == pytest.approx(plot.view.mapViewToScene(QPointF(step, 0)).x(), abs=1)
        qtbot.mouseClick(plot, LEFT, pos=QPointF(plot.x_of(step), area.center().y()).toPoint())
    assert chosen == [10, 11, 30, 48, 49]
