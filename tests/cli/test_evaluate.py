from __future__ import annotations

import csv
import json
from typing import Any

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.splits import TEST
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.models import load_autoencoder

FIGURES = ["explained_variance", "mse", "last_step_mse", "trustworthiness", "continuity", "knn_accuracy"]
FIGURES += ["trustworthiness_elsewhere", "long_steps", "long_steps_log", "largest_step", "step_correlation"]


@pytest.fixture(scope="module")
def found(child_ok, models, signs_folder) -> dict[str, Any]:
    """What is said of the untrained networks."""
    return json.loads(child_ok("evaluate", "--models", models, "--recordings", signs_folder, "--json"))


def test_json_is_one_object_of_the_agreed_shape(found) -> None:
    assert list(found) == ["classifier", "projections", "yardsticks"]
    assert list(found["classifier"]["accuracy"]) == ["train", "validation", "test", "all"]
    wrong = found["classifier"]["errors"]
    assert all(list(error) == ["split", "sign", "session", "trial", "predicted"] for error in wrong)
    assert len(wrong) == round(81 * (1 - found["classifier"]["accuracy"]["all"]))
    assert {error["split"] for error in wrong} <= {"train", "validation", "test"}
    assert list(found["projections"]) == ["2d", "3d"]
    assert all(list(figures) == FIGURES for figures in found["projections"].values())


def test_text_says_the_same(ok, models, signs_folder, found) -> None:
    lines = ok("evaluate", "--models", models, "--recordings", signs_folder).splitlines()
    shares = found["classifier"]["accuracy"]
    assert lines[0] == "Accuracy: " + ", ".join(f"{name} {share:.2%}" for name, share in shares.items())
    wrong = [
        f"  {e['split']}: {e['sign']} (session {e['session']}, trial {e['trial']}) taken for {e['predicted']}"
        for e in found["classifier"]["errors"]
    ]
    assert lines[1 : 2 + len(wrong)] == [f"Misclassified: {len(wrong)} of 81 recordings", *wrong]
    titles, *rows, on_its_own, mean_path = lines[3 + len(wrong) :]
    assert lines[2 + len(wrong)] == "Maps, measured on the 9 recordings held out:"
    assert titles.split() == ["2-D", "3-D", "PCA", "2-D", "PCA", "3-D", "article", "2-D", "article", "3-D"]
    told = [[float("nan") if cell == "–" else float(cell) for cell in row[32:].split()] for row in rows]
    shipped = json.loads(paths.ships("figures.json").read_text(encoding="utf-8"))["published"]["projections"]
    for row, figure in zip(told, FIGURES, strict=True):
        assert row[-2:] == [pytest.approx(shipped[dims][figure], abs=6e-5) for dims in ("2d", "3d")]
        assert row[-2:] == [pytest.approx(found["yardsticks"]["article"][dims][figure], abs=6e-5) for dims in shipped]
    assert on_its_own == "The article’s maps are measured on its own network’s hidden states, of all recordings."
    explained = f"{found['yardsticks']['mean_path']:.4f}"
    assert mean_path == f"A sign’s mean path over its training recordings alone explains {explained} of the variance."
    assert [row[:2] for row in told] == [
        [pytest.approx(found["projections"][dims][figure], abs=6e-5) for dims in ("2d", "3d")] for figure in FIGURES
    ]
    assert [np.isfinite(row).tolist() for row in told] == 3 * [6 * [True]] + 8 * [
        [True, True, False, False, True, True]
    ]


def test_shipped_models_need_no_recordings(ok) -> None:
    if not paths.ships("activations.h5").exists():
        pytest.skip("models/ does not hold the shipped activations")
    found = json.loads(ok("evaluate", "--json"))
    a = read_cache(paths.ships("activations.h5"))
    test = a.split == TEST
    assert found["classifier"]["accuracy"]["test"] == pytest.approx((a.predicted == a.sign)[test].mean())
    assert len(found["classifier"]["errors"]) == (a.predicted != a.sign).sum()
    states = a.all_states()[test[a.recording_of_point()]]
    for dims in (2, 3):
        network = load_autoencoder(paths.ships(f"autoencoder-{dims}d.h5"))
        away = np.square(network.reconstruct(states) - states).mean()
        assert found["projections"][f"{dims}d"]["mse"] == pytest.approx(away, rel=1e-4)


@pytest.mark.slow
def test_published_weights(ok, real) -> None:
    found = json.loads(
        ok("evaluate", "--published", real / "published", "--recordings", real / "tctodd.tar.gz", "--json")
    )
    assert found["classifier"]["accuracy"] == {"all": pytest.approx(1 - 19 / 2528)}
    wrong = found["classifier"]["errors"]
    assert len(wrong) == 19 and all(error["split"] is None for error in wrong)
    assert {("hurt", "all"), ("thank", "hot")} <= {(error["sign"], error["predicted"]) for error in wrong}
    two, three = found["projections"]["2d"], found["projections"]["3d"]
    assert [round(two[name], 3) for name in FIGURES[:3]] == [0.808, 0.064, 0.187]
    assert [round(three[name], 3) for name in FIGURES[:3]] == [0.881, 0.040, 0.124]
    assert (round(two["knn_accuracy"], 3), round(three["knn_accuracy"], 3)) == (0.862, 0.940)


@pytest.mark.slow
def test_published_paths(ok, real, tmp_path) -> None:
    out = tmp_path / "paths.csv"
    ok("export", "paths", "--published", real / "published", "--recordings", real / "tctodd.tar.gz", "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 144530 and list(rows[0]) == ["sign", "session", "trial", "step", "x", "y"]
    assert len({(row["sign"], row["session"], row["trial"]) for row in rows}) == 2528
    assert {int(row["step"]) for row in rows} == set(range(1, 90))
