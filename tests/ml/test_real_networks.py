"""Networks of Keras on real sequences, from the saved model to a film by the commands that the documents tell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from auslan_explorer.io.cache import read_cache
from tests.real_series import load_series, padded

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *args: str) -> None:
    environment = {**os.environ, "AUSLAN_EXPLORER_DATA": str(folder / "data"), "CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, str(ROOT / "main.py"), *args]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "layer", "shown"),
    [
        ("JapaneseVowels", keras.layers.GRU(12, name="gru"), ["gru"]),
        (
            "BasicMotions", keras.layers.Bidirectional(keras.layers.LSTM(8), name="both"),
            ["both, forward", "both, backward", "both, forward, cell state", "both, backward, cell state"],
        ),
    ],
)  # fmt: skip
def test_a_keras_network_goes_from_its_file_to_a_film(
    name: str, layer: keras.Layer, shown: list[str], tmp_path: Path
) -> None:
    rows, labels = load_series(name)
    x, lengths = padded(rows)
    classes, y = np.unique(labels, return_inverse=True)
    answer = keras.layers.Dense(len(classes), activation="softmax")
    model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Masking(), layer, answer])
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    np.savez(tmp_path / "x.npz", X=x, y=y, lengths=lengths, class_names=classes)
    run(tmp_path, "cache", "--from", "model.keras", "--inputs", "x.npz", "--out", "mine.h5")
    a = read_cache(tmp_path / "mine.h5")
    assert ([each.name for each in a.layers] or [a.layer]) == shown
    assert (a.lengths.tolist(), a.signs) == (lengths.tolist(), tuple(classes))
    np.testing.assert_array_equal(a.predicted, model.predict(x, verbose=0).argmax(axis=1))
    run(tmp_path, "film", "--cache", "mine.h5", "--out", "mine.gif", "--size", "160x120", "--frames", "3")
    assert (tmp_path / "mine.gif").read_bytes().startswith(b"GIF8")
