"""Runs that are kept: listed, put on the map, renamed, deleted, compared, and named by session files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QTableWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.session import DECLARED, Colouring, Session
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.training.compare_dialog import CompareDialog, LinkedSession
from auslan_explorer.gui.training.run_text import comparison_lines, summary_lines
from auslan_explorer.gui.training.trainer import TrainingProgress
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.runs import RunInfo, RunStore, new_run
from auslan_explorer.training.settings import AutoencoderSettings
from auslan_explorer.workflows.sessions import open_session
from tests.gui.training_parts import learned_map, made_up_autoencoder
from tests.gui.views.common.test_undo_of_fields import CASES


def keep(window: MainWindow, seed: int, dims: int = 2, **settings: int) -> RunInfo:
    """Keep a run of the window's activations."""
    a = window.session.activations
    trained = learned_map(a, dims, seed)
    chosen = AutoencoderSettings(dims=dims, seed=seed, **settings)
    metrics = {"explained_variance": 0.5 + 0.1 * seed, "knn_accuracy": None, "measured_on": "test"}
    return RunStore().save(new_run(a, chosen, trained, metrics, b"", f"run {seed}"))


def open_runs(window: MainWindow, qtbot: QtBot, count: int) -> None:
    window.docks.show("runs")
    qtbot.waitUntil(lambda: len(window.commands.training.library.runs) == count)


def choose(window: MainWindow, *runs: RunInfo) -> None:
    view = window.runs.list
    view.clearSelection()
    for row, info in enumerate(view.runs.runs):
        if info.id in {run.id for run in runs}:
            view.selectionModel().select(view.runs.index(row), view.selectionModel().SelectionFlag.Select)


def cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def test_without_runs_the_dock_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("runs")
    qtbot.waitUntil(lambda: window.runs._empty.isVisible())
    assert not window.runs.put_button.isEnabled() and not window.runs.compare_button.isEnabled()
    assert "Choose a run" in window.runs.put_button.toolTip()
    assert "Choose a run" in window.actions_[ActionId.APPLY_RUN].toolTip()


def test_a_folder_that_cannot_be_read_is_told_and_tried_again(window: MainWindow, qtbot: QtBot) -> None:
    folder = RunStore().folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    window.docks.show("runs")
    waiting = window.runs._waiting
    qtbot.waitUntil(lambda: waiting.label.isVisible() and "cannot be read" in waiting.label.text())
    folder.unlink()
    waiting.retry.click()
    qtbot.waitUntil(lambda: window.runs._empty.isVisible())


def test_the_menu_of_a_run_has_all_that_can_be_done_with_it(window: MainWindow, qtbot: QtBot) -> None:
    run = keep(window, 1)
    open_runs(window, qtbot, 1)
    choose(window, run)
    view = window.runs.list
    menus = set(window.runs.findChildren(QMenu))
    view.customContextMenuRequested.emit(view.viewport().rect().bottomLeft())
    assert set(window.runs.findChildren(QMenu)) == menus, "there is no run"
    at = view.visualRect(view.runs.index(0)).center()
    view.customContextMenuRequested.emit(at)
    (menu,) = set(window.runs.findChildren(QMenu)) - menus
    names = {window.actions_[key]: key for key in ActionId}
    assert [names.get(action) for action in menu.actions()] == [
        ActionId.APPLY_RUN, ActionId.COMPARE_RUNS, None,
        ActionId.RENAME_RUN, ActionId.EXPORT_RUN, ActionId.DELETE_RUN, None,
        ActionId.IMPORT_RUN, ActionId.ORIGINAL_MAPS,
    ]  # fmt: skip
    assert menu.isVisible() and menu.y() == view.viewport().mapToGlobal(at).y()
    menu.close()


def test_a_run_is_put_on_the_map_by_enter_and_taken_back_by_undo(window: MainWindow, qtbot: QtBot) -> None:
    first, second = keep(window, 1), keep(window, 2)
    solid = keep(window, 3, dims=3)
    open_runs(window, qtbot, 3)
    own = window.session.projections[2]
    window.session.update(selected=(4,))
    choose(window, first)
    window.runs.list.setFocus()
    qtbot.keyClick(window.runs.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.state.run_2d == first.id)
    assert not np.array_equal(window.session.projections[2].points, own.points)
    assert window.session.state.selected == (4,)
    choose(window, second)
    window.runs.put_button.click()
    qtbot.waitUntil(lambda: window.session.state.run_2d == second.id)
    assert not window.runs.put_button.isEnabled() and "already" in window.runs.put_button.toolTip()
    choose(window, first, second)
    assert not window.runs.put_button.isEnabled() and "one run alone" in window.runs.put_button.toolTip()
    choose(window, solid)
    window.actions_[ActionId.APPLY_RUN].trigger()
    qtbot.waitUntil(lambda: window.session.state.run_3d == solid.id)
    assert window.session.state.run_2d == second.id
    window.actions_[ActionId.ORIGINAL_MAPS].trigger()
    assert window.session.projections[2] is own and not window.actions_[ActionId.ORIGINAL_MAPS].isEnabled()
    window.actions_[ActionId.UNDO].trigger()
    assert window.session.state.run_2d == second.id


def test_a_kept_run_is_coloured_by_its_own_error_and_undo_has_the_map_before_measured(
    window: MainWindow, qtbot: QtBot
) -> None:
    one, two = keep(window, 1), keep(window, 2)
    open_runs(window, qtbot, 2)
    placer, session, quality = window.commands.training.applier, window.session, window.commands.quality
    # Without a 3-D map of its own, whose autoencoder is not at hand.
    session.open(replace(session.activations, projections={2: session.activations.projections[2]}))
    for number, info in enumerate((one, two)):
        session.update(selected=(number,))  # between two changes of one thing, which are undone as one
        placer.show_run(info)
        qtbot.waitUntil(lambda info=info: session.state.run_2d == info.id)
    quality.colour_by(Colouring.ERROR)
    # Undone while it is still being measured, or just after: either way the map that is back is measured too.
    window.actions_[ActionId.UNDO].trigger()
    assert session.state.run_2d == one.id
    qtbot.waitUntil(lambda: session.state.colouring is Colouring.ERROR)
    qtbot.waitUntil(lambda: session.projections[2].measured.error is not None)
    assert session.projection_named(two.id).measured.error is not None
    window.actions_[ActionId.UNDO].trigger()
    assert session.state.run_2d == one.id and session.state.colouring is not Colouring.ERROR


def test_names_are_edited_in_place(window: MainWindow, qtbot: QtBot) -> None:
    info = keep(window, 1)
    open_runs(window, qtbot, 1)
    choose(window, info)
    window.actions_[ActionId.RENAME_RUN].trigger()
    editor = QApplication.focusWidget()
    assert editor is not None and editor.accessibleName() == "Name of the run"
    qtbot.keyClicks(editor, "the good one")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [run.name for run in RunStore().list()] == ["the good one"])
    qtbot.waitUntil(lambda: window.runs.list.runs.runs[0].name == "the good one")


def test_the_list_is_copied_whole(window: MainWindow, qtbot: QtBot) -> None:
    first, second = keep(window, 1), keep(window, 2)
    open_runs(window, qtbot, 2)
    choose(window, first)
    qtbot.keyClick(window.runs.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert [line[0] for line in lines] == [each.name for each in window.runs.list.runs.runs]
    assert {line[0] for line in lines} == {first.name, second.name}
    shown = window.runs.list.runs.runs
    assert [line[2:] for line in lines] == [list(summary_lines(info)) for info in shown]


def test_deleting_asks_first(window: MainWindow, qtbot: QtBot) -> None:
    info, other = keep(window, 1), keep(window, 2)
    open_runs(window, qtbot, 2)
    choose(window, info)
    for button, left in (("Keep", 2), ("Delete", 1)):
        qtbot.keyClick(window.runs.list, Qt.Key.Key_Delete)
        (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
        assert "run 1" in box.text()
        next(each for each in box.buttons() if each.text() == button).click()
        qtbot.waitUntil(lambda left=left: len(RunStore().list()) == left)
        qtbot.waitUntil(lambda: not [b for b in window.findChildren(QMessageBox) if b.isVisible()])
    assert RunStore().list()[0].id == other.id


def test_a_run_is_exported_and_imported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    info = keep(window, 1)
    open_runs(window, qtbot, 1)
    file = tmp_path / "one.h5"
    window.commands.training.export_to(info, file)
    qtbot.waitUntil(file.exists)
    RunStore().delete(info.id)
    window.commands.training.library.reload()
    qtbot.waitUntil(lambda: not window.commands.training.library.runs)
    window.commands.training.library.import_file(file)
    qtbot.waitUntil(lambda: len(window.commands.training.library.runs) == 1)
    assert window.runs.list.runs.runs[0].name == "run 1"


def test_a_damaged_run_is_listed_as_such_and_not_put_on_the_map(window: MainWindow, qtbot: QtBot) -> None:
    info = keep(window, 1)
    (RunStore().folder / f"{info.id}.h5").write_bytes(b"no run")
    open_runs(window, qtbot, 1)
    (damaged,) = window.runs.list.runs.runs
    choose(window, damaged)
    assert damaged.damaged and not window.runs.put_button.isEnabled()
    assert not window.actions_[ActionId.APPLY_RUN].isEnabled() and window.actions_[ActionId.DELETE_RUN].isEnabled()


def test_differences_are_marked(window: MainWindow) -> None:
    lines = {line.text: line for line in comparison_lines((keep(window, 1), keep(window, 2, batch=64)))}
    assert lines["Batch"].differs and lines["Batch"].values == ("512", "64")
    assert lines["Explained variance"].values == ("0.6000", "0.7000") and not lines["Noise"].differs
    assert "5-NN sign accuracy of last steps" not in lines, "none has it"


def test_runs_stand_side_by_side_with_one_selection(window: MainWindow, qtbot: QtBot) -> None:
    runs = keep(window, 1), keep(window, 2)
    open_runs(window, qtbot, 2)
    choose(window, *runs)
    runs = window.runs.selected_runs()  # kept in one second, in any order
    window.runs.compare_button.click()
    (dialog,) = window.findChildren(CompareDialog)
    qtbot.waitUntil(lambda: all(pane.link is not None for pane in dialog.panes))
    one, two = (pane.link.session for pane in dialog.panes if pane.link is not None)
    assert not np.array_equal(one.projections[2].points, two.projections[2].points)
    one.update(selected=(3, 5))
    assert two.state.selected == window.session.state.selected == (3, 5)
    window.session.update(step=7, points=False)
    assert one.state.step == two.state.step == 7 and not one.state.points
    lines = comparison_lines(runs)
    for only in (False, True, False):
        dialog.only_differences.setChecked(only)
        told = [line for line in lines if line.differs or not only]
        table = dialog.table
        assert [cell(table, row, 0).strip(" ≠") for row in range(table.rowCount())] == [line.text for line in told]
        for row, line in enumerate(told):
            assert cell(table, row, 0).startswith("≠") is line.differs
            assert tuple(cell(table, row, column).removeprefix("★ ") for column in (1, 2)) == line.values
            assert {column for column in (0, 1) if cell(table, row, column + 1).startswith("★")} == line.best
    assert {"Seed", "Explained variance"} <= {line.text for line in lines if line.differs}
    dialog.close()
    window.session.update(selected=())
    assert one.state.selected == (3, 5)


def test_every_shared_field_goes_both_ways_between_linked_sessions_and_no_other(session: Session) -> None:
    """What is shared, and what each map keeps, is found from the declaration."""
    for field, case in CASES.items():
        if field in ("run_2d", "run_3d"):
            continue  # a linked session has the one map it was made for
        session.update(**dict(case.given))
        links = [LinkedSession(session, session.activations.projections[2]) for _ in range(2)]
        one, two = (link.session for link in links)
        value, before = case.value, getattr(session.state, field)
        assert before != value, field
        one.update(**{field: value})
        heard = (getattr(session.state, field), getattr(two.state, field))
        assert heard == ((value, value) if DECLARED[field].shared else (before, before)), field
        session.update(**{field: before})
        assert getattr(two.state, field) == before, field


def test_linked_sessions_share_what_is_under_the_pointer(session: Session) -> None:
    from auslan_explorer.core.session import Pointed

    link = LinkedSession(session, session.activations.projections[2])
    session.point_at(Pointed(2, 9))
    assert link.session.pointed == Pointed(2, 9)
    link.session.point_at(None)
    assert session.pointed is None


def test_a_session_file_knows_the_run_and_says_when_it_is_missing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    info = keep(window, 1)
    open_runs(window, qtbot, 1)
    window.commands.training.applier.show_run(info)
    qtbot.waitUntil(lambda: window.session.state.run_2d == info.id)
    file = tmp_path / "one.auslan"
    window.sessions.write(file)
    window.session.update(run_2d="")
    opened = open_session(file, None)
    window.sessions.show(opened)
    assert window.session.state.run_2d == info.id and "run" not in window.notice.text.text()

    RunStore().delete(info.id)
    window.session.open(window.session.activations)
    window.sessions.show(open_session(file, None))
    assert window.session.state.run_2d == "" and info.id in window.notice.text.text()
    assert "not among the runs kept here" in window.notice.text.text()


@pytest.mark.parametrize("name", ["../../etc/passwd", "x" * 150, 7])
def test_a_hostile_name_of_a_run_in_a_session_file_is_only_remarked_on(
    window: MainWindow, tmp_path: Path, name: object
) -> None:
    import json

    file = tmp_path / "one.auslan"
    window.sessions.write(file)
    content = json.loads(file.read_text(encoding="utf-8"))
    content["shown"]["run_2d"] = name
    file.write_text(json.dumps(content), encoding="utf-8")
    window.sessions.show(open_session(file, None))
    assert window.session.state.run_2d == "" and "could not be opened whole" in window.notice.text.text()


class _Listening:
    """A painter that keeps the words it is to write."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self.words: list[str] = []

    def drawText(self, *given: object) -> None:
        self.words.append(str(given[-1]))

    def __getattr__(self, name: str) -> object:
        return getattr(self._painter, name)


@pytest.mark.parametrize("dims", [2, 3])
def test_the_list_says_in_which_view_a_run_is_shown(window: MainWindow, qtbot: QtBot, dims: int) -> None:
    kept = {each: keep(window, each, dims=each) for each in (2, 3)}
    open_runs(window, qtbot, 2)

    def written(info: RunInfo) -> list[str]:
        image = QImage(400, 120, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        listening = _Listening(painter)
        view = window.runs.list
        view._painter._texts(listening, info, view.runs.is_on_map(info), QRect(0, 0, 400, 120))  # type: ignore[arg-type]
        painter.end()
        return listening.words

    place = {2: "● on the map", 3: "● in the 3-D view"}
    assert not {*place.values()} & {*written(kept[2]), *written(kept[3])}
    window.commands.training.applier.show_run(kept[dims])
    qtbot.waitUntil(lambda: window.session.state.run(dims) == kept[dims].id)
    assert written(kept[dims])[-1] == place[dims]
    assert not {*place.values()} & {*written(kept[5 - dims])}


def other_network(window: MainWindow) -> Activations:
    """Hidden states of another network that reads the same recordings."""
    a = window.session.activations
    return replace(a, states=ArrayStates(a.all_states() * 0.5), provenance={"model": "another one"})


def test_runs_of_other_networks_stand_apart_and_never_come_on_the_map(window: MainWindow, qtbot: QtBot) -> None:
    own = window.session.activations
    first, second = keep(window, 1), keep(window, 2)
    window.session.open(other_network(window))
    third, fourth = keep(window, 3), keep(window, 4)
    window.session.open(own)
    open_runs(window, qtbot, 4)
    model = window.runs.list.runs
    assert [{info.id for info in half} for half in (model.runs[:2], model.runs[2:])] == [
        {first.id, second.id}, {third.id, fourth.id},
    ]  # fmt: skip
    assert model.headings == ("Of the open network", "", "Of another network: another one", "")
    choose(window, third)
    reason = third.refusal(own)
    assert "another network (another one)" in reason
    assert not window.runs.put_button.isEnabled() and window.runs.put_button.toolTip() == reason
    assert not window.actions_[ActionId.APPLY_RUN].isEnabled()
    qtbot.keyClick(window.runs.list, Qt.Key.Key_Return)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert box.text() == reason and window.session.state.run_2d == ""
    box.close()
    choose(window, first, third)
    assert not window.runs.compare_button.isEnabled() and "different networks" in window.runs.compare_button.toolTip()
    # With the other network open, it is the other way round.
    window.session.open(other_network(window))
    assert {info.id for info in model.runs[:2]} == {third.id, fourth.id}
    choose(window, third)
    window.runs.put_button.click()
    qtbot.waitUntil(lambda: window.session.state.run_2d == third.id)


def test_a_session_says_that_its_run_belongs_to_another_network(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    info, file = keep(window, 1), tmp_path / "one.auslan"
    window.commands.training.applier.show_run(info)
    qtbot.waitUntil(lambda: window.session.state.run_2d == info.id)
    window.sessions.write(file)
    window.session.open(other_network(window))
    window.sessions.show(open_session(file, None))
    assert window.session.state.run_2d == "" and "belongs to another network" in window.notice.text.text()


def test_runs_are_listed_newest_first_whatever_order_they_come_in(window: MainWindow, qtbot: QtBot) -> None:
    made = {f"2026-0{month}-01T10:00:00+00:00": keep(window, month) for month in (3, 1, 2)}
    library = window.commands.training.library
    open_runs(window, qtbot, 3)
    for created, info in made.items():
        library.add(replace(info, created=created))
    months = [run.settings.seed for run in library.runs]
    assert months == [3, 2, 1]
    library.add(replace(library.runs[0], id="another", created="2025-12-31T10:00:00+00:00"))
    assert [run.created for run in window.runs.list.runs.runs] == sorted(
        (r.created for r in library.runs), reverse=True
    )


@pytest.mark.parametrize(("done", "left"), [(0, None), (1, 18.0), (3, 14.0), (10, 0.0)])
def test_the_time_left_is_that_of_the_epochs_that_are_not_over(done: int, left: float | None) -> None:
    progress = TrainingProgress(epochs=10, validation=(0.1,) * done, seconds=2.0 * done, fraction=done / 10)
    assert progress.seconds_left == (left if left is None else pytest.approx(left))


def test_the_better_figure_is_marked_only_where_both_were_measured_on_the_same(window: MainWindow) -> None:
    one, two = keep(window, 1), keep(window, 2)
    best = {line.text: line.best for line in comparison_lines((one, two)) if line.best}
    assert best == {"Explained variance": {1}}
    worse = replace(two, metrics={**two.metrics, "mse": 0.3}), replace(one, metrics={**one.metrics, "mse": 0.1})
    assert {line.text: line.best for line in comparison_lines(worse)}["Mean squared error"] == {1}
    other = replace(one, metrics={**one.metrics, "measured_on": "validation"})
    assert not any(line.best for line in comparison_lines((other, two)))


def test_a_run_is_compared_with_the_map_that_it_replaces_and_lies_as_that_does(
    window: MainWindow, qtbot: QtBot
) -> None:
    a, autoencoder = window.session.activations, made_up_autoencoder(2, 5)
    own = a.project(autoencoder, "")
    window.session.open(replace(a, projections={2: own}, autoencoders={2: autoencoder}))
    window.docks.show("runs")
    # The same map, turned, mirrored and twice as large.
    turn = 2 * np.array([[0.6, -0.8], [-0.8, -0.6]], np.float32)
    layers = list(autoencoder.layers)
    at, inverse = autoencoder.bottleneck, np.linalg.inv(turn).astype(np.float32)
    layers[at] = replace(layers[at], kernel=layers[at].kernel @ turn, bias=layers[at].bias @ turn)
    layers[at + 1] = replace(layers[at + 1], kernel=inverse @ layers[at + 1].kernel)
    like = Autoencoder(tuple(layers), at)
    made = a.project(like, "")
    trained = AutoencoderTrained(like, 2, 3, 0.2, 0.1, 6.0, (0.4,), (0.2,), made.points, made.prefix)
    info = RunStore().save(new_run(a, AutoencoderSettings(dims=2), replace(trained, best_epoch=1), {}, b"", "like"))
    window.commands.training.library.reload()
    qtbot.waitUntil(lambda: len(window.runs.list.runs.runs) == 1)
    choose(window, info)
    window.runs.compare_button.click()
    (dialog,) = window.findChildren(CompareDialog)
    qtbot.waitUntil(lambda: dialog.panes[0].link is not None)
    assert dialog.own_pane is not None and dialog.own_pane.link is not None
    assert dialog.panes[0].link is not None
    left, right = dialog.own_pane.link.session.projections[2], dialog.panes[0].link.session.projections[2]
    assert not np.allclose(made.points, own.points, atol=0.1)
    np.testing.assert_allclose(right.points, left.points, atol=1e-4)
    header = dialog.table.horizontalHeaderItem(1)
    assert header is not None and header.text() == "Own map"
    qtbot.waitUntil(lambda: cell(dialog.table, 1, 1) != "–")
    dialog.close()
