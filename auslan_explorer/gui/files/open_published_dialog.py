"""Dialog that opens the published weights behind the article's figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.files.get_recordings_dialog import FILES
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.path_field import PathField
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.workflows.recordings import run_published_networks


class PublishedDialog(TaskDialog):
    """Dialog that runs the published weights on the user's recordings and shows the activations."""

    def __init__(self, jobs: Jobs, parent: QWidget, folder: Path | None = None) -> None:
        super().__init__(
            tr("Open published weights"),
            tr(
                "Shows the very network of the article: its three files of weights are run over your recordings, and "
                "the result is put on the map. No code from the files is run."
            ),
            tr("Open"),
            jobs,
            parent,
        )
        link_to_guide(self, "recordings")
        self.folder = PathField(tr("Folder of weights"), self, folders=True)
        self.folder.set_path(folder)
        self.folder.line.setToolTip(
            tr("Holds model_weights_final.hdf5, auto2D_model_weights.hdf5 and auto3D_model_weights.hdf5")
        )
        self.form.addRow(tr("Folder of weights"), self.folder)
        self.recordings = PathField(tr("Recordings"), self, files=FILES, folders=True)
        self._imported = paths.recordings_file().exists()
        self.recordings.line.setPlaceholderText(tr("the ones imported before") if self._imported else "")
        self.form.addRow(tr("Recordings"), self.recordings)
        self.folder.setFocus()

    def work(self) -> Callable[..., Activations]:
        recordings = self.recordings.path_or_none()
        if recordings is None and not self._imported:
            raise UserError(
                tr("The network needs recordings to run over; choose them, or import or download them first.")
            )
        return partial(run_published_networks, self.folder.path(), recordings)

    def job_title(self) -> str:
        return tr("Running the published network")

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        activations = cast(Activations, result)
        known = activations.predicted >= 0
        right = int((activations.predicted == activations.sign)[known].sum())
        total = int(known.sum())
        share = tr(" The network recognises {0:.2%} of them.", right / total) if total else ""
        return tr("On the map: {0}.{1}", format_count(len(activations), "recording"), share), ()
