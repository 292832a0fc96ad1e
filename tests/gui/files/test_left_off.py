"""What was shown when the program was quit is offered at the next start, and nothing of no file is lost in a crash."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.files import autosave, sessions
from auslan_explorer.gui.files.autosave import LEFT_OFF
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of sessions; the network of the windows ships with the program."""
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    write_cache(tmp_path / "activations.h5", made_up_activations())
    return tmp_path / "data" / "sessions"


def begun(window: MainWindow) -> MainWindow:
    window.sessions.begin(restore=True)
    return window


def continues(window: MainWindow) -> bool:
    return window.actions_[ActionId.CONTINUE].isEnabled()


def test_the_next_start_offers_where_one_left_off_and_never_forces_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    settings, shipped = tmp_path / "w.ini", tmp_path / "activations.h5"
    with open_window(qapp, qtbot, settings, read_cache(shipped)) as window:
        assert not continues(begun(window)) and window.identity.go_on.isHidden()
    assert list(folder.glob("*.auslan")) == [], "nothing was changed, so nothing was left off"
    with open_window(qapp, qtbot, settings, read_cache(shipped)) as window:
        begun(window).session.update(selected=(3, 4), log_scale=False)
    for _ in "ab":  # a start at which nothing is done leaves the offer
        with open_window(qapp, qtbot, settings, read_cache(shipped)) as window:
            assert continues(begun(window)) and window.identity.go_on.isVisible()
            assert window.session.state.selected == () and window.notice.isHidden()
    with open_window(qapp, qtbot, settings, read_cache(shipped)) as window:
        begun(window).session.update(points=False)
        assert window.identity.go_on.isHidden() and continues(window), "still in the menu and the palette"
        window.session.update(points=True)
        window.actions_[ActionId.CONTINUE].trigger()
        qtbot.waitUntil(lambda: window.session.state.selected == (3, 4))
        assert not window.session.state.log_scale and not continues(window)
        assert window.sessions.file is None and window.sessions.recent.files == []


def test_activations_of_no_file_come_back_after_a_crash_and_after_a_quit(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    made, settings = made_up_activations(), tmp_path / "w.ini"
    with open_window(qapp, qtbot, settings, made) as window:
        crashed = begun(window).sessions.autosave
        window.session.update(selected=(5,))
        crashed.write()
        kept = folder / f"unsaved-{made.fingerprint}.h5"
        qtbot.waitUntil(kept.exists)
        qtbot.waitUntil(lambda: not window.jobs.running)
        crashed.write()
        crashed.file = None  # as if the program had ended here
    with open_window(qapp, qtbot, settings, read_cache(tmp_path / "activations.h5")) as window:
        a = begun(window).session.activations
        assert window.session.state.selected == (5,) and a.fingerprint == made.fingerprint
        assert a.origin.kind is Kind.MEMORY and "ended unexpectedly" in window.notice.text.text()
        window.sessions.write(tmp_path / "mine.auslan")
        qtbot.waitUntil(lambda: '"beside": "mine.h5"' in (tmp_path / "mine.auslan").read_text())
    assert (folder / LEFT_OFF).is_file() and kept.is_file()
    with open_window(qapp, qtbot, settings, read_cache(tmp_path / "activations.h5")) as window:
        begun(window).actions_[ActionId.CONTINUE].trigger()
        qtbot.waitUntil(lambda: window.session.state.selected == (5,))
        assert window.session.activations.fingerprint == made.fingerprint


def test_activations_that_cannot_be_kept_for_a_crash_are_told_of(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(sessions, "write_cache", refuse)
    with open_window(qapp, qtbot, tmp_path / "w.ini", made_up_activations()) as window:
        begun(window).sessions.autosave.write()
        qtbot.waitUntil(lambda: window.notice.text.text().endswith("for the case of a crash: The disk is full."))


def test_what_was_kept_for_a_crash_goes_once_no_session_names_it(folder: Path) -> None:
    folder.mkdir(parents=True)
    files = [folder / name for name in ("unsaved-named.h5", "unsaved-stray.h5", "mine.h5")]

    def leave(hours: float) -> None:
        for file in files:
            file.write_bytes(b"")
            os.utime(file, 2 * (time.time() - 3600 * hours,))
        autosave._drop_unsaved(folder)

    (folder / LEFT_OFF).write_text('{"activations": {"beside": "unsaved-named.h5"}}')
    leave(23)
    assert all(file.exists() for file in files), "another window may have written it today"
    leave(25)
    assert sorted(file.name for file in folder.glob("*.h5")) == ["mine.h5", "unsaved-named.h5"]


def test_a_session_opens_on_the_layer_that_was_shown(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    states = np.random.default_rng(0).normal(0, 0.5, (9, 4)).astype(np.float32)
    layers = {"lower": np.concatenate([states, states], axis=1)}
    file = tmp_path / "two.h5"
    write_cache(file, cache_from_arrays(states, [5, 4], [1, 0], ["saw", "sine"], layer="upper", layers=layers))
    session_file = tmp_path / "one.auslan"
    with open_window(qapp, qtbot, tmp_path / "w.ini", with_principal_components(read_cache(file))) as window:
        window.sessions.write(tmp_path / "upper.auslan")
        window.layers.actions()[0].trigger()
        qtbot.waitUntil(lambda: window.session.activations.layer == "lower")
        window.session.update(selected=(1,))
        window.sessions.write(session_file)
        for name, layer in (("upper.auslan", "upper"), ("one.auslan", "lower")):
            window.commands.files.open_path(tmp_path / name)
            qtbot.waitUntil(lambda name=name: window.sessions.file == tmp_path / name)
            assert window.session.activations.layer == layer and window.notice.isHidden()
        assert window.session.state.selected == (1,) and window.session.activations.units == 8
    session_file.write_text(session_file.read_text().replace('"layer": "lower"', '"layer": "none"'))
    with open_window(qapp, qtbot, tmp_path / "w.ini") as window:
        window.commands.files.open_path(session_file)
        qtbot.waitUntil(window.notice.isVisible)
        assert "its layer none is not in the file" in window.notice.text.text()
