"""A changed recording gets the states, the path and the answer that its network gives to a recording like it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.attribution import GROUPS, ChannelGroup
from auslan_explorer.analysis.what_if import run, smallest_change
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder, Classifier
from auslan_explorer.core.recordings import Recordings

EACH = tuple(ChannelGroup("right", f"channel {number}", (number,)) for number in range(5))


def test_an_unchanged_recording_is_what_the_activations_hold(
    classifier: Classifier, recordings: Recordings, autoencoder: Autoencoder
) -> None:
    a: Activations = activate(classifier, recordings, {2: autoencoder})
    for number in (0, 17):
        found = run(recordings.frames_of(number), classifier, {2: autoencoder})
        first, rows = int(a.first_step[number]), slice(a.offsets[number], a.offsets[number + 1])
        assert found.first_step == first and found.answer == a.predicted[number]
        np.testing.assert_allclose(found.states, a.recording_states(number), atol=1e-6)
        path = np.concatenate([a.projections[2].prefix[first - 1 : first], a.projections[2].points[rows]])
        np.testing.assert_allclose(found.paths[2], path, atol=1e-5)


def test_a_recording_as_long_as_the_network_has_no_padding_before_it(
    classifier: Classifier, autoencoder: Autoencoder
) -> None:
    frames = np.zeros((classifier.steps, 5), np.float32)
    found = run(frames, classifier, {2: autoencoder})
    assert found.first_step == 0 and len(found.paths[2]) == len(frames)
    with pytest.raises(UserError, match="1 to 12 frames, not 13"):
        run(np.zeros((13, 5), np.float32), classifier, {})


def pair_of_other_answers(classifier: Classifier, seed: int = 5) -> tuple[np.ndarray, np.ndarray, int]:
    """Two recordings as long that are answered differently, and the second's answer."""
    rng = np.random.default_rng(seed)
    first = rng.normal(0, 1, (10, 5)).astype(np.float32)
    while True:
        other = rng.normal(0, 2, (10, 5)).astype(np.float32)
        answer = run(other, classifier, {}).answer
        if answer != run(first, classifier, {}).answer:
            return first, other, answer


@pytest.mark.parametrize("seed", [5, 6, 7, 9])
def test_the_smallest_change_gives_the_answer_and_nothing_of_it_can_be_spared(
    classifier: Classifier, seed: int
) -> None:
    # Of 6 and 7 some that was taken is given back; of 9, neighbours are joined.
    first, other, answer = pair_of_other_answers(classifier, seed)
    told: list[float] = []
    found = smallest_change(
        classifier, first, other, answer, EACH, window=2, progress=lambda share, _: told.append(share)
    )
    assert found is not None and run(found.frames, classifier, {}).answer == answer
    changed = np.zeros(first.shape, bool)
    for patch in found.patches:
        changed[patch.start : patch.stop, list(patch.group.channels)] = True
    assert (found.frames == np.where(changed, other, first)).all() and 0 < found.share == changed.mean() < 1
    for start, stop, channel in [(p.start, p.stop, p.group.channels[0]) for p in found.patches]:
        for at in range(start, stop, 2):
            without = found.frames.copy()
            without[at : at + 2, channel] = first[at : at + 2, channel]
            assert run(without, classifier, {}).answer != answer
    assert told and all(0 <= share <= 1 for share in told)
    order = [(p.group.channels, p.start, p.stop) for p in found.patches]
    assert order == sorted(order)
    for (channels, _, stop), (others, start, _) in pairwise(order):
        assert channels != others or stop < start, "neighbours are one"


def test_where_the_other_recording_is_not_answered_so_nothing_is_found(classifier: Classifier) -> None:
    first, _, answer = pair_of_other_answers(classifier)
    third = ({0, 1, 2} - {answer, run(first, classifier, {}).answer}).pop()
    assert smallest_change(classifier, first, first, third, EACH) is None


def test_it_can_be_cancelled_and_needs_recordings_beside_each_other(classifier: Classifier) -> None:
    first, other, answer = pair_of_other_answers(classifier)
    with pytest.raises(Cancelled):
        smallest_change(classifier, first, other, answer, EACH, cancelled=lambda: True)
    with pytest.raises(UserError, match="laid beside"):
        smallest_change(classifier, first, other[:-1], answer, EACH)


def test_the_gloves_groups_hold_each_channel_once() -> None:
    assert sorted(channel for group in GROUPS for channel in group.channels) == list(range(22))
