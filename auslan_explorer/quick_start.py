"""What a window's start and a command that draws do without: together the two take a tenth of a start's time."""

from __future__ import annotations

import builtins
import gc
from typing import Self


class QuickStart:
    """Collects no garbage, and reads no sources, until `end`. As a context manager it lasts as long as the window.

    A start makes hundreds of thousands of objects that stay, and Python's collector goes over them time and again;
    once a window is there, `app.collect_garbage_in_this_thread` says when it does. The frames of a film leave none.
    PySide looks into the source of every module that is imported after it for a switch that nothing here uses.
    """

    def __init__(self) -> None:
        self._collected_before, self._ended = gc.isenabled(), False
        gc.disable()
        self._frozen_before = gc.get_freeze_count() > 0  # then somebody else decides what is collected
        import PySide6  # noqa: F401 - it puts its own function in place of Python's now, and not later; no Qt comes with it

        self._import = builtins.__import__
        # PySide's own name for what it replaced; it still makes classes when they are first asked for.
        builtins.__import__ = getattr(builtins, "__orig_import__", self._import)

    def end(self) -> None:
        """Leave what is made by now out of every collection, and let PySide look into sources; once is enough."""
        if self._ended:
            return
        self._ended = True
        if not self._frozen_before:
            gc.freeze()
        builtins.__import__ = self._import

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let what the start has made be collected too: its window is closed."""
        self.end()
        if not self._frozen_before:
            gc.unfreeze()
        if self._collected_before:
            gc.enable()
