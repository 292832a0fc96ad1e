"""Trains an autoencoder on hidden states, as a generator of events; reproducible for a seed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import tensorflow as tf

from auslan_explorer.core.activations import Activations, StateSource
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.splits import TRAIN, VALIDATION
from auslan_explorer.ml.interpolation import EndInterpolation
from auslan_explorer.ml.networks import autoencoder_from_keras, build_autoencoder, halves
from auslan_explorer.ml.rows import check_rows, training_steps
from auslan_explorer.ml.runtime import start_tensorflow
from auslan_explorer.ml.sample import encode_until
from auslan_explorer.training.alignment import centred
from auslan_explorer.training.events import AutoencoderTrained, BatchesDone, EpochDone, Event, Snapshot, Stage, Started
from auslan_explorer.training.settings import AutoencoderSettings

BATCHES_A_CALL = 16
ROWS_A_CALL = 4096
"""Most batches, and approximate rows, in one call of the compiled loop: a stop is noticed within 0.2 s."""
_MOST_ENDS = 60_000
"""Copies of last steps in an epoch, at most; of very many recordings some are taken, evenly."""

PAIRS = 256
"""Rows of each batch, at most, whose next step is encoded too: on these pairs smoothness in time is measured."""
WARMUP_EPOCHS = 1
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7
"""Constants of Adam (Kingma and Ba 2015), as in Keras."""


def train_autoencoder(
    activations: Activations,
    settings: AutoencoderSettings | None,
    split: np.ndarray | None = None,
    cancelled: IsCancelled = never,
    stop: Callable[[], bool] = never,
    show: StateSource | None = None,
    show_every: int = 5,
    threads: int = 1,
) -> Iterator[Event]:
    """Train the article's denoising autoencoder on the hidden states of the recordings that `split` calls `TRAIN`.

    Fresh Gaussian noise on every batch, mean squared error to the clean state, Adam. Validation rows are all real
    steps of other recordings than those trained on, without noise; the result has the weights of the best epoch. Many
    batches are one call of a compiled loop over data in TensorFlow's memory, which makes an epoch faster than Keras's
    ``fit``. A linear bottleneck's map has its origin where recordings begin.

    Parameters
    ----------
    activations : Activations
        Of any recurrent network.
    settings : AutoencoderSettings or None
    split : ndarray of uint8, shape (recordings,), optional
        Codes of `core.splits`; that of `activations` where it is left out.
    cancelled : callable, optional
        Asked every few batches; once it returns True, training is discarded.
    stop : callable, optional
        Asked every few batches; once it returns True, training ends with the best weights so far.
    show : StateSource, shape (rows, units), optional
        Hidden states whose points are sent as snapshots during training.
    show_every : int
        Epochs between two such snapshots.
    threads : int
        Threads of TensorFlow.

    Yields
    ------
    Event
        `Stage`, `Started`, `BatchesDone`, `EpochDone`, `Snapshot`, and `AutoencoderTrained` as the last.

    Raises
    ------
    UserError
        If a setting is invalid, the hidden states cannot be learned from, or the loss is no longer a finite number.
    Cancelled
        If `cancelled` returned True.
    """
    settings = settings or AutoencoderSettings()
    settings.check()
    rows = _rows(activations, activations.split if split is None else split, settings)
    start_tensorflow(settings.seed, threads)
    fit = _Fit(rows, settings)
    yield Started(settings.epochs, rows.real)
    validation = rows.validation
    del rows  # TensorFlow has its own copy of very many

    best: AutoencoderTrained | None = None
    losses: list[tuple[float, float]] = []
    began = time.monotonic()
    for epoch in range(1, settings.epochs + 1):
        order = fit.start_epoch()
        total, done, stopped = 0.0, 0, False
        while done < fit.batches:
            if cancelled():
                raise Cancelled
            if stop():
                stopped = True
                break
            batches = min(fit.batches_a_call, fit.batches - done)
            total += fit.run(order, done, batches)
            done += batches
            yield BatchesDone((epoch - 1 + done / fit.batches) / settings.epochs, time.monotonic() - began)
        if stopped and best is not None:
            break  # a part of an epoch is not looked at: the person waits
        train_loss = total / done if done else math.nan
        validation_loss = fit.error(validation)
        if (done and not math.isfinite(train_loss)) or not math.isfinite(validation_loss):
            raise UserError("The loss is no longer a finite number; try a smaller learning rate or less noise.")
        losses.append((train_loss, validation_loss))
        better = best is None or validation_loss < best.validation_loss
        seconds = time.monotonic() - began
        if best is None or better:
            best = AutoencoderTrained(fit.autoencoder(), epoch, epoch, train_loss, validation_loss, seconds)
        yield EpochDone(epoch, settings.epochs, train_loss, validation_loss, math.nan, better, seconds)
        if show is not None and epoch % show_every == 0 and not stopped:
            # The best map is needed whatever a person wishes meanwhile; of another, nobody waits for the rest.
            yield Stage("projecting")
            points = encode_until(fit.autoencoder(), show, never if better else stop)
            if points is not None:
                yield Snapshot(epoch, points)
        if stopped or epoch - best.best_epoch >= settings.patience:
            break
    assert best is not None  # the first epoch always is the best so far
    train_losses, validation_losses = zip(*losses, strict=True)
    yield replace(
        best,
        epochs_run=len(losses),
        seconds=time.monotonic() - began,
        train_losses=train_losses,
        validation_losses=validation_losses,
    )


@dataclass(frozen=True, eq=False)
class _Rows:
    """Hidden states for training and validation.

    Attributes
    ----------
    table : ndarray of float32, shape (rows, units)
        Training rows, and behind them room for copies of last steps: together they are one array, not copied again.
    real : int
        Training rows.
    validation : ndarray of float32, shape (rows, units)
    last : ndarray of float32, shape (n, units)
        States at the last steps of the training recordings, or of some, which are among the training rows too.
    before : ndarray of float32, shape (recordings, units)
        States before recordings begin.
    following : ndarray of int32, shape (rows,)
        Row of the same recording's next step; the row itself where there is none, as behind a copy.
    """

    table: np.ndarray
    real: int
    validation: np.ndarray
    last: np.ndarray
    before: np.ndarray
    following: np.ndarray

    @property
    def training(self) -> np.ndarray:
        """Training rows, a view."""
        return self.table[: self.real]


def _rows(activations: Activations, split: np.ndarray, settings: AutoencoderSettings) -> _Rows:
    of_point = split[activations.recording_of_point()]
    states = activations.all_states()
    training = (of_point == TRAIN) & training_steps(activations, settings.steps)
    row, recording = np.flatnonzero(training), activations.recording_of_point()[training]
    followed = (np.diff(row) == 1) & (np.diff(recording) == 0)
    ends = activations.offsets[1:][(activations.lengths > 0) & (split == TRAIN)] - 1
    most = max(_MOST_ENDS // max(settings.last_step_copies, 1), 1)
    if len(ends) > most:
        ends = ends[np.linspace(0, len(ends) - 1, most).astype(np.int64)]
    table = np.zeros((len(row) + len(ends) * settings.last_step_copies, activations.units), dtype=np.float32)
    np.take(states, row, axis=0, out=table[: len(row)], mode="clip")  # "raise" would make a copy first
    following = np.arange(len(table), dtype=np.int32)
    following[: len(row) - 1] += followed
    rows = _Rows(
        table=table,
        real=len(row),
        validation=states[of_point == VALIDATION],
        last=states[ends],
        before=activations.states_before(),
        following=following,
    )
    check_rows(rows.training, rows.validation)
    return rows


class _Fit:
    """The model, Adam's moments, and the training rows as tensors.

    NumPy computes rates and draws noise for a whole call of the compiled loop, and Adam is one kernel for each array of
    weights: what is not a product of matrices took a third of the time before.
    """

    def __init__(self, rows: _Rows, settings: AutoencoderSettings) -> None:
        self._real = rows.real
        self._last = EndInterpolation(rows.last, settings.last_step_copies)
        self.count = self._real + self._last.count
        self._batch = min(settings.batch, self.count)
        self.batches = self.count // self._batch
        self.batches_a_call = max(1, min(BATCHES_A_CALL, ROWS_A_CALL // self._batch))
        self._rows = tf.Variable(rows.table[: self.count], trainable=False)
        self._before = rows.before
        self._following = tf.constant(rows.following)
        self._pairs = min(PAIRS, self._batch) if settings.smoothness else 0
        self._rng = np.random.default_rng(settings.seed)
        self._settings = settings
        self._units = rows.table.shape[1]
        self._model = build_autoencoder(self._units, settings)
        self._encoder, self._decoder = halves(self._model)
        # What is measured, and is the result.
        self._kept = build_autoencoder(self._units, settings) if settings.averaging else self._model
        self._weights, self._averages = (
            [weight.value for weight in model.trainable_variables] for model in (self._model, self._kept)
        )
        self._means, self._squares = ([tf.Variable(tf.zeros_like(w)) for w in self._weights] for _ in range(2))
        self._batches_done = 0
        signature = [
            tf.TensorSpec(shape, kind)
            for shape, kind in (
                ((None, self._batch), tf.int32),
                ((None, self._batch, self._units), tf.float32),
                ((None, self._batch, settings.dims), tf.float32),
                ((None,), tf.float32),
                ((), tf.float32),
                ((), tf.float32),
            )
        ]
        self._run = tf.function(self._run_batches, input_signature=signature, autograph=False)
        self._error = tf.function(self._squared_error, autograph=False)

    def rates(self, batches: np.ndarray) -> np.ndarray:
        """Return the learning rate of batches counted from the first of the training, float64, shape (batches,)."""
        settings = self._settings
        if settings.schedule == "constant" or settings.epochs <= WARMUP_EPOCHS:
            return np.full(len(batches), settings.learning_rate)
        warmup = WARMUP_EPOCHS * self.batches
        risen = 0.02 + 0.98 * batches / warmup
        done = np.clip((batches - warmup) / (settings.epochs * self.batches - warmup), 0, 1)
        fallen = 0.001 + 0.999 * (1 + np.cos(np.pi * done)) / 2
        return settings.learning_rate * np.where(batches < warmup, risen, fallen)

    def start_epoch(self) -> np.ndarray:
        """Draw new copies of last steps, and return a random order of all rows, int32, shape (`count`,)."""
        if self._last.count:
            self._rows[self._real :].assign(self._last.draw(self._rng))
        return self._rng.permutation(self.count).astype(np.int32)

    def run(self, order: np.ndarray, first: int, batches: int) -> float:
        """Train on batches `first` to ``first + batches - 1`` of this epoch's order; return the sum of their losses."""
        rows = order[first * self._batch : (first + batches) * self._batch].reshape(batches, self._batch)
        noise, code_noise = (
            self._rng.standard_normal((batches, self._batch, width), dtype=np.float32)
            for width in (self._units, self._settings.dims)
        )
        rates = self.rates(self._batches_done + np.arange(batches))
        kept = np.prod(1 - self._settings.weight_decay * rates)
        updates = self._batches_done + np.arange(1, batches + 1)
        corrected = rates * np.sqrt(1 - BETA_2**updates) / (1 - BETA_1**updates)
        self._batches_done += batches
        # The weights that training begins with leave the average at once.
        newest = max(1 - self._settings.averaging**batches, batches / self._batches_done)
        corrected = corrected.astype(np.float32)
        return float(self._run(rows, noise, code_noise, corrected, np.float32(kept), np.float32(newest)))

    def _run_batches(
        self,
        order: tf.Tensor,
        noise: tf.Tensor,
        code_noise: tf.Tensor,
        rates: tf.Tensor,
        kept: tf.Tensor,
        newest: tf.Tensor,
    ) -> tf.Tensor:
        def train(number: tf.Tensor, total: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            return number + 1, total + self._train(order[number], noise[number], code_noise[number], rates[number])

        # Written out, since to translate a Python loop takes TensorFlow as long as a quarter of a quick epoch.
        batches = tf.shape(order)[0]
        _, total = tf.while_loop(lambda number, _: number < batches, train, (0, tf.constant(0.0)))
        if self._settings.weight_decay:
            # Some millionths of a weight a batch: taken off at once, where each batch would pass over all weights.
            for weight in self._weights:
                weight.assign(kept * weight)
        if self._settings.averaging:
            for average, weight in zip(self._averages, self._weights, strict=True):
                average.assign_add(newest * (weight - average))
        return total

    def _train(self, batch: tf.Tensor, noise: tf.Tensor, code_noise: tf.Tensor, rate: tf.Tensor) -> tf.Tensor:
        """Train on the rows of one batch; return the loss before."""
        settings = self._settings
        clean = tf.gather(self._rows, batch)
        before = batch[: self._pairs]
        after = tf.gather(self._following, before)
        # A step after has the noise of another row than the step before, which is as good as noise of its own.
        after_noise = tf.roll(noise[: self._pairs], 1, axis=0)
        with tf.GradientTape() as tape:
            code = self._encoder(clean + settings.noise * noise, training=True)
            seen = code + settings.effective_code_noise * code_noise
            loss = tf.reduce_mean(tf.square(self._decoder(seen, training=True) - clean))
            loss += settings.code_penalty * tf.reduce_mean(tf.reduce_sum(tf.square(code), axis=1))
            if self._pairs:
                # Apart from the batch, so that one thread encodes the steps after while another one decodes the batch:
                # products as small as these TensorFlow does not share out among threads where caches are large.
                noisy_after = tf.gather(self._rows, after) + settings.noise * after_noise
                code_after = self._encoder(noisy_after, training=True)
                loss += settings.smoothness * _mean_step(code[: self._pairs], code_after, after != before)
        self._update(tape.gradient(loss, self._weights), rate)
        return loss

    def _update(self, gradients: list[tf.Tensor], rate: tf.Tensor) -> None:
        """Move the weights by Adam, at a rate in which the correction of its first steps is."""
        if self._settings.clip_norm:
            gradients, _ = tf.clip_by_global_norm(gradients, self._settings.clip_norm)
        for weight, gradient, mean, square in zip(self._weights, gradients, self._means, self._squares, strict=True):
            tf.raw_ops.ResourceApplyAdam(
                var=weight.handle, m=mean.handle, v=square.handle, grad=gradient, lr=rate, epsilon=EPSILON,
                beta1=BETA_1, beta2=BETA_2, beta1_power=0.0, beta2_power=0.0,
            )  # fmt: skip

    def _squared_error(self, rows: tf.Tensor) -> tf.Tensor:
        return tf.reduce_mean(tf.square(self._kept(rows, training=False) - rows))

    def error(self, rows: np.ndarray) -> float:
        """Return the mean squared error of clean rows."""
        return float(self._error(tf.constant(rows)))

    def autoencoder(self) -> Autoencoder:
        """Return the autoencoder as it is kept now, its map's origin where recordings begin."""
        return centred(autoencoder_from_keras(self._kept), self._before)


def _mean_step(before: tf.Tensor, after: tf.Tensor, follows: tf.Tensor) -> tf.Tensor:
    """Return the mean squared length of the map's steps from `before` to `after`, of those rows that `follows` names.

    A penalty on it makes the map smooth in time, as slow feature analysis is (Wiskott and Sejnowski 2002); with the
    noise that all rows get, small steps are held together too.
    """
    counted = tf.cast(follows, tf.float32)
    squared = tf.reduce_sum(tf.square(after - before), axis=1)
    return tf.math.divide_no_nan(tf.reduce_sum(squared * counted), tf.reduce_sum(counted))
