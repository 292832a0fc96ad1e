from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.projection import map_extent, signed_log
from auslan_explorer.core.trajectories import SHARED, Trajectories, find_owned
from tests.made_up import STEPS, made_up_activations, torn


def test_padding_is_stored_once_and_every_recording_starts_from_it() -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], log_scale=False)
    padding = len(a.prefix)
    assert len(t.vertices) == padding + a.real_steps
    assert (t.recording[:padding] == SHARED).all()
    # Each recording adds (length - 1) lines and one that joins it to the padding; the padding has its own chain.
    assert len(t.segments) == (padding - 1) + len(a) + (a.real_steps - len(a))
    joins = t.segments[(t.segments[:, 0] < padding) & (t.segments[:, 1] >= padding)]
    np.testing.assert_array_equal(t.step[joins[:, 0]] + 1, t.step[joins[:, 1]])
    np.testing.assert_array_equal(t.step[joins[:, 1]], a.first_step)


def test_every_line_joins_consecutive_steps_of_one_recording() -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[3], log_scale=True)
    np.testing.assert_array_equal(t.step[t.segments[:, 1]] - t.step[t.segments[:, 0]], 1)
    inner = t.recording[t.segments[:, 0]] != SHARED
    np.testing.assert_array_equal(t.recording[t.segments[inner, 0]], t.recording[t.segments[inner, 1]])
    np.testing.assert_allclose(t.vertices[len(a.prefix) :], signed_log(a.projections[3].points), rtol=1e-6)


def test_last_vertex_is_the_networks_last_step() -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], log_scale=False)
    assert (t.step[t.last_vertex] == STEPS - 1).all()
    np.testing.assert_array_equal(t.recording[t.last_vertex], np.arange(len(a)))
    part = t.vertices_of(3)
    assert part.stop - part.start == a.lengths[3]
    assert (t.recording[part] == 3).all()


def test_only_shown_recordings_and_the_padding_they_need() -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], log_scale=False)
    shown = np.zeros(len(a), dtype=bool)
    shown[4] = True
    keep = t.shown_vertices(shown)
    assert set(t.recording[keep]) == {SHARED, 4}
    assert (t.recording[keep] == SHARED).sum() == a.first_step[4]
    assert not t.shown_segments(np.zeros(len(a), dtype=bool)).any()


@pytest.mark.parametrize("shared", [True, False])
def test_of_some_rows_the_same_are_shown(shared: bool) -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], log_scale=False)
    shown = np.arange(len(a)) == 4
    for which in (t.shown_vertices, t.shown_segments):
        every = which(shown, shared=shared)
        assert every.any() and not every.all()
        for rows in (slice(None), slice(1, -2, 3), np.array([7, 0, 3, 100, 1])):
            assert which(shown, rows, shared=shared).tolist() == every[rows].tolist()


def test_the_extent_is_that_of_all_vertices() -> None:
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], True)
    low, high = t.extent
    assert low.tolist() == t.vertices.min(axis=0).tolist() and high.tolist() == t.vertices.max(axis=0).tolist()


def test_moved_trajectories_remember_what_does_not_move() -> None:
    a = made_up_activations()
    paths, other = (Trajectories.build(a, a.projections[2], log_scale=log) for log in (False, True))
    known = paths.last_vertex
    moved = paths.towards(other, 0.5)
    assert moved.last_vertex is known
    assert np.allclose(moved.vertices, (paths.vertices + other.vertices) / 2)


@pytest.mark.parametrize("dims", [2, 3])
def test_a_jump_is_a_step_of_a_recording_longer_than_a_tenth_of_the_map(dims: int) -> None:
    a = made_up_activations()
    t = Trajectories.build(a, torn(a, dims), log_scale=False)
    jumps = t.segments[t.jumps]
    assert t.recording[jumps[:, 1]].tolist() == list(range(0, len(a), 3))
    assert (jumps[:, 1] - t.vertices.shape[0] + a.real_steps == a.offsets[:-1][::3] + 4).all()
    points = t.vertices[len(a.prefix) :]
    low, high = np.percentile(points, (0.5, 99.5), axis=0)
    inside = t.segments[:, 0] >= len(a.prefix)
    moved = np.linalg.norm(np.diff(t.vertices[t.segments], axis=1)[:, 0], axis=1)
    np.testing.assert_array_equal(t.jumps, inside & (moved > 0.1 * np.linalg.norm(high - low)))
    assert not Trajectories.build(a, a.projections[dims], log_scale=False).jumps.any()


def test_moved_paths_have_jumps_of_their_own() -> None:
    a = made_up_activations()
    whole = Trajectories.build(a, a.projections[2], log_scale=False)
    assert not whole.jumps.any() and Trajectories.build(a, torn(a), log_scale=False, like=whole).jumps.any()


def test_a_map_without_steps_has_no_extent() -> None:
    assert map_extent(np.zeros((0, 2), dtype=np.float32)) == 0


@pytest.mark.parametrize("which", [[], [0], [3, 9, 20], list(range(24))])
def test_what_is_shown_is_counted_as_it_is_found_and_lies_within_its_extent(which: list[int]) -> None:
    a = made_up_activations()
    paths = Trajectories.build(a, a.projections[2], log_scale=False)
    shown = np.isin(np.arange(len(a)), which)
    for shared in (True, False):
        counted = paths.shown_vertices(shown, shared=shared).sum(), paths.shown_segments(shown, shared=shared).sum()
        assert paths.count_shown(shown, shared=shared) == counted
    own = [a.projections[2].points[a.offsets[i] : a.offsets[i + 1]] for i in which]
    for last_only in (False, True):
        steps = [each[-1:] if last_only else each for each in own] or [paths.vertices]
        points = np.concatenate(steps)
        low, high = paths.extent_of(shown, last_only=last_only)
        assert low.tolist() == points.min(axis=0).tolist() and high.tolist() == points.max(axis=0).tolist()


@pytest.mark.parametrize("count", [0, 1, 8, 9, 40])
def test_what_belongs_to_few_or_many_recordings_is_found_without_the_prefix(count: int) -> None:
    rng = np.random.default_rng(count)
    whose = rng.integers(SHARED, 40, 500).astype(np.int32)
    recordings = np.zeros(40, dtype=bool)
    recordings[rng.permutation(40)[:count]] = True
    owned = find_owned(whose, recordings)
    assert owned.dtype == bool and owned.tolist() == [each != SHARED and bool(recordings[each]) for each in whose]
