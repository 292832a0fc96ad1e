"""Hands beside the map in pictures and films: the frame at each step, room, and every kind of file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.session import opening_state
from auslan_explorer.draw.film_frames import FilmFrames, subject_of
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.gesture import (
    Gesture,
    describe_pose,
    fitting_caption,
    gesture_width,
    hand_areas,
    paint_hands_and_captions,
)
from auslan_explorer.draw.paint import font
from auslan_explorer.draw.paint_hands import RIGHT_COLOUR
from auslan_explorer.draw.picture import to_image
from auslan_explorer.draw.theme import LIGHT, SMALL
from auslan_explorer.workflows.export import PictureOptions, compose_picture, export_film, export_picture
from tests.made_up import STEPS, made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")


def rising(length: int) -> np.ndarray:
    frames = np.full((length, len(CHANNELS)), 0.5)
    frames[:, 6:11] = frames[:, 17:] = 0
    frames[:, :3] = -0.15, -0.15, -0.1
    frames[:, 11], frames[:, 13] = 0.15, -0.1
    frames[:, 12] = np.linspace(-0.1, 0.3, length)
    return frames


def gesture(first_step: int = 6, length: int = 14, **changes: object) -> Gesture:
    made = Gesture(("drink, session 1",), (rising(length),), first_step, np.zeros(0, np.int64))
    return replace(made, **changes)


def two(**changes: object) -> Gesture:
    return gesture(titles=("drink", "zero"), frames=(rising(14), rising(7)), beside=np.arange(14) // 2, **changes)


def captions(made: Gesture, at: int) -> list[str]:
    return [describe_pose(title, pose) for title, pose in zip(made.titles, made.poses(at), strict=True)]


def right_hand(pixels: np.ndarray) -> np.ndarray:
    """Return the rows and columns of the right hand's blue, which no path of these maps has."""
    return np.argwhere(np.abs(pixels[..., 2::-1].astype(int) - RIGHT_COLOUR).max(axis=-1) < 12)


def test_the_frame_follows_each_alignment() -> None:
    made = gesture()
    assert [made.frame_at(step, Alignment.NETWORK, STEPS) for step in (0, 5, 6, 19, 25)] == [-1, -1, 0, 13, 13]
    assert [made.frame_at(step, Alignment.START, STEPS) for step in (0, 5, 18)] == [0, 5, 13]
    assert [made.frame_at(step, Alignment.STRETCH, STEPS) for step in (0, STEPS - 1)] == [0, 13]


def test_the_second_is_drawn_at_the_frame_beside_and_begins_with_the_first() -> None:
    made = two()
    assert [each.at for each in made.poses(-1)] == [-1, -1]
    assert [each.at for each in made.poses(9)] == [9, 4]
    assert captions(made, 9) == ["drink, frame 10 of 14", "outlined: zero, frame 5 of 7"]
    assert captions(made, -1)[0] == "drink, not begun yet"
    assert captions(two(apart=True), 0)[1] == "zero, frame 1 of 7"


@pytest.mark.parametrize("view", list(FilmView))
def test_a_film_has_the_hands_at_the_right_and_they_rise(view: FilmView) -> None:
    a = made_up_activations()
    settings = FilmSettings(view=view, width=640, height=240, hold=0, turn=0)
    state = replace(opening_state(a), labels=False)
    film = FilmFrames(subject_of(a, a.projections, state, settings, gesture=gesture()), settings)
    maps = 640 - gesture_width(640, 240)
    heights = []
    for step in (6, 12, 19):
        frame = film.image(step)
        assert frame is not None and frame.shape == (240, 640, 4)
        found = right_hand(frame[:, maps:])
        assert len(found) > 30
        heights.append(found[:, 0].mean())
    assert heights[0] > heights[1] + 10 > heights[2] + 20


def test_without_hands_a_film_is_as_it_was() -> None:
    a = made_up_activations()
    settings = FilmSettings(width=320, height=240, hold=0)
    frame = FilmFrames(subject_of(a, a.projections, opening_state(a), settings), settings).image(5)
    assert frame is not None and frame.shape == (240, 320, 4)


@pytest.mark.parametrize("transparent", [False, True])
def test_a_picture_keeps_its_size_and_gives_the_hands_a_part_of_it(transparent: bool) -> None:
    a = made_up_activations()
    state = replace(opening_state(a), labels=False, step=12)
    options = PictureOptions(2, (800, 500), LIGHT, transparent=transparent, gesture=two())
    picture = compose_picture(a, a.projections, state, options)
    image = to_image(picture)
    assert (image.width(), image.height()) == (800, 500)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(500, 800, 4)
    assert len(right_hand(pixels[:, picture.width :])) > 100
    corner = pixels[2, -2]
    assert corner.tolist() == ([0, 0, 0, 0] if transparent else [255, 255, 255, 255])


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_every_kind_of_picture_has_the_hands(tmp_path: Path, kind: str) -> None:
    a = made_up_activations()
    sizes = {}
    for name, hands in (("with", gesture()), ("without", None)):
        options = PictureOptions(2, (800, 500), LIGHT, gesture=hands)
        out = export_picture(a, a.projections, opening_state(a), tmp_path / f"{name}.{kind}", options)
        sizes[name] = out.read_bytes()
    if kind == "png":
        assert QImage.fromData(sizes["with"]).size() == QImage.fromData(sizes["without"]).size()
    elif kind == "svg":
        assert b"frame 14 of 14" in sizes["with"] and b"frame 14 of 14" not in sizes["without"]
    else:
        assert len(sizes["with"]) > len(sizes["without"]) and sizes["with"].startswith(b"%PDF")


def test_a_film_with_hands_is_written(tmp_path: Path) -> None:
    a = made_up_activations()
    settings = FilmSettings(width=320, height=240, frames=3, fps=20)
    out = export_film(a, a.projections, opening_state(a), tmp_path / "hands.gif", settings, {}, two())
    assert out.stat().st_size > 0


def test_a_long_caption_is_cut_at_its_hand_s_edge() -> None:
    image = QImage(300, 240, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    area = QRectF(40, 10, 180, 200)
    paint_hands_and_captions(
        painter,
        area,
        gesture(),
        9,
        LIGHT,
        1.0,
        lambda _, pose: describe_pose("a very long name of a recording " * 5, pose),
    )
    painter.end()
    below = np.frombuffer(image.constBits(), np.uint8).reshape(240, 300, 4)[190:215, :, :3]
    columns = np.flatnonzero((below < 200).any(axis=(0, 2)))
    assert columns.min() >= 40 and columns.max() < 220


@pytest.mark.parametrize("room", [150, 170, 200, 400])
def test_a_caption_is_cut_in_its_title_and_at_the_same_letter_in_each_frame(room: int) -> None:
    made = replace(two(), titles=("not my problem, session 12, trial 3", "flashlight, session 10, trial 12"))
    metrics = QFontMetrics(font(SMALL))
    shown = [
        [
            fitting_caption(metrics, title, pose, describe_pose, room)
            for title, pose in zip(made.titles, poses, strict=True)
        ]
        for poses in map(made.poses, range(-1, 14))
    ]
    assert all(metrics.horizontalAdvance(text) <= room for texts in shown for text in texts)
    for number, whole in enumerate(made.titles):
        texts = [each[number] for each in shown]
        titles = {text.rpartition(",")[0].removeprefix("outlined: ") for text in texts}
        assert len(titles) == 1 and (titles == {whole} or "…" in next(iter(titles)))
        ends = [captions(made, at)[number].rpartition(",")[2] for at in range(-1, 14)]
        assert [text.rpartition(",")[2] for text in texts] == ends


@pytest.mark.parametrize("shown", [gesture(), two(), two(apart=True)], ids=["one", "outlined", "apart"])
@pytest.mark.parametrize("size", [(200, 120), (120, 200)])
def test_hands_have_the_same_share_of_their_area_at_any_unit(shown: Gesture, size: tuple[int, int]) -> None:
    width, height = size
    once = hand_areas(QRectF(10, 20, width, height), shown)
    thrice = hand_areas(QRectF(30, 60, 3 * width, 3 * height), shown, 3.0)
    for small, large in zip(once, thrice, strict=True):
        assert large.getRect() == pytest.approx([3 * each for each in small.getRect()])
        assert small.isValid() and small.bottom() < 20 + height, "a caption has room below"
