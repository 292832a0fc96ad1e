"""Field for the path of a file or folder, with buttons to browse for one."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT


class PathField(QWidget):
    """Line edit for a path, with buttons to browse.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers and messages: "File or folder of recordings".
    parent : QWidget
    files : str
        Name filter of the file dialog; empty for no button for files.
    folders : bool
        Whether to add a button for folders.
    saving : bool
        Whether the file will be written, and so need not exist.
    """

    def __init__(
        self, name: str, parent: QWidget, *, files: str = "", folders: bool = False, saving: bool = False
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._files = files
        self._saving = saving
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setMinimumWidth(24 * UNIT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        if files:
            row.addWidget(self._button(tr("Save as…") if saving else tr("File…"), self._ask_file))
        if folders:
            row.addWidget(self._button(tr("Folder…"), self._ask_folder))

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(f"{self._name}: {text.rstrip('…')}")
        button.clicked.connect(slot)
        return button

    def set_path(self, path: Path | None) -> None:
        """Set the path; None clears the field."""
        self.line.setText("" if path is None else str(path))

    def path(self) -> Path:
        """Return the path, with ``~`` expanded.

        Raises
        ------
        UserError
            If the field is empty.
        """
        text = self.line.text().strip()
        if not text:
            raise UserError(tr("{0}: choose one first.", self._name))
        return Path(os.path.expanduser(text))

    def path_or_none(self) -> Path | None:
        """Return the path; None if the field is empty."""
        return self.path() if self.line.text().strip() else None

    def _ask_file(self) -> None:
        if self._saving:
            # Whether a file is replaced is asked when it is written, for names that were typed too.
            option = QFileDialog.Option.DontConfirmOverwrite
            name, _ = QFileDialog.getSaveFileName(self, self._name, self.line.text(), self._files, options=option)
        else:
            name, _ = QFileDialog.getOpenFileName(self, self._name, self.line.text(), self._files)
        if name:
            self.line.setText(name)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._name, self.line.text())
        if name:
            self.line.setText(name)
