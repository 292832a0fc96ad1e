"""What holds for all tests of quality and stability."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.recording_frames import RecordingFrames
from tests.gui.quality.test_quality import _with_autoencoders
from tests.gui.quality_parts import Told


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def commands(top: QWidget, told: Told) -> QualityCommands:
    session, jobs = Session(_with_autoencoders()), Jobs(top)
    return QualityCommands(session, jobs, told, RecordingFrames(session, jobs, top), top)
