"""The decision landscape in pictures: borders, hatching, certainty and names lie where they belong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.session import opening_state
from auslan_explorer.draw.landscape import regions
from auslan_explorer.draw.picture import Picture, save, to_image
from auslan_explorer.draw.scene import Scene, build_scene_of_projection
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.draw.view import View2D
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = 400
VIEW = View2D(-10, 10, -10, 10, SIZE, SIZE)


def landscape() -> Landscape:
    """Sign 2 left and sign 1 right; unsure above; far below."""
    answer = np.full((81, 81), 2, np.int16)
    answer[:, 41:] = 1
    certainty = np.full((21, 21), 1.0, np.float32)
    certainty[12:] = 0.0
    distance = np.zeros((21, 21), np.float32)
    distance[:6] = 2
    return Landscape(np.array([-8.0, -8.0]), np.array([8.0, 8.0]), answer, certainty, distance, 1.0)


def scene(theme: Theme = LIGHT, **changes: object) -> Scene:
    a = made_up_activations()
    a.projections[2].measured.landscapes[False] = landscape()
    state = replace(opening_state(a), log_scale=False, landscape=True, points=False, lines=False, labels=False)
    return build_scene_of_projection(a, a.projections[2], replace(state, **changes), theme)  # type: ignore[arg-type]


def grey(theme: Theme = LIGHT, drawn: Scene | None = None) -> np.ndarray:
    """Return the picture's brightness, without axes, rows from the top."""
    picture = Picture(drawn or scene(theme), theme, SIZE, SIZE, view=VIEW, axes=False, scale=1.0)
    image = to_image(picture)
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)[..., 1].astype(int)


def place(x: float, y: float) -> tuple[int, int]:
    (column,), (row,) = VIEW.to_pixels(np.array([[x, y]]))
    return int(row), int(column)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_border_certainty_and_far_places_are_where_they_belong(theme: Theme) -> None:
    veil = np.abs(grey(theme) - theme.background[1])
    row, column = place(-4, 0)
    assert not veil[row - 5 : row + 5, column - 5 : column + 5].any(), "sure and near: the paper itself"
    row, column = place(0.1, 0)
    assert veil[row, column - 4 : column + 5].max() > 40, "the border"
    row, column = place(-4, 5)
    unsure = veil[row - 5 : row + 5, column - 5 : column + 5]
    assert unsure.min() > 8 and np.ptp(unsure) <= 1
    row, column = place(-4, -6)
    hatched = veil[row - 20 : row + 20, column - 20 : column + 20]
    assert hatched.min() == 0 and hatched.max() > 15 and 0.05 < (hatched > 15).mean() < 0.4
    row, column = place(-9, 0)
    assert not veil[:, : column + 10].any(), "nothing outside"


def test_regions_are_named_deep_inside_unless_their_sign_is_named_already() -> None:
    found = regions(landscape())
    assert [each.sign for each in found] == [2, 1]
    assert found[0].position[0] == pytest.approx(-4, abs=0.6) and found[1].position[0] == pytest.approx(4, abs=0.6)
    assert found[0].share == pytest.approx(41 / 81)
    drawn = scene()
    assert {label.text for label in drawn.labels if label.region} == {"computer (PC)", "drink"}
    assert {label.text for label in drawn.labels_at(3) if label.region} == {"computer (PC)", "drink"}
    assert not any(label.region for label in scene(labels=True).labels), "all four signs are named at their ends"


def test_of_a_sign_in_several_places_the_largest_is_named_as_far_from_its_border_as_can_be() -> None:
    answer = np.zeros((41, 61), np.int16)
    answer[3:6, 2:9] = 3
    answer[20:33, 40:55] = 3
    answer[24:26, 46:49] = 7  # a hole in the middle
    found = {each.sign: each for each in regions(replace(landscape(), answer=answer))}
    assert set(found) == {0, 3} or set(found) == {0, 3, 7}
    assert found[3].share == pytest.approx((13 * 15 - 6) / answer.size)
    across, down = (np.array(found[3].position) + 8) / 16 * (60, 40)
    others = np.argwhere(answer != 3) - (down, across)
    places = np.argwhere(answer == 3)
    deepest = max(np.hypot(*(np.argwhere(answer != 3) - place).T).min() for place in places)
    assert np.hypot(*others.T).min() == pytest.approx(deepest)


def test_it_is_drawn_only_where_asked_for_known_and_on_its_own_scale() -> None:
    assert scene().landscape is not None
    assert scene(landscape=False).landscape is None
    assert scene(log_scale=True).landscape is None
    assert not np.array_equal(grey(), grey(drawn=scene(landscape=False)))


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_every_kind_of_file_holds_it(suffix: str, tmp_path: Path) -> None:
    sizes = []
    for shown in (True, False):
        out = tmp_path / f"{shown}{suffix}"
        save(Picture(scene(landscape=shown), LIGHT, SIZE, SIZE, view=VIEW), out)
        sizes.append(out.stat().st_size)
    assert sizes[0] > sizes[1] + 300


def test_a_wide_view_and_a_tiny_one_draw_it() -> None:
    for size, view in ((3000, View2D(-100, 100, -100, 100, 3000, 3000)), (64, View2D(-1, 1, -1, 1, 64, 64))):
        picture = Picture(scene(), LIGHT, size, size, view=view, axes=False)
        assert not to_image(picture).isNull()
