"""Retraining: how soon a map is as good as the published one, beside the article's recipe run to its end.

The article's recipe is Keras's ``fit`` in batches of 128 on steps 10 to 64, Adam at its usual rate, until five epochs
brought nothing better. Ours is `quick_autoencoder`, to its end too. Both learn from the same recordings with as many
threads as there are processors, and are measured on the test recordings' real steps.
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
from auslan_explorer.training.events import AutoencoderTrained, Started
from auslan_explorer.training.settings import article_autoencoder, quick_autoencoder
from benchmarks.common import SHIPPED, verdict
from benchmarks.training import arithmetic_limit

PUBLISHED = 0.808
"""Explained variance of the published 2-D autoencoder."""
FASTER = 5.0
THREADS = os.cpu_count() or 1


def ours(activations: Activations) -> tuple[Autoencoder, float, float]:
    """Return the map, the seconds to its end, and how many times the arithmetic limit an epoch took."""
    from auslan_explorer.ml.train_autoencoder import train_autoencoder

    settings = quick_autoencoder(2)
    rows = 0
    for event in train_autoencoder(activations, settings, threads=THREADS):
        if isinstance(event, Started):
            rows = event.training_rows + settings.last_step_copies * int((activations.split == TRAIN).sum())
    assert isinstance(event, AutoencoderTrained)
    limit = arithmetic_limit(rows, activations.units)
    epoch = event.seconds / event.epochs_run
    print(f"an epoch of {rows} rows: {epoch:.2f} s; its matrix products alone {limit:.2f} s at the machine's best")
    return event.autoencoder, event.seconds, epoch / limit


def article(activations: Activations) -> tuple[Autoencoder, float, int]:
    """Return the map of the article's recipe, the seconds to its end, and its epochs."""
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
    return autoencoder_from_keras(model), time.perf_counter() - began, len(history.epoch)


def main() -> int:
    """Measure and print; 1 if the map is worse than the published one, or not five times as soon there."""
    activations = read_cache(SHIPPED)
    own, seconds, _ = ours(activations)
    peer, peer_seconds, epochs = article(activations)
    explained, peers = (reconstruction(activations, map_, held_out(activations))[0] or 0.0 for map_ in (own, peer))
    print(f"article's recipe: {peer_seconds:.0f} s, {epochs} epochs, explains {peers:.3f} of held-out recordings")
    print(f"quick recipe: {seconds:.0f} s, explains {explained:.3f}; the published map explains {PUBLISHED}")
    good = verdict("explained variance, held out", 100 * explained, 100 * PUBLISHED, "%")
    soon = verdict("sooner than the article's recipe", peer_seconds / seconds, FASTER, "times")
    return 0 if good and soon else 1


if __name__ == "__main__":
    sys.exit(main())
