"""What tests of windows wait for in place of a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot


def at_rest(part: QObject) -> bool:
    """Whether nothing is still to come of itself: no timer of the part, or of a part of it, is running."""
    return not any(timer.isActive() for timer in part.findChildren(QTimer))


def wait_at_rest(qtbot: QtBot, part: QObject) -> None:
    """Wait until no timer of the part, or of a part of it, is running."""
    qtbot.waitUntil(lambda: at_rest(part), timeout=10_000)
