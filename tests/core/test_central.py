from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.central import central_recordings, central_rows
from auslan_explorer.core.trajectories import Trajectories
from tests.made_up import made_up_activations


def one_by_one(points: np.ndarray, groups: np.ndarray) -> list[int]:
    found = []
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        middle = np.median(points[rows], axis=0)
        found.append(int(rows[np.argmin(((points[rows] - middle) ** 2).sum(axis=1))]))
    return found


@pytest.mark.parametrize("dims", [2, 3])
def test_the_most_central_point_of_each_group_is_that_found_one_by_one(dims: int) -> None:
    rng = np.random.default_rng(4)
    for count in (1, 2, 30, 400):
        # Rounded, so that some are as near as others, on both sides of zero.
        points = rng.normal(0, 2, (count, dims)).round(1).astype(np.float32)
        groups = rng.integers(-1, 9, count).astype(np.int16)
        assert central_rows(points, groups).tolist() == one_by_one(points, groups)


def test_of_nothing_there_is_none() -> None:
    assert not len(central_rows(np.zeros((0, 2), dtype=np.float32), np.zeros(0, dtype=np.int16)))


def test_central_recordings_are_those_of_what_is_chosen_and_of_all_where_nothing_is() -> None:
    """As if they were looked for among these recordings anew, whatever was asked before."""
    a = made_up_activations()
    paths = Trajectories.build(a, a.projections[2], log_scale=True)
    rng = np.random.default_rng(6)
    ends = paths.vertices[paths.last_vertex]
    everybody = np.ones(len(a), dtype=bool)
    for among, signs in ((everybody, a.sign), (everybody, rng.permutation(a.sign)), (rng.random(len(a)) < 0.8, a.sign)):
        for share in (0.0, 0.1, 0.9, 1.0):
            chosen = rng.random(len(a)) < share
            in_front = np.isin(signs, signs[among & chosen])
            asked = np.flatnonzero(among & (chosen | ~in_front))
            found = central_recordings(paths, signs, among, chosen)
            assert found.tolist() == asked[one_by_one(ends[asked], signs[asked])].tolist()
