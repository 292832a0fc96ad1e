"""The training process: reads a job, sends events, says in a sentence what went wrong, and ends with its parent."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.splits import TEST
from auslan_explorer.training.events import AutoencoderTrained, EpochDone, Event, Failed, Measured, Stage, Started
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.protocol import STOP, job_message, message_event, read_message, write_message
from auslan_explorer.training.settings import AutoencoderSettings

ROOT = Path(__file__).parents[2]
QUICK = AutoencoderSettings(widths=(8,), batch=64, epochs=2, steps="all")


class Worker:
    """A training process, and what it says."""

    def __init__(self, setup: str = "") -> None:
        code = f"import sys\nfrom auslan_explorer.ml import worker\n{textwrap.dedent(setup)}\nsys.exit(worker.main())"
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        self.process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, **pipes)

    def send(self, job: TrainingJob) -> None:
        packed = io.BytesIO()
        write_message(packed.write, job_message(job))
        self.process.stdin.write(packed.getvalue())
        self.process.stdin.flush()

    def events(self) -> Iterator[Event]:
        while (message := read_message(self.process.stdout)) is not None:
            yield message_event(message)


@pytest.fixture
def workers() -> Iterator[list[Worker]]:
    begun: list[Worker] = []
    yield begun
    for worker in begun:
        worker.process.kill()
        for pipe in (worker.process.stdin, worker.process.stdout, worker.process.stderr):
            with contextlib.suppress(OSError):
                pipe.close()
        worker.process.wait()


@pytest.fixture
def begin(workers: list[Worker]):
    def call(setup: str = "") -> Worker:
        workers.append(Worker(setup))
        return workers[-1]

    return call


def test_a_map_is_trained_and_measured_and_the_process_ends(begin, activations) -> None:
    worker = begin()
    worker.send(TrainingJob(activations, QUICK))
    events = list(worker.events())
    assert worker.process.wait(120) == 0
    kinds = [type(event) for event in events]
    assert next(kind for kind in kinds if kind is not Stage) is Started and kinds.count(EpochDone) == 2
    trained = next(event for event in events if isinstance(event, AutoencoderTrained))
    np.testing.assert_allclose(trained.points, trained.autoencoder.encode(activations.all_states()), atol=1e-4)
    last = events[-1]
    assert isinstance(last, Measured)
    held = activations.all_states()[(activations.split == TEST)[activations.recording_of_point()]]
    away = np.square(trained.autoencoder.reconstruct(held) - held).mean()
    assert last.quality["measured_on"] == "test" and last.quality["mse"] == pytest.approx(away, rel=1e-3)


FAKE = """
    from types import ModuleType
    from auslan_explorer.core.errors import UserError
    from auslan_explorer.training.events import BatchesDone

    def train_map(job, stop, urgently):
        print("said by a library")
        yield BatchesDone(0.5)
        {then}

    module = ModuleType("train_map")  # without TensorFlow, which takes its time
    module.train_map = train_map
    sys.modules["auslan_explorer.ml.train_map"] = module
"""


@pytest.mark.parametrize(
    ("then", "sentence"),
    [
        ("raise UserError('The rate is too high.')", "The rate is too high."),
        ("raise MemoryError", "There is not enough memory for this training; close other programs or choose less."),
        (
            "raise KeyError('deep')",
            "The training stopped because of an error that nobody foresaw (KeyError).",
        ),
    ],
)
def test_what_goes_wrong_is_the_last_event(begin, activations, then: str, sentence: str) -> None:
    worker = begin(FAKE.format(then=then))
    worker.send(TrainingJob(activations, QUICK))
    *_, last = worker.events()
    assert isinstance(last, Failed) and last.sentence == sentence
    # Only of what nobody foresaw the lines are sent along; a library's words are no event.
    assert bool(last.log) is ("KeyError" in then) and (not last.log or last.log[-1] == "KeyError: 'deep'")
    assert worker.process.wait(120) == 0
    assert "said by a library" in worker.process.stderr.read().decode()


WAITING = """import time
        while not stop():
            time.sleep(0.01)
        yield BatchesDone(0.75)"""


def test_a_word_stops_the_training_and_a_closed_pipe_ends_the_process(begin, activations) -> None:
    worker = begin(FAKE.format(then=WAITING))
    worker.send(TrainingJob(activations, QUICK))
    events = worker.events()
    assert next(events).fraction == 0.5
    worker.process.stdin.write(STOP)
    worker.process.stdin.flush()
    assert [event.fraction for event in events] == [0.75]
    assert worker.process.wait(120) == 0

    orphan = begin(FAKE.format(then=WAITING))
    orphan.send(TrainingJob(activations, QUICK))
    assert next(orphan.events()).fraction == 0.5
    orphan.process.stdin.close()
    assert orphan.process.wait(120) == 1


def test_no_job_is_no_error_and_nobody_listening_is_an_end(begin, activations) -> None:
    idle = begin()
    idle.process.stdin.close()
    assert idle.process.wait(120) == 0
    talking = begin(FAKE.format(then="while True: yield BatchesDone(0.75)"))
    talking.send(TrainingJob(activations, QUICK))
    assert next(talking.events()).fraction == 0.5
    talking.process.stdout.close()
    assert talking.process.wait(120) == 1
