"""Two paths are lined up at the least cost, monotonically and without leaving a step out."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from auslan_explorer.analysis.dtw import PathStore, squared_distances
from auslan_explorer.analysis.warping import step_beside, warp


def _path(seed: int, steps: int) -> np.ndarray:
    return np.cumsum(np.random.default_rng(seed).normal(0, 1, (steps, 4)), axis=0)


def test_a_path_lies_beside_itself_step_by_step() -> None:
    path = _path(0, 12)
    assert np.array_equal(warp(path, path), np.stack([np.arange(12)] * 2, axis=1))


@pytest.mark.parametrize(("first", "second"), [(1, 1), (1, 7), (7, 1), (9, 14), (30, 11)])
def test_every_step_is_paired_in_order_from_both_beginnings_to_both_ends(first: int, second: int) -> None:
    pairs = warp(_path(1, first), _path(2, second))
    assert pairs[0].tolist() == [0, 0] and pairs[-1].tolist() == [first - 1, second - 1]
    moves = np.diff(pairs, axis=0)
    assert np.isin(moves, (0, 1)).all() and (moves.sum(axis=1) > 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_cost_is_the_distance_that_recordings_are_compared_by(seed: int) -> None:
    first, second = _path(seed, 20), _path(seed + 50, 15)
    pairs = warp(first, second)
    cost = ((first[pairs[:, 0]] - second[pairs[:, 1]]) ** 2).sum()
    store = PathStore(np.concatenate([first, second]), np.array([0, 20, 35]))
    least = squared_distances(store.queries(np.array([0])), store.targets(np.array([1])))[0, 0] * store.scaling.scale**2
    assert np.isclose(cost, least, rtol=1e-4)


def test_a_path_at_half_speed_lies_beside_its_own_moments() -> None:
    path = _path(3, 10)
    slow = np.repeat(path, 2, axis=0)
    beside = step_beside(warp(path, slow), len(path))
    assert np.array_equal(beside // 2, np.arange(10))
    assert np.array_equal(step_beside(warp(slow, path), len(slow)), np.repeat(np.arange(10), 2))


def test_the_scale_is_that_of_all_states_and_takes_little_memory_beside_them() -> None:
    states = np.random.default_rng(1).normal(3, 2, (60_000, 16)).astype(np.float32)
    tracemalloc.start()
    store = PathStore(states, np.arange(0, 60_001, 100))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert np.isclose(store.scaling.scale, np.sqrt(states.var(axis=0, dtype=np.float64).sum()), rtol=1e-12)
    assert peak < 1.5 * states.nbytes, "in double precision all of them at once would take four times as much"


def test_paths_far_from_zero_are_compared_as_precisely_as_those_around_it() -> None:
    paths = np.concatenate([_path(3, 9), _path(4, 12)])
    near, far = (PathStore(states, np.array([0, 9, 21])) for states in (paths, paths + 1e7))
    found = [squared_distances(each.queries(np.array([0])), each.targets(np.array([1]))) for each in (near, far)]
    assert found[1] == pytest.approx(found[0], rel=1e-5)
