"""Dialog that exports paths, labels and predictions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QComboBox, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import FIELD_HEIGHT
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.path_field import PathField
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.workflows.export import export_paths

FILES = "CSV table (*.csv);;HDF5 file (*.h5 *.hdf5)"


class ExportDataDialog(TaskDialog):
    """Exports the selected, shown or all recordings as CSV or HDF5."""

    def __init__(self, jobs: Jobs, parent: QWidget, session: Session) -> None:
        super().__init__(
            tr("Export data"),
            tr(
                "Writes every step's place on the map, with its sign, recording, split and the network's answer. "
                "The ending of the file chooses the kind: .csv or .h5."
            ),
            tr("Export"),
            jobs,
            parent,
        )
        link_to_guide(self, "export")
        self._session = session
        self.file = PathField(tr("File"), self, files=tr(FILES), saving=True)
        self.file.set_path(Path.home() / "paths.csv")
        self.form.addRow(tr("File"), self.file)
        count = len(session.activations)
        selected = np.zeros(count, dtype=bool)
        selected[list(session.state.selected)] = True
        self.which = self._choice(tr("Recordings"))
        for name, rows in (
            (tr("What is selected"), selected),
            (tr("What is shown"), session.shown()),
            (tr("All"), np.ones(count, dtype=bool)),
        ):
            if rows.any():
                self.which.addItem(f"{name}: {format_count(int(rows.sum()), 'recording')}", rows)
        self.dims = self._choice(tr("Projection"))
        for dims in sorted(session.projections):
            self.dims.addItem(f"{dims}-D", dims)
        self.file.setFocus()

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setMinimumHeight(FIELD_HEIGHT)
        self.form.addRow(name, box)
        return box

    def work(self) -> Callable[..., Path]:
        path, dims = self.file.path(), int(self.dims.currentData() or 2)
        projection = self._session.projections.get(dims)
        if projection is None:
            raise UserError(tr("There is no {0}-D projection to export; open activations that hold one.", dims))
        recordings = np.asarray(self.which.currentData())
        return partial(export_paths, self._session.activations, projection, path, recordings)

    def job_title(self) -> str:
        return tr("Exporting {0}", self.file.path().name)

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return tr("Written: {0}", result), ()
