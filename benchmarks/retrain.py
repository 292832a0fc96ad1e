"""Retraining: how soon a map is as good as the published one, beside the article's recipe run to its end.

The article's recipe is Keras's ``fit`` in batches of 128 on steps 10 to 64, Adam at its usual rate, until five epochs
brought nothing better. Ours is `quick_autoencoder`, to its end too. Both learn from the same recordings with as many
threads as there are processors. How soon ours is as good is told by the validation recordings, after each epoch; how
good both are in the end, by the test recordings' real steps.
"""

from __future__ import annotations

import os
import sys
import time

import numpy as np

from auslan_explorer.analysis.quality import held_out, reconstruction
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.splits import TRAIN, VALIDATION
from auslan_explorer.io.cache import read_cache
from auslan_explorer.training.events import AutoencoderTrained, EpochDone, Started
from auslan_explorer.training.settings import article_autoencoder, quick_autoencoder
from benchmarks.common import SHIPPED, verdict
from benchmarks.training import arithmetic_limit

PUBLISHED = 0.808
"""Explained variance of the published 2-D autoencoder."""
FASTER = 10.0
PRODUCTS = 1.5
"""An epoch may take so many times its matrix products."""
THREADS = os.cpu_count() or 1


def ours(activations: Activations) -> tuple[AutoencoderTrained, dict[float, float], float]:
    """Return what was trained, explained variance of validation by seconds, and an epoch in its matrix products."""
    from auslan_explorer.ml.train_autoencoder import PAIRS, train_autoencoder

    settings, variance = quick_autoencoder(2), _variance(activations)
    rows = 0
    explained: dict[float, float] = {}
    for event in train_autoencoder(activations, settings, threads=THREADS):
        if isinstance(event, Started):
            rows = event.training_rows + settings.last_step_copies * int((activations.split == TRAIN).sum())
        elif isinstance(event, EpochDone):
            explained[event.seconds] = 1 - event.validation_loss / variance
    assert isinstance(event, AutoencoderTrained)
    pairs = min(PAIRS, settings.batch) * (rows // settings.batch)
    alone, limit = (arithmetic_limit(rows, activations.units, encoded) for encoded in (0, pairs))
    epoch = event.seconds / event.epochs_run
    print(
        f"an epoch of {rows} rows and {pairs} steps after them: {epoch:.2f} s; the machine's best for its matrix "
        f"products {limit:.2f} s, without those of the steps after {alone:.2f} s ({epoch / alone:.1f} times)"
    )
    return event, explained, epoch / limit


def _variance(activations: Activations) -> float:
    """Return the mean square about the mean of the validation recordings' real steps."""
    part = activations.split[activations.recording_of_point()]
    return float(activations.all_states()[part == VALIDATION].var(axis=0, dtype=np.float64).mean())


def article(activations: Activations) -> tuple[Autoencoder, float, list[float]]:
    """Return the map of the article's recipe, the seconds to its end, and explained variance of validation by epoch."""
    import keras

    from auslan_explorer.ml.networks import autoencoder_from_keras, build_autoencoder
    from auslan_explorer.ml.rows import training_steps

    settings = article_autoencoder(2)
    keras.utils.set_random_seed(settings.seed)
    states, part = activations.all_states(), activations.split[activations.recording_of_point()]
    training = states[(part == TRAIN) & training_steps(activations, settings.steps)]
    validation = states[part == VALIDATION]
    noisy = training + settings.noise * np.random.default_rng(0).standard_normal(training.shape, dtype=np.float32)
    model = build_autoencoder(activations.units, settings)
    model.compile(keras.optimizers.Adam(settings.learning_rate), "mse")
    stop = keras.callbacks.EarlyStopping(patience=settings.patience, restore_best_weights=True)
    began = time.perf_counter()
    history = model.fit(
        noisy,
        training,
        batch_size=settings.batch,
        epochs=settings.epochs,
        validation_data=(validation, validation),
        callbacks=[stop],
        verbose=0,
    )
    seconds, variance = time.perf_counter() - began, _variance(activations)
    return autoencoder_from_keras(model), seconds, [1 - loss / variance for loss in history.history["val_loss"]]


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    activations = read_cache(SHIPPED)
    own, by_seconds, in_products = ours(activations)
    peer, peer_seconds, by_epoch = article(activations)
    maps = (own.autoencoder, peer)
    explained, peers = (reconstruction(activations, map_, held_out(activations))[0] or 0.0 for map_ in maps)
    epochs = len(by_epoch)
    print(f"article's recipe: {peer_seconds:.0f} s, {epochs} epochs, explains {peers:.3f} of held-out recordings")
    print(f"quick recipe: {own.seconds:.0f} s, explains {explained:.3f}; the published map explains {PUBLISHED}")
    as_good, as_peer = (
        next((seconds for seconds, value in by_seconds.items() if value >= aim), np.inf)
        for aim in (PUBLISHED, max(by_epoch))
    )
    print(f"as good as the published map on validation after {as_good:.0f} s, as the article's recipe {as_peer:.0f} s")
    met = [
        verdict("explained variance, held out", 100 * explained, 100 * PUBLISHED, "%"),
        verdict("as good as the published map sooner than that recipe ends", peer_seconds / as_good, FASTER, "times"),
        verdict("an epoch in its matrix products, steps after counted", in_products, PRODUCTS, "times", at_most=True),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
