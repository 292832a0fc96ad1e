"""The log file: errors and warnings, in the user's log folder, limited in size."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from auslan_explorer import __version__, paths
from auslan_explorer.core.errors import UserError

LOGGER = logging.getLogger("auslan_explorer")
LOG_NAME = "auslan-explorer.log"
_MAX_BYTES, _BACKUPS = 256 << 10, 2
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class _LogFileHandler(RotatingFileHandler):
    """Log handler for which a full disk or a missing folder is no error."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Ignore errors of writing: there is nowhere left to report them."""


def log_file() -> Path | None:
    """Return the log file in use, or None."""
    place = next((each.baseFilename for each in LOGGER.handlers if isinstance(each, _LogFileHandler)), None)
    return None if place is None else Path(place)


@contextmanager
def logging_to_file(folder: Path | None = None) -> Iterator[Path | None]:
    """Log to a file while the program runs: its own errors, Qt's warnings, and a traceback if Python crashes.

    Parameters
    ----------
    folder : Path, optional
        By default the user's log folder.

    Yields
    ------
    Path or None
        The file, or None if it cannot be written.
    """
    try:
        folder = folder or paths.log_dir()
        folder.mkdir(parents=True, exist_ok=True)
        handler = _LogFileHandler(folder / LOG_NAME, maxBytes=_MAX_BYTES, backupCount=_BACKUPS, encoding="utf-8")
        crashes = (folder / "crash.log").open("a", encoding="utf-8")
    except (OSError, UserError):
        yield None
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    LOGGER.addHandler(handler)
    level = LOGGER.level
    LOGGER.setLevel(logging.INFO)
    LOGGER.info(
        "Auslan Explorer %s, Python %s, Qt %s, %s", __version__, platform.python_version(), qVersion(), sys.platform
    )
    before = qInstallMessageHandler(_log_qt_message)
    threads, threading.excepthook = threading.excepthook, _log_thread_failures(threading.excepthook)
    ours = _trace_crashes(crashes)
    try:
        yield Path(handler.baseFilename)
    finally:
        if ours:
            faulthandler.disable()
        threading.excepthook = threads
        qInstallMessageHandler(before)
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)
        with suppress(OSError):
            handler.close()
            crashes.close()


def _trace_crashes(file: IO[str]) -> bool:
    if faulthandler.is_enabled():
        return False
    faulthandler.enable(file)
    return True


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    LOGGER.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
    if kind is not QtMsgType.QtDebugMsg and sys.stderr is not None:
        sys.stderr.write(message + "\n")


def _log_thread_failures(before: Callable[[Any], Any]) -> Callable[[threading.ExceptHookArgs], None]:
    def told(what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            LOGGER.error("In a thread", exc_info=(what.exc_type, what.exc_value, what.exc_traceback))
        before(what)

    return told
