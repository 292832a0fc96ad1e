"""Trains the classifier, as a generator of events; reproducible for a seed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import keras
import numpy as np
import tensorflow as tf

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.recordings import STEPS, Recordings
from auslan_explorer.core.splits import TRAIN, VALIDATION
from auslan_explorer.ml.augmentation import Augmenter
from auslan_explorer.ml.networks import build_classifier, classifier_from_keras
from auslan_explorer.ml.runtime import start_tensorflow
from auslan_explorer.training.events import BatchesDone, ClassifierTrained, EpochDone, Event, Started
from auslan_explorer.training.settings import ClassifierSettings

BATCHES_A_REPORT = 8
# The running average of the weights starts short and grows, so that the first steps do not weigh on it for long.
AVERAGING_START = 10


def train_classifier(
    recordings: Recordings,
    split: np.ndarray,
    settings: ClassifierSettings | None,
    cancelled: IsCancelled = never,
    stop: Callable[[], bool] = never,
    threads: int = 1,
) -> Iterator[Event]:
    """Train the article's network on the recordings that `split` calls `TRAIN`.

    AdamW with a warm-up and a cosine schedule, label smoothing, dropout before the softmax layer, a running average of
    the weights, and `ml.augmentation`. Every few epochs the averaged weights are validated; the result has the best
    ones (by accuracy, then by loss). Test recordings are not used here.

    Parameters
    ----------
    recordings : Recordings
        The network reads 90 frames, or as many as the longest has.
    split : ndarray of uint8, shape (recordings,)
        Codes of `core.splits`.
    settings : ClassifierSettings or None
    cancelled : callable, optional
        Asked between batches; once it returns True, training is discarded.
    stop : callable, optional
        Asked between batches; once it returns True, training ends with the best weights so far.
    threads : int
        Threads of TensorFlow.

    Yields
    ------
    Event
        `Started`, `BatchesDone`, `EpochDone`, and `ClassifierTrained` as the last.

    Raises
    ------
    UserError
        If a setting is invalid, there are too few recordings, or the loss is no longer a finite number.
    Cancelled
        If `cancelled` returned True.
    """
    settings = settings or ClassifierSettings()
    settings.check()
    training, validation = np.flatnonzero(split == TRAIN), np.flatnonzero(split == VALIDATION)
    _check_split(recordings, training, validation if settings.validate_every else None)
    start_tensorflow(settings.seed, threads)
    rng = np.random.default_rng(settings.seed)

    mean, std = standardisation(recordings, training)
    padded = recordings.padded(max(STEPS, int(recordings.lengths.max())), mean, std)
    augmenter = Augmenter(
        padded[training], recordings.lengths[training], recordings.sign[training], settings.augmentation, rng
    )
    fit = _Fit(settings, len(recordings.signs), padded.shape[1:], max(1, len(training) // settings.batch))
    answers = recordings.sign[training].astype(np.int64)
    yield Started(settings.epochs, len(training))

    best: ClassifierTrained | None = None
    began = time.monotonic()
    for epoch in range(1, settings.epochs + 1):
        order = rng.permutation(len(training))
        losses, stopped = [], False
        for number in range(fit.batches):
            if cancelled():
                raise Cancelled
            if stop():
                stopped = True
                break
            rows = order[number * settings.batch : (number + 1) * settings.batch]
            losses.append(fit.step(augmenter.batch(rows), answers[rows]))
            if number % BATCHES_A_REPORT == BATCHES_A_REPORT - 1:
                yield BatchesDone((epoch - 1 + (number + 1) / fit.batches) / settings.epochs)
        train_loss = float(np.mean(losses)) if losses else math.nan
        if losses and not math.isfinite(train_loss):
            raise UserError("The training loss is no longer a finite number; try a smaller learning rate.")
        last = stopped or epoch == settings.epochs
        loss = accuracy = math.nan
        better = False
        if last or (settings.validate_every and epoch % settings.validate_every == 0):
            with fit.averaged_weights():
                if settings.validate_every:
                    loss, accuracy = fit.evaluate(padded[validation], recordings.sign[validation])
                better = best is None or (accuracy, -loss) > (best.validation_accuracy, -best.validation_loss)
                if better:
                    kept = classifier_from_keras(fit.model, recordings.signs, mean, std)
        seconds = time.monotonic() - began
        if better:
            best = ClassifierTrained(kept, epoch, epoch, train_loss, loss, accuracy, seconds)
        yield EpochDone(epoch, settings.epochs, train_loss, loss, accuracy, better, seconds)
        if last:
            break
    assert best is not None  # the last epoch is always validated
    yield replace(best, epochs_run=epoch, seconds=time.monotonic() - began)


def standardisation(recordings: Recordings, training: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute mean and standard deviation of every channel over the real frames of the training recordings.

    Parameters
    ----------
    recordings : Recordings
    training : ndarray of int
        Rows of the training recordings.

    Returns
    -------
    mean, std : ndarray of float32, shape (channels,)
        A channel that never changes gets 1 as its deviation.
    """
    frames = np.concatenate([recordings.frames_of(int(row)) for row in training]).astype(np.float64)
    std = frames.std(axis=0)
    return frames.mean(axis=0).astype(np.float32), np.where(std > 1e-8, std, 1).astype(np.float32)


def _check_split(recordings: Recordings, training: np.ndarray, validation: np.ndarray | None) -> None:
    if not len(training) or (validation is not None and not len(validation)):
        raise UserError("The split leaves no recordings to train on or none to validate with; choose another split.")
    missing = np.setdiff1d(np.arange(len(recordings.signs)), recordings.sign[training])
    if len(missing):
        raise UserError(
            f"The sign {recordings.signs[missing[0]]!r} has no recording among those to train on; import more "
            "recordings of it or choose another split."
        )


class _Fit:
    """The model, its optimiser and the running average of its weights."""

    def __init__(self, settings: ClassifierSettings, signs: int, shape: tuple[int, ...], batches: int) -> None:
        """Make the model for inputs of `shape`, (steps, channels)."""
        self.batches = batches
        steps, channels = shape
        self.model = build_classifier(
            settings.units, signs, channels, steps, dropout=settings.dropout, answers=settings.answers
        )
        self._settings = settings
        self._signs = signs
        warmup = min(settings.warmup_epochs, settings.epochs - 1) * batches
        rate = keras.optimizers.schedules.CosineDecay(
            settings.learning_rate / 50 if warmup else settings.learning_rate,
            max(1, settings.epochs * batches - warmup),
            alpha=0.005,
            warmup_target=settings.learning_rate if warmup else None,
            warmup_steps=warmup,
        )
        self._optimizer = keras.optimizers.AdamW(
            rate, weight_decay=settings.weight_decay, global_clipnorm=settings.clip_norm
        )
        self._weights = self.model.trainable_variables
        self._average = [tf.Variable(weight.value) for weight in self._weights]
        self._steps = 0
        self._train = tf.function(self._train_batch)
        self._logits = tf.function(self._last_logits)

    def step(self, frames: np.ndarray, answers: np.ndarray) -> float:
        """Train on one batch, and return its loss."""
        settings = self._settings
        self._steps += 1
        decay = min(settings.averaging, (1 + self._steps) / (AVERAGING_START + self._steps))
        targets = np.full((len(answers), self._signs), settings.label_smoothing / self._signs, dtype=np.float32)
        targets[np.arange(len(answers)), answers] += 1 - settings.label_smoothing
        return float(self._train(tf.constant(frames), tf.constant(targets), tf.constant(decay, tf.float32)))

    def _train_batch(self, frames: tf.Tensor, targets: tf.Tensor, decay: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            logits = self.model(frames, training=True)
            if self._settings.answers > 1:
                targets = tf.broadcast_to(targets[:, None], tf.shape(logits))
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, logits))
        self._optimizer.apply(tape.gradient(loss, [weight.value for weight in self._weights]), self._weights)
        for average, weight in zip(self._average, self._weights, strict=True):
            average.assign(decay * average + (1 - decay) * weight.value)
        return loss

    def _last_logits(self, frames: tf.Tensor) -> tf.Tensor:
        logits = self.model(frames, training=False)
        return logits[:, -1] if self._settings.answers > 1 else logits

    def averaged_weights(self) -> _Swapped:
        """Return a context manager inside which the model has the averaged weights."""
        return _Swapped(self._weights, self._average)

    def evaluate(self, frames: np.ndarray, answers: np.ndarray) -> tuple[float, float]:
        """Compute cross-entropy without label smoothing, and accuracy from 0 to 1."""
        logits = self._logits(tf.constant(frames)).numpy().astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        log_probability = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        loss = -log_probability[np.arange(len(answers)), answers].mean()
        return float(loss), float((logits.argmax(axis=1) == answers).mean())


class _Swapped:
    def __init__(self, weights: list[keras.Variable], values: list[tf.Variable]) -> None:
        self._weights, self._values = weights, values
        self._kept: list[np.ndarray] = []

    def __enter__(self) -> None:
        self._kept = [weight.numpy() for weight in self._weights]
        for weight, value in zip(self._weights, self._values, strict=True):
            weight.assign(value)

    def __exit__(self, *_: object) -> None:
        for weight, value in zip(self._weights, self._kept, strict=True):
            weight.assign(value)
