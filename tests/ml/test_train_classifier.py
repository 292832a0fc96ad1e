"""Training the classifier on made-up recordings: learns, repeats itself for a seed, stops and cancels when told."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION, session_split
from auslan_explorer.ml.train_classifier import standardisation, train_classifier
from auslan_explorer.training.events import BatchesDone, ClassifierTrained, EpochDone, Started
from auslan_explorer.training.settings import ClassifierSettings

QUICK = ClassifierSettings(units=10, epochs=12, batch=8, warmup_epochs=1, validate_every=4, averaging=0.9)


def result(events):
    *_, last = events
    assert isinstance(last, ClassifierTrained)
    return last


def test_learns_and_tells_how_it_goes(recordings):
    split = session_split(recordings.session)
    events = list(train_classifier(recordings, split, QUICK))
    assert events[0] == Started(12, int((split == TRAIN).sum()))
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert [event.epoch for event in epochs] == list(range(1, 13))
    assert [event.epoch for event in epochs if not math.isnan(event.validation_loss)] == [4, 8, 12]
    assert epochs[-1].train_loss < epochs[0].train_loss
    fractions = [event.fraction for event in events if isinstance(event, BatchesDone)]
    assert fractions == sorted(fractions)
    trained = events[-1]
    assert trained.validation_accuracy == max(
        e.validation_accuracy for e in epochs if not math.isnan(e.validation_loss)
    )
    assert trained.validation_accuracy > 0.9
    # What is kept is what was measured: the NumPy pass over the kept weights gives the same accuracy.
    held = recordings.select(split == VALIDATION)
    classifier = trained.classifier
    states = classifier.hidden_states(held.padded(90, classifier.mean, classifier.std))[:, -1]
    answers = classifier.head.probabilities(states).argmax(axis=1)
    assert (answers == held.sign).mean() == pytest.approx(trained.validation_accuracy)


def test_same_seed_same_weights(recordings):
    split = session_split(recordings.session)
    short = replace(QUICK, epochs=2)
    one, two = (result(train_classifier(recordings, split, short)).classifier.fingerprint for _ in range(2))
    assert one == two
    assert result(train_classifier(recordings, split, replace(short, seed=1))).classifier.fingerprint != one


def test_standardisation_looks_at_training_recordings_alone(recordings):
    training = np.arange(5)
    mean, std = standardisation(recordings, training)
    frames = np.concatenate([recordings.frames_of(i) for i in range(5)])
    np.testing.assert_allclose(mean, frames.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(std, frames.std(axis=0), atol=1e-5)


def test_channel_that_never_changes_is_left_alone(recordings):
    frames = recordings.frames.copy()
    frames[:, 7] = 0.25
    _, std = standardisation(replace(recordings, frames=frames), np.arange(5))
    assert std[7] == 1


def test_cancel_raises_and_stop_keeps(recordings):
    split = session_split(recordings.session)
    with pytest.raises(Cancelled):
        list(train_classifier(recordings, split, QUICK, cancelled=lambda: True))
    asked = iter([False] * 30 + [True] * 1000)
    trained = result(train_classifier(recordings, split, QUICK, stop=lambda: next(asked)))
    assert trained.epochs_run < QUICK.epochs


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (replace(QUICK, epochs=0), "epochs must be at least 1"),
        (replace(QUICK, learning_rate=0.0), "learning rate must be above 0"),
        (replace(QUICK, dropout=1.0), "dropout must be from 0 to below 1"),
    ],
)
def test_impossible_settings_are_explained(recordings, settings, words):
    with pytest.raises(UserError, match=words):
        next(train_classifier(recordings, session_split(recordings.session), settings))


def test_split_without_validation_or_without_a_sign_is_explained(recordings):
    with pytest.raises(UserError, match="none to validate with"):
        next(train_classifier(recordings, np.full(len(recordings), TRAIN, np.uint8), QUICK))
    split = session_split(recordings.session)
    split[recordings.sign == 1] = VALIDATION
    with pytest.raises(UserError, match="'sign1' has no recording among those to train on"):
        next(train_classifier(recordings, split, QUICK))


def test_diverging_loss_is_explained(recordings):
    wild = replace(QUICK, learning_rate=1e38, clip_norm=1e38, warmup_epochs=0)
    with pytest.raises(UserError, match="finite number"):
        list(train_classifier(recordings, session_split(recordings.session), wild))


def test_without_validation_the_weights_after_the_last_epoch_are_the_result(recordings):
    split = np.where(recordings.trial == 3, TEST, TRAIN).astype(np.uint8)
    settings = replace(QUICK, validate_every=0)
    events = list(train_classifier(recordings, split, settings))
    last = events[-1]
    assert isinstance(last, ClassifierTrained) and last.best_epoch == last.epochs_run == QUICK.epochs
    assert np.isnan(last.validation_accuracy) and np.isnan(last.validation_loss)
    again = list(train_classifier(recordings, split, replace(settings, epochs=2)))[-1]
    assert again.classifier.fingerprint != last.classifier.fingerprint
    with pytest.raises(UserError, match="none to validate with"):
        next(train_classifier(recordings, split, QUICK))


def test_answers_before_the_end_are_trained_too(recordings):
    """What is validated and kept is the last step's answer; that of some steps before gains by being trained."""
    split = session_split(recordings.session)
    held = recordings.select(split == VALIDATION)
    early = []
    for answers in (1, 4):
        trained = result(train_classifier(recordings, split, replace(QUICK, answers=answers)))
        classifier = trained.classifier
        states = classifier.hidden_states(held.padded(90, classifier.mean, classifier.std))
        right = [classifier.head.probabilities(states[:, -back])[np.arange(len(held)), held.sign] for back in (1, 10)]
        assert (classifier.head.probabilities(states[:, -1]).argmax(axis=1) == held.sign).mean() == pytest.approx(
            trained.validation_accuracy
        )
        early.append(np.log(right[1]).mean())
    assert early[1] > early[0]


def test_a_recording_longer_than_the_articles_is_read_whole(recordings):
    longer = Recordings(
        np.concatenate([recordings.frames, recordings.frames[:120]]),
        np.append(recordings.lengths, 120).astype(np.int32),
        *(np.append(column, column[:1]) for column in (recordings.sign, recordings.session, recordings.trial)),
        recordings.signs,
    )
    split = np.where(longer.trial == 3, VALIDATION, TRAIN).astype(np.uint8)
    *_, last = train_classifier(longer, split, replace(QUICK, epochs=1))
    assert last.classifier.steps == 120
