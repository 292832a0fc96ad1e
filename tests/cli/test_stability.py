"""The command that says which neighbours survive retraining, as a person calls it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from auslan_explorer import cli, paths
from auslan_explorer.analysis.stability import verdict

ARTICLE = [("crazy", "think"), ("soon", "who"), ("danger", "drink"), ("all", "hurt"), ("hot", "thank"),
           ("God", "science")]  # fmt: skip


def test_what_ships_is_told_with_the_articles_pairs_on_top(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not paths.ships("stability.h5").exists():
        pytest.skip("the ensemble that ships is missing")
    table = tmp_path / "pairs.csv"
    assert cli.main(["stability", "--json", "--csv", str(table)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["seeds"]) >= 20 and len(found["pairs"]) == 94 * 93 // 2
    assert [(p["one"], p["other"]) for p in found["pairs"][:6]] == ARTICLE
    think = found["pairs"][0]
    assert sorted(p["path_rank"] for p in found["pairs"]) == list(range(1, len(found["pairs"]) + 1))
    assert think["path_true"] and think["verdict"] == verdict(think["path_maps"], len(found["seeds"])) != "never"
    # The article's finding as a number: pairs that stay are real more often than those that come and go.
    real = {}
    for word in ("stays", "comes and goes", "never"):
        some = [p["path_true"] for p in found["pairs"] if p["verdict"] == word]
        real[word] = sum(some) / len(some)
    assert real["stays"] > real["comes and goes"] > real["never"]
    with table.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(found["pairs"]) and rows[1][:2] == ["crazy", "think"]
    assert cli.main(["stability", "--pairs", "6"]) == 0
    assert "God – science" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--seeds", "51"], "2 to 50 seeds, not 51"),
        (["--seeds", "1"], "at least 2"),
        (["--seeds", "3", "--ensemble", "some.h5"], "not both"),
        (["--ensemble", "missing.h5"], "There is no file"),
        (["--seeds", "2", "--out", "some.txt"], "give the file the ending"),
        (["--csv", "some.txt"], "give the file the ending"),
        (["--dims", "3"], "no ensemble of these hidden states yet"),
        (["--seeds", "2", "--cluster", "tcp://127.0.0.1:1"], "can run code on this computer.*--trust-cluster"),
        (["--seeds", "2", "--trust-cluster", "--cluster", "tcp://127.0.0.1:1"], "No Dask scheduler|“distributed”"),
        (
            ["--seeds", "2", "--trust-cluster", "--cluster", "tcp://x:1", "--tls-ca", "ca.pem"],
            "belong to an address that begins with tls://|“distributed”",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from auslan_explorer.training import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    assert cli.main(["stability", *arguments]) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert re.search(sentence, said), said
