"""Push buttons of the docks."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from auslan_explorer.gui.shortcut_override import override_shortcuts


def push_button(text: str, tooltip: str, parent: QWidget) -> QPushButton:
    """Return a push button that Space presses although Space is a shortcut of the window."""
    button = QPushButton(text, parent)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tooltip)
    button.setAutoDefault(False)
    override_shortcuts(button)
    return button
