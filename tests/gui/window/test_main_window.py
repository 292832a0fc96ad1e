"""The window around the views: what a person does changes the session, and what the session holds is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring, Layout, Pointed
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.waiting import at_rest
from tests.gui.window_parts import PER_SIGN, SIGNS, STEPS, StandIn, open_window

ALL = frozenset(range(len(SIGNS)))


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, settings: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, settings) as shown:
        yield shown


def cell(window: MainWindow, row: int, column: Column) -> QPoint:
    table = window.signs.table
    return table.visualRect(table.model().index(row, column)).center()


def click(
    qtbot: QtBot, window: MainWindow, row: int, column: Column, modifier: Qt.KeyboardModifier | None = None
) -> None:
    qtbot.mouseClick(
        window.signs.table.viewport(),
        Qt.MouseButton.LeftButton,
        modifier or Qt.KeyboardModifier.NoModifier,
        cell(window, row, column),
    )


def listed_names(window: MainWindow) -> list[str]:
    model = window.signs.table.model()
    return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]


# ------------------------------------------------------------------------------------------------------- list of signs
def test_a_click_on_a_box_hides_the_sign_and_selects_nothing(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, 1, Column.TICK)
    assert window.session.state.visible_signs == ALL - {1}
    assert window.session.state.selected == ()
    click(qtbot, window, 1, Column.TICK)
    assert window.session.state.visible_signs == ALL


def test_selected_rows_are_ticked_together(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, 1, Column.NAME)
    click(qtbot, window, 3, Column.NAME, Qt.KeyboardModifier.ControlModifier)
    click(qtbot, window, 3, Column.TICK)
    assert window.session.state.visible_signs == ALL - {1, 3}


def test_dragging_over_boxes_paints_them(window: MainWindow, qtbot: QtBot) -> None:
    viewport = window.signs.table.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=cell(window, 0, Column.TICK))
    qtbot.mouseMove(viewport, cell(window, 1, Column.TICK))
    qtbot.mouseMove(viewport, cell(window, 2, Column.TICK))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=cell(window, 2, Column.TICK))
    assert window.session.state.visible_signs == {3}


def test_dragging_over_names_selects_their_recordings(window: MainWindow, qtbot: QtBot) -> None:
    viewport = window.signs.table.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=cell(window, 0, Column.NAME))
    for row in (1, 2):
        qtbot.mouseMove(viewport, cell(window, row, Column.NAME))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=cell(window, 2, Column.NAME))
    assert sorted({index.row() for index in window.signs.table.selectedIndexes()}) == [0, 1, 2]
    a = window.session.activations
    assert {int(a.sign[each]) for each in window.session.state.selected} == {0, 1, 2}
    assert window.session.state.visible_signs == ALL


def test_space_ticks_the_row_that_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    click(qtbot, window, 2, Column.NAME)
    qtbot.keyClick(window.signs.table, Qt.Key.Key_Up)
    qtbot.keyClick(window.signs.table, Qt.Key.Key_Down)
    qtbot.keyClick(window.signs.table, Qt.Key.Key_Space)
    assert window.session.state.visible_signs == ALL - {2}
    assert not window.playback.playing


def test_all_none_invert(window: MainWindow) -> None:
    window.actions_[ActionId.TICK_NONE].trigger()
    assert window.session.state.visible_signs == frozenset()
    assert "Nothing is shown. Tick a sign." in window.status.shown.text()
    window.session.update(visible_signs=frozenset({0}))
    window.actions_[ActionId.INVERT_TICKS].trigger()
    assert window.session.state.visible_signs == ALL - {0}
    window.actions_[ActionId.TICK_ALL].trigger()
    assert window.session.state.visible_signs == ALL


def test_search_finds_names_and_keys_and_bounds_the_buttons(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.signs.search, "MIND")
    assert listed_names(window) == ["change mind"]
    window.actions_[ActionId.TICK_NONE].trigger()
    assert window.session.state.visible_signs == ALL - {1}
    window.signs.search.setText("change_mind_")
    assert listed_names(window) == ["change mind"]
    window.signs.search.setText("xyz")
    assert window.signs.nothing.isVisible() and not window.signs.table.isVisible()
    qtbot.keyClick(window.signs.search, Qt.Key.Key_Escape)
    assert len(listed_names(window)) == len(SIGNS)
    qtbot.keyClick(window.signs.search, Qt.Key.Key_Down)
    assert window.signs.table.currentIndex().row() == 0 and window.session.state.selected == tuple(range(PER_SIGN))
    qtbot.keyClicks(window.signs.search, "mind")
    for left, selected in (("", tuple(range(PER_SIGN))), ("", ())):
        qtbot.keyClick(window.signs.search, Qt.Key.Key_Escape)
        assert (window.signs.search.text(), window.session.state.selected) == (left, selected), "first the text"


def test_a_click_on_a_row_selects_its_recordings_and_empty_space_lets_go(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, 2, Column.NAME)
    assert window.session.state.selected == tuple(range(2 * PER_SIGN, 3 * PER_SIGN))
    assert window.status.pointed.text() == "Selected: crazy, 6 recordings"
    below = QPoint(40, window.signs.table.viewport().height() - 4)
    qtbot.mouseClick(window.signs.table.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert window.session.state.selected == ()
    window.session.update(selected=(2 * PER_SIGN,))
    window.signs.search.setText("change mind")
    qtbot.mouseClick(window.signs.table.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert window.session.state.selected == (), "also of a sign that the search does not list"


def test_a_hidden_sign_selects_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(visible_signs=ALL - {2})
    click(qtbot, window, 2, Column.NAME)
    assert window.session.state.selected == ()


def test_the_list_follows_a_selection_made_elsewhere(window: MainWindow) -> None:
    window.session.update(selected=(3 * PER_SIGN,))
    assert window.signs.table.rows() == [3]
    assert window.session.state.selected == (3 * PER_SIGN,)


def test_escape_lets_go(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(selected=(0,))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.session.state.selected == ()


def test_counts_and_accuracy_follow_the_ticked_splits(window: MainWindow) -> None:
    model = window.signs.table.model()
    assert model.index(2, Column.COUNT).data() == "6"
    assert model.index(2, Column.ACCURACY).data() == "83%"
    window.actions_[ActionId.TRAIN].trigger()
    assert window.session.state.splits == {VALIDATION, TEST}
    assert model.index(2, Column.COUNT).data() == "2"
    assert model.index(2, Column.ACCURACY).data() == "50%"
    assert "crazy" in model.index(2, 1).data(Qt.ItemDataRole.ToolTipRole)
    window.session.update(splits=frozenset())
    assert model.index(2, Column.ACCURACY).data() == "–"
    assert window.status.shown.text() == "Nothing is shown. Tick a split."


def test_sorting_by_accuracy(window: MainWindow) -> None:
    window.signs.table.sortByColumn(Column.ACCURACY, Qt.SortOrder.DescendingOrder)
    assert listed_names(window)[0] == "alive"


# ------------------------------------------------------------------------------------------------------- playback
def test_play_advances_keeps_its_place_and_stops_at_the_end(window: MainWindow, qtbot: QtBot) -> None:
    # Slow, so that a busy machine, which skips steps, does not come to the end before the key.
    window.playback.set_speed(0.5)
    with qtbot.waitSignal(window.session.changed, check_params_cb=lambda new, old: new.step >= 3):
        qtbot.keyClick(window, Qt.Key.Key_Space)
        assert window.playback.playing and window.session.state.step == 0
    assert window.playback.playing
    qtbot.keyClick(window, Qt.Key.Key_Space)
    place = window.session.state.step
    assert at_rest(window.playback), "no clock ticks on"
    QApplication.processEvents()
    assert window.session.state.step == place and not window.playback.playing
    assert window.bar.slider.value() == place
    assert window.bar.label.text() == f"step {place + 1} of {STEPS}"
    window.playback.set_speed(8.0)
    window.playback.play()
    qtbot.waitUntil(lambda: not window.playback.playing)
    assert window.session.state.step == STEPS - 1


def test_loop_begins_again(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_[ActionId.LOOP].trigger()
    window.playback.set_speed(2.0)
    seen: list[int] = []
    window.session.changed.connect(lambda new, old: seen.append(new.step))
    window.playback.play()
    qtbot.waitUntil(lambda: any(later < earlier for earlier, later in pairwise(seen)))
    assert window.playback.playing
    window.playback.pause()


def test_keys_step_and_change_the_speed(window: MainWindow, qtbot: QtBot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert window.session.state.step == 0
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_Right, shift)
    assert window.session.state.step == 11
    qtbot.keyClick(window, Qt.Key.Key_Left)
    qtbot.keyClick(window, Qt.Key.Key_Left, shift)
    assert window.session.state.step == 0
    qtbot.keyClick(window, Qt.Key.Key_End)
    assert window.session.state.step == STEPS - 1
    assert not window.actions_[ActionId.STEP_FORWARD].isEnabled()
    before = window.playback.clock.speed
    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    assert window.playback.clock.speed == 2 * before
    assert window.bar.speed.text() == "1/2×"
    for slower in (before, before / 2):
        qtbot.keyClick(window, Qt.Key.Key_BracketLeft)
        assert window.playback.clock.speed == slower


def test_the_slider_sets_the_step(window: MainWindow) -> None:
    window.bar.slider.setValue(7)
    assert window.session.state.step == 7


# ------------------------------------------------------------------------------------------------------- view
def test_keys_and_checks_follow_the_state(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert not window.session.state.points and not window.actions_[ActionId.POINTS].isChecked()
    window.session.update(points=True, colouring=Colouring.SPLIT)
    assert window.actions_[ActionId.POINTS].isChecked() and window.actions_[ActionId.COLOUR_SPLIT].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_4)
    assert window.session.state.colouring is Colouring.ANSWER


def test_the_whole_screen_is_taken_and_given_back(window: MainWindow) -> None:
    action, whole = window.actions_[ActionId.FULL_SCREEN], Qt.WindowState.WindowFullScreen
    for taken in (True, False):
        action.trigger()
        assert bool(window.windowState() & whole) is window.full_screen is action.isChecked() is taken


def test_layout_shows_one_or_both_views(window: MainWindow) -> None:
    assert window.views is not None
    flat, solid = window.views.panes[2], window.views.panes[3]
    assert flat.isVisible() and solid.isVisible()
    window.actions_[ActionId.LAYOUT_2D].trigger()
    assert flat.isVisible() and not solid.isVisible()
    window.session.update(layout=Layout.MAP_3D)
    assert not flat.isVisible() and solid.isVisible()
    assert window.actions_[ActionId.LAYOUT_3D].isChecked()


def test_figures_set_what_is_shown(window: MainWindow) -> None:
    window.session.update(visible_signs=frozenset({1}), step=3, log_scale=False)
    window.actions_[ActionId.FIGURE_4].trigger()
    state = window.session.state
    assert state.last_only and state.log_scale and state.step == STEPS - 1 and state.visible_signs == ALL
    assert state.splits == {TRAIN}


def test_reset_reaches_both_views(window: MainWindow) -> None:
    assert window.views is not None
    window.actions_[ActionId.RESET_VIEWS].trigger()
    views = [pane.view for pane in window.views.panes.values()]
    assert [view.resets for view in views if isinstance(view, StandIn)] == [1, 1]


def test_dark_and_light_change_the_pixels(window: MainWindow) -> None:
    def darkness() -> float:
        image = window.grab().toImage().convertToFormat(window.grab().toImage().Format.Format_Grayscale8)
        return float(np.frombuffer(image.constBits(), np.uint8).mean())

    window.appearance.choose(Look.LIGHT)
    light = darkness()
    window.appearance.choose(Look.DARK)
    assert darkness() < 80 < 180 < light
    assert window.actions_[ActionId.DARK].isChecked()
    assert window.views is not None and isinstance(window.views.panes[2].view, StandIn)
    assert window.views.panes[2].view.theme is DARK
    window.appearance.choose(Look.LIGHT)
    assert window.views.panes[2].view.theme is LIGHT


# ------------------------------------------------------------------------------------------------------- status
def test_status_counts_what_is_shown(window: MainWindow) -> None:
    a = window.session.activations
    assert window.status.shown.text() == f"4 signs, 24 recordings, {a.real_steps} points"
    window.session.update(visible_signs=frozenset({0}), last_only=True)
    assert window.status.shown.text() == "1 sign, 6 recordings, 6 points"
    window.session.update(step=2)
    assert window.status.shown.text() == "1 sign, 6 recordings, 0 points"


def test_status_keeps_the_selection_while_the_card_says_what_is_under_the_pointer(window: MainWindow) -> None:
    window.session.update(selected=(0,))
    said = window.status.pointed.text()
    assert said.startswith("Selected")
    window.session.point_at(Pointed(3 * PER_SIGN + 5, 16))
    assert window.status.pointed.text() == said, "what is under the pointer is said once, beside it"
    window.session.point_at(Pointed(-1, 3))
    assert "Before any sign begins" in window.status.pointed.text(), "that has no card"
    window.session.update(selected=())
    window.session.point_at(None)
    assert window.status.pointed.text() == ""


# ------------------------------------------------------------------------------------------------------- explanation
def test_the_explanation_speaks_of_the_colours_that_are_shown(window: MainWindow, qapp: QApplication) -> None:
    def said() -> str:
        window.actions_[ActionId.EXPLAIN].trigger()
        opened = [w for w in qapp.topLevelWidgets() if w.objectName() == "popover" and w.isVisible()]
        assert len(opened) == 1
        text = " ".join(label.text() for label in opened[0].findChildren(QLabel))
        opened[0].close()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return text

    assert "first step (dark)" in said()
    window.session.update(colouring=Colouring.SIGN)
    assert "first step (dark)" not in said() and "a colour of its own" in said()
