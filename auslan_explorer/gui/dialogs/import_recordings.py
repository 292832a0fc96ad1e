"""Asks for recordings to import: a folder of .tsd files or an archive, whichever way it nests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from auslan_explorer.gui import tasks
from auslan_explorer.gui.dialogs.path_field import PathField
from auslan_explorer.gui.dialogs.task_dialog import TaskDialog
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.status_bar import counted

FILES = "Recordings (*.zip *.tar.gz *.tgz *.tar *.tsd);;All files (*)"


class ImportDialog(TaskDialog):
    """Import of recordings from a file or folder."""

    def __init__(self, jobs: Jobs, parent: QWidget, source: Path | None = None) -> None:
        super().__init__(
            "Import recordings",
            "Choose the folder of .tsd files, tctodd.tar.gz, or the zip that UCI serves. The recordings are kept in "
            "your own folder, so that networks can be run on them.",
            "Import",
            jobs,
            parent,
        )
        self.source = PathField("File or folder", self, files=FILES, folders=True)
        self.source.set_path(source)
        self.form.addRow("File or folder", self.source)
        self.source.setFocus()

    def work(self) -> tasks.Work:
        return tasks.importing(self.source.path())

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return imported_summary(cast(tasks.Imported, result))


def imported_summary(imported: tasks.Imported) -> tuple[str, Sequence[str]]:
    """Return what an import brought, in a sentence, and its notes."""
    what = ", ".join(
        (
            counted(imported.recordings, "recording"),
            counted(imported.signs, "sign"),
            counted(imported.frames, "frame"),
        )
    )
    with_notes = f" {counted(len(imported.notes), 'note')}:" if imported.notes else ""
    return f"Imported: {what}. Kept in {imported.file}.{with_notes}", imported.notes
