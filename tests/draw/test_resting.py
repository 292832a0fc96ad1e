"""Resting points are drawn where they stand, on either scale and in both kinds of map, told apart by a dot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import PointQuality
from auslan_explorer.core.resting import HeldInput, RestingMarks
from auslan_explorer.core.session import opening_state
from auslan_explorer.draw.paint import legend_box
from auslan_explorer.draw.picture import Picture, to_image
from auslan_explorer.draw.resting import resting_note
from auslan_explorer.draw.scene import Scene, build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = 400
PLACES = np.array([[3.0, 3.0, 1.0], [-4.0, -2.0, 0.5]], np.float32)


def marked() -> Activations:
    a = made_up_activations()
    for dims, projection in a.projections.items():
        marks = RestingMarks(PLACES[:, :dims], np.array([True, False]), ("drink 80%", "zero 40%"))
        projection.measured.add(PointQuality(resting={HeldInput.REST: marks}))
    return a


def scene(dims: int, **changes: object) -> Scene:
    a = marked()
    state = replace(opening_state(a), resting=HeldInput.REST, points=False, lines=False, labels=False)
    return build_scene_of_projection(a, a.projections[dims], replace(state, **changes), LIGHT)  # type: ignore[arg-type]


def blue(drawn: Scene) -> tuple[np.ndarray, np.ndarray]:
    """Return which pixels have the accent's colour, and the places in pixels, x and y."""
    picture = Picture(drawn, LIGHT, SIZE, SIZE, axes=False, scale=1.0)
    image = to_image(picture)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)[..., 2::-1].astype(int)
    return (np.abs(pixels - np.array(LIGHT.accent)) < 40).all(axis=2), np.column_stack(
        picture.placed_view().to_pixels(drawn.annotations.rests)
    )


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("log_scale", [True, False])
def test_a_stable_point_is_a_ring_with_a_dot_and_another_an_empty_one(dims: int, log_scale: bool) -> None:
    drawn = scene(dims, log_scale=log_scale)
    assert drawn.annotations.rest_texts == ("drink 80%", "zero 40%")
    wanted = np.sign(PLACES) * np.log1p(np.abs(PLACES)) if log_scale else PLACES
    np.testing.assert_allclose(drawn.annotations.rests, wanted[:, :dims], rtol=1e-5)
    ink, places = blue(drawn)
    for (x, y), dot in zip(places.round().astype(int).tolist(), (True, False), strict=True):
        assert ink[y - 1 : y + 2, x - 1 : x + 2].all() == dot and ink[y, x - 9 : x - 4].any()
        assert not ink[y, x - 20 : x - 10].any()


def test_nothing_is_drawn_of_an_input_that_was_not_asked_about() -> None:
    for held in (HeldInput.MEAN, HeldInput.NONE):
        assert scene(2, resting=held).annotations.empty and not scene(2, resting=held).rests


@pytest.mark.parametrize(
    ("stable", "text"),
    [
        ((True, True), "ring and dot: stable resting point"),
        ((True, False), "ring: resting point; dot: stable"),
        ((False, False), "ring: resting point"),
        ((), ""),
    ],
)
def test_the_legend_says_what_rings_are(stable: tuple[bool, ...], text: str) -> None:
    marks = RestingMarks(PLACES[: len(stable)], np.array(stable, bool), ("",) * len(stable))
    assert resting_note(marks) == text and resting_note(None) == ""
    drawn, without = replace(scene(2), rests=text), replace(scene(2), rests="")
    assert scene(2).rests == "ring: resting point; dot: stable"
    # As wide as the colour bar alone: the legend fits in the narrowest pane.
    assert legend_box(drawn).width == legend_box(without).width
    assert (legend_box(drawn).height > legend_box(without).height) == bool(text)
    if text:
        corner = np.s_[: SIZE // 5]
        assert blue(drawn)[0][corner].sum() > blue(without)[0][corner].sum() + 10
