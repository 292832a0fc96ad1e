from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis.stability import (
    PHASES,
    align,
    align_ensemble,
    build_ensemble,
    mean_paths,
    mutual_neighbours,
    pairs,
    path_distances,
    verdict,
)
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.io.cache import cache_from_arrays
from tests.made_up import made_up_activations


def _turned(points: np.ndarray, angle: float, mirrored: bool = False) -> np.ndarray:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if mirrored:
        turn = turn @ np.diag([1, -1])
    return (points @ turn * 1.7 + np.array([3, -2])).astype(np.float32)


def _ensemble() -> Ensemble:
    a = made_up_activations()
    points = a.projections[2].points
    rng = np.random.default_rng(1)
    maps = [(seed, _turned(points + rng.normal(0, 0.05, points.shape), seed, seed % 2 == 1)) for seed in range(5)]
    return build_ensemble(a, maps, "abc", {"made": "up"})


def test_a_mean_path_begins_and_ends_where_its_recordings_do() -> None:
    a = made_up_activations()
    points = a.projections[2].points
    paths = mean_paths(a, points)
    own = a.sign == 2
    assert paths.shape == (4, PHASES, 2)
    assert paths[2, 0] == pytest.approx(points[a.offsets[:-1][own]].mean(axis=0), abs=1e-5)
    assert paths[2, -1] == pytest.approx(points[a.offsets[1:][own] - 1].mean(axis=0), abs=1e-5)
    one = path_distances(paths)
    assert one[0, 1] == pytest.approx(np.sqrt(np.square(paths[0] - paths[1]).sum(axis=1).mean()), rel=1e-5)
    assert (np.diag(one) == 0).all() and np.allclose(one, one.T)


def test_neighbours_are_mutual() -> None:
    place = np.array([0.0, 1.0, 1.5, 9.0])
    apart = np.abs(place[:, None] - place)
    near = mutual_neighbours(apart, 1)
    # The last one's nearest is the third, whose own nearest is the second.
    assert near.tolist() == [[False] * 4, [False, False, True, False], [False, True, False, False], [False] * 4]
    apart[3] = apart[:, 3] = np.nan
    assert not mutual_neighbours(apart, 3)[3].any() and mutual_neighbours(apart, 3)[0, 2]


def test_procrustes_takes_out_turn_mirroring_size_and_shift() -> None:
    points = np.random.default_rng(0).normal(size=(40, 2))
    other = _turned(points, 1.1, mirrored=True)
    assert align(other, points)(other) == pytest.approx(points, abs=1e-4)
    other[3] = np.nan
    assert align(other, points)(other[4:]) == pytest.approx(points[4:], abs=1e-4)


def test_maps_that_differ_by_a_turn_lie_on_one_another() -> None:
    ensemble = _ensemble()
    assert ensemble.sign_ends().std(axis=0).max() > 1
    laid = align_ensemble(ensemble)
    assert laid.sign_ends().std(axis=0).max() < 0.2
    onto = ensemble.paths[3]
    assert align_ensemble(ensemble, onto).paths[3] == pytest.approx(onto, abs=1e-4)


def test_pairs_are_counted_over_all_maps() -> None:
    ensemble = _ensemble()
    found = pairs(ensemble, 1)
    assert len(found) == 6 and {p.maps for p in found} == {5}
    for p in found:
        counted = sum(mutual_neighbours(path_distances(paths), 1)[p.one, p.other] for paths in ensemble.paths)
        assert p.path_maps == counted and p.path_distance == ensemble.full_paths[p.one, p.other]
    assert sorted(p.path_rank for p in found) == [1, 2, 3, 4, 5, 6]


def test_a_verdict_begins_at_its_share_of_the_maps() -> None:
    expected = {"stays": (20, 18), "mostly stays": (17, 10), "comes and goes": (9, 3), "seldom": (2, 1), "never": (0,)}
    assert {word: tuple(n for n in range(20, -1, -1) if verdict(n, 20) == word) for word in expected} == {
        word: tuple(range(ends[0], ends[-1] - 1, -1)) for word, ends in expected.items()
    }
    assert verdict(0, 0) == "never"


def test_every_column_of_a_pair_is_its_own() -> None:
    """Distances, ranks, neighbours in the full space and on maps: of paths and of ends, counted pair by pair."""
    rng = np.random.default_rng(7)
    signs, k = ("think", "b", "crazy", "d", "e", "f", "g", "h"), 3
    count = len(signs)

    def distances() -> np.ndarray:
        half = np.triu(rng.uniform(0.5, 5, (count, count)), 1)
        return half + half.T

    paths = rng.normal(0, 1, (9, count, 4, 2)).astype(np.float32)
    ensemble = Ensemble(tuple(range(9)), paths, paths[:, :, -1], distances(), distances(), signs, "", {})

    def near(apart: np.ndarray, i: int, j: int) -> bool:
        ranks = [sorted(x for n, x in enumerate(apart[a]) if n != a).index(apart[a, b]) for a, b in ((i, j), (j, i))]
        return max(ranks) < k

    def on_maps(i: int, j: int, moments: slice) -> int:
        found = 0
        for each in ensemble.paths:
            part = each[:, moments].astype(float)
            apart = np.sqrt(np.square(part[:, None] - part[None]).sum(axis=3).mean(axis=2))
            found += near(apart, i, j)
        return found

    found = pairs(ensemble, k)
    every = {(i, j) for i in range(count) for j in range(i + 1, count)}
    assert {(p.one, p.other) for p in found} == every
    for p in found:
        i, j = p.one, p.other
        for full, distance, rank, true in (
            (ensemble.full_paths, p.path_distance, p.path_rank, p.path_true),
            (ensemble.full_ends, p.end_distance, p.end_rank, p.end_true),
        ):
            assert distance == full[i, j] and true == near(full, i, j)
            assert rank == 1 + sum(full[pair] < full[i, j] for pair in every)
        assert (p.path_maps, p.end_maps) == (on_maps(i, j, slice(None)), on_maps(i, j, slice(-1, None)))
        assert p.verdict == verdict(p.path_maps, 9)
    # The article's pair first, then the more stable ones.
    assert (found[0].one, found[0].other, found[0].article) == (0, 2, 0) and {p.article for p in found[1:]} == {-1}
    order = [(-p.path_maps, -p.end_maps, p.path_rank) for p in found[1:]]
    assert order == sorted(order)


def test_a_recording_of_one_step_ends_where_that_step_is() -> None:
    a = cache_from_arrays(np.eye(6, 3, dtype=np.float32), [1, 3, 1, 1], sign=[0, 0, 1, 1], signs=("a", "b"))
    points = np.arange(12, dtype=np.float32).reshape(6, 2) + 1
    made = build_ensemble(a, [(7, points), (9, -points)], "it", {})
    assert made.seeds == (7, 9)
    np.testing.assert_array_equal(made.ends, [points[[0, 3, 4, 5]], -points[[0, 3, 4, 5]]])


def test_one_sign_alone_has_no_neighbour_and_nothing_is_laid_over_nothing() -> None:
    assert mutual_neighbours(np.zeros((1, 1)), 5).tolist() == [[False]]
    assert not mutual_neighbours(np.full((2, 2), np.nan), 5).any()
    nothing = np.full((3, 2), np.nan)
    found = align(nothing, np.zeros((3, 2)))
    points = np.array([[1.0, 2.0], [-3.0, 4.0]])
    np.testing.assert_allclose(found(points), points)
