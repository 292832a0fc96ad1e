"""Creates the parts of the training feature and offers the commands that its actions call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog, QMainWindow

from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.settings.preferences import export_folder
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.training.apply_run import RunApplier, compare_disabled_reason
from auslan_explorer.gui.training.controller import TrainingController
from auslan_explorer.gui.training.run_library import RunLibrary
from auslan_explorer.gui.training.trainer import BUSY
from auslan_explorer.gui.widgets.save_file import ask_where_to_save, tell_written
from auslan_explorer.gui.window_port import Panels, Reporter
from auslan_explorer.io.file_names import safe_file_name
from auslan_explorer.training import prerequisites

if TYPE_CHECKING:
    from auslan_explorer.gui.training.dock import RetrainDock
    from auslan_explorer.gui.training.runs_dock import RunsDock
    from auslan_explorer.gui.training.trainer import Supervised
    from auslan_explorer.training.events import Event
    from auslan_explorer.training.job import TrainingJob
    from auslan_explorer.training.runs import RunInfo


def _make_training(job: TrainingJob, on_event: Callable[[Event], None]) -> Supervised:
    from auslan_explorer.training.supervisor import Training

    return Training(job, on_event)


class TrainingCommands:
    """Training controller and run library, with the commands that actions call.

    Attributes
    ----------
    library : RunLibrary
    controller : TrainingController
    applier : RunApplier
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        settings: Settings,
        docks: Panels,
        reporter: Reporter,
        window: QMainWindow,
    ) -> None:
        self._session = session
        self._settings = settings
        self._docks = docks
        self._reporter = reporter
        self._window = window
        self.library = RunLibrary(jobs, window)
        self.controller = TrainingController(session, jobs, self.library, window, _make_training)
        self.applier = RunApplier(session, jobs, self.library, window)
        self.library.failed.connect(reporter.show_error)
        self.applier.failed.connect(reporter.show_error)

    @property
    def retrain_dock(self) -> RetrainDock:
        """The form that trains a map."""
        return cast("RetrainDock", self._docks.dock("retrain"))

    @property
    def runs_dock(self) -> RunsDock:
        """The list of runs."""
        return cast("RunsDock", self._docks.dock("runs"))

    def selected_runs(self) -> tuple[RunInfo, ...]:
        """Return the runs that are selected in the dock; none before it was shown."""
        return self.runs_dock.selected_runs() if self._docks.made("runs") is not None else ()

    def compare_disabled_reason(self) -> str:
        """Return why the selected runs cannot be compared; empty if they can."""
        return compare_disabled_reason(self.selected_runs(), self._session.activations)

    def start_disabled_reason(self) -> str:
        """Return why no training can start now; empty if one can."""
        if not len(self._session.activations):
            return tr("Nothing is open")
        return tr(BUSY) if self.controller.busy else prerequisites.missing()

    def start(self) -> None:
        """Show the retraining dock and start a training with its settings."""
        self._docks.show("retrain")
        self.retrain_dock.start()

    def train_better(self, dims: int) -> None:
        """Train a map of so many dimensions with the dock's other settings."""
        self.retrain_dock.form.set_dims(dims)
        self.start()

    def rename(self) -> None:
        """Show the runs dock and edit the selected run's name there."""
        self._docks.show("runs")
        self.runs_dock.rename()

    def export(self) -> None:
        """Ask for a file and export the selected run to it."""
        for info in self.selected_runs()[:1]:
            offered = export_folder(self._settings) / f"{safe_file_name(info.name, 'run')}.h5"
            write = partial(self.export_to, info)
            ask_where_to_save(self._window, tr("Export run"), offered, tr("Runs (*.h5)"), write)

    def export_to(self, info: RunInfo, file: Path) -> None:
        """Export a run to an HDF5 file in the background and say where it is."""
        job = self.library.export(info, file)
        job.done.connect(lambda _: tell_written(self._window, file))

    def import_run(self) -> None:
        """Ask for an exported run and import it into the run library."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Import run"), "", tr("Runs (*.h5)"))
        if name:
            self._docks.show("runs")
            self.library.import_file(Path(name))
