"""Annotations on a picture: a changed recording's path with its words at its end, and marked steps with theirs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from auslan_explorer.core.annotations import Beside, StepMark, Variant
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.resting import RestingMarks
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.annotations import Annotations, annotations_of, played_to
from auslan_explorer.draw.labels import OccupancyGrid
from auslan_explorer.draw.paint_annotations import annotation_bounds, lay_out_annotations, paint_annotations
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from tests.made_up import made_up_activations, torn

WIDTH, HEIGHT = 400, 200
PATH = np.array([[40.0, 150.0], [120.0, 60.0], [120.0, 160.0], [200.0, 100.0]])


def painted(
    shown: Annotations,
    theme: Theme = LIGHT,
    scale: float = 1.0,
    width: float = WIDTH,
    taken: tuple[float, float, float, float] | None = None,
) -> np.ndarray:
    """Where something is painted beside a box that is taken, shape (height, width)."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(*theme.background))
    painter = QPainter(image)
    grid = OccupancyGrid(width, HEIGHT, scale, () if taken is None else (taken,))
    paint_annotations(painter, shown, lay_out_annotations(shown, grid, scale), theme, scale)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, WIDTH, 4)[..., 2::-1].astype(int)
    return np.abs(pixels - np.array(theme.background)).sum(axis=-1) > 60


def words(text: str, **how: object) -> tuple[int, int, int, int]:
    """Left, right, top and bottom of what is painted only because of a text."""
    path = how.pop("path", PATH)
    with_text = painted(Annotations(path=path, text=text), **how)  # type: ignore[arg-type]
    rows, columns = np.nonzero(with_text & ~painted(Annotations(path=path), **how))  # type: ignore[arg-type]
    return int(columns.min()), int(columns.max()), int(rows.min()), int(rows.max())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_words_of_a_path_stand_right_of_its_end_and_left_where_there_is_no_room(theme: Theme, scale: float) -> None:
    left, right, top, bottom = words("end", theme=theme, scale=scale)
    assert 200 < left < 200 + 20 * scale and right < WIDTH
    assert (top + bottom) / 2 == pytest.approx(100, abs=3 * scale)
    left, right, _, _ = words("end", theme=theme, scale=scale, width=205.0)
    assert left < right < 200


def test_words_make_room_for_a_name_that_stands_there_and_are_told_even_where_no_room_is() -> None:
    _, right, top, bottom = words("end", taken=(205, 90, 260, 110))
    assert right < 200 or bottom < 90 or top > 110
    left, right, top, bottom = words("end", taken=(160, 88, 240, 112))
    assert right < 160 or left > 240 or bottom < 88 or top > 112
    assert words("end", taken=(0, 0, WIDTH, HEIGHT)) == words("end")


def test_the_end_is_the_last_place_that_lies_on_this_map() -> None:
    nowhere = np.vstack([PATH, [[np.nan, np.nan]]])
    assert words("end", path=nowhere) == words("end")
    assert not painted(Annotations(path=np.full((3, 2), np.nan), text="end")).any()


def test_the_step_shown_has_a_dot_and_only_where_there_is_one() -> None:
    without = painted(Annotations(path=PATH))
    for at, spot in ((0, PATH[0]), (2, PATH[2]), (9, PATH[3])):
        rows, columns = np.nonzero(painted(Annotations(path=PATH, at=at)) & ~without)
        assert np.hypot(columns.mean() - spot[0], rows.mean() - spot[1]) < 3
    assert (painted(Annotations(path=PATH, at=-1)) == without).all()


def test_each_mark_stands_at_its_place_with_its_own_words() -> None:
    marks = np.array([[60.0, 40.0], [np.nan, 10.0], [60.0, 160.0]])
    shown = Annotations(marks=marks, texts=("a", "lost", "much longer"))
    ink = painted(shown)
    assert ink[40, 60] and ink[160, 60]
    above, below = (np.flatnonzero(ink[rows].any(axis=0)).max() for rows in (slice(0, 100), slice(100, 200)))
    assert 60 < above < below
    left, top, right, bottom = annotation_bounds(shown, 1.0)
    rows, columns = np.nonzero(ink)
    assert left <= columns.min() and columns.max() <= right and top <= rows.min() and rows.max() <= bottom
    assert Annotations().empty and not shown.empty and not painted(Annotations()).any()


@pytest.mark.parametrize("log_scale", [False, True])
def test_annotations_of_a_map_stand_where_its_paths_do(log_scale: bool) -> None:
    a = made_up_activations()
    own = a.projections[2]
    paths = Trajectories.build(a, own, log_scale)
    scaled = signed_log if log_scale else np.asarray
    nothing = annotations_of(paths, Beside(), own, None)
    assert nothing.path.shape == nothing.marks.shape == (0, 2) and (nothing.text, nothing.texts) == ("", ())
    first = int(a.first_step[3])
    marks = (StepMark(3, first, "begins"), StepMark(0, int(a.steps) - 1, "ends"), StepMark(99, 5, "of nobody"))
    path = own.points[:5] * np.float32(2)
    variant = Variant(3, np.zeros((4, 22), np.float32), np.arange(4), first, {2: path}, {2: own})
    rests = RestingMarks(np.ones((1, 2), np.float32), np.ones(1, bool), ("zero",))
    shown = annotations_of(paths, Beside(variant, marks), own, rests)
    at = [a.offsets[3], a.offsets[1] - 1]
    np.testing.assert_allclose(shown.marks, scaled(own.points[at]), rtol=1e-6)
    np.testing.assert_allclose(shown.path, scaled(path), rtol=1e-6)
    assert (shown.texts, shown.text, shown.rest_texts) == (("begins", "ends"), "changed", ("zero",))
    assert shown.rests is rests.places and shown.stable is rests.stable
    elsewhere = annotations_of(paths, Beside(variant, marks), torn(a), None)
    assert len(elsewhere.path) == 0 and elsewhere.text == "" and len(elsewhere.marks) == 2
    steps = {
        step: played_to(shown, variant, Alignment.NETWORK, a.steps, step).at
        for step in (first - 1, first, first + 2, 19)
    }
    assert steps == {first - 1: -1, first: 1, first + 2: 3, 19: 4}, "the path begins with the padding's last step"
    assert played_to(shown, None, Alignment.NETWORK, a.steps, 19) is shown
    assert played_to(elsewhere, variant, Alignment.NETWORK, a.steps, 19) is elsewhere
