"""Two paths part where they are further apart than one sign's recordings are, whatever their tempo."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis.attribution import ChannelGroup
from auslan_explorer.analysis.forks import Fork, MeanPath, differences, fork, mean_path, of_recording
from auslan_explorer.core.errors import UserError

UNITS = 6


def sign(seed: int, turn: float, slower: float = 1.0, count: int = 8) -> list[np.ndarray]:
    """Recordings that go straight for 20 steps and then turn off by an angle; each has some noise and its own tempo."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        length = round(40 * slower * rng.uniform(0.9, 1.1))
        along = np.linspace(0, 40, length)
        path = np.zeros((length, UNITS))
        path[:, 0] = along
        path[:, 1] = np.maximum(along - 20, 0) * turn
        made.append((path + rng.normal(0, 0.4, path.shape)).astype(np.float32))
    return made


def test_signs_part_where_one_turns_off_also_where_one_is_slower() -> None:
    for slower in (1.0, 1.5):
        first, second = mean_path(sign(0, 0.0), range(8)), mean_path(sign(1, 1.0, slower), range(8, 16))
        assert first is not None and second is not None
        found = fork(first, second)
        along = [float(path.states[step, 0]) for path, step in zip((first, second), found.steps, strict=True)]
        assert 19.5 < along[0] < 25 and 19.5 < along[1] < 25
        assert (found.distance[found.at :] > found.spread[found.at :]).all()
        assert 0.35 < found.together < 0.7


def test_one_sign_does_not_part_from_itself() -> None:
    first, second = mean_path(sign(0, 1.0), range(8)), mean_path(sign(7, 1.0), range(8))
    assert first is not None and second is not None
    found = fork(first, second)
    assert found.at == -1 and found.together == 1
    assert found.steps == tuple(found.pairs[-1])


def test_two_recordings_part_against_the_spread_of_their_signs() -> None:
    one, other = sign(0, 0.0), sign(1, 1.0)
    means = mean_path(one, range(8)), mean_path(other, range(8, 16))
    assert means[0] is not None and means[1] is not None
    found = fork(of_recording(one[2], 2, means[0]), of_recording(other[3], 11, means[1]))
    assert 19 < one[2][found.steps[0], 0] < 28
    same = fork(of_recording(one[2], 2, means[0]), of_recording(one[5], 5, means[0]))
    assert same.together > found.together


def test_what_differs_is_the_channel_that_differs_before_they_part() -> None:
    one, other = sign(0, 0.0), sign(1, 1.0)
    first, second = mean_path(one, range(8)), mean_path(other, range(8, 16))
    assert first is not None and second is not None
    rng = np.random.default_rng(3)
    frames = {number: rng.normal(0.5, 0.05, (len(path), 3)) for number, path in enumerate(one + other)}
    for number in range(8, 16):
        frames[number][:, 1] += 0.4
    groups = tuple(ChannelGroup("right", name, (number,)) for number, name in enumerate(("a", "b", "c")))
    found = differences(first, second, fork(first, second), frames, np.ones(3), groups)
    assert found[0].group.kind == "b" and found[0].size > 3 * found[1].size
    assert found[0].second[0] - found[0].first[0] == pytest.approx(0.4, abs=0.05)


def test_a_single_recording_has_no_spread_and_lining_up_can_be_cancelled() -> None:
    with pytest.raises(UserError, match="two recordings"):
        mean_path(sign(0, 0.0, count=1), (0,))
    assert mean_path(sign(0, 0.0), range(8), cancelled=lambda: True) is None


@pytest.mark.parametrize(("at", "first_step", "last_step"), [(12, 7, 12), (5, 0, 5), (2, 0, 2), (-1, 14, 19)])
def test_what_differs_is_looked_for_in_six_frames_up_to_the_fork_or_to_the_end(
    at: int, first_step: int, last_step: int
) -> None:
    steps = np.arange(20)
    first, second = (MeanPath((n, n + 1), n, np.stack([steps] * 2), np.zeros((20, 1)), np.zeros(20)) for n in (0, 2))
    frames = {number: np.zeros((20, 1)) if number < 2 else steps[:, None] ** 2.0 for number in range(4)}
    parted = Fork(np.stack([steps, steps], axis=1), np.zeros(20), np.zeros(20), at)
    (found,) = differences(first, second, parted, frames, np.ones(1), (ChannelGroup("right", "a", (0,)),))
    wanted = np.mean([step**2 for step in range(first_step, last_step + 1)])
    assert (found.first[0], found.second[0]) == (0, pytest.approx(wanted))
    assert found.size == pytest.approx(wanted / 0.1)
