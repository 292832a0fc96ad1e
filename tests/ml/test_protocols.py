"""Protocols split as they say, train on all that does not test, and are measured on the rest alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.label_check import HELD_OUT_KIND, held_out_table
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.splits import TEST, TRAIN
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.npz import read_npy
from auslan_explorer.io.table_store import shipped_name
from auslan_explorer.ml import protocols
from auslan_explorer.ml.card import model_card, write_card
from auslan_explorer.ml.protocols import (
    MEASURED_ON,
    MTS_TRAIN_PER_SIGN,
    ProtocolResult,
    mts_split,
    protocol_settings,
    read_held_out,
    read_protocols,
    run_protocol,
    session_splits,
    write_held_out,
)
from auslan_explorer.training.events import ClassifierTrained
from auslan_explorer.training.settings import ClassifierSettings
from tests.made_up import made_up_activations

SETTINGS = ClassifierSettings(units=8, epochs=3, batch=16, warmup_epochs=1)


def test_the_archives_split_has_twelve_of_each_sign_to_train_and_fifteen_to_test():
    sign = np.repeat(np.arange(95), 27)
    splits = [mts_split(sign, seed) for seed in (0, 0, 1)]
    assert (splits[0] == splits[1]).all() and (splits[0] != splits[2]).any()
    for split in splits:
        assert (np.bincount(sign[split == TRAIN]) == 12).all() and (np.bincount(sign[split == TEST]) == 15).all()
        assert ((split == TRAIN).sum(), (split == TEST).sum()) == (1140, 1425)
    with pytest.raises(UserError, match="has 12 recordings"):
        mts_split(np.zeros(MTS_TRAIN_PER_SIGN, int), 0)


def test_each_session_is_the_test_once():
    session = np.array([1, 1, 2, 3, 3, 3])
    splits = session_splits(session)
    assert {name: np.flatnonzero(split == TEST).tolist() for name, split in splits.items()} == {
        "1": [0, 1],
        "2": [2],
        "3": [3, 4, 5],
    }
    assert all(set(split.tolist()) == {TRAIN, TEST} for split in splits.values())
    with pytest.raises(UserError, match="two sessions"):
        session_splits(np.ones(4))


@pytest.mark.slow
@pytest.mark.parametrize("name", protocols.PROTOCOLS)
def test_a_protocol_is_measured_on_what_did_not_train(recordings, monkeypatch, name):
    """The accuracies are those of the networks that were trained, on the recordings of each run's test."""
    jobs, networks = {}, {}

    def train(asked, workers, progress, cancelled):
        jobs.update(asked)
        for run, job in asked.items():
            assert job.settings == replace(SETTINGS, validate_every=0, seed=list(asked).index(run))
            *_, last = job.events(lambda: False)
            assert isinstance(last, ClassifierTrained) and last.best_epoch == SETTINGS.epochs
            networks[run] = last
        return networks

    monkeypatch.setattr(protocols, "run_side_by_side", train)
    monkeypatch.setattr(protocols, "MTS_TRAIN_PER_SIGN", 3)
    monkeypatch.setattr(protocols, "MTS_RUNS", 2)
    result = run_protocol(name, recordings, SETTINGS)
    found, held_out = result.figures, result.held_out
    assert (held_out is None) == (name == "mts")
    assert set(found["accuracy"]) == set(networks)
    for run, job in jobs.items():
        tested = np.flatnonzero(job.split == TEST)
        classifier = networks[run].classifier
        frames = job.recordings.padded(classifier.steps, classifier.mean, classifier.std)[tested]
        probabilities = classifier.head.probabilities(classifier.hidden_states(frames)[:, -1])
        right, sign = probabilities.argmax(axis=1), job.recordings.sign[tested]
        assert found["accuracy"][run] == pytest.approx(np.mean(right == sign))
        if held_out is not None:  # by the network that was not trained with it
            assert held_out[tested, 0].tolist() == right.tolist()
            each = np.arange(len(sign))
            told = np.stack([probabilities.max(axis=1), probabilities[each, sign]], axis=1)
            assert held_out[tested, 1:] / 10_000 == pytest.approx(told, abs=1e-4)
    values = list(found["accuracy"].values())
    assert (found["mean"], found["worst"]) == (pytest.approx(np.mean(values)), min(values))
    assert found["deviation"] == pytest.approx(np.std(values, ddof=1)) and json.dumps(found)


def test_answers_are_kept_for_the_hidden_states_of_the_same_recordings_alone(tmp_path):
    a = made_up_activations()
    frames = np.zeros((a.real_steps, len(CHANNELS)), np.float32)
    given = Recordings(frames, a.lengths, a.sign, a.session, a.trial, a.signs)
    table = held_out_table(given.sign, np.full(len(given), 0.9), np.full(len(given), 0.9))
    assert write_held_out(tmp_path, given, table) is None and not list(tmp_path.iterdir())
    write_cache(tmp_path / MEASURED_ON, a)
    old = tmp_path / shipped_name(HELD_OUT_KIND, "1234")
    old.touch()
    file = write_held_out(tmp_path, given, table)
    assert file is not None and file.name == shipped_name(HELD_OUT_KIND, read_cache(tmp_path / MEASURED_ON).fingerprint)
    assert np.array_equal(read_npy(file), table) and not old.exists()
    assert np.array_equal(read_held_out(tmp_path), table)
    assert write_held_out(tmp_path, given.select(np.arange(1, len(given))), table[1:]) is None
    assert np.array_equal(read_npy(file), table)


def test_the_file_keeps_what_was_measured_before(tmp_path):
    ran = []

    def run(name, progress):
        ran.append(name)
        return {"mean": len(ran) / 10}

    protocols._write(tmp_path / protocols.PROTOCOLS_FILE, ["mts"], run, lambda *_: None)
    protocols._write(tmp_path / protocols.PROTOCOLS_FILE, ["sessions"], run, lambda *_: None)
    assert read_protocols(tmp_path) == {"mts": {"mean": 0.1}, "sessions": {"mean": 0.2}}
    assert read_protocols(tmp_path / "elsewhere") == {}


def test_the_card_tells_of_the_protocols_that_were_run(tmp_path):
    figures = json.loads(paths.ships("figures.json").read_text(encoding="utf-8"))
    settings = replace(protocol_settings("mts"), epochs=73, weight_decay=0.07, answers=6).as_dict()
    accuracy = {"0": 0.97, "1": 0.99}
    mts = {"signs": 95, "train": 1140, "test": 1425, "mean": 0.98, "worst": 0.97, "deviation": 0.0141}
    told = {"mts": {**mts, "accuracy": accuracy, "settings": settings}}
    (tmp_path / "figures.json").write_text(json.dumps(figures))
    (tmp_path / "protocols.json").write_text(json.dumps(told))
    write_card(tmp_path)
    said = " ".join((tmp_path / "README.md").read_text(encoding="utf-8").split())
    for words in (
        "| this one, mean of 2 runs (worst 97.00%) | 98.00% +- 1.41% | |", "FCN | 97.5% +- 0.4%", "73 epochs",
        "95 signs", "1140 recordings to train and 1425 to test", "weight decay is 0.07", "answers of 6 late steps",
    ):  # fmt: skip
        assert words in said, words
    assert "session left out" not in said
    told["sessions"] = {**told["mts"], "mean": 0.971, "worst": 0.933}
    told["sessions"]["settings"] = {**settings, "epochs": 42}
    card = " ".join(model_card(figures, told).split())
    assert "42 epochs: 97.10% of its recordings in the mean of 2 sessions, 93.30% in the worst" in card
    assert "(session 0: 97.00%, session 1: 99.00%)" in card
    assert "published figures are made" not in model_card(figures)


def test_the_card_lists_the_answers_of_networks_that_had_not_seen_a_session_where_they_lie(tmp_path):
    assert read_held_out(tmp_path) is None
    (tmp_path / "figures.json").write_bytes(paths.ships("figures.json").read_bytes())
    for there in (False, True):
        if there:
            (tmp_path / shipped_name(HELD_OUT_KIND, "12ab")).touch()
        write_card(tmp_path)
        row = "| `held-out-answers-….npy` | what each recording was answered with"
        assert (row in (tmp_path / "README.md").read_text(encoding="utf-8")) == there


def test_what_is_missing_is_said(tmp_path, capsys):
    assert protocols.main(["--recordings", str(tmp_path / "none.tar.gz"), "--out", str(tmp_path)]) == 2
    assert "none.tar.gz" in capsys.readouterr().err and not list(tmp_path.iterdir())


@pytest.mark.parametrize(("only", "names"), [(None, ["mts", "sessions"]), ("sessions", ["sessions"])])
def test_the_command_line_runs_what_was_asked_for(recordings, tmp_path, monkeypatch, capsys, only, names):
    asked, opened = [], []

    def run(name, given, settings, workers, told):
        asked.append((name, given, settings.epochs, workers))
        told(1.0, "done")
        return ProtocolResult({"accuracy": len(asked)}, given, None)

    monkeypatch.setattr(protocols, "open_recordings", lambda source: opened.append(source) or recordings)
    monkeypatch.setattr(protocols, "run_protocol", run)
    given = ["--recordings", "some.tar.gz", "--out", str(tmp_path), "--epochs", "7", "--workers", "3"]
    assert protocols.main([*given, *([] if only is None else ["--only", only])]) == 0
    assert opened == [Path("some.tar.gz")]
    assert asked == [(name, recordings, 7, 3) for name in names]
    assert protocols.read_protocols(tmp_path) == {name: {"accuracy": n} for n, name in enumerate(names, 1)}
    assert "100%" in capsys.readouterr().err
