"""What the guide says of the inspector's notes is so: two sentences and a source behind each "?"."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.inspector.recording_page import RecordingPage
from auslan_explorer.gui.inspector.sign_page import SignPage
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.widgets.popover import Popover
from tests.gui.window_parts import made_up_activations

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "inspector.md"


def test_each_question_mark_opens_two_sentences_and_a_source(qapp: QApplication, qtbot: QtBot) -> None:
    assert 'A "?" beside a heading opens two sentences and a source.' in GUIDE.read_text(encoding="utf-8")
    session = Session(made_up_activations())
    notes = []
    frames, jobs = RecordingFrames(session, Jobs()), Jobs()
    for page in (RecordingPage(session, frames, jobs), SignPage(session, frames, jobs)):
        qtbot.addWidget(page)
        page.show()
        for question in (each for each in page.findChildren(QToolButton) if each.text() == "?"):
            qtbot.mouseClick(question, Qt.MouseButton.LeftButton)
            opened = question.findChild(Popover)
            assert opened is not None
            label = opened.findChild(QLabel)
            assert label is not None
            notes.append(label.text())
            opened.close()
    assert len(notes) == 10
    for note in notes:
        assert len(re.findall(r"[.](?= [A-Z]|$|\s0)", re.sub(r"et al\.", "et al", note))) >= 2, note
        assert re.search(r"[A-Z]\w+[^()]* \d{4}\b", note), f"no source: {note}"
