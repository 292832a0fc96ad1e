"""Opening dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def open_beside(dialog: QDialog) -> None:
    """Open a dialog beside the window, not before it: the map stays usable meanwhile."""
    dialog.setModal(False)
    dialog.show()
    dialog.raise_()
