"""Push buttons of the docks."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


def push_button(text: str, tooltip: str, parent: QWidget) -> QPushButton:
    """Return a push button that does not become the default button of its dialog."""
    button = QPushButton(text, parent)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tooltip)
    button.setAutoDefault(False)
    return button
