from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io.archives import Limits, recording_files

Files = dict[str, bytes]


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def read(path: Path, limits: Limits | None = None) -> Files:
    return {name[name.index("tctodd") :]: data for name, data in recording_files(path, limits=limits)}


@pytest.mark.parametrize(
    "nest",
    [
        lambda tar, zipped, files: tar(files),
        lambda tar, zipped, files: tar(files, "w"),
        lambda tar, zipped, files: tar(files, "w:bz2"),
        lambda tar, zipped, files: tar(files, "w:xz"),
        lambda tar, zipped, files: zipped(files),
        lambda tar, zipped, files: zipped({"tctodd.tar.gz": tar(files), "Index": b"text"}),
        lambda tar, zipped, files: zipped({"a/b.zip": zipped(files)}),
        lambda tar, zipped, files: tar({"x/tctodd.zip": zipped(files)}),
        lambda tar, zipped, files: tar({"tctodd.tar.xz": lzma.compress(tar(files, "w"))}, "w"),
        lambda tar, zipped, files: tar({f"./{name}": data for name, data in files.items()}),
        lambda tar, zipped, files: zipped({"__MACOSX/tctodd/tctodd1/._hello-1.tsd": b"x", ".DS_Store": b"", **files}),
    ],
)
def test_every_nesting(nest: Callable, as_tar: Callable, as_zip: Callable, made_up: Files, tmp_path: Path) -> None:
    assert read(write(tmp_path / "archive", nest(as_tar, as_zip, made_up))) == made_up


def test_folders_at_any_level(made_up: Files, tmp_path: Path) -> None:
    for name, data in made_up.items():
        write(tmp_path / "top" / name, data)
    write(tmp_path / "top" / "README", b"foreign files are left alone")
    assert read(tmp_path / "top") == made_up
    assert len(read(tmp_path / "top" / "tctodd")) == len(made_up)
    one = read(tmp_path / "top" / "tctodd" / "tctodd2")
    assert set(one) == {name.removeprefix("tctodd/") for name in made_up if "tctodd2" in name}


def test_a_folder_that_holds_the_archive(as_tar: Callable, made_up: Files, tmp_path: Path) -> None:
    write(tmp_path / "data" / "tctodd.tar.gz", as_tar(made_up))
    write(tmp_path / "data" / "other.zip", b"something else")
    assert read(tmp_path / "data") == made_up
    (tmp_path / "data" / "tctodd.tar.gz").rename(tmp_path / "data" / "renamed.tar.gz")
    with pytest.raises(UserError, match="holds 2 archives"):
        read(tmp_path / "data")


def test_missing_empty_and_foreign(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file or folder"):
        read(tmp_path / "none.zip")
    with pytest.raises(UserError, match=r"a\.zip is empty"):
        read(write(tmp_path / "a.zip", b""))
    for name, data in (("a.txt", b"just text"), ("a.tar", b"x" * 2000), ("b.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 600)):
        with pytest.raises(UserError, match="not an archive of recordings"):
            read(write(tmp_path / name, data))
    with pytest.raises(UserError, match="damaged"):
        read(write(tmp_path / "text.gz", gzip.compress(b"no tar")))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97])
@pytest.mark.parametrize("kind", ["w", "w:gz", "w:bz2", "w:xz", "zip", "tar.gz in zip"])
def test_truncated(kind: str, share: float, as_tar: Callable, as_zip: Callable, made_up: Files, tmp_path: Path) -> None:
    if kind == "zip":
        data = as_zip(made_up)
    elif kind == "tar.gz in zip":
        inner = as_tar(made_up)
        data = as_zip({"tctodd.tar.gz": inner[: int(len(inner) * share)]})
        share = 1.0
    else:
        data = as_tar(made_up, kind).rstrip(b"\0") if kind == "w" else as_tar(made_up, kind)
    with pytest.raises(UserError, match=r"archive\.bin is (damaged|not an archive)"):
        read(write(tmp_path / "archive.bin", data[: int(len(data) * share)]))


def test_a_flipped_bit_is_noticed(as_tar: Callable, as_zip: Callable, made_up: Files, tmp_path: Path) -> None:
    for data in (as_tar(made_up), as_zip(made_up), bz2.compress(as_tar(made_up, "w"))):
        middle = len(data) // 2
        broken = data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]
        with pytest.raises(UserError, match="damaged"):
            read(write(tmp_path / "a", broken))


@pytest.mark.parametrize("path", ["/etc/tctodd1/x-1.tsd", "../tctodd1/x-1.tsd", "a/../../x", "C:/x", "..\\x-1.tsd"])
def test_paths_that_lead_out(path: str, as_tar: Callable, as_zip: Callable, tmp_path: Path) -> None:
    for data in (as_tar({path: b"x"}), as_zip({path: b"x"})):
        with pytest.raises(UserError, match="leads out of it"):
            read(write(tmp_path / "a", data))
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar(kind: bytes, tmp_path: Path) -> None:
    member = tarfile.TarInfo("tctodd1/hello-1.tsd")
    member.type, member.linkname = kind, "/etc/passwd"
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        tar.addfile(member)
    with pytest.raises(UserError, match="link or device"):
        read(tmp_path / "a.tar")


def test_links_in_a_zip(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("tctodd1/hello-1.tsd")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(UserError, match="link or device"):
        read(tmp_path / "a.zip")


def test_a_locked_zip(as_zip: Callable, made_up: Files, tmp_path: Path) -> None:
    data = bytearray(as_zip(made_up))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(UserError, match="password"):
        read(write(tmp_path / "a.zip", bytes(data)))


def test_bombs_stop_early(as_zip: Callable, as_tar: Callable, tmp_path: Path) -> None:
    zeros = b"\0" * (40 << 20)
    limits = Limits(total_bytes=8 << 20)
    bombs = {
        "larger than": as_zip({"tctodd1/hello-1.tsd": zeros}),
        "unpacks to more": gzip.compress(zeros),
        "unpacks to more than 8 MB": as_zip({"tctodd.gz": gzip.compress(zeros)}),
        r"larger than any recording \(40960 kB\)": as_tar({"tctodd1/hello-1.tsd": zeros}),
        "unpacks to": as_zip({f"tctodd1/x{i}-1.tsd": b"\0" * (3 << 20) for i in range(12)}),
    }
    # a pax header that claims to be huge would be read whole by tarfile
    header = tarfile.TarInfo("huge")
    header.type, header.size = tarfile.XHDTYPE, 40 << 20
    bombs["damaged"] = gzip.compress(header.tobuf(tarfile.USTAR_FORMAT) + zeros)
    del zeros
    for says, data in bombs.items():
        tracemalloc.start()
        with pytest.raises(UserError, match=says):
            list(recording_files(write(tmp_path / "bomb", data), limits=limits))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 32 << 20, says


def test_a_zip_member_that_claims_to_be_small(as_zip: Callable, tmp_path: Path) -> None:
    data = bytearray(as_zip({"tctodd1/hello-1.tsd": b"\0" * (40 << 20)}))
    size_at = data.rindex(b"PK\x01\x02") + 24  # in the table of contents at the end
    data[size_at : size_at + 4] = (1000).to_bytes(4, "little")
    file = write(tmp_path / "bomb.zip", bytes(data))
    tracemalloc.start()
    with pytest.raises(UserError, match="damaged"):
        read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 << 20


def test_too_many_members_and_too_deep(as_zip: Callable, as_tar: Callable, tmp_path: Path) -> None:
    many = {f"folder/{i}.txt": b"" for i in range(300)}
    for data in (as_zip(many), as_tar(many)):
        with pytest.raises(UserError, match="more than 200 files"):
            read(write(tmp_path / "a", data), Limits(members=200))
    for pack in (as_zip, as_tar):
        deep = as_zip({"a.zip": pack({"b.zip": as_zip({})})})
        with pytest.raises(UserError, match="too deeply"):
            read(write(tmp_path / "a", deep))


def test_cancel(as_tar: Callable, made_up: Files, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tar.gz", as_tar(made_up))
    asked = iter([False] * 12 + [True] * 100)
    with pytest.raises(Cancelled):
        list(recording_files(path, cancelled=lambda: next(asked)))


def test_a_recording_too_large_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "tctodd1" / "hello-1.tsd", b"0" * 2000)
    with pytest.raises(UserError, match="larger than any recording"):
        read(tmp_path, Limits(member_bytes=1000))


def test_an_unread_zip_member_is_not_unpacked(as_zip: Callable, made_up: Files, tmp_path: Path) -> None:
    data = as_zip({"film.avi": b"\0" * (20 << 20), **made_up})
    assert read(write(tmp_path / "a.zip", data), Limits(total_bytes=1 << 20)) == made_up


def test_what_is_as_large_as_can_be_is_read_and_no_more(
    as_zip: Callable, as_tar: Callable, made_up: Files, tmp_path: Path
) -> None:
    for name, data in made_up.items():
        write(tmp_path / "folder" / name, data)
    write(tmp_path / "a.zip", as_zip(made_up))
    write(tmp_path / "a.tar", as_tar(made_up, "w"))
    largest, total = max(map(len, made_up.values())), sum(map(len, made_up.values()))
    for place in (tmp_path / "folder", tmp_path / "a.zip", tmp_path / "a.tar"):
        assert read(place, Limits(member_bytes=largest)) == made_up
        with pytest.raises(UserError, match="larger than any recording"):
            read(place, Limits(member_bytes=largest - 1))
        if place.suffix:
            assert read(place, Limits(members=len(made_up))) == made_up
            with pytest.raises(UserError, match=f"more than {len(made_up) - 1} files"):
                read(place, Limits(members=len(made_up) - 1))
    assert read(tmp_path / "folder", Limits(total_bytes=total)) == made_up
    with pytest.raises(UserError, match="unpacks to more than 0 MB"):
        read(tmp_path / "folder", Limits(total_bytes=total - 1))
