"""Autosave of the session: written seconds after a change; kept by a clean exit as where the person left off."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.io.opening import read_bytes
from auslan_explorer.io.session_file import LARGEST, SUFFIX, UNSAVED, SavedSession, write_session

SECONDS = 4.0
LEFT_OFF = f"last{SUFFIX}"
"""What was shown when the program was last quit."""
_DAY = 24 * 3600
_WINDOWS = 10
"""Most instances of the program that can be restored separately."""
_KEPT = 5
"""Most restored sessions that stay in the folder."""
_ROOM = 1 << 16
"""Free bytes below which the disk counts as full."""


class Autosave(QObject):
    """Autosave file in the user's data folder, one for each running instance of the program.

    Signals
    -------
    failed(sentence)
        The file could not be written; sent the first time only.
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
        """Lock a file to write to, and return the session that a crash has left, if any.

        What was left is moved aside first, so that if it crashes the program, the next start is a fresh one.
        """
        folder = paths.data_dir() / "sessions"
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        # Files left by a crash are taken before unused ones.
        places = [folder / f"autosave-{number}{SUFFIX}" for number in range(_WINDOWS)]
        for place in sorted(places, key=lambda each: not each.exists()):
            lock = QLockFile(str(place.with_suffix(".lock")))
            # A lock does not expire; it is void once the process that holds it has ended.
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                self._lock, self.file = lock, place
                left = self._put_aside(place)
                _drop_unsaved(folder)
                return left
            if lock.error() != QLockFile.LockError.LockFailedError:
                # No process holds it, but it cannot be created.
                self.report_failure(_unwritable_reason(folder))
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
        """Schedule a write after a change."""
        if self.file is not None and not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Write the session now; a failure is signalled, not raised."""
        self._timer.stop()
        if self.file is None:
            return
        try:
            write_session(self.file, self._collect(self.file))
        except UserError as error:
            self.report_failure(str(error))

    def report_failure(self, why: str) -> None:
        """Signal, the first time only, that what is shown is not kept."""
        if not self._complained:
            self._complained = True
            self.failed.emit(tr("What is shown cannot be kept for the case of a crash: {0}", why))

    def finish(self, *, keep: bool = False) -> None:
        """Remove the file after a clean exit, so that nothing is restored; or keep it as where the person left off."""
        if keep:
            self.write()
        self._timer.stop()
        if self.file is not None:
            with contextlib.suppress(OSError):
                if keep:
                    self.file.replace(self.file.with_name(LEFT_OFF))
                self.file.unlink(missing_ok=True)
            self.file = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def _drop_unsaved(folder: Path) -> None:
    """Remove activations that were kept for a crash and that no session names any more, a day later."""
    # One that cannot be read may name any of them: nothing is removed then.
    with contextlib.suppress(OSError, UserError):
        named = b"".join(read_bytes(file, LARGEST) for file in folder.glob(f"*{SUFFIX}"))
        for file in folder.glob(f"{UNSAVED}*.h5"):
            if file.name.encode() not in named and time.time() - file.stat().st_mtime > _DAY:
                file.unlink(missing_ok=True)


def _unwritable_reason(folder: Path) -> str:
    with contextlib.suppress(OSError):
        if shutil.disk_usage(folder).free < _ROOM:
            return tr("there is no room left in {0}; free some space.", folder)
    return tr("the folder {0} cannot be written.", folder)
