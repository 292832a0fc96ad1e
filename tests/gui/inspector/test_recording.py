"""The inspector: what it says of a recording, a sign, several signs and all mistakes, and what its clicks do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.dtw import Scaling
from auslan_explorer.analysis.neighbours import PathIndex, nearest
from auslan_explorer.analysis.units import changed_most, likeness_order
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled
from auslan_explorer.core.projection import signed_log
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.settings.preferences import read_preferences
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.window import empty_inspector, main_window
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.workflows import inspection
from tests.gui.inspector_parts import LEFT, click_row, colour_at, settle
from tests.gui.waiting import wait_at_rest
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations
from tests.waiting import wait_until

INSPECTOR_WORK = ("Reading hidden states", "Comparing paths")


# ------------------------------------------------------------------------------------------------------- the dock
def test_it_waits_behind_its_key_on_small_screens_and_is_remembered(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "WIDE_SIZE", main_window.WIDE_SIZE * 10)
    with open_window(qapp, qtbot, tmp_path / "w.ini") as window:
        assert not window.inspector_dock.isVisible()
        qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        assert window.inspector_dock.isVisible() and window.actions_[ActionId.INSPECTOR].isChecked()
    with open_window(qapp, qtbot, tmp_path / "w.ini") as window:
        assert window.inspector_dock.isVisible()
        qtbot.mouseClick(window.docks._heads["inspector"].close_button, LEFT)
        assert not window.inspector_dock.isVisible() and not window.actions_[ActionId.INSPECTOR].isChecked()


def test_it_is_open_at_first_where_there_is_room(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "WIDE_SIZE", QSize(640, 480))
    monkeypatch.setattr(empty_inspector, "NARROW", 640)
    with open_window(qapp, qtbot, tmp_path / "w.ini") as window:
        assert window.inspector_dock.isVisible()


def test_nothing_selected_says_so(window: MainWindow, inspector: Inspector) -> None:
    assert inspector.message.isVisible()
    assert inspector.message.text() == "Nothing is selected. Click a path or choose a sign."
    window.session.update(selected=(3,))
    assert inspector.recording.isVisible() and not inspector.message.isVisible()
    window.session.update(selected=())
    assert inspector.message.isVisible()


def test_hidden_it_does_nothing_and_shown_it_catches_up(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.docks.show("inspector", False)
    window.session.update(selected=(3,))
    wait_at_rest(qtbot, inspector)
    assert inspector._preparing is inspector._prepared is None and inspector.recording.recording == -1
    window.docks.show("inspector", True)
    assert inspector.recording.recording == 3


# ------------------------------------------------------------------------------------------------------- a recording
def test_facts_of_a_recording(window: MainWindow, inspector: Inspector, activations: Activations) -> None:
    window.session.update(selected=(0,))
    page, a = inspector.recording, activations
    said = {name: label.text() for name, label in page.facts.values.items()}
    head = a.head
    assert head is not None
    sure = head.probabilities(a.recording_states(0))[-1, 1]
    first, length = int(a.first_step[0]), int(a.lengths[0])
    assert page.title.text() == "alive" and page.whole_sign.text() == "all 6"
    assert said == {
        "answer": f"✗ computer (PC), {sure:.0%} sure",
        "recorded": "session 1, trial 1",
        "split": "train",
        "length": f"{length} steps, {first + 1} to {first + length} of 20",
        "hands": "right hand; the left moves 10% as much as the right",
    }
    roles = {line.name: line.role for line in page.lines.lines}
    assert page.lines.lines[-1].name == "alive"
    assert roles["alive"] == "truth" and roles["computer (PC)"] == "mistake"
    window.session.update(selected=(12,))
    assert page.facts.values["answer"].text().startswith("✓ drink") and "mistake" not in {
        line.role for line in page.lines.lines
    }
    assert page.facts.values["hands"].text() == "both hands; the left moves 60% as much as the right"
    window.session.update(selected=(1,))
    assert page.facts.values["answer"].text().startswith("✓ alive"), "the first sign is an answer like any other"
    none = np.zeros_like(a.session)
    # Six recordings of each sign are of sessions of their own, and of three trials.
    for known, said_so in (
        ({"session": none}, f"trial {a.trial[13]}, recording 2"),
        ({"trial": none}, f"session {a.session[13]}"),
        ({"session": none, "trial": none}, "recording 2"),
    ):
        window.session.open(replace(a, **known))
        window.session.update(selected=(13,))
        assert page.facts.values["recorded"].text() == said_so


def test_without_a_head_it_says_that_there_are_no_probabilities(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, activations: Activations
) -> None:
    bare = replace(activations, head=None, hand_ratio=None, predicted=np.full(len(activations), -1, np.int16))
    with open_window(qapp, qtbot, tmp_path / "w.ini", bare) as window:
        window.docks.show("inspector", True)
        window.session.update(selected=(2,))
        page = window.inspector_dock.inspector.recording
        assert page.no_head.isVisible() and not page.lines.isVisible()
        assert page.facts.values["answer"].text() == page.facts.values["hands"].text() == "not known"
        settle(qtbot, window)


def test_units_are_drawn_in_their_order_and_colour(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    page, a = inspector.recording, window.session.activations
    window.session.update(selected=(4,), step=a.steps - 1)
    settle(qtbot, window)
    states = a.recording_states(4)
    units, picture = a.units, page.units
    assert picture._order.tolist() == likeness_order(a.all_states()).tolist()

    def cell(row: int, column: int) -> QColor:
        area = picture.area()
        x = area.left() + (column + 0.5) * area.width() / len(states)
        return colour_at(picture, QPointF(x, (row + 0.5) * area.height() / units))

    for order in ("by likeness", "by number"):
        page.order.setCurrentText(order)
        at = picture._order.tolist()
        high, low = np.unravel_index(np.argmax(states), states.shape), np.unravel_index(np.argmin(states), states.shape)
        # Not the last column, on which the cursor stands.
        warm = cell(at.index(int(high[1])), min(int(high[0]), len(states) - 2))
        cold = cell(at.index(int(low[1])), min(int(low[0]), len(states) - 2))
        assert warm.red() > warm.blue() + 20 and cold.blue() > cold.red() + 20
    assert picture._order.tolist() == list(range(units))
    corner = QPointF(2, 2)
    before, ground = cell(0, 0), colour_at(page.lines, corner)
    window.appearance.choose(Look.DARK)
    assert cell(0, 0).lightness() < before.lightness() - 60
    assert colour_at(page.lines, corner).lightness() < ground.lightness() - 60


def test_the_cursor_follows_playback_and_a_drag_moves_it(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    page, a = inspector.recording, window.session.activations
    window.session.update(selected=(4,), step=a.steps - 1)
    foreground = QColor(*window.appearance.theme.foreground)
    step = int(a.first_step[4]) + 5
    spots = []
    for picture in (page.lines, page.units):
        area = picture.area()
        spots.append(QPointF(int(page.units._axis.x(step, area)), area.top() + 3))
    assert [page.lines.x_of(s) for s in (step, step + 3)] == pytest.approx(
        [page.units._axis.x(s, area) for s in (step, step + 3)]
    )
    apart = [
        abs(colour_at(p, s).lightness() - foreground.lightness())
        for p, s in zip((page.lines, page.units), spots, strict=True)
    ]
    window.session.update(step=step)
    near = [
        abs(colour_at(p, s).lightness() - foreground.lightness())
        for p, s in zip((page.lines, page.units), spots, strict=True)
    ]
    assert max(near) < 60 and near[0] < apart[0] and near[1] < apart[1]
    for picture in (page.units, page.lines):
        area = picture.area()
        spot = QPoint(round(page.units._axis.x(step + 2, area)), 40)
        qtbot.mousePress(picture, LEFT, pos=spot)
        assert window.session.state.step == step + 2
        qtbot.mouseMove(picture, QPoint(round(page.units._axis.x(step - 1, area)), 40))
        assert window.session.state.step == step - 1
        qtbot.mouseRelease(picture, LEFT)


def test_steps_marked_on_the_bar_show_units_and_where_else(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    page, a = inspector.recording, window.session.activations
    window.session.update(selected=(7,))
    settle(qtbot, window)
    picture = page.units
    area, first = picture.area(), int(a.first_step[7])
    y = picture.height() - 5
    qtbot.mousePress(picture, LEFT, pos=QPoint(round(picture._axis.x(first + 2, area)), y))
    qtbot.mouseMove(picture, QPoint(round(picture._axis.x(first + 5, area)), y))
    qtbot.mouseRelease(picture, LEFT, pos=QPoint(round(picture._axis.x(first + 5, area)), y))
    settle(qtbot, window)
    units, _ = changed_most(a.recording_states(7), 2, 6)
    assert page.hint.text().startswith(
        f"From step {first + 3} to {first + 6} these units change most: {units[0] + 1} ("
    )
    rows = page.elsewhere.rows
    assert len(rows) == 10 and all(row.select != (7,) for row in rows)
    accent = QColor(*window.appearance.theme.accent)
    assert colour_at(picture, QPointF(picture._axis.x(first + 4, area), area.bottom() + 6)) == accent
    shares = [int(row.value.rstrip("%")) for row in rows]
    assert shares == sorted(shares, reverse=True)
    page.ensureWidgetVisible(page.elsewhere)
    step = window.session.state.step
    click_row(qtbot, page.elsewhere, 1)
    assert window.session.state.selected == rows[1].select and window.session.state.step == step
    assert page.recording == rows[1].select[0] and page.hint.text().startswith("From step"), "its steps are marked"
    settle(qtbot, window)
    assert (7,) in [row.select for row in page.elsewhere.rows], "and the way back is among what is alike"


def test_a_click_on_the_bar_lets_go(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    page = inspector.recording
    window.session.update(selected=(7,))
    page.units.set_range(1, 4)
    settle(qtbot, window)
    assert page.elsewhere.rows
    qtbot.mouseClick(page.units, LEFT, pos=QPoint(120, page.units.height() - 5))
    assert not page.elsewhere.rows and page.hint.text().startswith("Drag")


def test_nearest_recordings_are_computed_once_and_kept(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    page, a = inspector.recording, window.session.activations
    started: list[str] = []
    window.jobs.started.connect(lambda job: started.append(job.title) if job.title in INSPECTOR_WORK else None)
    window.session.update(selected=(9,))
    assert page.comparing.isVisible() and page.comparing.bar.isVisible()
    settle(qtbot, window)
    distances = PathIndex(a.states, a.offsets, Scaling.of(a.all_states())).distances_to_all(9)
    expected = nearest(distances, 9, 10).tolist()
    assert [row.select[0] for row in page.nearest.rows] == expected
    assert page.nearest.rows[0].value == f"{distances[expected[0]]:.2f}"
    # Wherever another recording is asked for, near ones are offered.
    assert [page.signal.other.itemData(at) for at in range(page.signal.other.count())] == [-1, *expected]
    assert page.what_if._near == expected
    assert not page.comparing.isVisible() and not page.not_kept.isVisible()
    assert started == ["Reading hidden states", "Comparing paths"]
    assert [file.name for file in (paths.data_dir() / "neighbours").glob("*/*")] == ["9.npy"]
    window.session.update(selected=())
    window.session.update(selected=(9,))
    assert len(page.nearest.rows) == 10 and len(started) == 2
    # The next start reads them from disk.
    window.session.open(a)
    window.session.update(selected=(9,))
    settle(qtbot, window)
    assert len(page.nearest.rows) == 10 and started[2:] == ["Reading hidden states"]
    page.ensureWidgetVisible(page.nearest)
    click_row(qtbot, page.nearest, 2)
    assert window.session.state.selected == (expected[2],)
    settle(qtbot, window)


def test_distances_that_cannot_be_kept_are_shown_all_the_same(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    folder = paths.data_dir()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # What the window does at its start may have made the folder already.
    settle(qtbot, window)
    rmtree(folder, ignore_errors=True)
    folder.write_text("a file in the way")
    window.session.update(selected=(9,))
    settle(qtbot, window)
    assert len(inspector.recording.nearest.rows) == 10
    assert inspector.recording.not_kept.isVisible() and "cannot be made" in inspector.recording.not_kept.text()


def test_work_for_a_selection_that_is_no_more_is_dropped(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    told: list[int] = []

    def endless(prepared: inspection.Prepared, recording: int, *, cancelled: IsCancelled) -> inspection.Distances:
        begun.append(recording)
        if recording == 1:
            wait_until(cancelled)
            told.append(recording)
        if cancelled():
            raise Cancelled
        return inspection.Distances(recording, np.arange(24, dtype=np.float32), "")

    monkeypatch.setattr(inspection, "compare", endless)
    window.session.update(selected=(1,))
    qtbot.waitUntil(lambda: begun == [1])
    for recording in (2, 3, 4, 5):
        window.session.update(selected=(recording,))
    settle(qtbot, window)
    # Only where the selection rested.
    assert begun == [1, 5] and told == [1]
    assert [row.select for row in inspector.recording.nearest.rows][:3] == [(0,), (1,), (2,)]


def test_failed_work_says_why_and_can_be_tried_again(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = inspector.recording.comparing

    def broken(activations: Activations) -> Any:
        raise UserError("The file was changed after it was opened; open it again.")

    with monkeypatch.context() as patch:
        patch.setattr(inspection, "prepare", broken)
        window.session.update(selected=(1,))
        settle(qtbot, window)
        assert waiting.label.text() == "The file was changed after it was opened; open it again."
        assert waiting.retry.isVisible() and not waiting.bar.isVisible()
    inspector.recording.ensureWidgetVisible(waiting)
    qtbot.mouseClick(waiting.retry, LEFT)
    settle(qtbot, window)
    assert len(inspector.recording.nearest.rows) == 10 and not waiting.isVisible()


def test_states_that_cannot_be_read_are_said_in_place(
    window: MainWindow, inspector: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: Activations, index: int) -> np.ndarray:
        raise UserError("The file is gone; open it again.")

    monkeypatch.setattr(Activations, "recording_states", gone)
    window.session.update(selected=(1,))
    assert inspector.message.isVisible() and inspector.message.text() == "The file is gone; open it again."


def test_other_activations_are_inspected_anew(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=(9,))
    settle(qtbot, window)
    window.session.open(made_up_activations(seed=5))
    assert inspector.message.isVisible() and inspector._prepared is None
    window.session.update(selected=(9,))
    settle(qtbot, window)
    assert len(list((paths.data_dir() / "neighbours").iterdir())) == 2


def test_a_small_window_has_room_for_it(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=(0,))
    window.resize(1024, 700)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() <= 1024
    page = inspector.recording
    for part in (page.title, page.whole_sign, page.signbank, page.lines, page.order, page.units):
        right = part.mapTo(page.viewport(), QPoint(part.width(), 0)).x()
        assert part.isVisible() and right <= page.viewport().width() and part.width() >= part.minimumSizeHint().width()
    settle(qtbot, window)


def test_a_question_mark_says_what_the_head_was_trained_on(
    window: MainWindow, inspector: Inspector, qapp: QApplication, qtbot: QtBot
) -> None:
    window.session.update(selected=(7,))
    buttons = inspector.recording.findChildren(QToolButton)
    (question,) = [b for b in buttons if b.accessibleName() == "What is this: Probability at each step"]
    qtbot.mouseClick(question, LEFT)
    (note,) = [w for w in qapp.topLevelWidgets() if w.objectName() == "popover" and w.isVisible()]
    assert "trained on the last step only" in note.findChild(QLabel).text()
    note.close()
    settle(qtbot, window)


def test_a_recording_without_a_step_is_borne(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    a = activations
    states = a.all_states()[int(a.lengths[0]) :]
    lengths = a.lengths.copy()
    lengths[0] = 0
    empty = replace(a, states=ArrayStates(states), lengths=lengths, projections={})
    with open_window(qapp, qtbot, tmp_path / "w.ini", empty) as window:
        window.docks.show("inspector", True)
        window.session.update(selected=(0,))
        settle(qtbot, window)
        page = window.inspector_dock.inspector.recording
        assert page.no_head.text() == "This recording has no step." and not page.nearest.rows
        assert page.comparing.label.text() == "There is no other recording to compare with."


def test_all_paths_are_compared_beforehand_and_the_inspector_reads_them(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_[ActionId.COMPARE_ALL].trigger()
    [job] = [each for each in window.jobs.running if each.title == "Comparing all paths"]
    window.actions_[ActionId.COMPARE_ALL].trigger()
    assert [each.title for each in window.jobs.running].count("Comparing all paths") == 1
    assert window.notice.isVisible() and "already" in window.notice.text.text()
    qtbot.waitUntil(lambda: not job.running)
    prepared = inspection.prepare(window.session.activations)
    assert all(prepared.row(recording) is not None for recording in range(len(window.session.activations)))


def test_the_page_on_show_takes_up_what_comparing_all_paths_has_found(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> Any:
        raise UserError("Not now.")

    window.session.update(selected=(4,))
    settle(qtbot, window)
    monkeypatch.setattr(PathIndex, "distances_to_all", refuses)
    window.session.update(selected=(5,))
    settle(qtbot, window)
    assert not inspector.recording.nearest.rows and "Not now." in inspector.recording.comparing.label.text()
    window.actions_[ActionId.COMPARE_ALL].trigger()
    qtbot.waitUntil(lambda: bool(inspector.recording.nearest.rows))
    assert not inspector.recording.comparing.isVisible()


def test_large_text_in_a_narrow_dock_breaks_its_lines_and_is_not_cut(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qapp, qtbot, tmp_path / "w.ini") as window:
        window.resize(1024, 700)
        window.docks.show("inspector", True)
        inspector = window.inspector_dock.findChild(Inspector)
        assert inspector is not None
        window.session.update(selected=(6,))
        page = inspector.recording
        links = page.signbank.mapTo(page, QPoint()).y()
        assert links < page.title.mapTo(page, QPoint()).y() + page.title.height(), "beside the title"
        window.commands.settings.apply(replace(read_preferences(window.settings), text_size=200))
        qtbot.waitUntil(lambda: page.signbank.mapTo(page, QPoint()).y() > links + page.title.height() // 2)
        assert page.horizontalScrollBar().maximum() == 0
        shown = [each for each in page.findChildren(QLabel) if each.isVisible() and each.text()]
        for label in [*shown, page.signbank, page.whole_sign, page.order]:
            right = label.mapTo(page.inner, QPoint(label.width(), 0)).x()
            assert right <= page.viewport().width(), label.accessibleName()
        for label in page.facts.values.values():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        questions = [each for each in page.findChildren(QToolButton) if each.text() == "?"]
        assert questions and all(each.width() >= each.fontMetrics().height() for each in questions)


def test_true_steps_stand_beside_those_on_the_maps_in_mean_steps(
    window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot
) -> None:
    a, section = activations, inspector.recording.steps
    window.session.update(selected=(7,))
    settle(qtbot, window)
    assert not section.waiting.isVisible() and section.plot.isVisible()
    inside = np.setdiff1d(np.arange(a.real_steps), a.offsets[:-1])
    own = np.arange(a.offsets[7] + 1, a.offsets[8])

    def in_means(rows: np.ndarray) -> np.ndarray:
        moved = np.linalg.norm(np.diff(rows, axis=0, prepend=rows[:1]), axis=1)
        return moved[own] / moved[inside].mean()

    def shown() -> dict[str, np.ndarray]:
        return {line.name: line.y for line in section.plot.lines}

    assert list(shown()) == ["3-D map", "2-D map", "state"]
    assert all(np.isnan(y[0]) for y in shown().values()) and section.plot.lines[0].x[0] == a.first_step[7]
    np.testing.assert_allclose(shown()["state"][1:], in_means(a.all_states()), rtol=1e-4)
    np.testing.assert_allclose(shown()["2-D map"][1:], in_means(signed_log(a.projections[2].points)), rtol=1e-4)
    window.session.update(log_scale=False)
    np.testing.assert_allclose(shown()["2-D map"][1:], in_means(a.projections[2].points), rtol=1e-4)
    assert "state: longest" in section.plot.accessibleDescription()
    with qtbot.waitSignal(section.step_chosen):
        middle = section.plot.area().center().toPoint()
        qtbot.mouseClick(section.plot, LEFT, pos=middle)
    own_step = int(window.session.state.own_steps(a, np.array([7]))[0])
    assert own_step == a.first_step[7] + a.lengths[7] // 2
