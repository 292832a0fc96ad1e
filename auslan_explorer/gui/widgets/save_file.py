"""Asks where to save a file, by a free name and without replacing anything unasked, and says where it was written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.widgets.file_manager import open_file, show_folder
from auslan_explorer.gui.widgets.message_box import ask_to_replace
from auslan_explorer.io.file_names import ending, free_path, with_ending


def ask_where_to_save(
    parent: QWidget, title: str, offered: Path, files: str, write: Callable[[Path], object], own: Path | None = None
) -> None:
    """Ask for a file and write it; one that is there is replaced only after a question.

    Parameters
    ----------
    parent : QWidget
    title : str
    offered : Path
        Offered as it is where it is free, else with a number; its ending is that of a typed name without one.
    files : str
        Name filter of the file dialog.
    write : callable
        Given the file.
    own : Path, optional
        File that this is a newer state of, which is written without a question.
    """
    # The system's dialog asks only of the name that was typed, before it gets its ending.
    option = QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(free_path(offered)), files, options=option)
    if not name:
        return
    file = Path(name)
    file = file if ending(file) else with_ending(file, offered.suffix)
    if file.exists() and file != own:
        ask_to_replace(parent, file, partial(write, file))
    else:
        write(file)


def tell_written(parent: QWidget, file: Path) -> QMessageBox:
    """Say where a file was written, with buttons that open it and show its folder; return the message unwaited for."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, tr("Written"), tr("Written: {0}", str(file)), parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    show = box.addButton(tr("Show in folder"), QMessageBox.ButtonRole.ActionRole)
    open_ = box.addButton(tr("Open"), QMessageBox.ButtonRole.ActionRole)
    close = box.addButton(QMessageBox.StandardButton.Close)
    for button in (show, open_):
        button.clicked.disconnect()  # the message stays
    show.clicked.connect(lambda: show_folder(file.parent))
    open_.clicked.connect(lambda: open_file(file))
    box.setDefaultButton(QMessageBox.StandardButton.Close)
    box.setEscapeButton(QMessageBox.StandardButton.Close)
    for button in (show, open_, close):
        button.setAccessibleName(button.text().replace("&", ""))
    box.open()
    return box
