"""Says in a sentence what went wrong; the details are there for those who want them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui import icons


def show_error(parent: QWidget, theme: Theme, sentence: str, details: str = "") -> QMessageBox:
    """Open a message beside the window's work; it does not wait for an answer.

    Parameters
    ----------
    parent : QWidget
    theme : Theme
    sentence : str
        What is wrong, and what to do.
    details : str
        For a report; can be shown and copied.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Auslan Explorer", sentence, QMessageBox.StandardButton.Ok, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(icons.icon("warning-circle", theme, theme.mistake).pixmap(32, 32))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if details:
        box.setDetailedText(details)
        copy = box.addButton("Copy details", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    # With a second button Qt no longer knows which one Escape and the closing cross mean.
    box.setEscapeButton(QMessageBox.StandardButton.Ok)
    box.open()
    return box
