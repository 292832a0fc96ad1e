from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.signs import readable_name
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION, article_split, session_split


def test_article_split_has_the_articles_counts() -> None:
    # 94 signs of 27 recordings, ten of them too long: 2528 in all (article, "Auslan sign classifier").
    per_sign = np.full(94, 27)
    per_sign[:10] -= 1
    sign = np.repeat(np.arange(94), per_sign)
    split = article_split(sign, seed=3)
    assert [(split == part).sum() for part in (TRAIN, VALIDATION, TEST)] == [1974, 277, 277]
    assert (np.bincount(sign[split == TRAIN]) == 21).all()
    assert np.bincount(sign[split == TEST], minlength=94).min() >= 2
    np.testing.assert_array_equal(split, article_split(sign, seed=3))
    assert (split != article_split(sign, seed=4)).any()


def test_too_few_recordings_of_a_sign_is_said() -> None:
    with pytest.raises(UserError, match="at least 23"):
        article_split(np.zeros(22, dtype=int))


def test_sessions_are_held_out_whole() -> None:
    session = np.tile(np.arange(1, 10), 5)
    split = session_split(session)
    assert set(session[split == TEST]) == {8, 9}
    assert set(session[split == VALIDATION]) == {7}
    with pytest.raises(UserError, match="sessions"):
        session_split(np.ones(9, dtype=int))


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("computer_PC_", "computer (PC)"),
        ("is_true_", "is it true?"),
        ("wait_notyet_", "wait / not yet"),
        ("flash-light", "flashlight"),
        ("not-my-problem", "not my problem"),
        ("God", "God"),
    ],
)
def test_readable_names(key: str, name: str) -> None:
    assert readable_name(key) == name
