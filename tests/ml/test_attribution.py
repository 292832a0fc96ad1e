"""The backward pass that attributions use says what Keras's gradient says, to 1e-5."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from auslan_explorer.analysis.attribution import gradients
from auslan_explorer.core.network import Classifier
from auslan_explorer.io.models import load_classifier
from auslan_explorer.io.published import load_published
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.ml.networks import classifier_to_keras
from auslan_explorer.paths import ships
from tests.ml.test_networks import made_up_classifier

ATOL = 1e-5


def gradients_of_keras(classifier: Classifier, padded: np.ndarray, sign: int) -> np.ndarray:
    model, inputs = classifier_to_keras(classifier), tf.constant(padded)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        chosen = tf.nn.log_softmax(model(inputs))[:, sign]
    return np.asarray(tape.gradient(chosen, inputs))


@pytest.mark.parametrize("gates", ["sigmoid", "hard_sigmoid"])
@pytest.mark.parametrize("sign", [0, 3])
def test_gradients_of_an_lstm_match_keras(gates: str, sign: int) -> None:
    frames = np.random.default_rng(1).normal(0, 1, (6, 30, 22)).astype(np.float32)
    frames[0, :20] = 0
    classifier = made_up_classifier(gates)
    theirs = gradients_of_keras(classifier, frames, sign)
    assert np.abs(theirs).max() > 1e-2
    np.testing.assert_allclose(gradients(classifier, frames, sign), theirs, atol=ATOL)


@pytest.mark.parametrize("network", ["shipped", "published"])
def test_gradients_of_real_networks_on_real_recordings_match_keras(shared_data: Path, network: str) -> None:
    published = network == "published"
    classifier = load_published(shared_data / "published")[0] if published else load_classifier(ships("classifier.h5"))
    some = open_recordings(shared_data / "tctodd.tar.gz").article_subset().select(np.arange(0, 2528, 400))
    frames = some.padded(classifier.steps, classifier.mean, classifier.std)
    theirs = gradients_of_keras(classifier, frames, 7)
    np.testing.assert_allclose(gradients(classifier, frames, 7), theirs, atol=ATOL, rtol=1e-3)
