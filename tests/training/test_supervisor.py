"""The supervisor with a child that speaks the protocol and trains nothing: cancel, stop, death in every way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.training import supervisor
from auslan_explorer.training.events import AutoencoderTrained, BatchesDone, Discarded, Event, Failed, Measured, Started
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.supervisor import Training, worker_command
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import os, sys, time
import numpy as np
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training.events import *
from auslan_explorer.training.protocol import *
source, sink = sys.stdin.buffer, sys.stdout.buffer
job = message_job(read_message(source))
def say(event):
    write_message(sink.write, event_message(event)); sink.flush()
def map_():
    layer = lambda a, b: DenseLayer(np.ones((a, b), np.float32), np.zeros(b, np.float32), "linear")
    return AutoencoderTrained(Autoencoder((layer(job.activations.units, 2), layer(2, job.activations.units)), 0),
        1, 1, 0.5, 0.25, 1.0, (0.5,), (0.25,))
"""


class Heard:
    """Events, and a way to wait for one of a kind."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, kind: type, seconds: float = 60.0) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: any(isinstance(each, kind) for each in self.events), seconds)

    @property
    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.events]


@pytest.fixture
def begin(activations: Activations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Start a training whose child runs some lines of Python."""
    started: list[Training] = []

    def start(lines: str) -> tuple[Training, Heard]:
        script = tmp_path / "child.py"
        script.write_text(CHILD + textwrap.dedent(lines))
        monkeypatch.setattr(supervisor, "worker_command", lambda: [sys.executable, str(script)])
        heard = Heard()
        training = Training(TrainingJob(activations), heard)
        training.start()
        started.append(training)
        return training, heard

    yield start
    for training in started:
        training.cancel()
        assert training.wait(120)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_events_come_through_in_order_up_to_the_last(begin) -> None:
    training, heard = begin(
        "say(Started(3, 10)); say(BatchesDone(0.5)); say(map_()); say(Measured({'mse': 0.5})); time.sleep(600)"
    )
    assert training.wait(120)
    assert heard.kinds == ["Started", "BatchesDone", "AutoencoderTrained", "Measured"]
    assert heard.events[0] == Started(3, 10)
    assert not training.running and not alive(training.pid)


def test_cancel_leaves_no_process_and_says_nothing_more(begin) -> None:
    training, heard = begin(
        """
        import subprocess
        inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        say(Started(inner.pid, 10))
        while True:
            say(BatchesDone(0.1))
        """
    )
    heard.wait_for(BatchesDone)
    training.cancel()
    assert training.wait(120)
    assert heard.events[-1] == Discarded()
    assert not alive(training.pid)
    # What the child itself has started goes with it (reaped by init, some moments later).
    inner = heard.events[0].epochs  # type: ignore[union-attr]
    wait_until(lambda: not alive(inner) or _state(inner) == "Z")


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_cancel_before_the_child_has_read_its_job(begin) -> None:
    training, heard = begin("")
    training.cancel()
    assert training.wait(120)
    assert heard.events == [Discarded()]


def test_stop_reaches_the_child_and_its_map_comes_back(begin) -> None:
    training, heard = begin(
        """
        say(BatchesDone(0.1))
        assert source.readline() == STOP
        say(map_()); say(Measured({}))
        """
    )
    heard.wait_for(BatchesDone)
    training.stop_and_keep()
    assert training.wait(120)
    assert heard.kinds[-2:] == ["AutoencoderTrained", "Measured"]


def test_stop_before_anything_was_learned_keeps_nothing(begin) -> None:
    training, heard = begin("time.sleep(600)")
    training.stop_and_keep()
    assert training.wait(120)
    assert heard.events == [Discarded()]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("os.kill(os.getpid(), 9)", "ended from outside, perhaps because the memory ran out"),
        ("os.kill(os.getpid(), 11)", r"crashed \(signal 11\)"),
        ("os._exit(3)", r"without a result \(exit code 3\)"),
        ("sys.stdout.buffer.write(b'hello there\\n'); sys.stdout.flush(); os._exit(1)", "without a result"),
        ('sink.write(b\'{"kind": "Snap\'); sink.flush(); os._exit(1)', "without a result"),
        ("raise ValueError('deep inside')", "without a result"),
    ],
)
def test_a_child_that_dies_is_reported_with_its_last_lines(begin, lines: str, words: str) -> None:
    training, heard = begin(f"print('last words', file=sys.stderr, flush=True)\nsay(BatchesDone(0.1))\n{lines}")
    assert training.wait(120)
    last = heard.events[-1]
    assert isinstance(last, Failed)
    assert re.search(words, last.sentence)
    assert "The map that was there is unchanged." in last.sentence
    assert "last words" in last.log
    if "ValueError" in lines:
        assert last.log[-1] == "ValueError: deep inside"


def test_a_map_is_not_lost_to_a_child_that_dies_while_measuring(begin) -> None:
    training, heard = begin("say(map_()); os._exit(1)")
    assert training.wait(120)
    assert heard.kinds == ["AutoencoderTrained", "Measured"]
    assert isinstance(heard.events[0], AutoencoderTrained)
    assert isinstance(heard.events[1], Measured) and heard.events[1].quality == {}


def test_a_program_that_cannot_be_started_is_explained(
    activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "worker_command", lambda: ["/nowhere/python"])
    heard = Heard()
    training = Training(TrainingJob(activations), heard)
    training.start()
    assert training.wait(120)
    (event,) = heard.events
    assert isinstance(event, Failed) and "could not be started" in event.sentence


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command()[0] == sys.executable and worker_command()[-1] == "auslan_explorer.ml.worker"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--worker"]


def test_the_worker_brings_no_qt_and_ends_without_a_job() -> None:
    code = """
        import runpy, sys
        sys.argv = ["main.py", "--worker"]
        try:
            runpy.run_path("main.py", run_name="__main__")
        except SystemExit as end:
            assert not end.code, end
        assert not any("PySide6" in name for name in sys.modules)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
