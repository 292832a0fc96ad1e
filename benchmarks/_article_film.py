"""The article's way to a film, some of it: Keras `predict` for each recording, a Matplotlib picture for each frame.

Prints as JSON the seconds that one recording and one frame take, each the mean of a few. A process of its own, since
TensorFlow shares none with a window.
"""

from __future__ import annotations

import json
import os
import time

import numpy as np

from benchmarks.common import ROOT, SHIPPED

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
RECORDINGS = 12
SHOWN_STEPS = (19, 49, 89)
"""Frames early, in the middle and at the end, where a third of a film stands; all paths have grown there."""
HELD_SHARE, FRAMES = 60 / 150, 150


def seconds_a_recording() -> float:
    """Return the mean time of the classifier's and the encoder's `predict` on one recording."""
    from auslan_explorer.io.models import load_autoencoder, load_classifier
    from auslan_explorer.ml.networks import (
        autoencoder_to_keras,
        classifier_to_keras,
        halves,
        hidden_states_model,
    )

    states = hidden_states_model(classifier_to_keras(load_classifier(ROOT / "models" / "classifier.h5")))
    encoder, _ = halves(autoencoder_to_keras(load_autoencoder(ROOT / "models" / "autoencoder-2d.h5")))
    recording = np.random.default_rng(0).random((1, 90, 22), dtype=np.float32)

    def once() -> None:
        encoder.predict(states.predict(recording, verbose=0)[0], verbose=0)

    once()  # compiles
    began = time.perf_counter()
    for _ in range(RECORDINGS):
        once()
    return (time.perf_counter() - began) / RECORDINGS


def seconds_a_frame() -> float:
    """Return the mean time of a picture over the film: all lines in one collection, all points in one call."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot
    from matplotlib.collections import LineCollection

    from auslan_explorer.core.trajectories import Trajectories
    from auslan_explorer.io.cache import read_cache

    a = read_cache(SHIPPED)
    t = Trajectories.build(a, a.projections[2], True)
    shown = a.split == 0
    taken = []
    for step in SHOWN_STEPS:
        points = t.shown_vertices(shown) & (t.step <= step)
        lines = t.shown_segments(shown) & (t.step[t.segments[:, 1]] <= step)
        began = time.perf_counter()
        picture, axes = pyplot.subplots(figsize=(19.2, 10.8), dpi=100)
        axes.add_collection(LineCollection(t.vertices[t.segments[lines]], colors="k", linewidths=0.5, alpha=0.05))
        axes.scatter(*t.vertices[points].T, c=t.step[points], s=4, vmin=0, vmax=89, cmap="viridis", alpha=0.5)
        axes.set_xlim(-3, 3)
        axes.set_ylim(-3, 3)
        picture.canvas.draw()
        picture.canvas.buffer_rgba()
        pyplot.close(picture)
        taken.append(time.perf_counter() - began)
    return HELD_SHARE * taken[-1] + (1 - HELD_SHARE) * sum(taken) / len(taken)


if __name__ == "__main__":
    frame = seconds_a_frame()
    print(json.dumps({"recording": seconds_a_recording(), "frame": frame}))
