from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.draw.labels import nice_ticks, place_labels, place_pairs, tick_text


def overlaps(placed: list, taken: tuple = ()) -> bool:
    boxes = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in placed] + list(taken)
    return any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for i, a in enumerate(boxes) for b in boxes[:i]
    )


def test_no_label_overlaps_another_or_leaves_the_picture() -> None:
    rng = np.random.default_rng(0)
    n = 200
    x, y = rng.uniform(0, 500, n), rng.uniform(0, 400, n)
    taken = ((400.0, 0.0, 500.0, 60.0),)
    placed = place_labels(x, y, rng.uniform(20, 90, n).tolist(), [15.0] * n, [0] * n, (500, 400), 4, taken)
    assert 30 < len(placed) < n
    assert not overlaps(placed, taken)
    assert all(p.x >= 0 and p.y >= 0 and p.x + p.width <= 500 and p.y + p.height <= 400 for p in placed)


def test_more_room_more_names() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 1, 94), rng.uniform(0, 1, 94)
    counts = [len(place_labels(x * s, y * s, [60.0] * 94, [15.0] * 94, [0] * 94, (s, s), 4)) for s in (200, 400, 1600)]
    assert counts[0] < counts[1] < counts[2]


def test_low_rank_goes_first() -> None:
    x = y = np.array([50.0, 51.0])
    assert [p.number for p in place_labels(x, y, [90, 90], [90, 90], [1, 0], (100, 100), 2)] in ([1], [])
    placed = place_labels(x, y, [45, 45], [90, 90], [1, 0], (100, 100), 2)
    assert placed[0].number == 1


def test_ticks_are_round_and_few() -> None:
    assert nice_ticks(-3.0, 3.2, 6) == [-2.0, 0.0, 2.0]
    assert nice_ticks(0, 1, 5) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert nice_ticks(1, 1, 5) == [] and nice_ticks(0, float("nan"), 5) == []
    assert tick_text(-2.0) == "\N{MINUS SIGN}2" and tick_text(0.2) == "0.2"


@pytest.mark.parametrize("zoom", [0.3, 1, 4])
def test_pairs_stand_above_and_below_and_never_overlap(zoom: float) -> None:
    rng = np.random.default_rng(2)
    x, y = np.repeat(rng.uniform(100, 100 + 300 * zoom, 19), 2), np.repeat(rng.uniform(100, 100 + 200 * zoom, 19), 2)
    widths = rng.uniform(30, 90, 38).tolist()
    placed = place_pairs(x, y, widths, 15.0, range(38), (1400, 1000), 4)
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
    everything = placed + place_labels(
        x,
        y,
        widths,
        [15.0] * 38,
        [0] * 38,
        (1400, 1000),
        4,
        [(p.x, p.y, p.x + p.width, p.y + p.height) for p in placed],
    )
    assert not overlaps(everything)
