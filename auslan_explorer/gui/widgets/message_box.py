"""Message boxes: an error with details to show and copy, and the question before a file is replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.log import log_file
from auslan_explorer.gui.widgets.file_manager import show_folder


def show_error(parent: QWidget, sentence: str, details: str = "") -> QMessageBox:
    """Open a non-modal error message and return it without waiting.

    Parameters
    ----------
    parent : QWidget
    sentence : str
        What is wrong, and what to do.
    details : str
        Traceback or log for a report; can be shown and copied.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, tr("Auslan Explorer"), sentence, QMessageBox.StandardButton.Ok, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(icons.icon("warning-circle", "mistake").pixmap(32, 32))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if details:
        box.setDetailedText(details)
        _add(box, tr("Copy details"), lambda: QGuiApplication.clipboard().setText(details))
        log = log_file()
        if log is None:
            box.setInformativeText(tr("No log is kept, since its folder cannot be written."))
        else:
            box.setInformativeText(tr("The log is {0}.", log))
            _add(box, tr("Show log folder"), lambda: show_folder(log.parent))
    # With a second button Qt no longer knows which one Escape and the window's close button mean.
    box.setEscapeButton(QMessageBox.StandardButton.Ok)
    for button in box.buttons():
        button.setAccessibleName(button.text().replace("&", ""))
    box.open()
    return box


def ask_to_replace(parent: QWidget, path: Path, replace: Callable[[], object]) -> QMessageBox:
    """Ask whether a file is to be replaced, and return the question without waiting.

    Parameters
    ----------
    parent : QWidget
    path : Path
        The file that is there.
    replace : callable
        Called without arguments if the answer is yes.
    """
    box = QMessageBox(
        QMessageBox.Icon.NoIcon, tr("Replace the file?"), tr("{0} is there already.", path.name), parent=parent
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(tr("Replaced, what it holds now is lost."))
    yes = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(QMessageBox.StandardButton.Cancel)
    no.setText(tr("Cancel"))
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setEscapeButton(QMessageBox.StandardButton.Cancel)
    for button in box.buttons():
        button.setAccessibleName(button.text().replace("&", ""))
    yes.clicked.connect(lambda: replace())
    box.open()
    return box


def _add(box: QMessageBox, text: str, do: Callable[[], object]) -> None:
    """Add a button that calls `do` and leaves the message box open."""
    button = box.addButton(text, QMessageBox.ButtonRole.ActionRole)
    button.clicked.disconnect()
    button.clicked.connect(lambda: do())
