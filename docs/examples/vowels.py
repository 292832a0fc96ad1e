"""Trains a GRU of Keras to tell nine speakers by how they say a vowel, and records it for the window.

The data are JapaneseVowels (Kudo, Toyama and Shimbo 1999), which sktime ships: 640 utterances of 7 to 29 steps with 12
coefficients each. Needs Keras with TensorFlow, and sktime; takes seconds::

    python docs/examples/vowels.py vowels.h5
"""

from __future__ import annotations

import sys

import keras
import numpy as np
from sktime.datasets import load_japanese_vowels

from auslan_explorer import record

STEPS = 29


def load(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Return utterances with zeros behind, shape (utterances, STEPS, 12), and who speaks."""
    table, speakers = load_japanese_vowels(split=part)
    x = np.zeros((len(table), STEPS, table.shape[1]), np.float32)
    for row, channels in enumerate(table.itertuples(index=False)):
        for column, values in enumerate(channels):
            x[row, : len(values), column] = values
    return x, np.array([f"speaker {number}" for number in speakers])


def main(file: str, epochs: int = 20) -> None:
    """Train the network on one part, and record what it does with both."""
    keras.utils.set_random_seed(0)
    (x, speakers), (x_test, speakers_test) = load("train"), load("test")
    names, y = np.unique(speakers, return_inverse=True)
    model = keras.Sequential(
        [
            keras.Input((STEPS, x.shape[2])),
            keras.layers.Masking(),  # so that the zeros behind are no steps
            keras.layers.GRU(24),
            keras.layers.Dense(len(names), activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    record(
        model,
        file,
        np.concatenate([x, x_test]),
        np.concatenate([speakers, speakers_test]),
        split=np.repeat([0, 2], [len(x), len(x_test)]),
        class_word="speaker",
        sequence_word="utterance",
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
