"""Training autoencoders on made-up hidden states: learns, repeats itself for a seed, stops, cancels, explains."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.splits import TRAIN, VALIDATION
from auslan_explorer.ml.interpolation import FARTHEST, EndInterpolation
from auslan_explorer.ml.rows import training_steps
from auslan_explorer.ml.train_autoencoder import train_autoencoder
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


def test_snapshots_show_the_map_as_it_learns(activations):
    show = activations.all_states()[:40]
    events = list(train_autoencoder(activations, replace(QUICK, epochs=4, dims=3), show=show, show_every=2))
    snapshots = [event for event in events if isinstance(event, Snapshot)]
    assert [event.epoch for event in snapshots] == [2, 4]
    assert all(event.points.shape == (40, 3) for event in snapshots)


def test_patience_ends_the_training(activations):
    still = replace(QUICK, learning_rate=1e-12, schedule="constant", epochs=50, patience=3)
    trained = result(train_autoencoder(activations, still))
    assert trained.epochs_run < 50


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
