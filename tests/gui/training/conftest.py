"""Fixtures of a window with fake trainings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.animation import reduce_motion
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training import supervisor
from auslan_explorer.training.events import Event
from auslan_explorer.training.job import TrainingJob
from tests.gui.training_parts import FakeTraining, Trainings
from tests.gui.window_parts import open_window


@pytest.fixture
def trainings() -> Trainings:
    return Trainings()


@pytest.fixture
def window(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trainings: Trainings,
) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))

    def make(job: TrainingJob, on_event: Callable[[Event], None]) -> FakeTraining:
        trainings.append(FakeTraining(job, on_event))
        return trainings[-1]

    monkeypatch.setattr(supervisor, "Training", make)
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        reduce_motion(True)
        yield shown
        # Else closing asks what is to become of it.
        shown.commands.training.controller.trainer.cancel()
    reduce_motion(False)
