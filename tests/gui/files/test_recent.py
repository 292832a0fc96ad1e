"""Recent files: newest first, no more than fit a menu, sessions told from activations, kept for the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer import paths
from auslan_explorer.gui.files.recent import MOST_RECENT, RecentFiles
from auslan_explorer.gui.settings.store import Settings


@pytest.fixture
def recent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RecentFiles:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    return RecentFiles(Settings(tmp_path / "window.ini"))


def test_the_last_opened_is_first_once_and_the_oldest_go(recent: RecentFiles, tmp_path: Path) -> None:
    names = [f"{number}.auslan" for number in range(MOST_RECENT + 2)]
    for name in (*names, names[4]):
        recent.remember(tmp_path / name)
    left = [name for name in reversed(names) if name != names[4]]
    assert [file.name for file in recent.files] == [names[4], *left][:MOST_RECENT]


def test_they_outlive_the_program_whatever_they_are_called(recent: RecentFiles, tmp_path: Path) -> None:
    for name in ("ü.h5", "a, b & c.auslan", "line's end \u2028.h5"):
        recent.remember(tmp_path / name)
    again = RecentFiles(Settings(tmp_path / "window.ini"))
    assert again.files == recent.files and len(again.files) == 3
    recent.forget()
    assert RecentFiles(Settings(tmp_path / "window.ini")).files == []


def test_sessions_are_told_from_activations_which_must_be_there(recent: RecentFiles, tmp_path: Path) -> None:
    session, upper, cache, gone, made = (
        tmp_path / name for name in ("one.auslan", "two.AUSLAN", "a.h5", "gone.h5", "made.h5")
    )
    for file in (session, upper, cache, made):
        file.touch()
    for file in (session, upper, cache, gone):
        recent.remember(file)
    recent.remember_made(made)
    assert recent.files == [gone, cache, upper, session]
    assert recent.sessions == [upper, session] and recent.activations == [made, cache]
    of_command_line = tmp_path / "data" / "models" / "activations.h5"
    of_command_line.parent.mkdir(parents=True)
    of_command_line.touch()
    assert recent.activations == [made, cache, of_command_line]
    recent.remember(of_command_line)
    assert recent.activations == [of_command_line, made, cache]
