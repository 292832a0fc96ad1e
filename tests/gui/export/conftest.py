"""What the dialogs of exports need of a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.jobs import Jobs
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
