"""The playback's slider: what is drawn at which step, and what a press or drag means where."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.gui.playback.slider import StepSlider
from auslan_explorer.gui.style import Appearance, Look, mix

STEPS, LEFT = 21, Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    made = Appearance(qapp, Look.LIGHT)
    yield made
    made.choose(Look.LIGHT)


@pytest.fixture
def slider(qtbot: QtBot, appearance: Appearance) -> StepSlider:
    appearance.choose(Look.LIGHT)
    made = StepSlider()
    qtbot.addWidget(made)
    made.setRange(0, STEPS - 1)
    made.set_section(0, STEPS - 1)
    made.resize(618, 40)  # 30 pixels from step to step
    with qtbot.waitExposed(made):
        made.show()
    return made


def pixels(slider: StepSlider) -> np.ndarray:
    image = slider.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1].astype(int)


def inked(picture: np.ndarray, colour: tuple[float, ...], slack: int = 24) -> np.ndarray:
    return np.abs(picture - np.array(colour[:3])).sum(axis=-1) <= slack


def column(slider: StepSlider, step: float) -> int:
    return round(slider.x_of_step(step))


def press(slider: StepSlider, step: float, y: int) -> None:
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(column(slider, step), y))


def go(slider: StepSlider, step: float, y: int) -> None:
    QTest.mouseMove(slider, QPoint(column(slider, step), y))


def release(slider: StepSlider, step: float, y: int) -> None:
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(column(slider, step), y))


def test_steps_and_places_are_each_others_inverse(slider: StepSlider) -> None:
    assert [slider.step_at(slider.x_of_step(step)) for step in range(STEPS)] == list(range(STEPS))
    assert slider.step_at(slider.x_of_step(7.4)) == 7 and slider.step_at(slider.x_of_step(7.6)) == 8
    assert (slider.step_at(-50), slider.step_at(5000)) == (0, STEPS - 1)


@pytest.mark.parametrize(("look", "theme"), [(Look.LIGHT, LIGHT), (Look.DARK, DARK)])
def test_bars_stand_at_their_steps_as_high_as_their_counts_and_beside_each_other(
    slider: StepSlider, appearance: Appearance, look: Look, theme: Theme
) -> None:
    appearance.choose(look)
    before = pixels(slider)
    counts = np.zeros(STEPS, dtype=int)
    counts[[4, 5, 12]] = (8, 4, 2)
    slider.set_marks(counts)
    after = pixels(slider)
    drawn = (before != after).any(axis=-1)
    assert not drawn[slider.height() // 2 + 2 :].any(), "above the groove"
    high = {step: int(drawn[:, column(slider, step)].sum()) for step in range(STEPS)}
    assert {step for step, rows in high.items() if rows} == {4, 5, 12}
    for step, tall in ((4, 10.0), (5, 6.0), (12, 4.5)):
        assert high[step] == pytest.approx(tall, abs=1), step
    at = column(slider, 4)
    row = slider.height() // 2 + 2 - 6
    ground, edge = before[row, at], np.abs(after[row, at + 14] - before[row, at + 14]).sum()
    # Half of the pixel at either edge: one is left between two bars.
    assert 0 < edge < 0.8 * np.abs(after[row, at + 13] - ground).sum()
    np.testing.assert_allclose(after[row, at], mix(tuple(ground), theme.muted, 0.55), atol=3)


def test_a_single_recording_has_a_diamond_below_the_groove(slider: StepSlider) -> None:
    slider.setValue(0)
    counts = np.zeros(STEPS, dtype=int)
    counts[9] = 1
    before = pixels(slider)
    slider.set_marks(counts)
    rows, columns = np.nonzero((pixels(slider) != before).any(axis=-1))
    assert rows.min() >= slider.height() / 2 + 4
    assert (columns.min() + columns.max()) / 2 == pytest.approx(column(slider, 9), abs=1)
    slider.set_marks(np.zeros(0))
    assert (pixels(slider) == before).all()


def test_what_is_played_is_tinted_and_what_has_been_played_is_full(slider: StepSlider) -> None:
    slider.set_section(5, 15)
    slider.setValue(10)
    picture, groove = pixels(slider), slider.height() // 2 + 2
    line = picture[groove]
    accent, rest = LIGHT.accent, LIGHT.border
    assert inked(line[column(slider, 7)], accent) and inked(line[column(slider, 2)], rest)
    assert inked(line[column(slider, 18)], rest)
    np.testing.assert_allclose(line[column(slider, 13)], mix(rest, accent, 0.3), atol=3)
    slider.setValue(18)
    line = pixels(slider)[groove]
    assert inked(line[column(slider, 13)], accent) and inked(line[column(slider, 16)], rest)
    slider.setEnabled(False)
    assert not inked(pixels(slider), accent).any()


def test_a_flag_is_dragged_and_does_not_pass_the_other_and_elsewhere_the_step_follows(slider: StepSlider) -> None:
    slider.set_section(5, 15)
    heard: list[tuple[int, int]] = []
    slider.section_moved.connect(lambda first, last: heard.append((first, last)))
    flags, groove = 6, slider.height() // 2 + 2
    press(slider, 5, flags)
    for step in (8, 17):
        go(slider, step, flags)
    release(slider, 17, flags)
    assert heard == [(8, 15), (15, 15)] and slider.value() == 0
    heard.clear()
    press(slider, 15, flags)
    for step in (12, 2):
        go(slider, step, flags)
    release(slider, 2, flags)
    assert heard == [(5, 12), (5, 5)] and slider.value() == 0
    heard.clear()
    for at, y in ((5, groove), (10, flags)):
        press(slider, at, y)
        assert slider.isSliderDown() and slider.value() == at
        go(slider, at + 3, y)
        assert slider.value() == at + 3
        release(slider, at + 3, y)
        assert not slider.isSliderDown()
    assert heard == []
    QTest.mousePress(slider, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, QPoint(30, groove))
    assert slider.value() == 13 and not slider.isSliderDown()


def test_the_pointer_says_where_a_flag_can_be_dragged(slider: StepSlider) -> None:
    slider.set_section(5, 15)
    for step, y, shape in (
        (5, 6, Qt.CursorShape.SizeHorCursor),
        (5.2, 6, Qt.CursorShape.SizeHorCursor),
        (5.4, 6, Qt.CursorShape.ArrowCursor),
        (15, 6, Qt.CursorShape.SizeHorCursor),
        (5, slider.height() - 4, Qt.CursorShape.ArrowCursor),
    ):
        go(slider, step, y)
        assert slider.cursor().shape() is shape, (step, y)
