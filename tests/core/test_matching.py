"""The recordings behind hidden states are found by sign, session, trial and length, and never guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations, ArrayStates, StepColumns
from auslan_explorer.core.matching import kept_recordings, match_recordings
from auslan_explorer.core.recordings import CHANNELS, Recordings
from tests.made_up import made_up_activations


@pytest.fixture
def activations() -> Activations:
    return made_up_activations(recordings_per_sign=3)


def _recordings_of(a: Activations, order: np.ndarray) -> Recordings:
    frames = np.zeros((int(a.lengths.sum()), len(CHANNELS)), np.float32)
    return Recordings(frames, a.lengths[order], a.sign[order], a.session[order], a.trial[order], a.signs)


def test_each_recording_is_found_in_any_order_of_the_file(activations: Activations) -> None:
    order = np.random.default_rng(0).permutation(len(activations))
    places = match_recordings(_recordings_of(activations, order), activations)
    assert np.array_equal(order[places], np.arange(len(activations)))


@pytest.mark.parametrize("column", ["session", "trial", "lengths"])
def test_one_that_differs_in_anything_is_not_found(activations: Activations, column: str) -> None:
    recordings = _recordings_of(activations, np.arange(len(activations)))
    changed = getattr(activations, column).copy()
    if column == "lengths":
        changed[[0, 1]] = changed[0] + 1, changed[1] - 1
    else:
        changed[0] += 20
    places = match_recordings(recordings, replace(activations, **{column: changed}))
    assert places[0] == -1
    assert np.array_equal(places[2:], np.arange(2, len(activations)))


def test_of_two_that_fit_equally_none_is_chosen(activations: Activations) -> None:
    order = np.arange(len(activations))
    a = activations
    twice = np.concatenate([order, [4]])
    frames = np.zeros((int(a.lengths[twice].sum()), len(CHANNELS)), np.float32)
    doubled = Recordings(frames, a.lengths[twice], a.sign[twice], a.session[twice], a.trial[twice], a.signs)
    assert match_recordings(doubled, a)[4] == -1


def test_of_two_that_would_be_one_recording_neither_is_it(activations: Activations) -> None:
    a = activations
    columns = {name: getattr(a, name).copy() for name in ("sign", "session", "trial", "lengths")}
    for column in columns.values():
        column[1] = column[0]
    states = ArrayStates(np.zeros((int(columns["lengths"].sum()), a.units), np.float32))
    changed = replace(a, **columns, states=states, projections={})
    places = match_recordings(_recordings_of(activations, np.arange(len(a))), changed)
    assert places[:2].tolist() == [-1, -1] and np.array_equal(places[2:], np.arange(2, len(a)))


def test_glove_recordings_that_activations_keep_are_theirs_in_their_order(activations: Activations) -> None:
    a = activations
    frames = np.random.default_rng(0).random((a.real_steps, len(CHANNELS)), dtype=np.float32)
    kept = kept_recordings(replace(a, inputs=StepColumns(ArrayStates(frames), CHANNELS)))
    assert kept is not None and kept.sign.tolist() == a.sign.tolist() and kept.signs == a.signs
    np.testing.assert_array_equal(kept.frames_of(4), frames[a.offsets[4] : a.offsets[5]])
    assert kept_recordings(a) is None
    assert kept_recordings(replace(a, inputs=StepColumns(ArrayStates(frames), ()))) is None


def test_signs_are_matched_by_their_key_not_their_number(activations: Activations) -> None:
    turned = replace(activations, signs=activations.signs[::-1], names=activations.names[::-1])
    places = match_recordings(_recordings_of(activations, np.arange(len(activations))), turned)
    assert not (places == np.arange(len(activations))).any()
