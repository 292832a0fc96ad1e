"""Reads and writes a recording's text file (.tsd): one line per frame, 22 tab-separated numbers."""

from __future__ import annotations

import codecs

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.words import counted
from auslan_explorer.io.opening import shown

_WIDTH = len(CHANNELS)
_ADVICE = "repair or remove that file"


def parse(data: bytes, name: str) -> tuple[np.ndarray, list[int]]:
    """Parse the text of one recording.

    Parameters
    ----------
    data : bytes
        The file's content.
    name : str
        Name of the file in a sentence.

    Returns
    -------
    frames : ndarray of float32, shape (frames, 22)
        The files give six decimals of numbers about 1, which fit float32.
    mended : list of int
        Lines (from 1) that were read although they have spaces where tabs belong (UCI's ``tctodd1/drink-1.tsd``).

    Raises
    ------
    UserError
        If the file is empty, a line has another number of numbers, or something is not a finite number.
    """
    name = shown(name)
    data = _plain(data)
    if not data.strip():
        raise UserError(f"{name} is empty; {_ADVICE}.")
    fields: list[bytes] = []
    lines: list[int] = []
    mended: list[int] = []
    for number, line in enumerate(data.splitlines(), start=1):
        row = line.rstrip(b"\t ").split(b"\t")
        if len(row) != _WIDTH:
            row = line.split()
            if not row:
                continue
            if len(row) != _WIDTH:
                raise UserError(
                    f"{name}, line {number}: {counted(len(row), 'number')} where {_WIDTH} belong; {_ADVICE}."
                )
            mended.append(number)
        fields += row
        lines.append(number)
    try:
        if b"_" in data:  # float() would take 1_0 for 10
            raise ValueError
        values = np.fromiter(map(float, fields), dtype=np.float64, count=len(fields))
    except ValueError:
        raise UserError(_first_bad(fields, lines, name)) from None
    with np.errstate(over="ignore"):
        frames = values.astype(np.float32).reshape(-1, _WIDTH)
    finite = np.isfinite(frames).all(axis=1)
    if not finite.all():
        number = lines[int(np.argmin(finite))]
        raise UserError(f"{name}, line {number}: a value is not a finite number; {_ADVICE}.")
    return frames, mended


def to_text(frames: np.ndarray) -> bytes:
    """Return the text of one recording, of frames with shape (frames, 22); `parse` gives the same float32 back."""
    lines = ("\t".join(str(value) for value in frame) for frame in frames.astype(np.float32))
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _plain(data: bytes) -> bytes:
    """Return a text without its byte order mark, and as UTF-8 where Windows tools wrote UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data.removeprefix(codecs.BOM_UTF8)


def _first_bad(fields: list[bytes], lines: list[int], name: str) -> str:
    """Return a sentence that names the first field that is not a number."""
    for index, field in enumerate(fields):
        try:
            good = b"_" not in field and float(field) is not None
        except ValueError:
            good = False
        if not good:
            shown = field[:20].decode("ascii", "backslashreplace")
            line, column = lines[index // _WIDTH], index % _WIDTH + 1
            return f"{name}, line {line}, column {column}: {shown!r} is not a number; {_ADVICE}."
    return f"{name} is not a recording; {_ADVICE}."
