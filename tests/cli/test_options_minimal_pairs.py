"""What `minimal-pairs` says and writes is what the network answers to recordings without a feature."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import cli, paths
from auslan_explorer.core.network import Classifier, Head
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.io.models import save_classifier
from auslan_explorer.io.origin_tags import description_of
from auslan_explorer.io.recordings import save_recordings
from tests.cli.options import changes_output

SIGNS = ("change_mind_", "exit")
FORE = CHANNELS.index("right fore")
Said = Callable[..., str]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with a network that tells two signs apart by the right forefinger alone."""
    kernel = np.zeros((len(CHANNELS), 4), np.float32)
    kernel[FORE, 2] = 4
    head = Head(np.array([[-9, 9]], np.float32), np.zeros(2, np.float32))
    gates = np.array([0, 0, -2, 0], np.float32)
    zeros, ones = np.zeros(len(CHANNELS), np.float32), np.ones(len(CHANNELS), np.float32)
    network = Classifier(kernel, np.zeros((1, 4), np.float32), gates, head, "sigmoid", zeros, ones, 20, SIGNS)
    folder = tmp_path / "models"
    folder.mkdir()
    save_classifier(folder / "classifier.h5", network, {})
    return folder


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Six recordings of each sign, imported."""
    sign = np.repeat(np.arange(2, dtype=np.int16), 6)
    lengths = np.full(12, 10, np.int32)
    frames = np.random.default_rng(0).uniform(0.3, 0.7, (120, len(CHANNELS))).astype(np.float32)
    frames[:, FORE] = np.repeat(0.2 + 0.6 * sign, 10)
    number = (np.arange(12) % 3 + 1).astype(np.int16)
    file = tmp_path / "own.h5"
    save_recordings(Recordings(frames, lengths, sign, (np.arange(12) // 3 + 1).astype(np.int16), number, SIGNS), file)
    return file


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Said:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))

    def call(*args: object) -> str:
        assert cli.main([str(arg) for arg in args]) == 0
        return capsys.readouterr().out

    return call


@changes_output(
    "minimal-pairs --models", "minimal-pairs --recordings", "minimal-pairs --csv", "minimal-pairs --pairs",
    "minimal-pairs --json", "minimal-pairs --provenance",
)  # fmt: skip
def test_the_feature_that_the_network_goes_by_is_named_with_its_glosses(
    models: Path, recordings: Path, said: Said, tmp_path: Path
) -> None:
    source = ("--models", models, "--recordings", recordings)
    table = tmp_path / "pairs.csv"
    text = said("minimal-pairs", *source, "--csv", table)
    told, heading, line = text.splitlines()
    assert told.startswith("1 pair of signs is confused")
    # A column for each sign: some names hold a stroke themselves.
    assert re.split("  +", heading)[:3] == ["first", "second", "kept apart by"]
    assert re.split("  +", line)[:3] == ["change mind", "exit", "handshape"]
    assert not description_of(table).exists()
    said("minimal-pairs", *source, "--csv", table, "--provenance")
    beside = json.loads(description_of(table).read_text(encoding="utf-8"))
    assert "12 recordings of 2 signs" in beside["rdfs:comment"]["Data"] and "--csv" in beside["rdfs:comment"]["Command"]
    with table.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["gloss"], row["other_gloss"], row["sign"]) == ("CHANGE-MIND", "EXIT", "change_mind_")
    assert (row["kept_apart_by"], row["share"], row["recordings"], row["other_recordings"]) == (
        "handshape", "1.0000", "6", "6",
    )  # fmt: skip
    assert sorted([int(row["taken_for_other"]), int(row["other_taken_for_it"])]) == [0, 6]
    found = json.loads(said("minimal-pairs", *source, "--json"))
    taken = sorted([int(row["taken_for_other"]), int(row["other_taken_for_it"])])
    assert sorted(found["pairs"][0].pop("taken")) == taken
    assert found == {
        "recordings": 12,
        "pairs": [{"signs": ["change_mind_", "exit"], "kept_apart_by": "handshape", "share": 1.0,
                   "recordings": [6, 6]}],
    }  # fmt: skip
    assert "exit" not in said("minimal-pairs", *source, "--pairs", 0)


def test_what_cannot_be_asked_is_one_sentence_and_exit_code_2(
    models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    assert cli.main(["minimal-pairs", "--models", str(models)]) == 2
    assert "No recordings are imported yet" in capsys.readouterr().err
    assert cli.main(["minimal-pairs", "--csv", str(tmp_path / "pairs.doc")]) == 2
    assert ".csv" in capsys.readouterr().err
