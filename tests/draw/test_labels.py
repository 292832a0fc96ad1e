from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.draw.labels import (
    ABOVE,
    BELOW,
    LEFT,
    RIGHT,
    OccupancyGrid,
    Placed,
    by_importance,
    place_labels,
    place_pairs,
)
from auslan_explorer.draw.paint_labels import leader_line
from auslan_explorer.draw.ticks import nice_ticks, tick_text


def overlaps(placed: list, taken: tuple = ()) -> bool:
    boxes = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in placed] + list(taken)
    return any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for i, a in enumerate(boxes) for b in boxes[:i]
    )


def placed_names(
    x: np.ndarray, y: np.ndarray, sizes: np.ndarray, ranks: list[int], grid: OccupancyGrid
) -> list[Placed]:
    anchors = np.column_stack([x, y])
    order = by_importance(anchors, ranks, (grid.width, grid.height), {})
    return place_labels(order, anchors, sizes, grid, 4, margin=4)


def test_among_equals_those_with_more_room_around_them_come_first() -> None:
    anchors = np.array([[300.0, 40], [312, 40], [10, 12], [312, 70], [290, 900]])
    assert by_importance(anchors, [0] * 5, (400, 100), {}) == [2, 3, 0, 1], "what lies outside is left out"
    assert by_importance(anchors, [0, 0, 1, 0, 0], (400, 100), {}) == [3, 0, 1, 2]
    assert by_importance(anchors, [0] * 5, (400, 100), {1: 0}) == [1, 2, 3, 0]


def test_no_label_overlaps_another_or_leaves_the_picture() -> None:
    rng = np.random.default_rng(0)
    n = 200
    x, y = rng.uniform(0, 500, n), rng.uniform(0, 400, n)
    grid, taken = OccupancyGrid(500, 400), (400.0, 0.0, 500.0, 60.0)
    grid.occupy(*taken)
    placed = placed_names(x, y, np.column_stack([rng.uniform(20, 90, n), np.full(n, 15.0)]), [0] * n, grid)
    assert 30 < len(placed) < n
    assert not overlaps(placed, (taken,))
    assert all(p.x >= 0 and p.y >= 0 and p.x + p.width <= 500 and p.y + p.height <= 400 for p in placed)


def test_more_room_more_names() -> None:
    rng = np.random.default_rng(1)
    x, y, sizes = rng.uniform(0, 1, 94), rng.uniform(0, 1, 94), np.full((94, 2), (60.0, 15.0))
    counts = [len(placed_names(x * s, y * s, sizes, [0] * 94, OccupancyGrid(s, s))) for s in (200, 400, 1600)]
    assert counts[0] < counts[1] < counts[2]


def test_low_rank_goes_first_and_what_is_outside_is_not_named() -> None:
    x, y = np.array([50.0, 51.0, 120.0, np.nan]), np.array([50.0, 51.0, 50.0, 50.0])
    placed = placed_names(x, y, np.full((4, 2), (40.0, 90.0)), [1, 0, 0, 0], OccupancyGrid(100, 100))
    assert [spot.number for spot in placed] == [1, 0]


def test_a_label_stays_on_its_side_and_the_same_words_stand_apart() -> None:
    anchors = np.array([[50, 50], [52, 51], [150, 50], [60, 20]], dtype=float)
    sizes = np.full((4, 2), (40.0, 12.0))
    sides = {0: (LEFT,), 1: (LEFT,), 2: (RIGHT,), 3: (LEFT,)}
    placed = place_labels(
        range(4), anchors, sizes, OccupancyGrid(200, 100), 5, sides=sides, kinds=[0, 1, 0, 0], apart=60
    )
    assert [(spot.number, spot.side) for spot in placed] == [(0, LEFT), (2, RIGHT)]


def test_a_label_goes_to_another_side_where_its_own_is_taken() -> None:
    for sides, expected in (((RIGHT,), []), ((RIGHT, ABOVE, BELOW, LEFT), [LEFT])):
        grid = OccupancyGrid(200, 100)
        assert grid.claim(110, 40, 30, 20) and not grid.claim(110, 40, 30, 20)
        found = place_labels([0], np.array([[100.0, 50.0]]), np.array([[40.0, 16.0]]), grid, 5, sides={0: sides})
        assert [spot.side for spot in found] == expected


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_a_grid_knows_what_is_covered(scale: float) -> None:
    grid = OccupancyGrid(200, 100, scale)
    assert not grid.claim(180, 10, 30, 10) and not grid.claim(float("nan"), 10, 30, 10), "labels stay in the picture"
    grid.occupy(-50, -50, 20, 20)
    kept = grid.copy()
    assert not grid.claim(10, 10, 30, 10) and grid.claim(30, 10, 30, 10)
    assert kept.claim(30, 10, 30, 10) and not kept.claim(64, 10, 20, 10, margin=8)


def test_ticks_are_round_and_few() -> None:
    assert nice_ticks(-3.0, 3.2, 6) == [-2.0, 0.0, 2.0]
    assert nice_ticks(0, 1, 5) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert nice_ticks(1, 1, 5) == [] and nice_ticks(0, float("nan"), 5) == []
    assert tick_text(-2.0) == "\N{MINUS SIGN}2" and tick_text(0.2) == "0.2"


@pytest.mark.parametrize("zoom", [0.3, 1, 4])
def test_pairs_stand_above_and_below_and_never_overlap(zoom: float) -> None:
    rng = np.random.default_rng(2)
    x, y = np.repeat(rng.uniform(100, 100 + 300 * zoom, 19), 2), np.repeat(rng.uniform(100, 100 + 200 * zoom, 19), 2)
    anchors = np.column_stack([x, y])
    sizes = np.column_stack([rng.uniform(30, 90, 38), np.full(38, 15.0)])
    grid = OccupancyGrid(1400, 1000)
    placed = place_pairs(range(38), anchors, sizes, grid, 4)
    assert not overlaps(placed)
    assert len(placed) % 2 == 0 and len(placed) >= 20
    for truth, answer in zip(placed[::2], placed[1::2], strict=True):
        assert truth.number + 1 == answer.number and truth.y + truth.height <= answer.y
        if truth.leader is None and answer.leader is None:
            assert truth.y + truth.height <= y[truth.number] <= answer.y
        else:
            spot, leader = (truth, truth.leader) if truth.leader else (answer, answer.leader)
            assert leader is not None
            end = spot.x + leader[0], spot.y + leader[1]
            assert end == pytest.approx((x[truth.number], y[truth.number]))
    everything = placed + place_labels(range(38), anchors, sizes, grid, 4, margin=4)
    assert len(everything) >= len(placed) and not overlaps(everything)


def test_a_label_that_is_left_out_keeps_no_other_from_its_place() -> None:
    anchors = np.array([[20.0, 50.0], [30.0, 50.0], [150.0, 50.0]])
    placed = place_labels(
        range(3), anchors, np.full((3, 2), (10.0, 8.0)), OccupancyGrid(200, 100), 5, kinds=[0, 0, 1], apart=60
    )
    assert [spot.number for spot in placed] == [0, 2]


def test_pairs_take_no_more_room_than_their_height() -> None:
    y = np.repeat(np.arange(5) * 36 + 30, 2)
    anchors, sizes = np.column_stack([np.full(10, 50), y]), np.full((10, 2), (30.0, 10.0))
    placed = place_pairs(range(10), anchors, sizes, OccupancyGrid(200, 230), 4, reach=0)
    assert [each.number for each in placed] == list(range(10))


def test_rectangles_may_touch_where_no_margin_is_asked_for() -> None:
    grid = OccupancyGrid(200, 100, 1.0)
    cell = grid._cell
    assert grid.claim(10 * cell, 10, 3 * cell - 0.5, 10)
    assert grid.claim(13 * cell, 10, 3 * cell - 0.5, 10)
    assert not grid.claim(16 * cell, 10, 10, 10, margin=1.0)


@pytest.mark.parametrize(
    ("leader", "edge"),
    [((-9, 5), (10, 25)), ((50, 5), (40, 25)), ((15, -3), (25, 20)), ((15, 30), (25, 28)), ((-9, -3), (10, 20)),
     ((50, 30), (40, 28)), ((15, 4), (25, 24))],
)  # fmt: skip
def test_a_leader_line_runs_from_the_edge_that_faces_the_point(
    leader: tuple[float, float], edge: tuple[float, float]
) -> None:
    start, end = leader_line(Placed(0, 10, 20, 30, 8, leader))
    assert (start.x(), start.y()) == edge and (end.x(), end.y()) == (10 + leader[0], 20 + leader[1])
