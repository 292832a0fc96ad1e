"""The file of user groups: JSON in the person's data folder; a broken file is renamed, not lost."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import LONGEST_NAME, UserGroup
from auslan_explorer.core.names import names_from_json, names_to_json
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.opening import parse_json, read_bytes

VERSION = 1
LARGEST = 32 << 20
"""Bytes; all 2528 recordings in a group take 60 thousand."""


def read_groups(file: Path) -> tuple[tuple[UserGroup, ...], str]:
    """Read the saved user groups.

    Returns
    -------
    groups : tuple of UserGroup
        Empty where there is no file.
    sentence : str
        What was wrong with the file, and where it has been put; empty if nothing was.
    """
    if not os.path.lexists(file):
        return (), ""
    try:
        content = read_bytes(file, LARGEST, "a file of groups")
    except UserError as error:
        return (), f"Your saved groups could not be read: {error}"
    try:
        return _parse(parse_json(content)), ""
    except (ValueError, TypeError, KeyError, OverflowError):
        return (), _set_aside(file)


def _set_aside(file: Path) -> str:
    aside = file.with_name(f"{file.stem}-broken-{time.strftime('%Y%m%d-%H%M%S')}{file.suffix}")
    with contextlib.suppress(OSError):
        file.replace(aside)
        return f"Your saved groups could not be read and were set aside as {aside}."
    return f"Your saved groups in {file} could not be read."


def _parse(content: Any) -> tuple[UserGroup, ...]:
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError("no groups of this version")
    groups = []
    for entry in content["groups"]:
        name = entry["name"]
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            raise ValueError("no name")
        groups.append(UserGroup(name, names_from_json(entry["recordings"])))
    return tuple(groups)


def write_groups(file: Path, groups: Sequence[UserGroup]) -> None:
    """Save user groups.

    Raises
    ------
    UserError
        If the file cannot be written; the previous file is untouched.
    """
    content = {
        "format": "auslan-explorer groups",
        "version": VERSION,
        "groups": [{"name": group.name, "recordings": names_to_json(group.recordings)} for group in groups],
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {file.parent} cannot be made ({error.strerror or error}).") from error
    write_bytes(
        file, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    )
