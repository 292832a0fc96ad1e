from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.models import (
    ARTICLE_SIGNS,
    load_autoencoder,
    load_classifier,
    load_published,
    load_split,
    read_info,
    recording_keys,
    save_autoencoder,
    save_classifier,
    split_of,
)
from auslan_explorer.io.recordings import import_recordings


@pytest.fixture
def classifier() -> Classifier:
    rng = np.random.default_rng(0)

    def weights(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    return Classifier(
        kernel=weights(22, 16),
        recurrent_kernel=weights(4, 16),
        bias=weights(16),
        head=Head(weights(4, 2), weights(2)),
        gates="sigmoid",
        mean=weights(22),
        std=np.full(22, 2, np.float32),
        steps=90,
        signs=("hello", "grüße"),
    )


@pytest.fixture
def autoencoder() -> Autoencoder:
    rng = np.random.default_rng(0)
    widths, kinds = (4, 6, 2, 6, 4), ("relu", "linear", "tanh", "linear")
    layers = tuple(
        DenseLayer(rng.normal(size=(a, b)).astype(np.float32), rng.normal(size=b).astype(np.float32), kind)
        for a, b, kind in zip(widths, widths[1:], kinds, strict=False)
    )
    return Autoencoder(layers, 1)


def test_classifier_round_trip(classifier: Classifier, recordings: Recordings, tmp_path: Path) -> None:
    keys = recording_keys(recordings)
    assert keys == ("computer_PC_/1/1", "hello/1/3", "hello/9/2")
    info = {"seed": 3, "data": "tctodd", "odd": "123", "loss": [1.5, 0.25], "figures": {"test": np.float32(0.5)}}
    split = np.array([0, 2, 1], np.uint8)
    save_classifier(tmp_path / "c.h5", classifier, info, split=split, recordings=keys)
    again = load_classifier(tmp_path / "c.h5")
    assert again.fingerprint == classifier.fingerprint
    assert (again.signs, again.steps, again.gates) == (classifier.signs, 90, "sigmoid")
    np.testing.assert_array_equal(again.mean, classifier.mean)
    np.testing.assert_array_equal(again.std, classifier.std)
    read = read_info(tmp_path / "c.h5")
    assert read == {"format": "auslan-explorer-classifier", "version": 1, **info, "figures": {"test": 0.5}}
    stored = load_split(tmp_path / "c.h5")
    assert stored == dict(zip(keys, [0, 2, 1], strict=True))
    assert split_of(stored, recordings.select(np.array([2, 0]))).tolist() == [1, 0]
    with pytest.raises(UserError, match="equally long"):
        save_classifier(tmp_path / "c.h5", classifier, split=split)
    save_classifier(tmp_path / "c.h5", classifier)
    assert load_split(tmp_path / "c.h5") is None


def test_a_long_training_history_fits(classifier: Classifier, tmp_path: Path) -> None:
    info = {"history": [float(i) / 7 for i in range(20_000)]}
    save_classifier(tmp_path / "c.h5", classifier, info)
    assert read_info(tmp_path / "c.h5")["history"] == info["history"]


def test_autoencoder_round_trip(autoencoder: Autoencoder, tmp_path: Path) -> None:
    save_autoencoder(tmp_path / "a.h5", autoencoder, {"noise": 0.1})
    again = load_autoencoder(tmp_path / "a.h5")
    assert again.fingerprint == autoencoder.fingerprint
    assert again.bottleneck == 1
    assert [layer.activation for layer in again.layers] == [layer.activation for layer in autoencoder.layers]
    x = np.ones((3, 4), np.float32)
    np.testing.assert_array_equal(again.encode(x), autoencoder.encode(x))
    assert read_info(tmp_path / "a.h5")["noise"] == 0.1


def test_nothing_half_written(
    classifier: Classifier, autoencoder: Autoencoder, tmp_path: Path, broken_disk: str
) -> None:
    (tmp_path / "m.h5").write_bytes(b"old")
    for save in (lambda p: save_classifier(p, classifier), lambda p: save_autoencoder(p, autoencoder)):
        with pytest.raises(UserError, match=broken_disk):
            save(tmp_path / "m.h5")
    assert (tmp_path / "m.h5").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def replace(name: str, data: object = None) -> Callable[[h5py.File], None]:
    def change(file: h5py.File) -> None:
        del file[name]
        if data is not None:
            file[name] = data

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.attrs.__setitem__("version", 5), "version 5"),
        (lambda f: f.attrs.__setitem__("format", "auslan-explorer-autoencoder"), "is an autoencoder, not a classifier"),
        (lambda f: f.attrs.__setitem__("gates", "swish"), "gates are 'swish'"),
        (lambda f: f.attrs.__setitem__("steps", 0), "steps"),
        (lambda f: f.attrs.__delitem__("steps"), "the attribute steps is missing or not above zero"),
        (replace("lstm/kernel"), "lstm/kernel is missing"),
        (replace("lstm/kernel", np.zeros((22, 15), np.float32)), "lstm/kernel has shape"),
        (replace("lstm/bias", np.full(16, np.nan, np.float32)), "lstm/bias holds values"),
        (replace("head/kernel", np.zeros((4, 3), np.float32)), "head/kernel has shape"),
        (replace("input/std", np.zeros(22, np.float32)), "not above zero"),
        (replace("input/mean", np.zeros(21, np.float32)), "input/mean has shape"),
        (replace("signs/key"), "signs/key is missing"),
    ],
)
def test_what_is_wrong_with_a_classifier(classifier: Classifier, tmp_path: Path, change: Callable, says: str) -> None:
    save_classifier(tmp_path / "c.h5", classifier)
    with h5py.File(tmp_path / "c.h5", "r+") as file:
        change(file)
    with pytest.raises(UserError, match=r"c\.h5") as caught:
        load_classifier(tmp_path / "c.h5")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.attrs.__setitem__("bottleneck", 3), "no bottleneck"),
        (lambda f: f.attrs.__delitem__("bottleneck"), "no bottleneck"),
        (lambda f: f["layers/1"].attrs.__setitem__("activation", "exec"), "activation 'exec'"),
        (replace("layers/0"), "layers/0 is missing"),
        (replace("layers/2"), "layers/2 is missing"),
        (replace("layers/1/kernel", np.zeros((5, 2), np.float32)), "do not fit"),
        (replace("layers/3/bias", np.zeros(3, np.float32)), "layers/3/bias has shape"),
    ],
)
def test_what_is_wrong_with_an_autoencoder(
    autoencoder: Autoencoder, tmp_path: Path, change: Callable, says: str
) -> None:
    save_autoencoder(tmp_path / "a.h5", autoencoder)
    with h5py.File(tmp_path / "a.h5", "r+") as file:
        change(file)
    with pytest.raises(UserError, match=says) as caught:
        load_autoencoder(tmp_path / "a.h5")
    assert "a.h5" in str(caught.value)


@pytest.mark.parametrize("load", [load_classifier, load_autoencoder, read_info, load_split])
def test_files_that_are_no_models(load: Callable[[Path], Any], classifier: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "m.h5"
    save_classifier(path, classifier)
    whole = path.read_bytes()
    for data, says in ((b"", "empty"), (b"text", "not an HDF5"), (whole[: len(whole) // 2], "cut short")):
        path.write_bytes(data)
        with pytest.raises(UserError, match=says):
            load(path)
    with pytest.raises(UserError, match="no file"):
        load(tmp_path / "none.h5")
    with h5py.File(path, "w") as file:
        file["x"] = 1
    with pytest.raises(UserError, match="HDF5 file"):
        load(path)


# -------------------------------------------------------------------------------------------------- published weights
def test_published_weights_make_19_errors(published: Path, real_archive: Path) -> None:
    classifier, two, three = load_published(published)
    recordings = import_recordings(real_archive).article_subset()
    assert recordings.signs == classifier.signs == ARTICLE_SIGNS
    assert (classifier.gates, classifier.units, classifier.steps) == ("hard_sigmoid", 100, 90)
    assert (two.dims, three.dims, two.units, three.units) == (2, 3, 100, 100)
    assert [layer.activation for layer in two.layers] == ["relu", "relu", "linear", "relu", "relu", "linear"]
    states = classifier.hidden_states(recordings.padded())
    predicted = classifier.head.probabilities(states[:, -1]).argmax(axis=1)
    wrong = np.flatnonzero(predicted != recordings.sign)
    assert len(wrong) == 19
    pairs = {(recordings.signs[recordings.sign[i]], recordings.signs[predicted[i]]) for i in wrong}
    assert {frozenset(pair) for pair in pairs} >= {frozenset(("hurt", "all")), frozenset(("thank", "hot"))}
    # the figures that go with the weights: MSE on real steps 0.0636 and 0.0396
    real = states[np.arange(90)[None, :] >= (90 - recordings.lengths)[:, None]]
    assert len(real) == 144_530
    some = real[::20]
    for autoencoder, mse in ((two, 0.0636), (three, 0.0396)):
        assert np.mean((autoencoder.reconstruct(some) - some) ** 2) == pytest.approx(mse, rel=0.02)


@pytest.fixture
def weights(published: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    for path in published.iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    return tmp_path


def test_bad_published_folders(weights: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        load_published(weights / "none")
    with pytest.raises(UserError, match=r"names 2|has shape"):
        load_published(weights, ("a", "b"))
    lstm, two = weights / "model_weights_final.hdf5", weights / "auto2D_model_weights.hdf5"
    saved = two.read_bytes()
    two.write_bytes(saved[:100_000])
    with pytest.raises(UserError, match=r"auto2D_model_weights.hdf5 is damaged"):
        load_published(weights)
    two.write_bytes(b"text")
    with pytest.raises(UserError, match="not an HDF5"):
        load_published(weights)
    shutil.copyfile(weights / "auto3D_model_weights.hdf5", two)
    with pytest.raises(UserError, match=r"auto2D.*has shape"):
        load_published(weights)
    shutil.copyfile(lstm, two)
    with pytest.raises(UserError, match=r"auto2D.*another network"):
        load_published(weights)
    two.write_bytes(saved)
    shutil.copyfile(two, lstm)
    with pytest.raises(UserError, match=r"model_weights_final.* 0 recurrent"):
        load_published(weights)
    lstm.unlink()
    with pytest.raises(UserError, match=r"lacks model_weights_final"):
        load_published(weights)


def test_other_hdf5_files_are_no_published_weights(weights: Path) -> None:
    with h5py.File(weights / "model_weights_final.hdf5", "w") as file:
        file["x"] = 1
    with pytest.raises(UserError, match="not a Keras weight file"):
        load_published(weights)


def test_no_code_is_run(weights: Path) -> None:
    """The configuration, with its marshalled Lambda, is not so much as read."""
    with h5py.File(weights / "model_weights_final.hdf5", "r+") as file:
        file.attrs["model_config"] = b"\x80 not json"
        file.attrs["training_config"] = 7
    classifier, _, _ = load_published(weights)
    assert classifier.units == 100
    assert read_info(weights / "model_weights_final.hdf5") == {"format": "keras", "version": 2}


def test_nan_in_published_weights(weights: Path) -> None:
    with h5py.File(weights / "model_weights_final.hdf5", "r+") as file:
        file["model_weights/lstm_1/lstm_1/bias:0"][3] = np.nan
    with pytest.raises(UserError, match=r"model_weights_final.hdf5.*not finite"):
        load_published(weights)
