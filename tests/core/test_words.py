"""Texts of the program in the words of other data."""

from __future__ import annotations

import pytest

from auslan_explorer.core.words import GENERAL, SIGN_LANGUAGE, Words, plural

LINES = Words("vowel", "utterance")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Search signs", "Search vowels"),
        ("Join the points of a recording", "Join the points of an utterance"),
        ("Every sign’s name: its recordings.", "Every vowel’s name: its utterances."),
        ("An ellipse for each sign: where it ends", "An ellipse for each vowel: where it ends"),
        ("sign(v) log(1 + |v|), the signed log", "sign(v) log(1 + |v|), the signed log"),
        ("recordings/length in my/signs.h5 and signs-2.h5", "recordings/length in my/signs.h5 and signs-2.h5"),
        ("sign:go finds a sign", "sign:go finds a vowel"),
        ("No sign is called “the sign”.", "No vowel is called “the sign”."),
        ("Recording", "Utterance"),
    ],
)
def test_nouns_are_put_in_and_nothing_else(text: str, said: str) -> None:
    assert LINES.say(text) == said
    assert SIGN_LANGUAGE.say(text) == text


def test_values_stay_as_they_are() -> None:
    assert GENERAL.say("{0} of {1} signs", "sign", 3) == "sign of 3 classes"


def test_what_is_said_already_is_not_said_again() -> None:
    roads = Words("road sign", "field recording")
    assert roads.say(roads.say("A sign and its recordings")) == "A road sign and its field recordings"


def test_texts_of_the_article_are_not_of_other_data() -> None:
    assert GENERAL.say("10 to 64 (article)") == "10 to 64"
    assert Words("sign", "clip").say("10 to 64 (article), a recording") == "10 to 64 (article), a clip"


@pytest.mark.parametrize(("one", "many"), [("class", "classes"), ("day", "days"), ("city", "cities"), ("tag", "tags")])
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many
