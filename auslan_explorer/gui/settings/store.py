"""Stores the window's settings in an INI file; no content of the file can prevent the start."""

from __future__ import annotations

import os
from collections.abc import Collection
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from auslan_explorer.gui.i18n import tr


class Settings:
    """Typed values in an INI file, each with a default.

    A missing, unreadable or invalid value counts as not set, so that an old or damaged file does not prevent the
    start.

    Parameters
    ----------
    file : Path, optional
        By default ``auslan-explorer/window.ini`` in the user's settings folder.
    """

    def __init__(self, file: Path | None = None) -> None:
        ini = QSettings.Format.IniFormat
        if file is None:
            self._store = QSettings(ini, QSettings.Scope.UserScope, "auslan-explorer", "window")
        else:
            self._store = QSettings(str(file), ini)
        self._store.setFallbacksEnabled(False)

    @property
    def file(self) -> Path:
        """Path of the INI file."""
        return Path(self._store.fileName())

    def text(self, key: str, default: str, allowed: Collection[str] = ()) -> str:
        """Return a stored text, or `default` if it is missing or not among `allowed`."""
        value = self._store.value(key)
        if not isinstance(value, str) or (allowed and value not in allowed):
            return default
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Return a stored bool, or `default` if it is missing."""
        return self.text(key, "yes" if default else "no", ("yes", "no")) == "yes"

    def number(self, key: str, default: float, allowed: Collection[float] = ()) -> float:
        """Return a stored finite number, or `default` if it is missing, invalid or not among `allowed`."""
        try:
            value = float(self.text(key, ""))
        except ValueError:
            return default
        return default if not isfinite(value) or (allowed and value not in allowed) else value

    def blob(self, key: str) -> QByteArray:
        """Return stored bytes, such as a window's geometry; empty if missing."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_value(self, key: str, value: str | bool | float | QByteArray) -> None:
        """Store a value."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, int | float):
            value = repr(float(value))
        self._store.setValue(key, value)

    def complaint(self) -> str:
        """Return why settings cannot be saved, as a sentence; empty if they can."""
        folder = self.file.parent
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        if self._store.isWritable() and folder.is_dir() and os.access(folder, os.W_OK):
            return ""
        return tr("Settings hold until the program is closed: {0} cannot be written.", self.file)

    def write(self) -> None:
        """Write to disk now; a folder that is not writable is no error."""
        self._store.sync()
