"""Temporary files: all lie in one folder of this process, or are noted there, and the next start clears what was left.

The folder, ``temporary/<process>-<digits>`` in the data folder, is there only while something is being made. A file
that has to lie beside its target, to be renamed to it, is noted in that folder. The process holds a lock on its folder
while it lives, however it ends; so the next start of the same person knows what nobody will finish.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.interrupts import postponed

from .opening import read_bytes

FOLDER = "temporary"
_LOCK, _NOTE = "lock", ".beside"
_PART = re.compile(r"\..*-([0-9a-f]{12})\.part(\..*)?", re.DOTALL)
_LONGEST_ENDING = 10
_MOST_NOTE_BYTES = 64 << 10
_STALE_SECONDS = 7 * 24 * 3600.0
_VARIABLES = ("TMPDIR", "TEMP", "TMP")
_guard = threading.RLock()


@dataclass
class _Own:
    """The folder of this process, with the descriptor that holds its lock, and how many use it."""

    folder: Path
    lock: int
    process: int
    users: int = 0


_own: _Own | None = None


# ----------------------------------------------------------------------------------------------------------- to use
@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield a path beside `target` where nothing is yet; a file or folder that is there afterwards is removed.

    It is noted, so that the next start removes it if this process is killed. The ending is that of `target`.
    """
    stem = os.fsdecode(os.fsencode(target.stem)[:100]).encode("utf-8", "ignore").decode()
    ending = target.suffix if len(target.suffix) <= _LONGEST_ENDING else ""
    part = target.with_name(f".{stem}-{secrets.token_hex(6)}.part{ending}")
    with _own_folder() as folder:
        _write_note(folder, part)
        try:
            yield part
        finally:
            _remove(part)
            if folder is not None:
                _remove(_note_of(folder, part))


def move_into(part: Path, folder: Path) -> None:
    """Move the files of a folder that `beside` gave, and that are whole, into an existing folder; none is replaced.

    What a killed process had not moved yet, the next start moves.

    Raises
    ------
    OSError
        If one cannot be moved, or is there already; those that were moved are taken back.
    """
    if _own is not None:
        _write_note(_own.folder, part, folder)
    moved: list[tuple[Path, Path]] = []
    try:
        for file in sorted(part.iterdir()):
            goal = folder / file.name
            if os.path.lexists(goal):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(goal))
            moved.append((file, goal))
            os.replace(file, goal)
    except BaseException:
        if _own is not None:
            _write_note(_own.folder, part)
        for file, goal in moved:
            with suppress(OSError):
                os.replace(goal, file)
        raise


@contextmanager
def temporary_folder(name: str) -> Iterator[Path]:
    """Yield an empty folder that is removed afterwards, by the next start if this process is killed.

    Raises
    ------
    UserError
        If none can be made.
    """
    with _own_folder() as own:
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=own))
        except OSError as error:
            raise UserError(f"No temporary folder can be made ({error.strerror or error}); free some space.") from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def environment_of(folder: Path) -> dict[str, str]:
    """Return the variables by which a child process puts its temporary files into a folder."""
    return dict.fromkeys(_VARIABLES, str(folder))


@contextmanager
def temporary_files_inside(name: str) -> Iterator[None]:
    """Put what libraries write to the system's temporary folder, child processes too, into a `temporary_folder`."""
    with temporary_folder(name) as folder:
        before = {key: os.environ.get(key) for key in _VARIABLES}
        os.environ.update(environment_of(folder))
        tempfile.tempdir = None  # found anew from the variables
        try:
            yield
        finally:
            for key, value in before.items():
                if value is None:
                    os.environ.pop(key, None)
                else:
                    os.environ[key] = value
            tempfile.tempdir = None


def folder_for_child() -> tuple[Path, int]:
    """Make a folder that belongs to a child process; return it with the descriptor that the child has to inherit.

    While any process has the descriptor open, the folder stays; the first start after that clears it.

    Raises
    ------
    UserError
        If none can be made.
    """
    made = _make()
    if made is None:
        raise UserError("No temporary folder can be made; free some space in your data folder.")
    return made.folder, made.lock


def clear_left_behind() -> None:
    """Remove temporary files of processes that are no longer alive; what cannot be removed stays."""
    for root in _roots():
        with suppress(OSError, UserError):
            if not _is_ours(root):
                continue
            for folder in list(root.iterdir()):
                if _is_ours(folder):
                    _clear(folder)
            root.rmdir()  # where it is empty


# ------------------------------------------------------------------------------------------- the folder of this process
def _roots() -> list[Path]:
    """Return where folders of processes lie: in the data folder, else, where that cannot be, in the system's own."""
    roots = []
    with suppress(UserError):
        roots.append(paths.data_dir() / FOLDER)
    person = os.getuid() if hasattr(os, "getuid") else "of-mine"
    with suppress(OSError):
        roots.append(Path(tempfile.gettempdir()) / f"auslan-explorer-{person}")
    return roots


@contextmanager
def _own_folder() -> Iterator[Path | None]:
    """Yield the folder of this process, which goes with its last user; None where none can be made."""
    global _own
    own: _Own | None = None
    try:
        with _guard, postponed():
            if _own is None or _own.process != os.getpid():  # a fork has to have its own
                _own = _make()
            own = _own
            if own is not None:
                own.users += 1
        yield None if own is None else own.folder
    finally:
        with _guard, postponed():
            if own is not None:
                own.users -= 1
                if not own.users:
                    _own = None
                    _release(own)


def _make() -> _Own | None:
    for root in _roots():
        for _ in range(3):
            with suppress(OSError):
                root.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not _is_ours(root):
                    break
                folder = root / f"{os.getpid()}-{secrets.token_hex(6)}"
                folder.mkdir(mode=0o700)
                lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
                # Between the two another start may have taken it for one that was left.
                if _locks(lock) is not False and (folder / _LOCK).exists():
                    return _Own(folder, lock, os.getpid())
                os.close(lock)
    return None


def _release(own: _Own) -> None:
    if os.name == "posix":
        # Before the lock is given back, so that nobody else begins to clear it.
        shutil.rmtree(own.folder, ignore_errors=True)
    with suppress(OSError):
        os.close(own.lock)
    if os.name != "posix":
        shutil.rmtree(own.folder, ignore_errors=True)
    with suppress(OSError):  # others may be at work in it
        own.folder.parent.rmdir()


def _locks(descriptor: int) -> bool | None:
    """Lock a file, and return whether it could be locked; None where the disk knows no locks."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _is_ours(folder: Path) -> bool:
    """Return whether a path is a folder, no link, of the same person."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


# ---------------------------------------------------------------------------------------------------- what was left
def _clear(folder: Path) -> None:
    with suppress(OSError):
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
        except FileNotFoundError:
            folder.rmdir()  # killed before its first file; where it is just being made, that goes on with another
            return
        try:
            free = _locks(lock)
            if free is None:
                free = time.time() - folder.stat().st_mtime > _STALE_SECONDS
            if not free:
                return
            for note in list(folder.glob(f"*{_NOTE}")):
                with suppress(OSError, UserError, ValueError):
                    _clear_noted(note)
            if os.name == "posix":
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)
        if os.name != "posix":
            shutil.rmtree(folder, ignore_errors=True)


def _clear_noted(note: Path) -> None:
    """Remove what a note tells of, or finish what was whole already."""
    where, _, goal = read_bytes(note, _MOST_NOTE_BYTES).partition(b"\0")
    part = Path(os.fsdecode(where))
    if not part.is_absolute() or not _PART.fullmatch(part.name):
        return
    if goal and _is_ours(part):
        move_into(part, Path(os.fsdecode(goal)))
    _remove(part)


def _note_of(folder: Path, part: Path) -> Path:
    found = _PART.fullmatch(part.name)
    assert found is not None
    return folder / f"{found[1]}{_NOTE}"


def _write_note(folder: Path | None, part: Path, goal: Path | None = None) -> None:
    """Note a path beside a target; with `goal`, that its files are whole and belong into that folder."""
    if folder is None:
        return
    content = b"\0".join(os.fsencode(os.path.abspath(path)) for path in (part, goal) if path is not None)
    # On a full disk the file itself will say so.
    with suppress(OSError):
        _note_of(folder, part).write_bytes(content)


def _remove(part: Path) -> None:
    with suppress(OSError):
        if stat.S_ISDIR(part.lstat().st_mode):
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink()
