from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

from auslan_explorer import record
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import check_cache, read_cache

RNG = np.random.default_rng(0)
X = RNG.normal(0, 1, (8, 6, 3)).astype(np.float32)
LENGTHS = np.array([6, 2, 4, 6, 1, 3, 6, 5])
X[np.arange(6) >= LENGTHS[:, None]] = 0
REAL = np.arange(6) < LENGTHS[:, None]
LABELS = ["a", "b"] * 4


def test_a_gru_with_masked_steps_is_recorded(tmp_path: Path) -> None:
    inputs = keras.Input((6, 3))
    states = keras.layers.GRU(5, return_sequences=True, name="gru")(keras.layers.Masking()(inputs))
    last = keras.layers.GRU(4, name="top")(states)
    model = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(last))
    file = record(model, tmp_path / "a.h5", X, LABELS)
    assert check_cache(file) == []
    a = read_cache(file)
    assert (a.lengths.tolist(), a.layer) == (LENGTHS.tolist(), "top")
    assert [layer.name for layer in a.layers] == ["gru", "top"]
    lower = keras.Model(inputs, states).predict(X, verbose=0)
    np.testing.assert_allclose(a.with_layer("gru").all_states(), lower[REAL], atol=1e-3)
    np.testing.assert_allclose(
        a.all_states()[a.offsets[1:] - 1], keras.Model(inputs, last).predict(X, verbose=0), atol=1e-3
    )
    answers = model.predict(X, verbose=0)
    np.testing.assert_array_equal(a.predicted, answers.argmax(axis=1))
    rows = a.output_rows(0, a.real_steps)
    assert rows is not None
    np.testing.assert_allclose(rows[a.offsets[1:] - 1], answers, atol=5e-3)


def test_both_directions_and_the_model_s_own_answers_are_recorded(tmp_path: Path) -> None:
    model = keras.Sequential(
        [
            keras.Input((6, 3)),
            keras.layers.Bidirectional(keras.layers.LSTM(4), name="both"),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    a = read_cache(record(model, tmp_path / "a.h5", X, LABELS))
    assert [layer.name for layer in a.layers] == ["both, forward", "both, backward"] or a.layer == "both, forward"
    merged = keras.Model(model.inputs, model.layers[-2].output).predict(X, verbose=0)
    np.testing.assert_allclose(a.all_states()[a.offsets[1:] - 1], merged[:, :4], atol=1e-3)
    backward = a.with_layer("both, backward").all_states()
    np.testing.assert_allclose(backward[a.offsets[:-1]], merged[:, 4:], atol=1e-3)
    assert a.head is None
    np.testing.assert_array_equal(a.predicted, model.predict(X, verbose=0).argmax(axis=1))


@pytest.mark.parametrize("kind", ["plain", "both", "hard"])
def test_cell_states_of_an_lstm_are_a_layer_of_their_own(tmp_path: Path, kind: str) -> None:
    lstm = keras.layers.LSTM(4, name="lstm", recurrent_activation="hard_sigmoid" if kind == "hard" else "sigmoid")
    layer = keras.layers.Bidirectional(lstm, name="lstm") if kind == "both" else lstm
    model = keras.Sequential([keras.Input((6, 3)), keras.layers.Masking(), layer, keras.layers.Dense(2, "softmax")])
    weights = [3 * each for each in layer.get_weights()]
    layer.set_weights(weights)
    a = read_cache(record(model, tmp_path / "a.h5", X, LABELS))
    names = [each.name for each in a.layers]
    if kind == "hard":
        assert names in ([], ["lstm"]), "what it keeps cannot be told from what it gives"
        return
    hidden = "lstm, forward" if kind == "both" else "lstm"
    assert a.layer == hidden and f"{hidden}, cell state" in names
    for place, name in enumerate(name for name in names if not name.endswith("cell state")):
        part = keras.layers.LSTM(4, return_state=True, go_backwards=place == 1)
        part.build((None, 6, 3))
        part.set_weights(weights[3 * place : 3 * place + 3])
        inputs = keras.Input((6, 3))
        # The state after the last step that was read: of the second direction that is the first one.
        last = keras.Model(inputs, part(keras.layers.Masking()(inputs))[2]).predict(X, verbose=0)
        cells = a.with_layer(f"{name}, cell state").all_states()
        rows = a.offsets[:-1] if place else a.offsets[1:] - 1
        np.testing.assert_allclose(cells[rows], last, atol=5e-3)


def test_a_character_model_gives_answers_at_each_step(tmp_path: Path) -> None:
    read = RNG.integers(1, 5, (8, 6)) * REAL
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Embedding(5, 3, mask_zero=True),
            keras.layers.SimpleRNN(4, return_sequences=True),
            keras.layers.Dense(5, activation="softmax"),
        ]
    )
    letters = np.array(list("-abcd"))[read]
    file = record(model, tmp_path / "a.h5", read, class_names=list("-abcd"), step_labels={"letter": letters})
    a = read_cache(file)
    assert (a.lengths.tolist(), a.output_names) == (LENGTHS.tolist(), tuple("-abcd"))
    np.testing.assert_allclose(a.output_rows(0, a.real_steps), model.predict(read, verbose=0)[REAL], atol=1e-3)
    assert a.step_labels["letter"].text(0) == letters[0, 0]


def test_a_keras_model_that_cannot_be_recorded_says_why(tmp_path: Path) -> None:
    plain = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    with pytest.raises(UserError, match="no LSTM, GRU or SimpleRNN"):
        record(plain, tmp_path / "a.h5", X[:, 0])
    with pytest.raises(UserError, match="needs the sequences X"):
        record(plain, tmp_path / "a.h5")
    with pytest.raises(UserError, match="no Keras or PyTorch model"):
        record(object(), tmp_path / "a.h5")
    assert list(tmp_path.iterdir()) == []
