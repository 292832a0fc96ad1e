"""What `evaluate` and `runs` say they measured is measured again here, from the arrays alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from auslan_explorer.commands import sources
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.splits import article_split
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.models import load_autoencoder, load_classifier
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.runs import RunStore, new_run
from auslan_explorer.training.settings import AutoencoderSettings, recommended_autoencoder
from tests.cli.measuring_parts import network_of
from tests.cli.options import changes_output

pytestmark = pytest.mark.usefixtures("home")
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
    "step_correlation": "map steps with state’s steps",
}


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


@changes_output("evaluate --protocol")
@pytest.mark.parametrize("name", ["mts", "sessions"])
def test_a_protocol_is_run_on_the_recordings_that_were_given_and_each_run_is_told(
    name: str, signs_folder: Path, said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, asked = ModuleType("protocols"), []
    accuracy = {"1": 0.5, "2": 0.75, "3": 1.0}
    found = {"accuracy": accuracy, "mean": 0.75, "worst": 0.5, "deviation": 0.25, "signs": 3, "train": 36, "test": 45}

    def run_protocol(which: str, recordings: Any, progress: Any) -> SimpleNamespace:
        asked.append((which, recordings))
        return SimpleNamespace(figures=found)

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


# -------------------------------------------------------------------------------------------------------------- runs
@pytest.fixture
def cache(made_up_cache: Path) -> Path:
    return made_up_cache


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


@changes_output("evaluate --cache")
def test_a_cache_is_measured_with_the_newest_map_that_was_trained_on_it(cache: Path, said: Callable[..., str]) -> None:
    a = read_cache(cache)
    assert "no autoencoders here to measure" in said("evaluate", "--cache", cache)
    run = kept(a, "one", 1)
    found = json.loads(said("evaluate", "--cache", cache, "--json"))
    assert found["classifier"]["accuracy"]["all"] == (a.predicted == a.sign).mean()
    by_hand = measured(a, run.autoencoder, a.split == TEST)
    assert {key: found["projections"]["2d"][key] for key in by_hand} == pytest.approx(by_hand, rel=1e-3)


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
