"""Seven networks that a person may bring, each from model or file to a film by the shortest way of the documents.

The seventh size, 20 000 sequences of 512 units, is made small here; `python -m benchmarks.size` runs it whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from auslan_explorer import cli, record
from auslan_explorer.core.activations import Activations
from auslan_explorer.io.cache import check_cache, read_cache
from benchmarks.size import make_file
from tests.real_series import load_series, padded
from tests.torch_parts import nn  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parents[2]
EVERY = 9
"""Of so many sequences one is read: each network learns nothing here, and is quick."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder in which commands are run, with a data folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    return tmp_path


def run(command: str) -> None:
    assert cli.main(command.split()) == 0, command


def film(file: str = "mine.h5") -> Activations:
    """Film a cache, and return what is in it."""
    assert check_cache(Path(file)) == []
    run(f"film --cache {file} --out mine.gif --size 160x120 --frames 3")
    assert Path("mine.gif").read_bytes().startswith(b"GIF8")
    return read_cache(Path(file))


def series(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return some sequences of a data set, padded with zeros, their lengths and labels."""
    rows, labels = load_series(name)
    x, lengths = padded(rows[::EVERY])
    return x, lengths, labels[::EVERY]


def text() -> str:
    """Return some English text, the same on every computer."""
    return " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").lower().split())[:480]


def test_a_gru_of_keras(folder: Path) -> None:
    x, lengths, labels = series("JapaneseVowels")
    model = keras.Sequential([
        keras.Input(x.shape[1:]), keras.layers.Masking(), keras.layers.GRU(12),
        keras.layers.Dense(len(set(labels)), activation="softmax"),
    ])  # fmt: skip
    record(model, "mine.h5", x, labels, class_word="speaker", sequence_word="utterance")
    a = film()
    assert (a.lengths.tolist(), a.signs, a.units) == (lengths.tolist(), tuple(np.unique(labels)), 12)
    assert a.inputs is not None
    real = np.arange(x.shape[1]) < lengths[:, None]
    np.testing.assert_allclose(a.inputs.rows.rows(0, a.real_steps), x[real], atol=2e-3)
    np.testing.assert_array_equal(a.predicted, model.predict(x, verbose=0).argmax(axis=1))
    assert (a.wording.classes, a.wording.sequences) == ("speakers", "utterances")


def test_an_lstm_of_two_layers_of_pytorch(nn: Any, folder: Path) -> None:  # noqa: F811
    x, lengths, labels = series("JapaneseVowels")
    model = nn.LSTM(x.shape[2], 6, num_layers=2, batch_first=True)
    with record(model, "mine.h5", labels=labels, lengths=lengths):
        model(nn.tensor(x))
    a = film()
    layers = ["recurrent layer 1", "recurrent layer 2"]
    assert [each.name for each in a.layers] == [name for each in layers for name in (each, f"{each}, cell state")]
    assert (a.layer, a.lengths.tolist()) == (layers[-1], lengths.tolist())


def test_a_saved_model_that_reads_in_both_directions(folder: Path) -> None:
    x, lengths, labels = series("BasicMotions")
    classes, y = np.unique(labels, return_inverse=True)
    model = keras.Sequential([
        keras.Input(x.shape[1:]), keras.layers.Bidirectional(keras.layers.LSTM(8), name="both"),
        keras.layers.Dense(len(classes), activation="softmax"),
    ])  # fmt: skip
    model.save("model.keras")
    np.savez("x.npz", X=x, y=y, lengths=lengths, class_names=classes)
    run("cache --from model.keras --inputs x.npz --out mine.h5")
    a = film()
    ways = ("both, forward", "both, backward")
    assert {each.name for each in a.layers} == {name for way in ways for name in (way, f"{way}, cell state")}
    assert a.inputs is not None and a.inputs.rows.shape == (a.real_steps, x.shape[2])
    np.testing.assert_array_equal(a.predicted, model.predict(x, verbose=0).argmax(axis=1))


def test_a_character_model_with_a_label_of_each_step(folder: Path) -> None:
    letters = sorted(set(text()))
    read = np.array([letters.index(letter) for letter in text()]).reshape(-1, 40)
    model = keras.Sequential([
        keras.Input(read.shape[1:]), keras.layers.Embedding(len(letters), 4),
        keras.layers.GRU(8, return_sequences=True),
        keras.layers.Dense(len(letters), activation="softmax"),
    ])  # fmt: skip
    record(model, "mine.h5", read, class_names=letters, step_labels={"letter": np.array(letters)[read]})
    a = film()
    assert not a.classified and a.output_names == tuple(letters) and a.inputs is None
    shown = "".join(a.step_labels["letter"].text(row) for row in range(80))
    assert shown.replace("␣", " ") == text()[:80]


def test_very_many_sequences_made_small(folder: Path) -> None:
    make_file(Path("mine.h5"), 200, 10, 64)
    a = film()
    assert (len(a), a.real_steps, a.units) == (200, 2000, 64)


def test_three_sequences_of_one_class(folder: Path) -> None:
    rows, labels = load_series("JapaneseVowels")
    record.arrays(rows[:3], "mine.h5", labels[:3])
    a = film()
    assert (len(a), a.signs) == (3, ("1",))


@pytest.mark.parametrize("kind", ["LSTMVis", "projector"])
def test_files_of_lstmvis_and_of_the_projector(kind: str, folder: Path) -> None:
    words = text().split()
    states = np.random.default_rng(0).normal(0, 0.5, (len(words), 6)).astype(np.float32)
    (write_lstmvis if kind == "LSTMVis" else write_projector)(words, states)
    run("cache --from theirs --out mine.h5")
    a = film()
    assert a.real_steps == len(words)
    column = next(iter(a.step_labels.values()))
    assert [column.text(row) for row in range(12)] == words[:12]


def write_lstmvis(words: list[str], states: np.ndarray) -> None:
    """Write the folder that LSTMVis reads: states, numbers of words, and a list of them."""
    known, place = sorted(set(words)), Path("theirs")
    place.mkdir()
    with h5py.File(place / "states.hdf5", "w") as file:
        file["states1"] = states
    with h5py.File(place / "train.hdf5", "w") as file:
        file["words"] = [known.index(word) + 1 for word in words]
    (place / "words.dict").write_text("".join(f"{word} {number + 1}\n" for number, word in enumerate(known)))
    (place / "lstm.yml").write_text(
        "name: a text\nfiles:\n  states: states.hdf5\n  word_ids: train.hdf5\n  words: words.dict\n"
        "word_sequence:\n  file: word_ids\n  path: words\n  dict_file: words\n"
        "states:\n  file: states\n  types: [\n  {type: state, layer: 1, path: states1},\n  ]\n"
    )


def write_projector(words: list[str], states: np.ndarray) -> None:
    """Write the two tables of the embedding projector, ten words a sequence."""
    place = Path("theirs")
    place.mkdir()
    np.savetxt(place / "tensors.tsv", states, delimiter="\t", fmt="%.6f")
    lines = [f"{word}\t{row // 10:03}\t{row % 10}" for row, word in enumerate(words)]
    (place / "metadata.tsv").write_text("\n".join(["word\tsequence\tstep", *lines]), encoding="utf-8")
