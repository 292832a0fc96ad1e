from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.atomic import write_bytes, write_error, writing


def test_writes_a_new_file_with_the_persons_umask(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_bytes(tmp_path / "a.bin", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.bin").read_bytes() == b"new"
    if os.name == "posix":
        assert (tmp_path / "a.bin").stat().st_mode & 0o777 == 0o644


def test_the_temporary_file_lies_beside_and_has_the_same_suffix(tmp_path: Path) -> None:
    with writing(tmp_path / "film.mp4") as temporary:
        assert temporary.parent == tmp_path.resolve()
        assert temporary.suffix == ".mp4"
        temporary.write_bytes(b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


def test_what_is_written_is_on_the_disk_before_it_replaces_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.bin").write_bytes(b"old")
    found: list[tuple[bytes, int]] = []
    monkeypatch.setattr(
        os, "fsync", lambda file: found.append(((tmp_path / "a.bin").read_bytes(), os.fstat(file).st_size))
    )
    write_bytes(tmp_path / "a.bin", b"newer")
    assert found == [(b"old", 5)]


@pytest.mark.parametrize("error", [RuntimeError("boom"), KeyboardInterrupt()])
def test_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(type(error)), writing(target) as temporary:
        temporary.write_bytes(b"half")
        raise error
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_a_broken_disk_is_a_sentence_and_leaves_what_was_there(tmp_path: Path, broken_disk: str) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match=broken_disk):
        write_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(UserError, match="not an ordinary file"):
        write_bytes(Path("/dev/full"), b"x")
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_while_writing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no room"), writing(tmp_path / "a.bin") as temporary:
        temporary.unlink()
        temporary.symlink_to("/dev/full")
        temporary.write_bytes(b"x" * 100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_a_file_for_a_folder_and_a_folder_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="does not exist"):
        write_bytes(tmp_path / "none" / "a.bin", b"x")
    with pytest.raises(UserError, match="not a folder"):
        write_bytes(tmp_path / "file" / "a.bin", b"x")
    with pytest.raises(UserError, match="is a folder"):
        write_bytes(tmp_path, b"x")


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_bytes(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_an_error_about_another_file_is_not_blamed_on_this_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path / "a.bin"):
        (tmp_path / "source").read_bytes()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, 0])
def test_every_error_is_one_sentence(number: int) -> None:
    text = str(write_error(OSError(number, "some reason"), Path("/x/y")))
    assert "/x/y" in text
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "There is no room left to write /x/y;"),
        (errno.EDQUOT, "There is no room left to write /x/y;"),
        (errno.EFBIG, "There is no room left to write /x/y;"),
        (errno.EACCES, "/x/y may not be written;"),
        (errno.EPERM, "/x/y may not be written;"),
        (errno.EROFS, "/x/y lies on a disk that can only be read;"),
        (errno.ENOENT, "The folder /x does not exist;"),
        (errno.ENOTDIR, "/x is not a folder;"),
        (errno.EISDIR, "/x/y is a folder;"),
        (errno.ENAMETOOLONG, "The file name /x/y is too long;"),
        (errno.EIO, "/x/y could not be written (why);"),
    ],
)
def test_what_went_wrong_is_told_for_what_it_is(number: int, sentence: str) -> None:
    assert str(write_error(OSError(number, "why"), Path("/x/y"))).startswith(sentence)
