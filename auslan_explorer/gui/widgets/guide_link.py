"""Links dialogs to pages of the user guide."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_PROPERTY = "guide_page"


def link_to_guide(dialog: QWidget, page: str) -> None:
    """Set the guide's page, named without suffix, that F1 opens while this dialog is active."""
    dialog.setProperty(_PROPERTY, page)


def linked_page(window: QWidget | None) -> str:
    """Return the name of the page that F1 opens from a window; "index" if it has none."""
    return (window.property(_PROPERTY) if window is not None else None) or "index"
