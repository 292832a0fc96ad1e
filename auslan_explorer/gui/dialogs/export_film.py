"""Asks for a film's file, size and speed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.gui import tasks
from auslan_explorer.gui.dialogs.export_picture import FIELD_HEIGHT, size_fields
from auslan_explorer.gui.dialogs.path_field import PathField
from auslan_explorer.gui.dialogs.task_dialog import TaskDialog
from auslan_explorer.gui.export_tasks import exporting_film
from auslan_explorer.gui.jobs import Jobs


class ExportFilmDialog(TaskDialog):
    """The growing paths as an MP4 film: one step a frame, then a hold."""

    def __init__(self, jobs: Jobs, parent: QWidget, session: Session, theme: Theme) -> None:
        super().__init__(
            "Export film",
            "Films the paths as they grow, one step a frame, and holds the last picture for a while.",
            "Export",
            jobs,
            parent,
        )
        self._session = session
        self._theme = theme
        self.file = PathField("File", self, files="MP4 film (*.mp4)", saving=True)
        self.file.set_path(Path.home() / "map.mp4")
        self.form.addRow("File", self.file)
        row, self.width_box, self.height_box = size_fields(1920, 1080, 3840, 2, self)
        self.form.addRow("Size", row)
        self.rate = self._number("Frames a second", 25, 1, 240)
        self.frames = self._number("Frames", session.activations.steps + 60, 1, 10_000)
        self.light = QCheckBox("Light paper", self)
        self.light.setAccessibleName("Light paper")
        self.light.setChecked(theme is LIGHT)
        self.form.addRow("", self.light)
        self.file.setFocus()

    def _number(self, name: str, value: int, least: int, most: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(least, most)
        box.setValue(value)
        box.setMinimumHeight(FIELD_HEIGHT)
        box.setAccessibleName(name)
        self.form.addRow(name, box)
        return box

    def work(self) -> tasks.Work:
        settings = FilmSettings(
            width=self.width_box.value(),
            height=self.height_box.value(),
            fps=float(self.rate.value()),
            frames=self.frames.value(),
            theme=(LIGHT if self.light.isChecked() else self._theme).name,
        )
        return exporting_film(self._session, self.file.path(), settings, {})

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return f"Written: {result}", ()
