"""Training a classifier does what its settings say: every step is computed again by hand, in double precision."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION, session_split
from auslan_explorer.ml import train_classifier as module
from auslan_explorer.ml.networks import classifier_from_keras
from auslan_explorer.ml.runtime import start_tensorflow
from auslan_explorer.ml.train_classifier import _Fit, standardisation, train_classifier
from auslan_explorer.training.events import ClassifierTrained, EpochDone
from auslan_explorer.training.settings import ClassifierSettings

# Two batches to each of four epochs; every inner setting has something to do, and dropout leaves the steps to chance.
SETTINGS = ClassifierSettings(
    units=5,
    epochs=4,
    batch=6,
    learning_rate=0.02,
    warmup_epochs=2,
    weight_decay=0.3,
    clip_norm=0.05,
    label_smoothing=0.2,
    dropout=0.0,
    averaging=0.3,
)
SIGNS, STEPS, CHANNELS, BATCHES = 3, 20, 4, 2


def fit_of(settings: ClassifierSettings) -> _Fit:
    start_tensorflow(settings.seed, 1)
    return _Fit(settings, SIGNS, (STEPS, CHANNELS), BATCHES)


def batches() -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(3)
    return [
        (rng.normal(0, 1, (6, STEPS, CHANNELS)).astype(np.float32), rng.integers(0, SIGNS, 6))
        for _ in range(BATCHES * SETTINGS.epochs)
    ]


def targets_of(settings: ClassifierSettings, answers: np.ndarray) -> np.ndarray:
    """Each right answer 1 less the smoothing, which all signs share, the right one among them."""
    return np.eye(SIGNS)[answers] * (1 - settings.label_smoothing) + settings.label_smoothing / SIGNS


def rate_of(settings: ClassifierSettings, step: int) -> float:
    """Learning rate of a step, counted from 0."""
    warmup = min(settings.warmup_epochs, settings.epochs - 1) * BATCHES
    low = settings.learning_rate / 50  # where a warm-up begins
    if step < warmup:
        return low + (settings.learning_rate - low) * step / warmup
    done = (step - warmup) / (settings.epochs * BATCHES - warmup)
    return settings.learning_rate * (0.995 * (1 + math.cos(math.pi * done)) / 2 + 0.005)


class ByHand:
    """AdamW (Loshchilov and Hutter 2019) in double precision, step by step beside a training.

    Each step starts from the training's own weights, so that single precision's errors do not grow.
    """

    def __init__(self, settings: ClassifierSettings, fit: _Fit) -> None:
        self.settings = settings
        self.model = fit.model
        self.gradient = tf.function(self._gradient)
        self.average = self.weights()
        self.first = [np.zeros_like(weight) for weight in self.average]
        self.second = [np.zeros_like(weight) for weight in self.average]
        self.steps = 0

    def weights(self) -> list[np.ndarray]:
        return [weight.numpy().astype(np.float64) for weight in self.model.trainable_variables]

    def _gradient(self, frames: tf.Tensor, targets: tf.Tensor) -> tuple[tf.Tensor, list[tf.Tensor]]:
        with tf.GradientTape() as tape:
            logs = tf.nn.log_softmax(self.model(frames, training=False))
            loss = -tf.reduce_mean(tf.reduce_sum(targets * logs, axis=1))
        return loss, tape.gradient(loss, [weight.value for weight in self.model.trainable_variables])

    def step(self, frames: np.ndarray, answers: np.ndarray) -> tuple[float, list[np.ndarray]]:
        """Loss of a batch, and the weights after it; `average` moves on."""
        settings = self.settings
        targets = targets_of(settings, answers).astype(np.float32)
        loss, gradient = self.gradient(tf.constant(frames), tf.constant(targets))
        parts = [part.numpy().astype(np.float64) for part in gradient]
        norm = math.sqrt(sum(float(np.square(part).sum()) for part in parts))
        rate = rate_of(settings, self.steps)
        self.steps += 1
        decay = min(settings.averaging, (1 + self.steps) / (10 + self.steps))
        weights = self.weights()
        for i, part in enumerate(parts):
            clipped = part * min(1, settings.clip_norm / norm)
            self.first[i] = 0.9 * self.first[i] + 0.1 * clipped
            self.second[i] = 0.999 * self.second[i] + 0.001 * clipped**2
            # Kingma and Ba's form with "epsilon hat", as Keras has it.
            size = (np.sqrt(self.second[i]) + 1e-7) / math.sqrt(1 - 0.999**self.steps)
            towards = self.first[i] / (1 - 0.9**self.steps) / size
            weights[i] = weights[i] - rate * settings.weight_decay * weights[i] - rate * towards
            self.average[i] = decay * self.average[i] + (1 - decay) * weights[i]
        return float(loss), weights


def farthest(some: list[np.ndarray], others: list[np.ndarray]) -> float:
    return max(float(np.abs(a - b).max()) for a, b in zip(some, others, strict=True))


@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS,
        replace(SETTINGS, label_smoothing=0.0, weight_decay=0.0, warmup_epochs=1),
        replace(SETTINGS, warmup_epochs=9),  # a warm-up leaves one epoch to the cosine
        replace(SETTINGS, averaging=0.999),  # short at first all the same
    ],
    ids=["all", "sharp answers, no decay", "long warm-up", "long average"],
)
def test_losses_weights_and_their_average_are_those_of_the_settings(settings: ClassifierSettings) -> None:
    fit = fit_of(settings)
    by_hand = ByHand(settings, fit)
    for frames, answers in batches():
        expected_loss, expected = by_hand.step(frames, answers)
        assert fit.step(frames, answers) == pytest.approx(expected_loss, rel=1e-5)
        assert farthest(by_hand.weights(), expected) < 2e-5
    weights = by_hand.weights()
    with fit.averaged_weights():
        assert farthest(by_hand.weights(), by_hand.average) < 2e-5
    assert farthest(by_hand.weights(), weights) == 0  # the average is lent, not kept


def test_gradient_is_clipped_by_its_norm_over_all_weights() -> None:
    # Adam divides the gradient's size out again, up to its epsilon of 1e-7: near that a limit shows.
    settings = replace(SETTINGS, clip_norm=1e-6, weight_decay=0.0, warmup_epochs=0)
    fit = fit_of(settings)
    limited, unlimited = ByHand(settings, fit), ByHand(replace(settings, clip_norm=1.0), fit)
    batch = batches()[0]
    expected, other = limited.step(*batch)[1], unlimited.step(*batch)[1]
    fit.step(*batch)
    assert farthest(limited.weights(), expected) < 2e-5
    assert farthest(limited.weights(), other) > 0.01


def test_without_a_warmup_the_first_step_has_the_highest_rate() -> None:
    settings = replace(SETTINGS, warmup_epochs=0, weight_decay=0.0, clip_norm=1e3)
    fit = fit_of(settings)
    before = [weight.numpy() for weight in fit.model.trainable_variables]
    fit.step(*batches()[0])
    moved = [np.abs(weight.numpy() - old) for weight, old in zip(fit.model.trainable_variables, before, strict=True)]
    # Adam's first step is the rate itself, wherever there is a gradient.
    assert max(float(part.max()) for part in moved) == pytest.approx(settings.learning_rate, rel=1e-3)


def test_dropout_takes_its_share_of_hidden_units_in_training_alone() -> None:
    fit = fit_of(replace(SETTINGS, units=SIGNS, dropout=0.4))
    head = fit.model.get_layer("head")
    head.set_weights([np.eye(SIGNS, dtype=np.float32), np.zeros(SIGNS, np.float32)])
    frames = np.random.default_rng(0).normal(0, 1, (2000, STEPS, CHANNELS)).astype(np.float32)
    hidden = np.asarray(fit.model(frames, training=False))
    assert not (hidden == 0).any()
    dropped = np.asarray(fit.model(frames, training=True))
    taken = dropped == 0
    assert taken.mean() == pytest.approx(0.4, abs=0.03)
    np.testing.assert_allclose(dropped[~taken], hidden[~taken] / 0.6, rtol=1e-5)


def test_the_compiled_step_is_what_the_code_says(eagerly) -> None:
    found = []
    for eager in (False, True):
        eagerly(eager)
        fit = fit_of(SETTINGS)
        losses = [fit.step(*batch) for batch in batches()[:2]]
        found.append((losses, [weight.numpy() for weight in fit.model.trainable_variables]))
    (losses, weights), (expected_losses, expected) = found
    np.testing.assert_allclose(losses, expected_losses, rtol=1e-5)
    assert farthest(weights, expected) < 2e-5


def test_validation_loss_is_cross_entropy_without_smoothing() -> None:
    fit = fit_of(SETTINGS)
    frames, answers = batches()[0]
    loss, accuracy = fit.evaluate(frames, answers)
    logits = np.asarray(fit.model(frames), np.float64)
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert loss == pytest.approx(float(-np.log(probabilities[np.arange(6), answers]).mean()))
    assert accuracy == (logits.argmax(axis=1) == answers).mean()


# ---------------------------------------------------------------------------------------------- which epoch is kept
QUICK = ClassifierSettings(units=4, epochs=6, batch=8, warmup_epochs=1, validate_every=1, averaging=0.5)


@pytest.mark.parametrize(
    ("answers", "best"),
    [
        ([(0.9, 0.2), (0.5, 0.6), (0.7, 0.8), (0.1, 0.3), (0.2, 0.5), (0.3, 0.4)], 3),  # by accuracy, not by loss
        ([(0.9, 0.8), (0.5, 0.8), (0.7, 0.8), (0.1, 0.3), (0.5, 0.8), (0.3, 0.4)], 2),  # of equals by loss, the first
    ],
)
def test_the_averaged_weights_of_the_best_validated_epoch_are_the_result(
    recordings, monkeypatch: pytest.MonkeyPatch, answers: list[tuple[float, float]], best: int
) -> None:
    split = session_split(recordings.session)
    mean, std = standardisation(recordings, np.flatnonzero(split == TRAIN))
    held = recordings.select(split == VALIDATION)
    seen: list[str] = []

    def evaluate(fit: _Fit, frames: np.ndarray, signs: np.ndarray) -> tuple[float, float]:
        np.testing.assert_array_equal(frames, held.padded(90, mean, std))
        np.testing.assert_array_equal(signs, held.sign)
        seen.append(classifier_from_keras(fit.model, recordings.signs, mean, std).fingerprint)
        for weight, average in zip(fit.model.trainable_variables, fit._average, strict=True):
            np.testing.assert_array_equal(weight.numpy(), average.numpy())
        return answers[len(seen) - 1]

    monkeypatch.setattr(module._Fit, "evaluate", evaluate)
    *events, trained = train_classifier(recordings, split, QUICK)
    assert isinstance(trained, ClassifierTrained)
    assert len(set(seen)) == 6
    assert (trained.best_epoch, trained.epochs_run) == (best, 6)
    assert trained.classifier.fingerprint == seen[best - 1]
    assert (trained.validation_loss, trained.validation_accuracy) == answers[best - 1]
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert [(event.validation_loss, event.validation_accuracy) for event in epochs] == answers
    assert [event.epoch for event in epochs if event.best][-1] == best
    assert trained.train_loss == epochs[best - 1].train_loss


def test_test_recordings_decide_nothing(recordings) -> None:
    split = session_split(recordings.session)
    assert (split == TEST).any()
    frames = recordings.frames.copy()
    starts = np.cumsum(recordings.lengths) - recordings.lengths
    for row in np.flatnonzero(split == TEST):
        frames[starts[row] : starts[row] + recordings.lengths[row]] = 5
    settings = replace(QUICK, epochs=2)
    one, other = (
        list(train_classifier(some, split, settings))[-1] for some in (recordings, replace(recordings, frames=frames))
    )
    assert one.classifier.fingerprint == other.classifier.fingerprint
    assert (one.train_loss, one.validation_loss) == (other.train_loss, other.validation_loss)
