"""What the pointer and the keys do in the 3-D view: find, choose, turn, move and zoom."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Pointed
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels
from tests.gui.views.scatter3d.test_scatter import alone, where
from tests.gui.waiting import wait_at_rest
from tests.made_up import SIGNS, STEPS

gl = pytest.mark.gl


@gl
def test_hover_finds_the_point_and_leaving_lets_go(scatter: Scatter3D, qtbot: QtBot) -> None:
    x, y = where(scatter, 7, STEPS - 1)
    QTest.mouseMove(scatter.view, QPoint(3, 3))
    QTest.mouseMove(scatter.view, QPoint(round(x), round(y)))
    qtbot.waitUntil(lambda: scatter.session.pointed is not None)
    pointed = scatter.session.pointed
    assert pointed is not None
    found = where(scatter, pointed.recording, pointed.step)
    assert np.hypot(found[0] - x, found[1] - y) < 3
    assert scatter.view is not None
    scatter.view.hovered.emit(None)
    assert scatter.session.pointed is None


@gl
def test_nearest_is_exact_where_points_stand_apart(scatter: Scatter3D) -> None:
    alone(scatter.session, 7, STEPS - 1)
    of_sign = np.flatnonzero(scatter.session.activations.sign == scatter.session.activations.sign[7])
    for recording in map(int, of_sign):
        found = scatter.pointer.nearest(QPointF(*where(scatter, recording, STEPS - 1)))
        assert found is not None
        assert found.step == STEPS - 1
        at, wanted = where(scatter, found.recording, found.step), where(scatter, recording, STEPS - 1)
        assert np.hypot(at[0] - wanted[0], at[1] - wanted[1]) < 2
    assert scatter.pointer.nearest(QPointF(2, 2)) is None


@gl
def test_nearest_follows_camera_and_size(scatter: Scatter3D, qtbot: QtBot) -> None:
    alone(scatter.session, 20, STEPS - 1)
    assert scatter.view is not None
    for change in (lambda: scatter.resize(640, 380), lambda: scatter.view.orbit(25, 8), scatter.reset_view):
        change()
        qtbot.waitUntil(lambda: scatter.view.width() == scatter.width())
        pixels(scatter)
        at = where(scatter, 20, STEPS - 1)
        found = scatter.pointer.nearest(QPointF(*at))
        assert found is not None
        assert np.hypot(*np.subtract(where(scatter, found.recording, found.step), at)) < 2


@gl
def test_pointing_elsewhere_is_marked_here(scatter: Scatter3D) -> None:
    before = pixels(scatter)
    scatter.session.point_at(Pointed(7, STEPS - 2))
    after = pixels(scatter)
    x, y = (round(v) for v in where(scatter, 7, STEPS - 2))
    assert (before[y - 8 : y + 9, x - 8 : x + 9] != after[y - 8 : y + 9, x - 8 : x + 9]).any()
    scatter.session.point_at(None)
    assert np.array_equal(pixels(scatter), before)


@gl
def test_click_selects_control_adds_and_nothing_clears(scatter: Scatter3D, qtbot: QtBot) -> None:
    session, left = scatter.session, Qt.MouseButton.LeftButton
    alone(session, 7, STEPS - 1)
    x, y = where(scatter, 7, STEPS - 1)
    QTest.mouseClick(scatter.view, left, pos=QPoint(round(x), round(y)))
    assert len(session.state.selected) == 1
    first = session.state.selected[0]
    session.update(visible_signs=frozenset(range(len(SIGNS))))
    x, y = where(scatter, 20, STEPS - 1)
    QTest.mouseClick(scatter.view, left, Qt.KeyboardModifier.ControlModifier, QPoint(round(x), round(y)))
    assert first in session.state.selected
    QTest.mouseClick(scatter.view, left, Qt.KeyboardModifier.ControlModifier, QPoint(2, 2))
    assert not scatter.pointer.deselect_timer.isActive(), "beside what is to be added nothing is let go"
    QTest.mouseClick(scatter.view, left, pos=QPoint(2, 2))
    assert scatter.pointer.deselect_timer.isActive()
    qtbot.waitUntil(lambda: session.state.selected == ())


@gl
def test_a_double_click_resets_the_view_and_keeps_the_selection(scatter: Scatter3D, qtbot: QtBot) -> None:
    assert scatter.view is not None
    scatter.session.update(selected=(3,))
    home = dict(scatter.view.opts)
    scatter.view.orbit(40, 10)
    scatter.view.zoom_by(0.5)
    QTest.mouseClick(scatter.view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseDClick(scatter.view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    wait_at_rest(qtbot, scatter)
    assert scatter.session.state.selected == (3,)
    assert scatter.view.opts["distance"] == pytest.approx(home["distance"])
    assert scatter.view.opts["azimuth"] == home["azimuth"]


@gl
def test_drag_turns_shift_drag_moves_keys_do_both(scatter: Scatter3D) -> None:
    view = scatter.view
    assert view is not None
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier

    def drag(modifier: Qt.KeyboardModifier) -> None:
        QTest.mousePress(view, left, modifier, QPoint(200, 200))
        for x in (220, 240):
            move(view, QPoint(x, 210), left, modifier)
        QTest.mouseRelease(view, left, modifier, QPoint(240, 210))

    azimuth, centre = view.opts["azimuth"], np.array(view.opts["center"])
    drag(Qt.KeyboardModifier.NoModifier)
    assert view.opts["azimuth"] != azimuth
    assert np.array_equal(centre, np.array(view.opts["center"]))
    azimuth = view.opts["azimuth"]
    drag(shift)
    assert view.opts["azimuth"] == azimuth
    assert not np.array_equal(centre, np.array(view.opts["center"]))
    assert scatter.session.state.selected == (), "a drag is no click"
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.opts["azimuth"] != azimuth
    assert view.keyboard_focus
    distance = view.opts["distance"]
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.opts["distance"] < distance
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert np.array_equal(centre, np.array(view.opts["center"]))


@gl
@pytest.mark.parametrize(
    ("key", "angle", "sign"),
    [
        (Qt.Key.Key_Left, "azimuth", -1),
        (Qt.Key.Key_Right, "azimuth", 1),
        (Qt.Key.Key_Up, "elevation", 1),
        (Qt.Key.Key_Down, "elevation", -1),
    ],
)
def test_arrows_turn_both_ways_and_back_and_minus_goes_away(
    scatter: Scatter3D, key: Qt.Key, angle: str, sign: int
) -> None:
    view = scatter.view
    assert view is not None
    opposite = {
        Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left,
        Qt.Key.Key_Up: Qt.Key.Key_Down, Qt.Key.Key_Down: Qt.Key.Key_Up,
    }[key]  # fmt: skip
    other = {"azimuth": "elevation", "elevation": "azimuth"}[angle]
    before, still, distance = view.opts[angle], view.opts[other], view.opts["distance"]
    QTest.keyClick(view, key)
    assert (view.opts[angle] - before) * sign > 0 and view.opts[other] == still
    QTest.keyClick(view, opposite)
    assert view.opts[angle] == pytest.approx(before)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.opts["distance"] > distance
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.opts["distance"] == pytest.approx(distance)


def move(view: object, at: QPoint, button: Qt.MouseButton, modifier: Qt.KeyboardModifier) -> None:
    """QTest.mouseMove knows no buttons."""
    here = QPointF(at)
    kind = QEvent.Type.MouseMove
    view.mouseMoveEvent(QMouseEvent(kind, here, here, Qt.MouseButton.NoButton, button, modifier))


@gl
def test_panning_follows_the_hand_and_zooming_the_pointer(scatter: Scatter3D) -> None:
    view = scatter.view
    assert view is not None
    centre = np.array(view.opts["center"], dtype=np.float32)[None]
    before = view.project(centre)[0][0]
    view.move_by(30, -20)
    assert view.project(centre)[0][0] - before == pytest.approx([30, -20], abs=0.5)
    at = view.project(centre)[0][0]
    view.zoom_by(0.5, QPointF(*at.tolist()))
    assert view.project(centre)[0][0] == pytest.approx(at, abs=0.5)
