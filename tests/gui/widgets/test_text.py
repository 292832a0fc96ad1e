"""Words of numbers, times and recordings, and names that must not be read as markup, keys or one endless word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.search import search
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.widgets.text import (
    breakable,
    format_count,
    format_time_left,
    menu_text,
    plain_tip,
    recording_title,
    short_title,
)
from tests.made_up import made_up_activations


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 units"), (1, "1 unit"), (2, "2 units"), (1234567, "1\u2009234\u2009567 units")]
)
def test_a_number_goes_with_its_noun(number: int, text: str) -> None:
    assert format_count(number, "unit") == text
    assert format_count(number, "match", "matches").split()[-1] == ("match" if number == 1 else "matches")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "a few seconds left"), (4.9, "a few seconds left"), (5.0, "about 5 s left"), (12.4, "about 10 s left"),
        (12.6, "about 15 s left"), (99.9, "about 100 s left"), (100.0, "about 2 min left"), (149.0, "about 2 min left"),
        (151.0, "about 3 min left"), (3600.0, "about 60 min left"),
        (7200.0, "about 120 min left"), (110520.0, "about 31 h left"),
    ],
)  # fmt: skip
def test_a_time_is_told_as_exactly_as_it_is_known(seconds: float, text: str) -> None:
    assert format_time_left(seconds) == text


@pytest.mark.parametrize("number", [4371, np.int64(4371)])
def test_whole_numbers_in_a_text_have_thin_spaces_unless_they_are_names_or_the_place_has_a_format(number: int) -> None:
    assert tr("{0} pairs of {1}, seed {2}, {3:.1f}, {4:d}", number, 999, str(number), number, number) == (
        "4\u2009371 pairs of 999, seed 4371, 4371.0, 4371"
    )
    assert tr("{0}, {1}", True, 4371.5) == "True, 4371.5"


def test_a_recording_is_called_by_what_is_known_of_it() -> None:
    a = made_up_activations()
    a = replace(a, session=np.array([3, 0, 2, 0, 4, 5] * 4, np.int16), trial=np.array([2, 1, 0, 0, 1, 1] * 4, np.int16))
    session = Session(a)
    titles = ["alive, session 3, trial 2", "alive, trial 1", "alive, session 2", "alive, recording 4"]
    assert [recording_title(session, i) for i in range(4)] == titles
    assert [short_title(session, i) for i in range(4)] == ["alive 3.2", *titles[1:3], "alive 4"]
    named = Session(replace(a, recording_names=tuple(f"name {i}" for i in range(24))))
    assert recording_title(named, 0) == short_title(named, 0) == "alive, name 0"


def test_recordings_of_one_session_and_trial_are_told_apart_by_the_number_that_the_search_takes() -> None:
    a = made_up_activations()
    same = np.full(len(a), 2, np.int16)
    session = Session(replace(a, session=same, trial=same))
    of_sign = np.flatnonzero(a.sign == a.sign[-1])
    name = a.names[a.sign[-1]]
    assert len({recording_title(session, i) for i in range(len(a))}) == len(a)
    for number, recording in enumerate(of_sign.tolist(), 1):
        assert recording_title(session, recording) == f"{name}, session 2, trial 2, recording {number}"
        assert short_title(session, recording) == f"{name} {number}"
        found = search(f"{name} {number}", session.activations, 0.25)
        assert np.flatnonzero(found.recordings).tolist() == [recording]


def test_only_what_looks_like_markup_is_guarded() -> None:
    assert plain_tip("a < b & c") == "a < b & c"
    guarded = plain_tip("<b>bold</b>")
    assert "&lt;b&gt;" in guarded
    assert menu_text("this & that") == "this && that"


@pytest.mark.parametrize(("length", "breaks"), [(16, 0), (17, 1), (32, 1), (33, 2)])
def test_a_word_may_be_broken_after_sixteen_letters(length: int, breaks: int) -> None:
    text = breakable("short " + "a" * length)
    assert text.count("\u200b") == breaks and text.replace("\u200b", "") == "short " + "a" * length
