"""Axes of a 2-D map: their titles keep clear of the caption and of the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from auslan_explorer.core.session import opening_state
from auslan_explorer.draw import paint_axes as axes
from auslan_explorer.draw.paint import font
from auslan_explorer.draw.paint_axes import axis_boxes, paint_axes
from auslan_explorer.draw.scene import Scene, build_scene_of_projection
from auslan_explorer.draw.theme import DARK, LIGHT, SMALL, Theme
from auslan_explorer.draw.view import View2D
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def scene() -> Scene:
    a = made_up_activations()
    return build_scene_of_projection(a, a.projections[2], opening_state(a), LIGHT)


def painted(scene: Scene, view: View2D, theme: Theme, scale: float, top: float = 0.0) -> np.ndarray:
    """Return the axes alone, as grey values, shape (height, width)."""
    image = QImage(round(view.width), round(view.height), QImage.Format.Format_Grayscale8)
    image.fill(255 if theme is LIGHT else 20)
    with QPainter(image) as painter:
        paint_axes(painter, scene, view, theme, scale, top)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


@pytest.mark.parametrize("top", [0.0, 150.0, 280.0])
def test_the_vertical_title_keeps_below_a_caption(scene: Scene, top: float) -> None:
    view = View2D.fit(scene.low, scene.high, 760, 320)
    box = axis_boxes(scene, view, 2.0, top)[3]
    assert box[1] >= top or box[0] == box[2]
    words = painted(scene, view, LIGHT, 2.0, top)[: int(top), int(box[0]) + 1 : int(box[0]) + 32]
    zero = words.min(axis=1) < 255
    assert zero.sum() <= 4, "at most the line through zero crosses the place of the title above"
    if top == 150.0:
        room = QFontMetricsF(font(2 * SMALL)).horizontalAdvance(scene.axis_titles[1].partition(" (")[0])
        assert box[3] - box[1] < room + 20, "without its scale, which the other title names"
    if top == 280.0:
        assert box[0] == box[2], "there is no room for it"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_ground_of_a_title_cuts_no_number(scene: Scene, theme: Theme, scale: float) -> None:
    for height in (300, 420, 640):
        view = View2D.fit(scene.low * np.float32(0.5), scene.high * np.float32(0.5), 500, height)
        ticks = axes._vertical_ticks(view, scale)
        assert ticks
        widest = max(QFontMetricsF(font(SMALL * scale)).horizontalAdvance(text) for _, text in ticks)
        left, top, right, bottom = axis_boxes(scene, view, scale)[3]
        assert left - 2 * scale >= 7 * scale + widest, (height, [text for _, text in ticks])
        assert QRectF(left, top, right - left, bottom - top).isValid()


@pytest.mark.parametrize("log_scale", [True, False])
def test_titles_say_when_the_scale_is_the_signed_log(log_scale: bool) -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[2], replace(opening_state(a), log_scale=log_scale), LIGHT)
    assert [title.endswith(" (signed log)") for title in scene.axis_titles] == [log_scale] * 2
    assert [title.removesuffix(" (signed log)")[-2:] for title in scene.axis_titles] == [" 1", " 2"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("zoom", [0.004, 1.0, 300.0])
def test_the_box_of_the_vertical_numbers_is_as_wide_as_they_are(scene: Scene, scale: float, zoom: float) -> None:
    view = View2D.fit(scene.low * np.float32(zoom), scene.high * np.float32(zoom), 500, 420)
    _, _, right, bottom = axis_boxes(scene, view, scale)[1]
    assert bottom == view.height
    rows = [round(at) for at, _ in axes._vertical_ticks(view, scale)]
    assert rows
    ink = painted(scene, view, LIGHT, scale)
    # Between the hairline of a tick and the title; the line through zero is fainter than numbers.
    beside = np.concatenate([ink[at - 2 : at + 3, int(5 * scale) : int(70 * scale)] for at in rows])
    columns = np.flatnonzero((beside < 190).any(axis=0)) + int(5 * scale)
    numbers = columns[columns < axes._title_left(view, scale)]
    assert right - 6 * scale <= numbers.max() <= right, [text for _, text in axes._vertical_ticks(view, scale)]


def test_the_ground_of_a_title_is_as_much_wider_as_everything_is_larger(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounds: list[QRectF] = []
    monkeypatch.setattr(axes, "paint_ground", lambda _painter, box, *_: grounds.append(box))
    for scale in (1.0, 2.0, 4.0):
        view = View2D.fit(scene.low, scene.high, 500 * scale, 420 * scale)
        painted(scene, view, LIGHT, scale)
        boxes = axis_boxes(scene, view, scale)[2:]
        assert len(grounds) == len(boxes) == 2
        for ground, (left, top, right, bottom) in zip(grounds, boxes, strict=True):
            assert (ground.left(), ground.right()) == pytest.approx((left - 2 * scale, right + 2 * scale))
            assert (ground.top(), ground.bottom()) == pytest.approx((top, bottom))
        grounds.clear()
