"""Runs a training in a child process, supervised by a thread: the window's process never imports TensorFlow."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO

import auslan_explorer
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.temporary import environment_of, temporary_folder
from auslan_explorer.training import prerequisites
from auslan_explorer.training.events import AutoencoderTrained, BatchesDone, Discarded, Event, Failed, Measured
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.protocol import (
    STOP,
    BrokenMessage,
    job_message,
    message_event,
    read_message,
    write_message,
)

LOG_LINES = 30
WORKER = "--worker"


def worker_command() -> list[str]:
    """Return the command that starts the training process: the program itself where it is frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER]
    # -P: a folder that happens to be current holds no modules of ours.
    return [sys.executable, "-P", "-m", "auslan_explorer.ml.worker"]


class Training:
    """One training in a child process, from its start to its last event.

    The last event is `Measured` (after `AutoencoderTrained`), `Failed` or `Discarded`; none is sent after it, and no
    other than `Discarded` after `cancel`.

    Parameters
    ----------
    job : TrainingJob
        Its settings are checked by the child process; invalid ones are reported as `Failed`.
    on_event : callable
        Called with every event, in the supervising thread.
    """

    def __init__(self, job: TrainingJob, on_event: Callable[[Event], None]) -> None:
        self.job = job
        self._on_event = on_event
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = threading.Event()
        self._stopping = threading.Event()
        self._listening = threading.Event()
        self._learned = False
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._thread = threading.Thread(target=self._run, name="training", daemon=True)

    @property
    def running(self) -> bool:
        """Whether the last event is still to come."""
        return self._thread.is_alive()

    @property
    def pid(self) -> int | None:
        """Id of the child process; None before it is started."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the training and return at once."""
        self._thread.start()

    def stop_and_keep(self) -> None:
        """Stop early and keep the best map so far; before anything was learned, the same as `cancel`."""
        if not self._learned:
            self.cancel()
            return
        self._stopping.set()
        if self._listening.is_set():
            self._tell_to_stop()

    def cancel(self) -> None:
        """Stop at once and discard the result."""
        self._cancelled.set()
        if self._process is not None:
            kill_worker(self._process)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait at most so many seconds for the last event; return whether it has come."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # ----------------------------------------------------------------------------------------------- in the thread
    def _run(self) -> None:
        if sentence := prerequisites.missing():
            self._on_event(Failed(sentence))
            return
        try:
            # What TensorFlow writes for itself would stay where it is killed.
            with temporary_folder("training") as folder:
                ending = self._train(folder)
        except UserError as error:
            ending = Failed(str(error))
        except OSError as error:
            ending = Failed(f"The training could not be started ({error.strerror or error}).")
        self._on_event(Discarded() if self._cancelled.is_set() else ending)

    def _train(self, folder: Path) -> Event:
        process = self._process = start_worker(folder)
        try:
            if self._cancelled.is_set():
                kill_worker(process)
            return self._forward_events(process)
        finally:
            kill_worker(process)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    assert pipe is not None
                    pipe.close()

    def _forward_events(self, process: subprocess.Popen[bytes]) -> Event:
        """Pass on the child process's events up to the last one, which is returned."""
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        reading = threading.Thread(target=self._read_log, args=(process.stderr,), name="training log", daemon=True)
        reading.start()
        trained = False
        try:
            descriptor = process.stdin.fileno()
            write_message(lambda piece: write_all(descriptor, piece), job_message(self.job))
            self._listening.set()
            if self._stopping.is_set():
                self._tell_to_stop()
            while (message := read_message(process.stdout)) is not None and not self._cancelled.is_set():
                event = message_event(message)
                if isinstance(event, Measured | Failed):
                    return event
                self._learned = self._learned or isinstance(event, BatchesDone)
                trained = trained or isinstance(event, AutoencoderTrained)
                self._on_event(event)
        except (OSError, BrokenMessage):
            pass  # The process died; how, its exit code and its log say.
        if trained:
            return Measured({})
        code = process.wait()
        reading.join(1.0)
        return Failed(_death(code), tuple(self._log))

    def _tell_to_stop(self) -> None:
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            write_all(self._process.stdin.fileno(), memoryview(STOP))

    def _read_log(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), stream:
            for line in stream:
                self._log.append(line.decode("utf-8", "replace").rstrip()[:500])


def start_worker(folder: Path) -> subprocess.Popen[bytes]:
    """Start the child process, which waits for a job on its standard input; temporary files go to `folder`."""
    root = str(Path(auslan_explorer.__file__).resolve().parents[1])
    environment = {**os.environ, **environment_of(folder), "TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "-1"}
    if not getattr(sys, "frozen", False):
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(
        worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        creationflags=flags,
        start_new_session=True,  # a group of its own: Ctrl+C in a terminal reaches this process alone
    )


def kill_worker(process: subprocess.Popen[bytes]) -> None:
    """Kill the child process and all that it started."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def write_all(descriptor: int, piece: memoryview) -> None:
    """Write a whole piece to a pipe."""
    while piece:
        piece = piece[os.write(descriptor, piece) :]


def _death(code: int) -> str:
    if code in (-signal.SIGTERM, -9, 137):
        how = "was ended from outside, perhaps because the memory ran out; close other programs or choose less"
    elif code < 0:
        how = f"crashed (signal {-code}); try again, and report it if that does not help"
    else:
        how = f"ended without a result (exit code {code}); try again, and report it if that does not help"
    return f"The training {how}. The map that was there is unchanged."
