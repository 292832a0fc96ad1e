from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.analysis.redundancy import STILL, movement, moving_steps
from auslan_explorer.core.activations import Activations, ArrayStates


def path(moves: list[list[float]], prefix: bool = True, first_step: int = 2) -> Activations:
    """Recordings whose one-unit state moves by given amounts, from 0."""
    states = np.concatenate([np.cumsum(m) for m in moves])[:, None].astype(np.float32)
    n = len(moves)
    zeros = np.zeros(n, dtype=np.int16)
    return Activations(
        ArrayStates(states),
        np.zeros((first_step, 1) if prefix else (0, 1), dtype=np.float32),
        np.array([len(m) for m in moves], dtype=np.int32),
        np.full(n, first_step, dtype=np.int32),
        zeros,
        zeros,
        zeros,
        zeros,
        zeros.astype(np.uint8),
        ("a",),
        ("a",),
        20,
    )


def test_movement_starts_from_what_came_before() -> None:
    moves = [[1.0, 0.5, 0.25], [2.0, 1.0]]
    np.testing.assert_allclose(movement(path(moves)), [1, 0.5, 0.25, 2, 1], rtol=1e-6)
    np.testing.assert_allclose(movement(path(moves, False, 0)), [1, 0.5, 0.25, 2, 1], rtol=1e-6)
    assert np.isinf(movement(path(moves, False, 2))[[0, 3]]).all()


def test_still_runs_at_both_ends_go_and_the_last_step_stays() -> None:
    s = STILL / 2
    moves = [[s, s, 1, s, 1, 1, s, s, s], [1, 1, 1], [1, 1, s]]
    keep = moving_steps(path(moves))
    expected = "001111001" + "111" + "111"
    assert "".join("01"[int(k)] for k in keep) == expected


def test_a_recording_that_never_moves_keeps_its_last_step() -> None:
    keep = moving_steps(path([[0, 0, 0], [1, 1, 1, 1]]))
    assert keep.tolist() == [False, False, True, True, True, True, True]


def test_nothing_at_all() -> None:
    assert moving_steps(path([[]])).shape == (0,)


def test_recordings_without_steps_are_passed_over() -> None:
    assert moving_steps(path([[], [1, 1], []])).tolist() == [True, True]


def test_published_network(published) -> None:
    activations, _ = published
    keep = moving_steps(activations)
    assert 0.93 < keep.mean() < 0.96
    assert keep[activations.offsets[1:] - 1].all()
    # What is left out lies at the end: the jump from padding to the first frame is large.
    assert keep[activations.offsets[:-1]].all()


def test_a_recording_of_one_step_keeps_it_and_one_of_none_has_none() -> None:
    a = path([[1.0, 1.0, 1.0], [STILL / 2], [1.0, STILL / 2, 1.0]])
    assert moving_steps(a).tolist() == [True] * 7
    empty = replace(a, lengths=np.array([3, 0, 4], np.int32))
    assert moving_steps(empty).tolist() == [True] * 3 + [False] + [True] * 3  # the last one begins still
