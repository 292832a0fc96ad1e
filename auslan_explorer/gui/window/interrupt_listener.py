"""Hears Ctrl+C in the terminal that the window was started from."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QSocketNotifier

from auslan_explorer import interrupts


@contextmanager
def calling_on_interrupt(on_interrupt: Callable[[], None]) -> Iterator[None]:
    """Call a function from the loop of events at each Ctrl+C, until the end of the block; only in the main thread.

    Python answers a signal between two of its own instructions, to which a window that is idle does not come, and what
    is raised there is lost in Qt. So interrupts are only noted here, and the byte that Python writes for each of them
    to a socket wakes the loop.
    """
    reading, writing = socket.socketpair()
    for each in (reading, writing):
        each.setblocking(False)

    def hear() -> None:
        with suppress(BlockingIOError):
            reading.recv(64)
        if interrupts.was_asked():
            on_interrupt()

    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(hear)
    before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        reading.close()
        writing.close()
