"""What the actions of the menu Train do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.settings.preferences import export_folder
from auslan_explorer.gui.training.apply_run import MapPlacer
from auslan_explorer.gui.training.controller import Retraining
from auslan_explorer.gui.training.run_library import RunShelf
from auslan_explorer.gui.training.trainer import BUSY
from auslan_explorer.training import prerequisites
from auslan_explorer.training.runs import RunInfo, RunStore
from auslan_explorer.training.supervisor import Training

if TYPE_CHECKING:
    from auslan_explorer.gui.window.main_window import MainWindow


class TrainingCommands:
    """One method an action, and the parts of the window that train and keep runs.

    Attributes
    ----------
    shelf : RunShelf
    retraining : Retraining
    placer : MapPlacer
    """

    def __init__(self, window: MainWindow, session: Session, jobs: Jobs) -> None:
        self._window = window
        self._session = session
        self.shelf = RunShelf(RunStore(), jobs, window)
        self.retraining = Retraining(session, jobs, self.shelf, window, Training)
        self.placer = MapPlacer(session, jobs, self.shelf, window)
        self.shelf.failed.connect(window.show_error)
        self.placer.failed.connect(window.show_error)

    # ------------------------------------------------------------------------------------------------- asked
    @property
    def learning(self) -> bool:
        """Whether a training is under way."""
        return self.retraining.trainer.busy

    @property
    def start_lacks(self) -> str:
        """Why no training can be started; empty where one can."""
        return said(BUSY) if self.retraining.busy else prerequisites.missing()

    @property
    def stop_lacks(self) -> str:
        """Why there is nothing to stop; empty where there is."""
        return "" if self.learning else said("No training is under way")

    @property
    def run_lacks(self) -> str:
        """Why nothing can be done with a run; empty where it can."""
        return "" if self._chosen() else said("Choose a run in the dock of runs first")

    @property
    def whole_lacks(self) -> str:
        """Why a run's map cannot be used; empty where it can."""
        return self.run_lacks or next((info.damaged for info in self._chosen()), "")

    @property
    def compare_lacks(self) -> str:
        """Why nothing can be compared; empty where it can."""
        if len(self._chosen()) < 2:
            return said("Choose two or more runs in the dock of runs first")
        return next((info.damaged for info in self._chosen() if info.damaged), "")

    @property
    def own_lacks(self) -> str:
        """Why the activations' own maps cannot be put back; empty where they can."""
        state = self._session.state
        return "" if state.run_2d or state.run_3d else said("They are on the map already")

    # ------------------------------------------------------------------------------------------------- training
    def start(self) -> None:
        """Start with what is set in the dock, and show it."""
        self._window.docks.show("retrain")
        self._window.retrain.start()

    def stop_and_keep(self) -> None:
        self.retraining.trainer.stop_and_keep()

    def cancel(self) -> None:
        self.retraining.trainer.cancel()

    # ------------------------------------------------------------------------------------------------- runs
    def own_maps(self) -> None:
        """Put the maps back that the activations came with."""
        self._session.update(run_2d="", run_3d="")

    def put_on_map(self) -> None:
        if chosen := self._chosen():
            self.placer.put(chosen[0])

    def compare(self) -> None:
        self._window.runs.compare()

    def rename(self) -> None:
        self._window.docks.show("runs")
        self._window.runs.rename()

    def delete(self) -> None:
        self._window.runs.delete()

    def export(self) -> None:
        """Ask for a file, and write the chosen run to it."""
        from PySide6.QtWidgets import QFileDialog

        for info in self._chosen()[:1]:
            start = str(export_folder(self._window.settings) / f"{_file_name(info.name)}.h5")
            name, _ = QFileDialog.getSaveFileName(self._window, said("Export run"), start, said("Runs (*.h5)"))
            if name:
                file = Path(name)
                self.export_to(info, file if file.suffix else file.with_suffix(".h5"))

    def export_to(self, info: RunInfo, file: Path) -> None:
        """Write a run to a file, and say so."""
        job = self.shelf.export(info, file)
        job.done.connect(lambda _: self._window.statusBar().showMessage(said("Exported {0}", file), 4000))

    def import_run(self) -> None:
        """Ask for a file, and take in the run that it holds."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self._window, said("Import run"), "", said("Runs (*.h5)"))
        if name:
            self._window.docks.show("runs")
            self.shelf.import_file(Path(name))

    def _chosen(self) -> tuple[RunInfo, ...]:
        return self._window.runs.chosen()


def _file_name(name: str) -> str:
    return "".join(each if each.isalnum() or each in " -_." else "-" for each in name).strip() or "run"
