"""Very many hidden states: a map is learned from a sample of them, measured on one, and has a place for every step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.ml import sample
from auslan_explorer.ml.sample import Sampling, WithPadding, is_large
from auslan_explorer.ml.train_map import train_map
from auslan_explorer.training.events import AutoencoderTrained, Measured, Snapshot, Stage, Started
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings
from tests.made_up import made_up_activations

QUICK = AutoencoderSettings(widths=(16, 8), batch=32, epochs=4, steps="all", learning_rate=5e-3)
ROWS, HELD_OUT = 100, 30


class Watched:
    """States that count what is read at once."""

    def __init__(self, states):
        self._states, self.shape, self.most = states, states.shape, 0

    def rows(self, start, stop):
        self.most = max(self.most, stop - start)
        return self._states.rows(start, stop)


@pytest.fixture
def few(monkeypatch):
    """A sample of few rows, read in small blocks."""
    for name, value in (("MOST_ROWS", ROWS), ("MOST_HELD_OUT", HELD_OUT), ("BLOCK", 64)):
        monkeypatch.setattr(sample, name, value)
    monkeypatch.setattr("auslan_explorer.ml.train_map.MOST_ROWS", ROWS)


def drawn(activations, seed=0):
    sampling = Sampling(activations, seed)
    fractions = list(sampling.read())
    assert fractions == sorted(fractions) and fractions[-1] == 1
    return sampling.activations()


def rows_of(states, found):
    """Find the row of `states` that each row of `found` is."""
    return [int(np.flatnonzero((states == row).all(axis=1))[0]) for row in found]


def test_a_sample_has_whole_recordings_of_every_part_as_they_were(few):
    a = made_up_activations(20)
    assert is_large(a)
    found = drawn(a)
    states = a.all_states()
    for code, most in ((TRAIN, ROWS), (VALIDATION, HELD_OUT), (TEST, HELD_OUT)):
        of_code = found.lengths[found.split == code]
        assert 0 < of_code.sum() <= most and of_code.sum() > most - 20
    for index in range(len(found)):
        rows = rows_of(states, found.recording_states(index))
        recording = int(a.recording_of_point()[rows[0]])
        assert rows == list(range(a.offsets[recording], a.offsets[recording + 1])), "no step is left out"
        assert (found.sign[index], found.split[index]) == (a.sign[recording], a.split[recording])
    assert np.array_equal(found.all_states(), drawn(a).all_states())
    assert not np.array_equal(found.all_states()[:5], drawn(a, 1).all_states()[:5])


def test_long_recordings_give_pieces_and_are_measured_at_their_end(few, monkeypatch):
    monkeypatch.setattr(sample, "SHORTEST", 4)
    a = made_up_activations(10)
    lengths = np.array([a.real_steps // 6] * 5 + [a.real_steps - 5 * (a.real_steps // 6)], dtype=np.int32)
    split = np.array([TRAIN, TRAIN, TRAIN, TRAIN, VALIDATION, TEST], dtype=np.uint8)
    column = np.zeros(6, dtype=np.int16)
    a = replace(a, lengths=lengths, first_step=np.zeros(6, np.int32), sign=column, predicted=column, session=column,
                trial=column, split=split, steps=int(lengths.max()))  # fmt: skip
    found = drawn(a)
    assert found.lengths.tolist() == [25, 25, 25, 25, 30, 30]
    states = a.all_states()
    for index in range(6):
        rows = rows_of(states, found.recording_states(index))
        assert rows == list(range(rows[0], rows[0] + len(rows))) and a.offsets[index] <= rows[0]
        assert found.first_step[index] == rows[0] - a.offsets[index]
        if split[index] != TRAIN:
            assert rows[-1] == a.offsets[index + 1] - 1


def test_padding_follows_the_states(few):
    a = made_up_activations(2)
    both = WithPadding(a.states, a.prefix)
    expected = np.concatenate([a.all_states(), a.prefix])
    assert both.shape == expected.shape
    for start, stop in ((0, 5), (a.real_steps - 2, a.real_steps + 3), (a.real_steps + 1, a.real_steps + 2)):
        assert np.array_equal(both.rows(start, stop), expected[start:stop])


def test_a_map_is_learned_from_a_sample_and_has_a_place_for_every_step(few):
    a = made_up_activations(20)
    watched = Watched(a.states)
    a = replace(a, states=watched)
    events = list(train_map(TrainingJob(a, QUICK, show_every=1, threads=1)))
    assert watched.most <= 64, "all states are never read at once"
    (started,) = (event for event in events if isinstance(event, Started))
    assert started.training_rows <= ROWS < started.of_rows == a.real_steps
    stages = [event.name for event in events if isinstance(event, Stage)]
    assert stages[0] == "reading" and "preparing" in stages
    assert next(event.fraction for event in events if isinstance(event, Stage)) > 0
    shown = [event for event in events if isinstance(event, Snapshot)]
    assert len(shown) < QUICK.epochs, "finding all places takes as long as learning: not after every epoch"
    (done,) = (event for event in events if isinstance(event, AutoencoderTrained))
    assert done.points.shape == (a.real_steps, 2) and done.prefix.shape == (len(a.prefix), 2)
    np.testing.assert_allclose(done.points, done.autoencoder.encode(a.all_states()), atol=1e-4)
    assert isinstance(events[-1], Measured) and events[-1].quality["measured_on"] == "test"


def test_few_states_are_learned_whole():
    a = made_up_activations(4)
    assert not is_large(a)
    (started,) = (e for e in train_map(TrainingJob(a, replace(QUICK, epochs=1), threads=1)) if isinstance(e, Started))
    assert started.of_rows == 0 and isinstance(a.states, ArrayStates)
