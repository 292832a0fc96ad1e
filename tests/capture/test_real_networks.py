"""A PyTorch network of two layers on real sequences, recorded and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer import cli, record
from auslan_explorer.io.cache import check_cache, read_cache
from tests.real_series import load_series, padded


def test_two_layers_of_pytorch_go_from_the_model_to_a_film(nn: Any, tmp_path: Path) -> None:
    rows, labels = load_series("JapaneseVowels")
    rows, labels = rows[::9], labels[::9]
    x, lengths = padded(rows)
    model = nn.RNN(x.shape[2], 6, num_layers=2, batch_first=True)
    with record(model, tmp_path / "mine.h5", labels=labels, lengths=lengths, class_word="speaker"):
        model(nn.tensor(x))
    assert check_cache(tmp_path / "mine.h5") == []
    a = read_cache(tmp_path / "mine.h5")
    assert len(a.layers) == 2 and a.lengths.tolist() == lengths.tolist() and a.words.class_word == "speaker"
    assert a.signs == tuple(np.unique(labels))
    out = tmp_path / "mine.gif"
    command = ["film", "--cache", str(tmp_path / "mine.h5"), "--out", str(out), "--size", "160x120", "--frames", "3"]
    assert cli.main(command) == 0
    assert out.read_bytes().startswith(b"GIF8")
