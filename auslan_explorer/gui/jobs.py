"""Background jobs: a function in its own thread, with progress, time left, cancellation and errors as sentences."""

from __future__ import annotations

import inspect
import logging
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.gui.i18n import said

PROGRESS_SECONDS = 0.05
"""Least seconds between two progress signals, so that a fast job does not flood the window."""

ENOUGH_TO_GUESS = 0.02
"""Fraction of the work after which the time left can be estimated."""


class Work(QObject):
    """Long-running work that the status bar shows.

    Attributes
    ----------
    title : str
        As shown: "Importing recordings".
    stop_words : str
        Text of its stop button.
    fraction : float
        Progress, 0 to 1.
    text : str
        What is being done now.
    running : bool

    Signals
    -------
    progressed(fraction, text)
        Progress, 0 to 1, and what is being done now.
    over()
        The work has ended in any way; sent once.
    """

    progressed = Signal(float, str)
    over = Signal()

    def __init__(self, title: str, parent: QObject | None = None, stop_words: str = "") -> None:
        super().__init__(parent)
        self.title = title
        self.stop_words = stop_words or said("Cancel")
        self.fraction = 0.0
        self.text = ""
        self.running = False

    def cancel(self) -> None:
        """Stop the work in the way that `stop_words` names."""
        raise NotImplementedError

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for the work to clean up, and return whether it has ended."""
        raise NotImplementedError

    def seconds_left(self) -> float | None:
        """Return the estimated seconds left, or None while it is too early to tell."""
        raise NotImplementedError


class Job(Work):
    """One function running in its own thread.

    Signals
    -------
    done(result)
        The function has returned `result`.
    failed(sentence, details)
        The function has failed: a sentence for people, and the traceback, empty if the error was expected.
    cancelled()
        The job was cancelled.
    """

    done = Signal(object)
    failed = Signal(str, str)
    cancelled = Signal()
    # Queued from the thread to the window's thread, so that connecting right after the start misses nothing.
    _moved = Signal(float, str)
    _ended = Signal(str, object, str)

    def __init__(self, title: str, work: Callable[..., Any], parent: QObject | None = None) -> None:
        super().__init__(title, parent)
        self._work = work
        self._stop = threading.Event()
        self._started = 0.0
        self._told = 0.0
        self._moved.connect(self._move)
        self._ended.connect(self._finish)
        # Not a QThread: one that is still running when the program ends would abort it or delay its end.
        self._thread = threading.Thread(target=self._run, name=title, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self.running = True
        self._started = time.monotonic()
        self._thread.start()

    def cancel(self) -> None:
        """Cancel the job; it counts as over at once, and a late result is dropped."""
        self._stop.set()
        if self.running:
            self.running = False
            self.cancelled.emit()
            self.over.emit()

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for the thread to clean up, and return whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def seconds_left(self) -> float | None:
        """Estimate the seconds left from the time taken; None while it is too early to tell."""
        if self.fraction < ENOUGH_TO_GUESS:
            return None
        return (time.monotonic() - self._started) * (1 - self.fraction) / self.fraction

    def _run(self) -> None:
        # Not kept on this object, which lives on: data that the function refers to (say, all hidden states) is freed.
        work = self._work
        del self._work
        try:
            offered = {"progress": self._progress, "cancelled": self._stop.is_set}
            taken = inspect.signature(work).parameters
            result = work(**{name: value for name, value in offered.items() if name in taken})
        except Cancelled:
            self._tell("cancelled", None, "")
        except UserError as error:
            self._tell("failed", str(error), "")
        except BaseException as error:
            # Whatever it was, the user waits for an answer; the traceback goes into the details.
            logging.getLogger(__name__).exception("%s did not work", self.title)
            sentence = said("{0} did not work: {1}.", self.title, error or type(error).__name__)
            self._tell("failed", sentence, traceback.format_exc())
        else:
            self._tell("done", result, "")

    def _progress(self, fraction: float, text: str) -> None:
        now = time.monotonic()
        if now - self._told >= PROGRESS_SECONDS or fraction >= 1:
            self._told = now
            self._emit(self._moved, min(max(fraction, 0.0), 1.0), text)

    def _tell(self, how: str, value: object, details: str) -> None:
        self._emit(self._ended, how, value, details)

    def _emit(self, signal: Any, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:
            # The window, and this object's C++ part with it, was destroyed while the thread was still cleaning up.
            self._stop.set()

    @Slot(float, str)
    def _move(self, fraction: float, text: str) -> None:
        if self.running:
            self.fraction, self.text = fraction, text
            self.progressed.emit(fraction, text)

    @Slot(str, object, str)
    def _finish(self, how: str, value: object, details: str) -> None:
        if not self.running:
            return
        self.running = False
        if how == "done":
            self.done.emit(value)
        elif how == "failed":
            self.failed.emit(value, details)
        else:
            self.cancelled.emit()
        self.over.emit()


class Jobs(QObject):
    """The background work under way.

    Signals
    -------
    started(work)
        Work to be shown in the status bar has started.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Work] = []

    def start(self, title: str, work: Callable[..., Any]) -> Job:
        """Run a function in a thread, such as ``partial(export_paths, activations, projection, file)``.

        Parameters
        ----------
        title : str
            As shown: "Importing recordings".
        work : callable
            Gets `progress` and `cancelled` (see `core.progress`) if it has parameters of these names. It must not touch
            widgets.
        """
        job = Job(title, work, self)
        self.watch(job)
        job.start()
        return job

    def watch(self, work: Work) -> None:
        """Show work in the status bar until it is over."""
        self.running.append(work)
        work.over.connect(lambda: self._forget(work))
        self.started.emit(work)

    def cancel_all(self, seconds: float = 2.0) -> None:
        """Cancel all work, and wait up to `seconds` for each to remove half-written files."""
        jobs = list(self.running)
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.wait(seconds)

    def _forget(self, job: Work) -> None:
        if job in self.running:
            self.running.remove(job)
