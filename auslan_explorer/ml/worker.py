"""Entry point of the training process: reads a job from standard input, writes events to standard output.

Started as ``main.py --worker`` or ``python -m auslan_explorer.ml.worker`` by `training.supervisor`. It writes no file.
When standard input closes, the parent process is gone, and this one ends.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from auslan_explorer.core.errors import UserError
from auslan_explorer.training.events import Event, Failed
from auslan_explorer.training.network_job import DONE, FAILED, JOB, REPORT, message_network
from auslan_explorer.training.protocol import (
    STOP,
    WorkerMessage,
    event_message,
    message_job,
    read_message,
    write_message,
)

NICENESS = 10
"""Increment of the process's niceness: the window and other programs have priority."""


def main() -> int:
    """Run the job from standard input and return the exit code; 0 if the last event could be sent."""
    source, sink = _own_streams()
    # A thread from before the others step back, for what a person waits for: on Linux each has its own niceness.
    urgent = ThreadPoolExecutor(1)
    urgent.submit(int).result()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        message = read_message(source)
        if message is None:
            return 0
        if message.kind == JOB:
            return _run_network(message, source, sink)
        job = message_job(message)
        stop = threading.Event()
        threading.Thread(target=_listen, args=(source, stop), daemon=True).start()
        # After the job: TensorFlow takes seconds to import, and a person may cancel meanwhile.
        from auslan_explorer.ml.runtime import silent_start

        with silent_start():
            from auslan_explorer.ml.train_map import train_map
        for event in train_map(job, stop.is_set, urgently=lambda work: urgent.submit(work).result()):
            _send(sink, event)
    except UserError as error:
        _send(sink, Failed(str(error)))
    except MemoryError:
        _send(sink, Failed("There is not enough memory for this training; close other programs or choose less."))
    except Exception as error:
        lines = traceback.format_exc().splitlines()
        sentence = f"The training stopped because of an error that nobody foresaw ({type(error).__name__})."
        _send(sink, Failed(sentence, tuple(lines[-30:])))
    return 0


def _run_network(message: WorkerMessage, source: BinaryIO, sink: BinaryIO) -> int:
    """Run a network that a file holds, for `training.network_job`."""
    threading.Thread(target=_listen, args=(source, threading.Event()), daemon=True).start()

    def report(fraction: float, text: str) -> None:
        _write(sink, WorkerMessage(REPORT, {"fraction": fraction, "text": text}))

    try:
        job = message_network(message)
        if job.file.suffix.lower() == ".onnx":
            from auslan_explorer.ml.run_onnx import run_onnx

            run_onnx(job, report)
        else:
            from auslan_explorer.ml.run_network import run_network

            run_network(job, report)
        _write(sink, WorkerMessage(DONE))
    except UserError as error:
        _write(sink, WorkerMessage(FAILED, {"sentence": str(error)}))
    except MemoryError:
        sentence = "There is not enough memory to run this network; close other programs or choose fewer sequences."
        _write(sink, WorkerMessage(FAILED, {"sentence": sentence}))
    except Exception as error:
        sentence = f"The network could not be run because of an error that nobody foresaw ({type(error).__name__})."
        _write(sink, WorkerMessage(FAILED, {"sentence": sentence}))
        traceback.print_exc()
    return 0


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Reserve standard input and output for messages; what a library prints goes to standard error."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return source, sink


def _send(sink: BinaryIO, event: Event) -> None:
    _write(sink, event_message(event))


def _write(sink: BinaryIO, message: WorkerMessage) -> None:
    try:
        write_message(sink.write, message)
        sink.flush()
    except OSError:
        os._exit(1)  # nobody listens any more


def _listen(source: BinaryIO, stop: threading.Event) -> None:
    for line in source:
        if line == STOP:
            stop.set()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
