"""File names that every file system takes, and that replace nothing; and their endings."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

MOST_BYTES = 120
"""Longest name in bytes of UTF-8, so that an ending, a number and the name of a temporary file still fit beside it."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Devices of Windows, which no file can be called."""
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]*")


def safe_file_name(text: str, otherwise: str = "map") -> str:
    """Return a text as the name of a file, without ending, that Windows, macOS and Linux take.

    Parameters
    ----------
    text : str
    otherwise : str
        The name where nothing is left of `text`.
    """
    letters = (" " if unicodedata.category(c)[0] in "CZ" else c for c in _FORBIDDEN.sub("_", text))
    name = " ".join("".join(letters).split())
    # Windows drops dots and spaces at the end; at the beginning a dot hides a file.
    name = name.encode()[:MOST_BYTES].decode(errors="ignore").strip(". ") or otherwise
    return f"{name}_" if _RESERVED.fullmatch(name.split(".")[0].strip()) else name


def free_path(path: Path) -> Path:
    """Return `path` if nothing has that name, else with the first number from 2 that makes it free."""
    for number in itertools.count(2):
        if not path.exists() and not path.is_symlink():
            break
        plain = re.sub(r" \d+$", "", with_ending(path, "").name)
        path = path.with_name(f"{plain} {number}{ending(path)}")
    return path


def ending(path: Path) -> str:
    """Return the ending of a file's name with its dot; empty where no ending follows the dot: ``alive 6.3 2-D``."""
    return path.suffix if _ENDING.fullmatch(path.suffix) else ""


def with_ending(path: Path, new: str) -> Path:
    """Return a path with another ending, with its dot, in place of its own or after its name."""
    return path.with_name(path.name.removesuffix(ending(path)) + new)
