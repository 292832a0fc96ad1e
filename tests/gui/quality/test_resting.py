"""Resting points in a real window: searched for beside it, drawn on both maps, told, and refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.resting import NO_MARKS, HeldInput, RestingMarks
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.recording_frames import FramesState
from auslan_explorer.gui.views.common.annotations import annotations_on
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.workflows.resting import NO_FRAME, NO_RECORDINGS
from tests.gui.glove_parts import encoders, import_them, made_up_recordings, network
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    a = made_up_activations()
    opened = activate(network(a), made_up_recordings(a), encoders(a.units))
    with open_window(qapp, qtbot, tmp_path / "window.ini", opened) as shown:
        shown.resize(1100, 800)
        yield shown


def test_they_are_found_drawn_told_hidden_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    import_them(qtbot, window, made_up_recordings(made_up_activations()))
    session, action = window.session, window.actions_[ActionId.RESTING]
    window.docks.show("quality")
    layers = window.quality.layers
    action.trigger()
    assert session.state.resting is HeldInput.REST and layers.held.currentData() == HeldInput.REST
    qtbot.waitUntil(lambda: all(HeldInput.REST in p.measured.resting for p in session.projections.values()))
    qtbot.waitUntil(lambda: bool(layers.found.text()))
    assert "resting point" in layers.found.text() and action.isChecked()
    for dims, projection in session.projections.items():
        shown = session.trajectories(dims)
        assert shown is not None
        drawn, marks = annotations_on(session, shown), projection.measured.resting[HeldInput.REST]
        assert len(drawn.rests) == len(marks.places) > 0 and drawn.rest_texts == marks.texts
        np.testing.assert_allclose(drawn.rests, np.sign(marks.places) * np.log1p(np.abs(marks.places)), rtol=1e-5)
    window.actions_[ActionId.UNDO].trigger()
    assert session.state.resting is HeldInput.NONE and layers.found.text() == ""
    layers.held.setCurrentIndex(layers.held.findData(HeldInput.FRAME))
    qtbot.waitUntil(lambda: session.state.resting is HeldInput.NONE)
    assert NO_FRAME in errors(window)
    session.update(selected=(5,), resting=HeldInput.FRAME, step=int(session.activations.first_step[5]))

    def answered() -> list[RestingMarks | None]:
        return [p.measured.resting.get(HeldInput.FRAME) for p in session.projections.values()]

    qtbot.waitUntil(lambda: None not in answered())
    before = answered()
    step = session.state.step + int(session.activations.lengths[5]) // 2
    session.update(step=step)  # where the finger is bent: another frame stays
    assert set(answered()) == {NO_MARKS} and "Another frame" in layers.found.text()
    assert "once playback rests" in window.notice.text.text()
    qtbot.waitUntil(lambda: not {NO_MARKS, *before} & set(answered()))
    assert any(
        len(new.places) != len(old.places) or not np.allclose(new.places, old.places)
        for new, old in zip(answered(), before, strict=True) if new is not None and old is not None
    )  # fmt: skip
    session.update(selected=())
    assert session.state.resting is HeldInput.NONE and NO_FRAME in window.notice.text.text()


def test_what_was_found_is_said_as_long_as_it_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    import_them(qtbot, window, made_up_recordings(made_up_activations()))
    session, action = window.session, window.actions_[ActionId.RESTING]
    window.docks.show("quality")
    action.trigger()
    qtbot.waitUntil(lambda: "resting point" in window.notice.text.text(), timeout=60_000)
    said = window.notice.text.text()
    action.trigger()
    assert session.state.resting is HeldInput.NONE and not window.notice.isVisible()
    action.trigger()
    assert window.notice.text.text() == window.quality.layers.found.text() == said


def test_a_map_whose_network_is_not_at_hand_is_named(window: MainWindow, qtbot: QtBot) -> None:
    import_them(qtbot, window, made_up_recordings(made_up_activations()))
    session = window.session
    session.open(replace(session.activations, autoencoders={2: session.activations.autoencoders[2]}))
    window.docks.show("quality")
    layers = window.quality.layers
    qtbot.waitUntil(lambda: window.frames.state is FramesState.READY)
    session.update(resting=HeldInput.REST)
    qtbot.waitUntil(lambda: bool(layers.found.text()))
    assert "On the 3-D map none are drawn" in layers.found.text() and "2-D" not in layers.found.text()


def errors(window: MainWindow) -> str:
    """Return the text of the message that is open, and close it."""
    from PySide6.QtWidgets import QMessageBox

    boxes = window.findChildren(QMessageBox)
    text = " ".join(box.text() + box.informativeText() for box in boxes)
    for box in boxes:
        box.close()
    return text


def test_without_recordings_it_says_what_is_needed(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_[ActionId.RESTING].trigger()
    qtbot.waitUntil(lambda: window.session.state.resting is HeldInput.NONE)
    assert NO_RECORDINGS in errors(window)
