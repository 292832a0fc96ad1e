"""What the status bar says of the work under way, and what its button stops; no window and no thread is made."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.jobs import BackgroundTask, Jobs
from auslan_explorer.gui.widgets.text import format_time_left
from auslan_explorer.gui.window.status_bar import JobStrip


class Task(BackgroundTask):
    """Work that is where a test says it is."""

    left: float | None = None
    was_cancelled = False

    def seconds_left(self) -> float | None:
        return self.left

    def cancel(self) -> None:
        self.was_cancelled = True

    def go_on(self, fraction: float, text: str = "", left: float | None = None) -> None:
        self.fraction, self.text, self.left = fraction, text, left
        self.progressed.emit(fraction, text)


@pytest.fixture
def jobs(qapp: object) -> Jobs:
    return Jobs()


@pytest.fixture
def strip(qtbot: QtBot, jobs: Jobs) -> JobStrip:
    made = JobStrip(jobs, None)
    qtbot.addWidget(made)
    return made


def test_the_newest_work_is_told_with_its_time_and_how_many_more_there_are(jobs: Jobs, strip: JobStrip) -> None:
    tasks = [Task(name, jobs, stop) for name, stop in (("One", ""), ("Two", "Stop it"), ("Three", ""))]
    assert strip.isHidden()
    for task in tasks:
        jobs.watch(task)
        assert strip.label.text() == f"{task.title}…" and not strip.isHidden()
        assert strip.bar.maximum() == 0, "nobody knows yet how far it is"
        assert strip.stop.toolTip() == strip.stop.accessibleName() == task.stop_text
    one, two, three = tasks
    three.go_on(0.25, "halves", 50)
    assert strip.label.text() == f"Three, {format_time_left(50)}, and 2 more, halves"
    assert strip.bar.value() == strip.bar.maximum() / 4
    one.go_on(0.75)
    assert strip.label.text().startswith("Three"), "what goes on beside it is not told"
    one.finished.emit()
    three.go_on(0.5)
    assert strip.label.text() == "Three, and 1 more"
    three.finished.emit()
    assert strip.label.text() == "Two" and strip.stop.toolTip() == "Stop it"
    strip.stop.click()
    assert [task.was_cancelled for task in tasks] == [False, True, False]
    two.finished.emit()
    assert strip.isHidden()
