"""Ctrl+C: remembered from the first import on, so that no library that is interrupted can swallow or disguise it."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from auslan_explorer.early_interrupts import EXIT_CODE, SENTENCE

__all__ = [
    "EXIT_CODE",
    "held_back",
    "listen",
    "only_noted",
    "postponed",
    "raise_swallowed",
    "say",
    "settle",
    "was_asked",
]

_asked = threading.Event()


def listen() -> None:
    """Remember and raise every interrupt from now on; only in the main thread, and where it is not ignored."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _on_interrupt)
        sys.unraisablehook = _on_unraisable


def _on_unraisable(told: sys.UnraisableHookArgs) -> None:
    """Say nothing of an interrupt where Python can raise nothing, as while an object goes: it is remembered."""
    if not (_asked.is_set() and told.exc_type is KeyboardInterrupt):
        sys.__unraisablehook__(told)


def _on_interrupt(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt


@contextlib.contextmanager
def only_noted() -> Iterator[None]:
    """Note interrupts until the end of the block rather than raise them, for who asks `was_asked`."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, lambda _number, _frame: _asked.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def postponed() -> Iterator[None]:
    """Let interrupts happen at the end of the block, for what must not be left half done; keep it short."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before in (None, signal.SIG_IGN):
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl+C back until the end of the block, also from child processes, for as long as they live."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def was_asked() -> bool:
    """Return whether there was an interrupt, also where a library has turned it into another error or into none."""
    return _asked.is_set()


def raise_swallowed() -> None:
    """Raise an earlier interrupt again, which a library has turned into none; long work asks now and then.

    Raises
    ------
    KeyboardInterrupt
    """
    if _asked.is_set():
        raise KeyboardInterrupt


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
