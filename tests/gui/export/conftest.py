"""What the dialogs of exports need of a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import Appearance, Look
from tests.gui.window_parts import made_up_activations


class Owner(QWidget):
    """A bare widget with a session and jobs: a window of the program takes longer to make than most exports."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self.session = Session(made_up_activations())


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[Owner]:
    made = Owner()
    qtbot.addWidget(made)
    yield made
    made.jobs.close()


@pytest.fixture
def light_theme(qapp: QApplication) -> Iterator[None]:
    """Style the application as the program does, where sizes depend on it: all widgets that are left take it on."""
    palette, sheet, letters = qapp.palette(), qapp.styleSheet(), qapp.font()
    appearance = Appearance(qapp, Look.LIGHT)
    yield
    appearance.deleteLater()
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    qapp.setFont(letters)
