from __future__ import annotations

import json

import numpy as np
import pytest

from auslan_explorer.io.models import load_autoencoder, load_classifier, load_split

pytestmark = pytest.mark.slow


def test_a_classifier_of_ones_own_is_evaluated_and_drawn(ok, child_ok, signs_folder, tmp_path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    said = child_ok("train", "classifier", "--recordings", signs_folder, "--epochs", 1, "--out", mine / "classifier.h5")
    assert "validation" in said
    classifier = load_classifier(mine / "classifier.h5")
    assert classifier.units == 100 and len(classifier.signs) == 3
    codes = list(load_split(mine / "classifier.h5").values())
    assert [codes.count(code) for code in (0, 1, 2)] == [63, 9, 9]
    source = ("--models", mine, "--recordings", signs_folder)
    out = mine / "autoencoder-2d.h5"
    ok("train", "autoencoder", "--dims", 2, *source, "--epochs", 1, "--batch", 64, "--seed", 3, "--out", out)
    assert load_autoencoder(out).dims == 2
    assert json.loads(ok("info", out, "--json"))["training"]["settings"]["seed"] == 3
    found = json.loads(ok("evaluate", *source, "--json"))
    assert list(found["projections"]) == ["2d"]
    ok("render", "--figure", 3, *source, "--size", "200x200", "--out", tmp_path / "a.png")


def test_autoencoder_for_any_network(ok, tmp_path, data_folder) -> None:
    rng = np.random.default_rng(0)
    arrays = {
        "states": rng.normal(size=(600, 4)).astype(np.float32),
        "lengths": np.full(60, 10),
        "sign": np.arange(60) % 2,
        "signs": np.array(["up", "down"]),
    }
    np.savez(tmp_path / "gru.npz", **arrays)
    ok("cache", "--arrays", tmp_path / "gru.npz", "--out", tmp_path / "gru.h5")
    ok("train", "autoencoder", "--dims", 3, "--cache", tmp_path / "gru.h5", "--epochs", 1, "--steps", "all")
    assert load_autoencoder(data_folder / "models" / "autoencoder-3d.h5").units == 4


def test_settings_that_cannot_work_are_refused_before_anything_is_read(run, tmp_path) -> None:
    missing = tmp_path / "missing.h5"
    done = run("train", "autoencoder", "--dims", 2, "--noise", -1, "--cache", missing, "--out", tmp_path / "a.h5")
    assert done.returncode == 2 and "noise must be" in done.stderr
