from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from auslan_explorer import paths

FIGURES = ["explained_variance", "mse", "last_step_mse", "trustworthiness", "continuity", "knn_accuracy"]


@pytest.fixture(scope="module")
def found(ok, models, signs_folder) -> dict[str, Any]:
    """What is said of the untrained networks."""
    return json.loads(ok("evaluate", "--models", models, "--recordings", signs_folder, "--json"))


def test_json_is_one_object_of_the_agreed_shape(found) -> None:
    assert list(found) == ["classifier", "projections"]
    assert list(found["classifier"]["accuracy"]) == ["train", "validation", "test", "all"]
    wrong = found["classifier"]["errors"]
    assert all(list(error) == ["split", "sign", "session", "trial", "predicted"] for error in wrong)
    assert len(wrong) == round(81 * (1 - found["classifier"]["accuracy"]["all"]))
    assert {error["split"] for error in wrong} <= {"train", "validation", "test"}
    assert list(found["projections"]) == ["2d", "3d"]
    assert all(list(figures) == FIGURES for figures in found["projections"].values())


def test_text_says_the_same(ok, models, signs_folder, found) -> None:
    said = ok("evaluate", "--models", models, "--recordings", signs_folder)
    assert f"{found['classifier']['accuracy']['test']:.2%}" in said
    assert f"{found['projections']['3d']['trustworthiness']:.4f}" in said
    assert "9 recordings held out" in said and "PCA 2-D" in said


def test_shipped_models_need_no_recordings(ok) -> None:
    if not paths.ships("activations.h5").exists():
        pytest.skip("models/ does not hold the shipped activations")
    found = json.loads(ok("evaluate", "--json"))
    assert found["classifier"]["accuracy"]["test"] >= 0.975
    assert found["projections"]["2d"]["explained_variance"] > 0.8


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
