"""A network that runs in a child process: what the child is told, what it says, and how it can end."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import never, no_progress
from auslan_explorer.training import network_job
from auslan_explorer.training.network_job import NetworkJob, message_network, network_message, run_in_worker
from auslan_explorer.training.protocol import WorkerMessage, read_message, write_message

X = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
BARE = NetworkJob(Path("a.keras"), Path("out.h5"), X, None, None, None, None, None)
WHOLE = NetworkJob(
    Path("a.keras"), Path("out.h5"), X, np.ones((2, 3), bool), ["b", 1], ["b", "c"], ["one", "two"], np.array([0, 2])
)
REPORT = WorkerMessage("NetworkReport", {"fraction": 0.25, "text": "running"}, {})
DONE = WorkerMessage("NetworkDone", {}, {})


def as_bytes(*messages: WorkerMessage) -> bytes:
    written = bytearray()
    for message in messages:
        write_message(written.extend, message)
    return bytes(written)


@pytest.mark.parametrize("job", [BARE, WHOLE], ids=["bare", "whole"])
def test_a_job_arrives_as_it_was_sent(job: NetworkJob) -> None:
    sent = network_message(job)
    assert sent.kind == "NetworkJob" and set(sent.arrays) == {"x"} | ({"real", "split"} if job is WHOLE else set())
    received = read_message(io.BytesIO(as_bytes(sent)))
    assert received is not None
    again = message_network(received)
    for name in ("file", "out", "labels", "class_names", "names"):
        assert getattr(again, name) == getattr(job, name), name
    for name in ("x", "real", "split"):
        one, other = getattr(again, name), getattr(job, name)
        assert (one is other is None) or np.array_equal(one, other), name


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SimpleNamespace]:
    """Function that stands in for the child process: it says some messages, and writes lines to its log."""

    def stand_in(*said: WorkerMessage, log: bytes = b"") -> SimpleNamespace:
        reads, writes = os.pipe()
        process = SimpleNamespace(
            stdin=os.fdopen(writes, "wb"), stdout=io.BytesIO(as_bytes(*said)), stderr=io.BytesIO(log),
            told=os.fdopen(reads, "rb"), ends=[], wait=lambda: process.ends.append("wait"),
        )  # fmt: skip
        monkeypatch.setattr(network_job, "start_worker", lambda folder: process.ends.append(folder) or process)
        monkeypatch.setattr(network_job, "kill_worker", lambda each: each.ends.append("kill"))
        return process

    return stand_in


def test_a_child_is_told_the_job_and_tells_how_far_it_is(child: Callable[..., SimpleNamespace]) -> None:
    process, told = child(REPORT, DONE), []
    run_in_worker(BARE, progress=lambda *how: told.append(how), cancelled=never)
    assert told == [(0.25, "running")]
    message = read_message(process.told)
    assert message is not None and message_network(message).file == Path("a.keras")
    folder, *ends = process.ends
    assert ends == ["kill", "wait"] and not folder.exists(), "nothing of it is left"
    assert process.stdin.closed and process.stdout.closed and process.stderr.closed
    process.told.close()


@pytest.mark.parametrize(
    ("said", "log", "sentence"),
    [
        ((), b"", "The network’s process ended without a result, perhaps for want of memory."),
        (
            (REPORT,),
            b"first\nlast \n",
            "The network’s process ended without a result, perhaps for want of memory (last).",
        ),
        ((WorkerMessage("NetworkFailed", {"sentence": "It is too wide."}, {}),), b"", "It is too wide."),
        ((WorkerMessage("NetworkFailed", {}, {}),), b"", "The network could not be run."),
    ],
)
def test_a_child_that_fails_or_dies_is_one_sentence(
    said: tuple[WorkerMessage, ...], log: bytes, sentence: str, child: Callable[..., SimpleNamespace],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    process = child(*said, log=log)
    read = network_job._keep_log
    if log:  # its last line has come before its end is known
        monkeypatch.setattr(network_job, "_keep_log", lambda stream, lines: None)
        usual = network_job._follow

        def follow(queue, lines, *more):
            read(process.stderr, lines)
            usual(queue, lines, *more)

        monkeypatch.setattr(network_job, "_follow", follow)
    with pytest.raises(UserError) as refused:
        run_in_worker(BARE, progress=no_progress, cancelled=never)
    assert str(refused.value) == sentence and process.ends[1:] == ["kill", "wait"]
    process.told.close()


def test_cancelling_ends_the_child(child: Callable[..., SimpleNamespace]) -> None:
    process = child(REPORT, DONE)
    with pytest.raises(Cancelled):
        run_in_worker(BARE, progress=no_progress, cancelled=lambda: True)
    assert process.ends[1:] == ["kill", "wait"]
    process.told.close()


def test_a_child_that_cannot_be_started_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(network_job, "start_worker", refuse)
    with pytest.raises(UserError, match=r"The network could not be run \(Resource temporarily unavailable\)\."):
        run_in_worker(BARE, progress=no_progress, cancelled=never)
