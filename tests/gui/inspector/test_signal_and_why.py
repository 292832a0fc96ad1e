"""The inspector's sections on the recording itself: its channels, another over them, and what carried an answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.gui.inspector.recording_page import RecordingPage
from auslan_explorer.gui.inspector.signal_plot import GROUPS
from auslan_explorer.gui.recording_frames import FramesState
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.glove_parts import MIDDLE_FINGER, import_them, made_up_recordings, network
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


@pytest.fixture
def activations() -> Activations:
    a = made_up_activations()
    return replace(a, classifier=network(a))


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setitem(os.environ, paths.DATA_VARIABLE, str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini", activations) as shown:
        shown.resize(1400, 1000)
        shown.docks.show("inspector", True)
        yield shown


@pytest.fixture
def page(window: MainWindow) -> RecordingPage:
    return window.inspector_dock.inspector.recording


def drawn(page: RecordingPage) -> np.ndarray:
    image = page.signal.plot.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


# ------------------------------------------------------------------------------------------------- the signal
def test_without_recordings_a_sentence_says_how_to_get_them(
    qtbot: QtBot, window: MainWindow, page: RecordingPage
) -> None:
    window.session.update(selected=(3,))
    qtbot.waitUntil(lambda: window.frames.state is FramesState.MISSING)
    assert not page.signal.plot.isVisible()
    assert "Download recordings" in page.signal.message.text()


def test_the_channels_are_drawn_in_their_group_and_at_their_step(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    import_them(qtbot, window, made_up_recordings(activations))
    window.session.update(selected=(3,), step=0)
    before = drawn(page)
    frames = window.frames.frames_of(3)
    assert frames is not None
    frames[2, MIDDLE_FINGER] = 0.9
    page.signal.show_recording(3)
    changed = (drawn(page) != before).any(axis=-1)
    fingers = page.signal.plot.area(next(i for i, group in enumerate(GROUPS) if group.first == 17))
    rows, columns = np.nonzero(changed)
    assert len(rows) and fingers.top() <= rows.min() and rows.max() <= fingers.bottom() + 1
    column = fingers.width() / activations.lengths[3]
    assert abs(columns.mean() - (fingers.left() + 2.5 * column)) < column


def test_the_cursor_the_brush_and_a_click_are_those_of_the_units(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    import_them(qtbot, window, made_up_recordings(activations))
    window.session.update(selected=(3,))
    first, plot = int(activations.first_step[3]), page.signal.plot
    area, apart = plot.area(0), plot.area(0).width() / activations.lengths[3]
    pictures = [drawn(page)]
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(area.left() + 1.5 * apart), 20))
    assert window.session.state.step == first + 1
    pictures.append(drawn(page))
    page.units.set_range(2, 5)
    pictures.append(drawn(page))
    y = plot.height() - 10
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(area.left() + 0.5 * apart), y))
    QTest.mouseMove(plot, QPoint(round(area.left() + 3.5 * apart), y))
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(area.left() + 3.5 * apart), y))
    assert page.units._mark == (0, 4)
    pictures.append(drawn(page))
    assert len({picture.tobytes() for picture in pictures}) == 4


def test_a_near_recording_can_be_laid_over_it(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    import_them(qtbot, window, made_up_recordings(activations))
    window.session.update(selected=(3,))
    qtbot.waitUntil(lambda: page.signal.other.count() > 1)
    alone = drawn(page)
    page.signal.other.setCurrentIndex(page.signal.other.findData(0) if page.signal.other.findData(0) > 0 else 1)
    assert (drawn(page) != alone).any()
    page.signal.other.setCurrentIndex(0)
    assert (drawn(page) == alone).all()


# ------------------------------------------------------------------------------------------------- why
def test_nothing_is_computed_until_the_network_is_asked(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    import_them(qtbot, window, made_up_recordings(activations))
    started: list[str] = []
    window.jobs.started.connect(lambda task: started.append(task.title))
    window.session.update(selected=(3,))
    qtbot.waitUntil(lambda: not window.inspector_dock.inspector._rest.isActive() and not window.jobs.running)
    assert not page.why.map.isVisible() and "Asking the network" not in started


@pytest.mark.parametrize("method", [0, 1])
def test_the_map_and_the_words_name_the_channel_and_the_moment(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations, method: int
) -> None:
    import_them(qtbot, window, made_up_recordings(activations))
    window.session.update(selected=(3,))
    page.why.ask.click()
    page.why.method.setCurrentIndex(method)
    found = set()
    for sign in range(page.why.sign.count()):
        page.why.sign.setCurrentIndex(sign)
        qtbot.waitUntil(lambda: page.why.map.isVisible() and page.why._job is None and not page.why._rest.isActive())
        found.add(page.why.words.text())
    assert len(found) == len(activations.signs)
    window.session.update(selected=(0,))
    true, answer = (activations.names[each[0]] for each in (activations.sign, activations.predicted))
    own = [f"{answer}, its answer"] + [f"{true}, the true sign"] * (true != answer)
    assert [page.why.sign.itemText(at) for at in range(len(own))] == own
    window.session.update(selected=(3,))
    qtbot.waitUntil(lambda: page.why.map.isVisible() and page.why._job is None and not page.why._rest.isActive())
    assert any("right middle finger" in text and "right hand 100%" in text for text in found)
    worth = page.why.map._worth
    heard = np.abs(worth).sum(axis=1) > 1e-4
    assert heard.sum() == 1


def test_it_is_asked_again_for_the_next_recording_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    import_them(qtbot, window, made_up_recordings(activations))
    window.session.update(selected=(3,))
    page.why.ask.click()
    qtbot.waitUntil(page.why.map.isVisible)
    window.session.update(selected=(9,))
    assert not page.why.map.isVisible()
    qtbot.waitUntil(page.why.map.isVisible)
    assert page.why.map._worth.shape[1] == activations.lengths[9]
    page.why.ask.click()
    assert not page.why.map.isVisible() and not page.why.pending.isVisible()


def test_a_network_that_is_not_at_hand_is_said_to_be(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    window.session.open(replace(activations, classifier=None))
    import_them(qtbot, window, made_up_recordings(activations))
    window.session.update(selected=(3,))
    page.why.ask.click()
    qtbot.waitUntil(lambda: "not at hand" in page.why.pending.label.text())


def test_without_the_recording_the_section_says_so(qtbot: QtBot, window: MainWindow, page: RecordingPage) -> None:
    window.session.update(selected=(3,))
    page.why.ask.click()
    qtbot.waitUntil(lambda: "needed" in page.why.pending.label.text())
