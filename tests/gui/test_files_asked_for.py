"""What each part asks for a file with: the title, the name that is offered, and the kinds of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.figures.architecture import ArchitectureDialog
from auslan_explorer.gui.inspector.pairs_dock import PairsDock
from auslan_explorer.gui.inspector.what_if_section import WhatIfSection
from auslan_explorer.gui.quality.stability_dock import StabilityDock
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.glove_parts import encoders
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr(paths, "home_dir", lambda: tmp_path)
    a = made_up_activations()
    with open_window(qapp, qtbot, tmp_path / "window.ini", replace(a, autoencoders=encoders(a.units))) as shown:
        yield shown


def ask_of_pairs(window: MainWindow) -> None:
    window.docks.show("pairs")
    dock = window.docks.dock("pairs")
    assert isinstance(dock, PairsDock)
    dock.export.clicked.emit()


def ask_of_stability(window: MainWindow) -> None:
    window.docks.show("stability")
    dock = window.docks.dock("stability")
    assert isinstance(dock, StabilityDock)
    dock.export.clicked.emit()


def ask_of_a_change(window: MainWindow) -> None:
    window.session.update(selected=(7,))
    window.docks.show("inspector")
    (section,) = window.findChildren(WhatIfSection)
    section.save.clicked.emit()


def ask_of_an_architecture(window: MainWindow) -> None:
    dialog = ArchitectureDialog(2, window.session.activations, window)
    (save,) = (each for each in dialog.findChildren(QPushButton) if each.text().startswith("Save"))
    save.clicked.emit()


def ask_of_a_session(window: MainWindow) -> None:
    window.actions_[ActionId.SAVE_AS].trigger()


TABLES = "Table (*.csv)"
ASKED: dict[Callable[[MainWindow], None], tuple[str, str, str]] = {
    ask_of_pairs: ("Export minimal pairs", "minimal-pairs.csv", TABLES),
    ask_of_stability: ("Export pairs", "pairs of signs.csv", TABLES),
    ask_of_a_change: (
        "Save the changed recording",
        "change mind changed.tsd",
        "Numbers of the gloves (*.tsd);;Hidden states of both (*.h5)",
    ),
    ask_of_an_architecture: ("Save picture", "figure 2.svg", "Pictures (*.svg *.pdf *.png)"),
    ask_of_a_session: ("Save session", "change mind 1.2 both maps.auslan", "Auslan Explorer sessions (*.auslan)"),
}


def test_each_part_asks_for_the_file_that_it_writes(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def ask(parent: Any, title: str, offered: str, kinds: str, **_: Any) -> tuple[str, str]:
        assert Path(offered).parent == tmp_path
        asked.append((title, Path(offered).name, kinds))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for ask_for_one in ASKED:
        ask_for_one(window)
    assert asked == list(ASKED.values())
