"""Asks for a picture's file, size and look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from auslan_explorer.core.session import Layout, Session
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.gui import tasks
from auslan_explorer.gui.dialogs.path_field import PathField
from auslan_explorer.gui.dialogs.task_dialog import TaskDialog
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT

FIELD_HEIGHT = 3 * UNIT + UNIT // 2

FILES = "PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"


def size_fields(width: int, height: int, most: int, step: int, parent: QWidget) -> tuple[QWidget, QSpinBox, QSpinBox]:
    """Return a row of two fields for width and height, and the fields."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT)
    boxes = []
    for name, value in (("Width", width), ("Height", height)):
        box = QSpinBox(row)
        box.setRange(64, most)
        box.setSingleStep(step)
        box.setValue(value)
        box.setSuffix(" px")
        box.setMinimumHeight(FIELD_HEIGHT)
        box.setAccessibleName(name)
        boxes.append(box)
    layout.addWidget(boxes[0])
    layout.addWidget(QLabel("×", row))
    layout.addWidget(boxes[1])
    layout.addStretch(1)
    return row, boxes[0], boxes[1]


class ExportPictureDialog(TaskDialog):
    """The map as PNG, SVG or PDF, as it is shown now."""

    def __init__(self, jobs: Jobs, parent: QWidget, session: Session, theme: Theme) -> None:
        super().__init__(
            "Export picture",
            "Draws what is shown, whole, in any size. The ending of the file chooses the kind: .png, .svg or .pdf.",
            "Export",
            jobs,
            parent,
        )
        self._session = session
        self._theme = theme
        self.file = PathField("File", self, files=FILES, saving=True)
        self.file.set_path(Path.home() / "map.png")
        self.form.addRow("File", self.file)
        row, self.width_box, self.height_box = size_fields(2400, 2000, 30_000, 100, self)
        self.form.addRow("Size", row)
        self.light = QCheckBox("Light paper, for print", self)
        self.light.setAccessibleName("Light paper, for print")
        self.light.setChecked(True)
        self.light.setVisible(theme is not LIGHT)
        if theme is not LIGHT:
            self.form.addRow("", self.light)
        self.file.setFocus()

    def work(self) -> tasks.Work:
        state = self._session.state
        dims = 3 if state.layout is Layout.MAP_3D else 2
        theme = LIGHT if self.light.isChecked() else self._theme
        size = (self.width_box.value(), self.height_box.value())
        return tasks.exporting_picture(self._session, state, self.file.path(), dims, size, theme)

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return f"Written: {result}", ()
