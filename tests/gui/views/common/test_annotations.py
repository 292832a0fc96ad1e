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
