"""A changed recording's path and marked steps are in pictures and films as they are on screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.annotations import Beside, StepMark, Variant
from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.session import opening_state
from auslan_explorer.draw.film_frames import FilmFrames, subject_of
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.picture import Picture, paint_decorations, save, to_image
from auslan_explorer.draw.scene import Scene, build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")

SIZE, RECORDING, OWN_STEP = 400, 3, 4
A = made_up_activations()
STATE = replace(opening_state(A), points=False, lines=False, labels=False)
FIRST, LENGTH = int(A.first_step[RECORDING]), int(A.lengths[RECORDING])
WAYS = {dims: np.linspace([-4.0] * dims, [4.0] * dims, LENGTH + 1, dtype=np.float32) for dims in (2, 3)}
BESIDE = Beside(
    Variant(RECORDING, np.zeros((LENGTH, 22), np.float32), np.arange(LENGTH), FIRST, WAYS, A.projections),
    (StepMark(RECORDING, FIRST + OWN_STEP, "apart"),),
)


def scene(dims: int, beside: Beside = BESIDE) -> Scene:
    return build_scene_of_projection(A, A.projections[dims], STATE, LIGHT, annotated=beside)


def accent(pixels: np.ndarray) -> np.ndarray:
    return (np.abs(pixels[..., 2::-1].astype(int) - np.array(LIGHT.accent)) < 40).all(axis=-1)


@pytest.mark.parametrize("dims", [2, 3])
def test_a_picture_has_the_changed_path_and_the_marks_on_either_map(dims: int) -> None:
    def ink(beside: Beside) -> tuple[np.ndarray, Picture]:
        picture = Picture(scene(dims, beside), LIGHT, SIZE, SIZE, axes=False, scale=1.0)
        image = to_image(picture)
        return accent(np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)), picture

    def around(drawn: np.ndarray, spots: np.ndarray) -> float:
        x, y = picture.placed_view().to_pixels(spots)
        return float(np.mean([drawn[round(b) - 3 : round(b) + 4, round(a) - 3 : round(a) + 4].any()
                              for a, b in zip(x.tolist(), y.tolist(), strict=True)]))  # fmt: skip

    path = signed_log(WAYS[dims])
    own = signed_log(A.projections[dims].points[A.offsets[RECORDING] + OWN_STEP][None])
    drawn, picture = ink(BESIDE)
    assert around(drawn, path) > 0.6 and around(drawn, own) == 1
    drawn, _ = ink(replace(BESIDE, marks=()))
    assert around(drawn, path) > 0.6
    drawn, _ = ink(replace(BESIDE, variant=None))
    assert around(drawn, own) == 1
    assert not ink(Beside())[0].any()


@pytest.mark.parametrize("dims", [2, 3])
def test_names_in_a_picture_make_room_for_marks(dims: int) -> None:
    def names(marks: tuple[StepMark, ...]) -> tuple[Picture, list[tuple[float, float, float, float]]]:
        drawn = build_scene_of_projection(
            A, A.projections[dims], replace(STATE, labels=True), LIGHT, annotated=Beside(marks=marks)
        )
        picture = Picture(drawn, LIGHT, SIZE, SIZE, axes=False, scale=1.0)
        image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            placed = paint_decorations(painter, picture, picture.placed_view())
        return picture, [(p.x, p.y, p.x + p.width, p.y + p.height) for p in placed]

    picture, before = names(())
    steps = [(recording, own) for recording in range(len(A)) for own in range(int(A.lengths[recording]))]
    points = np.array([A.projections[dims].points[A.offsets[recording] + own] for recording, own in steps])
    x, y = picture.placed_view().to_pixels(signed_log(points))
    under = [
        [left < a < right and top < b < bottom for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        for left, top, right, bottom in before
    ]
    row = next(column.index(True) for column in under if any(column))
    recording, own = steps[row]
    _, after = names((StepMark(recording, int(A.first_step[recording]) + own, "part here"),))
    assert after
    assert not any(left < x[row] < right and top < y[row] < bottom for left, top, right, bottom in after)


def test_a_changed_path_of_another_map_is_left_out() -> None:
    other = replace(A.projections[2], points=A.projections[2].points * 2)
    drawn = build_scene_of_projection(A, other, STATE, LIGHT, annotated=BESIDE)
    assert not len(drawn.annotations.path) and len(drawn.annotations.marks) == 1


@pytest.mark.parametrize("suffix", [".svg", ".pdf"])
def test_vector_pictures_have_them_too(suffix: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}{suffix}" for name in ("with", "without")]
    for file, beside in zip(files, (BESIDE, Beside()), strict=True):
        save(Picture(scene(2, beside), LIGHT, SIZE, SIZE), file)
    with_them, without = (file.read_bytes() for file in files)
    assert len(with_them) > len(without) + 200
    if suffix == ".svg":  # letters are outlines there
        dashes, accent_ink = b"stroke-dasharray", b"#%02x%02x%02x" % LIGHT.accent
        assert all(part in with_them and part not in without for part in (dashes, accent_ink))


def test_in_a_film_playback_goes_along_the_changed_path() -> None:
    assert [scene(2).annotations_at(step).at for step in (0, FIRST, FIRST + 3)] == [-1, 1, 4]
    settings = FilmSettings(view=FilmView.BOTH, width=2 * SIZE, height=SIZE, turn=0.0)

    def blue(beside: Beside, step: int) -> np.ndarray:
        """Where the accent's colour is in a frame: playheads and paths have others."""
        state = replace(STATE, points=True)
        image = FilmFrames(subject_of(A, A.projections, state, settings, annotated=beside), settings).image(step)
        assert image is not None
        return accent(image)

    early, late, unmarked, plain = (
        blue(*each)
        for each in (
            (BESIDE, FIRST + 2), (BESIDE, FIRST + 8), (replace(BESIDE, marks=()), FIRST + 2), (Beside(), FIRST + 2),
        )
    )  # fmt: skip
    for part in (np.s_[:, :SIZE], np.s_[:, SIZE:]):  # both maps
        assert (early != late)[part].any() and (early != unmarked)[part].any()
        assert unmarked[part].sum() > plain[part].sum() + 50
