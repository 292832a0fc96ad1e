"""Training: an autoencoder's epoch beside Keras's ``fit`` and the machine's arithmetic; a classifier's epoch.

The autoencoder learns from the shipped hidden states with 512 rows a batch, once with the program's compiled loop and
once with ``Model.fit`` of the same network, optimiser and noise; both with as many threads as there are processors.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from dataclasses import replace

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.splits import TRAIN, VALIDATION
from auslan_explorer.io.cache import read_cache
from auslan_explorer.training.events import EpochDone
from auslan_explorer.training.settings import ClassifierSettings, article_autoencoder
from benchmarks.common import SHIPPED, verdict

EPOCHS = 3
# The article's loss, without what the recommended recipe adds, so that both do the same work.
SETTINGS = replace(article_autoencoder(2), steps="all", batch=512, epochs=EPOCHS)
THREADS = os.cpu_count() or 1


def ours(activations: Activations) -> float:
    """Return the seconds of the quickest epoch of the program's own loop, validation included."""
    from auslan_explorer.ml.train_autoencoder import train_autoencoder

    events = train_autoencoder(activations, SETTINGS, threads=THREADS)
    ends = [0.0] + [event.seconds for event in events if isinstance(event, EpochDone)]
    return float(np.diff(ends).min())


def keras_fit(training: np.ndarray, validation: np.ndarray) -> float:
    """Return the seconds of the quickest epoch of ``Model.fit``, validation included."""
    import keras

    from auslan_explorer.ml.networks import build_autoencoder

    inner = build_autoencoder(training.shape[1], SETTINGS)
    inputs = keras.Input((training.shape[1],))
    model = keras.Model(inputs, inner(keras.layers.GaussianNoise(SETTINGS.noise)(inputs)))
    model.compile(keras.optimizers.Adam(SETTINGS.learning_rate), "mse")
    ends = [time.perf_counter()]
    note = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: ends.append(time.perf_counter()))
    model.fit(
        training,
        training,
        batch_size=SETTINGS.batch,
        epochs=EPOCHS,
        validation_data=(validation, validation),
        callbacks=[note],
        verbose=0,
    )
    return float(np.diff(ends).min())


def arithmetic_limit(rows: int, units: int, encoded: int = 0) -> float:
    """Return the seconds that an epoch's matrix products alone take at the speed of the widest one.

    Of `rows` through the whole network, and of `encoded` more through the encoder alone, as the steps after some go.
    """
    import tensorflow as tf

    a, b = tf.random.normal((SETTINGS.batch, 600)), tf.random.normal((600, 600))
    product = tf.function(tf.matmul)
    product(a, b)
    repeats = 200
    began = time.perf_counter()
    for _ in range(repeats):
        out = product(a, b)
    out.numpy()
    a_second = repeats * 2 * SETTINGS.batch * 600 * 600 / (time.perf_counter() - began)
    widths = [units, *SETTINGS.widths, SETTINGS.dims, *reversed(SETTINGS.widths), units]
    weights = sum(before * after for before, after in itertools.pairwise(widths))
    # Forward, and backward to the weights and to the layer before: three products a layer.
    return 3 * 2 * (rows * weights + encoded * weights / 2) / a_second


def classifier_epoch() -> float:
    """Return the seconds of the quicker of two epochs on made-up recordings of the article's number and lengths."""
    from auslan_explorer.ml.train_classifier import train_classifier

    rng = np.random.default_rng(0)
    n, signs = 1974 + 94, 94
    lengths = rng.integers(45, 75, n).astype(np.int32)
    frames = rng.standard_normal((int(lengths.sum()), len(CHANNELS)), dtype=np.float32)
    code = (np.arange(n) % signs).astype(np.int16)
    recordings = Recordings(frames, lengths, code, code, code, tuple(f"{i:02}" for i in range(signs)))
    split = np.where(np.arange(n) < 1974, TRAIN, VALIDATION).astype(np.uint8)
    settings = replace(ClassifierSettings(), epochs=2)
    events = train_classifier(recordings, split, settings)
    ends = [0.0] + [event.seconds for event in events if isinstance(event, EpochDone)]
    return float(np.diff(ends).min())


def main() -> int:
    """Measure and print; 1 if the own loop is not quicker than ``fit``."""
    activations = read_cache(SHIPPED)
    states = activations.all_states()
    of_point = activations.split[activations.recording_of_point()]
    training, validation = states[of_point == TRAIN], states[of_point == VALIDATION]
    own = ours(activations)
    fit = keras_fit(training, validation)
    limit = arithmetic_limit(len(training), activations.units)
    print(
        f"autoencoder, {len(training)} rows: {own:.2f} s an epoch; Keras fit {fit:.2f} s; products alone {limit:.2f} s"
    )
    print(f"classifier, 1974 recordings: {classifier_epoch():.2f} s an epoch")
    return 0 if verdict("autoencoder epoch beside Keras fit", fit / own, 1.0, "times as fast") else 1


if __name__ == "__main__":
    sys.exit(main())
