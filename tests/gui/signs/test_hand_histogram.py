"""The histogram of hand usage: its colours on both sides of the threshold, and heights that are those of the counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.colours import BOTH_HANDS, RIGHT_HAND
from auslan_explorer.core.session import HAND_THRESHOLD, Session
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.signs.hand_usage_dock import HandUsageDock, Histogram
from tests.made_up import made_up_activations


@pytest.mark.parametrize("threshold", [0.1, 0.25, 0.6])
def test_recordings_below_the_threshold_have_the_colour_of_the_right_hand(qtbot: QtBot, threshold: float) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    histogram = Histogram(parent)
    histogram.resize(616, 140)
    ratio = np.linspace(0, 1, 600)
    histogram.set_ratios(ratio)
    histogram.threshold = threshold
    image = histogram.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)
    at = histogram.x_of_threshold(threshold) * image.devicePixelRatio()
    for colour, left in ((RIGHT_HAND, True), (BOTH_HANDS, False)):
        columns = np.flatnonzero((np.abs(data - np.array(colour)).max(axis=2) < 8).any(axis=0))
        assert len(columns) > 20
        assert (columns < at + 8).all() if left else (columns > at - 8).all()


@pytest.mark.parametrize("mixed", [0, 3, 8, 9, 12])
def test_eight_mixed_signs_are_named_and_the_others_counted(qtbot: QtBot, mixed: int) -> None:
    names = tuple(f"sign {chr(97 + i)}" for i in range(12))
    a = made_up_activations()
    ratio = np.full(len(a), 0.1, dtype=np.float32)
    ratio[1 : 2 * mixed : 2] = 0.9
    session = Session(
        replace(a, sign=(np.arange(24) // 2).astype(np.int16), signs=names, names=names, hand_ratio=ratio)
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    said = HandUsageDock(session, parent).mixed.text()
    assert said.count("<a href") == min(mixed, 8)
    assert (f"and {mixed - 8} more." in said) is (mixed > 8) and ("more" in said) is (mixed > 8)


def test_the_threshold_s_line_says_by_its_colour_whether_the_keys_move_it(
    qtbot: QtBot, light_theme: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    histogram = Histogram(parent)
    histogram.resize(616, 140)
    at = round(histogram.x_of_threshold(histogram.threshold))
    for focused, expected in ((False, LIGHT.foreground), (True, LIGHT.accent)):
        monkeypatch.setattr(Histogram, "hasFocus", lambda _, focused=focused: focused)
        assert histogram.grab().toImage().pixelColor(at, 40).getRgb()[:3] == pytest.approx(expected[:3], abs=12)


def test_the_threshold_follows_a_drag_to_the_ends_and_no_pointer_that_holds_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    histogram = Histogram(parent)
    histogram.resize(616, 140)
    histogram.set_ratios(np.linspace(0, 1, 30))
    moved: list[float] = []
    histogram.moved.connect(moved.append)
    for x in (histogram.x_of_threshold(0.25), -50.0, 9000.0):
        for held in (Qt.MouseButton.NoButton, Qt.MouseButton.RightButton, Qt.MouseButton.LeftButton):
            where, none = QPointF(x, 40), Qt.MouseButton.NoButton
            keys = Qt.KeyboardModifier.NoModifier
            histogram.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, where, where, none, held, keys))
    assert moved == [pytest.approx(0.25, abs=2e-3), 0, histogram.highest]


@pytest.mark.parametrize("ratio", [np.zeros(30), np.linspace(0, 0.02, 30), np.linspace(0, 3, 30), np.ones(1)])
def test_the_threshold_has_its_place_among_any_ratios_and_all_are_counted(qtbot: QtBot, ratio: np.ndarray) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    histogram = Histogram(parent)
    histogram.resize(616, 140)
    histogram.set_ratios(ratio)
    assert histogram._counts.sum() == len(ratio)
    assert histogram.x_of_threshold(0) < histogram.x_of_threshold(HAND_THRESHOLD) <= 308
    moved: list[float] = []
    histogram.moved.connect(moved.append)
    for share in (0.0, 0.25, 1.0):
        at = QPoint(round(histogram.x_of_threshold(share * histogram.highest)), 40)
        QTest.mousePress(histogram, Qt.MouseButton.LeftButton, pos=at)
        assert moved[-1] == pytest.approx(share * histogram.highest, abs=histogram.highest / 500)
    histogram.threshold = histogram.highest
    QTest.keyClick(histogram, Qt.Key.Key_Right)
    assert moved[-1] == pytest.approx(histogram.highest, abs=0.001), "no further than its end"
    QTest.keyClick(histogram, Qt.Key.Key_Left)
    assert moved[-1] < histogram.highest - 0.005


@pytest.mark.parametrize(("most", "highest"), [(10.0, 9.9), (0.01, 2 * HAND_THRESHOLD)])
def test_a_few_that_are_far_out_stand_in_the_last_bin(qtbot: QtBot, most: float, highest: float) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    histogram, ratio = Histogram(parent), np.linspace(0, most, 1001)
    histogram.set_ratios(ratio)
    assert histogram.highest == pytest.approx(highest) and histogram._counts.sum() == len(ratio)
    assert (histogram._counts[-1] > histogram._counts[-2]) == (most > 1)
