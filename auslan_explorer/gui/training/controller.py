"""Runs one training for the window: starts it, shows its map while it learns, and saves its run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import BackgroundTask, Jobs
from auslan_explorer.gui.training.run_library import RunLibrary
from auslan_explorer.gui.training.trainer import Phase, Trainer, TrainingMaker
from auslan_explorer.training import prerequisites
from auslan_explorer.workflows.runs import SavedRun, Trained, save_run

if TYPE_CHECKING:
    from auslan_explorer.training.events import AutoencoderTrained, Snapshot
    from auslan_explorer.training.job import TrainingJob
    from auslan_explorer.training.settings import AutoencoderSettings

SHOW_EVERY = 2
"""Epochs between two map updates during a training."""


class TrainingJobAdapter(BackgroundTask):
    """Presents a training to the status bar as `BackgroundTask`."""

    def __init__(self, trainer: Trainer, dims: int, parent: QObject) -> None:
        super().__init__(tr("Training in {0}-D", dims), parent, tr("Stop and keep best"))
        self._trainer = trainer
        self.running = True
        trainer.changed.connect(self.report_progress)

    def cancel(self) -> None:
        """Stop the training and save the best map so far."""
        self._trainer.stop_and_keep()

    def wait(self, seconds: float) -> bool:
        return self._trainer.wait(seconds)

    def seconds_left(self) -> float | None:
        return self._trainer.progress.seconds_left if self._trainer.phase is Phase.LEARNING else None

    def report_progress(self) -> None:
        """Emit the training's present fraction and phase."""
        if not self.running:
            return
        progress, phase = self._trainer.progress, self._trainer.phase
        if phase is Phase.IDLE:
            self.running = False
            self.finished.emit()
            return
        self.text = {
            Phase.STARTING: tr("starting TensorFlow"),
            Phase.STOPPING: tr("stopping"),
            Phase.MEASURING: tr("measuring what it is worth"),
        }.get(phase, tr("epoch {0} of {1}", min(progress.epoch + 1, progress.epochs), progress.epochs))
        if progress.stage and phase in (Phase.STARTING, Phase.LEARNING):
            from auslan_explorer.training.events import STAGES

            self.text = tr(STAGES[progress.stage])
        self.fraction = 1.0 if phase is Phase.MEASURING else progress.fraction
        self.progressed.emit(self.fraction, self.text)


class TrainingController(QObject):
    """Trains a map in a separate process, shows it while it learns, and saves the result as a run.

    Attributes
    ----------
    trainer : Trainer

    Signals
    -------
    kept(info)
        The run, a `RunInfo`, has been saved, and its map is shown.
    lost(sentence, log)
        No run was saved: the training failed, or its result could not be written. `log` is a tuple of lines.
    discarded()
        The training was cancelled.
    """

    kept = Signal(object)
    lost = Signal(str, object)
    discarded = Signal()

    def __init__(self, session: Session, jobs: Jobs, library: RunLibrary, parent: QObject, make: TrainingMaker) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self.library = library
        self._keeping = False
        self.trainer = Trainer(self, make)
        self.trainer.snapshot.connect(self._show_snapshot)
        self.trainer.trained.connect(self._save_run)
        self.trainer.failed.connect(self._on_failed)
        self.trainer.discarded.connect(self._on_discarded)

    @property
    def busy(self) -> bool:
        """Whether a training is running or its run is being saved."""
        return self.trainer.busy or self._keeping

    def _selected(self, settings: AutoencoderSettings) -> np.ndarray | None:
        if settings.recordings != "selection":
            return None
        return self._session.state.selected.mask(len(self._session.activations))

    def estimate_seconds(self, settings: AutoencoderSettings) -> float | None:
        """Estimate how long a training on the open activations takes; None where there are too few recordings."""
        from auslan_explorer.training.estimate import estimate_seconds

        activations = self._session.activations
        runs = [run for run in self.library.runs if run.belongs_to(activations)]
        try:
            return estimate_seconds(activations, settings, self._selected(settings), runs)
        except UserError:
            return None

    def start(self, settings: AutoencoderSettings, threads: int = 0) -> None:
        """Start a training on the open activations.

        Parameters
        ----------
        settings : AutoencoderSettings
        threads : int
            Processor threads to use; 0 for all.

        Raises
        ------
        UserError
            If a training is already running, there is nothing to train on, or TensorFlow is missing.
        """
        from auslan_explorer.training.job import TrainingJob

        prerequisites.check()
        session = self._session
        if not len(session.activations):
            raise UserError(tr("There are no recordings to train on. Open activations first."))
        on_screen = session.projections.get(settings.dims)
        job = TrainingJob(
            session.activations,
            settings,
            selected=self._selected(settings),
            show_every=SHOW_EVERY,
            on_screen=None if on_screen is None else on_screen.points,
            threads=threads,
        )
        self.trainer.start(job)
        work = TrainingJobAdapter(self.trainer, settings.dims, self)
        self._jobs.watch(work)
        work.report_progress()

    # ------------------------------------------------------------------------------------------- signals of the trainer
    def _show_snapshot(self, event: Snapshot | AutoencoderTrained) -> None:
        job = self.trainer.job
        if job is None or event.points is None or self._session.activations is not job.activations:
            return  # Other activations have been opened meanwhile.
        self._session.show_learning(job.settings.dims, _projection(event, job))

    def _save_run(self, trained: Trained) -> None:
        self._keeping = True
        settings = trained.job.settings
        name = tr("{0}-D, seed {1}", settings.dims, str(settings.seed))
        job = self._jobs.start(
            tr("Keeping the run"), partial(save_run, trained, self.library.store, name), makes_something=True
        )
        job.done.connect(self._on_saved)
        job.failed.connect(lambda sentence, details: self._on_failed(sentence, tuple(details.splitlines())))
        job.cancelled.connect(self._on_discarded)

    def _on_saved(self, saved: SavedRun) -> None:
        self._keeping = False
        session = self._session
        if session.activations is saved.activations:
            session.adopt_learned(saved.projection.dims, saved.info.id, saved.projection)
        self.library.add(saved.info)
        self.kept.emit(saved.info)

    def _on_failed(self, sentence: str, log: tuple[str, ...]) -> None:
        self._restore_map()
        self.lost.emit(sentence, log)

    def _on_discarded(self) -> None:
        self._restore_map()
        self.discarded.emit()

    def _restore_map(self) -> None:
        """Show the map from before the training again."""
        self._keeping = False
        for dims in (2, 3):
            self._session.show_learning(dims, None)


def _projection(event: Snapshot | AutoencoderTrained, job: TrainingJob) -> Projection:
    assert event.points is not None
    prefix = event.prefix
    if prefix is None:
        prefix = np.zeros((0, event.points.shape[1]), dtype=np.float32)
    return Projection(event.points, prefix, "", tr("{0}-D, learning", job.settings.dims))
