"""The outline of a rectangle or lasso: its corners, what is a click and what a drag, and how it is painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from auslan_explorer.core.session import Session, Tool
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.gui.views.common.selection import CLICK_SLACK, Outline, outline_tool, pick_outlined

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip


def drawn(tool: Tool, *places: tuple[float, float]) -> Outline:
    outline = Outline(tool, QPointF(*places[0]))
    for place in places[1:]:
        outline.extend(QPointF(*place))
    return outline


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.LASSO])
@pytest.mark.parametrize("way", [(1, 0), (0, -1)])
def test_a_hand_that_shakes_clicks_and_one_that_goes_further_draws(tool: Tool, way: tuple[int, int]) -> None:
    def gone(far: float) -> Outline:
        return drawn(tool, (50, 50), (50 + far * way[0], 50 + far * way[1]))

    assert not drawn(tool, (50, 50)).is_drag and not gone(CLICK_SLACK).is_drag and gone(CLICK_SLACK + 0.5).is_drag


def test_a_lasso_that_comes_back_is_a_drag_and_a_rectangle_has_its_last_corner_alone() -> None:
    there_and_back = ((50, 50), (90, 50), (51, 50))
    assert drawn(Tool.LASSO, *there_and_back).is_drag and not drawn(Tool.BOX, *there_and_back).is_drag
    box = drawn(Tool.BOX, (10, 20), (300, 300), (40, 60)).polygon()
    assert box.tolist() == [[10, 20], [40, 20], [40, 60], [10, 60]]


def test_a_lasso_has_no_two_corners_closer_than_is_seen() -> None:
    corners = drawn(Tool.LASSO, (0, 0), (2, 0), (2.9, 0), (3, 0), (3, 2), (3, 3)).polygon()
    assert corners.tolist() == [[0, 0], [3, 0], [3, 3]]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_an_outline_is_dashed_in_the_accent_over_a_faint_ground(theme: Theme) -> None:
    image = QImage(120, 120, QImage.Format.Format_RGB32)
    image.fill(QColor(*theme.background))
    painter = QPainter(image)
    drawn(Tool.BOX, (20, 20), (100, 100)).paint(painter, theme)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(120, 120, 4)[..., 2::-1].astype(int)
    accent, ground = np.array(theme.accent), np.array(theme.background)
    edge = np.abs(pixels[18:22, 25:95] - accent).sum(axis=-1).min(axis=0) < 40
    assert 0.3 < edge.mean() < 0.95 and np.count_nonzero(np.diff(edge.astype(int))) > 6, "dashes"
    np.testing.assert_allclose(pixels[60, 60], 0.9 * ground + 0.1 * accent, atol=3)
    assert (pixels[110, 110] == ground).all()


def test_keys_say_what_is_drawn_and_what_becomes_of_what_it_holds(session: Session) -> None:
    assert outline_tool(session, NONE) is Tool.POINTER and outline_tool(session, SHIFT) is Tool.BOX
    session.choose_tool(Tool.LASSO)
    assert outline_tool(session, NONE) is outline_tool(session, SHIFT) is Tool.LASSO
    for held, modifiers, selected in (
        ((1, 2), NONE, {1, 2}), ((3,), SHIFT, {1, 2, 3}), ((4,), CTRL, {1, 2, 3, 4}),
        ((2, 4, 9), CTRL | SHIFT, {1, 3}), ((7,), NONE, {7}),
    ):  # fmt: skip
        pick_outlined(session, held, modifiers)
        assert set(session.state.selected) == selected


@pytest.mark.parametrize("view", ["canvas", pytest.param("scatter", marks=pytest.mark.gl)])
def test_an_outline_goes_with_the_tool_that_began_it(
    request: pytest.FixtureRequest, session: Session, view: str
) -> None:
    shown = request.getfixturevalue(view)
    widget = shown.viewport() if view == "canvas" else shown.view
    corners = [QPoint(4, 4), QPoint(widget.width() - 4, 4), QPoint(widget.width() - 4, widget.height() - 4)]
    for changes in (False, True):
        session.choose_tool(Tool.LASSO)
        assert widget.cursor().shape() is Qt.CursorShape.CrossCursor
        QTest.mousePress(widget, LEFT, pos=corners[0])
        for corner in corners:
            QTest.mouseMove(widget, corner)
        session.update(selected=())
        if changes:
            session.choose_tool(Tool.POINTER)
            assert widget.cursor().shape() is Qt.CursorShape.ArrowCursor
        QTest.mouseRelease(widget, LEFT, pos=corners[-1])
        assert bool(session.state.selected) is not changes
