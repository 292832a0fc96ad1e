"""Plots over a recording's steps: each number in its row and column, what a drag marks, and what a tip says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.attribution import GROUPS as CHANNEL_GROUPS
from auslan_explorer.core.palettes import OKABE_ITO
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.gui.inspector.attribution_map import AttributionMap
from auslan_explorer.gui.inspector.heat_image import diverging_colours, heat_image
from auslan_explorer.gui.inspector.signal_plot import GROUPS, SignalPlot
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.style import Appearance, Look

LEFT = Qt.MouseButton.LeftButton
FIRST, LENGTH = 3, 12


@pytest.fixture(autouse=True)
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    appearance = Appearance(qapp, Look.LIGHT)
    yield appearance
    appearance.choose(Look.LIGHT)


@pytest.fixture
def plot(qtbot: QtBot) -> SignalPlot:
    made = SignalPlot()
    qtbot.addWidget(made)
    made.resize(404, made.sizeHint().height())
    made.show_signal(np.full((LENGTH, 22), 0.5, np.float32), StepAxis(FIRST, LENGTH))
    made.set_step(-1)
    return made


@pytest.fixture
def attribution(qtbot: QtBot) -> AttributionMap:
    made = AttributionMap()
    qtbot.addWidget(made)
    worth = np.linspace(-1, 1, len(CHANNEL_GROUPS) * LENGTH, dtype=np.float32).reshape(-1, LENGTH)
    made.show_worth(worth, StepAxis(FIRST, LENGTH))
    made.resize(404, made.sizeHint().height())
    made.set_step(-1)
    return made


def drawn(plot: SignalPlot | AttributionMap) -> np.ndarray:
    image = plot.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1].astype(int)


def ink(picture: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(picture - np.array(colour)).sum(axis=-1) < 60


def show(plot: SignalPlot, frames: np.ndarray, other: np.ndarray | None = None) -> np.ndarray:
    plot.show_signal(frames, StepAxis(FIRST, LENGTH), other)
    return drawn(plot)


def test_the_groups_hold_every_channel_once_the_right_hand_s_first() -> None:
    held = [group.first + place for group in GROUPS for place in range(len(group.names))]
    assert sorted(held) == list(range(len(CHANNELS))) and held == [*range(11, 22), *range(11)]
    for group in GROUPS:
        assert group.title[0] == ("R" if group.first >= 11 else "L") and group.angle == group.title.endswith("turn")
        short = {"forefinger": "fore", "middle finger": "middle"}
        for place, name in enumerate(group.names):
            channel = CHANNELS[group.first + place].lower()
            assert name in channel or short.get(name, name)[:4] in channel


@pytest.mark.parametrize("channel", range(22))
def test_a_channel_is_drawn_in_its_group_in_its_colour_and_higher_where_it_is_higher(
    plot: SignalPlot, channel: int
) -> None:
    number = next(i for i, g in enumerate(GROUPS) if g.first <= channel < g.first + len(g.names))
    area, colour = plot.area(number), OKABE_ITO[channel - GROUPS[number].first]
    frames = np.full((LENGTH, 22), 0.5, np.float32)
    frames[0, [0, 11]] = 0.0
    frames[1, [0, 11]] = 1.0  # the range of places
    tops, pictures = [], []
    top, bottom = round(area.top()), round(area.bottom()) + 1
    for value in (0.2, 0.8):
        frames[4:, channel] = value
        pictures.append(show(plot, frames))
        rows = np.flatnonzero(ink(pictures[-1], colour)[top:bottom, round(plot._axis.x(FIRST + 8, area))])
        assert len(rows)
        tops.append(top + float(rows.mean()))
        assert tops[-1] == pytest.approx(area.bottom() - 3 - value * (area.height() - 6), abs=2)
    assert tops[1] < tops[0]
    changed = np.flatnonzero((pictures[0] != pictures[1]).any(axis=(1, 2)))
    assert top <= changed.min() and changed.max() <= bottom


def test_an_angle_that_has_gone_round_is_interrupted_and_another_channel_is_not(plot: SignalPlot) -> None:
    for number, group in enumerate(GROUPS):
        frames = np.full((LENGTH, 22), 0.05, np.float32)
        frames[6:, group.first] = 0.95
        frames[0, [0, 11]] = 1.0
        area = plot.area(number)
        middle = slice(round(area.center().y()) - 4, round(area.center().y()) + 4)
        upright = show(plot, frames)[
            middle, round(plot._axis.x(FIRST + 5, area)) + 2 : round(plot._axis.x(FIRST + 6, area))
        ]
        assert (ink(upright, OKABE_ITO[0]).any(), group.title) == (not group.angle, group.title)


def test_the_other_recording_is_dashed_and_both_share_the_range_of_places(plot: SignalPlot) -> None:
    frames = np.full((LENGTH, 22), 0.2, np.float32)
    frames[0, 11] = 0.0
    other = np.full((LENGTH, 22), 0.8, np.float32)
    alone = plot.ends(GROUPS[0]) if show(plot, frames) is not None else None
    assert alone == pytest.approx((0.0, 0.2))
    picture = show(plot, frames, other)
    assert plot.ends(GROUPS[0]) == pytest.approx((0.0, 0.8))
    area = plot.area(2)
    left, right = round(plot._axis.x(FIRST + 1, area)), round(plot._axis.x(FIRST + LENGTH - 1, area))
    shares = []
    for value in (0.2, 0.8):
        row = round(area.bottom() - 3 - value * (area.height() - 6))
        lines = np.abs(picture[row - 1 : row + 2, left:right] - np.array(LIGHT.background)).sum(axis=-1) > 60
        shares.append(lines.any(axis=0).mean())
    assert shares[0] == 1 and 0.3 < shares[1] < 0.95


@pytest.mark.parametrize(
    ("way", "marked"),
    [((1, 4), (1, 5)), ((4, 1), (1, 5)), ((2, 3), (2, 4)), ((0, 99), (0, LENGTH)), ((5, -9), (0, 6)), ((6, 6), (0, 0))],
)
def test_a_drag_along_the_ruler_marks_steps_and_a_click_clears(
    plot: SignalPlot, way: tuple[int, int], marked: tuple[int, int]
) -> None:
    area, told, chosen = plot.area(0), [], []
    plot.marked.connect(lambda *span: told.append(span))
    plot.step_chosen.connect(chosen.append)
    plot.set_range(7, 9)
    y = round(plot.ruler_top()) + 3
    start, stop = (QPoint(round(plot._axis.x(FIRST + step, area)), y) for step in way)
    QTest.mousePress(plot, LEFT, pos=start)
    QTest.mouseMove(plot, stop)
    assert not told
    QTest.mouseRelease(plot, LEFT, pos=stop)
    assert told == [marked] and chosen == []
    accent = ink(drawn(plot)[round(plot.ruler_top()) + 3], LIGHT.accent)
    column = area.width() / LENGTH
    assert accent.sum() == pytest.approx((marked[1] - marked[0]) * column, abs=1.5)
    if accent.any():
        assert np.flatnonzero(accent).min() == pytest.approx(area.left() + marked[0] * column, abs=1.5)
    QTest.mouseMove(plot, start)
    assert told == [marked], "the button is no longer down"


def test_a_click_or_drag_in_the_plot_chooses_the_step_and_other_buttons_do_not(
    plot: SignalPlot, attribution: AttributionMap
) -> None:
    for each in (plot, attribution):
        area, chosen, told = each.steps_area(), [], []
        each.step_chosen.connect(chosen.append)
        each.marked.connect(lambda *span, told=told: told.append(span))
        spots = [QPoint(round(each._axis.x(FIRST + step, area)), 20) for step in (2, 7)]
        QTest.mousePress(each, LEFT, pos=spots[0])
        QTest.mouseMove(each, spots[1])
        QTest.mouseMove(each, QPoint(each.width() - 1, 20))
        QTest.mouseRelease(each, LEFT, pos=spots[1])
        QTest.mouseMove(each, spots[0])
        QTest.mousePress(each, Qt.MouseButton.RightButton, pos=spots[0])
        assert chosen == [FIRST + 2, FIRST + 7, FIRST + LENGTH - 1] and told == []
        each._axis = StepAxis()
        QTest.mousePress(each, LEFT, pos=spots[0])
        assert len(chosen) == 3, "nothing can be chosen where nothing is shown"


def test_the_cursor_stands_in_the_column_of_its_step_and_nowhere_else(
    plot: SignalPlot, attribution: AttributionMap
) -> None:
    for each in (plot, attribution):
        area = each.area(0) if isinstance(each, SignalPlot) else each.area()
        without = drawn(each)
        for step in (FIRST, FIRST + 5, FIRST + LENGTH - 1):
            each.set_step(step)
            columns = np.flatnonzero((drawn(each) != without).any(axis=(0, 2)))
            assert columns.mean() == pytest.approx(each._axis.x(step, area), abs=1) and len(columns) <= 3
        for step in (FIRST - 1, FIRST + LENGTH):
            each.set_step(step)
            assert (drawn(each) == without).all()


def test_each_cell_has_the_colour_of_its_worth_the_right_hand_s_above_and_a_tip_that_says_it(
    attribution: AttributionMap, monkeypatch: pytest.MonkeyPatch, appearance: Appearance
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *__: told.append(text))
    colours: list[bytes] = []
    order = [i for hand in ("right", "left") for i, g in enumerate(CHANNEL_GROUPS) if g.hand == hand]
    worth = attribution._worth
    for look, theme in ((Look.LIGHT, LIGHT), (Look.DARK, DARK)):
        appearance.choose(look)
        QApplication.sendPostedEvents()
        picture, area = drawn(attribution), attribution.area()
        colours.append(diverging_colours().tobytes())
        height = area.height() / len(order)
        for row, number in enumerate(order):
            for step in (0, 5, LENGTH - 1):
                at = QPointF(area.left() + (step + 0.5) * area.width() / LENGTH, area.top() + (row + 0.5) * height)
                level = int(np.clip((worth[number, step] + 1) * 127.5, 0, 255))
                seen = picture[int(at.y()), int(at.x())]
                assert np.abs(seen - diverging_colours()[level]).max() <= 6, (theme.name, row, step)
                told.clear()
                QApplication.sendEvent(
                    attribution,
                    QHelpEvent(QHelpEvent.Type.ToolTip, at.toPoint(), attribution.mapToGlobal(at.toPoint())),
                )
                group = CHANNEL_GROUPS[number]
                (text,) = told
                assert group.hand in text and group.kind.split()[0] in text
                assert text.endswith(f", step {FIRST + step + 1}: {worth[number, step]:+.2f}")
    assert colours[0] != colours[1]


def test_the_marked_steps_are_framed_on_the_map(attribution: AttributionMap) -> None:
    area, without = attribution.area(), drawn(attribution)
    for start, stop in ((2, 5), (0, LENGTH)):
        attribution.set_range(start, stop)
        changed = np.flatnonzero((drawn(attribution) != without).any(axis=(0, 2)))
        assert changed.min() == pytest.approx(area.left() + start * area.width() / LENGTH, abs=2)
        assert changed.max() == pytest.approx(area.left() + stop * area.width() / LENGTH, abs=2)
    attribution.set_range(4, 4)
    assert (drawn(attribution) == without).all()


@pytest.mark.parametrize(
    ("value", "level"), [(-2.0, 0), (-1.0, 0), (-0.5, 63), (0.0, 127), (0.5, 191), (1.0, 255), (9.0, 255)]
)
def test_values_become_colours_between_the_limits(appearance: Appearance, value: float, level: int) -> None:
    image = heat_image(np.array([[0.0, 3 * value]]), 3.0)
    assert image.pixelColor(1, 0).getRgb()[:3] == tuple(diverging_colours()[level].tolist())  # type: ignore[index]
    assert (image.width(), image.height()) == (2, 1) and heat_image(np.zeros((0, 3)), 1.0).isNull()


def test_very_many_steps_are_seen_as_means_none_left_out() -> None:
    spikes = np.zeros((1, 3000))
    spikes[0, 5::10] = 10.0  # each column's mean is 1; every tenth step alone would show 0 or 10
    image = heat_image(spikes, 1.0)
    expected = tuple(diverging_colours()[255].tolist())
    assert image.width() < 3000
    assert {image.pixelColor(x, 0).getRgb()[:3] for x in range(image.width())} == {expected}  # type: ignore[index]
    assert heat_image(np.zeros((1, 600)), 1.0).width() == 600


@pytest.mark.parametrize(
    ("first", "length", "ticks"),
    [
        (0, 0, []),
        (4, 1, [4]),
        (3, 12, [3, 9, 14]),
        (0, 25, [0, 9, 24]),
        (10, 60, [10, 19, 39, 69]),
        (0, 30, [0, 9, 19, 29]),
        (0, 136, [0, 49, 99, 135]),
        (0, 3000, [0, 999, 1999, 2999]),
        (700, 1500, [700, 999, 1499, 1999, 2199]),
    ],
)
def test_the_ruler_names_the_first_the_last_and_round_steps_apart(first: int, length: int, ticks: list[int]) -> None:
    found = StepAxis(first, length).ticks()
    if length < 2:
        assert found == ticks
        return
    assert found[0] == first and found[-1] == first + length - 1 and sorted(set(found)) == found
    assert all((tick + 1) % 10 == 0 for tick in found[1:-1])
    assert min(np.diff(found)) > 3 and (length < 99 or found == ticks)


@pytest.mark.parametrize("channel", range(22))
def test_each_channels_curve_is_taken_hold_of_and_pulled_in_its_own_range(plot: SignalPlot, channel: int) -> None:
    frames = np.tile(np.linspace(0.1, 0.9, 5, dtype=np.float32)[np.arange(22) % 11 % 5], (LENGTH, 1))
    frames[:, channel] = 0.45
    frames[0, [0, 11]] = (0.0, 2.0)  # the range of places
    show(plot, frames)
    plot.pullable = True
    number = next(i for i, g in enumerate(GROUPS) if g.first <= channel < g.first + len(g.names))
    area, top = plot.area(number), 2.0 if GROUPS[number].title.endswith("place") else 1.0
    held = area.adjusted(0, 3, 0, -3)
    x = round(plot._axis.x(FIRST + 8, area))
    heard: list[tuple[int, int, float]] = []
    plot.pulled.connect(lambda *pulled: heard.append(pulled))
    at = round(held.bottom() - 0.45 / top * held.height())
    QTest.mousePress(plot, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, at))
    for share in (0.75, -0.5, 1.5):
        QTest.mouseMove(plot, QPoint(x + 40, round(held.bottom() - share * held.height())))
    let_go: list[bool] = []
    plot.released.connect(lambda: let_go.append(True))
    QTest.mouseRelease(plot, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, at))
    assert [(number, frame) for number, frame, _ in heard] == [(channel, 8)] * 3
    assert [value for _, _, value in heard] == pytest.approx([0.75 * top, 0.0, top], abs=0.03 * top)
    assert let_go == [True]
    heard.clear()
    QTest.mousePress(plot, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, round(area.bottom()) + 4))
    QTest.mouseMove(plot, QPoint(x, at))
    assert heard == []
    QTest.mouseRelease(plot, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, at))
