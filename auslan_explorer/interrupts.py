"""Ctrl+C: remembered from the first import on, so that no library that is interrupted can swallow or disguise it."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from types import FrameType

EXIT_CODE = 130
"""128 plus the number of the signal, as shells expect."""
SENTENCE = "auslan-explorer: Stopped; nothing half-made was left behind."

_asked = threading.Event()


def listen() -> None:
    """Remember and raise every interrupt from now on; only in the main thread, and where it is not ignored."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _on_interrupt)


def _on_interrupt(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt


def was_asked() -> bool:
    """Return whether there was an interrupt, also where a library has turned it into another error or into none."""
    return _asked.is_set()


def settle(code: int) -> int:
    """Return the exit code of a command that ends now: that of an interrupt if there was one. Later ones are ignored.

    Says it on stderr unless `code` says that it was said.
    """
    if threading.current_thread() is threading.main_thread():
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _asked.is_set() and code != EXIT_CODE:
        say()
        code = EXIT_CODE
    _asked.clear()
    return code


def say() -> None:
    """Say on stderr that the program was stopped."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print(SENTENCE, file=sys.stderr, flush=True)
