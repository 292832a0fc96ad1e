"""The NumPy forward passes that the window uses say what Keras says, to 1e-5."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from auslan_explorer.core.network import Autoencoder, Classifier, Head
from auslan_explorer.io.models import load_published
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.ml.networks import (
    autoencoder_from_keras,
    autoencoder_to_keras,
    build_autoencoder,
    build_classifier,
    classifier_from_keras,
    classifier_to_keras,
    hard_sigmoid_keras2,
    hidden_states_model,
)
from auslan_explorer.training.settings import BOTTLENECKS, AutoencoderSettings

ATOL = 1e-5


def made_up_classifier(gates: str, seed: int = 0) -> Classifier:
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.4, shape).astype(np.float32)

    head = Head(normal(12, 5), normal(5))
    mean, std = np.zeros(22, np.float32), np.ones(22, np.float32)
    return Classifier(normal(22, 48), normal(12, 48), normal(48), head, gates, mean, std, 30, tuple("abcde"))


def assert_same_classifier(classifier: Classifier, frames: np.ndarray) -> None:
    model = classifier_to_keras(classifier)
    states = classifier.hidden_states(frames)
    np.testing.assert_allclose(hidden_states_model(model).predict(frames, verbose=0), states, atol=ATOL)
    answers = keras.ops.convert_to_numpy(keras.ops.softmax(model.predict(frames, verbose=0)))
    np.testing.assert_allclose(answers, classifier.head.probabilities(states[:, -1]), atol=ATOL)


@pytest.mark.parametrize("gates", ["sigmoid", "hard_sigmoid"])
def test_lstm_and_softmax_match_keras(gates):
    frames = np.random.default_rng(1).normal(0, 2, (6, 30, 22)).astype(np.float32)
    frames[0, :20] = 0
    assert_same_classifier(made_up_classifier(gates), frames)


def test_hard_sigmoid_is_that_of_keras_2_and_not_of_keras_3():
    x = np.linspace(-4, 4, 17, dtype=np.float32)
    ours = keras.ops.convert_to_numpy(hard_sigmoid_keras2(keras.ops.convert_to_tensor(x)))
    np.testing.assert_allclose(ours, np.clip(0.2 * x + 0.5, 0, 1), atol=1e-6)
    theirs = keras.ops.convert_to_numpy(keras.activations.hard_sigmoid(x))
    assert np.abs(ours - theirs).max() > 0.05


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
def test_autoencoder_matches_keras(bottleneck):
    settings = AutoencoderSettings(dims=3, widths=(40, 20), bottleneck=bottleneck)
    model = build_autoencoder(16, settings)
    model.set_weights([np.random.default_rng(2).normal(0, 0.3, w.shape) for w in model.get_weights()])
    ours = autoencoder_from_keras(model)
    rows = np.random.default_rng(3).normal(0, 1, (50, 16)).astype(np.float32)
    np.testing.assert_allclose(model.predict(rows, verbose=0), ours.reconstruct(rows), atol=ATOL)
    encoder = keras.Model(model.inputs, model.get_layer("bottleneck").output)
    np.testing.assert_allclose(encoder.predict(rows, verbose=0), ours.encode(rows), atol=ATOL)
    np.testing.assert_allclose(autoencoder_to_keras(ours).predict(rows, verbose=0), ours.reconstruct(rows), atol=ATOL)


def test_weights_survive_the_way_to_keras_and_back():
    classifier = made_up_classifier("sigmoid")
    again = classifier_from_keras(classifier_to_keras(classifier), classifier.signs, classifier.mean, classifier.std)
    assert again.fingerprint == classifier.fingerprint
    assert again.steps == classifier.steps
    autoencoder = autoencoder_from_keras(build_autoencoder(16, AutoencoderSettings(widths=(8,))))
    assert autoencoder_from_keras(autoencoder_to_keras(autoencoder)).fingerprint == autoencoder.fingerprint


def test_architecture_is_the_articles_without_a_lambda():
    model = build_classifier(100, 94)
    assert [type(layer).__name__ for layer in model.layers] == ["InputLayer", "LSTM", "Dense"]
    assert model.count_params() == 4 * (22 + 100 + 1) * 100 + 101 * 94
    widths = [w.shape[1] for w in build_autoencoder(100, AutoencoderSettings()).get_weights() if w.ndim == 2]
    assert widths == [600, 150, 2, 150, 600, 100]


def test_published_weights_match_keras_on_real_recordings(shared_data: Path):
    classifier, two, three = load_published(shared_data / "published")
    some = open_recordings(shared_data / "tctodd.tar.gz").article_subset().select(np.arange(0, 2528, 40))
    frames = some.padded(classifier.steps)
    assert_same_classifier(classifier, frames)
    states = classifier.hidden_states(frames)[:, ::7].reshape(-1, classifier.units)
    for autoencoder in (two, three):
        assert_same_autoencoder(autoencoder, states)


def assert_same_autoencoder(autoencoder: Autoencoder, states: np.ndarray) -> None:
    model = autoencoder_to_keras(autoencoder)
    np.testing.assert_allclose(model.predict(states, verbose=0), autoencoder.reconstruct(states), atol=ATOL)
    encoder = keras.Model(model.inputs, model.get_layer("bottleneck").output)
    np.testing.assert_allclose(encoder.predict(states, verbose=0), autoencoder.encode(states), atol=ATOL, rtol=ATOL)


def test_gates_are_told_apart():
    frames = np.random.default_rng(1).normal(0, 2, (2, 30, 22)).astype(np.float32)
    soft = made_up_classifier("sigmoid")
    hard = replace(soft, gates="hard_sigmoid")
    assert np.abs(soft.hidden_states(frames) - hard.hidden_states(frames)).max() > 1e-2
