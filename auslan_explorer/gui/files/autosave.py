"""Keeps what is shown for the case of a crash: written some seconds after a change, removed by a clean end."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import said
from auslan_explorer.io.session_file import SUFFIX, SavedSession, write_session

SECONDS = 4.0
_WINDOWS = 10
"""Programs that may run side by side and be restored each."""
_KEPT = 5
"""Restored sessions that stay in the folder."""
_ROOM = 1 << 16
"""Bytes; a disk with less is taken for full."""


class Autosave(QObject):
    """One file in the person's data folder for each program that runs.

    Signals
    -------
    failed(sentence)
        The first time that it cannot be written.
    """

    failed = Signal(str)

    def __init__(self, collect: Callable[[Path], SavedSession], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._collect = collect
        self._lock: QLockFile | None = None
        self._complained = False
        self.file: Path | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(SECONDS * 1000))
        self._timer.timeout.connect(self.write)

    def begin(self) -> Path | None:
        """Take a place to write to, and return the session that a crash has left there, if any.

        What was left is moved aside first: should it be what crashes the program, the next start is a fresh one.
        """
        folder = paths.data_dir() / "sessions"
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        # What a crash left is taken up before an empty place is.
        places = [folder / f"autosave-{number}{SUFFIX}" for number in range(_WINDOWS)]
        for place in sorted(places, key=lambda each: not each.exists()):
            lock = QLockFile(str(place.with_suffix(".lock")))
            # A lock is never too old; it is void when the process that holds it has ended.
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                self._lock, self.file = lock, place
                return self._put_aside(place)
            if lock.error() != QLockFile.LockError.LockFailedError:
                # Nobody holds it; it cannot be made.
                self._report_failure(_unwritable_reason(folder))
                return None
        return None

    def _put_aside(self, file: Path) -> Path | None:
        if not file.exists():
            return None
        aside = file.with_name(f"restored-{time.strftime('%Y%m%d-%H%M%S')}{SUFFIX}")
        try:
            file.replace(aside)
        except OSError:
            return None
        for old in sorted(file.parent.glob(f"restored-*{SUFFIX}"))[:-_KEPT]:
            with contextlib.suppress(OSError):
                old.unlink()
        return aside

    def schedule(self) -> None:
        """Say that something has changed."""
        if self.file is not None and not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Write now."""
        self._timer.stop()
        if self.file is None:
            return
        try:
            write_session(self.file, self._collect(self.file))
        except UserError as error:
            self._report_failure(str(error))

    def _report_failure(self, why: str) -> None:
        if not self._complained:
            self._complained = True
            self.failed.emit(said("What is shown cannot be kept for the case of a crash: {0}", why))

    def finish(self) -> None:
        """End cleanly: nothing is left to restore."""
        self._timer.stop()
        if self.file is not None:
            with contextlib.suppress(OSError):
                self.file.unlink(missing_ok=True)
            self.file = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def _unwritable_reason(folder: Path) -> str:
    with contextlib.suppress(OSError):
        if shutil.disk_usage(folder).free < _ROOM:
            return said("there is no room left in {0}; free some space.", folder)
    return said("the folder {0} cannot be written.", folder)
