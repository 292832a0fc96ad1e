"""Dialog that exports paths, labels and predictions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.export.export_dialog import ExportDialog
from auslan_explorer.gui.export.offered_name import name_of_recordings
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.file_names import safe_file_name
from auslan_explorer.io.origin_tags import description_of
from auslan_explorer.workflows.again import paths_command
from auslan_explorer.workflows.export import export_paths

FILES = "CSV table (*.csv);;HDF5 file (*.h5 *.hdf5)"


class ExportDataDialog(ExportDialog):
    """Exports the selected, shown or all recordings as CSV or HDF5."""

    def __init__(self, jobs: Jobs, parent: QWidget, session: Session) -> None:
        super().__init__(
            tr("Export data"),
            tr(
                "Writes every step’s place on the map, with its sign, recording, split and the network’s answer. "
                "The ending of the file chooses the kind: .csv or .h5."
            ),
            "export",
            tr(FILES),
            ".csv",
            jobs,
            parent,
        )
        self._session = session
        count = len(session.activations)
        selected = session.state.selected.mask(count)
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
        self.describe = QCheckBox(tr("Write where it is from into a file beside"), self)
        self.describe.setAccessibleName(self.describe.text())
        self.describe.setToolTip(tr("NAME.csv-metadata.json says what the columns hold, and the network, data and map"))
        self.form.addRow("", self.describe)
        self.file.line.textChanged.connect(self._on_kind_changed)
        for box in (self.which, self.dims):
            box.currentIndexChanged.connect(self.renew_offer)
        self.offer()
        self.file.setFocus()

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        self.form.addRow(name, box)
        return box

    def offered_name(self) -> str:
        what = name_of_recordings(self._session.activations, np.asarray(self.which.currentData()))
        return safe_file_name(tr("paths of {0} {1}-D", what, self.dims.currentData() or 2))

    def _on_kind_changed(self) -> None:
        # An HDF5 file says itself where it is from.
        self.describe.setEnabled(not self.file.line.text().strip().lower().endswith((".h5", ".hdf5")))

    def _describes(self) -> bool:
        return self.describe.isEnabled() and self.describe.isChecked()

    def extra_targets(self) -> tuple[Path, ...]:
        return (description_of(self.target()),) if self._describes() else ()

    def _projection(self) -> Projection:
        dims = int(self.dims.currentData() or 2)
        projection = self._session.projections.get(dims)
        if projection is None:
            raise UserError(tr("There is no {0}-D projection to export; open activations that hold one.", dims))
        return projection

    def command(self) -> str:
        recordings = np.asarray(self.which.currentData())
        return paths_command(
            self._session.activations, self._projection(), self.target(), recordings, self._describes()
        )

    def work(self) -> Callable[..., Path]:
        recordings = np.asarray(self.which.currentData())
        return partial(
            export_paths,
            self._session.activations,
            self._projection(),
            self.target(),
            recordings,
            describe=self._describes(),
            command=self.command(),
        )
