"""The saved runs in the window: listed, renamed, deleted, exported and imported in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from auslan_explorer.training.runs import RunInfo, RunStore


class RunLibrary(QObject):
    """Lists the saved runs and changes them in the background.

    Attributes
    ----------
    runs : tuple of RunInfo
        Newest first.
    loading : bool
        Whether the folder is still being read.
    trouble : str
        Why the folder cannot be read; empty if it can.

    Signals
    -------
    changed()
        The list of runs, `loading` or `trouble` has changed.
    failed(sentence)
        A rename, deletion, export or import did not work.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.runs: tuple[RunInfo, ...] = ()
        self.loading = False
        self.trouble = ""
        self._known = False

    @cached_property
    def store(self) -> RunStore:
        """The folder of runs."""
        from auslan_explorer.training.runs import RunStore

        return RunStore()

    def load(self) -> None:
        """Read the folder of runs, unless that has been done."""
        if not self._known and not self.loading:
            self.reload()

    def reload(self) -> None:
        """Read the folder of runs again."""
        self.loading, self.trouble = True, ""
        self.changed.emit()
        job = self._change(tr("Reading the runs"), self.store.list, self._on_listed, makes_something=False)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(lambda: self._on_failed(tr("Reading the runs was stopped.")))

    def info(self, name: str) -> RunInfo | None:
        """Return the run with this id, or None."""
        return next((run for run in self.runs if run.id == name), None)

    def add(self, info: RunInfo) -> None:
        """Insert a saved run, replacing one of the same id."""
        self._set_runs((info, *(run for run in self.runs if run.id != info.id)))

    def rename(self, info: RunInfo, name: str) -> None:
        """Rename a run; an empty or unchanged name is ignored."""
        name = name.strip()
        if name and name != info.name:
            self._read(tr("Renaming the run"), lambda: self.store.rename(info.id, name), lambda _: self.reload())

    def delete(self, info: RunInfo) -> None:
        """Delete a run permanently."""
        self._read(
            tr("Deleting the run"),
            lambda: self.store.delete(info.id),
            lambda _: self._set_runs(tuple(run for run in self.runs if run.id != info.id)),
        )

    def export(self, info: RunInfo, file: Path) -> Job:
        """Export a run to an HDF5 file."""
        return self._read(tr("Exporting the run"), lambda: self.store.export(info.id, file), lambda _: None)

    def import_file(self, file: Path) -> Job:
        """Import a run from an exported file."""
        return self._read(tr("Importing {0}", file.name), lambda: self.store.import_(file), self.add)

    def _read(self, title: str, work: Callable[[], Any], then: Callable[[Any], None]) -> Job:
        job = self._change(title, work, then, makes_something=True)
        job.failed.connect(lambda sentence, _: self.failed.emit(sentence))
        return job

    def _change(
        self, title: str, work: Callable[[], Any], then: Callable[[Any], None], *, makes_something: bool
    ) -> Job:
        job = self._jobs.start(title, work, makes_something=makes_something)
        job.done.connect(then)
        return job

    def _on_listed(self, runs: tuple[RunInfo, ...]) -> None:
        self.loading, self._known = False, True
        self._set_runs(runs)

    def _on_failed(self, sentence: str, _details: str = "") -> None:
        self.loading, self.trouble = False, sentence
        self.changed.emit()

    def _set_runs(self, runs: tuple[RunInfo, ...]) -> None:
        self.runs = tuple(sorted(runs, key=lambda run: (run.created, run.id), reverse=True))
        self.changed.emit()
