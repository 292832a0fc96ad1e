"""What `evaluate`, `runs` and `stability` say they measured is measured again here, from the arrays alone."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from auslan_explorer import cli, paths
from auslan_explorer.commands import sources
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.splits import article_split
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.models import load_autoencoder, load_classifier
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.io.stability_store import read_ensemble, write_ensemble
from auslan_explorer.training import prerequisites
from auslan_explorer.training.cluster import TlsFiles
from auslan_explorer.training.ensemble import SeedMap, Trainings
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.runs import RunStore, new_run
from auslan_explorer.training.settings import AutoencoderSettings, quick_autoencoder, recommended_autoencoder
from auslan_explorer.workflows import quality
from tests.cli.options import changes_output
from tests.made_up import made_up_activations

TRAIN, VALIDATION, TEST = 0, 1, 2
ROWS = {
    "explained_variance": "explained variance",
    "mse": "reconstruction error (MSE)",
    "last_step_mse": "the same, last step only",
    "trustworthiness": "trustworthiness, k = 12",
    "continuity": "continuity, k = 12",
    "knn_accuracy": "sign by 5 neighbours",
    "trustworthiness_elsewhere": "among other recordings only",
    "long_steps": "with a step > 10 % of the map",
    "long_steps_log": "the same after signed log",
    "largest_step": "largest step / path, median",
    "step_correlation": "map steps with state's steps",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(prerequisites, "check", lambda: None)
    return tmp_path / "home"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command in this process, and return what it printed."""

    def call(*arguments: object) -> str:
        capsys.readouterr()
        assert cli.main([str(each) for each in arguments]) == 0, capsys.readouterr().err
        out = capsys.readouterr().out
        assert "None" not in out.splitlines()
        return out

    return call


def measured(a: Activations, network: Autoencoder, chosen: np.ndarray) -> dict[str, float]:
    """Measure a map on the chosen recordings by the definitions; neighbours are the training recordings."""
    states = np.concatenate([a.recording_states(i) for i in np.flatnonzero(chosen)]).astype(np.float64)
    ends = np.stack([a.recording_states(i)[-1] for i in range(len(a))])
    away = np.square(network.reconstruct(states) - states)
    last = np.square(network.reconstruct(ends[chosen]) - ends[chosen])
    points, places = network.encode(states), network.encode(ends)
    train = a.split == TRAIN
    right = []
    for i in np.flatnonzero(chosen):
        near = np.argsort(np.linalg.norm(places[train] - places[i], axis=1), kind="stable")[:5]
        right.append(np.bincount(a.sign[train][near], minlength=len(a.signs)).argmax() == a.sign[i])
    return {
        "explained_variance": 1 - away.sum() / np.square(states - states.mean(axis=0)).sum(),
        "mse": away.mean(),
        "last_step_mse": last.mean(),
        "trustworthiness": trustworthiness(states, points, n_neighbors=12),
        "continuity": trustworthiness(points, states, n_neighbors=12),
        "knn_accuracy": np.mean(right),
        "trustworthiness_elsewhere": trustworthiness_of_others(a, states, points, chosen),
        **smoothness(a, network, chosen),
    }


def trustworthiness_of_others(a: Activations, states: np.ndarray, points: np.ndarray, chosen: np.ndarray) -> float:
    """Venna and Kaski's sum, step by step, without the step's own recording."""
    whose, k = np.repeat(np.flatnonzero(chosen), a.lengths[chosen]), 12
    terms = []
    for i in range(len(states)):
        others = np.flatnonzero(whose != whose[i])
        order = others[np.argsort(np.linalg.norm(states[others] - states[i], axis=1), kind="stable")]
        near = others[np.argsort(np.linalg.norm(points[others] - points[i], axis=1), kind="stable")[:k]]
        ranks = np.array([int(np.flatnonzero(order == each)[0]) + 1 for each in near])
        terms.append(1 - np.maximum(ranks - k, 0).sum() * 2 / (k * (2 * (len(others) + 1) - 3 * k - 1)))
    return float(np.mean(terms))


def smoothness(a: Activations, network: Autoencoder, chosen: np.ndarray) -> dict[str, float]:
    """Long steps before and after the signed log, largest steps beside the path, and beside those of the state."""
    paths_of = [network.encode(a.recording_states(i)).astype(np.float64) for i in np.flatnonzero(chosen)]
    states_moved = [
        np.linalg.norm(np.diff(a.recording_states(i).astype(np.float64), axis=0), axis=1)
        for i in np.flatnonzero(chosen)
    ]
    out = {}
    for name, scaled in (
        ("long_steps", paths_of),
        ("long_steps_log", [np.sign(path) * np.log1p(np.abs(path)) for path in paths_of]),
    ):
        box = np.percentile(np.concatenate(scaled), [0.5, 99.5], axis=0)
        tenth = np.linalg.norm(box[1] - box[0]) / 10
        out[name] = np.mean([np.linalg.norm(np.diff(path, axis=0), axis=1).max() > tenth for path in scaled])
    moved = [np.linalg.norm(np.diff(path, axis=0), axis=1) for path in paths_of]
    out["largest_step"] = np.median([steps.max() / steps.sum() for steps in moved])
    out["step_correlation"] = np.corrcoef(np.concatenate(moved), np.concatenate(states_moved))[0, 1]
    return out


def components(a: Activations, dims: int, fit: np.ndarray) -> Autoencoder:
    states = np.concatenate([a.recording_states(i) for i in np.flatnonzero(fit)]).astype(np.float64)
    centre = states.mean(axis=0)
    down = np.linalg.svd(states - centre, full_matrices=False)[2][:dims].T
    layers = (DenseLayer(down, -centre @ down, "linear"), DenseLayer(down.T.copy(), centre, "linear"))
    return Autoencoder(
        tuple(replace(x, kernel=x.kernel.astype(np.float32), bias=x.bias.astype(np.float32)) for x in layers), 0
    )


def cells_of(text: str, row: str) -> list[str]:
    (line,) = (line for line in text.splitlines() if line.strip().startswith(row))
    return line.strip().removeprefix(row).split()


# ---------------------------------------------------------------------------------------------------------- evaluate
@pytest.fixture(scope="module")
def activated(models: Path, signs_folder: Path) -> Activations:
    networks = sources.own_networks(models)
    return sources.activations_with(networks, signs_folder)


@changes_output("evaluate --models", "evaluate --recordings", "evaluate --json")
def test_evaluate_measures_on_the_recordings_held_out(
    models: Path, signs_folder: Path, activated: Activations, said: Callable[..., str]
) -> None:
    a, source = activated, ("--models", models, "--recordings", signs_folder)
    test = a.split == TEST
    assert test.sum() == 9 and not (test.all() or (a.split == TRAIN).all())
    found = json.loads(said("evaluate", *source, "--json"))
    right = a.predicted == a.sign
    shares = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
    expected = {name: right[a.split == code].mean() for name, code in shares.items()} | {"all": right.mean()}
    assert found["classifier"]["accuracy"] == pytest.approx(expected)
    names = {code: name for name, code in shares.items()}
    wrong = {(names[a.split[i]], a.signs[a.sign[i]], int(a.session[i]), int(a.trial[i]), a.signs[a.predicted[i]])
             for i in np.flatnonzero(~right)}  # fmt: skip
    assert {tuple(error.values()) for error in found["classifier"]["errors"]} == wrong
    text = said("evaluate", *source)
    assert text.startswith("Accuracy: " + ", ".join(f"{name} {share:.2%}" for name, share in expected.items()) + "\n")
    assert "Maps, measured on the 9 recordings held out:" in text
    assert f"Misclassified: {len(wrong)} of 81 recordings" in text
    assert text.count(" taken for ") == len(wrong)
    for column, dims in enumerate((2, 3)):
        network = load_autoencoder(models / f"autoencoder-{dims}d.h5")
        by_hand = measured(a, network, test)
        assert found["projections"][f"{dims}d"] == pytest.approx(by_hand, rel=1e-3)
        everything = np.square(network.reconstruct(a.all_states()) - a.all_states()).mean()
        assert everything != pytest.approx(by_hand["mse"], rel=1e-3), "the two can be told apart"
        by_components = measured(a, components(a, dims, a.split == TRAIN), test)
        for key, row in ROWS.items():
            cells = cells_of(text, row)
            assert float(cells[column]) == pytest.approx(by_hand[key], abs=2e-4, rel=1e-3), row
            assert len(cells) >= 4, row
            if cells[2 + column] != "–":
                assert float(cells[2 + column]) == pytest.approx(by_components[key], abs=2e-4, rel=1e-3), row


@changes_output("evaluate --published")
def test_without_a_split_all_recordings_serve_and_it_is_said(
    models: Path, signs_folder: Path, activated: Activations, said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auslan_explorer.analysis.quality.SAMPLE", 300)  # neighbours of 4000 steps take seconds
    networks = [load_autoencoder(models / f"autoencoder-{d}d.h5") for d in (2, 3)]
    monkeypatch.setattr(sources, "load_published", lambda _: (load_classifier(models / "classifier.h5"), *networks))
    source = ("--published", "somewhere", "--recordings", signs_folder)
    found = json.loads(said("evaluate", *source, "--json"))
    a = activated
    assert found["classifier"]["accuracy"] == {"all": pytest.approx((a.predicted == a.sign).mean())}
    assert {error["split"] for error in found["classifier"]["errors"]} == {None}
    everyone = np.ones(len(a), dtype=bool)
    states = a.all_states().astype(np.float64)
    for dims, network in zip((2, 3), networks, strict=True):
        away = np.square(network.reconstruct(states) - states).mean()
        assert found["projections"][f"{dims}d"]["mse"] == pytest.approx(away, rel=1e-4)
    text = said("evaluate", *source)
    assert "Maps, measured on all 81 recordings:" in text and "held out" not in text
    away = [np.square(components(a, d, everyone).reconstruct(states) - states).mean() for d in (2, 3)]
    assert [float(cell) for cell in cells_of(text, ROWS["mse"])[2:]] == pytest.approx(away, abs=1e-4)


@changes_output("evaluate --autoencoder-on-published")
def test_autoencoders_on_published_states_are_trained_and_measured_on_the_articles_split(
    models: Path, signs_folder: Path, said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = [load_autoencoder(models / f"autoencoder-{d}d.h5") for d in (2, 3)]
    monkeypatch.setattr(sources, "load_published", lambda _: (load_classifier(models / "classifier.h5"), *networks))
    asked: list[Any] = []
    running = ModuleType("jobs")
    running.AutoencoderJob = lambda activations, settings: (activations, settings)  # type: ignore[attr-defined]

    def run(jobs: dict[str, Any], workers: int, progress: Any) -> dict[str, AutoencoderTrained]:
        asked.extend(jobs.values())
        return {name: AutoencoderTrained(networks[s.dims - 2], 1, 1, 0.2, 0.1, 1.0) for name, (_, s) in jobs.items()}

    running.run_side_by_side = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "auslan_explorer.ml.jobs", running)
    source = ("--autoencoder-on-published", "somewhere", "--recordings", signs_folder)
    found = json.loads(said("evaluate", *source, "--json"))
    assert [settings for _, settings in asked] == [recommended_autoencoder(2), recommended_autoencoder(3)]
    a = asked[0][0]
    assert np.array_equal(a.split, article_split(open_recordings(signs_folder).article_subset().sign))
    for dims, network in zip((2, 3), networks, strict=True):
        assert found["projections"][f"{dims}d"] == pytest.approx(measured(a, network, a.split == TEST), rel=1e-3)
    # The split was made for the autoencoders, so nothing is said of the classifier's own.
    assert list(found["classifier"]["accuracy"]) == ["all"]
    assert {error["split"] for error in found["classifier"]["errors"]} == {None}
    text = said("evaluate", *source)
    assert "9 recordings held out" in text and "test:" not in text
    assert text.startswith(f"Accuracy: all {(a.predicted == a.sign).mean():.2%}\n")


# -------------------------------------------------------------------------------------------------------------- runs
@pytest.fixture
def cache(tmp_path: Path) -> Path:
    file = tmp_path / "a.h5"
    write_cache(file, made_up_activations(recordings_per_sign=18))
    return file


def network_of(a: Activations, seed: int, dims: int = 2) -> Autoencoder:
    rng = np.random.default_rng(seed)
    down = rng.normal(0, 0.5, (a.units, dims)).astype(np.float32)
    up = np.linalg.pinv(down).astype(np.float32)
    zeros = np.zeros(dims, np.float32), np.zeros(a.units, np.float32)
    return Autoencoder((DenseLayer(down, zeros[0], "linear"), DenseLayer(up, zeros[1], "linear")), 0)


def kept(a: Activations, name: str, seed: int, **changes: Any) -> Any:
    """Keep a run of a made-up map, whose figures are made up too."""
    network = network_of(a, seed, changes.get("dims", 2))
    places = [network.encode(each) for each in (a.all_states(), a.prefix)]
    done = AutoencoderTrained(network, 2, 3, 0.3, 0.2, 1.0, (0.5, 0.3, 0.2), (0.4, 0.2, 0.3), *places)
    metrics = {"mse": 0.125 * seed, "explained_variance": 0.5, "measured_on": "test"}
    run = new_run(a, AutoencoderSettings(seed=seed, **changes), done, metrics, name=name)
    RunStore().save(run)
    return run


@changes_output("runs evaluate meant", "runs evaluate --json", "runs evaluate --cache")
def test_a_run_is_measured_again_on_the_recordings_held_out(cache: Path, said: Callable[..., str]) -> None:
    a = read_cache(cache)
    run, _ = kept(a, "one", 1), kept(a, "two", 2)
    test = a.split == TEST
    by_hand = measured(a, run.autoencoder, test)
    found = json.loads(said("runs", "evaluate", "one", "--cache", cache, "--json"))
    assert {key: found[key] for key in by_hand} == pytest.approx(by_hand, rel=1e-3)
    assert (found["id"], found["name"], found["recordings"]) == (run.id, "one", test.sum())
    text = said("runs", "evaluate", "one", "--cache", cache)
    assert f"one, measured on the {test.sum()} recordings held out:" in text
    for key, row in ROWS.items():
        assert float(cells_of(text, row)[0]) == pytest.approx(by_hand[key], abs=2e-4), row


@changes_output("runs list --json", "runs show meant", "runs show --json")
def test_runs_are_told_as_they_were_kept(cache: Path, said: Callable[..., str]) -> None:
    a = read_cache(cache)
    runs = {name: kept(a, name, seed) for name, seed in (("one", 1), ("two", 2))}
    listed = {info["name"]: info for info in json.loads(said("runs", "list", "--json"))}
    for name, run in runs.items():
        shown = json.loads(said("runs", "show", name, "--json"))
        assert shown == listed[name] and shown["id"] == run.id
        assert shown["settings"] == json.loads(json.dumps(run.info.settings.as_dict()))
        assert shown["losses"] == {"train": [0.5, 0.3, 0.2], "validation": [0.4, 0.2, 0.3]}
        assert shown["metrics"] == run.info.metrics
    text = said("runs", "show", "two")
    assert "best epoch 2 of 3, validation loss 0.2000" in text and "Measured on test recordings:" in text
    assert cells_of(text, ROWS["mse"]) == ["0.2500"] and cells_of(text, "seed") == ["2"]
    assert "explains 50.0%" in said("runs", "list")


@changes_output("runs compare meant", "runs compare --json")
def test_two_runs_are_set_side_by_side(cache: Path, said: Callable[..., str]) -> None:
    a = read_cache(cache)
    one, two = kept(a, "one", 1), kept(a, "two", 2, noise=0.5)
    found = json.loads(said("runs", "compare", "one", "two", "--json"))
    assert [run["id"] for run in found["runs"]] == [one.id, two.id]
    assert found["settings"] == {"seed": [1, 2], "noise": [0.1, 0.5]}
    sizes = [x - x.mean(axis=0) for x in (one.points.astype(float), two.points.astype(float))]
    unit = [x / np.linalg.norm(x) for x in sizes]
    disparity = 1 - np.linalg.svd(unit[0].T @ unit[1], compute_uv=False).sum() ** 2
    assert found["disparity"] == pytest.approx(disparity, rel=1e-4)
    text = said("runs", "compare", "one", "two")
    assert cells_of(text, ROWS["mse"]) == ["0.1250", "0.2500"] and cells_of(text, "noise") == ["0.1", "0.5"]
    assert f"differ by {disparity:.1%}" in text
    kept(a, "solid", 3, dims=3)
    assert "cannot be laid on one another" in said("runs", "compare", "one", "solid")


@changes_output(
    "runs rename meant",
    "runs rename name",
    "runs export meant",
    "runs export out",
    "runs import file",
    "runs delete meant",
)
def test_a_run_is_renamed_handed_on_and_deleted(
    cache: Path, tmp_path: Path, said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a = read_cache(cache)
    one, two = kept(a, "one", 1), kept(a, "two", 2)
    assert said("runs", "rename", "one", "first") == f"The run {one.id} is called “first” now.\n"
    assert {info.id: info.name for info in RunStore().list()} == {one.id: "first", two.id: "two"}
    out = tmp_path / "first.h5"
    assert said("runs", "export", "first", out) == f"The run “first” is in {out}; `runs import` takes it in.\n"
    said("runs", "delete", "first", two.id)
    assert RunStore().list() == ()
    assert said("runs", "import", out) == f"The run is kept as {one.id}, “first”.\n"
    (info,) = RunStore().list()
    assert (info.id, info.name) == (one.id, "first")
    assert RunStore().read(info.id).autoencoder.fingerprint == one.autoencoder.fingerprint


# --------------------------------------------------------------------------------------------------------- stability
def by_distance(paths: np.ndarray) -> np.ndarray:
    """Distances of mean paths, a pair after the other."""
    count = len(paths)
    return np.array([[np.sqrt(np.square(paths[i] - paths[j]).sum(axis=1).mean()) for j in range(count)]
                     for i in range(count)])  # fmt: skip


def mutual(distances: np.ndarray, k: int) -> set[tuple[int, int]]:
    near = []
    for i, row in enumerate(distances):
        others = sorted((d, j) for j, d in enumerate(row) if j != i)[:k]
        near.append({j for _, j in others})
    return {(i, j) for i in range(len(near)) for j in near[i] if i < j and i in near[j]}


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The trainings of ensembles that were asked for; each ends at once with maps that are made up."""
    asked: list[dict[str, Any]] = []

    def train(a: Activations, settings: Any, seeds: Any, *, on_map: Any, progress: Any, **how: Any) -> Trainings:
        asked.append({"settings": settings, "seeds": list(seeds), "recordings": len(a), **how})
        maps = [SeedMap(seed, network_of(a, seed, settings.dims).encode(a.all_states()), 0.1, 1.0) for seed in seeds]
        for each in reversed(maps):
            on_map(each)
        return Trainings(tuple(maps))

    monkeypatch.setattr(quality, "train_maps", train)
    return asked


@changes_output(
    *(
        f"stability --{name}"
        for name in (
            "seeds",
            "dims",
            "epochs",
            "workers",
            "cluster",
            "trust-cluster",
            "tls-ca",
            "tls-cert",
            "tls-key",
            "out",
            "cache",
        )
    )
)
def test_an_ensemble_is_trained_as_told_and_kept(
    cache: Path, tmp_path: Path, trained: list[dict[str, Any]], said: Callable[..., str]
) -> None:
    out = tmp_path / "ensemble.h5"
    text = said("stability", "--cache", cache, "--seeds", 3, "--out", out)
    usual = {"settings": quick_autoencoder(2), "seeds": [0, 1, 2], "recordings": 72, "cluster": None, "workers": None}
    usual["tls"] = None
    assert trained == [usual] and f"3 maps are in {out}." in text
    assert read_ensemble(out).seeds == (0, 1, 2) and read_ensemble(out).dims == 2
    said(
        "stability",
        "--cache",
        cache,
        "--seeds",
        2,
        "--dims",
        3,
        "--epochs",
        4,
        "--workers",
        5,
        "--cluster",
        "tls://x:1",
        "--trust-cluster",
        *("--tls-ca", "ca.pem", "--tls-cert", "own.pem", "--tls-key", "key.pem"),
    )
    files = TlsFiles(Path("ca.pem"), Path("own.pem"), Path("key.pem"))
    assert trained[1] == usual | {
        "settings": replace(quick_autoencoder(3), epochs=4), "seeds": [0, 1], "cluster": "tls://x:1", "workers": 5,
        "tls": files,
    }  # fmt: skip
    # Nobody can be asked here whether the scheduler may run code.
    assert cli.main(["stability", "--cache", str(cache), "--seeds", "2", "--cluster", "tcp://x:1"]) == 2
    assert len(trained) == 2
    # Without a file it is kept where it is found again, by its dimensions.
    assert "2 maps of 4 signs" in said("stability", "--cache", cache, "--dims", 3)
    assert cli.main(["stability", "--cache", str(cache)]) == 2


@changes_output(*(f"stability --{name}" for name in ("ensemble", "k", "csv", "pairs", "json")))
@pytest.mark.parametrize("k", [1, 2])
def test_pairs_are_those_of_the_ensemble(
    k: int, cache: Path, tmp_path: Path, trained: list[dict[str, Any]], said: Callable[..., str]
) -> None:
    file, table = tmp_path / "ensemble.h5", tmp_path / "pairs.csv"
    said("stability", "--cache", cache, "--seeds", 4, "--out", file)
    a, ensemble = read_cache(cache), read_ensemble(file)
    found = json.loads(said("stability", "--ensemble", file, "--k", k, "--csv", table, "--json"))
    assert (found["seeds"], found["k"], len(found["pairs"])) == ([0, 1, 2, 3], k, 6)
    full = {"path": ensemble.full_paths, "end": ensemble.full_ends}
    on_maps = {
        "path": [mutual(by_distance(paths), k) for paths in ensemble.paths],
        "end": [mutual(by_distance(paths[:, -1:]), k) for paths in ensemble.paths],
    }
    assert [on_maps["path"] != on_maps["end"], full["path"].tolist() != full["end"].tolist()] == [True, True]
    with table.open(encoding="utf-8", newline="") as opened:
        rows = {(row["sign"], row["other_sign"]): row for row in csv.DictReader(opened)}
    assert len(rows) == 6
    for pair in found["pairs"]:
        i, j = a.signs.index(pair["one"]), a.signs.index(pair["other"])
        row = rows[a.names[i], a.names[j]]
        for what in ("path", "end"):
            every = sorted(full[what][np.triu_indices(4, 1)])
            expected = {
                "distance": full[what][i, j],
                "rank": every.index(full[what][i, j]) + 1,
                "true": (i, j) in mutual(full[what], k),
                "maps": sum((i, j) in near for near in on_maps[what]),
            }
            assert {name: pair[f"{what}_{name}"] for name in expected} == pytest.approx(expected), (pair, what)
            columns = (
                f"{what}_distance",
                f"{what}_rank",
                f"{what}_neighbours_in_full_space",
                f"maps_{what}_neighbours",
            )
            assert [float(row[column]) for column in columns] == pytest.approx(
                [float(value) for value in expected.values()], abs=1e-4
            )
        assert (row["maps"], row["over_retraining"]) == ("4", pair["verdict"])
    assert [(row["sign"], row["other_sign"]) for row in rows.values()] == [
        (a.names[a.signs.index(p["one"])], a.names[a.signs.index(p["other"])]) for p in found["pairs"]
    ]
    text = said("stability", "--ensemble", file, "--k", k, "--pairs", 2)
    assert f"among each other's {k} nearest" in text and text.count(" / ") == 2
    first = found["pairs"][0]
    assert f"{first['path_distance']:.2f}" in text and f"{first['path_maps']}/4" in text


# --------------------------------------------------------------------------------------------------------- self-test
@changes_output(*(f"self-test --{name}" for name in ("out", "epochs", "require-3d", "json")))
@pytest.mark.parametrize("passed", [True, False])
def test_the_self_test_is_driven_as_told_and_its_report_kept(
    passed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from auslan_explorer.commands import self_test

    asked: list[tuple[Any, ...]] = []

    def drive(args: Any, out: Path, scratch: Path) -> Any:
        asked.append((args.epochs, args.require_3d, args.json, out))
        return type("Test", (), {"passed": passed, "checks": [], "first_picture": 0.5})

    monkeypatch.setattr(self_test, "has_display", lambda: True)
    monkeypatch.setattr(self_test, "check_window_libraries", lambda: None)
    monkeypatch.setattr(self_test, "_drive", drive)
    out = tmp_path / "kept"
    assert cli.main(["self-test", "--out", str(out), "--epochs", "7", "--require-3d", "--json"]) == (not passed)
    assert asked == [(7, True, True, out)]
    report = json.loads(capsys.readouterr().out)
    assert report == json.loads((out / "self-test.json").read_text(encoding="utf-8")) and report["passed"] is passed
    assert cli.main(["self-test"]) == (not passed)
    assert asked[1][:3] == (2, False, False) and not asked[1][3].exists()
    assert ("does not work" in capsys.readouterr().out) is not passed


def test_a_written_ensemble_is_read_with_all_its_columns(cache: Path, tmp_path: Path) -> None:
    from auslan_explorer.training.ensemble import assemble_ensemble

    a = read_cache(cache)
    maps = [SeedMap(seed, network_of(a, seed).encode(a.all_states()), 0.1 * seed, 1.0) for seed in (4, 6)]
    ensemble = assemble_ensemble(a, maps, quick_autoencoder(2))
    write_ensemble(tmp_path / "e.h5", ensemble)
    again = read_ensemble(tmp_path / "e.h5")
    assert again.seeds == (4, 6) and again.info["validation_loss"] == [0.4, 0.6]
    for name in ("paths", "ends", "full_paths", "full_ends"):
        np.testing.assert_allclose(getattr(again, name), getattr(ensemble, name), rtol=2e-3, atol=5e-3, err_msg=name)
    last = a.offsets[1:] - 1
    assert np.array_equal(ensemble.ends, np.stack([each.points[last] for each in maps]))


@changes_output("evaluate --protocol")
@pytest.mark.parametrize("name", ["mts", "sessions"])
def test_a_protocol_is_run_on_the_recordings_that_were_given_and_each_run_is_told(
    name: str, signs_folder: Path, said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, asked = ModuleType("protocols"), []
    accuracy = {"1": 0.5, "2": 0.75, "3": 1.0}
    found = {"accuracy": accuracy, "mean": 0.75, "worst": 0.5, "deviation": 0.25, "signs": 3, "train": 36, "test": 45}

    def run_protocol(which: str, recordings: Any, progress: Any) -> dict[str, Any]:
        asked.append((which, recordings))
        return found

    module.run_protocol = run_protocol  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "auslan_explorer.ml.protocols", module)
    call = ("evaluate", "--protocol", name, "--recordings", signs_folder)
    text = said(*call)
    assert "mean 75.00%, worst 50.00%, standard deviation 25.00%" in text
    word = "seed" if name == "mts" else "session"
    for run, share in accuracy.items():
        assert f"{word} {run}: {share:.2%}" in text
    assert json.loads(said(*call, "--json")) == found
    wanted = open_recordings(signs_folder)
    assert [which for which, _ in asked] == [name, name] and all(
        np.array_equal(recordings.frames, wanted.frames) for _, recordings in asked
    )
