from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import (
    COMPARISONS,
    LONGEST_NAME,
    Kind,
    UserGroup,
    built_in_groups,
    free_name,
    numbered,
)
from auslan_explorer.core.names import RecordingName, find_named, name_recordings
from auslan_explorer.core.selection import select_group, select_sign
from auslan_explorer.core.session import Session
from auslan_explorer.core.words import Words
from auslan_explorer.io.published import ARTICLE_SIGNS
from tests.made_up import made_up_activations


def with_hands():  # type: ignore[no-untyped-def]
    a = made_up_activations()
    return replace(a, hand_ratio=np.linspace(0, 0.5, len(a)).astype(np.float32), signs=("drink", "danger", "x", "y"))


def test_recordings_are_found_by_name_in_another_cache() -> None:
    a = made_up_activations()
    some = (3, 17, 5)
    names = name_recordings(a, some)
    assert names[0].sign == "alive" and names[1].sign == "drink"
    # Another cache: the other way round.
    turned = replace(a, sign=a.sign[::-1].copy(), session=a.session[::-1].copy(), trial=a.trial[::-1].copy())
    found, missing = find_named(turned, names)
    assert missing == 0 and name_recordings(turned, found) == names
    assert find_named(a, [RecordingName("nobody", 1, 1), RecordingName("alive", 99, 1), *names]) == (some, 2)


def test_recordings_of_one_name_are_told_apart() -> None:
    a = made_up_activations()
    nameless = replace(a, session=np.zeros_like(a.session), trial=np.zeros_like(a.trial))
    assert find_named(nameless, name_recordings(nameless, [4, 9, 1])) == ((4, 9, 1), 0)


def test_built_in_groups_hold_what_they_say() -> None:
    a = with_hands()
    groups = {group.name: group for group in built_in_groups(a, 0.25)}
    assert groups["All"].recordings.all()
    np.testing.assert_array_equal(groups["One-handed"].recordings, a.hand_ratio < 0.25)
    np.testing.assert_array_equal(groups["Two-handed"].recordings, a.hand_ratio >= 0.25)
    np.testing.assert_array_equal(groups["Misclassified, train"].recordings, a.predicted != a.sign)
    np.testing.assert_array_equal(groups["drink – danger"].recordings, a.sign < 2)
    assert groups["Misclassified, test"].disabled_reason == "The network makes no mistake there."
    assert "“who”" in groups["who – soon"].disabled_reason and groups["who – soon"].count == 0
    assert len([group for group in groups.values() if group.kind is Kind.COMPARISON]) == len(COMPARISONS) == 7


def test_what_is_not_known_leaves_groups_empty_with_a_reason() -> None:
    groups = {group.name: group for group in built_in_groups(made_up_activations(), 0.25)}
    assert "hands" in groups["One-handed"].disabled_reason and groups["Two-handed"].count == 0
    a = made_up_activations()
    unknown = replace(a, predicted=np.full(len(a), -1, np.int16))
    assert "answered" in built_in_groups(unknown, 0.25)[3].disabled_reason
    unsplit = replace(a, split=np.full(len(a), 255, np.uint8))
    mistakes = [group for group in built_in_groups(unsplit, 0.25) if group.kind is Kind.MISCLASSIFIED]
    assert [(group.name, group.count) for group in mistakes] == [
        ("Misclassified, split not known", int((a.predicted != a.sign).sum()))
    ]


def test_choosing_brings_hidden_recordings_to_light_and_all_lets_go() -> None:
    session = Session(with_hands())
    a = session.activations
    session.update(visible_signs=frozenset({3}), splits=frozenset({2}))
    groups = built_in_groups(a, 0.25)
    wrong = groups[3]
    select_group(session, wrong)
    assert session.state.selected == (0,) and session.shown()[0]
    select_group(session, groups[0])
    assert session.state.selected == () and session.shown().all()
    select_sign(session, 1)
    assert session.state.selected == tuple(range(6, 12))


def test_own_groups_and_their_names() -> None:
    a = made_up_activations()
    own = UserGroup("mine", tuple(name_recordings(a, [2, 8])))
    assert np.flatnonzero(own.group(a).recordings).tolist() == [2, 8] and not own.group(a).disabled_reason
    assert UserGroup("gone", (RecordingName("x", 1, 1),)).group(a).disabled_reason
    assert free_name("  two \n words ", (own,)) == "two words"
    for bad in ("", "  ", "MINE"):
        with pytest.raises(UserError):
            free_name(bad, (own,))


def test_other_data_have_no_groups_of_hands_nor_of_the_article_s_signs() -> None:
    a = replace(with_hands(), words=Words("word", "sentence"))
    kinds = [group.kind for group in built_in_groups(a, 0.25)]
    assert Kind.COMPARISON not in kinds and Kind.HANDS not in kinds
    assert kinds == [each.kind for each in built_in_groups(with_hands(), 0.25) if each.kind in kinds]


def test_a_split_without_recordings_and_one_without_answers_or_mistakes_say_so() -> None:
    a = made_up_activations()
    a = replace(a, split=np.where(a.split == 2, 1, a.split).astype(np.uint8))
    unknown = replace(a, predicted=np.where(a.split == 1, -1, a.predicted).astype(np.int16))
    reasons = {group.name: group.disabled_reason for group in built_in_groups(unknown, 0.25)}
    assert reasons["Misclassified, train"] == ""
    assert reasons["Misclassified, validation"] == "These activations do not hold what the network answered."
    assert reasons["Misclassified, test"] == "No recording belongs to the split “test”."


@pytest.mark.parametrize(("name", "number", "wanted"), [("a", 2, "a 2"), ("x" * 60, 2, "x" * 58 + " 2"),
                         ("x" * 60, 12, "x" * 57 + " 12"), ("x" * 55 + " y z", 123, "x" * 55 + " 123")])  # fmt: skip
def test_a_name_with_a_number_is_no_longer_than_names_may_be(name: str, number: int, wanted: str) -> None:
    assert LONGEST_NAME == 60 and numbered(name, number) == wanted


def test_the_signs_that_the_article_compares_are_signs_of_its_data() -> None:
    compared = [key for keys in COMPARISONS for key in keys]
    assert set(compared) <= set(ARTICLE_SIGNS)
    assert all(len(set(keys)) == len(keys) >= 2 for keys in COMPARISONS)
