"""What is said of a training, of runs and of their comparison is as it was when somebody read it, kept in `states/`.

One that differs is written into `out/states/`: read it there, and where the change is meant, move it over the kept one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import __version__
from auslan_explorer.gui.training.compare_dialog import CompareDialog
from auslan_explorer.gui.training.trainer import Phase
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training.events import BatchesDone, Stage
from tests.gui.read_panel import read_choices, read_drawing, read_panel
from tests.gui.read_properties import read_properties
from tests.gui.training_parts import Trainings
from tests.known import compare_all

KNOWN = Path(__file__).parent / "states"
MADE_ON = re.compile(r"\d+ \w+ \d{4}, \d\d:\d\d")


@pytest.mark.usefixtures("letters_as_known")
def test_states_of_a_training_say_what_is_known(
    window: MainWindow, trainings: Trainings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auslan_explorer.gui.training.run_list.format_created", lambda info: "5 May 2026")
    monkeypatch.setattr("auslan_explorer.gui.training.trainer._TELL_SECONDS", -1.0)
    monkeypatch.setattr("auslan_explorer.training.estimate.estimate_seconds", lambda *_: 61.0)
    said: dict[str, str] = {}
    titles: list[str] = []
    window.jobs.started.connect(lambda job: titles.append(job.title))

    def read(name: str, panel: QWidget) -> None:
        QApplication.processEvents()
        jobs = "".join(f"Job: {title}\n" for title in sorted(titles))
        titles.clear()
        said[name] = said.get(name, "") + read_panel(panel).replace(__version__, "…") + jobs

    def notes(*asked: object) -> None:
        said["notes"] = said.get("notes", "") + " | ".join(map(str, asked[1:])) + "\n"

    window.resize(1200, 900)
    dock, runs, trainer = window.retrain, window.runs, window.commands.training.controller.trainer
    window.docks.show("retrain")
    with monkeypatch.context() as patch:
        patch.setattr("auslan_explorer.gui.training.form.open_note", notes)
        for button in dock.form.findChildren(QToolButton):
            if button.text() == "?":
                button.click()
    settings = dock.form.to_text()
    for name in dock.form.rows:
        dock.form._set_field(name, "?")
    read("wrong", dock.form)
    dock.form.from_text(settings)
    dock.start_button.click()
    read("starting", dock.live)
    for stage in ("reading", "preparing"):
        trainings.now.send(Stage(stage, 0.5))
        read("starting", dock.live)
    trainings.now.begin()
    trainings.now.send(BatchesDone(0.1, 4.0))
    read("learning", dock.live)
    trainings.now.epoch(1, 0.4)
    trainings.now.epoch(2, 0.3)
    trainings.now.epoch(3, 0.5, best=False)
    read("learning", dock.live)
    window.close()
    box = window._closing.box
    assert box is not None
    read("closing", box)
    dock.ask_to_discard()
    question = dock.question
    assert question is not None
    trainings.now.epoch(4, 0.45, best=False)
    assert box.isVisible() and question.isVisible(), "questions stay while it goes on"
    box.reject()
    question.reject()
    dock.ask_to_discard()
    window.close()
    assert dock.question is not None and window._closing.box is not None
    dock.keep_button.click()
    read("learning", dock.live)
    trainings.now.learned()
    read("learning", dock.live)
    trainings.now.finish()
    qtbot.waitUntil(lambda: trainer.phase is Phase.IDLE and not window.jobs.running)
    assert dock.question is None and window._closing.box is None, "nothing is left to ask"
    read("ended", dock.live)
    trainer.cancel()
    read("ended", dock.live)
    for end in (lambda: trainings.now.die(), trainer.cancel):
        dock.start_button.click()
        end()
        read("ended", dock.live)
        if dock.live.unfold.isVisible():
            dock.live.unfold.click()
            read("ended", dock.live)
    dock.form._set_field("seed", "1")
    dock.form._set_field("widths", "30, 20")
    dock.start_button.click()
    trainings.now.finish()
    qtbot.waitUntil(lambda: trainer.phase is Phase.IDLE and not window.jobs.running)
    titles.clear()
    window.docks.show("runs")
    runs.list.selectAll()
    read("runs", runs.widget())
    said["runs"] += read_drawing(runs.list.viewport())
    runs.compare_button.click()
    (dialog,) = window.findChildren(CompareDialog)
    qtbot.waitUntil(lambda: not window.jobs.running)
    read("compared", dialog)
    said["compared"] += read_properties(dialog)
    said["compared"] += read_choices(qtbot, dialog, window.jobs)
    dialog.close()
    compare_all({KNOWN: {name: MADE_ON.sub("5 May 2026", text) for name, text in said.items()}})
