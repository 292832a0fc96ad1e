"""Both views zoom to what is shown or selected, and the map stays so in a pane of another size."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.waiting import wait_at_rest


def test_the_map_frames_the_recordings_also_after_it_is_resized(canvas: MapCanvas, qtbot: QtBot) -> None:
    session = canvas._session
    t = session.trajectories(2)
    assert t is not None and canvas.viewpoint() is None
    whole = canvas.view()
    chosen = np.zeros(len(session.activations), dtype=bool)
    chosen[3] = True
    canvas.zoom_to(chosen)
    for size in ((640, 520), (420, 500)):
        canvas.resize(*size)
        wait_at_rest(qtbot, canvas)
        x, y = canvas.view().to_pixels(t.vertices[t.vertices_of(3)])
        assert x.min() > 0 and x.max() < size[0] and y.min() > 0 and y.max() < size[1]
        assert max(np.ptp(x) / size[0], np.ptp(y) / size[1]) > 0.5
    assert canvas.viewpoint() is not None, "a session keeps where one looks"
    canvas.resize(640, 520)
    canvas.reset_view()
    assert canvas.viewpoint() is None and canvas.view().left == pytest.approx(whole.left)


@pytest.mark.gl
def test_the_3d_view_frames_them_without_turning(scatter: Scatter3D) -> None:
    view, session = scatter.view, scatter.session
    t = session.trajectories(3)
    assert view is not None and t is not None
    before = view.camera()
    chosen = session.activations.sign == 2
    scatter.zoom_to(chosen)
    vertices = np.concatenate([t.vertices[t.vertices_of(i)] for i in np.flatnonzero(chosen)])
    xy, _ = view.project(vertices)
    assert (xy > 0).all() and (xy < [view.width(), view.height()]).all()
    low, high = t.extent_of(chosen)
    assert np.allclose(view.camera()[3:6], (low + high) / 2, atol=1e-5) and view.camera()[:2] == before[:2]


def test_an_extent_is_that_of_the_recordings_without_the_padding(session: Session) -> None:
    t = session.trajectories(2)
    assert t is not None
    one = np.zeros(len(session.activations), dtype=bool)
    one[5] = True
    own = t.vertices[t.vertices_of(5)]
    for found, expected in zip(t.extent_of(one), (own.min(axis=0), own.max(axis=0)), strict=True):
        np.testing.assert_allclose(found, expected)
    assert np.allclose(t.extent_of(one, last_only=True), own[-1])
    assert np.allclose(t.extent_of(one & False), t.extent)
