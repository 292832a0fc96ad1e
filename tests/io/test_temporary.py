"""Temporary files: of this process, beside targets, and what killed processes leave."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io import temporary
from auslan_explorer.io.atomic import writing
from auslan_explorer.io.temporary import (
    beside,
    clear_left_behind,
    folder_for_child,
    move_into,
    temporary_files_inside,
    temporary_folder,
)

KILLED = """
import os, sys
from pathlib import Path
from auslan_explorer.io.temporary import *
from auslan_explorer.io import temporary
from auslan_explorer.io.atomic import writing
target = Path(sys.argv[1])
def end():
    print("waiting", flush=True)
    if sys.argv[2] == "wait":
        sys.stdin.read()
    os._exit(9)
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's data folder."""
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def die(out: Path, script: str, how: str = "at once") -> subprocess.Popen[bytes]:
    """Start a process that is killed in the middle of a script, or waits there for its input's end."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED + script, str(out), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None and process.stdout.readline() == b"waiting\n"
    return process


def files(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir())


BOTH = """
with writing(target / "a.h5") as part, temporary_folder("x") as folder:
    part.write_text("half")
    (folder / "y").write_text("y")
    end()
"""


def test_what_a_killed_process_left_goes_with_the_next_start_and_what_a_living_one_needs_stays(
    out: Path, data: Path
) -> None:
    (out / "a.h5").write_text("old")
    (out / ".mine-000000000000.part.h5").write_text("of somebody else")
    living = die(out, BOTH, "wait")
    clear_left_behind()
    assert len(files(out)) == 3 and len(files(data)) == 3
    living.communicate()
    assert len(files(out)) == 3 and len(files(data)) == 3
    clear_left_behind()
    assert files(out) == [".mine-000000000000.part.h5", "a.h5"] and (out / "a.h5").read_text() == "old"
    assert list(data.iterdir()) == []


def test_frames_that_were_whole_are_all_put_in_place_by_the_next_start(out: Path) -> None:
    (out / "mine.txt").write_text("mine")
    script = """
with beside(target / "frames") as part:
    part.mkdir()
    for number in range(5):
        (part / f"{number}.png").write_text(str(number))
    replace, count = os.replace, 0
    def stop(*args):
        global count
        count += 1
        replace(*args) if count < 3 else end()
    os.replace = stop
    move_into(part, target)
"""
    die(out, script).communicate()
    assert len(list(out.glob("*.png"))) == 2
    clear_left_behind()
    assert files(out) == ["0.png", "1.png", "2.png", "3.png", "4.png", "mine.txt"]
    assert all((out / f"{number}.png").read_text() == str(number) for number in range(5))


def test_frames_that_were_not_whole_go(out: Path) -> None:
    die(out, 'with beside(target / "frames") as part:\n  part.mkdir(); (part / "0.png").touch(); end()').communicate()
    assert files(out)
    clear_left_behind()
    assert list(out.iterdir()) == []


def test_moving_frames_replaces_none_and_takes_back_what_it_moved(out: Path) -> None:
    (out / "b.png").write_text("mine")
    with pytest.raises(FileExistsError), beside(out / "frames") as part:
        part.mkdir()
        for name in "abc":
            (part / f"{name}.png").write_text("new")
        move_into(part, out)
    assert files(out) == ["b.png"] and (out / "b.png").read_text() == "mine"


def test_nothing_is_left_where_all_goes_well(out: Path, data: Path) -> None:
    with temporary_folder("x") as folder, temporary_folder("x") as other:
        assert folder.parent == other.parent and folder != other
        (folder / "y").touch()
        with writing(out / "a"):
            assert len(files(data)) == 3
    assert files(data) == [] and list(data.iterdir()) == [] and files(out) == ["a"]


def test_libraries_and_children_put_their_files_inside_and_the_surroundings_are_as_before(data: Path) -> None:
    before = (tempfile.gettempdir(), {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")})
    with temporary_files_inside("training"):
        command = [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"]
        asked = subprocess.run(command, capture_output=True, text=True, check=True)
        for name in (tempfile.mkdtemp(), asked.stdout.strip()):
            assert data in Path(name).parents
    assert before == (tempfile.gettempdir(), {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")})
    assert list(data.iterdir()) == []


def test_a_note_leads_to_nothing_but_a_file_of_its_kind(out: Path, data: Path) -> None:
    (out / "precious").write_text("mine")
    script = """
with temporary_folder("x") as folder:
    (folder.parent / "0.beside").write_bytes(os.fsencode(target / "precious"))
    (folder.parent / "1.beside").write_bytes(b"\\0\\xff" * 9)
    (folder.parent / "2.beside").symlink_to("/dev/zero")
    end()
"""
    die(out, script).communicate()
    clear_left_behind()
    assert files(out) == ["precious"] and list(data.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="links and owners as POSIX has them")
def test_a_folder_that_is_a_link_or_somebody_else_s_is_left_alone(
    out: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "precious").mkdir()
    (data / "temporary").mkdir(parents=True)
    (data / "temporary" / "1-aaaaaaaaaaaa").symlink_to(out / "precious")
    die(out, BOTH).communicate()
    with monkeypatch.context() as changed:
        changed.setattr(temporary.os, "getuid", lambda: 12345)
        clear_left_behind()
    assert len(files(out)) == 1
    clear_left_behind()
    assert [each.name for each in out.iterdir()] == ["precious"]


def test_where_the_data_folder_cannot_be_made_the_system_s_own_is_used(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "file" / "data"))
    system = tmp_path / "system"
    system.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(system))
    with temporary_folder("x") as folder:
        assert system in folder.parents
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file" / "x"))
    with writing(out / "a"):  # nowhere to note it, and written all the same
        pass
    assert files(out) == ["a"] and files(system) == []
    monkeypatch.setattr(temporary, "_make", lambda: None)
    with pytest.raises(UserError, match="No temporary folder can be made"), temporary_folder("x"):
        pass


@pytest.mark.parametrize("name", ["字" * 85, "a" * 255, "b." + "x" * 250, "\udcff"])
def test_the_longest_names_can_be_written(out: Path, name: str) -> None:
    try:
        (out / name).touch()
    except (OSError, UnicodeError) as error:
        pytest.skip(f"this disk knows no such name: {error}")
    with writing(out / name) as part:
        part.write_text("x")
    assert os.listdir(out) == [name]


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize("moment", ["_make", "_release"])
def test_an_interrupt_while_the_folder_is_made_or_removed_comes_afterwards_and_leaves_nothing(
    moment: str, out: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = getattr(temporary, moment)

    def interrupted(*given: object) -> object:
        signal.raise_signal(signal.SIGINT)
        result = step(*given)
        signal.raise_signal(signal.SIGINT)
        return result

    monkeypatch.setattr(temporary, moment, interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), temporary.beside(out / "a.csv") as part:
            part.write_text("half")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert not list(out.iterdir()) and not (data / "temporary").exists()


def test_where_a_disk_knows_no_locks_only_what_is_a_week_old_goes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_locks", lambda descriptor: None)
    now, week = time.time(), 7 * 24 * 3600
    for name, age in (("old", week + 60), ("young", week - 60)):
        folder = data / temporary.FOLDER / name
        folder.mkdir(mode=0o700, parents=True)
        (folder / temporary._LOCK).touch()
        os.utime(folder, (now - age, now - age))
    clear_left_behind()
    assert [each.name for each in (data / temporary.FOLDER).iterdir()] == ["young"]


def test_a_childs_folder_stays_while_its_descriptor_is_open_and_goes_with_the_next_start(data: Path) -> None:
    folder, descriptor = folder_for_child()
    assert folder.parent == data / temporary.FOLDER and folder.stat().st_mode & 0o777 == 0o700
    clear_left_behind()
    assert folder.is_dir()
    os.close(descriptor)
    clear_left_behind()
    assert not folder.parent.exists()


def test_a_folder_without_its_first_file_goes_only_where_it_is_empty(data: Path) -> None:
    empty, full = (data / temporary.FOLDER / name for name in ("empty", "full"))
    for folder in (empty, full):
        folder.mkdir(mode=0o700, parents=True)
    (full / "kept").touch()
    clear_left_behind()
    assert not empty.exists() and (full / "kept").exists()


def test_no_room_for_a_childs_folder_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_roots", list)
    with pytest.raises(UserError, match=r"No temporary folder can be made; free some space in your data folder\."):
        folder_for_child()


def test_a_folder_that_somebody_else_has_removed_is_no_error(data: Path) -> None:
    with temporary_folder("download") as folder:
        shutil.rmtree(data)
        assert not folder.exists()
    assert not data.exists()
