"""Both views go to another projection without a jump, keep what was chosen, and can be interrupted."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui import animation
from auslan_explorer.gui.animation import reduce_motion
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

pytestmark = pytest.mark.usefixtures("motion")


def other(session: Session, dims: int, shift: float = 3.0) -> Projection:
    own = session.activations.projections[dims]
    return Projection(own.points + np.float32(shift), own.prefix, f"by {shift}", "")


def first_point(canvas: MapCanvas) -> np.ndarray:
    scene = canvas.drawn_scene()
    assert scene is not None
    return scene.layers[-1].positions[-1]


def last_of(session: Session) -> np.ndarray:
    paths = session.trajectories(2)
    assert paths is not None
    return paths.vertices[np.argsort(paths.step, kind="stable")[-1]]


@pytest.fixture(autouse=True)
def frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Animations go on by a thirtieth of a second at every frame, however long a busy computer takes for it."""
    told = itertools.count()
    monkeypatch.setattr(animation, "time", SimpleNamespace(monotonic=lambda: next(told) / 30))


def be_linear(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    """Show the map on its own scale, and wait until it is there."""
    session.update(log_scale=False)
    qtbot.waitUntil(lambda: np.allclose(first_point(canvas), last_of(session)) and canvas.is_sharp())


def test_the_map_goes_there_and_ends_there_sharp(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    be_linear(canvas, session, qtbot)
    start = first_point(canvas).copy()
    session.add_projection("run", other(session, 2))
    between: list[float] = []
    canvas._transition.scene_changed.connect(lambda scene: between.append(float(scene.layers[-1].positions[-1, 0])))
    session.update(run_2d="run")
    assert np.array_equal(first_point(canvas), start)
    qtbot.waitUntil(lambda: np.allclose(first_point(canvas), last_of(session)) and canvas.is_sharp())
    way = [x for x in between if start[0] + 0.01 < x < start[0] + 2.99]
    assert way and between == sorted(between)


def test_an_interrupted_map_turns_from_where_it_is(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    be_linear(canvas, session, qtbot)
    start = float(first_point(canvas)[0])
    session.show_learning(2, other(session, 2, 8.0))
    qtbot.waitUntil(lambda: float(first_point(canvas)[0]) > start + 0.5)
    seen: list[float] = []
    canvas._transition.scene_changed.connect(lambda scene: seen.append(float(scene.layers[-1].positions[-1, 0])))
    session.show_learning(2, None)
    qtbot.waitUntil(lambda: abs(float(first_point(canvas)[0]) - start) < 1e-6)
    assert len(seen) > 2 and np.abs(np.diff(seen)).max() < 3


def test_without_motion_it_is_there_at_once(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    reduce_motion(True)
    session.update(log_scale=False)
    said: list[object] = []
    canvas._transition.scene_changed.connect(said.append)
    session.show_learning(2, other(session, 2))
    qtbot.waitUntil(lambda: np.allclose(first_point(canvas), last_of(session)))
    assert len(said) == 1


def test_a_choice_while_it_moves_shows_the_new_map_at_once(canvas: MapCanvas, session: Session) -> None:
    session.show_learning(2, other(session, 2))
    session.update(points=True, labels=False)
    assert np.allclose(first_point(canvas), last_of(session))


@pytest.mark.gl
def test_the_3d_view_goes_there_and_keeps_a_persons_place(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    assert scatter.view is not None
    session.update(log_scale=False)
    qtbot.waitUntil(lambda: scatter._paths is session.trajectories(3))
    last = np.array([len(scatter._paths_item._vertices) - 1])
    start = scatter._paths_item._vertices.of(last)
    scatter.view.orbit(30, 10)
    scatter.view.zoom_by(0.5)
    turned, zoom = scatter.view.opts["azimuth"], scatter.view.zoom()
    session.add_projection("run", other(session, 3))
    seen: list[float] = []
    scatter._transition.paths_moved.connect(lambda paths: seen.append(float(paths.vertices[-1, 0])))
    session.update(run_3d="run")
    paths = session.trajectories(3)
    assert paths is not None
    qtbot.waitUntil(lambda: scatter._paths is paths)
    assert len(seen) > 2 and seen == sorted(seen)
    shown = scatter._paths_item._vertices
    assert np.allclose(shown.of(np.arange(len(shown))), paths.vertices[scatter._draw_order.order])
    assert not np.allclose(shown.of(last), start)
    assert scatter.view.opts["azimuth"] == turned and scatter.view.zoom() == pytest.approx(zoom)


def test_another_scale_is_gone_to_with_what_is_chosen_shown_at_once(
    canvas: MapCanvas, session: Session, qtbot: QtBot
) -> None:
    be_linear(canvas, session, qtbot)
    start = first_point(canvas).copy()
    seen: list[float] = []
    canvas._transition.scene_changed.connect(lambda scene: seen.append(float(scene.layers[-1].positions[-1, 0])))
    session.update(log_scale=True, lines=False)
    scene = canvas.drawn_scene()
    assert scene is not None and not len(scene.layers[-1].starts)
    assert np.array_equal(first_point(canvas), start)
    qtbot.waitUntil(lambda: np.allclose(first_point(canvas), last_of(session)) and canvas.is_sharp())
    end = float(first_point(canvas)[0])
    assert abs(end - start[0]) > 0.01
    assert any(min(start[0], end) < x < max(start[0], end) for x in seen)
    assert canvas.viewpoint() is None, "all is kept in view"


def test_a_scale_taken_back_on_the_way_ends_where_it_began(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    session.update(log_scale=True)
    qtbot.waitUntil(lambda: np.allclose(first_point(canvas), last_of(session)) and canvas.is_sharp())
    start = first_point(canvas).copy()
    session.update(log_scale=False)
    qtbot.waitUntil(lambda: not np.allclose(first_point(canvas), start))
    session.update(log_scale=True)
    qtbot.waitUntil(lambda: np.allclose(first_point(canvas), start) and canvas.is_sharp())


@pytest.mark.gl
def test_the_3d_view_goes_to_another_scale_too(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    session.update(log_scale=True)
    after = session.trajectories(3)
    qtbot.waitUntil(lambda: scatter._paths is after)
    seen: list[object] = []
    scatter._transition.paths_moved.connect(seen.append)
    session.update(log_scale=False, points=False)
    assert "log" not in scatter._overlay.axis_names[0] and scatter._paths_item.lines_only
    goal = session.trajectories(3)
    qtbot.waitUntil(lambda: scatter._paths is goal)
    assert len(seen) > 2 and seen[-1] is goal
