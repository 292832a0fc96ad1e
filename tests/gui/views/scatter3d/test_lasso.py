"""Rectangle, lasso and card in the 3-D view, by mouse and keys in a real window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Pointed, Tool
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.views.common.hover_card import build_hover_card
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels

pytestmark = pytest.mark.gl
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def ends(scatter: Scatter3D, sign: int) -> np.ndarray:
    """Where the last steps of a sign's recordings are seen, shape (n, 2)."""
    assert scatter.view is not None
    paths = scatter.session.trajectories(3)
    assert paths is not None
    rows = np.flatnonzero(scatter.session.activations.sign == sign)
    return scatter.view.project(paths.vertices[paths.last_vertex[rows]])[0]


def drag(scatter: Scatter3D, corners: np.ndarray, modifiers: Qt.KeyboardModifier = NONE) -> None:
    places = [QPointF(*corner).toPoint() for corner in corners.tolist()]
    QTest.mousePress(scatter.view, LEFT, modifiers, places[0])
    for place in places[1:]:
        QTest.mouseMove(scatter.view, place)
    QTest.mouseRelease(scatter.view, LEFT, modifiers, places[-1])


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.LASSO])
def test_an_outline_selects_whole_paths_and_turns_nothing(scatter: Scatter3D, tool: Tool) -> None:
    session = scatter.session
    session.choose_tool(tool)
    assert scatter.view is not None
    before = scatter.view.camera()
    spots = ends(scatter, 2)
    low, high = spots.min(axis=0) - 3, spots.max(axis=0) + 3
    corners = np.array([low, high])
    if tool is Tool.LASSO:
        corners = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    alt = Qt.KeyboardModifier.AltModifier
    drag(scatter, corners, alt)
    chosen = session.state.selected
    assert set(np.flatnonzero(session.activations.sign == 2)) <= set(chosen)
    assert scatter.view.camera() == before
    drag(scatter, np.array([[3.0, 3.0], [12.0, 12.0]]), Qt.KeyboardModifier.ControlModifier)
    assert session.state.selected == chosen
    drag(scatter, np.array([[3.0, 3.0], [12.0, 12.0], [3.0, 12.0]]))
    assert session.state.selected == ()


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.LASSO])
def test_with_alt_only_last_steps_count(scatter: Scatter3D, tool: Tool) -> None:
    """Around the middle of a path there are steps of it, and no path ends there."""
    session = scatter.session
    session.choose_tool(tool)
    assert scatter.view is not None
    paths = session.trajectories(3)
    assert paths is not None
    every = scatter.view.project(paths.vertices[paths.last_vertex])[0]
    for recording in range(len(session.activations)):
        inside = paths.vertices_of(recording)
        middle = scatter.view.project(paths.vertices[(inside.start + inside.stop) // 2][None])[0][0]
        if np.abs(every - middle).max(axis=1).min() > 14:
            break
    low, high = middle - 8, middle + 8
    corners = np.array([low, high] if tool is Tool.BOX else [low, (high[0], low[1]), high, (low[0], high[1])])
    drag(scatter, corners)
    assert recording in session.state.selected
    session.update(selected=())
    drag(scatter, corners, Qt.KeyboardModifier.AltModifier)
    assert session.state.selected == ()


def test_the_outline_is_seen_and_escape_gives_it_up(scatter: Scatter3D) -> None:
    session = scatter.session
    session.choose_tool(Tool.BOX)
    assert scatter.view is not None and scatter.view.cursor().shape() == Qt.CursorShape.CrossCursor
    plain = pixels(scatter)
    QTest.mousePress(scatter.view, LEFT, NONE, QPointF(60, 60).toPoint())
    QTest.mouseMove(scatter.view, QPointF(300, 250).toPoint())
    held = pixels(scatter)
    accent = np.abs(held - np.array(LIGHT.accent)).max(axis=-1) < 60
    assert accent[58:63, 70:290].any() and accent[70:240, 58:63].any()
    assert not (np.abs(plain - np.array(LIGHT.accent)).max(axis=-1) < 60)[58:63, 70:290].any()
    QTest.keyClick(scatter.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(scatter.view, LEFT, NONE, QPointF(300, 250).toPoint())
    assert session.state.selected == ()
    session.choose_tool(Tool.POINTER)
    before = scatter.view.camera()
    drag(scatter, np.array([[60.0, 60.0], [90.0, 60.0], [120.0, 60.0]]))
    assert scatter.view.camera() != before


def test_the_card_stands_beside_the_point(scatter: Scatter3D) -> None:
    plain = pixels(scatter)
    scatter.session.point_at(Pointed(0, 19))
    assert scatter.view is not None
    scatter.view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    marked = scatter._overlay.pointed
    assert marked is not None and marked.card == build_hover_card(scatter.session, Pointed(0, 19))
    assert scatter.view is not None
    _, place = scatter._overlay._hover_card(scatter.view, marked)
    box = place.toRect()
    drawn = pixels(scatter)[box.top() + 3 : box.bottom() - 3, box.left() + 3 : box.right() - 3]
    before = plain[box.top() + 3 : box.bottom() - 3, box.left() + 3 : box.right() - 3]
    assert (np.abs(drawn - before).max(axis=-1) > 100).sum() > 100
    assert (np.abs(drawn - np.array(LIGHT.mistake)).max(axis=-1) < 60).any(), "recording 0 is mistaken"
    scatter.session.update(isolate=True, selected=(5,))
    assert scatter._draw_order.shown.sum() == 1


def test_a_choice_is_answered_at_once_and_sharpened_after(scatter: Scatter3D, qtbot: QtBot) -> None:
    assert scatter.view is not None
    scatter.view.refine()
    scatter.session.update(selected=(3,))
    assert scatter.view.is_interactive
    qtbot.waitUntil(lambda: scatter.view is not None and not scatter.view.is_interactive)


def test_another_tool_lets_go_of_what_is_being_drawn(scatter: Scatter3D) -> None:
    session, before = scatter.session, scatter.session.state.selected
    for tool, cursor in ((Tool.LASSO, Qt.CursorShape.CrossCursor), (Tool.BOX, Qt.CursorShape.CrossCursor)):
        session.choose_tool(tool)
        assert scatter.view is not None and scatter.view.cursor().shape() is cursor
        QTest.mousePress(scatter.view, LEFT, NONE, QPointF(5, 5).toPoint())
        QTest.mouseMove(scatter.view, QPointF(400, 380).toPoint())
        assert scatter._outline.outline is not None
        session.choose_tool(Tool.POINTER)
        assert scatter._outline.outline is None and scatter.view.cursor().shape() is Qt.CursorShape.ArrowCursor
        QTest.mouseRelease(scatter.view, LEFT, NONE, QPointF(400, 380).toPoint())
        assert session.state.selected == before
