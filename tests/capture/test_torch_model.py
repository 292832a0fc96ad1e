from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer import record
from auslan_explorer.capture.pack import to_numpy
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import check_cache, read_cache

RNG = np.random.default_rng(0)
X = RNG.normal(0, 1, (6, 7, 3)).astype(np.float32)
LENGTHS = np.array([7, 3, 5, 7, 1, 2])
LABELS = ["b", "a", "b", "a", "b", "a"]


def make(nn: Any, *, per_step: bool = False, **settings: Any) -> Any:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn = nn.RNN(3, 4, batch_first=True, **settings)
            self.out = nn.Linear(8 if settings.get("bidirectional") else 4, 2)

        def forward(self, x: Any) -> Any:
            states = self.rnn(x)[0]
            if hasattr(states, "batch_sizes"):
                return states
            return self.out(states if per_step else states[:, -1])

    return Model()


def states_of(model: Any, x: Any) -> np.ndarray:
    return to_numpy(model.rnn(x)[0])


def test_states_answers_and_head_of_a_model_are_recorded(nn: Any, tmp_path: Path) -> None:
    model = make(nn)
    with record(model, tmp_path / "a.h5", labels=LABELS) as recorder:
        logits = to_numpy(model(nn.tensor(X)))
    assert recorder.file == tmp_path / "a.h5"
    assert check_cache(recorder.file) == []
    a = read_cache(recorder.file)
    assert (a.signs, a.sign.tolist()) == (("a", "b"), [1, 0, 1, 0, 1, 0])
    np.testing.assert_allclose(a.all_states(), states_of(model, nn.tensor(X)).reshape(-1, 4), atol=1e-3)
    assert a.inputs is not None
    np.testing.assert_allclose(a.inputs.rows.rows(0, a.real_steps), X.reshape(-1, 3), atol=2e-3)
    np.testing.assert_array_equal(a.predicted, logits.argmax(axis=1))
    assert a.head is not None
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = a.output_rows(0, a.real_steps)
    assert rows is not None
    np.testing.assert_allclose(rows[a.offsets[1:] - 1], expected, atol=1e-3)


def test_every_layer_and_direction_is_kept_apart(nn: Any, tmp_path: Path) -> None:
    model = make(nn, num_layers=2, bidirectional=True)
    with record(model, tmp_path / "a.h5", labels=LABELS):
        model(nn.tensor(X))
    a = read_cache(tmp_path / "a.h5")
    assert [layer.name for layer in a.layers] == [
        "rnn layer 1, forward", "rnn layer 1, backward", "rnn layer 2, forward", "rnn layer 2, backward"
    ]  # fmt: skip
    assert a.layer == "rnn layer 2, forward"
    top = states_of(model, nn.tensor(X)).reshape(-1, 8)
    np.testing.assert_allclose(a.all_states(), top[:, :4], atol=1e-3)
    np.testing.assert_allclose(a.with_layer("rnn layer 2, backward").all_states(), top[:, 4:], atol=1e-3)
    # The lowest layer is that of a network of one layer with the same weights.
    alone = nn.RNN(3, 4, batch_first=True, bidirectional=True)
    weights = model.rnn.state_dict()
    alone.load_state_dict({key: weights[key] for key in alone.state_dict()})
    below = to_numpy(alone(nn.tensor(X))[0]).reshape(-1, 8)
    np.testing.assert_allclose(a.with_layer("rnn layer 1, backward").all_states(), below[:, 4:], atol=1e-3)
    # A head that reads both directions is not put on one of them.
    assert a.head is None
    assert (a.predicted >= 0).all()


def test_padding_is_cut_off_by_lengths_or_mask_over_several_batches(nn: Any, tmp_path: Path) -> None:
    model = make(nn, per_step=True)
    for given in ({"lengths": LENGTHS}, {"mask": np.arange(7) < LENGTHS[:, None]}):
        with record(model, tmp_path / "a.h5", labels=LABELS, **given):
            model(nn.tensor(X[:4]))
            model(nn.tensor(X[4:]))
        a = read_cache(tmp_path / "a.h5")
        assert a.lengths.tolist() == LENGTHS.tolist()
        real = np.arange(7) < LENGTHS[:, None]
        np.testing.assert_allclose(a.all_states(), states_of(model, nn.tensor(X))[real], atol=1e-3)
        assert a.inputs is not None
        np.testing.assert_allclose(a.inputs.rows.rows(0, a.real_steps), X[real], atol=2e-3)
        # Answers at each step, of a model that gives them.
        assert a.outputs is not None
        np.testing.assert_allclose(a.outputs.rows.rows(0, a.real_steps).sum(axis=1), 1, atol=1e-3)


def test_packed_sequences_come_in_their_own_order(nn: Any, tmp_path: Path) -> None:
    model = make(nn)
    rows = [row[:length] for row, length in zip(X, LENGTHS, strict=True)]
    with record(model, tmp_path / "a.h5", labels=LABELS):
        model(nn.pack(rows))
    a = read_cache(tmp_path / "a.h5")
    assert a.lengths.tolist() == LENGTHS.tolist()
    real = np.arange(7) < LENGTHS[:, None]
    np.testing.assert_allclose(a.all_states(), states_of(model, nn.tensor(X))[real], atol=1e-3)
    assert a.inputs is not None
    np.testing.assert_allclose(a.inputs.rows.rows(0, a.real_steps), X[real], atol=2e-3)


@pytest.mark.parametrize("both", [False, True])
def test_cell_states_of_an_lstm_are_a_layer_beside_its_hidden_states(nn: Any, both: bool, tmp_path: Path) -> None:
    model = nn.LSTM(3, 4, num_layers=2, batch_first=True, bidirectional=both)
    rows = [row[:length] for row, length in zip(X, LENGTHS, strict=True)]
    with record(model, tmp_path / "a.h5"):
        model(nn.pack(rows))
    a = read_cache(tmp_path / "a.h5")
    ways = (", forward", ", backward") if both else ("",)
    hidden = [f"recurrent layer {number}{way}" for number in (1, 2) for way in ways]
    assert [each.name for each in a.layers] == [name for each in hidden for name in (each, f"{each}, cell state")]
    assert a.layer == hidden[-len(ways)]
    for sequence, row in enumerate(rows):
        # What PyTorch itself tells: the cells after the last step that was read, of each layer and direction.
        told = to_numpy(model(nn.tensor(row[None]))[1][1])[:, 0]
        for place, name in enumerate(hidden):
            cells = a.with_layer(f"{name}, cell state").states.rows(*a.offsets[sequence : sequence + 2])
            np.testing.assert_allclose(cells[0 if name.endswith("backward") else -1], told[place], atol=2e-3)
    # In the middle, too: a sequence that ends there has the same cells, of the direction that reads ahead.
    middle = to_numpy(model(nn.tensor(rows[0][None, :4]))[1][1])[0, 0]
    np.testing.assert_allclose(a.with_layer(f"{hidden[0]}, cell state").states.rows(3, 4)[0], middle, atol=2e-3)


def test_padded_cells_are_cut_and_a_start_of_its_own_leaves_cells_out(nn: Any, tmp_path: Path) -> None:
    model = nn.LSTM(3, 4, batch_first=True)
    with record(model, tmp_path / "a.h5", lengths=LENGTHS):
        model(nn.tensor(X))
    a = read_cache(tmp_path / "a.h5")
    assert a.with_layer("recurrent, cell state").real_steps == LENGTHS.sum()
    if nn.real:
        start = nn.tensor(np.ones((1, 6, 4), np.float32))
        with record(model, tmp_path / "b.h5"):
            model(nn.tensor(X), (start, start))
        assert read_cache(tmp_path / "b.h5").layers == ()


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
def test_other_cells_are_recorded_layer_by_layer(nn: Any, kind: str, tmp_path: Path) -> None:
    if not nn.real:
        pytest.skip("the stand-in has the plain cell alone")
    model = getattr(nn, kind)(3, 5, num_layers=3)
    with record(model, tmp_path / "a.h5"):
        model(nn.tensor(X.swapaxes(0, 1).copy()))
    a = read_cache(tmp_path / "a.h5")
    assert [each.units for each in map(a.with_layer, ["recurrent layer 1", "recurrent layer 3"])] == [5, 5]
    top = to_numpy(model(nn.tensor(X.swapaxes(0, 1).copy()))[0]).swapaxes(0, 1).reshape(-1, 5)
    np.testing.assert_allclose(a.all_states(), top, atol=1e-3)
    assert not a.classified


def test_an_error_in_the_block_leaves_no_file_and_no_hook(nn: Any, tmp_path: Path) -> None:
    model = make(nn)
    with pytest.raises(RuntimeError), record(model, tmp_path / "a.h5", labels=LABELS):
        model(nn.tensor(X))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    assert not (model.rnn._forward_hooks if nn.real else model.rnn._hooks)


def test_what_cannot_be_recorded_is_said(nn: Any, tmp_path: Path) -> None:
    model, file = make(nn), tmp_path / "a.h5"
    with pytest.raises(UserError, match="no LSTM, GRU or RNN"):
        record(nn.Linear(2, 2), file)
    with pytest.raises(UserError, match="no layer 'other'"):
        record(model, file, head="other")
    with pytest.raises(UserError, match="inside a with block"):
        record(model, file, X)
    with pytest.raises(UserError, match="was not called"), record(model, file):
        pass
    with pytest.raises(UserError, match="5 labels for 6"), record(model, file, labels=LABELS[:5]):
        model(nn.tensor(X))
    with pytest.raises(UserError, match="lengths is of 2"), record(model, file, lengths=[1, 2]):
        model(nn.tensor(X))
    assert not file.exists()
