from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.end_neighbours import end_neighbours
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.projection import Projection
from tests.made_up import made_up_activations


def nearest(values: np.ndarray, a: Activations, recording: int, k: int) -> list[tuple[float, int]]:
    ends = {i: values[a.offsets[i + 1] - 1] for i in range(len(a)) if a.lengths[i]}
    apart = sorted((float(np.linalg.norm(end - ends[recording])), i) for i, end in ends.items() if i != recording)
    return apart[:k]


@pytest.mark.parametrize("k", [1, 5, 100])
def test_the_nearest_are_found_by_the_last_steps_on_the_map_and_in_the_whole_space(k: int) -> None:
    a = made_up_activations()
    points = np.random.default_rng(0).normal(size=(a.real_steps, 2)).astype(np.float32)  # a map that keeps nothing
    for recording in (0, 7, 23):
        found = end_neighbours(a, Projection(points, a.projections[2].prefix, "", ""), recording, k)
        assert found is not None
        for values, whom, distances in (
            (points, found.on_map, found.map_distances),
            (a.all_states(), found.in_space, found.space_distances),
        ):
            expected = nearest(values, a, recording, k)
            assert whom.tolist() == [i for _, i in expected]
            assert distances.tolist() == pytest.approx([apart for apart, _ in expected], rel=1e-5)
        assert found.shared == set(found.on_map.tolist()) & set(found.in_space.tolist())


def test_recordings_without_a_step_have_no_neighbours_and_are_none() -> None:
    states = np.array([[0.0], [5.0], [1.0], [9.0]], dtype=np.float32)
    a = made_up_activations(recordings_per_sign=1)
    a = replace(
        a, states=ArrayStates(states), lengths=np.array([2, 0, 1, 1], np.int32), prefix=np.zeros((0, 1), np.float32),
        projections={},
    )  # fmt: skip
    on_map = Projection(np.repeat(-states, 2, axis=1), np.zeros((0, 2), np.float32), "", "")
    assert end_neighbours(a, on_map, 1, 5) is None
    found = end_neighbours(a, on_map, 0, 5)
    assert found is not None and (found.in_space.tolist(), found.space_distances.tolist()) == ([2, 3], [4.0, 4.0])
