"""Reads recordings from a folder or a (nested) archive; unpacks in memory, with path checks and size limits.

Nothing is written to disk: a member's path only identifies the recording. Unsafe paths are refused all the same, since
they show that the archive is not what it claims to be.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal, Protocol, cast

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.io.opening import check_regular, opened, read_bytes, shown, translating

Kind = Literal["zip", "gzip", "bzip2", "xz", "tar"]

ARCHIVE_SUFFIXES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz")
RECORDING_SUFFIX = ".tsd"
HEAD_BYTES = 512
_OPEN: dict[str, Callable[..., Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}

LONGEST_PATH = 1024
_MOST_HEADER_BYTES = 64 << 10
_HEADERS_OF_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


@dataclass(frozen=True)
class Limits:
    """Size limits of an archive; UCI's has 2565 recordings of at most 30 kB, 29 MB unpacked, in a tar.gz in a zip.

    Attributes
    ----------
    member_bytes : int
        Size of one recording's file.
    total_bytes : int
        Everything unpacked, both layers together.
    members : int
        Files and folders, both layers together.
    """

    member_bytes: int = 4 << 20
    total_bytes: int = 256 << 20
    members: int = 50_000


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Meter:
    """Counts unpacked bytes and members, and raises at a limit or after a cancel."""

    def __init__(self, source: Path, limits: Limits, cancelled: IsCancelled) -> None:
        self.source, self.limits, self.cancelled = source, limits, cancelled
        self.bytes = self.members = 0

    def left(self) -> int:
        if self.cancelled():
            raise Cancelled
        return self.limits.total_bytes - self.bytes

    def add_bytes(self, count: int) -> None:
        self.bytes += count
        if self.bytes > self.limits.total_bytes:
            raise UserError(
                f"{shown(self.source)} unpacks to more than {self.limits.total_bytes >> 20} MB, "
                "far more than the recordings take; use the archive as UCI serves it."
            )

    def add_member(self) -> None:
        self.left()
        self.members += 1
        if self.members > self.limits.members:
            raise UserError(
                f"{shown(self.source)} holds more than {self.limits.members} files; choose the recordings’ own "
                "folder or archive."
            )

    def refuse_size(self, size: int, limit: int, name: str) -> None:
        if size > limit:
            raise UserError(
                f"{shown(name)} is larger than any recording ({size >> 10} kB); use the archive as UCI serves it."
            )


class _Member(tarfile.TarInfo):
    """Member of a tar whose long name or extended header is read only where it is of a sane size."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _HEADERS_OF_HEADERS and self.size > _MOST_HEADER_BYTES:
            raise tarfile.ReadError("a header as long as no name is")
        return super()._proc_member(archive)  # type: ignore[misc]


class _Stream:
    """Forward-only stream that reports what is read to a meter."""

    def __init__(self, source: _Readable, meter: _Meter) -> None:
        self._source, self._meter = source, meter
        self.tail = b""
        """The last 512 bytes read."""

    def read(self, size: int, /) -> bytes:
        data = self._source.read(min(size, max(self._meter.left(), 0) + 1))
        self._meter.add_bytes(len(data))
        self.tail = (self.tail + data)[-512:]
        return data


def kind_of(head: bytes) -> Kind | None:
    """Detect the kind of archive or compression from a file's first `HEAD_BYTES` bytes; None where it is neither."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"BZh"):
        return "bzip2"
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    if head[257:262] == b"ustar":
        return "tar"
    return None


def recording_files(
    source: Path, cancelled: IsCancelled = never, limits: Limits | None = None
) -> Iterator[tuple[str, bytes]]:
    """Walk a folder or an archive and yield the path and content of every ``.tsd`` file.

    Parameters
    ----------
    source : Path
        A folder at any level above the files (or one that holds the archive), a tar (plain, gz, bz2, xz), a zip, or
        one of these in another.
    cancelled : callable, optional
        Asked often; True stops.
    limits : Limits, optional
        Size limits.

    Yields
    ------
    tuple of str and bytes
        Path inside the source, with ``/``, and the file's content.

    Raises
    ------
    UserError
        If the source is missing, foreign, damaged, over the limits, or holds paths that leave it, links or devices.
    Cancelled
        If `cancelled` returns True.
    """
    meter = _Meter(source, limits or Limits(), cancelled)
    with translating(source, "a folder or archive of recordings"):
        if os.path.isdir(source):
            yield from _walk_folder(source, meter)
        elif os.path.lexists(source):
            yield from _walk_file(source, meter)
        else:
            raise UserError(f"There is no file or folder {shown(source)}; check the path.")


def unpack_all(file: IO[bytes], kind: Kind | None) -> None:
    """Unpack a compressed file to its end, and forget it; whatever the decompressor raises where it is cut off."""
    if kind not in _OPEN:
        return
    left = Limits().total_bytes
    with _OPEN[kind](file) as unpacked:
        while left > 0 and (block := unpacked.read(1 << 20)):
            left -= len(block)


# ---------------------------------------------------------------------------------------------------------- folders
def _walk_folder(root: Path, meter: _Meter) -> Iterator[tuple[str, bytes]]:
    def fail(error: OSError) -> None:
        reason = error.strerror or error
        raise UserError(f"{shown(error.filename)} cannot be read ({reason}); check the disk and its rights.") from error

    # The folder's own name counts, so that a single tctodd3 can be chosen.
    top = root.resolve()
    recordings: list[Path] = []
    archives: list[Path] = []
    for folder, folders, names in os.walk(top, onerror=fail):
        folders.sort()
        for name in sorted(names):
            meter.add_member()
            if _is_litter(name):
                continue
            if name.lower().endswith(RECORDING_SUFFIX):
                recordings.append(Path(folder, name))
            elif name.lower().endswith(ARCHIVE_SUFFIXES):
                archives.append(Path(folder, name))
    for path in recordings:
        label = _as_text(f"{top.name}/{path.relative_to(top).as_posix()}")
        meter.refuse_size(check_regular(path), meter.limits.member_bytes, label)
        data = read_bytes(path, meter.limits.member_bytes, "a recording")
        meter.add_bytes(len(data))
        yield label, data
    if recordings:
        return
    # An unpacked zip leaves a folder with the tarball in it.
    named = [path for path in archives if "tctodd" in path.name]
    chosen = named or archives
    if len(chosen) > 1:
        raise UserError(f"{shown(root)} holds {len(chosen)} archives and no recordings; choose one of the archives.")
    for path in chosen:
        yield from _walk_file(path, meter)


# --------------------------------------------------------------------------------------------------------- archives
def _walk_file(path: Path, meter: _Meter) -> Iterator[tuple[str, bytes]]:
    with opened(path, "an archive of recordings") as file:
        head = file.read(HEAD_BYTES)
        if not head:
            raise UserError(f"{shown(path)} is empty; download the archive again.")
        if kind_of(head) is None:
            raise UserError(
                f"{shown(path)} is not an archive of recordings; choose the folder of .tsd files, tctodd.tar.gz, or "
                "the zip that UCI serves."
            )
        yield from _walk_archive(file, meter, path.name, inner=False)


def _walk_archive(file: IO[bytes], meter: _Meter, name: str, *, inner: bool) -> Iterator[tuple[str, bytes]]:
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    file.seek(0)
    if kind == "zip":
        yield from _walk_zip(file, meter, name, inner=inner)
    elif kind == "tar":
        yield from _walk_tar(file, meter, name, inner=inner)
    elif kind is not None:
        with _OPEN[kind](file) as unpacked:
            yield from _walk_tar(unpacked, meter, name, inner=inner)


def _walk_inner(content: IO[bytes], meter: _Meter, path: str, *, inner: bool) -> Iterator[tuple[str, bytes]]:
    """Walk an archive that is a member of another; a third level is refused."""
    if inner:
        raise UserError(f"{shown(meter.source)} nests archives too deeply; unpack it by hand and choose the folder.")
    # A zip's table of contents stands at its end, so it has to be seekable.
    with tempfile.SpooledTemporaryFile(max_size=32 << 20) as spool:
        while block := content.read(1 << 20):
            meter.add_bytes(len(block))
            spool.write(block)
        yield from _walk_archive(cast(IO[bytes], spool), meter, path, inner=True)


def _walk_tar(file: _Readable, meter: _Meter, name: str, *, inner: bool) -> Iterator[tuple[str, bytes]]:
    stream = _Stream(file, meter)
    with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|", tarinfo=_Member) as tar:
        for member in tar:
            path = _checked_path(member.name, meter)
            if not (member.isfile() or member.isdir()):
                raise UserError(
                    f"{shown(meter.source)} holds a link or device ({shown(path)}); use the archive as UCI serves it."
                )
            wanted = path.lower().endswith(RECORDING_SUFFIX)
            meter.refuse_size(member.size, meter.limits.member_bytes if wanted else meter.limits.total_bytes, path)
            content = None if _is_litter(path) else tar.extractfile(member)
            if content is None:
                continue
            if wanted:
                yield path, content.read()
            elif path.lower().endswith(ARCHIVE_SUFFIXES):
                yield from _walk_inner(content, meter, path, inner=inner)
    # tarfile takes a broken or missing header for the end; a whole tar ends in zeros only.
    while block := stream.read(1 << 20):
        if block.strip(b"\0"):
            raise tarfile.ReadError("data after the end")
    if stream.tail.strip(b"\0"):
        raise tarfile.ReadError(f"{name} has no end mark")


def _walk_zip(file: IO[bytes], meter: _Meter, name: str, *, inner: bool) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            path = _checked_path(info.filename, meter)
            mode = stat.S_IFMT(info.external_attr >> 16)
            if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise UserError(
                    f"{shown(meter.source)} holds a link or device ({shown(path)}); use the archive as UCI serves it."
                )
            wanted = path.lower().endswith(RECORDING_SUFFIX)
            nested = path.lower().endswith(ARCHIVE_SUFFIXES)
            if info.is_dir() or _is_litter(path) or not (wanted or nested):
                continue
            if info.flag_bits & 1:
                raise UserError(f"{shown(name)} is locked with a password; unpack it by hand and choose the folder.")
            meter.refuse_size(info.file_size, meter.limits.member_bytes if wanted else meter.limits.total_bytes, path)
            with archive.open(info) as content:
                if wanted:
                    # With a size: without one, zipfile unpacks up to 2 GB at once, whatever size the member claims.
                    data = content.read(meter.limits.member_bytes + 1)
                    meter.add_bytes(len(data))
                    yield path, data
                else:
                    yield from _walk_inner(content, meter, path, inner=inner)


def _checked_path(raw: str, meter: _Meter) -> str:
    """Return a member's path with ``/``; raise UserError for a path that leads outside of the archive."""
    meter.add_member()
    if not raw or len(raw) > LONGEST_PATH:
        raise UserError(f"{shown(meter.source)} holds a file without a name, or with one of {len(raw)} letters.")
    path = _as_text(raw).replace("\\", "/")
    if path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
        raise UserError(
            f"{shown(meter.source)} holds a path that leads out of it ({shown(path)}); use the archive as UCI "
            "serves it."
        )
    return path


def _as_text(raw: str) -> str:
    """Return a path with replacement characters for bytes that are not UTF-8, so that it can be shown and stored."""
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_litter(path: str) -> bool:
    # What macOS leaves beside every file of a zip.
    return path.startswith("__MACOSX/") or "/__MACOSX/" in path or path.rsplit("/", 1)[-1].startswith("._")
