"""Dialog that downloads the recordings, or imports them from a file or folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QDialogButtonBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT, scaled, text_scale
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.path_field import PathField
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.workflows import recordings
from auslan_explorer.workflows.recordings import Imported

FILES = "Recordings (*.zip *.tar.gz *.tgz *.tar *.tsd);;All files (*)"
PAGE = "https://archive.ics.uci.edu/dataset/115/australian+sign+language+signs+high+quality"
ABOUT = (
    "The map works without the recordings. With them you can also open the published network of the "
    "article, and train and evaluate networks from the command line. They are kept in your own folder."
)
TERMS = (
    "<b>Terms of the data</b>  Recorded and donated by M. W. Kadous, signed by Todd Wright. Acknowledge the source, "
    'tell the donor if you publish, and ask before commercial use: <a href="{0}">the data’s own page</a>.'
)


class RecordingsDialog(TaskDialog):
    """Dialog that downloads or imports recordings; after a failure either can be tried.

    Parameters
    ----------
    jobs : Jobs
    parent : QWidget
    source : Path, optional
        Initial file or folder.
    download : bool
        Whether the download is chosen at first.

    Signals
    -------
    hands_asked()
        The hands of the recordings are to be shown.
    """

    hands_asked = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget, source: Path | None = None, *, download: bool = False) -> None:
        from auslan_explorer.io.download import UCI_URL

        super().__init__(tr("Get the recordings"), tr(ABOUT), tr("Import"), jobs, parent, tr(TERMS, PAGE))
        link_to_guide(self, "recordings")
        self.by_download = QRadioButton(tr("Download them"), self)
        self.by_file = QRadioButton(tr("Use a file or folder of mine"), self)
        ways = QButtonGroup(self)
        # With large text both do not fit side by side.
        row = QVBoxLayout() if text_scale() > 1.25 else QHBoxLayout()
        row.setSpacing(UNIT if text_scale() > 1.25 else 3 * UNIT)
        for way in (self.by_download, self.by_file):
            way.setAccessibleName(way.text())
            ways.addButton(way)
            row.addWidget(way)
        row.addStretch(1)
        self.form.addRow(row)
        self.address = QLineEdit(UCI_URL, self)
        self.address.setCursorPosition(0)
        self.address.setAccessibleName(tr("Address"))
        self.form.addRow(tr("Address"), self.address)
        self.source = PathField(tr("File or folder"), self, files=tr(FILES), folders=True)
        self.source.line.setToolTip(tr("A folder of .tsd files, tctodd.tar.gz, or the zip that UCI serves"))
        self.source.set_path(source)
        self.form.addRow(tr("File or folder"), self.source)
        self.hands_button = self.buttons.addButton(tr("Show the hands"), QDialogButtonBox.ButtonRole.ActionRole)
        self.hands_button.setAccessibleName(self.hands_button.text())
        self.hands_button.setToolTip(tr("Show the hands of the selected recording beside the map"))
        self.hands_button.setAutoDefault(False)
        self.hands_button.clicked.connect(self.hands_asked)
        self.hands_button.clicked.connect(self.accept)
        self.hands_button.hide()
        self.result_ready.connect(lambda _: self.hands_button.show())
        self.by_download.toggled.connect(self._choose_way)
        (self.by_download if download else self.by_file).setChecked(True)
        self._choose_way()
        self.setMinimumWidth(min(scaled(54 * UNIT), self.screen().availableGeometry().width() - 10 * UNIT))
        if paths.recordings_file().exists():
            self._show_sentence(
                tr("Recordings are here already, in {0}; getting them again replaces them.", paths.recordings_file())
            )

    def _choose_way(self) -> None:
        downloads = self.by_download.isChecked()
        self.form.setRowVisible(self.address, downloads)
        self.form.setRowVisible(self.source, not downloads)
        start = tr("Download") if downloads else tr("Import")
        self.start_button.setText(start)
        self.start_button.setAccessibleName(start)
        # With the default address there is nothing to type, so Enter starts.
        (self.start_button if downloads else self.source).setFocus()
        self._show_sentence()

    def work(self) -> Callable[..., Imported]:
        if not self.by_download.isChecked():
            return partial(recordings.import_file, self.source.path())
        address = self.address.text().strip()
        if not address.startswith(("http://", "https://")):
            raise UserError(tr("The address must begin with https:// or http://."))
        return partial(recordings.download_and_import, address)

    def job_title(self) -> str:
        return tr("Downloading recordings") if self.by_download.isChecked() else tr("Importing recordings")

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return imported_summary(cast(Imported, result))


def imported_summary(imported: Imported) -> tuple[str, Sequence[str]]:
    """Return a sentence on what was imported, and its notes."""
    what = ", ".join(
        (
            format_count(imported.recordings, "recording"),
            format_count(imported.signs, "sign"),
            format_count(imported.frames, "frame"),
        )
    )
    with_notes = f" {format_count(len(imported.notes), 'note')}:" if imported.notes else ""
    kept = tr("Imported: {0}. Kept in {1}.", what, imported.file)
    uses = tr("The inspector now shows the channels of a selected recording, and Ctrl+4 its hands.")
    return " ".join(part for part in (kept, imported.left_out, uses) if part) + with_notes, imported.notes
