"""Dialog that asks which sequences a network of a file is to read, and runs it over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.path_field import PathField
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.hdf5 import is_hdf5
from auslan_explorer.workflows.networks import GATES, find_network
from auslan_explorer.workflows.opening import Opened, open_request
from auslan_explorer.workflows.reading import Request

FILES = "Sequences (*.npz *.npy *.h5 *.zip *.tar.gz *.tgz *.tar *.tsd);;All files (*)"


class NetworkDialog(TaskDialog):
    """Dialog that says what a network is, asks for its sequences, and shows what it does with them."""

    def __init__(self, file: Path, jobs: Jobs, parent: QWidget, inputs: Path | None) -> None:
        super().__init__(
            tr("Open a network"),
            tr(
                "{0} holds a network but not what it did. It is run over the sequences that you choose, and its hidden "
                "states are put on the map. Only layers that are known here are run, and no code from the file.\n\n{1}",
                file.name,
                _describe(file),
            ),
            tr("Open"),
            jobs,
            parent,
        )
        link_to_guide(self, "own-network")
        self._file = file
        self.inputs = PathField(tr("Sequences"), self, files=tr(FILES), folders=True)
        self.inputs.line.setToolTip(
            tr("An .npz with arrays X and, if known, y, lengths or mask and class_names; an .npy; or recordings")
        )
        self.inputs.set_path(inputs)
        self._weights = is_hdf5(file)
        self._imported = self._weights and paths.recordings_file().exists()
        self.inputs.line.setPlaceholderText(tr("the recordings imported before") if self._imported else "")
        self.form.addRow(tr("Sequences"), self.inputs)
        self.classes = QLineEdit(self)
        self.classes.setAccessibleName(tr("Classes"))
        self.classes.setPlaceholderText(tr("as the sequences name them"))
        self.classes.setToolTip(tr("Names of the outputs, in order, with commas between them"))
        self.form.addRow(tr("Classes"), self.classes)
        self.gates = QComboBox(self)
        self.gates.setAccessibleName(tr("Gates"))
        self.gates.addItem(tr("As the file says, or its version of Keras did"), "")
        for name in GATES:
            self.gates.addItem(name, name)
        self.form.addRow(tr("Gates"), self.gates)
        self.form.setRowVisible(self.gates, self._weights)
        self.inputs.setFocus()

    def work(self) -> Callable[..., Opened]:
        inputs = self.inputs.path_or_none()
        if inputs is None and not self._imported:
            raise UserError(tr("Sequences: choose those that the network is to read first."))
        if inputs is not None and not inputs.exists():
            raise UserError(tr("There is no file {0}; check the path.", inputs))
        classes = tuple(part.strip() for part in self.classes.text().split(",") if part.strip())
        if len(set(classes)) != len(classes):
            raise UserError(tr("Classes: a name stands there twice."))
        return partial(open_request, Request(self._file, inputs, classes=classes, gates=str(self.gates.currentData())))

    def job_title(self) -> str:
        return tr("Running {0}", self._file.name)

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        a = cast(Opened, result).activations
        layers = ", ".join(layer.name for layer in a.layers)
        more = tr(" Layers: {0}; the menu File, Layer changes between them.", layers) if len(a.layers) > 1 else ""
        counts = format_count(len(a), "sequence"), format_count(a.real_steps, "step")
        return tr("On the map: {0}, {1}.{2}", *counts, more), ()


def _describe(file: Path) -> str:
    kind = find_network(file)
    try:
        return kind.describe(file) if kind is not None else tr("This file holds no network that can be run here.")
    except UserError as error:
        return str(error)
