"""The runs that are kept, as the window knows them: listed, renamed, deleted, exported and imported beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.training.runs import RunInfo, RunStore


class RunLibrary(QObject):
    """Follows a `RunStore`.

    Attributes
    ----------
    store : RunStore
    runs : tuple of RunInfo
        The newest first.
    loading : bool
        Whether the folder is still being read.
    trouble : str
        Why the folder cannot be read; empty where it can.

    Signals
    -------
    changed()
        There are other runs, or something is to be said of them.
    failed(sentence)
        What was asked of the store did not work.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, store: RunStore, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.store = store
        self._jobs = jobs
        self.runs: tuple[RunInfo, ...] = ()
        self.loading = False
        self.trouble = ""
        self._known = False

    def load(self) -> None:
        """Read the folder, if that was not done yet."""
        if not self._known and not self.loading:
            self.reload()

    def reload(self) -> None:
        """Read the folder anew."""
        self.loading, self.trouble = True, ""
        self.changed.emit()
        job = self._change(said("Reading the runs"), self.store.list, self._on_listed)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(lambda: self._on_failed(said("Reading the runs was stopped.")))

    def info(self, name: str) -> RunInfo | None:
        """Return the run of that id; None where there is none."""
        return next((run for run in self.runs if run.id == name), None)

    def add(self, info: RunInfo) -> None:
        """A run was kept."""
        self._set_runs((info, *(run for run in self.runs if run.id != info.id)))

    def rename(self, info: RunInfo, name: str) -> None:
        """Call a run by another name."""
        name = name.strip()
        if name and name != info.name:
            self._read(said("Renaming the run"), lambda: self.store.rename(info.id, name), lambda _: self.reload())

    def delete(self, info: RunInfo) -> None:
        """Delete a run for good."""
        self._read(
            said("Deleting the run"),
            lambda: self.store.delete(info.id),
            lambda _: self._set_runs(tuple(run for run in self.runs if run.id != info.id)),
        )

    def export(self, info: RunInfo, file: Path) -> Job:
        """Write a run to a file."""
        return self._read(said("Exporting the run"), lambda: self.store.export(info.id, file), lambda _: None)

    def import_file(self, file: Path) -> Job:
        """Take in a run from a file."""
        return self._read(said("Importing {0}", file.name), lambda: self.store.import_(file), self.add)

    def _read(self, title: str, work: Callable[[], Any], then: Callable[[Any], None]) -> Job:
        job = self._change(title, work, then)
        job.failed.connect(lambda sentence, _: self.failed.emit(sentence))
        return job

    def _change(self, title: str, work: Callable[[], Any], then: Callable[[Any], None]) -> Job:
        job = self._jobs.start(title, work)
        job.done.connect(then)
        return job

    def _on_listed(self, runs: tuple[RunInfo, ...]) -> None:
        self.loading, self._known = False, True
        self._set_runs(runs)

    def _on_failed(self, sentence: str, _details: str = "") -> None:
        self.loading, self.trouble = False, sentence
        self.changed.emit()

    def _set_runs(self, runs: tuple[RunInfo, ...]) -> None:
        self.runs = tuple(sorted(runs, key=lambda run: run.created, reverse=True))
        self.changed.emit()
