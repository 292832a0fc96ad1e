"""Step distortion is the map's step beside the state's, and sees where a map is torn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.step_distortion import step_distortion
from auslan_explorer.core.projection import Projection
from auslan_explorer.io.cache import read_cache
from auslan_explorer.paths import models_dir
from tests.made_up import made_up_activations


def test_it_is_counted_step_by_step_and_a_tear_is_where_it_was_made() -> None:
    a = read_cache(models_dir() / "activations.h5")
    points = a.projections[2].points.copy()
    torn = int(a.offsets[7]) + 20
    points[torn : a.offsets[8]] += 50
    found = step_distortion(a, replace(a.projections[2], points=points))
    ratios = []
    for r in range(len(a)):
        rows = slice(a.offsets[r], a.offsets[r + 1])
        on_map = np.linalg.norm(np.diff(points[rows].astype(float), axis=0), axis=1)
        state = np.linalg.norm(np.diff(a.states.rows(rows.start, rows.stop).astype(float), axis=0), axis=1)
        ratios.append(on_map / state)
    usual = np.median(np.concatenate(ratios))
    for r in (0, 7, len(a) - 1):
        own = found[a.offsets[r] : a.offsets[r + 1]]
        assert own[0] == 0
        np.testing.assert_allclose(own[1:], np.log2(ratios[r] / usual), atol=2e-3)
    assert int(np.argmax(found)) == torn and found[torn] > 4


@pytest.mark.parametrize("dims", [2, 3])
def test_a_map_that_stands_still_has_none(dims: int) -> None:
    a = read_cache(models_dir() / "activations.h5")
    still = Projection(np.zeros((a.real_steps, dims), np.float32), np.zeros((len(a.prefix), dims), np.float32), "", "")
    assert not step_distortion(a, still).any()


@pytest.mark.parametrize("empty", [0, 3, 24])
def test_a_recording_without_steps_changes_nothing(empty: int) -> None:
    a = made_up_activations()
    columns = ("lengths", "first_step", "sign", "predicted", "session", "trial", "split")
    more = {name: np.insert(getattr(a, name), empty, 0) for name in columns}
    more["first_step"][empty] = a.steps
    assert np.array_equal(step_distortion(replace(a, **more), a.projections[2]), step_distortion(a, a.projections[2]))
