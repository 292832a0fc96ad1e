from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis.units import alike_elsewhere, changed_most, leading_classes, likeness_order
from auslan_explorer.core.activations import ArrayStates


def test_units_that_move_together_stand_together() -> None:
    t = np.linspace(0, 6, 80)
    rng = np.random.default_rng(0)
    kinds = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2])
    waves = np.stack([np.sin(t), np.cos(2 * t), np.sin(5 * t)])
    order = likeness_order((waves[kinds] + rng.normal(0, 0.05, (9, 80))).T)
    assert sorted(order.tolist()) == list(range(9))
    runs = np.flatnonzero(np.diff(kinds[order]))
    assert len(runs) == 2  # three unbroken runs


def test_order_bears_units_that_never_change_and_too_little_data() -> None:
    states = np.zeros((10, 5))
    states[:, 2] = np.arange(10)
    assert sorted(likeness_order(states).tolist()) == [0, 1, 2, 3, 4]
    assert likeness_order(np.zeros((1, 4))).tolist() == [0, 1, 2, 3]
    assert likeness_order(np.zeros((9, 2))).tolist() == [0, 1]


def test_units_that_change_most_either_way() -> None:
    states = np.zeros((6, 4), dtype=np.float32)
    states[4] = (0.1, -0.9, 0.5, 0.0)
    units, change = changed_most(states, 1, 5, 3)
    assert units.tolist() == [1, 2, 0]
    assert change == pytest.approx([-0.9, 0.5, 0.1])


def brute_force(
    states: np.ndarray, offsets: np.ndarray, units: np.ndarray, change: np.ndarray, window: int, leave_out: int
) -> list[tuple[float, int, int]]:
    found = []
    for recording in range(len(offsets) - 1):
        path = states[offsets[recording] : offsets[recording + 1]][:, units]
        starts = range(len(path) - window + 1)
        if recording == leave_out or not len(starts):
            continue
        found.append(
            min((float(np.linalg.norm(path[s + window - 1] - path[s] - change)), recording, s) for s in starts)
        )
    return sorted(found)


def test_alike_elsewhere_agrees_with_brute_force() -> None:
    rng = np.random.default_rng(3)
    lengths = np.array([9, 3, 0, 12, 7, 4, 15])
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    states = rng.normal(size=(lengths.sum(), 6)).astype(np.float32)
    window = 4
    units, change = changed_most(states[:9], 2, 2 + window, 3)
    found = alike_elsewhere(ArrayStates(states), offsets, units, change, window, leave_out=0)
    expected = brute_force(states, offsets, units, change, window, 0)
    assert [(e.recording, e.start, e.stop) for e in found] == [(r, s, s + window) for _, r, s in expected]
    size = float(np.linalg.norm(change))
    assert [e.alike for e in found] == pytest.approx([max(0, 1 - d / size) for d, _, _ in expected], abs=1e-5)
    assert {e.recording for e in found} == {3, 4, 5, 6}


def test_the_same_change_is_wholly_alike_and_nothing_fits_a_window_too_long() -> None:
    path = np.cumsum(np.random.default_rng(0).normal(size=(10, 3)), axis=0).astype(np.float32)
    states, offsets = np.concatenate([path, path + 5]), np.array([0, 10, 20])
    units, change = changed_most(path, 3, 8)
    (found,) = alike_elsewhere(ArrayStates(states), offsets, units, change, 5, leave_out=0)
    assert (found.recording, found.start, found.stop) == (1, 3, 8)
    assert found.alike == pytest.approx(1, abs=1e-5)
    assert alike_elsewhere(ArrayStates(states), offsets, units, change, 11, leave_out=0) == []


def test_leading_classes_hold_the_true_one_and_pass_over_the_improbable() -> None:
    p = np.array([[0.5, 0.4, 0.1, 0.0, 0.0], [0.1, 0.2, 0.69, 0.01, 0.0]])
    assert leading_classes(p, always=(3, -1)).tolist() == [2, 1, 0, 3]
    assert leading_classes(p, always=(4,), count=2).tolist() == [2, 4] or leading_classes(
        p, always=(4,), count=2
    ).tolist() == [0, 4]
    assert leading_classes(p, always=(2, 2), count=1).tolist() == [2]
