"""A dialog that runs a job: what it says and offers before, during and after it, however the job ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets.dialogs import open_beside
from auslan_explorer.gui.widgets.task_dialog import TaskDialog


class Dialog(TaskDialog):
    """Runs a job that goes on until it is let go, and ends as its field says."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__("Counting", "Counts.", "Count", jobs, parent)
        self.field = QLineEdit("right", self)
        self.form.addRow("How", self.field)
        self.go = threading.Event()

    def work(self) -> Callable[..., object]:
        if not self.field.text():
            raise UserError("Write something.")
        return self._count

    def _count(self, *, progress: Progress, cancelled: IsCancelled) -> int:
        progress(0.5, "half of it")
        while not self.go.wait(0.005):
            if cancelled():
                return 0
        if self.field.text() == "wrong":
            raise UserError("It is wrong.")
        return 7

    def job_title(self) -> str:
        return "Counting"

    def summary(self, result: object) -> tuple[str, list[str]]:
        return f"Counted {result}.", ["a note"]


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[Dialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = Dialog(Jobs(parent), parent)
    open_beside(made)
    yield made
    made._jobs.cancel_all()


def state(dialog: Dialog) -> tuple[str, bool, bool, bool, str]:
    """What is said, whether bar and notes are shown, whether it can be started, and the other button."""
    startable = dialog.start_button.isVisible() and dialog.start_button.isEnabled()
    assert dialog.field.isEnabled() is startable
    assert dialog.stop_button.text() == dialog.stop_button.accessibleName()
    return (
        dialog.message.text(),
        dialog.bar.isVisible(),
        dialog.notes.isVisible(),
        startable,
        dialog.stop_button.text(),
    )


def test_the_bar_moves_until_a_share_is_known(dialog: Dialog) -> None:
    for share, most, value in ((0.0, 0, 0), (0.5, 1000, 500), (1.0, 1000, 1000)):
        dialog._on_progress(share, "reading")
        assert (dialog.bar.maximum(), max(dialog.bar.value(), 0)) == (most, value)
        assert dialog.message.text() == "Reading"


def test_it_stays_on_the_screen_as_it_grows(dialog: Dialog) -> None:
    screen = dialog.screen().availableGeometry()
    for left, above in ((200, dialog.height() + 400), (dialog.width() + 400, 60)):
        dialog.move(screen.right() - left, screen.bottom() - above)
        before = dialog.pos()
        dialog._show_sentence("What went wrong is this. " * 20, ["a note"], wrong=True)
        assert screen.contains(dialog.geometry())
        assert (dialog.x() < before.x(), dialog.y() < before.y()) == (left == 200, above == 60), "and no further"


def test_it_opens_beside_the_window_and_cancel_closes_it_where_nothing_runs(dialog: Dialog, qtbot: QtBot) -> None:
    assert not dialog.isModal() and state(dialog) == ("", False, False, True, "Cancel")
    assert dialog.start_button.isDefault()
    with qtbot.waitSignal(dialog.finished) as ended:
        dialog.stop_button.click()
    assert ended.args == [QDialog.DialogCode.Rejected.value]


def test_progress_is_shown_and_the_result_told(dialog: Dialog, qtbot: QtBot) -> None:
    heard: list[object] = []
    dialog.result_ready.connect(heard.append)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.bar.value() == 500 and dialog.bar.maximum() == 1000)
    said, bar, notes, startable, other = state(dialog)
    assert said.startswith("Half of it, ") and said.endswith(" left") and bar and not notes
    assert (startable, other) == (False, "Cancel")
    (job,) = dialog._jobs.running
    assert job.title == "Counting" and job.makes_something
    dialog.start()
    assert dialog._jobs.running == [job], "one at a time"
    dialog.go.set()
    qtbot.waitUntil(lambda: heard == [7])
    assert (dialog.message.text(), dialog.notes.toPlainText(), dialog.stop_button.text()) == (
        "Counted 7.", "a note", "Close",
    )  # fmt: skip
    assert not dialog.bar.isVisible() and not dialog.start_button.isVisible() and dialog.stop_button.isDefault()


def test_cancel_stops_the_job_and_leaves_the_dialog_for_another_try(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.start()
    qtbot.waitUntil(dialog.bar.isVisible)
    dialog.stop_button.click()
    assert state(dialog) == ("Cancelled. Nothing was changed.", False, False, True, "Cancel")
    assert dialog.isVisible() and not dialog._jobs.running
    dialog.go.set()
    dialog.start()
    qtbot.waitUntil(lambda: dialog.message.text() == "Counted 7.")


def test_what_goes_wrong_is_told_as_such_and_can_be_mended(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.field.clear()
    dialog.start()
    assert state(dialog) == ("⚠ Write something.", False, False, True, "Cancel")
    dialog.field.setText("wrong")
    dialog.go.set()
    dialog.start()
    qtbot.waitUntil(lambda: dialog.message.text() == "⚠ It is wrong.")
    assert state(dialog)[1:] == (False, False, True, "Cancel")
    dialog.field.setText("right")
    dialog.start()
    qtbot.waitUntil(lambda: dialog.message.text() == "Counted 7.")
    assert dialog.message.property("wrong") is False


def test_closing_it_stops_its_job(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.start()
    (job,) = dialog._jobs.running
    with qtbot.waitSignal(job.cancelled):
        dialog.reject()
    assert not dialog._jobs.running
