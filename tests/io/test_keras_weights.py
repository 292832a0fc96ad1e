"""Weight files of Keras 2, of any width and in both layouts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.analysis.activate import activate, fitting
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.keras_weights import WeightLayer, read_part
from auslan_explorer.io.published import ARTICLE_SIGNS, load_keras_classifier, load_published

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "odd"
UNITS, CLASSES = 64, 30
RNG = np.random.default_rng(0)
ARRAYS = {
    "rnn": {
        "kernel": RNG.normal(0, 0.3, (22, 4 * UNITS)), "recurrent_kernel": RNG.normal(0, 0.1, (UNITS, 4 * UNITS)),
        "bias": RNG.normal(0, 0.3, 4 * UNITS),
    },
    "answer": {"kernel": RNG.normal(0, 0.3, (UNITS, CLASSES)), "bias": RNG.normal(0, 0.3, CLASSES)},
}  # fmt: skip


def write_weights(
    path: Path,
    *,
    top: bool = True,
    version: str = "2.1.2",
    lstm: dict[str, Any] | None = None,
    cell: str = "",
    ending: str = ":0",
    arrays: dict[str, dict[str, np.ndarray]] | None = None,
) -> Path:
    with h5py.File(path, "w") as file:
        root = file.create_group("model_weights") if top else file
        file.attrs["keras_version"] = version
        layers = ARRAYS if arrays is None else arrays
        root.attrs["layer_names"] = np.array([b"input_1", *(name.encode() for name in layers)])
        root.create_group("input_1")
        for name, parts in layers.items():
            for part, values in parts.items():
                root[f"{name}/{name}/{cell if name == 'rnn' else ''}{part}{ending}"] = values.astype(np.float32)
        if lstm is not None:
            config = [
                {"class_name": "LSTM", "config": {"batch_input_shape": [None, 70, 22], **lstm}},
                {"class_name": "Lambda", "config": {"function": ["4wEAAAA", None, None]}},
                {"class_name": "Dense", "config": {"activation": "softmax"}},
            ]
            file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": config}})
    return path


@pytest.mark.parametrize("top", [True, False])
@pytest.mark.parametrize(
    ("version", "lstm", "gates"),
    [
        ("2.1.2", None, "hard_sigmoid"),
        ("2.3.1", None, "sigmoid"),
        ("2.2.4-tf", None, "sigmoid"),
        ("2.1.2", {"recurrent_activation": "sigmoid"}, "sigmoid"),
        ("2.4.0", {"recurrent_activation": "hard_sigmoid"}, "hard_sigmoid"),
    ],
)
def test_networks_of_any_width_are_read_in_both_layouts(
    tmp_path: Path, top: bool, version: str, lstm: dict[str, Any] | None, gates: str
) -> None:
    c = load_keras_classifier(write_weights(tmp_path / "w.hdf5", top=top, version=version, lstm=lstm))
    assert (c.units, len(c.signs), c.gates, c.steps) == (UNITS, CLASSES, gates, 70 if lstm else 90)
    np.testing.assert_allclose(c.kernel, ARRAYS["rnn"]["kernel"], atol=1e-6)
    np.testing.assert_allclose(c.bias, ARRAYS["rnn"]["bias"], atol=1e-6)
    np.testing.assert_allclose(c.head.kernel, ARRAYS["answer"]["kernel"], atol=1e-6)


def test_names_of_later_keras_and_a_missing_bias_are_read(tmp_path: Path) -> None:
    bare = {**ARRAYS, "rnn": {name: ARRAYS["rnn"][name] for name in ("kernel", "recurrent_kernel")}}
    c = load_keras_classifier(
        write_weights(tmp_path / "w.h5", cell="lstm_cell_3/", ending="", arrays=bare, version="2.15.0")
    )
    assert (c.units, c.gates, float(np.abs(c.bias).max())) == (UNITS, "sigmoid", 0.0)
    assert load_keras_classifier(tmp_path / "w.h5", gates="hard_sigmoid").gates == "hard_sigmoid"


def test_the_classes_are_those_of_the_recordings_or_named(tmp_path: Path, recordings: Recordings) -> None:
    count = len(recordings.signs)
    arrays = {"rnn": ARRAYS["rnn"], "answer": {name: each[..., :count] for name, each in ARRAYS["answer"].items()}}
    c = load_keras_classifier(write_weights(tmp_path / "w.h5", arrays=arrays))
    named, fit = fitting(c, recordings)
    assert (named.signs, len(fit)) == (recordings.signs, len(recordings))
    a = activate(named, fit)
    assert (a.units, a.signs, a.sign.tolist()) == (UNITS, recordings.signs, recordings.sign.tolist())
    turned = recordings.signs[::-1]
    assert fitting(c, recordings, turned)[0].signs == turned
    with pytest.raises(UserError, match="name as many"):
        fitting(c, recordings, turned[1:])
    with pytest.raises(UserError, match="which its file does not name"):
        fitting(c, recordings.select(recordings.sign == 0))


GRU = {**ARRAYS["rnn"], "recurrent_kernel": ARRAYS["rnn"]["recurrent_kernel"][:, : 3 * UNITS]}
BOTH = {f"{way}/{name}": each for way in ("forward", "backward") for name, each in ARRAYS["rnn"].items()}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"arrays": {**ARRAYS, "rnn": GRU}}, "is no LSTM"),
        ({"arrays": {**ARRAYS, "rnn": BOTH}}, "several cells"),
        ({"arrays": {"rnn": ARRAYS["rnn"]}}, "1 recurrent and 0 dense"),
        ({"lstm": {"recurrent_activation": "relu"}}, "the gates of its LSTM are 'relu'"),
        ({"lstm": {"recurrent_activation": "sigmoid", "go_backwards": True}}, "runs backwards"),
        ({"lstm": {"recurrent_activation": "hard_sigmoid"}, "version": "3.4.1"}, "that of Keras 3"),
    ],
)
def test_another_network_is_refused_in_a_sentence(tmp_path: Path, given: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        load_keras_classifier(write_weights(tmp_path / "w.h5", **given))


def test_more_classes_than_there_can_be_are_refused_before_they_are_named(tmp_path: Path) -> None:
    wide = {**ARRAYS, "answer": {"kernel": np.zeros((UNITS, 40_000)), "bias": np.zeros(40_000)}}
    with pytest.raises(UserError, match="it has 40000 outputs; 32767 classes are the most"):
        load_keras_classifier(write_weights(tmp_path / "a.h5", arrays=wide))


@pytest.mark.parametrize("case", ["pub_named", "pub_weightsonly"])
def test_the_article_s_files_are_read_with_other_names_and_without_the_top_group(
    case: str, published: Path, tmp_path: Path
) -> None:
    if not (CASES / case).is_dir():
        pytest.skip(f"the small inputs do not stand at {CASES}")
    for file in (*published.iterdir(), *(CASES / case).iterdir()):
        shutil.copyfile(file, tmp_path / file.name)
    classifier, *found = load_published(tmp_path)
    assert classifier.signs == ARTICLE_SIGNS
    for ours, theirs in zip(found, load_published(published)[1:], strict=True):
        assert ours.fingerprint == theirs.fingerprint


@pytest.mark.parametrize("part", ["kernel", "recurrent_kernel"])
def test_a_weight_that_is_missing_is_named(tmp_path: Path, part: str) -> None:
    arrays = {**ARRAYS, "rnn": {name: values for name, values in ARRAYS["rnn"].items() if name != part}}
    file = write_weights(tmp_path / "w.hdf5", arrays=arrays)
    with h5py.File(file) as opened, pytest.raises(UserError, match=f"its layer rnn has no {part}"):
        read_part(opened, WeightLayer("rnn", {}), part, (22, None))
