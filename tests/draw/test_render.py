"""A renderer's rasters are no larger than what is drawn, and the picture is the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.session import opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.paint_box import with_box
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene, build_scene
from auslan_explorer.draw.theme import LIGHT, RGB
from auslan_explorer.draw.view import Camera, View2D, Viewport
from tests.made_up import made_up_activations

SIZE = (400, 200)


def scene_of(dims: int) -> Scene:
    a = made_up_activations()
    return build_scene(a, Trajectories.build(a, a.projections[dims], True), opening_state(a), LIGHT)


def views(scene: Scene) -> dict[str, Viewport]:
    """Views of everything, of a corner, of nothing, and, in 3-D, from within."""
    if len(scene.low) == 2:
        everything = View2D.fit(scene.low, scene.high, *SIZE)
        wide, high = everything.right - everything.left, everything.top - everything.bottom
        aside = replace(everything, left=everything.left + wide / 2, right=everything.right + wide / 2)
        nothing = replace(everything, bottom=everything.bottom + 9 * high, top=everything.top + 9 * high)
        return {"everything": everything, "a corner": aside, "nothing": nothing}
    camera = Camera.fit(scene.low, scene.high, *SIZE)
    return {
        "everything": camera,
        "near": replace(camera, distance=camera.distance / 2),
        "from within": replace(camera, distance=camera.distance / 9),
        "aside": replace(camera, middle=tuple(v + camera.distance / 4 for v in camera.middle)),
    }


@pytest.mark.parametrize("background", [LIGHT.background, None])
@pytest.mark.parametrize("dims", [2, 3])
def test_the_picture_is_that_of_rasters_of_its_whole_size(
    dims: int, background: RGB | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scene_of(dims)
    for name, view in views(scene).items():
        drawn = with_box(scene, view, LIGHT) if isinstance(view, Camera) else scene
        for origin, size in (((0, 0), SIZE), ((90, 60), (200, 50))):
            part, canvas = (
                Renderer(drawn, view, background, 2.0, origin, size),
                np.full((size[1], size[0], 4), 7, np.uint8),
            )
            picture = part.picture(None, None, canvas)
            assert picture is canvas
            with monkeypatch.context() as patch:
                patch.setattr(type(view), "box_in_pixels", lambda *_: (-1e9, -1e9, 1e9, 1e9))
                whole = Renderer(drawn, view, background, 2.0, origin, size).picture()
            assert whole is not None and np.abs(picture.astype(int) - whole).max() <= 1, name
            if name == "everything" and size == SIZE:
                raster = part._rasters[0]
                assert raster.width * raster.height < 0.8 * SIZE[0] * SIZE[1]
                assert np.ptp(picture[..., :3]) > 99
