"""Names of any kind: how they are shown, cut, set into sentences and sorted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.confusion import confusions
from auslan_explorer.core.search import search
from auslan_explorer.core.session import Colouring, opening_state
from auslan_explorer.core.signs import NO_NAME, isolate, joined_names, short_name, shown_name, sort_key
from auslan_explorer.draw.legend import build_legend
from tests.made_up import made_up_activations


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("line\nbreak", "line break"),
        ("tab\tand\r\nboth", "tab and both"),
        ("bell\x07\x1b[31m", "bell [31m"),
        ("paragraph\u2029line\u2028next\x85last", "paragraph line next last"),
        ("\u202eturned\u2069 over", "turned over"),
        ("half \ud800 a letter", "half \ufffd a letter"),
        ("", NO_NAME),
        (" \n ", NO_NAME),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
        ("\N{GRINNING FACE} é e\u0301 שלום", "\N{GRINNING FACE} é e\u0301 שלום"),
    ],
)
def test_a_name_is_shown_as_one_line_of_what_a_person_reads(name: str, shown: str) -> None:
    assert shown_name(name) == shown
    assert shown_name(shown) == shown, "shown twice, it stays"
    a = made_up_activations()
    assert replace(a, names=(name, *a.names[1:])).names[0] == shown


def test_numbers_in_names_sort_as_numbers_and_capital_letters_as_small_ones() -> None:
    names = ["10", "2", "b", "1", "B 10", "b 9", "A", "007", "trial 2 of 10", "trial 2 of 9", "²", "9" * 5000]
    ordered = sorted(names, key=sort_key)
    assert ordered == ["1", "2", "²", "007", "10", "9" * 5000, "A", "b", "b 9", "B 10", "trial 2 of 9", "trial 2 of 10"]


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    left, right = (f"experiment 2024 of a long description, {hand} hand" for hand in ("left", "right"))
    assert short_name(left, 24).startswith("experiment") and short_name(left, 24).endswith("left hand")
    assert short_name(left, 24) != short_name(right, 24) and len(short_name(left, 24)) <= 24
    assert short_name("short") == "short"
    accents = "e" + "\u0301" * 40
    assert not short_name(accents, 20).split("…")[1].startswith("\u0301"), "no accent without its letter"


def test_only_a_right_to_left_name_is_isolated() -> None:
    assert isolate("think") == "think"
    assert isolate("שלום") == "\u2068שלום\u2069"


def test_legend_confusions_and_ranks_are_in_the_order_of_names() -> None:
    a = made_up_activations()
    predicted = np.roll(a.sign, 6).astype(np.int16)
    a = replace(a, names=("walk 10", "Walk 2", "b", "A"), predicted=predicted)
    assert a.sign_ranks.tolist() == [3, 2, 1, 0]
    found = confusions(a)
    assert [a.names[sign] for sign in found.true] == ["A", "b", "Walk 2", "walk 10"]
    assert found.counts.sum() == len(a) and found.counts[0, 1] == (predicted[a.sign == 3] == 2).sum()
    state = replace(opening_state(a), colouring=Colouring.SIGN)
    entries = build_legend(a, state, np.ones(len(a), dtype=bool)).legend_entries
    assert [entry.text for entry in entries] == ["A", "b", "Walk 2", "walk 10"]
    assert all({a.names[a.sign[i]] for i in entry.recordings} == {entry.text} for entry in entries)


def test_a_name_with_a_control_character_is_found_as_it_is_shown() -> None:
    a = made_up_activations()
    a = replace(a, names=("line\nbreak", *a.names[1:]))
    assert search('"line break"', a, 0.25).signs == {0}


def test_names_that_stand_together_are_told_apart_also_where_one_holds_a_stroke_or_an_and() -> None:
    assert joined_names("wait / not yet", "rock and roll") == "wait / not yet – rock and roll"
    assert joined_names("אבג", "boy") == f"{isolate('אבג')} – boy"


def test_a_long_name_has_no_space_at_its_gap() -> None:
    name = "a" * 10 + "    " + "b" * 20 + "    " + "c" * 10
    for longest in range(12, 40):
        assert " …" not in short_name(name, longest)
        assert "… " not in short_name(name, longest)
        assert len(short_name(name, longest)) <= longest
