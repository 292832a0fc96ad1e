from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from auslan_explorer.core.playing import WHOLE, Alignment, Trail, own_step, position_of
from auslan_explorer.core.trajectories import SHARED, Trajectories
from tests.made_up import STEPS, made_up_activations

A = made_up_activations()
T = Trajectories.build(A, A.projections[2], log_scale=False)
EVERY = np.arange(len(A))


def heads_by_hand(alignment: Alignment, position: int) -> list[int]:
    """Return the last step reached of every recording, counted one by one."""
    out = []
    for first, length in zip(A.first_step.tolist(), A.lengths.tolist(), strict=True):
        if alignment is Alignment.NETWORK:
            reached = [k for k in range(length) if first + k <= position]
        elif alignment is Alignment.START:
            reached = [k for k in range(length) if k <= position]
        else:
            reached = [k for k in range(length) if k / max(length - 1, 1) <= position / (STEPS - 1) + 1e-12]
        out.append(first + len(reached) - 1)
    return out


@pytest.mark.parametrize("alignment", Alignment)
def test_recordings_stand_where_their_alignment_says(alignment: Alignment) -> None:
    for position in range(STEPS):
        steps = own_step(alignment, STEPS, position, A.first_step, A.lengths)
        assert steps.tolist() == heads_by_hand(alignment, position)
    whole = own_step(alignment, STEPS, STEPS - 1, A.first_step, A.lengths)
    assert (whole == A.first_step + A.lengths - 1).all()


@pytest.mark.parametrize("alignment", Alignment)
def test_a_step_is_reached_at_its_position_and_not_before(alignment: Alignment) -> None:
    step, recording = A.step_of_point(), A.recording_of_point()
    first, length = A.first_step[recording], A.lengths[recording]
    at = position_of(alignment, STEPS, step, first, length)
    assert at.min() >= 0 and at.max() <= STEPS - 1
    for position in range(STEPS):
        reached = own_step(alignment, STEPS, position, first, length) >= step
        assert (reached == (at <= position)).all()


@pytest.mark.parametrize(("alignment", "tail", "head"), list(product(Alignment, (0, 1, 4), (0, 3))))
def test_a_trail_is_as_long_as_asked_for_and_never_loses_its_head(alignment: Alignment, tail: int, head: int) -> None:
    times = T.schedule(alignment, Trail(tail, head))
    for position in range(STEPS):
        drawn = times.vertex_times(np.arange(len(T.step))).at(position)
        ahead = T.playhead_vertices(alignment, min(position + head, STEPS - 1), EVERY)
        now = T.playhead_vertices(alignment, position, EVERY)
        for recording in EVERY:
            own = np.flatnonzero(drawn & (T.recording == recording))
            if ahead[recording] < 0:
                assert not len(own)
                continue
            assert own[-1] == ahead[recording]
            assert len(own) == own[-1] - own[0] + 1
            if now[recording] >= 0:
                assert own[0] <= now[recording]
            if not tail:
                assert own[0] == T.last_vertex[recording] - T.lengths[recording] + 1
            elif alignment is not Alignment.STRETCH and now[recording] >= 0:
                assert now[recording] - own[0] + 1 <= tail
        segments = times.segment_times(np.arange(len(T.segments))).at(position)
        assert (segments == (drawn[T.segments[:, 0]] & drawn[T.segments[:, 1]])).all()


def test_padding_is_there_before_a_recordings_own_start() -> None:
    prefix = T.recording == SHARED
    for alignment in Alignment:
        times = T.schedule(alignment, WHOLE)
        expected = T.step[prefix] if alignment is Alignment.NETWORK else np.zeros(prefix.sum())
        assert (times.appears[prefix] == expected).all() and times.goes is None


def test_recordings_of_one_step_and_a_network_of_one() -> None:
    one = np.array([1]), np.array([1])
    for alignment in Alignment:
        assert own_step(alignment, 5, 4, *one).tolist() == [1]
        assert position_of(alignment, 5, np.array([1]), *one).tolist() == [1 if alignment is Alignment.NETWORK else 0]
    alone = np.array([0]), np.array([1])
    assert all(own_step(alignment, 1, 0, *alone).tolist() == [0] for alignment in Alignment)


def steps_drawn(alignment: Alignment, trail: Trail, position: int, recording: int) -> set[int]:
    """The steps of a path that are drawn, from 0, by the definition of a trail; stretched ones lie further apart."""
    length, first = int(A.lengths[recording]), int(A.first_step[recording])
    if alignment is Alignment.NETWORK:
        at = [first + k for k in range(length)]
    elif alignment is Alignment.START:
        at = list(range(length))
    else:
        at = [-(-k * (STEPS - 1) // (length - 1)) for k in range(length)]
    drawn = {k for k in range(length) if at[k] <= position + trail.head}
    if trail.tail:
        now = min(position, at[-1])  # a path that has ended keeps its trail
        reached = max((k for k in range(length) if at[k] <= now), default=-1)
        drawn -= {k for k in drawn if at[k] <= now - trail.tail and k < reached}
    return drawn


@pytest.mark.parametrize("alignment", Alignment)
@pytest.mark.parametrize("trail", [Trail(1, 0), Trail(3, 0), Trail(5, 2), Trail(30, 0), Trail(0, 4)], ids=str)
def test_a_trail_is_drawn_from_its_first_step_to_its_last_and_kept_at_the_end(
    alignment: Alignment, trail: Trail
) -> None:
    times = T.schedule(alignment, trail)
    for position in range(STEPS):
        drawn = times.vertex_times(np.arange(len(T.step))).at(position)
        for recording in EVERY:
            own = np.flatnonzero(drawn[T.vertices_of(int(recording))])
            assert set(own.tolist()) == steps_drawn(alignment, trail, position, int(recording)), (position, recording)


@pytest.mark.parametrize("alignment", Alignment)
def test_a_playhead_is_at_the_last_step_that_was_reached(alignment: Alignment) -> None:
    for position in range(STEPS):
        heads = T.playhead_vertices(alignment, position, EVERY)
        for recording, head, step in zip(EVERY, heads, heads_by_hand(alignment, position), strict=True):
            begun = step >= A.first_step[recording]
            assert head == (T.vertices_of(int(recording)).start + step - A.first_step[recording] if begun else -1)


def test_a_line_is_drawn_from_its_later_end_and_goes_with_its_earlier_one() -> None:
    for alignment, trail in product(Alignment, (WHOLE, Trail(3), Trail(2, 2))):
        times = T.schedule(alignment, trail)
        appears, goes = times.segment_times(np.arange(len(T.segments)))
        start, stop = T.segments.T
        assert (appears == times.appears[stop]).all() and (T.step[stop] == T.step[start] + 1).all()
        if times.goes is None:
            assert not trail.tail and goes is None
        else:
            assert (goes == np.minimum(times.goes[start], times.goes[stop])).all()
