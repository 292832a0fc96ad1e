"""What each kind of HDF5 file holds, name by name: other programs read them, and older files have to stay readable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.cache import cache_from_arrays, write_cache
from auslan_explorer.io.models import save_autoencoder, save_classifier
from auslan_explorer.io.recordings import save_recordings
from auslan_explorer.io.stability_store import write_ensemble
from tests.hdf5_layout import layout_of
from tests.made_up import made_up_activations


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape, np.float32)


def written_of(name: str, tmp_path: Path) -> Path:
    """Write a small file of each kind with all that it can hold."""
    file = tmp_path / "written.h5"
    if name == "glove cache":
        made = made_up_activations()
        write_cache(file, replace(made, hand_ratio=ones(len(made))))
    elif name == "cache of any network":
        whole = cache_from_arrays(
            ones(9, 4) / 2, [5, 4], [1, 0], ["saw", "sine"], recording_names=["first", "second"],
            step_labels={"letter": list("helloworl"), "depth": np.arange(9)}, step_probabilities=ones(9, 3) / 3,
            step_classes=["a", "b", "c"], seconds_per_step=0.02, class_word="vowel", sequence_word="utterance",
            layer="upper", layers={"lower": ones(9, 6)},
        )  # fmt: skip
        write_cache(file, whole)
    elif name == "cache without classes":
        write_cache(file, cache_from_arrays(ones(9, 4) * 1e5, [5, 4]))
    elif name == "ensemble":
        paths, ends, full = ones(3, 4, 32, 2), ones(3, 11, 2), ones(4, 4)
        keys = ("a", "b", "c", "d")
        write_ensemble(file, Ensemble((0, 1, 2), paths, ends, full, full, keys, "0123", {"epochs": 20}))
    elif name == "classifier":
        head = Head(ones(4, 2), ones(2))
        made_of = {"kernel": ones(22, 16), "recurrent_kernel": ones(4, 16), "bias": ones(16), "head": head}
        net = Classifier(**made_of, gates="sigmoid", mean=ones(22), std=ones(22), steps=90, signs=("hello", "no"))
        info = {"seed": 3, "note": "12", "words": "of it", "losses": np.array([1.0])}
        save_classifier(file, net, info, split=np.array([0, 2]), recordings=["hello/1/1", "no/1/1"])
    elif name == "autoencoder":
        layers = DenseLayer(ones(4, 2), ones(2), "linear"), DenseLayer(ones(2, 4), ones(4), "tanh")
        save_autoencoder(file, Autoencoder(layers, 0), {"seed": 3})
    else:
        whole_numbers = np.array([3, 4], np.int32), np.zeros(2, np.int16), np.ones(2, np.int16), np.ones(2, np.int16)
        save_recordings(Recordings(ones(7, 22), *whole_numbers, ("hello",), ("a note",)), file)
    return file


LAYOUTS = {
    "glove cache": """
@class_word: sign
@format: auslan-explorer-activations
@sequence_word: recording
@steps: 20
@units: 8
@version: 1
head/bias: <f4 (4,)
head/kernel: <f4 (8, 4)
hidden_states: <f2 (308, 8) gzip shuffled
padding_prefix: <f4 (12, 8)
projections/2d/points: <f4 (308, 2) gzip shuffled
projections/2d/prefix: <f4 (12, 2)
projections/2d@fingerprint: made-up
projections/2d@title: 2-D made up
projections/3d/points: <f4 (308, 3) gzip shuffled
projections/3d/prefix: <f4 (12, 3)
projections/3d@fingerprint: made-up
projections/3d@title: 3-D made up
provenance@data: made up
recordings/first_step: <i4 (24,)
recordings/hand_ratio: <f4 (24,)
recordings/length: <i4 (24,)
recordings/predicted: <i2 (24,)
recordings/session: <i2 (24,)
recordings/sign: <i2 (24,)
recordings/split: |u1 (24,)
recordings/trial: <i2 (24,)
signs/key: texts (4,)
signs/name: texts (4,)
""",
    "cache of any network": """
@class_word: vowel
@format: auslan-explorer-activations
@layer: upper
@seconds_per_step: 0.02
@sequence_word: utterance
@steps: 5
@units: 4
@version: 1
hidden_states: <f2 (9, 4) gzip shuffled
layer_order: texts (2,)
layers/0/hidden_states: <f2 (9, 6) gzip shuffled
layers/0@name: lower
recordings/first_step: <i4 (2,)
recordings/length: <i4 (2,)
recordings/name: texts (2,)
recordings/predicted: <i2 (2,)
recordings/session: <i2 (2,)
recordings/sign: <i2 (2,)
recordings/split: |u1 (2,)
recordings/trial: <i2 (2,)
signs/key: texts (2,)
signs/name: texts (2,)
step_classes: texts (3,)
step_labels/depth: <f4 (9,) gzip shuffled
step_labels/letter/code: <i4 (9,) gzip shuffled
step_labels/letter/key: texts (6,)
step_probabilities: <f4 (9, 3) gzip shuffled
""",
    "cache without classes": """
@format: auslan-explorer-activations
@steps: 5
@units: 4
@version: 2
hidden_states: <f4 (9, 4) gzip shuffled
recordings/first_step: <i4 (2,)
recordings/length: <i4 (2,)
recordings/session: <i2 (2,)
recordings/split: |u1 (2,)
recordings/trial: <i2 (2,)
""",
    "ensemble": """
@fingerprint: 0123
@format: auslan-explorer-stability
@info: {"epochs": 20}
@version: 1
ends: <f2 (3, 11, 2) gzip shuffled
full/ends: <f4 (4, 4) gzip shuffled
full/paths: <f4 (4, 4) gzip shuffled
paths: <f2 (3, 4, 32, 2) gzip shuffled
scale: <f4 (3,)
seed: <i8 (3,)
signs/key: texts (4,)
""",
    "classifier": """
@format: auslan-explorer-classifier
@gates: sigmoid
@steps: 90
@version: 1
head/bias: <f4 (2,)
head/kernel: <f4 (4, 2)
input/mean: <f4 (22,)
input/std: <f4 (22,)
lstm/bias: <f4 (16,)
lstm/kernel: <f4 (22, 16)
lstm/recurrent_kernel: <f4 (4, 16)
signs/key: texts (2,)
training/recording: texts (2,)
training/split: |u1 (2,)
training@losses: [1.0]
training@note: "12"
training@seed: 3
training@words: of it
""",
    "autoencoder": """
@bottleneck: 0
@format: auslan-explorer-autoencoder
@version: 1
layers/0/bias: <f4 (2,)
layers/0/kernel: <f4 (4, 2)
layers/0@activation: linear
layers/1/bias: <f4 (4,)
layers/1/kernel: <f4 (2, 4)
layers/1@activation: tanh
training@seed: 3
""",
    "recordings": """
@format: auslan-explorer-recordings
@version: 1
frames: <f4 (7, 22) gzip shuffled
notes: texts (1,)
recordings/length: <i4 (2,)
recordings/session: <i2 (2,)
recordings/sign: <i2 (2,)
recordings/trial: <i2 (2,)
signs/key: texts (1,)
signs/name: texts (1,)
""",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_file_holds_what_its_kind_is_known_to_hold(name: str, tmp_path: Path) -> None:
    assert layout_of(written_of(name, tmp_path)) == sorted(LAYOUTS[name].strip().splitlines())
