"""Atomic writes: a file is written to a temporary file beside its target and renamed, so it is whole or not at all."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from auslan_explorer.core.errors import UserError

from .temporary import beside

_SENTENCES = {
    errno.ENOSPC: "There is no room left to write {path}; free some space or choose another disk.",
    errno.EACCES: "{path} may not be written; choose a folder of your own, or ask for the right to write there.",
    errno.EROFS: "{path} lies on a disk that can only be read; choose another folder.",
    errno.ENOENT: "The folder {folder} does not exist; make it first or choose another.",
    errno.ENOTDIR: "{folder} is not a folder; choose another.",
    errno.EISDIR: "{path} is a folder; give the name of a file.",
    errno.ENAMETOOLONG: "The file name {path} is too long; choose a shorter one.",
}
_SENTENCES[errno.EDQUOT] = _SENTENCES[errno.ENOSPC]
_SENTENCES[errno.EFBIG] = _SENTENCES[errno.ENOSPC]
_SENTENCES[errno.EPERM] = _SENTENCES[errno.EACCES]


def write_error(error: OSError, path: Path) -> UserError:
    """Convert an OSError while `path` was written to a UserError."""
    sentence = _SENTENCES.get(error.errno or 0, "{path} could not be written ({reason}); choose another place.")
    reason = error.strerror or str(error) or type(error).__name__
    return UserError(sentence.format(path=path, folder=path.parent, reason=reason))


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; rename it to `path` afterwards, or remove it if anything fails.

    The temporary file exists (empty) and ends in the same suffix, for writers that go by it.

    Parameters
    ----------
    path : Path
        File to write; its folder must exist. A link is followed.

    Raises
    ------
    UserError
        If the file cannot be written; what was there before is untouched.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise write_error(OSError(errno.EISDIR, ""), path)
    if target.exists() and not target.is_file():
        # Renaming over /dev/null would take it from everyone.
        raise UserError(f"{path} is not an ordinary file; give another name.")
    with beside(target) as temporary:
        try:
            # Opened by us first (mode "x", the person's umask), so that an unwritable place is found before any work.
            temporary.open("xb").close()
            yield temporary
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except OSError as error:
            if error.errno and error.filename in (None, str(temporary), temporary):
                raise write_error(error, path) from error
            raise


class _Enough(Exception):
    """Raised to leave `writing` without replacing the target."""


def check_writable(path: Path) -> None:
    """Check that a file can be written, before any long work begins.

    Raises
    ------
    UserError
        If it cannot.
    """
    with suppress(_Enough), writing(path):
        raise _Enough


def write_bytes(path: Path, data: bytes | memoryview) -> None:
    """Write bytes to a file atomically.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    with writing(path) as temporary, temporary.open("wb") as file:
        file.write(data)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as CSV, atomically, with the names of its columns as the first line.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    write_bytes(path, text.getvalue().encode())
