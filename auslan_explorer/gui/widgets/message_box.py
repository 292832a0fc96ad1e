"""Says in a sentence what went wrong; the details are there for those who want them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.log import log_file
from auslan_explorer.gui.widgets.file_manager import show_folder


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
    box = QMessageBox(QMessageBox.Icon.NoIcon, said("Auslan Explorer"), sentence, QMessageBox.StandardButton.Ok, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(icons.icon("warning-circle", theme, theme.mistake).pixmap(32, 32))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if details:
        box.setDetailedText(details)
        _add(box, said("Copy details"), lambda: QGuiApplication.clipboard().setText(details))
        log = log_file()
        if log is None:
            box.setInformativeText(said("No log is kept, since its folder cannot be written."))
        else:
            box.setInformativeText(said("The log is {0}.", log))
            _add(box, said("Show log folder"), lambda: show_folder(log.parent))
    # With a second button Qt no longer knows which one Escape and the closing cross mean.
    box.setEscapeButton(QMessageBox.StandardButton.Ok)
    for button in box.buttons():
        button.setAccessibleName(button.text().replace("&", ""))
    box.open()
    return box


def _add(box: QMessageBox, text: str, do: Callable[[], object]) -> None:
    """Add a button that does something and leaves the message where it is."""
    button = box.addButton(text, QMessageBox.ButtonRole.ActionRole)
    button.clicked.disconnect()
    button.clicked.connect(lambda: do())
