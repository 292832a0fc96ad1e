"""Small texts beside data: what a CSV table is described by, and lists in YAML."""

from __future__ import annotations

import json

from auslan_explorer.io.origin_tags import as_text, table_description
from auslan_explorer.io.plain_yaml import parse_yaml


def test_a_table_is_described_in_the_terms_of_csv_on_the_web() -> None:
    origin = {"Software": "this one", "Data": "Umläute; 3 recordings"}
    told = table_description("a.csv", {"x": "first", "y": "second"}, origin)
    assert json.loads(told) == {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "a.csv",
        "dc:source": as_text(origin),
        "rdfs:comment": origin,
        "tableSchema": {
            "columns": [{"titles": "x", "dc:description": "first"}, {"titles": "y", "dc:description": "second"}]
        },
    }
    assert "Umläute".encode() in told


def test_words_in_a_list_end_at_commas_whatever_they_begin_with_and_quoted_ones_at_their_quote() -> None:
    assert parse_yaml("a: [X, y, 'x, y', \"z]\", Xs]") == {"a": ["X", "y", "x, y", "z]", "Xs"]}
    assert parse_yaml("a: {X: 1, 'b c': X}") == {"a": {"X": 1, "b c": "X"}}
