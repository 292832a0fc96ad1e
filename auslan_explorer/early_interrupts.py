"""Ctrl+C while the program is still being imported; this module imports nothing that takes time."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # `signal` itself imports more than all the rest that is needed here
import os
import sys

EXIT_CODE = 130
"""128 plus the number of the signal, as shells expect."""
SENTENCE = "auslan-explorer: Stopped; nothing half-made was left behind."


def listen() -> None:
    """End at once at every interrupt from now on, until `interrupts.listen` takes over.

    Not where interrupts are ignored, nor in child processes of `multiprocessing`, which import the script that was
    started: their parent ends them.
    """
    if "multiprocessing" not in sys.modules and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _end)


def _end(_number: int, _frame: object) -> None:
    # No file has been opened yet, and a library that is being imported would swallow or disguise an exception.
    try:
        os.write(2, f"{SENTENCE}\n".encode())
    finally:
        os._exit(EXIT_CODE)
