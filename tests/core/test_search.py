from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.search import LONGEST, search
from tests.made_up import made_up_activations

BELOW = 0.25


@pytest.fixture
def a() -> Activations:
    made_up = made_up_activations()
    ratio = np.linspace(0, 0.5, len(made_up)).astype(np.float32)
    # Both words of an answer are signs in the article's data too.
    signs = ("wrong", "computer_PC_", "drink", "right")
    return replace(made_up, hand_ratio=ratio, signs=signs, names=("wrong", "computer (PC)", "drink", "right"))


def test_nothing_asked_finds_everything(a: Activations) -> None:
    found = search("  ", a, BELOW)
    assert found.recordings.all() and found.signs == {0, 1, 2, 3} and not found.filters


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("DRI", {2}),
        ("computer_PC_", {1}),
        ("pc comp", {1}),
        ('"computer (pc"', {1}),
        ('"pc comp"', set()),
        ("r", {0, 1, 2, 3}),
        ("sign:drink", {2}),
        ('sign:"computer (PC)"', {1}),
    ],
)
def test_words_find_signs_by_name_and_key(a: Activations, text: str, signs: set[int]) -> None:
    found = search(text, a, BELOW)
    assert found.signs == signs and not found.filters
    np.testing.assert_array_equal(found.recordings, np.isin(a.sign, list(signs)))


def test_filters_are_masks_and_all_must_hold(a: Activations) -> None:
    wrong = a.predicted != a.sign
    expected = {
        "session:3": a.session == 3,
        "session:2-4,9": np.isin(a.session, [2, 3, 4, 9]),
        "trial:2": a.trial == 2,
        "split:test": a.split == 2,
        "split:val": a.split == 1,
        "hands:both": np.asarray(a.hand_ratio >= BELOW),
        "hands:right": np.asarray(a.hand_ratio < BELOW),
        "answer:wrong": wrong,
        "answer:right": ~wrong,
        "answer:drink": a.predicted == 2,
        "split:train wrong": (a.split == 0) & wrong,
        "drink SPLIT:Test": (a.sign == 2) & (a.split == 2),
        'split:train "right"': (a.split == 0) & (a.sign == 3),
        "hands:right session:1-5 right": np.asarray(a.hand_ratio < BELOW) & (a.session <= 5) & ~wrong,
    }
    for text, mask in expected.items():
        found = search(text, a, BELOW)
        np.testing.assert_array_equal(found.recordings, mask, err_msg=text)
        assert found.filters and found.signs == set(a.sign[mask].tolist()), text


def test_a_recording_is_found_by_its_sign_and_number(a: Activations) -> None:
    for text, recording in (("drink 1", 12), ("DRINK 6", 17), ("computer (pc) 2", 7), ("sign:drink 3", 14)):
        found = search(text, a, BELOW)
        assert np.flatnonzero(found.recordings).tolist() == [recording] and found.filters, text
        assert found.signs == {int(a.sign[recording])}
    session, trial = int(a.session[14]), int(a.trial[14])
    found = search(f"drink {session}.{trial}", a, BELOW)
    assert np.flatnonzero(found.recordings).tolist() == [14]
    assert not search("drink 7", a, BELOW).recordings.any() and not search("drink 0", a, BELOW).recordings.any()


def test_a_number_counts_recordings_of_the_sign_of_that_very_name_and_in_any_order_of_recordings(
    a: Activations,
) -> None:
    a = replace(a, names=("drink", "drink up", "10 drinks", "trial 7"), signs=tuple("abcd"), sign=a.sign[::-1].copy())
    assert np.flatnonzero(search("drink 2", a, BELOW).recordings).tolist() == [19]
    assert search("trial 7", a, BELOW).recordings.sum() == 6, "a number of the name is part of the name"
    assert np.flatnonzero(search("trial 7 2", a, BELOW).recordings).tolist() == [1]
    assert search('drink "2"', a, BELOW).recordings.sum() == 0, "quoted, it is a part of the name"


def test_recordings_are_found_by_length(a: Activations) -> None:
    some = int(a.lengths[3])
    expected = {
        f"length:>{some}": a.lengths > some,
        f"length:>={some}": a.lengths >= some,
        f"length:<{some}": a.lengths < some,
        f"length:<={some}": a.lengths <= some,
        f"length:{some}": a.lengths == some,
        f"length:{some}-{some + 2}": (a.lengths >= some) & (a.lengths <= some + 2),
    }
    for text, mask in expected.items():
        np.testing.assert_array_equal(search(text, a, BELOW).recordings, mask, err_msg=text)


def test_the_threshold_of_hands_is_the_callers(a: Activations) -> None:
    assert search("hands:right", a, 0.0).recordings.sum() == 0
    assert search("hands:right", a, 1.0).recordings.all()


def test_right_and_wrong_alone_are_signs_where_there_are_such(a: Activations) -> None:
    found = search("wrong", a, BELOW)
    assert found.signs == {0} and not found.filters and "answer:wrong" in found.note
    plain = made_up_activations()
    found = search("wrong", plain, BELOW)
    np.testing.assert_array_equal(found.recordings, plain.predicted != plain.sign)
    assert found.filters and not found.note


@pytest.mark.parametrize(
    "text",
    ["colour:red", "session:", "session:x", "session:99", "trial:-1", "session:1-", "split:exam", "split:none",
     "hands:left", "answer:maybe", "sign:nobody",
     "length:>", "length:long", "length:<>3", "length:9999", "x" * (LONGEST + 1), "session:" + "9" * 40],
)  # fmt: skip
def test_a_wrong_filter_is_one_sentence(a: Activations, text: str) -> None:
    with pytest.raises(UserError, match=r"^.{10,200}\.$"):
        search(text, a, BELOW)


def test_what_the_activations_do_not_hold_is_said() -> None:
    bare = made_up_activations()
    with pytest.raises(UserError, match="hands"):
        search("hands:both", bare, BELOW)
    unknown = replace(bare, predicted=np.full(len(bare), -1, np.int16))
    with pytest.raises(UserError, match="answered"):
        search("answer:wrong", unknown, BELOW)


@pytest.mark.parametrize("text", ['"', '""', ":", "a:b:c", '"open', "\x00", "((", "日本", 'session:"3"'])
def test_odd_texts_find_something_or_nothing_but_never_break(a: Activations, text: str) -> None:
    with contextlib.suppress(UserError):
        assert search(text, a, BELOW).recordings.shape == (len(a),)


@pytest.mark.parametrize(
    ("sessions", "words"),
    [([1, 2, 3, 5, 6], "1, 2, 3, 5, 6"), ([2, 3, 4, 5], "2 to 5"), ([4, 5], "4, 5"), ([7], "7")],
)
def test_a_number_that_is_not_there_is_answered_with_those_that_are(
    a: Activations, sessions: list[int], words: str
) -> None:
    of = replace(a, session=np.resize(np.array(sessions, np.int16), len(a)))
    with pytest.raises(UserError, match=rf"\b{words}\b(?!,)"):
        search("session:99", of, BELOW)


@pytest.mark.parametrize("name", ["sign", "session", "trial", "length", "split", "hands", "answer"])
def test_every_filter_offers_an_example_of_its_own_that_finds_something(a: Activations, name: str) -> None:
    a = replace(a, hand_ratio=np.linspace(0, 1, len(a)).astype(np.float32))
    with pytest.raises(UserError) as refused:
        search(f"{name}:", a, 0.5)
    example = str(refused.value).removesuffix(".").split("such as ")[-1]
    assert example.startswith(f"{name}:")
    if name not in ("sign", "length"):  # the example's sign is the article's, and its recordings are longer
        assert search(example, a, 0.5).recordings.any()


@pytest.mark.parametrize(
    ("word", "code"), [("train", 0), ("training", 0), ("validation", 1), ("val", 1), ("test", 2), ("none", 255)]
)
def test_every_word_for_a_split_finds_its_recordings(a: Activations, word: str, code: int) -> None:
    a = replace(a, split=np.resize(np.array([0, 1, 2, 255], np.uint8), len(a)))
    np.testing.assert_array_equal(search(f"split:{word}", a, BELOW).recordings, a.split == code)


@pytest.mark.parametrize(("word", "one_handed"), [("right", True), ("one", True), ("both", False), ("two", False)])
def test_every_word_for_hands_finds_its_recordings(a: Activations, word: str, one_handed: bool) -> None:
    np.testing.assert_array_equal(search(f"hands:{word}", a, BELOW).recordings, (a.hand_ratio < BELOW) == one_handed)
