"""Tools of the 2-D map, by mouse and keys in a real window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Pointed, Tool
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.gui.views.common.hover_card import HoverCard, build_hover_card, hover_card_image, hover_card_rect
from auslan_explorer.gui.views.map2d.canvas import MapCanvas

LEFT, CTRL, ALT, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


def pixels(canvas: MapCanvas) -> np.ndarray:
    """Bytes red, green, blue as drawn, shape (height, width, 3)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def seen(canvas: MapCanvas) -> np.ndarray:
    """Where the vertices are drawn, shape (vertices, 2)."""
    t = canvas._session.trajectories(2)
    assert t is not None
    return np.column_stack(canvas.view().to_pixels(t.vertices))


def drag(canvas: MapCanvas, corners: list[tuple[float, float]], modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press, go along the corners, let go."""
    places = [QPointF(*corner).toPoint() for corner in corners]
    QTest.mousePress(canvas.viewport(), LEFT, modifiers, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas.viewport(), place)
    QTest.mouseRelease(canvas.viewport(), LEFT, modifiers, places[-1])


def box_of_sign(canvas: MapCanvas, sign: int, ends: bool = True) -> tuple[float, float, float, float]:
    """The rectangle around the last steps (or all) of a sign's recordings: left, top, right, bottom."""
    t, a = canvas._session.trajectories(2), canvas._session.activations
    assert t is not None
    rows = np.flatnonzero(a.sign == sign)
    vertices = t.last_vertex[rows] if ends else np.flatnonzero(np.isin(t.recording, rows))
    spots = seen(canvas)[vertices]
    (left, top), (right, bottom) = spots.min(axis=0) - 2, spots.max(axis=0) + 2
    return float(left), float(top), float(right), float(bottom)


def test_a_rectangle_selects_whole_paths_and_ctrl_adds(canvas: MapCanvas) -> None:
    session = canvas._session
    session.choose_tool(Tool.BOX)
    before = canvas.view()
    left, top, right, bottom = box_of_sign(canvas, 1)
    drag(canvas, [(left, top), (right, bottom)])
    signs = session.activations.sign[list(session.state.selected)]
    assert len(signs) == 6 and set(signs) == {1}
    left, top, right, bottom = box_of_sign(canvas, 2)
    drag(canvas, [(right, bottom), (left, top)], CTRL)
    assert set(session.activations.sign[list(session.state.selected)]) == {1, 2}
    drag(canvas, [(left, top), (right, bottom)])
    assert set(session.activations.sign[list(session.state.selected)]) == {2}
    assert canvas.view() == before


def test_shift_and_drag_is_a_rectangle_and_a_plain_drag_pans(canvas: MapCanvas) -> None:
    session = canvas._session
    left, top, right, bottom = box_of_sign(canvas, 3)
    drag(canvas, [(left, top), (right, bottom)], SHIFT)
    assert set(session.activations.sign[list(session.state.selected)]) == {3}
    before = canvas.view()
    drag(canvas, [(300, 200), (330, 220), (360, 240)])
    assert canvas.view() != before and len(session.state.selected) == 6


def test_a_lasso_selects_and_is_drawn_meanwhile(canvas: MapCanvas) -> None:
    session = canvas._session
    session.choose_tool(Tool.LASSO)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    left, top, right, bottom = box_of_sign(canvas, 1)
    middle = ((left + right) / 2, (top + bottom) / 2)
    angle = np.linspace(0, 2 * np.pi, 40)
    corners = [
        (middle[0] + (right - left) * 0.75 * np.cos(a), middle[1] + (bottom - top) * 0.75 * np.sin(a)) for a in angle
    ]
    plain = pixels(canvas)
    places = [QPointF(*corner).toPoint() for corner in corners]
    QTest.mousePress(canvas.viewport(), LEFT, NONE, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas.viewport(), place)
    held = pixels(canvas)
    changed = np.abs(held - plain).max(axis=-1) > 8
    assert changed[int(top) : int(bottom), int(left) : int(right)].mean() > 0.5
    assert (np.abs(held - np.array(LIGHT.accent)).max(axis=-1) < 60).sum() > 30
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, places[-1])
    assert set(session.activations.sign[list(session.state.selected)]) == {1}
    session.choose_tool(Tool.POINTER)
    assert canvas.viewport().cursor().shape() != Qt.CursorShape.CrossCursor


def test_alt_looks_at_last_steps_only(canvas: MapCanvas) -> None:
    session = canvas._session
    session.choose_tool(Tool.BOX)
    t = session.trajectories(2)
    assert t is not None
    recording = 7
    early = seen(canvas)[t.vertices_of(recording).start + 3]
    corners = [(early[0] - 4, early[1] - 4), (early[0] + 4, early[1] + 4)]
    drag(canvas, corners)
    assert recording in session.state.selected
    drag(canvas, corners, ALT)
    assert recording not in session.state.selected


def test_escape_gives_up_an_outline_and_selects_nothing(canvas: MapCanvas) -> None:
    session = canvas._session
    session.choose_tool(Tool.BOX)
    left, top, right, bottom = box_of_sign(canvas, 1)
    QTest.mousePress(canvas.viewport(), LEFT, NONE, QPoint(int(left), int(top)))
    QTest.mouseMove(canvas.viewport(), QPoint(int(right), int(bottom)))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, QPoint(int(right), int(bottom)))
    assert session.state.selected == ()


def test_a_click_with_a_tool_in_hand_selects_like_the_pointer(canvas: MapCanvas) -> None:
    session = canvas._session
    session.choose_tool(Tool.LASSO)
    t = session.trajectories(2)
    assert t is not None
    spot = QPointF(*seen(canvas)[t.vertices_of(9).start + 4]).toPoint()
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, spot)
    assert len(session.state.selected) == 1
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, QPoint(320, 505))
    assert session.state.selected == ()


def test_a_click_on_a_line_between_points_selects_its_recording(canvas: MapCanvas) -> None:
    session = canvas._session
    session.update(selected=())
    recording = 8
    session.update(visible_signs=frozenset({int(session.activations.sign[recording])}), labels=False)
    for _ in range(14):  # near enough for points to stand further apart than the reach
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
    t = session.trajectories(2)
    assert t is not None
    start = t.vertices_of(recording).start + 5
    (left, right), (bottom, top) = canvas._view_box.viewRange()
    middle = (t.vertices[start] + t.vertices[start + 1]) / 2
    canvas._view_box.translateBy((middle[0] - (left + right) / 2, middle[1] - (bottom + top) / 2))
    spots = seen(canvas)
    at = (spots[start] + spots[start + 1]) / 2
    assert np.hypot(*(spots - at).T).min() > 9, "a point is within reach as well"
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, QPointF(*at).toPoint())
    assert len(session.state.selected) == 1
    session.update(lines=False, selected=())
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, QPointF(*at).toPoint())
    assert session.state.selected == ()


def test_isolating_takes_the_rest_off_the_map(canvas: MapCanvas, qtbot: QtBot) -> None:
    session = canvas._session
    t = session.trajectories(2)
    assert t is not None
    session.update(selected=(0,), labels=False)
    qtbot.waitUntil(canvas.is_sharp)
    x, y = seen(canvas)[t.last_vertex[15]].astype(int)
    assert pixels(canvas)[y, x].max() < 240
    session.update(isolate=True)
    qtbot.waitUntil(canvas.is_sharp)
    image = pixels(canvas)
    assert (image[y - 2 : y + 3, x - 2 : x + 3] == 255).all()
    x, y = seen(canvas)[t.last_vertex[0]].astype(int)
    assert np.ptp(image[y, x]) > 30


def test_the_card_says_sign_recording_step_and_answer(canvas: MapCanvas) -> None:
    session = canvas._session
    card = build_hover_card(session, Pointed(0, 12))
    assert card == HoverCard("alive", ("session 1, trial 1", "step 13 of 20"), "computer (PC)", is_correct=False)
    assert build_hover_card(session, None) is None and build_hover_card(session, Pointed(-1, 3)) is None
    t = session.trajectories(2)
    assert t is not None
    step = int(t.first_step[0]) + 4
    # The pointer may rest where a test before this one has left it.
    canvas.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    plain = pixels(canvas)
    session.point_at(Pointed(0, step))
    path = seen(canvas)[t.vertices_of(0)][:5]
    lit = [(np.abs(pixels(canvas)[int(y), int(x)] - plain[int(y), int(x)]).max() > 40) for x, y in path.tolist()]
    assert sum(lit) >= 3, "pointed at from elsewhere, such as a table's row, its path is lit"
    at_first = pixels(canvas)
    canvas.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    drawn = pixels(canvas)
    image = hover_card_image(build_hover_card(session, Pointed(0, step)) or card, LIGHT, 1.0)
    spot = seen(canvas)[t.vertices_of(0).start + 4]
    place = hover_card_rect(QPointF(*spot), image, (640, 520), path).toRect()
    alike = (at_first == plain)[place.top() : place.bottom(), place.left() : place.right()]
    assert alike.mean() > 0.9, "the card stands in the view alone that the pointer is over"
    part = np.abs(drawn - plain)[place.top() : place.bottom(), place.left() : place.right()]
    assert part.max() > 60
    inside = drawn[place.top() + 3 : place.bottom() - 3, place.left() + 3 : place.right() - 3]
    assert (np.abs(inside - np.array(LIGHT.mistake)).max(axis=-1) < 60).any(), "a mistake is red"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_path_pointed_at_is_drawn_in_the_accent_with_a_ring_at_its_step(
    canvas: MapCanvas, qtbot: QtBot, theme: Theme
) -> None:
    session = canvas._session
    canvas.set_theme(theme)
    t = session.trajectories(2)
    assert t is not None
    qtbot.waitUntil(canvas.is_sharp)
    session.point_at(Pointed(7, int(t.first_step[7]) + 5))
    picture, path = pixels(canvas), seen(canvas)[t.vertices_of(7)]

    def accented(x: float, y: float, reach: int) -> bool:
        part = picture[int(y) - reach : int(y) + reach + 1, int(x) - reach : int(x) + reach + 1]
        return bool((np.abs(part - np.array(theme.accent)).sum(axis=-1) < 90).any())

    apart = np.hypot(*(path - path[5]).T)
    middles = ((path[:-1] + path[1:]) / 2).tolist()
    far = [spot for spot, away in zip(middles, apart[:-1], strict=True) if away > 12]
    assert far and np.mean([accented(*spot, 1) for spot in far]) > 0.8
    x, y = path[5]
    assert all(accented(x + 6 * across, y + 6 * down, 1) for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_card_has_room_for_its_words(theme: object, ratio: float) -> None:
    card = HoverCard("change mind", ("session 9, trial 3", "step 90 of 90"), "how (hearing)")
    image = hover_card_image(card, theme, ratio)  # type: ignore[arg-type]
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), :3].astype(int)
    ground = np.array(theme.raised[::-1])  # type: ignore[attr-defined]
    edge = int(5 * ratio)
    written = np.abs(data - ground).max(axis=-1) > 60
    inner = written[edge:-edge, edge:-edge]
    assert inner.any() and not inner[:, -2:].any() and not inner[-2:].any() and not inner[:2].any()


@pytest.mark.parametrize("at", [(5, 5), (635, 5), (635, 515), (5, 515), (320, 260)])
def test_a_card_stays_inside_the_map(at: tuple[int, int]) -> None:
    image = hover_card_image(HoverCard("alive", ("step 3 of 20",)), LIGHT, 1.0)
    place = hover_card_rect(QPointF(*at), image, (640, 520), np.zeros((0, 2)))
    assert QRectF(0, 0, 640, 520).contains(place)
    assert not place.contains(QPointF(*at))


@pytest.mark.parametrize("way", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
def test_a_card_leaves_the_path_free(way: tuple[int, int]) -> None:
    image = hover_card_image(HoverCard("alive", ("step 3 of 20",)), LIGHT, 1.0)
    path = np.array([320, 260]) + np.arange(25)[:, None] * 6 * np.array(way)
    place = hover_card_rect(QPointF(320, 260), image, (640, 520), path)
    assert not any(place.contains(QPointF(x, y)) for x, y in path.tolist())


@pytest.mark.parametrize("tool", [Tool.LASSO, Tool.BOX])
def test_shift_adds_what_an_outline_holds_and_ctrl_shift_takes_it_away(canvas: MapCanvas, tool: Tool) -> None:
    session = canvas._session
    session.choose_tool(tool)
    corners: list[tuple[float, float]] = [(2, 2), (636, 2), (636, 516), (2, 516)]
    if tool is Tool.BOX:
        corners = [(2, 2), (636, 516)]

    session.update(visible_signs=frozenset({0}), selected=())
    drag(canvas, corners, SHIFT)
    held = session.state.selected
    assert held and {int(session.activations.sign[i]) for i in held} == {0}
    session.update(visible_signs=frozenset({1}))
    drag(canvas, corners, SHIFT)
    assert set(session.state.selected) > set(held), "what was selected before stays"
    drag(canvas, corners, SHIFT | CTRL)
    assert session.state.selected == held, "what lies in the outline is taken away, and nothing else"
