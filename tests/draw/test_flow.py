"""Arrows of the flow point where paths go, in pictures of every kind, and the legend says how many steps they take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.analysis.flow import LEAST
from auslan_explorer.core.colours import sign_colours
from auslan_explorer.core.flow import Flow
from auslan_explorer.core.session import Colouring, opening_state
from auslan_explorer.draw.flow import FlowArrows
from auslan_explorer.draw.paint import legend_box
from auslan_explorer.draw.paint_flow import arrow_pixels, paint_flow
from auslan_explorer.draw.picture import Picture, save
from auslan_explorer.draw.scene import Scene, build_scene_of_projection
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.draw.view import View2D
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = 400
VIEW = View2D(-10, 10, -10, 10, SIZE, SIZE)


def scene(theme: Theme = LIGHT, **changes: object) -> Scene:
    a = made_up_activations(recordings_per_sign=60)
    state = replace(opening_state(a), log_scale=False, flow=True, points=False, lines=False, labels=False)
    return build_scene_of_projection(a, a.projections[2], replace(state, **changes), theme)  # type: ignore[arg-type]


def painted(drawn: Scene, theme: Theme) -> np.ndarray:
    """Return how much each pixel differs from the paper, of the arrows alone."""
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill((255 << 24) | (theme.background[0] << 16) | (theme.background[1] << 8) | theme.background[2])
    with QPainter(image) as painter:
        paint_flow(painter, drawn, VIEW, theme)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)[..., 2::-1].astype(int)
    return np.abs(pixels - np.array(theme.background)).max(axis=2)


def arrows(*moves: tuple[float, float], agreement: float = 1.0) -> Scene:
    places = np.array([[-5.0, 5.0 - 5 * i] for i in range(len(moves))], np.float32)
    flow = Flow(places, np.array(moves, np.float32), np.full(len(moves), 10),
                np.full(len(moves), agreement, np.float32), 2.0, 10)  # fmt: skip
    return replace(scene(), flows=(FlowArrows(flow, LIGHT.foreground),))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_an_arrow_runs_from_its_place_to_where_paths_go(theme: Theme) -> None:
    drawn = replace(arrows((1.0, 0.0), (0.0, 0.5)), flows=())
    assert not painted(drawn, theme).any()
    drawn = arrows((1.0, 0.0), (0.0, 0.5))
    ink = painted(replace(drawn, flows=(replace(drawn.flows[0], colour=theme.foreground),)), theme) > 60
    # A cell is 40 pixels wide: the longest arrow 38, that of half the movement half of it (but for a quantile of two).
    starts, ends = arrow_pixels(drawn.flows[0].flow.places, drawn.flows[0].flow.moves, 2.0, VIEW, 1.0)
    np.testing.assert_allclose(starts, [[100, 100], [100, 200]], atol=0.01)
    np.testing.assert_allclose(ends[0], [138, 100], atol=0.01)
    assert ends[1][0] == pytest.approx(100) and 200 - ends[1][1] == pytest.approx(38 * 0.5 / 0.95)
    _, columns = np.nonzero(ink[60:140, 60:180])
    assert 99 <= columns.min() + 60 <= 101 and 136 <= columns.max() + 60 <= 140
    # The head: wide near the end, not at the beginning.
    assert np.ptp(np.nonzero(ink[60:140, 133])[0]) >= 3 and np.ptp(np.nonzero(ink[60:140, 108])[0]) <= 2
    assert ink[185:195, 100].any() and not ink[205:240, 90:110].any(), "up is up"


def test_where_paths_do_not_agree_arrows_are_faint() -> None:
    strong, faint = (painted(arrows((1.0, 0.0), agreement=each), LIGHT).max() for each in (0.9, 0.1))
    assert faint < 0.6 * strong


def test_by_sign_each_sign_has_its_own_colour_else_one_is_of_all_that_is_selected() -> None:
    a = made_up_activations(recordings_per_sign=60)
    assert [each.colour for each in scene().flows] == [LIGHT.foreground]
    assert scene().flows[0].flow.counts.sum() > 0
    chosen = tuple(np.flatnonzero(a.sign < 2).tolist())
    one, other = scene(colouring=Colouring.SIGN, selected=chosen).flows
    table = sign_colours(4, [0, 1])
    assert one.colour == tuple(table[0]) and other.colour == tuple(table[1])
    both = scene(selected=chosen).flows
    assert len(both) == 1 and both[0].flow.counts.sum() < scene().flows[0].flow.counts.sum()
    assert not scene(flow=False).flows


def test_the_legend_says_what_an_arrow_is_the_mean_of() -> None:
    with_arrows, without = scene(), scene(flow=False)
    assert with_arrows.arrows == f"arrow: mean of {with_arrows.flows[0].flow.least} steps or more"
    assert without.arrows == ""
    assert scene(selected=(0,)).arrows == f"no arrows: nowhere {LEAST} steps"
    assert legend_box(with_arrows).height > legend_box(without).height


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_every_kind_of_picture_has_it(suffix: str, tmp_path: Path) -> None:
    sizes = []
    for shown in (True, False):
        out = tmp_path / f"{shown}{suffix}"
        save(Picture(scene(flow=shown), LIGHT, SIZE, SIZE, view=VIEW), out)
        sizes.append(out.stat().st_size)
    assert sizes[0] > sizes[1] + 300
