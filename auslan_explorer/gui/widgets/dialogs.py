"""Opens dialogs without blocking the window."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def open_beside(dialog: QDialog) -> None:
    """Open a dialog non-modally, so that the map stays usable."""
    dialog.setModal(False)
    dialog.show()
    dialog.raise_()
