"""A fake training whose events a test triggers, and its settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training.events import (
    AutoencoderTrained,
    Discarded,
    EpochDone,
    Event,
    Failed,
    Measured,
    Snapshot,
    Started,
)
from auslan_explorer.training.job import TrainingJob
from tests.gui.window_parts import UNITS

if TYPE_CHECKING:
    from auslan_explorer.gui.training.form import SettingsForm

EPOCHS = 6


def made_up_autoencoder(dims: int, seed: int = 0) -> Autoencoder:
    """Create a random autoencoder for the synthetic activations, without hidden layers."""
    rng = np.random.default_rng(seed)
    shapes = ((UNITS, dims), (dims, UNITS))
    return Autoencoder(
        tuple(
            DenseLayer(rng.normal(size=shape).astype(np.float32), np.zeros(shape[1], np.float32), "linear")
            for shape in shapes
        ),
        0,
    )


def learned_map(a: Activations, dims: int, seed: int) -> AutoencoderTrained:
    """What a training of a made-up autoencoder ends with."""
    made = a.project(made_up_autoencoder(dims, seed), "")
    return AutoencoderTrained(
        made_up_autoencoder(dims, seed), 2, 3, 0.2, 0.1, 6.0, (0.4, 0.2, 0.3), (0.2, 0.1, 0.15), made.points,
        made.prefix,
    )  # fmt: skip


class FakeTraining:
    """Replaces `training.supervisor.Training`; sends the events that the test triggers, and records calls in `did`."""

    def __init__(self, job: TrainingJob, on_event: Callable[[Event], None]) -> None:
        self.job = job
        self._on_event = on_event
        self.did: list[str] = []
        dims = job.settings.dims
        self.autoencoder = made_up_autoencoder(dims, job.settings.seed)
        self.map = job.activations.project(self.autoencoder, "")

    def start(self) -> None:
        self.did.append("start")

    def stop_and_keep(self) -> None:
        self.did.append("stop and keep")

    def cancel(self) -> None:
        self.did.append("cancel")

    def wait(self, seconds: float | None = None) -> bool:
        return True

    # ---- called by the test
    def send(self, event: Event) -> None:
        self._on_event(event)

    def begin(self) -> None:
        self._on_event(Started(EPOCHS, 100))

    def epoch(self, number: int, loss: float, best: bool = True, shows: bool = False) -> None:
        self._on_event(EpochDone(number, EPOCHS, 2 * loss, loss, float("nan"), best, 2.0 * number))
        if shows:
            self._on_event(Snapshot(number, self.map.points * np.float32(0.1 * number), self.map.prefix))

    def learned(self) -> None:
        self._on_event(
            AutoencoderTrained(
                self.autoencoder, 2, 3, 0.2, 0.1, 6.0, (0.4, 0.2, 0.3), (0.2, 0.1, 0.15), self.map.points,
                self.map.prefix,
            )
        )  # fmt: skip

    def finish(self) -> None:
        self.learned()
        self._on_event(Measured({"explained_variance": 0.5, "knn_accuracy": 0.25, "measured_on": "test"}))

    def die(self) -> None:
        self._on_event(Failed("The training was ended from outside.", ("line one", "line two")))

    def give_up(self) -> None:
        self._on_event(Discarded())


class Trainings(list[FakeTraining]):
    """All fake trainings that were started, the newest last."""

    @property
    def now(self) -> FakeTraining:
        return self[-1]


def put(form: SettingsForm, **texts: str) -> None:
    """Put texts into fields of a form, by their names."""
    for name, text in texts.items():
        form._set_field(name, text)
