"""What commands print and write of another network's data speaks of classes and sequences."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import cli
from auslan_explorer.analysis.annotation_tiers import Timeline, tiers_of
from auslan_explorer.commands import map_training
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import SessionState
from auslan_explorer.io.arrays import cache_from_arrays
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.eaf import write_eaf
from auslan_explorer.io.session_file import SavedSession, Source, identity, write_session
from auslan_explorer.io.stability_store import write_ensemble
from auslan_explorer.training.ensemble import SeedMap, assemble_ensemble
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.run import new_run
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import AutoencoderSettings
from tests.sign_words import SIGN_WORDS

pytestmark = pytest.mark.usefixtures("application")
RUN = "first"


@pytest.fixture(scope="module")
def activations() -> Activations:
    """Twelve named lines of two classes, some of them mistaken, some held out."""
    rng = np.random.default_rng(4)
    lengths = np.arange(6, 18)
    states = rng.normal(size=(int(lengths.sum()), 5)).astype(np.float32)
    label = np.arange(12) % 2
    return cache_from_arrays(
        states, lengths, label, ("up", "down"), predicted=np.r_[1, label[1:]], split=np.arange(12) % 3,
        recording_names=[f"line {number}" for number in range(12)],
    )  # fmt: skip


def network(dims: int) -> Autoencoder:
    rng = np.random.default_rng(dims)
    sizes = ((5, dims), (dims, 5))
    return Autoencoder(
        tuple(DenseLayer(rng.normal(size=s).astype("f4"), np.zeros(s[1], "f4"), "linear") for s in sizes), 0
    )


@pytest.fixture(scope="module")
def folder(activations: Activations, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder with a cache of them, runs, an ensemble and a session; the data folder of all commands."""
    place = tmp_path_factory.mktemp("words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUSLAN_EXPLORER_DATA", str(place))
        write_cache(place / "mine.h5", activations)
        a = read_cache(place / "mine.h5")
        for dims, name in ((2, RUN), (2, "second"), (3, "solid")):
            settings = AutoencoderSettings(dims=dims, recordings="train" if name == RUN else "all")
            RunStore().save(new_run(a, settings, trained(dims), {"measured_on": "test", "mse": 0.5}, name=name))
        points = [a.all_states()[:, column : column + 2] for column in (0, 1)]
        maps = [SeedMap(seed, each, 0.1, 1.0) for seed, each in enumerate(points)]
        write_ensemble(place / "ensemble.h5", assemble_ensemble(a, maps, settings))
        source = Source(str(place / "mine.h5"), identity=identity(a))
        write_eaf(place / "lines.eaf", tiers_of(Timeline(a, (2, 3))))
        write_session(place / "mine.auslan", SavedSession(state_to_json(SessionState(), a), source))
        yield place


def trained(dims: int) -> AutoencoderTrained:
    return AutoencoderTrained(network(dims), 1, 1, 0.5, 0.4, 1.0, (0.5,), (0.4,))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("info {0}/mine.h5", "sequences: 12"),
        ("info {0}/mine.h5 --json", '"classes": 2'),
        ("info {0}/ensemble.h5", "sequences: 12"),
        ("info {0}/ensemble.h5 --json", '"sequences": 12'),
        ("info {0}/mine.auslan", "sequences: 12"),
        ("info {0}/{run}", "sequences: train"),
        ("info {0}/{run} --json", '"sequences": "train"'),
        ("cache --from {0}/mine.h5 --out {out}/again.h5", "12 sequences, 138 real steps of 5 units"),
        ("cache check {0}/mine.h5", "is a good activation cache"),
        ("render --figure all --cache {0}/mine.h5 --out {out}/f.png --size 320x260",
         "Figure 7 (Two classes compared) is in"),
        ("export paths --cache {0}/mine.h5 --only 2 --out {out}/paths.csv", "8 steps of 1 sequence."),
        ("film --cache {0}/mine.h5 --size 160x120 --frames 2 --out {out}/f-%02d.png", "f-%02d"),
        ("evaluate --cache {0}/mine.h5", "up (line 0) taken for down"),
        ("evaluate --cache {0}/mine.h5 --json", '"sequence": 0'),
        ("runs list", RUN),
        ("runs list --json", '"sequences": "train"'),
        ("runs show first", "class by 5 neighbours"),
        ("runs show first --json", '"sequence_word": "sequence"'),
        ("runs evaluate first --cache {0}/mine.h5", "the 4 sequences held out"),
        ("runs evaluate first --cache {0}/mine.h5 --json", '"sequences": 4'),
        ("runs compare first second", "among other sequences only"),
        ("runs compare first second --json", '"sequences": ['),
        ("stability --ensemble {0}/ensemble.h5", "2 maps of 2 classes"),
        ("stability --ensemble {0}/ensemble.h5 --json", '"one": "up"'),
        ("elan --cache {0}/mine.h5 --out {out}/mine.eaf --no-film --no-table", "12 sequences in mine.eaf"),
        ("elan --cache {0}/mine.h5 --read {0}/lines.eaf", "colour by: class"),
    ],
    ids=lambda value: value.split(" --out")[0],
)  # fmt: skip
def test_commands_speak_of_sequences(
    call: str, says: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = f"runs/{RunStore().find(RUN).id}.h5"
    assert cli.main(call.format(folder, out=tmp_path, run=run).split()) == 0
    told = capsys.readouterr().out
    assert says in told
    assert not SIGN_WORDS.search(told.replace(str(tmp_path), "").replace(str(folder), ""))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["film", "--cache", "{cache}", "--signs", "downn", "--out", "{out}/f.mp4"],
         "There is no class 'downn'; did you mean down?"),
        (["export", "paths", "--cache", "{cache}", "--only", "99", "--out", "{out}/p.csv"],
         "There is no sequence at place 99; the last is 11."),
        (["render", "--cache", "{cache}", "--figure", "9", "--out", "{out}/f.png"], "There is no figure '9'; choose"),
        (["elan", "--cache", "{cache}", "--only", "left", "--out", "{out}/p.eaf", "--no-film"],
         "There is no class and no sequence 'left'; name classes, or sequences as in “line 0”."),
        (["evaluate", "--cache", "{cache}", "--recordings", "{out}"], "A cache holds its own hidden states"),
    ],
    ids=["film", "export", "render", "elan", "evaluate"],
)  # fmt: skip
def test_refusals_speak_of_classes(
    call: list[str], says: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([part.format(cache=folder / "mine.h5", out=tmp_path) for part in call]) == 2
    assert says in capsys.readouterr().err


def test_a_training_tells_how_good_it_is_in_the_data_s_words(
    activations: Activations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "words.h5"
    write_cache(file, replace(activations, words=replace(activations.wording, sequence_word="utterance")))
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    monkeypatch.setattr("auslan_explorer.training.prerequisites.check", lambda: None)
    measured = {"measured_on": "test", "explained_variance": 0.5, "last_step_mse": 0.25}
    a = read_cache(file)
    projection = a.project(network(2), "")
    done = replace(trained(2), points=projection.points, prefix=projection.prefix)
    monkeypatch.setattr(map_training, "run_with_progress", lambda _job: (done, measured))
    assert cli.main(["train", "autoencoder", "--dims", "2", "--cache", str(file)]) == 0
    assert "on held-out utterances it explains 50.0%" in capsys.readouterr().out
    assert cli.main(["runs", "show", "2-D, seed 0"]) == 0
    told = capsys.readouterr().out
    assert "Measured on test utterances:" in told and "among other utterances only" in told
    # Names that scripts read are the same whatever a person's words are.
    assert cli.main(["runs", "evaluate", "2-D, seed 0", "--cache", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sequences"] == 4
    small = cache_from_arrays(np.ones((4, 5), "f4"), np.array([4]), np.array([0]), ("up",))
    write_cache(tmp_path / "one.h5", small)
    assert cli.main(["train", "autoencoder", "--dims", "2", "--cache", str(tmp_path / "one.h5")]) == 2
    assert "One sequence is too little to train on" in capsys.readouterr().err


def test_tables_have_classes_and_names(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "paths.csv"
    call = ["export", "paths", "--cache", str(folder / "mine.h5"), "--only", "1", "--labels", "--provenance"]
    assert cli.main([*call, "--out", str(out)]) == 0
    header, first = rows_of(out)[:2]
    assert header == ["class", "sequence", "name", "step", "x", "y", "split", "predicted"]
    assert first[:4] == ["down", "1", "line 1", "0"]
    described = json.loads((tmp_path / "paths.csv-metadata.json").read_text(encoding="utf-8"))
    columns = described["tableSchema"]["columns"]
    assert not [column for column in columns if SIGN_WORDS.search(str(column))]
    pairs = tmp_path / "pairs.csv"
    assert cli.main(["stability", "--ensemble", str(folder / "ensemble.h5"), "--csv", str(pairs)]) == 0
    header, *rows = rows_of(pairs)
    assert header[:2] == ["class", "other_class"] and not SIGN_WORDS.search(" ".join(header).replace("_", " "))
    assert rows[0][:2] == ["up", "down"]


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_every_command_is_tried_or_is_of_sign_language() -> None:
    _, commands = cli.make_parser()
    tried = {"info", "cache", "render", "export", "film", "evaluate", "runs", "stability", "elan", "train"}
    # The window has tests of its own; the rest reads gloves, or makes what ships.
    of_signs = {"import", "download", "models", "minimal-pairs"}
    assert set(commands) == tried | of_signs | {"open", "self-test"}
