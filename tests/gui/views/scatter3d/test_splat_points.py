"""Of very many points a coarse image shows some, and those on top; all of them come from a thread."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.views.scatter3d import splat_points, splat_whole
from auslan_explorer.gui.views.scatter3d.scene_arrays import VertexColours, VertexPositions
from auslan_explorer.gui.views.scatter3d.splat_cache import SplatCache, SplatCamera
from auslan_explorer.gui.views.scatter3d.splat_points import SplattedPoints

GREY, RED = (100, 100, 100, 36), (220, 0, 0, 235)
WHITE, FOG = (1.0, 1.0, 1.0), 0.5
COUNT, CHOSEN = 6000, 4001


def camera(width: int = 120) -> SplatCamera:
    return SplatCamera(np.eye(4, dtype=np.float32), width, 90, (0.0, 2.0))


def inked(image: QImage) -> np.ndarray:
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[pixels[..., 3] > 0]


def colours(ground: tuple[int, ...] = GREY) -> VertexColours:
    """Everything has the colour of the ground but one point, which is red and on top."""
    top = np.arange(COUNT) == CHOSEN
    rgb = np.where(top[:, None], RED[:3], ground[:3]).astype(np.uint8)
    every = np.arange(COUNT)
    faint = np.array(ground, dtype=np.uint8)
    return VertexColours(lambda rows: rgb[rows], every, top, np.append(top, False), faint, 1, every)


@pytest.fixture
def points(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SplattedPoints:
    monkeypatch.setattr(splat_points, "MOST_AT_ONCE", 500)
    out = SplattedPoints()
    places = np.random.default_rng(2).uniform(-0.9, 0.9, (COUNT, 3)).astype(np.float32)
    out.set_vertices(VertexPositions(places, np.arange(COUNT)))
    out.set_points(np.arange(COUNT, dtype=np.uint32))
    out.set_colours(colours())
    return out


def test_a_coarse_image_has_some_points_and_the_chosen_one(points: SplattedPoints) -> None:
    seen = inked(points.coarse(COUNT, camera(), WHITE, FOG))
    assert 500 < len(seen) < 4 * 520
    assert (seen[:, 0].astype(int) - seen[:, 1] > 80).any()
    early = inked(points.coarse(CHOSEN, camera(140), WHITE, FOG))
    assert not (early[:, 0].astype(int) - early[:, 1] > 80).any(), "it has not appeared yet"
    assert (np.diff(points._chosen(12)) > 0).all(), "a prefix is what has appeared"


def test_all_points_come_once_they_are_drawn_and_anew_after_a_change(points: SplattedPoints, qtbot: QtBot) -> None:
    with qtbot.waitSignal(points.whole_ready):
        assert points.whole(COUNT, camera(), WHITE, FOG) is None
    whole = points.whole(COUNT, camera(), WHITE, FOG)
    assert whole is not None
    coarse = points.coarse(COUNT, camera(), WHITE, FOG)
    assert len(inked(whole)) > 2 * len(inked(coarse))
    points.set_colours(colours(RED))
    with qtbot.waitSignal(points.whole_ready):
        assert points.whole(COUNT, camera(), WHITE, FOG) is None
    red = points.whole(COUNT, camera(), WHITE, FOG)
    assert red is not None and (inked(red)[:, 0] > inked(red)[:, 1]).all()


@pytest.mark.parametrize("selected", ["none", "one", "half"])
@pytest.mark.parametrize("closer", [1.0, 1.4])
def test_all_points_are_drawn_block_by_block_as_at_once(
    selected: str, closer: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splat_whole, "_BLOCK", 700)
    rng = np.random.default_rng(3)
    vertices = VertexPositions(rng.normal(0, 0.3, (COUNT, 3)).astype(np.float32), rng.permutation(COUNT))
    rgb = rng.integers(0, 255, (COUNT, 3), dtype=np.uint8)
    every, last = np.arange(COUNT), np.arange(COUNT) % 50 == 0
    top = np.append({"one": every == CHOSEN, "half": every % 2 == 0}.get(selected, every < 0), False)
    drawn = VertexColours(
        lambda rows: rgb[rows],
        every,
        last,
        None if selected == "none" else top,
        None if selected == "none" else np.array(GREY, dtype=np.uint8),
        int(top.sum()),
        vertices.order,
    )
    turned = np.eye(4, dtype=np.float32)
    turned[:3, :3] *= closer
    turned[2, 3], turned[3, 3] = 0.5, 1.5
    place = SplatCamera(turned, 120, 90, (1.0, 2.0))
    points = np.flatnonzero(every % 7).astype(np.uint32)
    found = np.zeros(120 * 90, dtype=np.uint32)
    splat_whole.splat_whole(vertices, points, drawn, place, WHITE, FOG, found)
    cache = SplatCache()
    rgba, on_top = drawn.of(points)
    cache.set_colours(rgba, WHITE, FOG)
    expected = cache.draw(np.ascontiguousarray(vertices.of(points).T), on_top, place)
    np.testing.assert_array_equal(found, np.frombuffer(expected.constBits(), dtype=np.uint32))
    assert (found > 0).any()


def test_the_last_of_several_requests_is_drawn(points: SplattedPoints, qtbot: QtBot) -> None:
    sizes = (60, 80, 100)
    for width in sizes:
        points.whole(COUNT, camera(width), WHITE, FOG)
    qtbot.waitUntil(lambda: points.whole(COUNT, camera(sizes[-1]), WHITE, FOG) is not None)


def test_drawing_all_points_takes_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splat_whole, "_BLOCK", 1 << 12)
    many, rng = 500_000, np.random.default_rng(4)
    rows = np.arange(many, dtype=np.uint32)
    vertices = VertexPositions(rng.normal(0, 0.3, (many, 3)).astype(np.float32), rows)
    grey = np.array(GREY[:3], dtype=np.uint8)
    drawn = VertexColours(lambda _: grey, rows, np.zeros(many, dtype=bool), None, None, 0, rows)
    picture = np.zeros(120 * 90, dtype=np.uint32)
    tracemalloc.start()
    try:
        splat_whole.splat_whole(vertices, rows, drawn, camera(120), WHITE, FOG, picture)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (picture > 0).any()
    # Pixels and colours, as given and in order, keys and sizes: distances, kept as long, would take 4 bytes a point.
    assert peak < 24 * many
