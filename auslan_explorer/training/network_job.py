"""Runs a network of a file over sequences in the child process that also trains: Keras never comes into this one."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.io.temporary import temporary_folder
from auslan_explorer.training.protocol import BrokenMessage, WorkerMessage, read_message, write_message
from auslan_explorer.training.supervisor import LOG_LINES, kill_worker, start_worker, write_all

JOB, REPORT, DONE, FAILED = "NetworkJob", "NetworkReport", "NetworkDone", "NetworkFailed"
_ARRAYS = ("x", "real", "split")
_ASK_SECONDS = 0.1


@dataclass(frozen=True, eq=False)
class NetworkJob:
    """A network to run.

    Attributes
    ----------
    file, out : Path
        The network, and the activation cache to write.
    x : ndarray, shape (R, T, ...)
    real : ndarray of bool, shape (R, T), or None
    labels : list of str or int, or None
    class_names, names : list of str
        Empty where they are not known.
    split : ndarray or None
    """

    file: Path
    out: Path
    x: np.ndarray
    real: np.ndarray | None
    labels: list[Any] | None
    class_names: list[str] | None
    names: list[str] | None
    split: np.ndarray | None


def network_message(job: NetworkJob) -> WorkerMessage:
    """Encode a job as a message."""
    arrays = {name: getattr(job, name) for name in _ARRAYS if getattr(job, name) is not None}
    plain = {"labels": job.labels, "class_names": job.class_names, "names": job.names}
    return WorkerMessage(JOB, {"file": str(job.file), "out": str(job.out), **plain}, arrays)


def message_network(message: WorkerMessage) -> NetworkJob:
    """Decode the job of a message."""
    plain, arrays = message.plain, message.arrays
    return NetworkJob(
        Path(plain["file"]), Path(plain["out"]), arrays["x"], arrays.get("real"), plain["labels"],
        plain["class_names"], plain["names"], arrays.get("split"),
    )  # fmt: skip


def run_in_worker(job: NetworkJob, *, progress: Progress, cancelled: IsCancelled) -> None:
    """Run a network in a child process, which writes the activation cache.

    Raises
    ------
    UserError
        If the network cannot be run.
    Cancelled
    """
    try:
        with temporary_folder("network") as folder:
            _run(job, folder, progress, cancelled)
    except OSError as error:
        raise UserError(f"The network could not be run ({error.strerror or error}).") from error


def _run(job: NetworkJob, folder: Path, progress: Progress, cancelled: IsCancelled) -> None:
    process = start_worker(folder)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    said: queue.Queue[WorkerMessage | None] = queue.Queue()
    log: deque[str] = deque(maxlen=LOG_LINES)
    threads = [
        threading.Thread(target=_listen, args=(process.stdout, said), name="network", daemon=True),
        threading.Thread(target=_keep_log, args=(process.stderr, log), name="network log", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        descriptor = process.stdin.fileno()
        with contextlib.suppress(OSError):  # it died; that its messages end says so
            write_message(lambda piece: write_all(descriptor, piece), network_message(job))
        _follow(said, log, progress, cancelled)
    finally:
        kill_worker(process)
        process.wait()
        for thread in threads:
            thread.join(1.0)
        for pipe in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(OSError):
                pipe.close()


def _follow(
    said: queue.Queue[WorkerMessage | None], log: deque[str], progress: Progress, cancelled: IsCancelled
) -> None:
    while True:
        if cancelled():
            raise Cancelled
        try:
            message = said.get(timeout=_ASK_SECONDS)
        except queue.Empty:
            continue
        if message is None:
            last = f" ({log[-1]})" if log else ""
            raise UserError(f"The network’s process ended without a result, perhaps for want of memory{last}.")
        if message.kind == DONE:
            return
        if message.kind != REPORT:
            raise UserError(str(message.plain.get("sentence", "The network could not be run.")))
        progress(float(message.plain["fraction"]), str(message.plain["text"]))


def _listen(stream: IO[bytes], said: queue.Queue[WorkerMessage | None]) -> None:
    with contextlib.suppress(OSError, ValueError, BrokenMessage):
        while (message := read_message(stream)) is not None:
            said.put(message)
    said.put(None)


def _keep_log(stream: IO[bytes], log: deque[str]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            log.append(line.decode("utf-8", "replace").rstrip()[:500])
