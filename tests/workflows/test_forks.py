"""Two signs, or two recordings, part where their paths do; what differs there is told where their frames are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from auslan_explorer.analysis.forks import differences, fork, mean_path, of_recording
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.workflows.forks import Parted, part_recordings, part_signs
from tests.made_up import made_up_activations

SPREADS = np.full(len(CHANNELS), 0.2)
Part = Callable[..., Parted]


@pytest.fixture(scope="module")
def a() -> Activations:
    return made_up_activations()


def frames_of(a: Activations) -> dict[int, np.ndarray]:
    rng = np.random.default_rng(2)
    return {each: rng.uniform(0, 1, (int(length), len(CHANNELS))) for each, length in enumerate(a.lengths)}


def sign_path(a: Activations, sign: int):  # type: ignore[no-untyped-def]
    own = np.flatnonzero(a.sign == sign).tolist()
    return mean_path([a.recording_states(each) for each in own], own)


def test_two_recordings_part_against_the_spread_of_their_own_signs(a: Activations) -> None:
    found = part_recordings(a, (2, 14))
    first, second = (of_recording(a.recording_states(each), each, sign_path(a, a.sign[each])) for each in (2, 14))
    wanted = fork(first, second)
    assert (found.first.recordings, found.second.recordings) == ((2,), (14,))
    np.testing.assert_array_equal(found.fork.pairs, wanted.pairs)
    np.testing.assert_allclose(found.fork.spread, wanted.spread)
    assert found.fork.at == wanted.at and found.differences == ()


@pytest.mark.parametrize(("part", "chosen"), [(part_signs, (0, 2)), (part_recordings, (2, 14))])
def test_what_differs_is_told_where_frames_of_either_are_known(
    part: Part, chosen: tuple[int, int], a: Activations
) -> None:
    known = frames_of(a)
    found = part(a, chosen, known.get, SPREADS)
    assert list(found.differences) == differences(found.first, found.second, found.fork, known, SPREADS)
    assert found.differences
    assert part(a, chosen).differences == part(a, chosen, known.get).differences == ()
    # Frames of the first alone are not enough; of a sign, some of its recordings are.
    of_first = {each: values for each, values in known.items() if a.sign[each] == 0}
    assert part(a, chosen, of_first.get, SPREADS).differences == ()
    some = {each: known[each] for each in (2, 14)}
    told = part(a, chosen, some.get, SPREADS)
    assert list(told.differences) == differences(told.first, told.second, told.fork, some, SPREADS)


def test_a_sign_of_one_recording_has_no_spread_to_part_against() -> None:
    few = made_up_activations(recordings_per_sign=1)
    for part, chosen in ((part_signs, (0, 1)), (part_recordings, (0, 1))):
        with pytest.raises(UserError, match="two recordings"):
            part(few, chosen)
