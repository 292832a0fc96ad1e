"""Long work beside the window, and the dialogs that ask for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from auslan_explorer.gui.files import open_published_dialog
from auslan_explorer.gui.files.get_recordings_dialog import PAGE, RecordingsDialog, imported_summary
from auslan_explorer.gui.files.open_published_dialog import PublishedDialog
from auslan_explorer.gui.help.about_dialog import AboutDialog
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.log import logging_to_file
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.widgets.text import format_count, format_time_left
from auslan_explorer.gui.window.error_reporter import ErrorReporter
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.workflows import recordings
from auslan_explorer.workflows.recordings import Imported
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def messages(app: QApplication) -> list[QMessageBox]:
    return [widget for widget in app.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()]


# ------------------------------------------------------------------------------------------------------- jobs
def test_a_job_returns_its_result_and_tells_progress(qtbot: QtBot) -> None:
    jobs = Jobs()
    told: list[tuple[float, str]] = []

    def work(*, progress: Progress) -> int:
        progress(1.0, "counting")
        return 7

    job = jobs.start("Counting", work, makes_something=False)
    job.progressed.connect(lambda fraction, text: told.append((fraction, text)))
    with qtbot.waitSignal(job.done) as done:
        pass
    assert done.args == [7] and told == [(1.0, "counting")]
    assert jobs.running == []


def test_an_error_is_a_sentence_and_one_that_nobody_foresaw_has_details(qtbot: QtBot) -> None:
    jobs = Jobs()

    def foreseen() -> None:
        raise UserError("The file is empty; choose another.")

    def unforeseen() -> None:
        raise ZeroDivisionError("division by zero")

    job = jobs.start("Reading", foreseen, makes_something=False)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert failed.args == ["The file is empty; choose another.", ""]
    job = jobs.start("Reading", unforeseen, makes_something=False)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert failed.args[0] == "Reading did not work: division by zero." and "ZeroDivisionError" in failed.args[1]


def test_cancel_answers_at_once_and_a_late_result_lands_nowhere(qapp: QApplication) -> None:
    jobs = Jobs()
    go_on = threading.Event()

    def work() -> int:
        go_on.wait(120)
        return 1

    job = jobs.start("Waiting", work, makes_something=False)
    results: list[object] = []
    job.done.connect(results.append)
    answers: list[str] = []
    job.cancelled.connect(lambda: answers.append("cancelled"))
    job.cancel()
    assert answers and jobs.running == []
    assert not job.wait(0.001), "no longer than it is asked to"
    go_on.set()
    assert job.wait(120)
    QApplication.processEvents()  # what the thread has said on its way is heard by now
    assert results == []


def test_the_strip_shows_a_job_and_its_button_stops_it(window: MainWindow, qtbot: QtBot) -> None:
    stopped = threading.Event()

    def work(*, progress: Progress, cancelled: IsCancelled) -> None:
        progress(0.5, "half")
        while not cancelled():
            stopped.wait(0.01)
        stopped.set()
        raise Cancelled

    height = window.status.height()
    window.jobs.start("Importing recordings", work, makes_something=False)
    strip = window.status.strip
    qtbot.waitUntil(lambda: strip.label.text().endswith(", half"))
    assert strip.isVisible() and strip.bar.value() == 500
    assert window.status.height() == height
    strip.stop.click()
    assert not strip.isVisible()
    assert stopped.wait(120)


def test_the_strip_stays_with_what_is_still_at_work(window: MainWindow, qtbot: QtBot) -> None:
    ends = {name: threading.Event() for name in ("one", "two", "three")}
    for name, end in ends.items():
        window.jobs.start(name, lambda end=end: end.wait(120), makes_something=False)
    strip = window.status.strip
    for name, left in (("three", "two"), ("one", "two"), ("two", None)):
        ends[name].set()
        qtbot.waitUntil(lambda name=name: name not in {job.title for job in window.jobs.running})
        assert strip.isVisible() is (left is not None)
        assert left is None or (strip.label.text().startswith(left) and strip.job is not None)


def test_the_time_left_comes_before_what_may_be_cut_off(window: MainWindow, qtbot: QtBot) -> None:
    stopped = threading.Event()

    def work(*, progress: Progress, cancelled: IsCancelled) -> None:
        while not cancelled():
            progress(0.5, "a long word on what is being done at this very moment")
            stopped.wait(0.05)

    job = window.jobs.start("Comparing all paths", work, makes_something=False)
    label = window.status.strip.label

    def seen() -> str:
        return label.fontMetrics().elidedText(label.text(), Qt.TextElideMode.ElideRight, label.width())

    # The label gets its room in the event loop's turn after that in which it gets its text.
    qtbot.waitUntil(lambda: "left" in seen())
    job.cancel()


def test_closing_the_window_stops_jobs(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    cleaned = threading.Event()

    def work(*, cancelled: IsCancelled) -> None:
        while not cancelled():
            cleaned.wait(0.01)
        cleaned.set()

    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.jobs.start("Working", work, makes_something=False)
        assert window.close()
        assert cleaned.is_set()


def test_words_for_numbers_and_times() -> None:
    assert format_count(1974, "recording") == "1\u2009974 recordings"
    assert format_count(1, "sign") == "1 sign"
    assert format_time_left(2) == "a few seconds left"
    assert format_time_left(31) == "about 30 s left"
    assert format_time_left(70) == "about 70 s left"
    assert format_time_left(130) == "about 2 min left"


# ------------------------------------------------------------------------------------------------------- dialogs
def run(dialog: TaskDialog, qtbot: QtBot) -> None:
    dialog.show()
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)


@pytest.mark.parametrize("content", [b"", b"not an archive at all", b"\x1f\x8b\x08\x00 cut off"])
def test_importing_a_broken_file_is_a_sentence_and_can_be_tried_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    broken = tmp_path / "tctodd.tar.gz"
    broken.write_bytes(content)
    dialog = RecordingsDialog(window.jobs, window, broken)
    run(dialog, qtbot)
    assert dialog.message.isVisible() and "tctodd.tar.gz" in dialog.message.text()
    assert dialog.message.text().rstrip().endswith(".") and "Traceback" not in dialog.message.text()
    assert dialog.start_button.isEnabled()
    dialog.reject()


def test_an_empty_field_is_a_sentence(window: MainWindow) -> None:
    dialog = RecordingsDialog(window.jobs, window)
    dialog.show()
    dialog.start()
    assert dialog.message.text() == "⚠ File or folder: choose one first."
    assert window.jobs.running == []
    dialog.reject()


def test_notes_of_an_import_are_listed(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = ("drink-1.tsd had two spaces where a tab belongs.", "her is his / hers.")
    left_out = "The networks read 2528 of them, of 94 signs: 10 have 90 frames or more."
    imported = Imported(2565, 95, 146949, notes, Path("recordings.h5"), left_out)
    monkeypatch.setattr(recordings, "import_file", lambda source: imported)
    dialog = RecordingsDialog(window.jobs, window, Path("tctodd.tar.gz"))
    run(dialog, qtbot)
    assert dialog.message.text() == imported_summary(imported)[0]
    assert "2\u2009565 recordings, 95 signs" in dialog.message.text()
    assert left_out in dialog.message.text() and "Ctrl+4" in dialog.message.text()
    assert dialog.notes.toPlainText().splitlines() == list(notes)
    asked: list[bool] = []
    dialog.hands_asked.connect(lambda: asked.append(True))
    assert dialog.hands_button.isVisible()
    dialog.hands_button.click()
    assert asked == [True] and not dialog.isVisible()


def test_the_hands_follow_an_import_where_they_are_asked_for(window: MainWindow) -> None:
    window.commands.files.import_recordings()
    [dialog] = window.findChildren(RecordingsDialog)
    assert not dialog.by_download.isChecked()
    assert dialog.hands_button.isHidden() and window.views is not None and not window.views.beside_shown
    dialog.hands_asked.emit()
    assert window.views.beside_shown
    dialog.reject()


def test_an_import_that_can_be_done_once_ends_with_close(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "import_file", lambda source: Imported(2, 1, 9, (), Path("r.h5")))
    dialog = RecordingsDialog(window.jobs, window, Path("tctodd.tar.gz"))
    run(dialog, qtbot)
    assert dialog.start_button.isHidden() and dialog.stop_button.text() == "Close"
    dialog.reject()


def test_a_bad_address_is_a_sentence(window: MainWindow) -> None:
    dialog = RecordingsDialog(window.jobs, window, download=True)
    dialog.address.setText("ftp://example.org/x.zip")
    dialog.show()
    dialog.start()
    assert dialog.message.text() == "⚠ The address must begin with https:// or http://."
    dialog.reject()


def test_the_way_to_the_recordings_can_be_changed_after_a_failed_try(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(url: str) -> None:
        raise UserError("The server could not be reached; try again.")

    monkeypatch.setattr(recordings, "download_and_import", fails)
    monkeypatch.setattr(recordings, "import_file", lambda source: Imported(2, 1, 9, (), Path("r.h5")))
    dialog = RecordingsDialog(window.jobs, window, download=True)
    assert dialog.start_button.text() == "Download" and any(
        PAGE in label.text() for label in dialog.findChildren(QLabel)
    )
    run(dialog, qtbot)
    assert "try again" in dialog.message.text() and dialog.start_button.isEnabled()
    dialog.by_file.setChecked(True)
    assert dialog.start_button.text() == "Import" and not dialog.source.isHidden() and dialog.address.isHidden()
    dialog.source.set_path(Path("tctodd.tar.gz"))
    run(dialog, qtbot)
    assert "2 recordings" in dialog.message.text()
    dialog.reject()


def test_published_weights_go_on_the_map(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = made_up_activations()
    monkeypatch.setattr(open_published_dialog, "run_published_networks", lambda folder, source: made)
    dialog = PublishedDialog(window.jobs, window, Path("published"))
    dialog.start()
    assert "needs recordings" in dialog.message.text()
    dialog.recordings.set_path(Path("tctodd.tar.gz"))
    dialog.result_ready.connect(window.commands.files.show)
    run(dialog, qtbot)
    assert "83.33%" in dialog.message.text() or "87.50%" in dialog.message.text()
    assert window.session.activations is made
    dialog.reject()


def test_a_picture_is_exported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportPictureDialog(window.jobs, window, window.session, window.appearance.theme)
    dialog.file.set_path(tmp_path / "map.gif")
    run(dialog, qtbot)
    assert dialog.message.text().startswith("⚠")
    dialog.file.set_path(tmp_path / "map.png")
    dialog.width_box.setValue(320)
    dialog.height_box.setValue(240)
    run(dialog, qtbot)
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG"), dialog.message.text()
    dialog.reject()


def test_controls_of_dialogs_have_accessible_names(window: MainWindow) -> None:
    dialogs = [
        RecordingsDialog(window.jobs, window),
        RecordingsDialog(window.jobs, window, download=True),
        PublishedDialog(window.jobs, window),
        ExportPictureDialog(window.jobs, window, window.session, window.appearance.theme),
        ExportFilmDialog(window.jobs, window, window.session, FilmSettings()),
        AboutDialog(window),
    ]
    for dialog in dialogs:
        for widget in dialog.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QLineEdit) and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName(), (type(dialog).__name__, widget)
        dialog.close()


def test_opening_a_broken_file_leaves_what_was_there(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.h5"
    broken.write_bytes(b"nothing of the kind")
    before = window.session.activations
    window.commands.files.open_path(broken)
    qtbot.waitUntil(lambda: bool(messages(qapp)))
    box = messages(qapp)[0]
    assert "broken.h5" in box.text() and "Traceback" not in box.text()
    assert window.session.activations is before
    box.close()


def test_errors_that_nobody_caught_are_told(
    window: MainWindow, qapp: QApplication, capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    teller = ErrorReporter(window)
    teller(UserError, UserError("The disk is full; make room."), None)
    assert [box.text() for box in messages(qapp)] == ["The disk is full; make room."]
    messages(qapp)[0].close()
    with logging_to_file(tmp_path) as log:
        teller(KeyError, KeyError("x"), None)
        box = messages(qapp)[0]
    assert "nobody foresaw" in box.text() and "KeyError" in box.detailedText()
    assert log is not None and "KeyError" in log.read_text() and str(log) in box.informativeText()
    assert "KeyError" in capsys.readouterr().err
    next(button for button in box.buttons() if button.text() == "Copy details").click()
    assert "KeyError" in QApplication.clipboard().text() and box.isVisible()
    box.close()


def test_an_error_that_comes_at_every_frame_is_told_once_and_keeps_the_session(
    window: MainWindow, qapp: QApplication
) -> None:
    window.sessions.begin(restore=False)
    kept = window.sessions.autosave.file
    teller = ErrorReporter(window)
    for _ in range(5):
        teller(KeyError, KeyError("x"), None)
    assert len(messages(qapp)) == 1 and kept is not None and kept.exists()
    messages(qapp)[0].close()
    teller(KeyError, KeyError("x"), None)
    assert messages(qapp) == []


@pytest.mark.parametrize("name", ["picture.png", "notes.txt", "no ending"])
def test_a_file_of_no_known_kind_gets_a_sentence_of_what_can_be_opened(
    window: MainWindow, qapp: QApplication, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"\x89PNG")
    window.commands.files.open_path(file)
    (box,) = messages(qapp)
    assert name in box.text() and ".h5" in box.text() and ".zip" in box.text()
    assert not any(isinstance(widget, RecordingsDialog) and widget.isVisible() for widget in qapp.topLevelWidgets())
    box.close()


def test_after_the_window_has_closed_no_work_begins_and_none_that_was_cancelled_is_heard(qapp: QApplication) -> None:
    jobs, told, go = Jobs(), [], threading.Event()

    def work(progress: Progress) -> None:
        go.wait(120)
        progress(1.0, "late")

    job = jobs.start("at work", work, makes_something=False)
    job.progressed.connect(lambda *said: told.append(said))
    job.done.connect(told.append)
    job.cancel()
    go.set()
    assert job.wait(120)
    jobs.close()
    after = jobs.start("too late", lambda: told.append("ran"), makes_something=False)
    qapp.processEvents()
    assert not told and not jobs.running and not after.running


def test_the_end_waits_for_threads_that_were_cancelled_before_too(qapp: QApplication, qtbot: QtBot) -> None:
    jobs, begun, go = Jobs(), threading.Event(), threading.Event()

    def reads() -> None:
        begun.set()
        assert go.wait(120)  # as within HDF5, where nobody can be asked whether it was cancelled

    job = jobs.start("Reading", reads, makes_something=False)
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    assert not jobs.running
    waited: list[bool] = []
    wait = job.wait
    job.wait = lambda seconds: (go.set(), waited.append(wait(120)), True)[-1]  # type: ignore[method-assign]
    jobs.close()
    assert waited == [True]
    jobs.start("Too late", reads, makes_something=False)
    jobs.cancel_all()
