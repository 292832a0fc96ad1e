"""The gesture's pane: the hands of what is selected, in step with playback, and what it says where there are none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.annotations import Variant
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.draw.hands import FRONT, SIDE
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.views.gesture.pane import GesturePane
from auslan_explorer.io.recordings import save_recordings
from tests.made_up import made_up_activations


def write_recordings(session: Session, *, level: float = 0.5) -> Path:
    """Import made-up recordings of the session's activations; the right hand rises, each in its own tempo."""
    a = session.activations
    frames = np.full((a.real_steps, len(CHANNELS)), level, np.float32)
    within = np.concatenate([np.linspace(0, 1, n) for n in a.lengths])
    frames[:, 11], frames[:, 12], frames[:, 13] = 0.1, within * 0.3, -0.1
    frames[:, :3] = -0.1, -0.1, -0.1
    file = paths.recordings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    save_recordings(Recordings(frames, a.lengths, a.sign, a.session, a.trial, a.signs), file)
    return file


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(os.environ, paths.DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def session(data: Path) -> Session:
    return Session(made_up_activations())


@pytest.fixture
def frames(session: Session) -> Iterator[RecordingFrames]:
    jobs = Jobs()
    yield RecordingFrames(session, jobs, jobs)
    jobs.cancel_all()


@pytest.fixture
def get_them(qapp: object) -> QAction:
    return QAction("Download recordings…")


@pytest.fixture
def pane(qtbot: QtBot, session: Session, frames: RecordingFrames, get_them: QAction) -> GesturePane:
    pane = GesturePane(session, frames, [get_them])
    qtbot.addWidget(pane)
    pane.resize(400, 500)
    return pane


def open_pane(qtbot: QtBot, pane: GesturePane, frames: RecordingFrames) -> None:
    pane.show()
    qtbot.waitUntil(lambda: frames.state not in (FramesState.UNREAD, FramesState.READING))


def drawn(pane: GesturePane) -> bytes:
    image = pane.canvas.grab().toImage()  # by a name: its bits go with it
    return bytes(image.constBits())


def test_without_recordings_it_says_what_it_would_show_and_offers_to_get_them(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, get_them: QAction
) -> None:
    open_pane(qtbot, pane, frames)
    assert pane.missing.isVisible() and "gloves" in pane.missing.text.text()
    with qtbot.waitSignal(get_them.triggered):
        pane.missing.findChild(QPushButton).click()


def test_once_they_are_imported_the_hands_are_there(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    open_pane(qtbot, pane, frames)
    session.update(selected=(2,))
    write_recordings(session)
    frames.read_again()
    qtbot.waitUntil(pane.canvas.isVisible)
    assert pane.canvas.recordings == (2,)


def test_nothing_is_read_while_it_is_hidden(pane: GesturePane, frames: RecordingFrames, session: Session) -> None:
    write_recordings(session)
    session.update(selected=(2,))
    assert frames.state is FramesState.UNREAD and pane.canvas.recordings == ()


def test_it_follows_playback_to_the_recording_s_own_frame(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session)
    session.update(selected=(2,))
    open_pane(qtbot, pane, frames)
    first, length = int(session.activations.first_step[2]), int(session.activations.lengths[2])
    pictures = []
    for step, frame in ((first - 1, -1), (first, 0), (first + 3, 3), (first + length - 1, length - 1)):
        session.update(step=step)
        (pose,) = pane.canvas.poses()
        assert pose.at == frame
        pictures.append(drawn(pane))
    assert len(set(pictures)) == 4


def test_a_changed_recording_comes_first_and_what_it_was_made_of_beside_it(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session)
    session.update(selected=(2,))
    open_pane(qtbot, pane, frames)
    own = frames.frames_of(2)
    assert own is not None
    first, beside = int(session.activations.first_step[2]), np.arange(len(own))[::-1].copy()
    session.show_variant(Variant(2, own + 1, beside, first, {}, {}))
    session.update(step=first + 3)
    changed, before = pane.canvas.poses()
    assert (changed.frames == own + 1).all() and (before.frames == own).all()
    assert (changed.at, before.at) == (3, len(own) - 4)
    session.show_variant(None)
    (alone,) = pane.canvas.poses()
    assert (alone.frames == own).all()


def test_two_selected_recordings_are_lined_up_by_what_the_hands_do(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    a = session.activations
    write_recordings(session)
    long, short = int(a.lengths.argmax()), int(a.lengths.argmin())
    session.update(selected=(long, short))
    open_pane(qtbot, pane, frames)
    for part in (0.0, 0.5, 1.0):
        session.update(step=int(a.first_step[long] + round(part * (a.lengths[long] - 1))))
        one, other = pane.canvas.poses()
        heights = [pose.frames[pose.at, 12] for pose in (one, other)]
        assert abs(heights[0] - heights[1]) < 0.3 / a.lengths[short]
        assert other.outlined and not one.outlined
    overlaid = drawn(pane)
    pane.apart.click()
    assert not any(pose.outlined for pose in pane.canvas.poses())
    assert drawn(pane) != overlaid


def test_of_a_whole_sign_any_recording_can_be_chosen_and_compared(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session)
    session.update(selected=(0, 1, 2, 3))
    open_pane(qtbot, pane, frames)
    assert pane.canvas.recordings == (0,)
    pane.first.setCurrentIndex(2)
    assert pane.canvas.recordings == (2,)
    pane.second.setCurrentIndex(2)
    assert pane.canvas.recordings == (2, 1)
    session.update(selected=(3,))
    assert pane.canvas.recordings == (3,) and not pane.first.isVisible()


def test_with_nothing_selected_it_shows_what_is_under_the_pointer(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session)
    open_pane(qtbot, pane, frames)
    assert pane.message.isVisible()
    session.point_at(Pointed(4, 18))
    assert pane.canvas.recordings == (4,)
    session.point_at(None)
    assert pane.message.isVisible()


def test_recordings_of_other_data_are_said_to_be_others(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(Session(made_up_activations(seed=5)))
    session.update(selected=(0,))
    a = session.activations
    a.session[:] = 77
    open_pane(qtbot, pane, frames)
    assert frames.state is FramesState.OTHERS
    assert "not those" in pane.message.text.text()


def test_a_damaged_file_is_said_to_be(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session).write_bytes(b"no recordings")
    open_pane(qtbot, pane, frames)
    assert frames.state is FramesState.FAILED
    assert pane.message.text.text() == frames.problem != ""


def test_it_is_turned_by_hand_by_keyboard_and_by_the_three_sides(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session)
    session.update(selected=(2,))
    open_pane(qtbot, pane, frames)
    front = drawn(pane)
    QTest.mousePress(pane.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(pane.canvas, QPoint(160, 120))
    QTest.mouseRelease(pane.canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 120))
    assert pane.canvas.viewpoint != FRONT and drawn(pane) != front
    assert pane.sides.checkedButton() is None
    pane.sides.button(1).click()
    assert pane.canvas.viewpoint == SIDE
    pane.sides.button(0).click()
    assert drawn(pane) == front
    QTest.keyClick(pane.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pane.canvas.viewpoint.azimuth == 10


def test_in_the_narrowest_pane_what_is_chosen_is_read_whole(
    qtbot: QtBot, pane: GesturePane, frames: RecordingFrames, session: Session
) -> None:
    write_recordings(session)
    open_pane(qtbot, pane, frames)
    session.update(selected=(1, 2, 3))
    pane.resize(pane.minimumWidth(), 500)
    qtbot.waitUntil(lambda: pane.second.geometry().top() > pane.first.geometry().top())
    option = QStyleOptionComboBox()
    for box in (pane.first, pane.second):
        option.initFrom(box)
        room = box.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
        )
        assert box.fontMetrics().horizontalAdvance("no other") <= room.width()
