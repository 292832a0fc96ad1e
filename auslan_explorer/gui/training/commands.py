"""Puts together what trains and keeps runs: the parts, their docks, and what actions do with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMainWindow

from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.settings.preferences import export_folder
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.training.apply_run import RunApplier
from auslan_explorer.gui.training.controller import TrainingController
from auslan_explorer.gui.training.dock import RetrainDock
from auslan_explorer.gui.training.run_library import RunLibrary
from auslan_explorer.gui.training.runs_dock import RunsDock
from auslan_explorer.gui.training.trainer import BUSY
from auslan_explorer.gui.window_port import Panels, Reporter
from auslan_explorer.training import prerequisites
from auslan_explorer.training.runs import RunInfo, RunStore
from auslan_explorer.training.supervisor import Training


class TrainingCommands:
    """The parts that train and keep runs, their docks, and what actions do with them.

    Attributes
    ----------
    shelf : RunShelf
    retraining : Retraining
    placer : MapPlacer
    retrain_dock : RetrainDock
    runs_dock : RunsDock
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        settings: Settings,
        theme: Theme,
        docks: Panels,
        reporter: Reporter,
        window: QMainWindow,
    ) -> None:
        self._settings = settings
        self._docks = docks
        self._reporter = reporter
        self._window = window
        self.shelf = RunLibrary(RunStore(), jobs, window)
        self.retraining = TrainingController(session, jobs, self.shelf, window, Training)
        self.placer = RunApplier(session, jobs, self.shelf, window)
        self.shelf.failed.connect(reporter.show_error)
        self.placer.failed.connect(reporter.show_error)
        self.retrain_dock = RetrainDock(session, self.retraining, settings, theme, window)
        self.runs_dock = RunsDock(session, self.shelf, self.placer, theme, window)

    def start_disabled_reason(self) -> str:
        """Return why no training can be started; empty where one can."""
        return said(BUSY) if self.retraining.busy else prerequisites.missing()

    def start(self) -> None:
        """Start with what is set in the dock, and show it."""
        self._docks.show("retrain")
        self.retrain_dock.start()

    def rename(self) -> None:
        """Edit the chosen run's name in the dock of runs."""
        self._docks.show("runs")
        self.runs_dock.rename()

    def export(self) -> None:
        """Ask for a file, and write the chosen run to it."""
        for info in self.runs_dock.selected_runs()[:1]:
            start = str(export_folder(self._settings) / f"{_file_name(info.name)}.h5")
            name, _ = QFileDialog.getSaveFileName(self._window, said("Export run"), start, said("Runs (*.h5)"))
            if name:
                file = Path(name)
                self.export_to(info, file if file.suffix else file.with_suffix(".h5"))

    def export_to(self, info: RunInfo, file: Path) -> None:
        """Write a run to a file, and say so."""
        job = self.shelf.export(info, file)
        job.done.connect(lambda _: self._reporter.show_status(said("Exported {0}", file)))

    def import_run(self) -> None:
        """Ask for a file, and take in the run that it holds."""
        name, _ = QFileDialog.getOpenFileName(self._window, said("Import run"), "", said("Runs (*.h5)"))
        if name:
            self._docks.show("runs")
            self.shelf.import_file(Path(name))


def _file_name(name: str) -> str:
    return "".join(each if each.isalnum() or each in " -_." else "-" for each in name).strip() or "run"
