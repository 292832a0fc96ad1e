"""Which page of the user guide F1 opens from a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_PROPERTY = "guide_page"


def link_to_guide(dialog: QWidget, page: str) -> None:
    """Let F1 open a page of the guide, named without its suffix, while this window is active."""
    dialog.setProperty(_PROPERTY, page)


def linked_page(window: QWidget | None) -> str:
    """Return the page that F1 opens from a window; the first one where it names none."""
    return (window.property(_PROPERTY) if window is not None else None) or "index"
