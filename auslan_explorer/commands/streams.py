"""Handles standard streams that are closed, full, or a pipe without a reader."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

_IN_ASCII = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "×": "x",
    "\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-", "\N{THIN SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
}  # fmt: skip


def _write_simply(error: UnicodeError) -> tuple[str | bytes, int]:
    """Write what an encoding lacks as ASCII has it, such as straight quotation marks, or else escaped."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    escape = codecs.lookup_error("backslashreplace")
    return _IN_ASCII.get(error.object[error.start]) or escape(_first_of(error))[0], error.start + 1


def _first_of(error: UnicodeEncodeError) -> UnicodeEncodeError:
    return UnicodeEncodeError(error.encoding, error.object, error.start, error.start + 1, error.reason)


codecs.register_error("simply", _write_simply)


def open_missing_streams() -> None:
    """Replace missing standard streams, as after ``>&-`` or without a console, by the null device.

    Otherwise the next opened file gets the stream's descriptor, and printed text goes into that file.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        if os.name == "posix":
            # Output that cannot be delivered has to fail. So the null device is opened there for the wrong direction.
            null = os.open(os.devnull, os.O_RDONLY if name in ("stdin", "stdout") else os.O_WRONLY)
            if null != descriptor:
                os.dup2(null, descriptor)
                os.close(null)
            place: int | str = descriptor
        else:
            place = os.devnull  # a window without a console: nobody expects to read anything
        stream = open(place, "r" if name == "stdin" else "w", encoding="utf-8", errors="replace")  # noqa: SIM115 - stays open
        setattr(sys, name, stream)
    for written in (sys.stdout, sys.stderr):
        # A name from a file may hold what no encoding knows.
        if isinstance(written, io.TextIOWrapper):
            written.reconfigure(errors="simply")


def flush(stream: TextIO) -> OSError | None:
    """Flush a stream, and return the error if that fails.

    Returns
    -------
    OSError or None
        On failure the rest is discarded, so that Python does not report an error when it closes the stream.
    """
    try:
        stream.flush()
    except OSError as error:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
        return error
    return None
