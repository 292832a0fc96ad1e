"""The one door through which files come in: every reader of the program opens its file here.

Only regular files are opened, what they may unpack to is measured against their size and the free memory before
anything is allocated, and whatever a parser raises becomes one sentence.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.words import counted

LONGEST_SHOWN = 200
"""Letters of a name from outside that a sentence shows."""
MOST_RATIO = 1000
"""Most bytes that one byte of a file may unpack to; deflate itself reaches 1032."""
FREE_BYTES, USUAL_RATIO = 96 << 20, 32
"""Up to the first, `MOST_RATIO` alone counts; what is larger has to be data, and data do not pack as zeros do.

Readers need up to three times as much for a moment, as where numbers become wider.
"""
_SPARE_BYTES = 1 << 20
_MOST_SHARE = 0.5

_REASONS = {
    errno.ENOENT: "There is no file {path}; check the path.",
    errno.ENOTDIR: "There is no file {path}; check the path.",
    errno.EISDIR: "{path} is a folder; give the name of a file.",
    errno.ENAMETOOLONG: "There is no file {path}; its name is longer than a name can be.",
    errno.ELOOP: "{path} is a link that leads back to itself; give the file itself.",
}


def shown(text: object) -> str:
    """Return a name from outside as a sentence shows it: what cannot be printed escaped, at most 200 letters."""
    whole = str(text)
    safe = "".join(letter if letter.isprintable() else _escape(letter) for letter in whole[: LONGEST_SHOWN + 1])
    return safe if len(safe) <= LONGEST_SHOWN else f"{safe[: LONGEST_SHOWN - 1]}…"


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


@contextmanager
def opened(path: Path, what: str = "a file of this program") -> Iterator[BinaryIO]:
    """Open a regular file to read; whatever is raised inside the block, a parser's errors included, is one sentence.

    Parameters
    ----------
    path : Path
    what : str
        What the file should be, for the sentence.

    Raises
    ------
    UserError
        If there is no such file, it is a folder, pipe or device, may not be read, or the block raises anything else.
    Cancelled
        If the block raises it.
    """
    with translating(path, what), _open_regular(path) as file:
        yield file


@contextmanager
def translating(path: Path, what: str) -> Iterator[None]:
    """Turn whatever a parser of `path` raises inside the block into a UserError; see `opened`."""
    try:
        yield
    except (UserError, Cancelled):
        raise
    except MemoryError as error:
        raise UserError(f"{shown(path)} needs more memory than is free; close other programs, or use less.") from error
    except OSError as error:
        raise UserError(_describe(path, what, error)) from error
    except Exception as error:  # parsers raise nearly everything for a file that is damaged on purpose
        raise UserError(f"{shown(path)} is damaged or cut short, or not {what}; make or copy it again.") from error


def _describe(path: Path, what: str, error: OSError) -> str:
    own = error.filename is not None and os.fspath(error.filename) == os.fspath(path)
    if error.errno is None or not own:
        return f"{shown(path)} is damaged or cut short, or not {what}; make or copy it again."
    sentence = _REASONS.get(error.errno)
    if sentence is not None:
        return sentence.format(path=shown(path))
    return f"{shown(path)} cannot be read ({error.strerror or error}); check the disk and its rights."


def _open_regular(path: Path) -> BinaryIO:
    # Not blocking: opening a pipe that nobody writes to would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags)
    except ValueError:  # a null character
        raise UserError(f"There is no file {shown(path)}; check the path.") from None
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):  # a socket
            raise UserError(_irregular(path)) from None
        raise
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
        if not stat.S_ISREG(mode):
            raise UserError(_irregular(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _irregular(path: Path) -> str:
    return f"{shown(path)} is a pipe, device or socket; give an ordinary file."


def check_regular(path: Path) -> int:
    """Check that a path is a regular file that may be read, and return its size in bytes.

    Raises
    ------
    UserError
        If it is not.
    """
    with opened(path) as file:
        return os.fstat(file.fileno()).st_size


def is_regular(path: Path) -> bool:
    """Return whether a path is a regular file that may be read."""
    with suppress(UserError):
        check_regular(path)
        return True
    return False


def read_bytes(path: Path, most: int, what: str = "a file of this program") -> bytes:
    """Read a whole regular file of at most `most` bytes.

    Raises
    ------
    UserError
        If it cannot be read, or is larger.
    """
    with opened(path, what) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise UserError(f"{shown(path)} is too large for {what} ({_size(most)} at most).")
    return data


def read_json(path: Path, most: int, what: str) -> Any:
    """Read a JSON file of at most `most` bytes, without NaN and infinite numbers.

    Raises
    ------
    UserError
        If it cannot be read, is larger, or is no JSON.
    """
    data = read_bytes(path, most, what)
    with translating(path, what):
        return parse_json(data)


def parse_json(data: bytes | str) -> Any:
    """Parse JSON without NaN and infinite numbers.

    Raises
    ------
    ValueError
        If it is no JSON, or nested too deeply.
    """
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


# ------------------------------------------------------------------------------------------------------------ budget
def check_budget(claimed: int, file_bytes: int, what: str) -> None:
    """Check what a file claims to unpack to against its own size, before anything is allocated.

    Raises
    ------
    UserError
        If it claims more than 1000 times its size, or, beyond 96 MB, more than 32 times.
    """
    most = min(MOST_RATIO * file_bytes + _SPARE_BYTES, FREE_BYTES + USUAL_RATIO * file_bytes)
    if claimed > most:
        raise UserError(f"{what} claims to hold {_size(claimed)}, which cannot be in {_size(file_bytes)}.")


def check_memory(wanted: int, what: str) -> None:
    """Check that an array fits into half of the free memory, before it is allocated.

    Raises
    ------
    UserError
        If it does not.
    """
    free = free_memory()
    if free is not None and wanted > free * _MOST_SHARE:
        raise UserError(f"{what} needs {_size(wanted)} of memory and {_size(free)} are free; close other programs.")


def free_memory() -> int | None:
    """Return the free memory in bytes, within this process's own limit; None where the system does not say."""
    free: list[int] = []
    with suppress(OSError, ValueError, IndexError), open("/proc/meminfo", encoding="ascii") as lines:
        free += [int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")]
    if sys.platform != "win32":
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit != resource.RLIM_INFINITY:
            with suppress(OSError, ValueError, IndexError), open("/proc/self/statm", encoding="ascii") as sizes:
                free.append(max(limit - int(sizes.read().split()[0]) * resource.getpagesize(), 0))
    return min(free, default=None)


def _size(count: int) -> str:
    for unit, power in (("GB", 30), ("MB", 20), ("kB", 10)):
        if count >= 1 << power:
            return f"{count / (1 << power):.3g} {unit}" if count < 1000 << 30 else "over 1000 GB"
    return counted(count, "byte")
