"""An annotation document that was exported here and corrected opens as groups, selection and colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.annotation_tiers import SIGN, Timeline, tiers_of
from auslan_explorer.core.added_labels import all_step_labels
from auslan_explorer.core.session import Colouring
from auslan_explorer.core.timeline import Tier, TimedText
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.eaf import write_eaf
from auslan_explorer.workflows.sessions import open_session
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "w.ini", made_up_activations()) as shown:
        yield shown


def write(window: MainWindow, file: Path, sign: str) -> None:
    """Write two recordings, the first with another sign and both with a phase."""
    recording, signs, *rest = tiers_of(Timeline(window.session.activations, (7, 0)))
    first, second = signs.texts
    corrected = Tier(SIGN, (TimedText(first.start, first.stop, sign), second))
    write_eaf(file, [recording, corrected, *rest, Tier("phase", (TimedText(first.start, second.stop, "hold"),))])


def open_and_wait(window: MainWindow, qtbot: QtBot, file: Path, word: str) -> str:
    window.commands.files.open_path(file)
    qtbot.waitUntil(lambda: word in window.notice.text.text())
    return window.notice.text.text()


def test_corrections_are_groups_and_colours_of_the_recordings(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    label, groups, session = window.actions_[ActionId.COLOUR_LABEL], window.commands.groups, window.session
    assert not label.isEnabled()
    write(window, tmp_path / "a.eaf", "mad")
    said = open_and_wait(window, qtbot, tmp_path / "a.eaf", "a.eaf")
    assert "2 recordings" in said and "“sign: mad”" in said and "“phase”" in said
    assert groups.names == ("sign: mad", "phase: hold")
    assert [each.recordings.nonzero()[0].tolist() for each in groups.groups()] == [[7], [0, 7]]
    assert tuple(session.state.selected) == (7, 0)
    assert (session.state.colouring, session.state.label_column) == (Colouring.LABEL, "phase")
    assert label.isEnabled() and label.isChecked()
    label.trigger()
    assert session.state.label_column == SIGN
    # Once more: nothing is there twice, and another correction of the same name gets a number.
    assert "no new group" in open_and_wait(window, qtbot, tmp_path / "a.eaf", "no new group")
    write(window, tmp_path / "b.eaf", "other")
    open_and_wait(window, qtbot, tmp_path / "b.eaf", "b.eaf")
    assert groups.names == ("sign: mad", "phase: hold", "sign: other")
    while window.commands.history.can_undo:
        window.commands.history.undo()
    assert session.state.colouring is Colouring.TIME and not session.state.selected
    # A session keeps them, for activations that are opened anew.
    sessions, before = window.commands.files.sessions, all_step_labels(session.activations)
    session.update(colouring=Colouring.LABEL, label_column=SIGN)
    sessions.write(tmp_path / "kept.auslan")
    session.open(made_up_activations())
    assert not all_step_labels(session.activations)
    sessions.show(open_session(tmp_path / "kept.auslan", None))
    again = all_step_labels(session.activations)
    assert list(again) == list(before) and (session.state.colouring, session.state.label_column) == (
        Colouring.LABEL,
        SIGN,
    )
    assert all(np.array_equal(again[name].values, labels.values) for name, labels in before.items())


def test_what_is_of_other_recordings_changes_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    write_eaf(tmp_path / "a.eaf", [Tier("recording", (TimedText(0, 100, "unknown 1.1"),))])
    before = window.session.state
    window.commands.files.open_path(tmp_path / "a.eaf")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    box = QApplication.activeModalWidget()
    assert box is not None and "a.eaf is of none of the recordings" in box.text()  # type: ignore[attr-defined]
    box.close()
    assert window.session.state == before and not window.commands.groups.names
