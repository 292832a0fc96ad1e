"""Conditions that tests of windows wait for in place of a fixed time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot


def at_rest(part: QObject) -> bool:
    """Return whether no timer of the object or its children is running."""
    return not any(timer.isActive() for timer in part.findChildren(QTimer))


def wait_at_rest(qtbot: QtBot, part: QObject) -> None:
    """Wait until no timer of the object or its children is running."""
    qtbot.waitUntil(lambda: at_rest(part))
