"""What both views make of the pointer, of zooms, panes and late results: the recording that is seen, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Colouring, Layout, Pointed, Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.paint_labels import labels_of
from auslan_explorer.gui import icons
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.views.common.selection import visible_filter
from auslan_explorer.gui.views.map2d import overlay
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.view_parts import pixels
from tests.gui.window_parts import open_window
from tests.made_up import STEPS, made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini", made_up_activations()) as shown:
        yield shown


def crowded(xy: np.ndarray, t: Trajectories, reach: float) -> list[tuple[int, np.ndarray]]:
    """Vertices of recordings with vertices of others within reach: each with all of them."""
    own = np.flatnonzero(t.recording >= 0)
    found = []
    for vertex in own[:: max(len(own) // 60, 1)]:
        near = own[np.hypot(*(xy[own] - xy[vertex]).T) <= reach]
        if len(set(t.recording[near].tolist())) > 1:
            found.append((int(vertex), near))
    return found


def test_on_the_map_what_is_selected_lies_above(canvas: MapCanvas, qtbot: QtBot) -> None:
    session = canvas._session
    t = session.trajectories(2)
    assert t is not None
    xy = np.column_stack(canvas.view().to_pixels(t.vertices))
    places = crowded(xy, t, 8)
    assert len(places) > 5
    for vertex, near in places:
        at = QPointF(*xy[vertex])
        for recording in set(t.recording[near].tolist()):
            session.update(selected=(recording,))
            pointed = canvas._pointer.nearest(at)
            assert pointed is not None and pointed.recording == recording


@pytest.mark.gl
def test_in_3d_what_is_selected_lies_above_and_else_what_is_in_front(scatter: Scatter3D) -> None:
    session, view = scatter.session, scatter.view
    t = session.trajectories(3)
    assert t is not None and view is not None
    pixels(scatter)
    told_apart = 0
    for _ in range(3):
        view.orbit(37, 11)
        xy, distance = view.project(t.vertices)
        for vertex, near in crowded(xy, t, 7):
            at = QPointF(*xy[vertex].tolist())
            away = np.hypot(*(xy[near] - xy[vertex]).T)
            close = near[away <= 1.4]
            if not ((away > 1.4) & (away < 1.6)).any():
                session.update(selected=())
                front = int(close[distance[close].argmin()])
                assert scatter.pointer.nearest(at) == Pointed(int(t.recording[front]), int(t.step[front]))
                told_apart += len(close) > 1 and front != vertex
            recording = int(t.recording[near[away.argmax()]])
            session.update(selected=(recording,))
            pointed = scatter.pointer.nearest(at)
            assert pointed is not None and pointed.recording == recording
    assert told_apart, "somewhere another point is in front"


@pytest.mark.parametrize("points", [True, False])
@pytest.mark.parametrize("lines", [True, False])
def test_what_is_switched_off_cannot_be_hit(session: Session, points: bool, lines: bool) -> None:
    session.update(points=points, lines=lines)
    seen = visible_filter(session)
    t = session.trajectories(2)
    assert t is not None
    assert (len(seen.vertices(t)) > 0) is (points or lines), "the steps of a line can be hit"
    assert (len(seen.segments(t)) > 0) is lines


def test_the_name_at_a_head_selects_its_sign_and_of_several_selected_its_recording(
    canvas: MapCanvas, qtbot: QtBot
) -> None:
    session = canvas._session
    a = session.activations
    for selected in ((7,), (1, 7, 14)):
        session.update(selected=selected, step=STEPS - 4)
        qtbot.waitUntil(canvas.is_sharp)
        assert canvas._scene is not None
        labels = labels_of(canvas._scene, STEPS - 4)
        heads = {labels[p.number].playhead: p for p in canvas.placed_labels()}
        assert 7 in heads
        spot = heads[7]
        middle = QPointF(spot.x + spot.width / 2, spot.y + spot.height / 2).toPoint()
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        of_sign = tuple(np.flatnonzero(a.sign == a.sign[7]).tolist())
        assert session.state.selected == ((7,) if len(selected) > 1 else of_sign)


def test_the_spread_is_that_of_the_sign_pointed_at(canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
    session, told = canvas._session, []
    monkeypatch.setattr(overlay, "paint_spread", lambda *given: told.append(given[-1]))
    for pointed in (None, Pointed(20, STEPS - 1), Pointed(1, STEPS - 1), Pointed(-1, 0), None):
        session.point_at(pointed)
        told.clear()
        canvas.grab()
        outside = pointed is None or pointed.recording < 0
        assert set(told) == {None if outside else int(session.activations.sign[pointed.recording])}


def test_another_scale_shows_everything_again(canvas: MapCanvas, qtbot: QtBot) -> None:
    session = canvas._session
    whole = canvas.view()
    for look in (lambda: canvas.zoom_to(session.activations.sign == 1), lambda: canvas.set_viewpoint((0, 1, 0, 1))):
        look()
        assert canvas.viewpoint() is not None and canvas.view() != whole
        for log_scale in (not session.state.log_scale, session.state.log_scale):
            session.update(log_scale=log_scale)
            qtbot.waitUntil(canvas.is_sharp)
            assert canvas.viewpoint() is None
        qtbot.waitUntil(lambda: canvas.view() == whole)


def test_a_viewpoint_comes_back_as_it_was_given(canvas: MapCanvas) -> None:
    canvas.set_viewpoint((0.1, 0.5, -0.2, 0.1))
    view, given = canvas.view(), canvas.viewpoint()
    assert given == (view.left, view.right, view.bottom, view.top)
    assert given[0] < given[1] and given[2] < given[3]
    canvas.reset_view()
    canvas.set_viewpoint(given)
    assert canvas.viewpoint() == pytest.approx(given)


def listeners(session: Session) -> list[int]:
    return [
        len(signal)
        for signal in (
            session.changed,
            session.data_changed,
            session.paths_changed,
            session.predictions_changed,
            session.pointed_changed,
            session.tool_changed,
        )
    ]


@pytest.mark.gl
@pytest.mark.parametrize("view", [MapCanvas, Scatter3D])
def test_a_view_that_is_disposed_of_hears_nothing(
    opengl: None, qtbot: QtBot, session: Session, view: type[MapCanvas] | type[Scatter3D]
) -> None:
    before = listeners(session)
    made = view(session)
    qtbot.addWidget(made)
    assert all(after == count + 1 for after, count in zip(listeners(session), before, strict=True))
    made.dispose()
    assert listeners(session) == before


def test_the_button_of_a_pane_shows_it_alone_and_then_both(window: MainWindow) -> None:
    session = window.session
    for dims, alone in ((2, Layout.MAP_2D), (3, Layout.MAP_3D)):
        session.update(layout=Layout.BOTH)
        button = window.views.panes[dims]._alone_button
        for expected, offered in ((alone, "arrows-out-simple"), (Layout.BOTH, "arrows-in-simple")):
            icon = icons.icon(offered, "muted").pixmap(32).toImage()
            assert button.icon().pixmap(32).toImage() == icon, "the button shows what it does"
            button.click()
            assert session.state.layout is expected
            shown = {each for each, pane in window.views.panes.items() if pane.isVisible()}
            assert shown == ({2, 3} if expected is Layout.BOTH else {dims})
    session.update(layout=Layout.MAP_2D)
    window.views.panes[3]._toggle_alone()
    assert session.state.layout is Layout.MAP_3D, "from the other one alone"


def test_zooms_are_to_what_they_name(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    session, gone_to = window.session, []
    for pane in window.views.panes.values():
        monkeypatch.setattr(pane.view, "zoom_to", gone_to.append)
    session.update(selected=(0, 7, 8), visible_signs=frozenset({1, 2}))
    shown = np.isin(session.activations.sign, (1, 2))
    for key, expected in (
        (ActionId.ZOOM_SELECTION, np.isin(np.arange(len(shown)), (7, 8))),
        (ActionId.ZOOM_SHOWN, shown),
    ):
        gone_to.clear()
        window.actions_[key].trigger()
        assert len(gone_to) == 2 and all(np.array_equal(each, expected) for each in gone_to)


@pytest.mark.parametrize("key", [ActionId.COLOUR_CONFIDENCE, ActionId.COLOUR_DISTANCE])
def test_colours_that_come_late_are_not_for_other_activations(window: MainWindow, qtbot: QtBot, key: ActionId) -> None:
    wanted = {ActionId.COLOUR_CONFIDENCE: Colouring.CONFIDENCE, ActionId.COLOUR_DISTANCE: Colouring.DISTANCE}[key]
    before = window.session.state.colouring
    window.actions_[key].trigger()
    (job,) = window.jobs.running
    window.session.open(made_up_activations(seed=1))
    with qtbot.waitSignal(job.finished):
        pass
    assert window.session.state.colouring is before
    window.actions_[key].trigger()
    qtbot.waitUntil(lambda: window.session.state.colouring is wanted)


@pytest.mark.gl
def test_in_3d_a_map_that_is_learning_is_followed_and_one_of_two_dimensions_is_none_of_its_business(
    scatter: Scatter3D, qtbot: QtBot
) -> None:
    session = scatter.session
    a = session.activations
    for dims in (3, 2):
        kept = a.projections[dims]
        session.show_learning(dims, Projection(kept.points * 0.5, kept.prefix, "", "learning"))
        t = session.trajectories(3)
        assert t is not None
        qtbot.waitUntil(lambda t=t: scatter._paths is t)
    session.show_learning(3, None)
    qtbot.waitUntil(lambda: scatter._paths is session.trajectories(3))


@pytest.mark.gl
@pytest.mark.parametrize("last_only", [False, True])
def test_a_zoom_frames_what_is_drawn(scatter: Scatter3D, canvas: MapCanvas, session: Session, last_only: bool) -> None:
    session.update(last_only=last_only)
    chosen = session.activations.sign == 2
    for dims in (2, 3):
        t = session.trajectories(dims)
        assert t is not None and scatter.view is not None
        low, high = t.extent_of(chosen, last_only=last_only)
        (scatter if dims == 3 else canvas).zoom_to(chosen)
        if dims == 3:
            assert np.allclose(scatter.view.camera()[3:6], (low + high) / 2, atol=1e-5)
        else:
            view = canvas.view()
            assert abs((view.left + view.right) / 2 - (low + high)[0] / 2) < 0.15 * (view.right - view.left)


@pytest.mark.gl
def test_the_scene_goes_with_the_hand(scatter: Scatter3D) -> None:
    session, view = scatter.session, scatter.view
    t = session.trajectories(3)
    assert t is not None and view is not None
    middle = QPointF(view.width() / 2, view.height() / 2).toPoint()

    def moved(dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> np.ndarray:
        """How far a drag moves the vertex that is nearest to the viewer."""
        scatter.reset_view()
        xy, distance = view.project(t.vertices)
        front = int(distance.argmin())
        QTest.mousePress(view, Qt.MouseButton.LeftButton, modifiers, middle)
        # QTest's moves hold no key.
        for share in (0.5, 1.0):
            to = QPointF(middle) + QPointF(share * dx, share * dy)
            view.mouseMoveEvent(
                QMouseEvent(
                    QEvent.Type.MouseMove,
                    to,
                    view.mapToGlobal(to),
                    Qt.MouseButton.NoButton,
                    Qt.MouseButton.LeftButton,
                    modifiers,
                )
            )
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, modifiers, middle)
        return np.asarray(view.project(t.vertices)[0][front] - xy[front])

    for modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        assert moved(40, 0, modifiers)[0] > 5 and moved(-40, 0, modifiers)[0] < -5
        assert moved(0, 30, modifiers)[1] > 5 and moved(0, -30, modifiers)[1] < -5
    before = view.zoom()
    for turned, nearer in ((120, True), (-120, False)):
        scatter.reset_view()
        at = QPointF(middle)
        view.wheelEvent(
            QWheelEvent(
                at,
                view.mapToGlobal(at),
                QPoint(),
                QPoint(0, turned),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
        )
        assert (view.zoom() > before) is nearer and view.zoom() != before


@pytest.mark.parametrize(("focused", "layout", "order"), [
    (None, Layout.BOTH, [2, 3]), (2, Layout.BOTH, [2, 3]), (3, Layout.BOTH, [3, 2]), (3, Layout.MAP_2D, [2]),
])  # fmt: skip
def test_the_legend_of_the_view_in_use_comes_first(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, focused: int | None, layout: Layout, order: list[int]
) -> None:
    views, asked = window.views, []
    for dims, pane in views.panes.items():
        monkeypatch.setattr(pane.view, "legend_cursor", SimpleNamespace(enter=lambda dims=dims: asked.append(dims)))
    window.session.update(layout=layout)
    monkeypatch.setattr(views, "focused_dims", lambda: focused)
    assert not views.focus_legend() and asked == order
    monkeypatch.setattr(views.panes[order[0]].view, "legend_cursor", None)
    asked.clear()
    assert not views.focus_legend() and asked == order[1:], "a view without a legend is passed over"
