from __future__ import annotations

import pytest

from auslan_explorer.core.fuzzy import match


def best(query: str, *texts: str) -> str:
    scored = [(found.score, text) for text in texts if (found := match(query, text)) is not None]
    return max(scored)[1]


@pytest.mark.parametrize(
    ("query", "first", "others"),
    [
        ("crazy", "crazy", ("Colour by answer", "think – crazy")),
        ("cbs", "Colour by sign", ("Colour by split one", "Names", "combs of steel")),
        ("exp fi", "Export film…", ("Export picture…", "Step back")),
        ("film exp", "Export film…", ("Export picture…",)),
        ("dark", "Dark", ("d a r k", "Mark dark")),
        ("mind", "change mind", ("man in dress",)),
        ("s", "shop", ("us", "Names")),
    ],
)
def test_the_one_that_is_meant_comes_first(query: str, first: str, others: tuple[str, ...]) -> None:
    assert best(query, *others, first) == first


def test_letters_must_be_there_in_order_and_places_name_them() -> None:
    assert match("zyx", "xyz") is None and match("crazyy", "crazy") is None
    found = match("cbt", "Colour by time")
    assert found is not None and found.places == {0, 7, 10}
    assert match("", "anything") is not None


def test_letters_that_fold_to_two_keep_their_places() -> None:
    found = match("tan", "İstanbul")
    assert found is not None and found.places == {2, 3, 4}


def test_each_word_of_a_query_counts() -> None:
    text = "Export film…"
    both, one, other = (match(query, text) for query in ("exp fi", "exp", "fi"))
    assert both is not None and one is not None and other is not None
    shorter_is_better = 0.02 * len(text)
    assert both.score == pytest.approx(one.score + other.score + shorter_is_better)
    assert both.places == one.places | other.places
    # "sign" is as good in both; only the first word tells them apart.
    assert best("colour sign", "Colour by sign", "c-o-l-o-u-r sign") == "Colour by sign"
