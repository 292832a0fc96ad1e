"""The confusion matrix without a window: what each cell is filled with, and where the arrow keys and Enter lead."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.confusion import Confusions
from auslan_explorer.draw.theme import DARK, LIGHT, RGB, Theme
from auslan_explorer.gui.inspector.confusion_matrix import ConfusionMatrix
from auslan_explorer.gui.style import Appearance, Look
from tests.gui.inspector_parts import colour_at

NAMES = ("alive", "computer", "drink", "think", "you")
# Rows are drink, alive and you; columns alive, drink, think and you: what is right lies on no diagonal.
TRUE, PREDICTED = np.array([2, 0, 4]), np.array([0, 2, 3, 4])
COUNTS = np.array([[4, 9, 0, 1], [7, 0, 2, 0], [0, 3, 0, 0]])
KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    appearance = Appearance(qapp, Look.LIGHT)
    yield appearance
    appearance.choose(Look.LIGHT)


@pytest.fixture
def matrix(qtbot: QtBot) -> ConfusionMatrix:
    made = ConfusionMatrix()
    qtbot.addWidget(made)
    made.show_confusions(Confusions(TRUE, PREDICTED, COUNTS, 10, 26), NAMES)
    return made


def ground(matrix: ConfusionMatrix, row: int, column: int) -> QColor:
    return colour_at(matrix, matrix.cell(row, column).topLeft() + QPointF(2.5, 2.5))


def seen(matrix: ConfusionMatrix) -> np.ndarray:
    image = matrix.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., :3].copy()


def apart(colour: QColor, other: RGB) -> int:
    return sum(abs(a - b) for a, b in zip(colour.getRgb()[:3], other, strict=True))


@pytest.mark.parametrize(("look", "theme"), [(Look.LIGHT, LIGHT), (Look.DARK, DARK)])
def test_what_is_right_is_tinted_blue_mistakes_are_red_by_their_number_and_the_rest_is_empty(
    matrix: ConfusionMatrix, appearance: Appearance, look: Look, theme: Theme
) -> None:
    appearance.choose(look)
    from_ground: dict[int, int] = {}
    for row, true in enumerate(TRUE):
        for column, predicted in enumerate(PREDICTED):
            colour, count = ground(matrix, row, column), int(COUNTS[row, column])
            tint = colour.blue() - colour.red()
            if true == predicted:
                # However many there are, and where there are none.
                assert 0 < apart(colour, theme.background) < apart(colour, theme.truth), (row, column)
                assert tint > theme.background[2] - theme.background[0] + 10, (row, column)
            elif count:
                assert tint < -20, (row, column)
                from_ground[count] = apart(colour, theme.background)
            else:
                assert colour == QColor(*theme.background), (row, column)
    assert sorted(from_ground) == [1, 2, 3, 4]
    assert [from_ground[count] for count in sorted(from_ground)] == sorted(from_ground.values())
    assert len(set(from_ground.values())) == 4 and apart(ground(matrix, 0, 0), theme.mistake) == 0, "the most is pure"


def test_arrows_go_from_cell_to_cell_as_far_as_the_edge_and_enter_chooses_what_holds_recordings(
    matrix: ConfusionMatrix,
) -> None:
    told: list[str] = []
    chosen: list[tuple[int, int]] = []
    matrix.pointed.connect(told.append)
    matrix.chosen.connect(lambda true, predicted: chosen.append((true, predicted)))
    way = (
        [(KEY.Key_Right, (0, 0))]  # the first key only shows where one is
        + [(KEY.Key_Right, (0, column)) for column in (1, 2, 3, 3)]
        + [(KEY.Key_Down, (row, 3)) for row in (1, 2, 2)]
        + [(KEY.Key_Left, (2, column)) for column in (2, 1, 0, 0)]
        + [(KEY.Key_Up, (row, 0)) for row in (1, 0, 0)]
    )
    enter = KEY.Key_Return
    for key, (row, column) in way:
        chosen.clear()
        QTest.keyClick(matrix, key)
        assert matrix._at == (row, column), key
        assert told[-1] == matrix.describe_cell(row, column)
        QTest.keyClick(matrix, enter)
        assert chosen == ([(TRUE[row], PREDICTED[column])] if COUNTS[row, column] else []), (row, column)
        enter = KEY.Key_Enter if enter == KEY.Key_Return else KEY.Key_Return
    assert matrix.describe_cell(0, 0) == "drink taken for alive: 4 recordings"
    assert matrix.describe_cell(0, 1) == "drink: 9 recordings recognised"


def test_arrows_and_enter_are_the_matrixs_and_with_other_keys_held_the_windows(matrix: ConfusionMatrix) -> None:
    def takes(key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
        event.ignore()
        QApplication.sendEvent(matrix, event)
        return event.isAccepted()

    keys = (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Return, KEY.Key_Enter)
    assert all(takes(key, NONE) for key in keys)
    assert not any(takes(key, Qt.KeyboardModifier.ShiftModifier) for key in keys)
    assert not takes(KEY.Key_Space, NONE) and not takes(KEY.Key_Home, NONE)


def test_the_cell_one_is_at_is_framed_and_its_names_are_lit(matrix: ConfusionMatrix) -> None:
    def differ(before: np.ndarray, place: QRectF) -> bool:
        rows, columns = (
            slice(round(place.top()), round(place.bottom())),
            slice(round(place.left()), round(place.right())),
        )
        return bool((seen(matrix) != before)[rows, columns].any())

    unlit = seen(matrix)
    cells = {(row, column): matrix.cell(row, column) for row in range(3) for column in range(4)}
    names = [QRectF(0, cells[row, 0].top(), cells[row, 0].left() - 3, cells[row, 0].height()) for row in range(3)]
    above = [QRectF(cells[0, column].center().x() - 2, cells[0, 0].top() - 12, 6, 9) for column in range(4)]
    for row, column in ((0, 2), (2, 0), (1, 3)):
        matrix._set_cell((row, column))
        assert [differ(unlit, name) for name in names] == [each == row for each in range(3)]
        assert differ(unlit, above[column])
        inner = {at: cell.adjusted(2, 2, -2, -2) for at, cell in cells.items()}
        assert differ(unlit, cells[row, column]) and not any(differ(unlit, cell) for cell in inner.values())
    matrix._set_cell(None)
    assert not differ(unlit, QRectF(matrix.rect()))
