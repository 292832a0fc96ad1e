"""Rows of the inspector's lists: what lights up, what a right click offers, and what is copied."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.text import recording_title
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.inspector_parts import settle


def hover(rows: RowList, place: int) -> None:
    at = QPointF(rows.visualRect(rows.model().index(place, 0)).center())
    # Sent to the list itself: where the screen's own pointer stands is not known.
    none, mods = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    outside = rows.viewport().mapToGlobal(at)
    QApplication.sendEvent(rows.viewport(), QMouseEvent(QEvent.Type.MouseMove, at, outside, none, none, mods))


def leave(rows: RowList) -> None:
    QApplication.sendEvent(rows.viewport(), QEvent(QEvent.Type.Leave))


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[QMenu]]:
    """The menus opened, which are not shown."""
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_: opened.append(menu))
    yield opened


def entry(menu: QMenu, text: str) -> None:
    actions = {action.text(): action for action in menu.actions()}
    actions[text].trigger()


def copied(table: QTableView) -> list[list[str]]:
    table.setFocus()
    QGuiApplication.clipboard().clear()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]


@pytest.mark.parametrize("name", ["nearest", "outlying", "mistaken"])
def test_the_recording_of_the_row_under_the_pointer_is_pointed_at_until_it_leaves(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, name: str
) -> None:
    selected, page = {
        "nearest": ((3,), inspector.recording), "outlying": (tuple(range(6)), inspector.sign),
        "mistaken": ((0, 1, 13, 17), inspector.signs),
    }[name]  # fmt: skip
    window.session.update(selected=selected)
    settle(qtbot, window)
    rows = getattr(page, name)
    page.ensureWidgetVisible(rows)
    a = window.session.activations
    for place in (0, 1):
        hover(rows, place)
        (recording,) = rows.rows[place].select
        last = int(a.first_step[recording] + a.lengths[recording]) - 1
        assert window.session.pointed == Pointed(recording, last)
    leave(rows)
    assert window.session.pointed is None
    hover(rows, 1)
    window.session.point_at(Pointed(5, 7))
    leave(rows)
    assert window.session.pointed == Pointed(5, 7), "what a view points at is left alone"


def test_the_keyboard_on_a_row_points_as_well(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=(0, 1, 13, 17))
    rows = inspector.signs.mistaken
    rows.setFocus()
    rows.setCurrentCell(1, 0)
    assert window.session.pointed is not None and window.session.pointed.recording == 17
    rows.clearFocus()
    assert window.session.pointed is None


def test_the_path_of_the_row_under_the_pointer_lights_up_on_the_map(
    canvas: MapCanvas, session: Session, qtbot: QtBot
) -> None:
    rows = RowList("Rows", canvas.window(), session)
    rows.show_rows((Row("one", "0.25", (4,)), Row("several", "1", (1, 2))))
    before = canvas.grab().toImage()
    rows._point_at(0)
    lit = canvas.grab().toImage()
    assert lit != before
    # Several recordings are not one path.
    rows._point_at(1)
    assert session.pointed is None and canvas.grab().toImage() == before


def test_a_right_click_on_a_row_selects_adds_or_selects_all(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, menus: list[QMenu]
) -> None:
    window.session.update(selected=(0, 1, 13, 17))
    rows = inspector.signs.mistaken
    at = rows.visualRect(rows.model().index(1, 0)).center()
    for text, expected in (
        ("Add to the selection", (0, 1, 13, 17)),
        ("Select all of these", (0, 17)),
        ("Select", (17,)),
    ):
        window.session.update(selected=(0, 1, 13, 17))
        rows.customContextMenuRequested.emit(at)
        entry(menus[-1], text)
        assert window.session.state.selected == expected
    window.session.update(selected=(0, 1, 13, 17))
    rows.customContextMenuRequested.emit(at)
    window.session.update(selected=(2, 13))
    entry(menus[-1], "Add to the selection")
    assert window.session.state.selected == (2, 13, 17)


def test_ctrl_c_copies_a_list_whole(window: MainWindow, inspector: Inspector) -> None:
    window.session.update(selected=(0, 1, 13, 17))
    assert copied(inspector.signs.signs) == [["alive", "1 of 2 right"], ["drink", "1 of 2 right"]]


def test_ctrl_c_copies_the_list_of_signs_as_it_is_listed_with_its_header(window: MainWindow) -> None:
    window.session.update(visible_signs=frozenset({0, 1}))
    window.signs.search.setText("c")
    window.signs.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    lines = copied(window.signs.table)
    names = window.session.activations.names
    assert lines[0] == ["Shown", "Sign", "Rec.", "Right"]
    listed = sorted((name for name in names if "c" in name), key=str.casefold, reverse=True)
    assert [line[1] for line in lines[1:]] == listed
    assert {line[1]: line[0] for line in lines[1:]}[names[1]] == "1"


def test_ctrl_c_copies_the_figures_of_the_map(window: MainWindow) -> None:
    window.docks.show("quality")
    lines = copied(window.quality.table)
    assert lines[0] == ["", "this map", "PCA", "article"]
    assert [line[0] for line in lines[1:3]] == ["explained variance", "squared error"]
    window.jobs.cancel_all()


def test_a_right_click_on_a_sign_selects_shows_alone_or_hides_it(window: MainWindow, menus: list[QMenu]) -> None:
    table = window.signs.table
    at: QPoint = table.visualRect(table.model().index(2, 1)).center()
    sign = 2
    name = table.model().index(2, 1).data()
    assert name.startswith(window.session.activations.names[sign])
    table.customContextMenuRequested.emit(at)
    entry(menus[-1], "Hide")
    assert sign not in window.session.state.visible_signs
    table.customContextMenuRequested.emit(at)
    entry(menus[-1], "Show alone")
    assert window.session.state.visible_signs == {sign}
    table.customContextMenuRequested.emit(at)
    entry(menus[-1], "Select all recordings")
    assert window.session.state.selected == tuple(range(12, 18))
    assert any(action.text() == "Copy the table" for action in menus[-1].actions())


def test_a_few_selected_recordings_have_their_probabilities_below_each_other(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    a = window.session.activations
    assert a.head is not None
    for selected, page in (((1, 3), inspector.sign), ((1, 13, 17), inspector.signs)):
        window.session.update(selected=selected)
        plots = page.probabilities
        assert plots.isVisible() and plots.shown == selected
        visible = [plot.isVisible() for plot in plots.plots]
        assert visible == [place < len(selected) for place in range(len(visible))] and sum(visible) == len(selected)
        assert plots.titles[0].text() == recording_title(window.session, selected[0])
        assert plots.titles[0].isVisible()
        own = a.head.probabilities(a.recording_states(selected[1]))
        line = next(line for line in plots.plots[1].lines if line.role == "truth")
        assert np.allclose(line.y, own[:, a.sign[selected[1]]])
        for step in (14, 17):
            window.session.update(step=step)
            steps = window.session.state.own_steps(a, np.array(selected)).tolist()
            assert [plot._step for plot in plots.plots[: len(selected)]] == steps
    window.session.update(selected=tuple(range(6)))
    assert not inspector.sign.probabilities.isVisible()
    settle(qtbot, window)


def test_the_nearest_recordings_are_selected_together(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=(3,))
    settle(qtbot, window)
    near = {recording for row in inspector.recording.nearest.rows for recording in row.select}
    qtbot.mouseClick(inspector.recording.select_nearest, Qt.MouseButton.LeftButton)
    assert window.session.state.selected == tuple(sorted({3, *near})) and len(near) == 10
    settle(qtbot, window)
