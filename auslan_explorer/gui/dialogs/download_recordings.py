"""Asks whether to download the recordings, and names their terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QLineEdit, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui import tasks
from auslan_explorer.gui.dialogs.import_recordings import imported_summary
from auslan_explorer.gui.dialogs.task_dialog import TaskDialog
from auslan_explorer.gui.jobs import Jobs

PAGE = "https://archive.ics.uci.edu/dataset/115/australian+sign+language+signs+high+quality"


class DownloadDialog(TaskDialog):
    """Download of the recordings from UCI, or from another address that serves the same files."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        from auslan_explorer.io.download import UCI_URL

        super().__init__(
            "Download recordings",
            "Gets the 2565 glove recordings that the networks were trained on, about 20 MB, and keeps them in your "
            "own folder. With them you can run the published network and train your own.",
            "Download",
            jobs,
            parent,
            f"Recorded by M. W. Kadous. Acknowledge the source, tell the donor if you publish, and ask before "
            f'commercial use: <a href="{PAGE}">the data’s own page</a>.',
        )
        self.address = QLineEdit(UCI_URL, self)
        self.address.setCursorPosition(0)
        self.address.setAccessibleName("Address")
        self.form.addRow("Address", self.address)

    def work(self) -> tasks.Work:
        address = self.address.text().strip()
        if not address.startswith(("http://", "https://")):
            raise UserError("The address must begin with https:// or http://.")
        return tasks.downloading(address)

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return imported_summary(cast(tasks.Imported, result))
