"""Options of `stability` and `self-test`: ensembles as they are trained, kept and told, and a window that is driven."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer import cli
from auslan_explorer.core.activations import Activations
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.origin_tags import description_of
from auslan_explorer.io.stability_store import read_ensemble, write_ensemble
from auslan_explorer.training.cluster import TlsFiles
from auslan_explorer.training.ensemble import SeedMap, Trainings
from auslan_explorer.training.settings import quick_autoencoder
from auslan_explorer.workflows import quality
from tests.cli.measuring_parts import network_of
from tests.cli.options import changes_output

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def cache(made_up_cache: Path) -> Path:
    return made_up_cache


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
    assert trained == [usual] and f"{out} holds 3 maps." in text
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


@changes_output(*(f"stability --{name}" for name in ("ensemble", "k", "csv", "pairs", "json", "provenance")))
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
    assert not description_of(table).exists()
    said("stability", "--ensemble", file, "--k", k, "--csv", table, "--provenance")
    beside = json.loads(description_of(table).read_text(encoding="utf-8"))
    assert "72 recordings of 4 signs" in beside["rdfs:comment"]["Data"] and "--csv" in beside["rdfs:comment"]["Command"]
    assert "4 maps" in beside["rdfs:comment"]["Map"] and ensemble.fingerprint in beside["rdfs:comment"]["Network"]
    assert cli.main(["stability", "--ensemble", str(file), "--provenance"]) == 2
    text = said("stability", "--ensemble", file, "--k", k, "--pairs", 2)
    assert f"among each other’s {k} nearest" in text and text.count(" – ") == 2
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


class Terminal(io.StringIO):
    """A terminal on which an answer stands already."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "trusted"),
    [("y\n", True), (" YES \n", True), ("n\n", False), ("\n", False), ("", False), ("yy\n", False)],
)
def test_a_cluster_is_asked_about_on_a_terminal_and_trusted_only_where_the_answer_is_yes(
    answer: str, trusted: bool, cache: Path, tmp_path: Path, trained: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shown = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    monkeypatch.setattr("sys.stderr", shown)
    out = tmp_path / "ensemble.h5"
    call = ["stability", "--cache", str(cache), "--seeds", "2", "--cluster", "tcp://x:1", "--out", str(out)]
    assert cli.main(call) == (0 if trusted else 2)
    assert "tcp://x:1" in shown.getvalue() and "Connect to it? [y/N] " in shown.getvalue()
    assert ("Nothing was connected to." in shown.getvalue()) is not trusted
    assert bool(trained) is out.exists() is trusted


def test_maps_that_were_finished_before_an_interrupt_are_kept_where_there_are_two(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for finished in (1, 2):

        def train(a: Activations, *_: object, on_map: Any, finished: int = finished, **__: object) -> Trainings:
            for seed in range(finished):
                on_map(SeedMap(seed, np.random.default_rng(seed).normal(size=(a.real_steps, 2)), 0.1, 1.0))
            raise KeyboardInterrupt

        monkeypatch.setattr(quality, "train_maps", train)
        out = tmp_path / f"{finished}.h5"
        code = cli.main(["stability", "--cache", str(cache), "--seeds", "4", "--out", str(out)])
        assert code == (0 if finished == 2 else 130) and out.exists() is (finished == 2)
        said = capsys.readouterr().out
        assert ("Stopped; what was finished is kept, 2 maps." in said.splitlines()) is (finished == 2)


def test_a_seed_that_failed_is_named_with_its_reason(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    def train(a: Activations, *_: object, on_map: Any, **__: object) -> Trainings:
        maps = [SeedMap(seed, np.random.default_rng(seed).normal(size=(a.real_steps, 2)), 0.1, 1.0) for seed in (0, 2)]
        for each in maps:
            on_map(each)
        return Trainings(tuple(maps), ((1, "it ran out of memory."),))

    monkeypatch.setattr(quality, "train_maps", train)
    text = said("stability", "--cache", cache, "--seeds", 3, "--out", tmp_path / "e.h5")
    assert "Seed 1 is missing: it ran out of memory." in text.splitlines()
    assert f"{tmp_path / 'e.h5'} holds 2 maps." in text.splitlines()
