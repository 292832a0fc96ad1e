"""The table of pairs has every value in the column that is named after it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from auslan_explorer.analysis.stability import Pair
from auslan_explorer.core.minimal_pair import MinimalPair
from auslan_explorer.io.minimal_pairs_export import gloss, write_minimal_pairs
from auslan_explorer.io.origin_tags import description_of
from auslan_explorer.io.pairs_export import write_pairs


def test_every_value_stands_in_its_own_column(tmp_path: Path) -> None:
    found = [
        Pair(2, 0, 1.25, 2.5, 11, 12, 3, 4, True, False, 20, -1),
        Pair(1, 2, 0.123456, 0.0, 1, 2, 20, 0, False, True, 20, 0),
    ]
    write_pairs(tmp_path / "p.csv", found, ("change mind", "think", "God"))
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        one, other = csv.DictReader(file)
    assert one == {
        "sign": "God", "other_sign": "change mind", "path_distance": "1.2500", "path_rank": "11",
        "path_neighbours_in_full_space": "1", "maps_path_neighbours": "3", "end_distance": "2.5000", "end_rank": "12",
        "end_neighbours_in_full_space": "0", "maps_end_neighbours": "4", "maps": "20",
        "over_retraining": "comes and goes",
    }  # fmt: skip
    assert (other["sign"], other["path_distance"], other["over_retraining"]) == ("think", "0.1235", "stays")


def test_a_file_beside_the_pairs_says_what_columns_hold_and_where_they_are_from(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    pair = Pair(1, 0, 1.0, 2.0, 1, 1, 3, 4, True, False, 20, -1)
    write_pairs(file, [pair], ("a", "b"), origin={"Map": "20 maps"}, describe=True)
    told = json.loads(description_of(file).read_text(encoding="utf-8"))
    header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert told["rdfs:comment"] == {"Map": "20 maps"}
    assert [column["titles"] for column in told["tableSchema"]["columns"]] == header


@pytest.mark.parametrize(
    ("name", "written"),
    [("change mind", "CHANGE-MIND"), ("wait / not yet", "WAIT/NOT-YET"), ("his/hers", "HIS/HERS"), ("I", "I")],
)
def test_a_gloss_has_hyphens_between_words_and_none_at_a_stroke(name: str, written: str) -> None:
    assert gloss(name) == written


def test_glosses_are_of_the_names_and_a_file_beside_says_where_they_are_from(tmp_path: Path) -> None:
    pair = MinimalPair(0, 1, "place", 3, 2, 9, 5)
    file = tmp_path / "p.csv"
    write_minimal_pairs(file, [pair], ("change_mind_", "s2"), ("change mind", "go home"), {"Network": "n"}, True)
    with file.open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert row == {
        "gloss": "CHANGE-MIND", "other_gloss": "GO-HOME", "kept_apart_by": "place", "share": "0.4000",
        "taken_for_other": "3", "recordings": "9", "other_taken_for_it": "2", "other_recordings": "5",
        "sign": "change_mind_", "other_sign": "s2",
    }  # fmt: skip
    told = json.loads(description_of(file).read_text(encoding="utf-8"))
    assert told["rdfs:comment"] == {"Network": "n"}
    assert [column["titles"] for column in told["tableSchema"]["columns"]] == list(row)
