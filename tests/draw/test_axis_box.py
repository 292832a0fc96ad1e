"""The box around a map in three dimensions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.session import opening_state
from auslan_explorer.draw import paint_box
from auslan_explorer.draw.axis_box import AxisBox, round_ticks
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.draw.ticks import tick_text
from auslan_explorer.draw.view import Camera
from tests.made_up import made_up_activations


def test_ticks_are_round_and_few() -> None:
    assert round_ticks(-2.1, 2.3).tolist() == [-2, -1, 0, 1, 2]
    for low, high in ((0.0, 0.013), (-800.0, 1234.0), (3.0, 3.4)):
        ticks = round_ticks(low, high)
        assert 2 <= len(ticks) <= 8
        assert (ticks >= low - 1e-9).all()
        assert (ticks <= high + 1e-9).all()
    assert tick_text(-1.0) == "\N{MINUS SIGN}1"
    assert [tick_text(value) for value in round_ticks(-1, 1)] == [
        "\N{MINUS SIGN}1",
        "\N{MINUS SIGN}0.5",
        "0",
        "0.5",
        "1",
    ]


@pytest.mark.parametrize("azimuth", [20.0, 110.0, 200.0, 290.0])
@pytest.mark.parametrize("elevation", [-50.0, 25.0, 60.0])
def test_axes_are_labelled_on_the_outline_below_and_at_the_right(azimuth: float, elevation: float) -> None:
    box = AxisBox(np.array([-1.0, -2.0, -1.5]), np.array([2.0, 1.0, 1.0]))
    camera = Camera((0.5, -0.5, -0.25), 14.0, azimuth, elevation, 600.0, 400.0)
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
    limits = np.array([box.low, box.high], dtype=np.float32)

    def project(positions: np.ndarray) -> np.ndarray:
        return np.stack(camera.to_pixels(positions), axis=1)

    places = project(np.stack([limits[corners[:, axis], axis] for axis in range(3)], axis=1))
    edges = box.edges(box.far_sides(camera.position), project)
    assert [edge.axis for edge in edges] == [0, 1, 2]
    for edge in edges:
        start, end = edge.ends
        across = np.array([end[1] - start[1], start[0] - end[0]]) / np.linalg.norm(end - start)
        beyond = (places - start) @ (across * np.sign(across @ edge.outward))
        assert beyond.max() < 0.5, "the box reaches beyond an edge that carries labels"
        assert len(edge.ticks_at) == len(box.ticks[edge.axis])
        along = ((edge.ticks_at - start) @ (end - start)) / ((end - start) @ (end - start))
        assert (np.diff(along) > 0).all() and along[0] >= 0 and along[-1] <= 1
        assert abs(edge.outward @ (end - start)) < 1e-3 * np.linalg.norm(end - start)
        # Of the edges on the outline it is the lowest, and for z the one at the right.
        middle = (start + end) / 2
        others = [
            (places[i] + places[j]) / 2
            for i in range(8)
            for j in range(8)
            if corners[j, edge.axis] - corners[i, edge.axis] == 1 and abs(corners[j] - corners[i]).sum() == 1
        ]
        side = 0 if edge.axis == 2 else 1
        assert middle[side] >= max(other[side] for other in others) - 0.5


def test_zero_has_no_sign() -> None:
    ticks = round_ticks(-1, 1)
    assert not np.signbit(ticks[ticks == 0]).any() and tick_text(ticks[2]) == "0"


def test_a_title_in_3_d_has_what_is_in_brackets_on_a_line_of_its_own(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[3], opening_state(a), LIGHT)
    scene = replace(scene, axis_titles=tuple(f"Principal component {n} (signed log)" for n in (1, 2, 3)))
    written: list[tuple[str, float]] = []
    monkeypatch.setattr(
        paint_box.TextPainter, "write", lambda _self, _x, baseline, text, _rgb: written.append((text, baseline))
    )
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    camera = Camera.fit(scene.low, scene.high, 640, 480)
    with QPainter(image) as painter:
        paint_box.paint_axes_3d(painter, scene, camera, LIGHT, 1.0)
    texts = [text for text, _ in written]
    titles = [f"Principal component {n}" for n in (1, 2, 3)]
    assert [text for text in texts if text.startswith("P")] == titles and texts.count("signed log") == 3
    for text, below in pairwise(written):
        if text[0] in titles:
            assert below[0] == "signed log" and below[1] > text[1]
