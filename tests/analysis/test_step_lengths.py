"""Lengths of steps are Euclidean, counted in mean steps, and nothing is known of a recording's first."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis import step_lengths as module
from auslan_explorer.analysis.step_lengths import BINS, MOST, length_shares, mean_length, step_lengths, step_shares
from auslan_explorer.core.projection import signed_log
from tests.made_up import made_up_activations

ROWS = np.array([[0, 0], [3, 4], [3, 4], [9, 9], [9, 10], [100, 10]], np.float32)
OFFSETS = np.array([0, 3, 3, 6])


def test_lengths_are_those_of_steps_within_a_recording() -> None:
    np.testing.assert_array_equal(step_lengths(ROWS, OFFSETS), [np.nan, 5, 0, np.nan, 1, 91])
    assert mean_length(step_lengths(ROWS, OFFSETS)) == 97 / 4
    assert np.isnan(mean_length(np.zeros(3))) and np.isnan(mean_length(np.zeros(0)))


def test_shares_are_by_tenths_of_the_mean() -> None:
    shares = length_shares(step_lengths(ROWS, OFFSETS))
    assert shares.shape == (BINS * MOST + 1,) and shares.sum() == 1
    assert {int(each): shares[each] for each in np.flatnonzero(shares)} == {0: 0.5, 2: 0.25, 37: 0.25}
    longer = length_shares(np.array([0.0] * 9 + [1.0]))
    assert longer[-1] == pytest.approx(0.1), "what is longer than five is last"
    assert np.isnan(length_shares(np.zeros(4))).all()


@pytest.mark.parametrize("log", [True, False])
def test_a_maps_shares_are_those_of_the_scale_that_is_shown(log: bool) -> None:
    a = made_up_activations()
    found = step_shares(a.all_states(), a.projections[2], a.offsets)
    points = signed_log(a.projections[2].points) if log else a.projections[2].points
    bounds = zip(a.offsets[:-1], a.offsets[1:], strict=True)
    own = np.concatenate([np.linalg.norm(np.diff(points[begin:end], axis=0), axis=1) for begin, end in bounds])
    assert found.shown[log][-1] == pytest.approx((own / own.mean() > MOST).mean())
    counts, _ = np.histogram(own / own.mean() * BINS, np.arange(BINS * MOST + 1))
    np.testing.assert_allclose(found.shown[log][:-1], counts / len(own), atol=2 / len(own))
    assert found.true.sum() == pytest.approx(1)


def test_lengths_are_the_same_however_many_rows_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = step_lengths(ROWS, OFFSETS)
    for part in (1, 2, 5):
        monkeypatch.setattr(module, "_PART", part)
        np.testing.assert_array_equal(step_lengths(ROWS, OFFSETS), whole)
    assert not len(step_lengths(ROWS[:0], np.zeros(1, dtype=np.int64)))
