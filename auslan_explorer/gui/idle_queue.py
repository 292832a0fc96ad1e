"""Work that a start leaves for later: done bit by bit once the first picture is painted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class IdleQueue(QObject):
    """Calls functions one by one, each when the window has nothing else to do, from `start` on.

    What is only made early so that its first use is quick belongs here; it must be right to do it at any time or never.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._functions: deque[Callable[[], object]] = deque()
        # A timer of no interval fires when no event waits, so that between two functions the window answers.
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._call_next)
        self._started = False

    @property
    def is_busy(self) -> bool:
        """Whether there is something that has not been called."""
        return bool(self._functions)

    def add(self, function: Callable[[], object]) -> None:
        """Add a function to the end of the queue."""
        self._functions.append(function)
        if self._started:
            self._timer.start()

    def start(self) -> None:
        """Begin to call; a second call does nothing."""
        if not self._started:
            self._started = True
            self._timer.start()

    def stop(self) -> None:
        """Drop what has not been called."""
        self._functions.clear()
        self._timer.stop()

    def _call_next(self) -> None:
        if self._functions:
            self._functions.popleft()()
        if not self._functions:
            self._timer.stop()
