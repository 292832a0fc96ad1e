"""The selection is a list of numbers to whoever reads it, and an array to whoever computes with it."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import SessionState


@pytest.mark.parametrize("given", [(4, 1, 9), [4, 1, 9], np.array([4, 1, 9], dtype=np.int32), iter((4, 1, 9))])
def test_it_is_what_it_was_made_of_in_the_same_order(given: object) -> None:
    chosen = Selected(given)  # type: ignore[arg-type]
    assert list(chosen) == [4, 1, 9] and len(chosen) == 3 and chosen[0] == 4 and chosen[1:] == (1, 9)
    assert 9 in chosen and 2 not in chosen and bool(chosen) and not Selected()
    assert chosen == (4, 1, 9) and chosen != (1, 4, 9) and chosen != (4, 1) and chosen != "419"
    assert hash(chosen) == hash((4, 1, 9)) and all(type(each) is int for each in chosen)


def test_its_mask_leaves_out_what_is_not_there() -> None:
    assert Selected((2, 0, 7, -1)).mask(4).tolist() == [True, False, True, False]
    assert np.isin([0, 1, 2], Selected((2, 0))).tolist() == [True, False, True]
    assert not Selected().mask(3).any()


def test_nobody_changes_it_from_outside() -> None:
    rows = np.array([1, 2])
    chosen = Selected(rows)
    rows[0] = 5
    assert chosen == (1, 2)
    with pytest.raises(ValueError, match="read-only"):
        chosen.rows[0] = 3


def test_a_state_takes_any_sequence_and_two_of_the_same_are_equal() -> None:
    assert SessionState(selected=(3, 1)) == SessionState(selected=Selected([3, 1]))  # type: ignore[arg-type]
    assert SessionState(selected=(3, 1)) != SessionState(selected=Selected([1, 3]))  # type: ignore[arg-type]
