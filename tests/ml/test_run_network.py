"""A ``.keras`` file is run over sequences in a process of its own."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io.cache import check_cache
from auslan_explorer.workflows.reading import Request, read_request

RNG = np.random.default_rng(0)
X = RNG.normal(0, 1, (8, 6, 3)).astype(np.float32)
X[:3, 4:] = 0


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> keras.Model:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    inputs = keras.Input((6, 3))
    states = keras.layers.Masking()(inputs)
    states = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True, name="both"))(states)
    states = keras.layers.SimpleRNN(3, return_sequences=True, name="plain")(states)
    last = keras.layers.GRU(5, name="top", kernel_regularizer="l2")(states)
    model = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(last))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.save(tmp_path / "m.keras")
    return model


def test_a_keras_file_is_run_and_every_recurrent_layer_recorded(model: keras.Model, tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", X=X, y=np.array(["a", "b"] * 4), names=[f"n{row}" for row in range(8)])
    told: list[float] = []
    request = Request(tmp_path / "m.keras", tmp_path / "x.npz", layer="plain")
    a = read_request(request, progress=lambda fraction, _: told.append(fraction))
    assert told == sorted(told) and told
    assert [layer.name for layer in a.layers][-2:] == ["plain", "top"] and len(a.layers) == 6
    assert "cell state" in a.layers[2].name, "an LSTM's cell states are a layer too"
    assert (a.lengths.tolist(), a.signs, a.recording_names[7]) == ([4] * 3 + [6] * 5, ("a", "b"), "n7")
    np.testing.assert_array_equal(a.predicted, model.predict(X, verbose=0).argmax(axis=1))
    plain = keras.Model(model.inputs, model.get_layer("plain").output).predict(X, verbose=0)
    np.testing.assert_allclose(a.recording_states(7), plain[7], atol=1e-3)
    assert check_cache(Path(a.origin.file)) == []
    # The same again is read, not run.
    told.clear()
    assert read_request(request, progress=lambda fraction, _: told.append(fraction)).fingerprint == a.fingerprint
    assert not told
    with pytest.raises(Cancelled):
        read_request(Request(tmp_path / "m.keras", tmp_path / "x.npz", tmp_path / "b.h5"), cancelled=lambda: True)
    np.savez(tmp_path / "x.npz", X=X[..., :2])
    with pytest.raises(UserError, match=r"reads sequences of 6 × 3 .*, and these have 6 × 2"):
        read_request(request)
    np.savez(tmp_path / "x.npz", X=X[:, :5])
    with pytest.raises(UserError, match="have 5 steps, and the network reads 6"):
        read_request(request)


def test_keras_itself_never_sees_a_layer_with_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    states = keras.layers.GRU(2, return_sequences=True)
    last = keras.layers.Lambda(lambda x: x[:, -1])
    keras.Sequential([keras.Input((6, 3)), states, last]).save(tmp_path / "m.keras")
    np.savez(tmp_path / "x.npz", X=X)
    with pytest.raises(UserError, match=r"names keras\.layers\.Lambda"):
        read_request(Request(tmp_path / "m.keras", tmp_path / "x.npz"))
