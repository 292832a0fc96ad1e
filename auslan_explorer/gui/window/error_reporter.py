"""Handles uncaught exceptions: logs them, saves the session, and tells the user once."""

from __future__ import annotations

import contextlib
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.log import LOGGER

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from auslan_explorer.gui.window.main_window import MainWindow

SENTENCE = "Something went wrong that nobody foresaw. You can go on working; what is shown has been kept."


class ErrorReporter:
    """Hook for `sys.excepthook` that logs an error and shows it as a sentence with details."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._box: QMessageBox | None = None
        self._told: set[str] = set()

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        # A session's signal wraps errors of its listeners; a `UserError` may be the cause.
        beneath: BaseException | None = error
        while beneath is not None and not isinstance(beneath, UserError):
            beneath = beneath.__cause__
        if beneath is not None:
            self._show_error(str(beneath))
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        LOGGER.error("Unforeseen: %s", details)
        if sys.stderr is not None:  # a program without a console has none
            sys.stderr.write(details)
        # An error in painting may recur sixty times a second; it is shown only once.
        if details in self._told:
            return
        self._told.add(details)
        with contextlib.suppress(Exception):
            self._window.sessions.autosave.write()
        self._show_error(tr(SENTENCE), details)

    def _show_error(self, sentence: str, details: str = "") -> None:
        if self._box is not None and shiboken6.isValid(self._box) and self._box.isVisible():
            return
        with contextlib.suppress(Exception):
            self._box = self._window.show_error(sentence, details)
