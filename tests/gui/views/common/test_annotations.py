"""A changed recording's path and marked steps are drawn on both maps, where they lie there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.annotations import StepMark, Variant
from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.session import Session
from auslan_explorer.gui.views.common.annotations import annotations_on
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels as scene_pixels

RECORDING = 3


def variant(session: Session) -> Variant:
    """A path straight across each map, from its padding on."""
    length = int(session.activations.lengths[RECORDING])
    ways = {dims: np.linspace([-4.0] * dims, [4.0] * dims, length + 1, dtype=np.float32) for dims in (2, 3)}
    first = int(session.activations.first_step[RECORDING])
    frames = np.zeros((length, 22), np.float32)
    return Variant(RECORDING, frames, np.arange(length), first, ways, dict(session.projections))


def pixels(widget: QWidget) -> np.ndarray:
    image = widget.grab().toImage()
    ratio = round(image.devicePixelRatio())
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[::ratio, ::ratio, :3].astype(int)


def near(picture: np.ndarray, spot: np.ndarray) -> np.ndarray:
    x, y = (round(float(each)) for each in spot)
    return picture[y - 3 : y + 4, x - 3 : x + 4]


def own_spots(session: Session, dims: int) -> list[tuple[int, int, np.ndarray]]:
    """Recording, step and vertex of each point on a map."""
    paths = session.trajectories(dims)
    assert paths is not None
    return [
        (recording, int(paths.first_step[recording]) + own, vertex)
        for recording in range(len(paths.lengths))
        for own, vertex in enumerate(paths.vertices[paths.vertices_of(recording)])
    ]


def within(spots: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    left, top, right, bottom = box
    return np.asarray((spots[:, 0] > left) & (spots[:, 0] < right) & (spots[:, 1] > top) & (spots[:, 1] < bottom))


@pytest.mark.parametrize("dims", [2, 3])
def test_a_changed_path_is_left_out_where_the_map_is_learning_alone(session: Session, dims: int) -> None:
    session.show_variant(variant(session))
    session.show_learning(dims, session.projections[dims])
    for each in (2, 3):
        paths = session.trajectories(each)
        assert paths is not None
        assert bool(annotations_on(session, paths).text) is (each != dims)


def test_a_path_is_scaled_as_the_map_is_and_playback_goes_along_it(session: Session) -> None:
    shown = variant(session)
    session.show_variant(shown)
    for log_scale in (True, False):
        session.update(log_scale=log_scale, step=shown.first_step + 2)
        paths = session.trajectories(2)
        assert paths is not None
        found = annotations_on(session, paths)
        np.testing.assert_allclose(found.path, signed_log(shown.paths[2]) if log_scale else shown.paths[2])
        assert found.at == 3  # the padding, and three frames
    session.update(step=0)
    assert annotations_on(session, paths).at == -1


def test_a_path_of_another_map_is_not_drawn(session: Session) -> None:
    session.show_variant(variant(session))
    own = session.projections[2]
    session.add_projection("another", replace(own, points=own.points * 2))
    session.update(run_2d="another")
    paths = session.trajectories(2)
    assert paths is not None and annotations_on(session, paths).empty


def test_other_activations_take_annotations_away(session: Session) -> None:
    session.show_variant(variant(session))
    session.mark_steps((StepMark(RECORDING, 15, "here"),))
    session.open(session.activations)
    assert session.variant is None and session.step_marks == ()


def test_both_are_drawn_on_the_2d_map(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    session.update(labels=False)
    qtbot.waitUntil(canvas.is_sharp)
    before = pixels(canvas)
    shown = variant(session)
    session.show_variant(shown)
    paths = session.trajectories(2)
    assert paths is not None
    along = np.column_stack(canvas.view().to_pixels(signed_log(shown.paths[2])))
    assert sum((near(pixels(canvas), spot) != near(before, spot)).any() for spot in along) > len(along) // 2
    session.show_variant(None)
    step = int(session.activations.first_step[RECORDING]) + 4
    session.mark_steps((StepMark(RECORDING, step, "apart"),))
    vertex = paths.vertices[paths.vertices_of(RECORDING).start + 4]
    spot = np.column_stack(canvas.view().to_pixels(vertex[None]))[0]
    assert (np.abs(near(pixels(canvas), spot) - near(before, spot)).max(axis=-1) > 40).mean() > 0.5


def test_a_name_on_the_2d_map_makes_room_for_a_mark_and_its_text_and_takes_its_place_back(
    canvas: MapCanvas, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(canvas.is_sharp)
    own = own_spots(session, 2)
    pixels_of = np.column_stack(canvas.view().to_pixels(np.array([vertex for *_, vertex in own])))
    names = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in canvas.placed_labels()]
    covered = [np.flatnonzero(within(pixels_of, name)) for name in names]
    marked = [int(rows[0]) for rows in covered if len(rows)][:3]
    assert marked, "some name lies over a path"
    session.mark_steps(tuple(StepMark(*own[row][:2], "part here") for row in marked))
    placed = canvas.placed_labels()
    boxes = canvas._label_cache.annotations.boxes
    assert placed and len(boxes) == 2 * len(marked)
    for p in placed:
        for left, top, right, bottom in boxes:
            assert p.x + p.width <= left or p.x >= right or p.y + p.height <= top or p.y >= bottom
    session.mark_steps(())
    assert [(p.x, p.y, p.x + p.width, p.y + p.height) for p in canvas.placed_labels()] == names


def test_names_of_a_selection_stand_beside_the_marks_of_its_ends(canvas: MapCanvas, session: Session) -> None:
    a = session.activations
    pair = tuple(int(np.flatnonzero(a.sign == sign)[0]) for sign in (0, 1))
    session.update(selected=pair)
    canvas.set_viewpoint((-40.0, 40.0, -40.0, 40.0))  # from so far that all ends are near each other
    ends = [int(a.first_step[each] + a.lengths[each]) - 1 for each in pair]
    session.mark_steps(
        tuple(StepMark(*each, text) for each, text in zip(zip(pair, ends, strict=True), ("part here", ""), strict=True))
    )
    assert canvas._scene is not None
    named = {canvas._scene.labels[spot.number].sign for spot in canvas.placed_labels() if spot.leader is None}
    assert {0, 1} <= named


@pytest.mark.gl
def test_a_name_in_3d_makes_room_for_a_mark(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    view = scatter.view
    assert view is not None
    session.update(labels=True)
    qtbot.waitUntil(lambda: not view.is_interactive)

    def names() -> list[tuple[float, float, float, float]]:
        scene_pixels(scatter)
        return [(b.left(), b.top(), b.right(), b.bottom()) for b, _ in scatter._overlay._label_boxes]

    own = own_spots(session, 3)
    spots = view.project(np.array([vertex for *_, vertex in own], dtype=np.float32))[0]
    # Right of their points, where the mark's text will stand.
    beside = [within(spots, (left - 9, top, left - 2, bottom)) for left, top, _, bottom in names()]
    marked = int(np.flatnonzero(np.any(beside, axis=0))[0])
    session.mark_steps((StepMark(*own[marked][:2], "part here"),))
    taken = spots[marked] + np.array([[0.0, 0.0], [12.0, 0.0], [30.0, 0.0]])
    assert names() and not any(within(taken, name).any() for name in names())


@pytest.mark.gl
def test_names_in_3d_are_laid_out_anew_for_a_mark(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    view = scatter.view
    assert view is not None
    session.update(labels=True)
    qtbot.waitUntil(lambda: not view.is_interactive)
    scene_pixels(scatter)
    assert scatter._overlay._is_laid_out
    session.mark_steps((StepMark(RECORDING, int(session.activations.steps) - 1, "part here"),))
    assert not scatter._overlay._is_laid_out, "a name that finds a place now is shown, as in a view that opens on it"


@pytest.mark.gl
def test_both_are_drawn_in_3d(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    view = scatter.view
    assert view is not None
    qtbot.waitUntil(lambda: not view.is_interactive)
    scene_pixels(scatter)
    before = scene_pixels(scatter).astype(int)
    session.show_variant(variant(session))
    assert (np.abs(scene_pixels(scatter) - before).max(axis=-1) > 40).sum() > 200
    session.show_variant(None)
    session.mark_steps((StepMark(RECORDING, int(session.activations.first_step[RECORDING]) + 4, "apart"),))
    paths = session.trajectories(3)
    assert paths is not None
    spot = view.project(paths.vertices[paths.vertices_of(RECORDING).start + 4][None])[0][0]
    now = scene_pixels(scatter)
    assert (np.abs(near(now, spot) - near(before, spot)).max(axis=-1) > 40).mean() > 0.5
