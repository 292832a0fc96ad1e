"""Training autoencoders on made-up hidden states: learns, repeats itself for a seed, stops, cancels, explains."""

from __future__ import annotations

import math
from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.splits import TRAIN, VALIDATION
from auslan_explorer.ml.interpolation import FARTHEST, EndInterpolation
from auslan_explorer.ml.networks import halves
from auslan_explorer.ml.rows import training_steps
from auslan_explorer.ml.runtime import start_tensorflow
from auslan_explorer.ml.train_autoencoder import PAIRS, _Fit, _rows, train_autoencoder
from auslan_explorer.training.events import AutoencoderTrained, EpochDone, Snapshot, Started
from auslan_explorer.training.settings import AutoencoderSettings, article_autoencoder

QUICK = AutoencoderSettings(
    widths=(32, 16), batch=32, epochs=15, noise=0.02, steps="all", learning_rate=5e-3, code_noise=0.01
)


def result(events):
    *_, last = events
    assert isinstance(last, AutoencoderTrained)
    return last


def with_states(activations, states):
    return replace(activations, states=ArrayStates(states.astype(np.float32)))


def test_learns_and_keeps_the_best_epoch(activations):
    events = list(train_autoencoder(activations, QUICK))
    states = activations.all_states()
    of_point = activations.split[activations.recording_of_point()]
    assert events[0] == Started(15, int((of_point == TRAIN).sum()))
    epochs = [event for event in events if isinstance(event, EpochDone)]
    trained = events[-1]
    best = min(epochs, key=lambda event: event.validation_loss)
    assert trained.best_epoch == best.epoch
    assert trained.validation_loss == best.validation_loss
    held = states[of_point == VALIDATION]
    assert np.mean((trained.autoencoder.reconstruct(held) - held) ** 2) == pytest.approx(best.validation_loss, rel=1e-4)
    assert best.validation_loss < 0.2 * held.var()
    assert trained.autoencoder.dims == 2


def test_same_seed_same_map(activations):
    short = replace(QUICK, epochs=2)
    one, two = (result(train_autoencoder(activations, short)).autoencoder.fingerprint for _ in range(2))
    assert one == two
    assert result(train_autoencoder(activations, replace(short, seed=1))).autoencoder.fingerprint != one


@pytest.mark.parametrize("padding", [0, 3])
@pytest.mark.parametrize("dims", [2, 3])
def test_paths_begin_at_the_origin_of_the_map(activations, dims, padding):
    prefix = np.random.default_rng(1).normal(size=(padding, activations.units)).astype(np.float32)
    late = replace(activations, prefix=prefix, first_step=np.full_like(activations.first_step, padding))
    trained = result(train_autoencoder(late, replace(QUICK, epochs=1, dims=dims))).autoencoder
    before = prefix[-1:] if padding else np.zeros((1, activations.units), np.float32)
    np.testing.assert_allclose(trained.encode(before), 0, atol=1e-5)


def test_snapshots_show_the_map_as_it_learns(activations):
    show = activations.all_states()[:40]
    events = list(
        train_autoencoder(activations, replace(QUICK, epochs=4, dims=3), show=ArrayStates(show), show_every=2)
    )
    snapshots = [event for event in events if isinstance(event, Snapshot)]
    assert [event.epoch for event in snapshots] == [2, 4]
    assert all(event.points.shape == (40, 3) for event in snapshots)
    # Each is the map of its own epoch: that of a training that ends there.
    assert events[-1].best_epoch == 4
    np.testing.assert_array_equal(snapshots[1].points, events[-1].autoencoder.encode(show))
    assert np.abs(snapshots[0].points - snapshots[1].points).max() > 1e-3
    constant = replace(QUICK, schedule="constant", epochs=3)
    told = list(train_autoencoder(activations, constant, show=ArrayStates(show), show_every=1))
    (second,) = (event for event in told if isinstance(event, Snapshot) and event.epoch == 2)
    until = result(train_autoencoder(activations, replace(constant, epochs=2)))
    assert until.best_epoch == 2
    np.testing.assert_array_equal(second.points, until.autoencoder.encode(show))


@pytest.mark.parametrize("patience", [1, 3])
def test_patience_ends_the_training_so_many_epochs_after_the_best(activations, patience):
    trained = result(train_autoencoder(activations, replace(STILL, epochs=50, patience=patience)))
    assert (trained.best_epoch, trained.epochs_run) == (1, 1 + patience)
    assert len(trained.validation_losses) == trained.epochs_run
    noisy = replace(QUICK, learning_rate=0.2, schedule="constant", epochs=60, patience=patience)
    trained = result(train_autoencoder(activations, noisy))
    assert trained.best_epoch == 1 + int(np.argmin(trained.validation_losses))
    assert trained.epochs_run == trained.best_epoch + patience < 60


# Weights that do not move, all rows in one batch: the loss that is told is that of the weights that come back.
STILL = replace(
    QUICK, learning_rate=1e-12, schedule="constant", epochs=1, batch=65536, last_step_copies=0, noise=0.0,
    code_noise=0.0, code_penalty=0.0,
)  # fmt: skip


def training_rows(activations):
    return activations.all_states()[activations.split[activations.recording_of_point()] == TRAIN]


def by_hand(autoencoder, seen, clean, code_noise=0.0, penalty=0.0):
    """The loss of one batch: error to the clean states, and the penalty on the bottleneck's values.

    Its bias is what moved the map's origin afterwards: biases are zero at first.
    """
    at = autoencoder.bottleneck + 1
    code = Autoencoder(autoencoder.layers, autoencoder.bottleneck).encode(seen)
    decoded = code + code_noise
    code = code - autoencoder.layers[autoencoder.bottleneck].bias
    for layer in autoencoder.layers[at:]:
        decoded = decoded @ layer.kernel + layer.bias
        decoded = np.maximum(decoded, 0) if layer.activation == "relu" else decoded
    return np.square(decoded - clean).mean() + penalty * np.square(code).sum(axis=1).mean()


@pytest.mark.parametrize(
    "change",
    [{}, {"noise": 0.3}, {"code_noise": 0.5}, {"code_penalty": 0.25}, {"code_noise": None},
     {"noise": 0.2, "code_noise": 0.1, "code_penalty": 0.5}, {"dims": 3, "code_noise": None}],
    ids=str,
)  # fmt: skip
def test_the_loss_is_of_the_noise_and_the_penalty_that_were_set(activations, change):
    settings = replace(STILL, **change)
    trained = result(train_autoencoder(activations, settings))
    clean = training_rows(activations)
    drawn = np.random.default_rng(settings.seed)
    clean = clean[drawn.permutation(len(clean))]
    noise = settings.noise * drawn.standard_normal(clean.shape, dtype=np.float32)
    usual = {2: 0.12, 3: 0.2}[settings.dims] if settings.code_noise is None else settings.code_noise
    code_noise = usual * drawn.standard_normal((len(clean), settings.dims), dtype=np.float32)
    expected = by_hand(trained.autoencoder, clean + noise, clean, code_noise, settings.code_penalty)
    assert trained.train_loss == pytest.approx(expected, rel=1e-4)
    if change:
        assert trained.train_loss != pytest.approx(by_hand(trained.autoencoder, clean, clean), rel=1e-3)
    # Validation is without any of it.
    held = activations.all_states()[activations.split[activations.recording_of_point()] == VALIDATION]
    assert trained.validation_loss == pytest.approx(by_hand(trained.autoencoder, held, held), rel=1e-4)


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_smoothness_is_a_penalty_on_the_map_between_consecutive_steps(activations, noise):
    settings = replace(STILL, smoothness=3.0, noise=noise)
    trained = result(train_autoencoder(activations, settings))
    clean, of_row = training_rows(activations), activations.recording_of_point()
    train = of_row[activations.split[of_row] == TRAIN]
    drawn = np.random.default_rng(settings.seed)
    order = drawn.permutation(len(clean))
    first = order[:PAIRS]
    followed = np.append(train[1:] == train[:-1], False)[first]
    assert 0 < followed.sum() < PAIRS < len(clean)
    noise = settings.noise * drawn.standard_normal(clean.shape, dtype=np.float32)
    before = clean[order] + noise
    # The noise of the step after is drawn as often, and not the noise of the step before.
    after = (clean[np.minimum(first + 1, len(clean) - 1)] + np.roll(noise[:PAIRS], 1, axis=0))[followed]
    encode = trained.autoencoder.encode
    expected = by_hand(trained.autoencoder, before, clean[order])
    expected += settings.smoothness * np.square(encode(after) - encode(before[:PAIRS][followed])).sum(axis=1).mean()
    assert trained.train_loss == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("batch", [1, 50])
def test_a_step_is_never_from_one_recording_to_another_or_from_a_copy(activations, batch):
    # All that does not move is in one place: with real pairs alone, the penalty is nothing.
    states = np.random.default_rng(0).normal(size=(len(activations), activations.units)).astype(np.float32)
    resting = with_states(activations, np.repeat(states, activations.lengths, axis=0))
    settings = replace(QUICK, noise=0.0, code_noise=0.0, epochs=1, batch=batch)
    one, other = (
        result(train_autoencoder(resting, replace(settings, smoothness=weight))).train_loss for weight in (0.0, 90.0)
    )
    assert one == pytest.approx(other, rel=1e-5)


def test_a_smooth_map_shows_what_is_slow(activations):
    rng = np.random.default_rng(0)
    slow = np.repeat(rng.normal(0, 1, (len(activations), 2)), activations.lengths, axis=0)
    fast = rng.normal(0, 1.3, (activations.real_steps, 1))
    axes = np.linalg.qr(rng.normal(size=(activations.units, 3)))[0]
    mixed = with_states(activations, np.concatenate([slow, fast], axis=1) @ axes.T)

    def mean_step(smoothness):
        settings = replace(QUICK, epochs=8, smoothness=smoothness, last_step_copies=0)
        places = result(train_autoencoder(mixed, settings)).autoencoder.encode(mixed.all_states())
        steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
        inside = np.diff(activations.recording_of_point()) == 0
        return steps[inside].mean() / np.linalg.norm(places.std(axis=0))

    assert mean_step(1.0) < 0.5 * mean_step(0.0)


def test_weights_shrink_by_the_decay_that_was_set_times_the_rate(activations):
    settings = replace(QUICK, epochs=1, batch=65536, schedule="constant", learning_rate=1e-3)
    kept, shrunk = (
        result(train_autoencoder(activations, replace(settings, weight_decay=decay))).autoencoder
        for decay in (0.0, 0.5)
    )
    # The gradient's step is the same: one batch, from the same weights.
    first = result(train_autoencoder(activations, replace(settings, learning_rate=1e-12))).autoencoder
    for start, one, other in zip(first.layers, kept.layers, shrunk.layers, strict=True):
        np.testing.assert_allclose(one.kernel - other.kernel, 0.5e-3 * start.kernel, atol=6e-7)


def test_noise_is_drawn_anew_for_every_batch(activations):
    epochs = replace(STILL, epochs=3, patience=9)
    without = result(train_autoencoder(activations, epochs)).train_losses
    with_noise = result(train_autoencoder(activations, replace(epochs, noise=0.3))).train_losses
    assert np.ptp(without) < 1e-6 and len(set(np.round(with_noise, 6))) == 3


def test_the_largest_gradient_step_limits_the_weights(activations):
    still = result(train_autoencoder(activations, STILL)).autoencoder

    def moved(clip_norm):
        settings = replace(STILL, learning_rate=1e-2, clip_norm=clip_norm)
        layers = result(train_autoencoder(activations, settings)).autoencoder.layers
        return max(np.abs(new.kernel - old.kernel).max() for new, old in zip(layers, still.layers, strict=True))

    # Adam divides by the size of the gradient, but for a tiny number.
    assert moved(1e-12) < 1e-5 and moved(0.0) > 5e-3


def test_the_rate_rises_for_an_epoch_and_falls_along_a_cosine(activations):
    rows = _rows(activations, activations.split, QUICK)
    fit = _Fit(rows, replace(QUICK, epochs=11, learning_rate=0.01))
    keras_own = keras.optimizers.schedules.CosineDecay(
        0.0002, 10 * fit.batches, alpha=0.001, warmup_target=0.01, warmup_steps=fit.batches
    )
    first, half, highest, middle, last = fit.rates(np.array([0, 0.5, 1, 6, 11]) * fit.batches)
    assert (first, half, highest) == (pytest.approx(0.0002), pytest.approx(0.0051), pytest.approx(0.01))
    assert (middle, last) == (pytest.approx(0.005, rel=0.01), pytest.approx(0.00001))
    batches = np.arange(0, 12 * fit.batches, 7)
    np.testing.assert_allclose(fit.rates(batches), [keras_own(n) for n in batches], rtol=1e-4)
    constant = _Fit(rows, replace(QUICK, schedule="constant"))
    assert set(constant.rates(batches)) == {QUICK.learning_rate}


def test_what_is_measured_and_kept_is_the_average_that_was_set_and_training_goes_on_as_without(activations):
    rows, fits = _rows(activations, activations.split, QUICK), []
    for averaging in (0.0, 0.9):
        keras.utils.set_random_seed(0)
        fits.append(_Fit(rows, replace(QUICK, averaging=averaging)))
    plain, averaged = fits
    order, wanted, done = plain.start_epoch(), None, 0
    np.testing.assert_array_equal(averaged.start_epoch(), order)
    for batches in (1, 2, 4):
        assert plain.run(order, done, batches) == averaged.run(order, done, batches)
        done += batches
        now = plain.autoencoder()
        newest = max(1 - 0.9**batches, batches / done)
        weights = [layer.kernel for layer in now.layers]
        wanted = weights if wanted is None else [a + newest * (w - a) for a, w in zip(wanted, weights, strict=True)]
        kept = averaged.autoencoder()
        for layer, kernel in zip(kept.layers, wanted, strict=True):
            np.testing.assert_allclose(layer.kernel, kernel, atol=1e-6)
    states = rows.validation
    told = [np.mean((each.decode(each.encode(states)) - states) ** 2) for each in (now, kept)]
    assert [plain.error(states), averaged.error(states)] == pytest.approx(told, rel=1e-4) and told[0] != told[1]


@pytest.mark.parametrize("smoothness", [0.0, 0.7])
def test_weights_move_as_keras_adam_moves_them(activations, smoothness):
    settings = replace(QUICK, noise=0.0, code_noise=0.0, last_step_copies=0, weight_decay=0.03, clip_norm=0.05)
    settings = replace(settings, smoothness=smoothness)
    rows = _rows(activations, activations.split, settings)
    fit = _Fit(rows, settings)
    model = keras.models.clone_model(fit._model)
    model.set_weights(fit._model.get_weights())
    adam = keras.optimizers.Adam(global_clipnorm=settings.clip_norm, weight_decay=settings.weight_decay)
    weights = model.trainable_variables
    order = fit.start_epoch()
    encoder, decoder = halves(model)
    for number in range(5):
        adam.learning_rate = float(fit.rates(np.array([number]))[0])
        batch = order[number * settings.batch : (number + 1) * settings.batch]
        states, after = rows.table[batch], rows.table[rows.following[batch]]
        follow = rows.following[batch] != batch
        with tf.GradientTape() as tape:
            code = encoder([states])
            loss = tf.reduce_mean(tf.square(decoder(code) - states))
            loss += settings.code_penalty * tf.reduce_mean(tf.reduce_sum(tf.square(code), axis=1))
            steps = tf.boolean_mask(encoder([after]) - code, follow)
            loss += smoothness * tf.reduce_mean(tf.reduce_sum(tf.square(steps), axis=1))
        adam.apply(tape.gradient(loss, [weight.value for weight in weights]), weights)
        fit.run(order, number, 1)
    for one, other in zip(fit._weights, weights, strict=True):
        # One of them shrinks weights after the step, the other before.
        np.testing.assert_allclose(one, other, atol=5e-6)


def test_copies_and_batches_are_as_many_as_were_set(activations):
    count = len(training_rows(activations))
    recordings = int((activations.split == TRAIN).sum())
    fit = _Fit(_rows(activations, activations.split, QUICK), replace(QUICK, last_step_copies=3, batch=50, seed=4))
    assert fit.count == count + 3 * recordings and fit.batches == fit.count // 50
    order = fit.start_epoch()
    ends = activations.all_states()[activations.offsets[1:][activations.split == TRAIN] - 1]
    expected = EndInterpolation(ends, 3).draw(np.random.default_rng(4))
    np.testing.assert_array_equal(fit._rows.numpy()[count:], expected)
    assert sorted(order.tolist()) == list(range(fit.count))


@pytest.mark.parametrize("smoothness", [0.0, 2.0])
def test_the_compiled_batches_are_what_the_code_says(activations, eagerly, smoothness):
    settings = replace(QUICK, noise=0.1, code_noise=0.2, code_penalty=0.3, smoothness=smoothness, last_step_copies=2)
    found = []
    for eager in (False, True):
        eagerly(eager)
        start_tensorflow(0)
        rows = _rows(activations, activations.split, settings)
        fit = _Fit(rows, settings)
        order = fit.start_epoch()
        loss = fit.run(order, 1, 2)
        found.append((loss, fit.error(rows.validation), [weight.numpy() for weight in fit._weights]))
    (loss, error, weights), (expected_loss, expected_error, expected) = found
    assert (loss, error) == pytest.approx((expected_loss, expected_error), rel=1e-4)
    for one, other in zip(weights, expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_threads_are_those_that_were_asked_for(activations, monkeypatch):
    asked = []
    monkeypatch.setattr("auslan_explorer.ml.train_autoencoder.start_tensorflow", lambda *given: asked.append(given))
    next(train_autoencoder(activations, replace(QUICK, seed=3), threads=7))
    assert asked == [(3, 7)]
    told = []
    threading = tf.config.threading
    monkeypatch.setattr(threading, "set_intra_op_parallelism_threads", told.append)
    monkeypatch.setattr(threading, "set_inter_op_parallelism_threads", lambda number: told.append(-number))
    start_tensorflow(3, 7)
    assert told == [7, -7]


def test_cancel_raises_and_stop_keeps(activations):
    with pytest.raises(Cancelled):
        list(train_autoencoder(activations, QUICK, cancelled=lambda: True))
    trained = result(train_autoencoder(activations, QUICK, stop=lambda: True))
    assert trained.epochs_run == 1
    assert math.isnan(trained.train_loss)


@pytest.mark.parametrize("bottleneck", ["tanh", "relu", "sigmoid"])
def test_other_bottlenecks_train(activations, bottleneck):
    trained = result(train_autoencoder(activations, replace(QUICK, epochs=1, bottleneck=bottleneck)))
    assert trained.autoencoder.layers[trained.autoencoder.bottleneck].activation == bottleneck


def test_validation_comes_from_other_recordings(activations):
    # Training recordings alone decide what is learned: changing the others changes no weight of a one-epoch run.
    one_epoch = replace(QUICK, epochs=1)
    states = activations.all_states().copy()
    states[(activations.split != TRAIN)[activations.recording_of_point()]] *= 0.5
    one = result(train_autoencoder(activations, one_epoch)).autoencoder.fingerprint
    assert result(train_autoencoder(with_states(activations, states), one_epoch)).autoencoder.fingerprint == one


def test_copies_of_last_steps_lie_between_them():
    states = np.random.default_rng(0).normal(0, 1, (6, 4)).astype(np.float32)
    last = EndInterpolation(states, 3)
    rows = last.draw(np.random.default_rng(1))
    assert rows.shape == (last.count, 4) == (18, 4)
    for number, row in enumerate(rows):
        towards = states - states[number % 6]
        share = (row - states[number % 6]) @ towards.T / np.maximum((towards**2).sum(axis=1), 1e-9)
        misses = np.linalg.norm(states[number % 6] + share[:, None] * towards - row, axis=1)
        assert misses[(share >= 0) & (share <= FARTHEST + 1e-5)].min() < 1e-5
    assert not np.array_equal(rows, last.draw(np.random.default_rng(2)))
    assert EndInterpolation(states, 0).count == 0
    assert EndInterpolation(states[:1], 5).draw(np.random.default_rng(0)).shape == (0, 4)


def test_article_preset_takes_its_steps(activations):
    settings = article_autoencoder(2)
    assert (settings.batch, settings.patience, settings.noise, settings.schedule) == (128, 5, 0.1, "constant")
    moved = replace(activations, first_step=np.full(len(activations), 55, np.int32), steps=75)
    kept = training_steps(moved, "article").reshape(len(moved), -1)
    assert kept[:, :10].all()
    assert not kept[:, 10:].any()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dims": 4}, "2 or 3 dimensions"),
        ({"widths": ()}, "layer widths"),
        ({"widths": (600, 0)}, "layer widths"),
        ({"noise": -1.0}, "noise must be"),
        ({"noise": math.nan}, "noise must be"),
        ({"batch": 0}, "batch can have"),
        ({"learning_rate": 0.0}, "learning rate must be"),
        ({"epochs": 0}, "at least 1 epoch"),
        ({"patience": 0}, "patience must be"),
        ({"bottleneck": "gelu"}, "bottleneck can be"),
        ({"steps": "some"}, "steps can be"),
        ({"schedule": "up"}, "schedule can be"),
        ({"clip_norm": -1.0}, "largest gradient step"),
        ({"last_step_copies": -1}, "0 to 1000 copies"),
        ({"code_noise": -0.1}, "noise on the map"),
        ({"code_penalty": math.inf}, "penalty on the map"),
        ({"smoothness": math.nan}, "smoothness in time"),
        ({"weight_decay": -1.0}, "weight decay"),
    ],
)
def test_impossible_settings_are_explained(activations, change, words):
    settings = replace(QUICK, **change)
    assert list(settings.problems()) == list(change)
    with pytest.raises(UserError, match=words):
        next(train_autoencoder(activations, settings))


def test_hidden_states_that_cannot_be_learned_from_are_explained(activations):
    states = activations.all_states()
    broken = states.copy()
    broken[3, 2] = np.nan
    with pytest.raises(UserError, match="not finite numbers"):
        next(train_autoencoder(with_states(activations, broken), QUICK))
    with pytest.raises(UserError, match="all the same"):
        next(train_autoencoder(with_states(activations, np.full_like(states, 0.5)), QUICK))
    with pytest.raises(UserError, match="too few"):
        next(train_autoencoder(activations, QUICK, split=np.full(len(activations), TRAIN, np.uint8)))


def test_diverging_loss_is_explained(activations):
    wild = replace(QUICK, learning_rate=1.0, clip_norm=0.0, schedule="constant", epochs=60, patience=60)
    huge = with_states(activations, activations.all_states() * 1e18)
    with pytest.raises(UserError, match="no longer a finite number"):
        list(train_autoencoder(huge, wild))
