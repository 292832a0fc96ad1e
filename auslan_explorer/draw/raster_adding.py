"""A thread that adds to sheets what was counted, while the caller computes what is to be added next.

Only this is worth a thread: adding is one long call, in which others run. Computing takes many short ones, after each
of which two threads would wait for Python's lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_ALONE = 4_000_000
"""Values that the caller adds, about twice as many as the first picture of what comes with the program has: a thread
would bring it no sooner."""
_WAITING = 3
"""Parts that may wait to be added; bounds their memory."""


@cache
def _thread() -> ThreadPoolExecutor:
    """Return the thread, one for all: two on one sheet would overwrite what the other adds."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, "adding")


class Adder:
    """Calls functions that add to sheets, one after the other; beside the caller, once they add much."""

    def __init__(self) -> None:
        self._running: deque[Future[None]] = deque()
        self._added = 0

    def run(self, number: int, add: Callable[[], None]) -> None:
        """Call a function that adds so many values: at once, or when the thread comes to it."""
        self._added += number
        if self._added <= _ALONE:
            add()
            return
        self._running.append(_thread().submit(add))
        self.wait(_WAITING)

    def wait(self, at_most: int = 0) -> None:
        """Wait until no more than that many calls are to come; raise what one of them raised."""
        while len(self._running) > at_most:
            self._running.popleft().result()
