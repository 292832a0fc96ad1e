"""The drawing of a network by itself: its buttons, and the picture that is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.figures import architecture
from auslan_explorer.gui.figures.architecture import ArchitectureDialog
from tests.gui.figures.test_figures_window import activations


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ArchitectureDialog]:
    top = QWidget()
    qtbot.addWidget(top)
    made = ArchitectureDialog(2, activations(), top)
    made.show()
    yield made


def buttons(dialog: ArchitectureDialog) -> dict[str, QPushButton]:
    (box,) = dialog.findChildren(QDialogButtonBox, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return {each.text().replace("&", ""): each for each in box.buttons()}  # type: ignore[misc]


def test_it_is_saved_where_the_person_says_and_stays_open_until_it_is_closed(
    dialog: ArchitectureDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []
    file = tmp_path / "mine"

    def ask(parent: QWidget, title: str, offered: str, files: str, **_: object) -> tuple[str, str]:
        asked.append((title, Path(offered).name, files))
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    save = buttons(dialog)["Save picture…"]
    assert dialog.windowTitle() == "Figure 2" and save.toolTip() == "Save as SVG, PDF or PNG"
    save.click()
    assert asked == [("Save picture", "figure 2.svg", "Pictures (*.svg *.pdf *.png)")]
    assert "<svg" in file.with_suffix(".svg").read_text() and dialog.isVisible()
    (told,) = dialog.findChildren(QMessageBox)
    assert str(file) in told.text()
    told.close()
    buttons(dialog)["Close"].click()
    assert not dialog.isVisible()


def test_a_picture_that_cannot_be_written_is_said(
    dialog: ArchitectureDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(architecture, "save_architecture", fail)
    dialog.save(tmp_path / "figure.svg")
    (box,) = dialog.findChildren(QMessageBox)
    assert "The disk is full." in box.text() + box.informativeText()
    box.close()
