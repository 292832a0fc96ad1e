"""The spread of signs' ends over retrained maps: an ellipse a sign, where the covariance says, on the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import recording_colours
from auslan_explorer.core.projection import Projection, signed_log
from auslan_explorer.core.session import Colouring, SessionState, opening_state
from auslan_explorer.draw import paint_spread
from auslan_explorer.draw.picture import Picture, to_image
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.spread import RADIUS, outline
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from tests.made_up import made_up_activations


def _with_ends(maps: int = 12) -> tuple[Activations, Projection]:
    a = made_up_activations()
    projection = a.projections[2]
    middles = np.stack([projection.points[a.offsets[1:][a.sign == s] - 1].mean(axis=0) for s in range(4)])
    away = np.random.default_rng(3).normal(0, [0.9, 0.3], (maps, 4, 2))
    projection.measured.ends = (middles + away).astype(np.float32)
    return a, projection


def _state(a: Activations, **changes: object) -> SessionState:
    return replace(opening_state(a), spread=True, log_scale=False, points=False, lines=False, labels=False, **changes)


def test_an_ellipse_holds_two_of_three_points() -> None:
    points = np.random.default_rng(0).normal(size=(6000, 2)) @ np.array([[2.0, 0.5], [0.0, 0.3]])
    drawn = outline(points)
    middle, inverse = points.mean(axis=0), np.linalg.inv(np.cov(points.T))
    away = np.einsum("ni,ij,nj->n", points - middle, inverse, points - middle)
    assert np.mean(away < RADIUS**2) == pytest.approx(2 / 3, abs=0.02)
    on_it = np.einsum("ni,ij,nj->n", drawn - middle, inverse, drawn - middle)
    assert on_it == pytest.approx(RADIUS**2, rel=1e-3)
    assert drawn[0] == pytest.approx(drawn[-1], abs=1e-5)


def test_no_ellipse_reaches_beyond_what_is_fitted() -> None:
    a, projection = _with_ends()
    far = projection.measured.ends
    assert far is not None
    far[:, 1] *= 40
    state = _state(a)
    plain = build_scene_of_projection(a, projection, replace(state, spread=False), LIGHT)
    scene = build_scene_of_projection(a, projection, state, LIGHT)
    corners = np.concatenate([each.outline for each in scene.ellipses])
    assert (scene.low <= corners.min(axis=0)).all() and (scene.high >= corners.max(axis=0)).all()
    assert (corners < plain.low).any() or (corners > plain.high).any()
    # Choosing a sign does not move the map.
    chosen = build_scene_of_projection(a, projection, replace(state, selected=(0,)), LIGHT)
    assert np.array_equal(chosen.low, scene.low) and np.array_equal(chosen.high, scene.high)


def test_ellipses_are_those_of_the_signs_in_front_on_the_scale_in_force() -> None:
    a, projection = _with_ends()
    state = _state(a)
    assert [e.sign for e in build_scene_of_projection(a, projection, state, LIGHT).ellipses] == [0, 1, 2, 3]
    picked = tuple(np.flatnonzero(a.sign == 2).tolist())
    one = build_scene_of_projection(a, projection, replace(state, selected=picked), LIGHT).ellipses
    assert [e.sign for e in one] == [2] and len(one[0].ends) == 12
    logged = build_scene_of_projection(a, projection, replace(state, selected=picked, log_scale=True), LIGHT).ellipses[
        0
    ]
    assert projection.measured.ends is not None
    assert logged.ends == pytest.approx(signed_log(projection.measured.ends[:, 2]), abs=1e-5)
    assert build_scene_of_projection(a, projection, replace(state, spread=False), LIGHT).ellipses == ()
    assert build_scene_of_projection(a, a.projections[3], state, LIGHT).ellipses == ()


def test_an_ellipse_has_its_signs_colour_where_colour_stands_for_signs_and_else_the_accent() -> None:
    a, projection = _with_ends()
    assert projection.measured.ends is not None
    for state in (_state(a), _state(a, colouring=Colouring.SIGN), _state(a, colouring=Colouring.SIGN, selected=(0, 7))):
        ellipses = build_scene_of_projection(a, projection, state, DARK).ellipses
        by_sign = state.colouring is Colouring.SIGN
        of_sign = {int(a.sign[i]): tuple(rgb) for i, rgb in enumerate(recording_colours(a, state).tolist())}
        assert len(ellipses) == (2 if state.selected else 4)
        assert all(each.colour == (of_sign[each.sign] if by_sign else DARK.accent) for each in ellipses)
    # A sign without recordings on one of the maps has none, and fewer than three maps say nothing of a spread.
    projection.measured.ends[5, 2] = np.nan
    assert [each.sign for each in build_scene_of_projection(a, projection, _state(a), DARK).ellipses] == [0, 1, 3]
    for maps, found in ((3, 4), (2, 0)):
        few, of_few = _with_ends(maps)
        assert len(build_scene_of_projection(few, of_few, _state(few), DARK).ellipses) == found


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ellipses_are_seen_on_the_picture(qapp: object, theme: Theme) -> None:
    a, projection = _with_ends()
    state = _state(a)
    pictures = []
    for spread in (False, True):
        scene = build_scene_of_projection(a, projection, replace(state, spread=spread), theme)
        picture = Picture(scene, theme, 400, 400, axes=False)
        image = to_image(picture)
        pictures.append(np.frombuffer(image.constBits(), np.uint8).reshape(400, 400, 4)[..., :3].astype(int))
        view = picture.placed_view()
    changed = np.abs(pictures[1] - pictures[0]).sum(axis=2) > 60
    for ellipse in scene.ellipses:
        x, y = (np.round(v).astype(int) for v in view.to_pixels(ellipse.outline))
        inside = (x > 2) & (x < 397) & (y > 2) & (y < 397)
        near = [changed[j - 2 : j + 3, i - 2 : i + 3].any() for i, j in zip(x[inside], y[inside], strict=True)]
        assert np.mean(near) > 0.8  # the key hides some of it
    assert 0.005 < changed.mean() < 0.3


def test_hot_points_are_those_not_to_believe(qapp: object) -> None:
    a, projection = _with_ends()
    good = np.ones(a.real_steps, dtype=np.float32)
    good[: a.lengths[0]] = 0.2
    projection.measured.trust[12] = good
    state = replace(opening_state(a), colouring=Colouring.TRUST)
    scene = build_scene_of_projection(a, projection, state, LIGHT)
    assert scene.scale_legend is not None and scene.scale_legend.title == "trustworthiness, 12 neighbours"
    assert scene.scale_legend.ticks[0][1].startswith("0.2") and scene.scale_legend.ticks[2][1] == "1"
    red = scene.layers[0].rgb[:, 0]
    assert sorted(np.unique(red))[-1] > 200 and (red > 200).sum() == a.lengths[0]
    # With another number of neighbours nothing is known yet: no key, and one quiet colour.
    unknown = build_scene_of_projection(a, projection, replace(state, neighbours=5), LIGHT)
    assert unknown.scale_legend is None and len(np.unique(unknown.layers[0].rgb, axis=0)) == 1


@pytest.mark.parametrize("pointed", [None, 2])
def test_of_many_signs_only_the_one_pointed_at_shows_its_spread(
    qapp: object, monkeypatch: pytest.MonkeyPatch, pointed: int | None
) -> None:
    monkeypatch.setattr(paint_spread, "MOST_ELLIPSES", 3)
    a, projection = _with_ends()
    scene = build_scene_of_projection(a, projection, _state(a), LIGHT)
    assert len(scene.ellipses) == 4
    view = Picture(scene, LIGHT, 400, 400, axes=False).placed_view()
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        paint_spread.paint_spread(painter, scene, view, 1.0, pointed)
    inked = np.frombuffer(image.constBits(), np.uint8).reshape(400, 400, 4)[..., 0] < 250
    inked |= np.frombuffer(image.constBits(), np.uint8).reshape(400, 400, 4)[..., 2] < 250
    if pointed is None:
        assert not inked.any()
        return
    own = scene.ellipses[2]
    x, y = view.to_pixels(np.concatenate([own.outline, own.ends]))
    rows, columns = np.nonzero(inked)
    assert columns.min() >= max(x.min(), 3) - 3 and columns.max() <= x.max() + 3
    assert rows.min() >= max(y.min(), 3) - 3 and rows.max() <= y.max() + 3 and inked.sum() > 50


def test_lines_and_ends_are_as_much_wider_as_the_picture_is_larger(qapp: object) -> None:
    a, projection = _with_ends()
    scene = build_scene_of_projection(a, projection, _state(a), LIGHT)
    inked = []
    for scale in (1, 3):
        picture = Picture(scene, LIGHT, 400 * scale, 400 * scale, axes=False, scale=float(scale))
        drawn, plain = (to_image(each) for each in (picture, replace(picture, scene=replace(scene, ellipses=()))))
        bits = [np.frombuffer(each.constBits(), np.uint8).reshape(400 * scale, -1, 4) for each in (drawn, plain)]
        inked.append((np.abs(bits[0].astype(int) - bits[1]).sum(axis=2) > 200).mean())
    assert inked[0] > 0 and inked[1] == pytest.approx(inked[0], rel=0.2)
