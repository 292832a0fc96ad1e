"""The flow is the mean of the real steps that begin in a cell, where there are enough."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from auslan_explorer.analysis.flow import COLUMNS, LEAST, mean_flow
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.io.cache import read_cache
from auslan_explorer.paths import models_dir
from tests.made_up import made_up_activations


@pytest.mark.parametrize("log_scale", [True, False])
def test_each_cell_has_the_mean_of_its_own_steps(log_scale: bool) -> None:
    a = made_up_activations(recordings_per_sign=12)
    t = Trajectories.build(a, a.projections[2], log_scale)
    some = a.sign < 3
    found = mean_flow(t, some, columns=8, least=4)
    low, high = t.extent
    assert found.cell == pytest.approx((high - low).max() / 8) and found.least == 4
    cells: dict[tuple[int, int], list[tuple[np.ndarray, np.ndarray]]] = {}
    for recording in np.flatnonzero(some):
        own = t.vertices[t.vertices_of(int(recording))]
        for start, end in pairwise(own):
            column, row = np.minimum((start - low) / found.cell, 7).astype(int)
            cells.setdefault((int(row), int(column)), []).append((start, end - start))
    wanted = [cells[key] for key in sorted(cells) if len(cells[key]) >= 4]
    assert found.counts.tolist() == [len(steps) for steps in wanted] and len(wanted) > 5
    for place, move, agreement, steps in zip(found.places, found.moves, found.agreement, wanted, strict=True):
        moved = np.array([each[1] for each in steps])
        np.testing.assert_allclose(place, np.mean([each[0] for each in steps], axis=0), atol=1e-4)
        np.testing.assert_allclose(move, moved.mean(axis=0), atol=1e-4)
        together = np.linalg.norm(moved.mean(axis=0)) / np.linalg.norm(moved, axis=1).mean()
        assert agreement == pytest.approx(together, abs=1e-3) and 0 <= agreement <= 1.001


def test_nothing_of_no_recording_and_nothing_of_the_padding() -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], True)
    nothing = mean_flow(t, np.zeros(len(a), bool))
    assert nothing.counts.shape == (0,) and nothing.moves.shape == nothing.places.shape == (0, 2)
    everything = mean_flow(t, np.ones(len(a), bool), least=1)
    assert everything.counts.sum() == (a.lengths - 1).sum()


def test_a_cells_place_does_not_depend_on_the_recordings_and_the_shipped_map_has_enough() -> None:
    a = read_cache(models_dir() / "activations.h5")
    t = Trajectories.build(a, a.projections[2], True)
    flow = mean_flow(t, np.ones(len(a), bool))
    assert (flow.counts >= LEAST).all() and 100 < len(flow.counts) < COLUMNS**2
    assert mean_flow(t, a.sign == 5).cell == flow.cell
