"""What sessions do beside the window: activations of no file are kept, and what fails is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.files import sessions
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.session_file import SavedSession
from auslan_explorer.workflows.sessions import OpenedSession
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def test_what_a_session_shows_is_kept_beside_it_and_offered_among_the_persons_activations(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.sessions.write(tmp_path / "mine.auslan")
    kept = tmp_path / "mine.h5"
    qtbot.waitUntil(lambda: kept in window.sessions.recent.activations)
    assert window.sessions.recent.files == [tmp_path / "mine.auslan"], "what was written by the way is no document"
    assert read_cache(kept).fingerprint == window.session.activations.fingerprint
    window.sessions.write(tmp_path / "another.auslan")
    assert not window.jobs.running, "what is kept is not kept again"


@pytest.mark.parametrize(
    ("at", "ask"),
    [
        ("write_cache", lambda files, file: files.write(file)),
        ("open_session", lambda files, file: files.open_file(file)),
        (
            "with_maps",
            lambda files, file: files._find_maps_and_show(OpenedSession(file, SavedSession({}), None, ()), ""),
        ),
    ],
)
def test_what_goes_wrong_beside_the_window_is_said(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    ask: Callable[[sessions.SessionFiles, Path], None],
) -> None:
    def fail(*_: object) -> None:
        raise UserError("The disk is full; make room.")

    monkeypatch.setattr(sessions, at, fail)
    told: list[str] = []
    monkeypatch.setattr(window.sessions._reporter, "show_error", lambda words, *_: told.append(words))
    ask(window.sessions, tmp_path / "mine.auslan")
    qtbot.waitUntil(lambda: told == ["The disk is full; make room."])


@pytest.mark.parametrize("sentence", ["", "What was shown is back."])
@pytest.mark.parametrize("remarks", [(), ("a run is gone", "a sign is missing")])
def test_what_could_not_be_restored_is_said_after_what_happened(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sentence: str, remarks: tuple[str, ...]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window.sessions._reporter, "add_notice", told.append)
    collected = window.sessions.collect(tmp_path / "a.auslan")
    saved = replace(collected, shown=json.loads(json.dumps(collected.shown)))
    for restored in (True, False):
        told.clear()
        window.sessions.show(OpenedSession(tmp_path / "a.auslan", saved, None, remarks, restored), sentence)
        whole = f"The session could not be opened whole: {'; '.join(remarks)}." if remarks else ""
        assert told == [" ".join(part for part in (sentence, whole) if part)]
        assert (window.sessions.file is None) is restored, "what a crash has left is nobody's file"
