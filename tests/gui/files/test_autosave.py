"""Of what crashes have left the newest few stay; an end that keeps has written the last change."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from types import SimpleNamespace

import pytest

from auslan_explorer import paths
from auslan_explorer.gui.files import autosave
from auslan_explorer.gui.files.autosave import LEFT_OFF, Autosave


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    made = tmp_path / "sessions"
    made.mkdir()
    return made


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written instead of sessions: a number that counts up."""
    told: list[str] = []

    def write(file: Path, what: str) -> None:
        told.append(what)
        file.write_text(what)

    monkeypatch.setattr(autosave, "write_session", write)
    return told


def test_the_oldest_of_what_crashes_left_go_and_the_newest_stay(qapp: object, folder: Path, written: list[str]) -> None:
    old = [folder / f"restored-2020010{day}-120000.auslan" for day in range(1, 9)]
    for file in old:
        file.write_text(file.name)
    (folder / "autosave-0.auslan").write_text("left")
    saves = Autosave(lambda file: "now")  # type: ignore[arg-type, return-value]
    left = saves.begin()
    assert left is not None and left.read_text() == "left"
    kept = sorted(folder.glob("restored-*.auslan"))
    assert kept == [*old[-4:], left], "five in all"
    saves.finish()
    assert not (folder / "autosave-0.auslan").exists() and sorted(folder.glob("restored-*.auslan")) == kept
    assert written == []


def test_an_end_that_keeps_has_what_was_shown_last(qapp: object, folder: Path, written: list[str]) -> None:
    shown = "first"
    saves = Autosave(lambda file: shown)  # type: ignore[arg-type, return-value]
    assert saves.begin() is None and saves.file == folder / "autosave-0.auslan"
    saves.write()
    shown = "last"
    saves.schedule()
    saves.finish(keep=True)
    assert (folder / LEFT_OFF).read_text() == "last" and written == ["first", "last"]
    assert not (folder / "autosave-0.auslan").exists() and saves.file is None


def test_what_was_written_now_is_not_written_again_a_moment_later(
    qapp: object, folder: Path, written: list[str]
) -> None:
    saves = Autosave(lambda file: "now")  # type: ignore[arg-type, return-value]
    saves.begin()
    saves.schedule()
    assert saves._timer.isActive()
    saves.write()
    assert not saves._timer.isActive()
    saves.finish()
    saves.schedule()
    assert not saves._timer.isActive(), "a window that has closed writes nothing"


@pytest.mark.parametrize(("free", "said"), [(1000, "no room left"), (1 << 40, "cannot be written")])
def test_why_a_folder_takes_no_session_is_told_by_what_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    usage = SimpleNamespace(total=1 << 42, used=(1 << 42) - free, free=free)
    monkeypatch.setattr(autosave.shutil, "disk_usage", lambda _: usage)
    assert said in autosave._unwritable_reason(tmp_path)


def test_each_window_has_a_file_of_its_own_and_without_one_it_writes_nothing(
    qapp: object, folder: Path, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "_WINDOWS", 2)
    said: list[str] = []
    windows = [Autosave(lambda file: "now") for _ in range(3)]  # type: ignore[arg-type, return-value]
    for number, saves in enumerate(windows):
        saves.failed.connect(said.append)
        assert saves.begin() is None
        saves.write()
        assert saves.file == (folder / f"autosave-{number}.auslan" if number < 2 else None)
    assert written == ["now", "now"] and not said, "others have the files: that is no failure"
    for saves in windows:
        saves.finish()
    rmtree(folder)
    folder.write_text("a file where the folder should be")
    refused = Autosave(lambda file: "now")  # type: ignore[arg-type, return-value]
    refused.failed.connect(said.append)
    assert refused.begin() is None and refused.file is None
    assert len(said) == 1 and "cannot be written" in said[0]


def test_what_a_crash_left_and_cannot_be_moved_aside_is_not_opened(
    qapp: object, folder: Path, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    (folder / "autosave-0.auslan").write_text("left")
    monkeypatch.setattr(Path, "replace", refuse)
    saves = Autosave(lambda file: "now")  # type: ignore[arg-type, return-value]
    assert saves.begin() is None and saves.file == folder / "autosave-0.auslan"
    saves.finish()
