"""Hostile files opened in a window, and a cache that is cut or gone while it is open: a sentence, and all goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.session_file import read_session
from tests.cli.test_hostile_files import CASES
from tests.gui.window_parts import made_up_activations, open_window

# Archives are imported, not opened. The others are no errors here: a bomb's arrays are asked about before one is read,
# and of a session what can be used is shown, with a notice.
ELSEWHERE = {"npz bomb", "session of a list", "session with a surrogate"}
OPENED = {
    name: (file, make)
    for name, (file, _, make) in CASES.items()
    if not file.endswith(".tar.gz") and name not in ELSEWHERE
}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    file = tmp_path / "states.h5"
    write_cache(file, made_up_activations())
    return file


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.json", read_cache(cache)) as shown:
        yield shown


def messages(app: QApplication) -> list[QMessageBox]:
    return [box for box in app.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def test_every_hostile_file_is_a_sentence_and_what_was_there_stays(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.session.activations
    for name, (file, make) in OPENED.items():
        path = tmp_path / name / file
        path.parent.mkdir()
        make(path)
        window.commands.files.open_path(path)
        qtbot.waitUntil(lambda: bool(messages(qapp)))
        (box,) = messages(qapp)
        said = box.text()
        assert said.endswith((".", "…")) and "Traceback" not in said and len(said) < 1000, (name, said)
        assert not box.detailedText(), (name, box.detailedText())
        box.close()
        assert window.session.activations is before, name


@pytest.mark.parametrize("size", [0, 700, None])
def test_a_cache_that_is_cut_or_gone_while_it_is_open_is_told_and_the_session_can_be_saved(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, tmp_path: Path, cache: Path, size: int | None
) -> None:
    if size is None:
        cache.unlink()
    else:
        os.truncate(cache, size)
    with pytest.raises(UserError, match=r"states\.h5"):
        window.session.activations.recording_states(0)
    window.session.update(selected=(3, 4), step=5, colouring=Colouring.ERROR)
    for action in (ActionId.INSPECTOR, ActionId.QUALITY_DOCK):
        window.actions_[action].trigger()
    qtbot.waitUntil(lambda: not window.jobs.running)
    for box in messages(qapp):
        assert not box.detailedText() and "Traceback" not in box.text()
        box.close()
    window.sessions.write(tmp_path / "mine.auslan")
    assert read_session(tmp_path / "mine.auslan").shown["selected"]
    window.commands.files.open_path(cache)
    qtbot.waitUntil(lambda: bool(messages(qapp)))
    (box,) = messages(qapp)
    assert "states.h5" in box.text() and not box.detailedText()
    box.close()
