from __future__ import annotations

import functools
import hashlib
import http.server
import json
import tarfile
import threading
from dataclasses import replace

import h5py
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.commands import data
from auslan_explorer.core.errors import UserError
from auslan_explorer.io import hdf5
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.models import load_autoencoder
from auslan_explorer.io.stability_store import read_ensemble
from auslan_explorer.training.run import Run, RunInfo
from auslan_explorer.training.run_file import write_run
from auslan_explorer.training.settings import AutoencoderSettings


def test_import_keeps_recordings_where_all_commands_look(ok, run, child_ok, signs_folder, models, tmp_path) -> None:
    home = {"AUSLAN_EXPLORER_DATA": str(tmp_path / "new" / "data")}
    before = run("cache", "--models", models, env=home)
    assert before.returncode == 2 and "auslan-explorer import" in before.stderr
    said = child_ok("import", signs_folder, env=home)
    assert "81 recordings of 3 signs" in said and "note: " in said
    found = json.loads(ok("info", tmp_path / "new" / "data" / "recordings.h5", "--json"))
    assert {key: found[key] for key in ("recordings", "signs")} == {"recordings": 81, "signs": 3}
    assert found["frames"] == json.loads(ok("info", signs_folder, "--json"))["frames"]
    assert len(found["notes"]) == 1
    ok("cache", "--models", models, env=home)
    assert (tmp_path / "new" / "data" / "models" / "activations.h5").exists()


def test_info_tells_each_kind(ok, cache, models) -> None:
    found = json.loads(ok("info", cache, "--json"))
    wanted = {"recordings": 81, "signs": 3, "units": 6, "version": 1, "projections": ["2d", "3d"]}
    assert {key: found[key] for key in wanted} == wanted
    assert found["real_steps"] == read_cache(cache).real_steps
    classifier = json.loads(ok("info", models / "classifier.h5", "--json"))
    assert (classifier["kind"], classifier["training"]["seed"]) == ("classifier", 5)
    assert "dims: 3" in ok("info", models / "autoencoder-3d.h5").splitlines()


def test_info_tells_an_ensemble_of_maps(ok) -> None:
    file = paths.ships("stability.h5")
    if not file.exists():
        pytest.skip("the ensemble that ships is missing")
    ensemble = read_ensemble(file)
    found = json.loads(ok("info", file, "--json"))
    wanted = {
        "kind": "ensemble of maps",
        "version": 1,
        "maps": len(ensemble.seeds),
        "dims": 2,
        "signs": 94,
        "recordings": 2528,
        "seeds": list(ensemble.seeds),
        "fingerprint": ensemble.fingerprint,
    }
    assert {key: found[key] for key in wanted} == wanted
    assert "stability --ensemble FILE" in found["notes"][0]


def test_info_tells_a_training_run(ok, models, tmp_path) -> None:
    file = tmp_path / "run.h5"
    info = RunInfo(
        id="20261124-080000-0a1b2c",
        name="first try",
        created="2026-11-24T08:00:00+00:00",
        version="0.1.0",
        settings=replace(AutoencoderSettings(), dims=3, seed=7),
        train_losses=(0.5, 0.25),
        validation_losses=(0.75, 0.5),
        best_epoch=2,
        seconds=12.5,
        metrics={"mse": 0.25, "measured_on": "test"},
        activations="abc",
        data="made up",
    )
    points = np.zeros((20, 3), np.float32)
    run = Run(info, load_autoencoder(models / "autoencoder-3d.h5"), points, np.zeros((4, 3), np.float32))
    write_run(file, run)
    found = json.loads(ok("info", file, "--json"))
    wanted = {
        "kind": "training run",
        "version": 1,
        "name": "first try",
        "id": info.id,
        "created": info.created,
        "program_version": "0.1.0",
        "dims": 3,
        "points": 20,
        "epochs": 2,
        "best_epoch": 2,
        "seconds": 12.5,
        "trained_on": "made up",
        "fingerprint": run.autoencoder.fingerprint,
        "settings": json.loads(json.dumps(info.settings.as_dict())),
        "quality": {"mse": 0.25, "measured_on": "test"},
    }
    assert {key: found[key] for key in wanted} == wanted
    assert "runs import FILE" in found["notes"][0]


def test_info_tells_weights_of_the_article(ok, tmp_path) -> None:
    with h5py.File(tmp_path / "weights.hdf5", "w") as file:
        file.create_group("model_weights")
        file.attrs["keras_version"] = "2.1.2"
    assert ok("info", tmp_path / "weights.hdf5").splitlines() == [
        "kind: Keras weights",
        "version: 2",
        "note: Weights of the article’s networks; `--published` with their folder opens all three.",
    ]


@pytest.mark.parametrize("kind", sorted(set(hdf5.WORDS) - {hdf5.KERAS}))
def test_info_opens_each_kind_by_its_own_reader(tmp_path, kind) -> None:
    file = tmp_path / "empty.h5"
    hdf5.write_hdf5(file, lambda into: into.attrs.update(format=kind, version=1))
    with pytest.raises(UserError, match=hdf5.WORDS[kind].split(" ", 1)[1] + "|damaged|missing"):
        data._describe(file)


def test_checking_a_cache(ok, run, cache, models) -> None:
    assert "good" in ok("cache", "check", cache)
    wrong = run("cache", "check", models / "classifier.h5")
    assert wrong.returncode == 2 and wrong.stderr.startswith("auslan-explorer: ") and wrong.stdout == ""


def test_cache_of_another_network(ok, run, tmp_path) -> None:
    rng = np.random.default_rng(0)
    arrays = {
        "states": rng.normal(size=(50, 4)).astype(np.float32),
        "lengths": np.full(10, 5),
        "sign": np.arange(10) % 2,
        "signs": np.array(["up", "down"]),
    }
    np.savez(tmp_path / "gru.npz", **arrays)
    ok("cache", "--arrays", tmp_path / "gru.npz", "--out", tmp_path / "gru.h5")
    np.testing.assert_allclose(read_cache(tmp_path / "gru.h5").all_states(), arrays["states"], atol=2e-3)
    both = run("cache", "--arrays", tmp_path / "gru.npz", "--recordings", tmp_path, "--out", tmp_path / "gru.h5")
    assert both.returncode == 2


def test_export_from_models_and_recordings(ok, child_ok, cache, models, signs_folder, tmp_path) -> None:
    ok("export", "paths", "--models", models, "--recordings", signs_folder, "--out", tmp_path / "a.csv")
    child_ok("export", "paths", "--cache", cache, "--out", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_text() == (tmp_path / "b.csv").read_text()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_download_imports(ok, run, child, signs_folder, tmp_path) -> None:
    served = tmp_path / "served"
    served.mkdir()
    with tarfile.open(served / "signs.tar.gz", "w:gz") as archive:
        archive.add(signs_folder, "tctodd")
    digits = hashlib.sha256((served / "signs.tar.gz").read_bytes()).hexdigest()
    home = {"AUSLAN_EXPLORER_DATA": str(tmp_path / "data"), "NO_PROXY": "*"}
    handler = functools.partial(_Silent, directory=str(served))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/signs.tar.gz"
        wrong = child("download", "--url", url, "--sha256", "0" * 64, env=home)
        assert wrong.returncode == 2 and "checksum" in wrong.stderr
        said = ok("download", "--url", url, "--sha256", digits.upper(), "--out", tmp_path / "kept.h5", env=home)
        missing = run("download", "--url", url + "x", env=home)
        server.shutdown()
    assert "81 recordings" in said and (tmp_path / "kept.h5").exists()
    assert missing.returncode == 2 and "404" in missing.stderr
