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
from auslan_explorer.gui.i18n import current_words, tr

PROGRESS_INTERVAL_S = 0.05
"""Least seconds between two progress signals, so that a fast job does not flood the window."""

MIN_FRACTION_TO_ESTIMATE = 0.02
"""Fraction of the work after which the time left can be estimated."""


class BackgroundTask(QObject):
    """Long-running work that the status bar shows.

    Attributes
    ----------
    title : str
        As shown: "Importing recordings".
    stop_text : str
        Text of its stop button.
    makes_something : bool
        Whether stopping it loses something that is being made, so that closing the window has to ask.
    fraction : float
        Progress, 0 to 1.
    text : str
        What is being done now.
    running : bool

    Signals
    -------
    progressed(fraction, text)
        Progress, 0 to 1, and what is being done now.
    finished()
        The work has ended in any way; sent once.
    """

    progressed = Signal(float, str)
    finished = Signal()

    def __init__(self, title: str, parent: QObject | None = None, stop_text: str = "") -> None:
        super().__init__(parent)
        self.title = title
        self.stop_text = stop_text or tr("Cancel")
        self.makes_something = False
        self.fraction = 0.0
        self.text = ""
        self.running = False

    def cancel(self) -> None:
        """Stop the work in the way that `stop_text` names."""
        raise NotImplementedError

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for the work to clean up, and return whether it has ended."""
        raise NotImplementedError

    def seconds_left(self) -> float | None:
        """Return the estimated seconds left, or None while it is too early to tell."""
        raise NotImplementedError


class Job(BackgroundTask):
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
    _progress_sent = Signal(float, str)
    _result_sent = Signal(str, object, str)

    def __init__(self, title: str, work: Callable[..., Any], parent: QObject | None = None) -> None:
        super().__init__(title, parent)
        self._work = work
        self._cancel_requested = threading.Event()
        # Held to emit and to cancel: once a job is cancelled its thread emits nothing, so that the window can go.
        self._emitting = threading.Lock()
        self._started = 0.0
        self._last_progress = 0.0
        self._progress_sent.connect(self._on_progress)
        self._result_sent.connect(self._on_result)
        # Not a QThread: one that is still running when the program ends would abort it or delay its end.
        self._thread = threading.Thread(target=self._run, name=title, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self.running = True
        self._started = time.monotonic()
        self._thread.start()

    def cancel(self) -> None:
        """Cancel the job; it counts as over at once, and a late result is dropped."""
        with self._emitting:
            self._cancel_requested.set()
        if self.running:
            self.running = False
            self.cancelled.emit()
            self.finished.emit()

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for the thread to clean up, and return whether it has ended."""
        if self._thread.is_alive():  # one that was never started cannot be joined
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def seconds_left(self) -> float | None:
        """Estimate the seconds left from the time taken; None while it is too early to tell."""
        if self.fraction < MIN_FRACTION_TO_ESTIMATE:
            return None
        return (time.monotonic() - self._started) * (1 - self.fraction) / self.fraction

    def _run(self) -> None:
        # Not kept on this object, which lives on: data that the function refers to (say, all hidden states) is freed.
        work = self._work
        del self._work
        try:
            offered = {"progress": self._send_progress, "cancelled": self._cancel_requested.is_set}
            taken = inspect.signature(work).parameters
            result = work(**{name: value for name, value in offered.items() if name in taken})
        except Cancelled:
            self._send_result("cancelled", None, "")
        except UserError as error:
            self._send_result("failed", current_words().say(str(error)), "")
        except BaseException as error:
            # Whatever it was, the user waits for an answer; the traceback goes into the details.
            logging.getLogger(__name__).exception("%s did not work", self.title)
            sentence = tr("{0} did not work: {1}.", self.title, error or type(error).__name__)
            self._send_result("failed", sentence, traceback.format_exc())
        else:
            self._send_result("done", result, "")

    def _send_progress(self, fraction: float, text: str) -> None:
        now = time.monotonic()
        if now - self._last_progress >= PROGRESS_INTERVAL_S or fraction >= 1:
            self._last_progress = now
            self._emit(self._progress_sent, min(max(fraction, 0.0), 1.0), text)

    def _send_result(self, outcome: str, value: object, details: str) -> None:
        self._emit(self._result_sent, outcome, value, details)

    def _emit(self, signal: Any, *values: object) -> None:
        with self._emitting:
            if self._cancel_requested.is_set():
                return
            try:
                signal.emit(*values)
            except RuntimeError:
                # The window, and this object's C++ part with it, was destroyed without a word to its jobs.
                self._cancel_requested.set()

    @Slot(float, str)
    def _on_progress(self, fraction: float, text: str) -> None:
        if self.running:
            text = current_words().say(text)
            self.fraction, self.text = fraction, text
            self.progressed.emit(fraction, text)

    @Slot(str, object, str)
    def _on_result(self, outcome: str, value: object, details: str) -> None:
        if not self.running:
            return
        self.running = False
        if outcome == "done":
            self.done.emit(value)
        elif outcome == "failed":
            self.failed.emit(value, details)
        else:
            self.cancelled.emit()
        self.finished.emit()


class Jobs(QObject):
    """The background work under way.

    Signals
    -------
    started(task)
        A task to be shown in the status bar has started.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[BackgroundTask] = []
        self._closed = False

    def start(self, title: str, work: Callable[..., Any], *, makes_something: bool) -> Job:
        """Run a function in a thread, such as ``partial(export_paths, activations, projection, file)``.

        Parameters
        ----------
        title : str
            As shown: "Importing recordings".
        work : callable
            Gets `progress` and `cancelled` (see `core.progress`) if it has parameters of these names. It must not touch
            widgets.
        makes_something : bool
            Whether the job makes something that is lost when it is stopped, such as a film; the window then asks
            before it closes. What is only shown, and can be had again by opening the same thing, is nothing to lose.
        """
        job = Job(title, work, self)
        job.makes_something = makes_something
        if self._closed:
            # The last events of a closing window: a thread would outlive what it reports to.
            job.cancel()
            return job
        self.watch(job)
        job.start()
        return job

    def watch(self, task: BackgroundTask) -> None:
        """Show work in the status bar until it is over."""
        self.running.append(task)
        task.finished.connect(lambda: self._remove(task))
        self.started.emit(task)

    def cancel_all(self, seconds: float = 2.0) -> None:
        """Cancel all work, and wait up to `seconds` for each to remove half-written files."""
        running = list(self.running)
        for task in running:
            task.cancel()
        # Those that were cancelled before, too: a thread that still reads HDF5 keeps its lock, for which Python would
        # wait for ever at its end.
        for task in dict.fromkeys([*running, *self.findChildren(Job)]):
            task.wait(seconds)

    def close(self) -> None:
        """Cancel all work, and start none any more."""
        self._closed = True
        self.cancel_all()

    def _remove(self, task: BackgroundTask) -> None:
        if task in self.running:
            self.running.remove(task)
