"""Filters in the list's search field, and groups: built in and a person's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from auslan_explorer.core.splits import TRAIN
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.widgets.ask_name import AskName
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import NAMES, PER_SIGN, SIGNS, made_up_activations, open_window


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def listed(window: MainWindow) -> list[str]:
    model = window.signs.table.model()
    return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]


# ----------------------------------------------------------------------------------------------------------- search
def test_filters_list_the_signs_that_have_such_recordings_and_a_button_selects_them(window: MainWindow) -> None:
    a = window.session.activations
    window.session.update(visible_signs=frozenset({0}), splits=frozenset({TRAIN}))
    window.signs.search.setText("split:test wrong")
    assert listed(window) == ["change mind", "crazy", "think"]
    assert window.signs.notes.button.isVisible() and window.signs.notes.button.text() == "Select 3 recordings"
    window.signs.notes.button.click()
    mask = (a.split == 2) & (a.predicted != a.sign)
    assert window.session.state.selected == tuple(np.flatnonzero(mask))
    assert window.session.shown()[mask].all(), "what is selected is shown, though it was hidden"
    window.actions_[ActionId.UNDO].trigger()
    assert window.session.state.selected == () and window.session.state.visible_signs == {0}


def test_finding_a_sign_shows_the_list_and_takes_what_was_searched_for_before(window: MainWindow) -> None:
    window.signs.search.setText("crazy")
    window.show_sign_list(False)
    window.actions_[ActionId.FIND_SIGN].trigger()
    assert window.signs.isVisible() and window.focusWidget() is window.signs.search
    assert window.signs.search.selectedText() == "crazy", "typing replaces it"


def test_a_wrong_filter_is_a_sentence_beside_the_field_and_keeps_the_list(window: MainWindow) -> None:
    window.signs.search.setText("crazy")
    window.signs.search.setText("crazy session:x")
    sentence = window.signs.notes.sentence
    assert sentence.isVisible() and "session:" in sentence.text() and sentence.property("wrong")
    assert listed(window) == ["crazy"] and not window.signs.notes.button.isVisible()
    window.signs.search.clear()
    assert not sentence.isVisible() and len(listed(window)) == len(SIGNS)
    assert not window.signs.notes.button.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_return_selects_what_the_button_offers(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    for text in ("crazy session:2", "split:test wrong", "think 3", "a", "length:>14"):
        window.signs.search.setText(text)
        window.signs.notes.button.click()
        offered = window.session.state.selected
        assert window.signs.notes.button.text().split("\u2009")[0].split()[1] == str(len(offered))
        window.session.update(selected=())
        qtbot.keyClick(window.signs.search, key, modifiers)
        assert window.session.state.selected == offered, text
    window.session.update(selected=())
    for nothing in ("", "zzz", "session:x"):
        window.signs.search.setText(nothing)
        qtbot.keyClick(window.signs.search, key, modifiers)
        assert window.session.state.selected == (), f"{nothing!r} offers nothing"


def test_all_shows_everything_and_the_list_says_what_splits_hide(window: MainWindow) -> None:
    session, said = window.session, window.signs.hidden
    assert not said.isVisible()
    session.update(splits=frozenset({TRAIN}))
    assert said.isVisible() and said.text() == "16 of 24 recordings: other splits are hidden."
    session.update(visible_signs=frozenset({0, 1}))
    assert said.text() == "8 of 12 recordings: other splits are hidden."
    window.actions_[ActionId.TICK_ALL].trigger()
    assert session.shown().all() and not said.isVisible()
    session.update(selected=(1, 2), isolate=True)
    assert said.text() == "2 of 24 recordings: only the selection is shown."
    window.actions_[ActionId.TICK_ALL].trigger()
    assert session.shown().all() and session.state.selected == (1, 2)
    session.update(splits=frozenset({TRAIN}), visible_signs=frozenset({3}))
    window.signs.search.setText("crazy")
    window.actions_[ActionId.TICK_ALL].trigger()
    assert session.state.visible_signs == {2, 3} and session.state.splits == {TRAIN}, "a search bounds it"


def test_nothing_found_is_said(window: MainWindow) -> None:
    window.signs.search.setText("session:1 trial:1 split:test")
    assert window.signs.nothing.isVisible() and window.signs.nothing.text() == "No recording is like this."


def test_that_nothing_was_found_is_not_said_of_a_filter_that_is_wrong(window: MainWindow) -> None:
    window.signs.search.setText("zzz")
    assert window.signs.nothing.isVisible()
    window.signs.search.setText("session:x")
    assert window.signs.notes.sentence.isVisible() and not window.signs.nothing.isVisible()
    window.signs.search.setText("zzz")
    assert window.signs.nothing.isVisible() and not window.signs.notes.sentence.isVisible()


def test_other_activations_are_listed_whole(window: MainWindow) -> None:
    window.signs.search.setText("crazy")
    a = made_up_activations()
    window.commands.files.show(replace(a, signs=("p", "q", "r", "s"), names=("p", "q", "r", "s")))
    assert listed(window) == ["p", "q", "r", "s"]


# ----------------------------------------------------------------------------------------------------------- groups
def entries(window: MainWindow) -> dict[str, QAction]:
    window.signs.groups.fill()
    return {action.text().split("\t")[0]: action for action in window.signs.groups.opened.actions() if action.text()}


def ask(window: MainWindow) -> AskName:
    (dialog,) = [d for d in window.findChildren(AskName) if d.isVisible()]
    return dialog


def test_built_in_groups_select_and_empty_ones_say_why(window: MainWindow) -> None:
    groups = entries(window)
    groups["think – crazy"].trigger()
    a = window.session.activations
    assert window.session.state.selected == tuple(np.flatnonzero(a.sign >= 2))
    groups["Misclassified, test"].trigger()
    assert len(window.session.state.selected) == 3
    window.session.update(visible_signs=frozenset({1}))
    groups["All"].trigger()
    assert window.session.state.selected == () and window.session.shown().all()
    assert not groups["One-handed"].isEnabled() and "hands" in groups["One-handed"].toolTip()
    assert not groups["who – soon"].isEnabled() and "who" in groups["who – soon"].toolTip()


def test_a_name_that_is_taken_is_told_whole(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(selected=(3, 14))
    for _ in range(2):
        window.actions_[ActionId.SAVE_GROUP].trigger()
        dialog = ask(window)
        dialog.field.setText("a name of some length, already taken")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    message = dialog.message
    assert "already" in message.text()
    qtbot.waitUntil(lambda: message.height() >= message.heightForWidth(message.width()))
    assert all(dialog.rect().contains(each.geometry()) for each in dialog.findChildren(QDialogButtonBox))
    dialog.reject()


def test_a_group_of_ones_own_is_saved_shown_renamed_and_deleted(window: MainWindow, qtbot: QtBot, data: Path) -> None:
    window.session.update(selected=(3, 14))
    window.actions_[ActionId.SAVE_GROUP].trigger()
    dialog = ask(window)
    dialog.field.setText("a & b")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert json.loads((data / "groups.json").read_text())["groups"][0]["recordings"] == [
        ["alive", 2, 1],
        ["crazy", 1, 3],
    ]
    window.session.update(selected=())
    entries(window)["a && b"].trigger()
    assert window.session.state.selected == (3, 14)

    def inner(title: str) -> QAction:
        (menu,) = [a.menu() for a in window.signs.groups.opened.actions() if a.menu() and a.text() == title]
        return menu.actions()[0]

    entries(window)
    inner("Rename").trigger()
    again = ask(window)
    again.field.setText("")
    again.accept()
    assert again.message.isVisible() and again.message.text() == "A group needs a name."
    again.field.setText("mine")
    again.accept()
    assert window.commands.groups.names == ("mine",)
    entries(window)
    inner("Delete").trigger()
    (box,) = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    next(b for b in box.buttons() if b.text() == "Delete").click()
    assert window.commands.groups.names == () and json.loads((data / "groups.json").read_text())["groups"] == []


def test_without_a_selection_what_is_shown_is_kept_and_nothing_cannot_be(window: MainWindow) -> None:
    window.session.update(visible_signs=frozenset({1}))
    window.commands.groups.save("shown")
    assert window.commands.groups.groups()[0].count == PER_SIGN
    window.session.update(visible_signs=frozenset())
    assert not window.actions_[ActionId.SAVE_GROUP].isEnabled()


def test_a_name_that_is_taken_is_a_sentence_and_the_dialog_can_be_left(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.groups.save("one")
    window.actions_[ActionId.SAVE_GROUP].trigger()
    dialog = ask(window)
    assert "24 recordings shown" in dialog.findChildren(type(dialog.message))[0].text()
    dialog.field.setText("ONE")
    dialog.accept()
    assert dialog.message.isVisible() and "already" in dialog.message.text()
    dialog.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Cancel).click()
    assert window.commands.groups.names == ("one",)


def test_filling_the_menu_again_and_again_leaves_nothing_behind(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.groups.save("one")
    for _ in range(5):
        entries(window)
    qtbot.waitUntil(lambda: len(window.signs.groups.opened.findChildren(QMenu)) == 2)


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_signs_are_sorted_by_what_each_column_shows(window: MainWindow, order: Qt.SortOrder) -> None:
    window.session.update(visible_signs=frozenset({1, 3}), splits=frozenset({0, 2}))
    table, model = window.signs.table, window.signs.table.model()
    falling = order is Qt.SortOrder.DescendingOrder
    table.sortByColumn(Column.TICK, order)
    boxes = [model.index(row, Column.TICK).data(Qt.ItemDataRole.CheckStateRole) for row in range(len(SIGNS))]
    ticked = [Qt.CheckState(box) is Qt.CheckState.Checked for box in boxes]
    assert ticked == sorted(ticked, reverse=not falling), "ticked ones first"
    for column in (Column.COUNT, Column.ACCURACY):
        table.sortByColumn(column, order)
        shown = [float(model.index(row, column).data().rstrip("%")) for row in range(len(SIGNS))]
        assert shown == sorted(shown, reverse=falling)
    table.sortByColumn(Column.NAME, order)
    assert listed(window) == sorted(listed(window), reverse=falling)


@pytest.mark.parametrize(("selected", "clicked", "meant"), [({1, 3}, 3, {1, 3}), ({1, 3}, 2, {2}), (set(), 0, {0})])
def test_the_menu_of_a_sign_acts_on_it_and_on_all_that_are_selected_with_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, selected: set[int], clicked: int, meant: set[int]
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_: opened.append(menu))
    session, table = window.session, window.signs.table
    of = {sign: np.flatnonzero(session.activations.sign == sign).tolist() for sign in range(len(SIGNS))}
    everything = session.state.visible_signs

    def choose(text: str) -> None:
        session.update(selected=tuple(sorted(row for sign in selected for row in of[sign])), visible_signs=everything)
        at = table.visualRect(table.model().index(listed(window).index(NAMES[clicked]), Column.NAME)).center()
        table.customContextMenuRequested.emit(at)
        next(action for action in opened[-1].actions() if action.text() == text).trigger()

    choose("Select all recordings")
    assert session.state.selected == tuple(sorted(row for sign in meant for row in of[sign]))
    choose("Show alone")
    assert session.state.visible_signs == meant
    choose("Hide")
    assert session.state.visible_signs == everything - meant


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_a_drag_over_the_boxes_ticks_the_signs_that_it_passes_however_they_are_sorted(
    window: MainWindow, qtbot: QtBot, order: Qt.SortOrder
) -> None:
    table, session, left = window.signs.table, window.session, Qt.MouseButton.LeftButton
    table.sortByColumn(Column.NAME, order)

    def place(name: str) -> QPoint:
        return table.visualRect(table.model().index(listed(window).index(name), Column.TICK)).center()

    first, second = listed(window)[:2]
    for on in (False, True):
        qtbot.mousePress(table.viewport(), left, pos=place(first))
        qtbot.mouseMove(table.viewport(), place(second))
        qtbot.mouseRelease(table.viewport(), left, pos=place(second))
        qtbot.mouseMove(table.viewport(), place(listed(window)[3]))
        hidden = set() if on else {NAMES.index(first), NAMES.index(second)}
        assert session.state.visible_signs == set(range(len(SIGNS))) - hidden


def test_a_group_is_deleted_only_by_the_answer_yes(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.groups.save("mine")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        window.signs.groups._delete("mine")
        (box,) = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
        assert "“mine”" in box.text()
        qtbot.keyClick(box, key)
        assert not box.isVisible() and window.commands.groups.names == ("mine",)


def test_at_first_signs_stand_in_the_order_of_their_names(window: MainWindow) -> None:
    assert window.signs.table.horizontalHeader().sortIndicatorSection() == Column.NAME
    a = made_up_activations()
    sign = np.sort(np.arange(len(a)) % 10 % 4).astype(a.sign.dtype)
    window.session.open(replace(a, sign=sign, signs=("d", "b", "c", "a"), names=("d", "b", "c", "a")))
    assert listed(window) == ["a", "b", "c", "d"]
