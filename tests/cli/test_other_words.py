"""What commands print and write of another network's data speaks of classes and sequences."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import cli
from auslan_explorer.io.arrays import cache_from_arrays
from auslan_explorer.io.cache import write_cache
from tests.sign_words import SIGN_WORDS

pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(4)
    lengths = np.arange(6, 14)
    states = rng.normal(size=(int(lengths.sum()), 5)).astype(np.float32)
    label = np.arange(8) % 2
    file = tmp_path_factory.mktemp("words") / "mine.h5"
    write_cache(
        file,
        cache_from_arrays(
            states, lengths, label, ("up", "down"), predicted=np.r_[1, label[1:]],
            recording_names=[f"line {number}" for number in range(8)], projections={2: states[:, :2], 3: states[:, :3]},
        ),
    )  # fmt: skip
    return file


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["info", "{cache}"], "sequences: 8"),
        (["cache", "--from", "{cache}", "--out", "{out}/again.h5"], "8 sequences, 76 real steps of 5 units"),
        (["render", "--figure", "all", "--cache", "{cache}", "--out", "{out}/f.png", "--size", "320x260"],
         "Figure 7 (Two classes compared) is in"),
        (["export", "paths", "--cache", "{cache}", "--only", "2", "--out", "{out}/paths.csv"], "of 1 sequences"),
        (["film", "--cache", "{cache}", "--size", "160x120", "--frames", "2", "--out", "{out}/f-%02d.png"], "f-%02d"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_commands_speak_of_sequences(
    call: list[str], says: str, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([part.format(cache=cache, out=tmp_path) for part in call]) == 0
    told = capsys.readouterr().out
    assert says in told
    assert not SIGN_WORDS.search(told.replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["film", "--cache", "{cache}", "--signs", "downn", "--out", "{out}/f.mp4"],
         "There is no class 'downn'; did you mean down?"),
        (["export", "paths", "--cache", "{cache}", "--only", "99", "--out", "{out}/p.csv"],
         "There is no sequence at place 99; the last is 7."),
        (["render", "--cache", "{cache}", "--figure", "9", "--out", "{out}/f.png"], "There is no figure '9'; choose"),
    ],
    ids=["film", "export", "render"],
)  # fmt: skip
def test_refusals_speak_of_classes(
    call: list[str], says: str, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([part.format(cache=cache, out=tmp_path) for part in call]) == 2
    assert says in capsys.readouterr().err


def test_a_table_of_paths_has_classes_and_names(cache: Path, tmp_path: Path) -> None:
    out = tmp_path / "paths.csv"
    call = ["export", "paths", "--cache", str(cache), "--only", "1", "--labels", "--provenance", "--out", str(out)]
    assert cli.main(call) == 0
    with out.open(encoding="utf-8", newline="") as file:
        header, first, *_ = csv.reader(file)
    assert header == ["class", "sequence", "name", "step", "x", "y", "split", "predicted"]
    assert first[:4] == ["down", "1", "line 1", "0"]
    described = json.loads((tmp_path / "paths.csv-metadata.json").read_text(encoding="utf-8"))
    columns = described["tableSchema"]["columns"]
    assert not [column for column in columns if SIGN_WORDS.search(str(column))]
