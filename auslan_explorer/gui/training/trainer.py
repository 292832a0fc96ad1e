"""Runs one training at a time; events of its supervising thread become Qt signals."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.workflows.runs import Trained

if TYPE_CHECKING:
    from auslan_explorer.training.events import AutoencoderTrained, EpochDone, Event
    from auslan_explorer.training.job import TrainingJob

BUSY = "A training is under way. Stop it, or wait until it is done; then start the next one."

_FIRST_SECONDS = 2.0
"""Seconds of the first epoch after which it tells how long all of them take."""
_TELL_SECONDS = 0.3
"""Least seconds between two progress signals within an epoch: each one makes the window lay out and repaint."""


class Supervised(Protocol):
    """Interface of `training.supervisor.Training` that the trainer needs."""

    def start(self) -> None: ...

    def stop_and_keep(self) -> None: ...

    def cancel(self) -> None: ...

    def wait(self, seconds: float | None = None) -> bool: ...


TrainingMaker = Callable[["TrainingJob", Callable[["Event"], None]], Supervised]


class Phase(StrEnum):
    """Phase of a training."""

    IDLE = "idle"
    STARTING = "starting"
    LEARNING = "learning"
    STOPPING = "stopping"
    MEASURING = "measuring"


@dataclass(frozen=True)
class TrainingProgress:
    """Progress of a training.

    Attributes
    ----------
    epochs : int
        Most epochs that will be trained; 0 before that is known.
    training, validation : tuple of float
        Loss of each epoch.
    best_epoch : int
        Counted from 1; 0 before there is one.
    seconds : float
        Time since the first batch.
    fraction : float
        Completed part of all epochs, 0 to 1.
    stage : str
        What it does beside learning, a key of `training.events.STAGES`; empty where it learns.
    stage_fraction : float
        How much of that is done, 0 to 1; NaN where it is not known.
    rows, of_rows : int
        Hidden states that are learned from, and those that they are a sample of; 0 where they are no sample.
    """

    epochs: int = 0
    training: tuple[float, ...] = ()
    validation: tuple[float, ...] = ()
    best_epoch: int = 0
    seconds: float = 0.0
    fraction: float = 0.0
    stage: str = ""
    stage_fraction: float = math.nan
    rows: int = 0
    of_rows: int = 0

    @property
    def epoch(self) -> int:
        """Number of completed epochs."""
        return len(self.validation)

    @property
    def epoch_seconds(self) -> float:
        """Mean seconds per epoch; NaN before the first one is over."""
        return self.seconds / self.epoch if self.epoch else math.nan

    @property
    def seconds_left(self) -> float | None:
        """Most seconds left (early stopping may end it sooner); None before some of the first epoch is over."""
        if self.epoch:
            return self.epoch_seconds * self.epochs * (1 - self.fraction)
        if self.seconds < _FIRST_SECONDS or not self.fraction:
            return None
        return self.seconds / self.fraction * (1 - self.fraction)


class Trainer(QObject):
    """Starts, monitors and stops a training.

    Attributes
    ----------
    phase : Phase
    progress : TrainingProgress
    job : TrainingJob or None
        The present or last training.

    Signals
    -------
    changed()
        Phase or progress has changed.
    phase_changed()
        The phase has changed; `busy` may have too.
    snapshot(event)
        `Snapshot`, or `AutoencoderTrained` once the best weights are known: a map of all real steps.
    trained(trained)
        The training is complete; `Trained` holds its result and metrics.
    failed(sentence, log)
        The training failed; `log` is a tuple of lines.
    discarded()
        The training was cancelled.
    """

    changed = Signal()
    phase_changed = Signal()
    snapshot = Signal(object)
    trained = Signal(object)
    failed = Signal(str, object)
    discarded = Signal()
    # Carries events from the training's thread to the window's, with the number of their training.
    _said = Signal(int, object)

    def __init__(self, parent: QObject, make: TrainingMaker) -> None:
        super().__init__(parent)
        self._make = make
        self._training: Supervised | None = None
        self._number = 0
        self._told = 0.0
        self._result: AutoencoderTrained | None = None
        self.phase = Phase.IDLE
        self.progress = TrainingProgress()
        self.job: TrainingJob | None = None
        self._said.connect(self._on_event)

    @property
    def busy(self) -> bool:
        """Whether a training is running."""
        return self.phase is not Phase.IDLE

    def start(self, job: TrainingJob) -> None:
        """Start a training and return at once.

        Raises
        ------
        UserError
            If a training is already running.
        """
        if self.busy:
            raise UserError(tr(BUSY))
        self._number += 1
        number = self._number

        def hear(event: Event) -> None:
            # The window may have been destroyed while the thread was still running.
            with contextlib.suppress(RuntimeError):
                self._said.emit(number, event)

        self.job, self._result, self.progress = job, None, TrainingProgress(epochs=job.settings.epochs)
        self._training = self._make(job, hear)
        self._set_phase(Phase.STARTING)
        self._training.start()

    def stop_and_keep(self) -> None:
        """Stop and keep the best weights so far; during start-up, cancel."""
        if self._training is None or self.phase not in (Phase.STARTING, Phase.LEARNING):
            return
        if self.phase is Phase.STARTING:
            self.cancel()
            return
        self._set_phase(Phase.STOPPING)
        self._training.stop_and_keep()

    def cancel(self) -> None:
        """Cancel the training at once and discard its result; later events of it are ignored."""
        if self._training is None:
            return
        # Before anything else, to free the processor.
        self._training.cancel()
        self._drop_training()
        self.discarded.emit()

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for the training to end, and return whether it has."""
        return self._training is None or self._training.wait(seconds)

    def _drop_training(self) -> None:
        self._number += 1
        self._training = None
        self._set_phase(Phase.IDLE)

    def _set_phase(self, phase: Phase) -> None:
        self.phase = phase
        self._emit_progress()
        self.phase_changed.emit()

    def _emit_progress(self) -> None:
        self._told = time.monotonic()
        self.changed.emit()

    def _on_event(self, number: int, event: Event) -> None:
        from auslan_explorer.training import events

        if number != self._number:
            return
        match event:
            case events.Stage():
                again = event.name == self.progress.stage
                self.progress = replace(self.progress, stage=event.name, stage_fraction=event.fraction)
                if not again or time.monotonic() - self._told > _TELL_SECONDS:
                    self._emit_progress()
            case events.Started():
                self.progress = replace(
                    self.progress, epochs=event.epochs, stage="", rows=event.training_rows, of_rows=event.of_rows
                )
                self._set_phase(Phase.LEARNING)
            case events.BatchesDone():
                # Later, seconds are those of whole epochs.
                seconds = self.progress.seconds if self.progress.epoch else event.seconds
                self.progress = replace(self.progress, fraction=event.fraction, stage="", seconds=seconds)
                if self.phase is Phase.STARTING:
                    self._set_phase(Phase.LEARNING)
                elif time.monotonic() - self._told > _TELL_SECONDS:
                    self._emit_progress()
            case events.EpochDone():
                self._on_epoch(event)
            case events.Snapshot():
                self.snapshot.emit(event)
            case events.AutoencoderTrained():
                self._result = event
                self._set_phase(Phase.MEASURING)
                self.snapshot.emit(event)
            case events.Measured():
                assert self._result is not None and self.job is not None
                trained = Trained(self.job, self._result, event)
                self._drop_training()
                self.trained.emit(trained)
            case events.Failed():
                self._drop_training()
                self.failed.emit(event.sentence, event.log)
            case events.Discarded():
                self._drop_training()
                self.discarded.emit()

    def _on_epoch(self, event: EpochDone) -> None:
        before = self.progress
        self.progress = replace(
            before,
            epochs=event.epochs,
            training=(*before.training, event.train_loss),
            validation=(*before.validation, event.validation_loss),
            best_epoch=event.epoch if event.best else before.best_epoch,
            seconds=event.seconds,
            fraction=max(before.fraction, event.epoch / event.epochs),
        )
        self._emit_progress()
