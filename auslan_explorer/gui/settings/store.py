"""Stores the window's settings as JSON of checked types; no content of the file can prevent the start or run code."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from math import isfinite
from pathlib import Path

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.settings.old_store import read_old_settings
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.opening import read_json

LARGEST = 1 << 20
"""Bytes; a usual file takes two thousand."""

Value = str | bool | float | list[float] | list[str]


class Settings:
    """Typed values in a JSON file, each with a default.

    A missing, unreadable or invalid value counts as not set, so that an old or damaged file does not prevent the
    start.

    Parameters
    ----------
    file : Path, optional
        By default ``auslan-explorer/window.json`` in the user's settings folder. Where it is missing, the ``.ini``
        file of earlier versions beside it is read.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = paths.settings_file() if file is None else file
        self._refused = ""
        self._changed: dict[str, object] = {}
        self._values = self._read()
        if not self._file.exists():
            old = paths.old_settings_file() if file is None else self._file.with_suffix(".ini")
            self._values, self._refused = read_old_settings(old)
            self._changed = dict(self._values)

    @property
    def file(self) -> Path:
        """Path of the JSON file."""
        return self._file

    def text(self, key: str, default: str, allowed: Collection[str] = ()) -> str:
        """Return a stored text, or `default` if it is missing or not among `allowed`."""
        value = self._values.get(key)
        if not isinstance(value, str) or (allowed and value not in allowed):
            return default
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Return a stored bool, or `default` if it is missing."""
        value = self._values.get(key)
        return value if isinstance(value, bool) else default

    def number(self, key: str, default: float, allowed: Collection[float] = ()) -> float:
        """Return a stored finite number, or `default` if it is missing, invalid or not among `allowed`."""
        value = _number(self._values.get(key))
        return default if value is None or (allowed and value not in allowed) else value

    def numbers(self, key: str, count: int) -> list[float] | None:
        """Return a stored list of `count` finite numbers; None if it is missing or invalid."""
        value = self._values.get(key)
        if not isinstance(value, list) or len(value) != count:
            return None
        found = [number for each in value if (number := _number(each)) is not None]
        return found if len(found) == count else None

    def texts(self, key: str) -> list[str] | None:
        """Return a stored list of texts; None if it is missing or invalid."""
        value = self._values.get(key)
        return value if isinstance(value, list) and all(isinstance(each, str) for each in value) else None

    def set_value(self, key: str, value: Value) -> None:
        """Store a value, and write the file."""
        self.set_values({key: value})

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Store some values, and write the file; a folder that is not writable is no error."""
        changed = {key: value for key, value in values.items() if not _same(self._values.get(key), value)}
        self._values.update(changed)
        self._changed.update(changed)
        if not self._changed:
            return
        # Another window may have written the rest meanwhile.
        content = json.dumps({**self._read(), **self._changed}, indent=1, sort_keys=True) + "\n"
        with suppress(UserError, OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(self._file, content.encode("utf-8"))
            self._changed.clear()

    def complaint(self) -> str:
        """Return why settings cannot be saved or were not read, as a sentence; empty if nothing is wrong."""
        folder = self.file.parent
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        usable = folder.is_dir() and os.access(folder, os.W_OK)
        if usable and (not self._file.exists() or (self._file.is_file() and os.access(self._file, os.W_OK))):
            return self._refused
        return tr("Settings hold until the program is closed: {0} cannot be written.", self.file)

    def _read(self) -> dict[str, object]:
        with suppress(OSError, UserError):
            found = read_json(self._file, LARGEST, "a file of settings")
            if isinstance(found, dict):
                return found
        return {}


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    with suppress(OverflowError):
        number = float(value)
        return number if isfinite(number) else None
    return None
