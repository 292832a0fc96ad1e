"""Recordings are named by sign, session and trial, and by a number where these do not tell them apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from auslan_explorer.core.layers import hidden_and_cell
from auslan_explorer.core.names import (
    RecordingName,
    find_each,
    find_named,
    name_recordings,
    names_from_json,
    names_to_json,
    number_in_sign,
    stands_alone,
)
from auslan_explorer.io.cache import cache_from_arrays
from tests.made_up import made_up_activations


def test_recordings_of_one_session_and_trial_are_numbered_and_found_again() -> None:
    a = made_up_activations()
    session, trial = a.session.copy(), a.trial.copy()
    session[6:9], trial[6:9] = 2, 1  # three of the second sign
    session[12:14], trial[12:14] = 0, 0  # neither is known
    session[14], trial[14], session[15], trial[15] = 0, 7, 5, 0  # one of both is
    a = replace(a, session=session, trial=trial)
    names = name_recordings(a, [8, 6, 7, 0])
    second = RecordingName("computer_PC_", 2, 1)
    assert names == [second._replace(nth=2), second, second._replace(nth=1), RecordingName("alive", 1, 1)]
    assert find_each(a, names) == [8, 6, 7, 0]
    elsewhere = [second._replace(nth=3), RecordingName("nobody", 1, 1), RecordingName("alive", 2, 1)]
    assert find_named(a, [*names, *elsewhere, names[0]]) == ((8, 6, 7, 0), 3)
    assert [stands_alone(a, i) for i in (0, 6, 8, 12, 14, 15)] == [True, False, False, False, True, True]
    assert [number_in_sign(a, i) for i in (0, 5, 6, 8, 23)] == [1, 6, 1, 3, 6]


@pytest.mark.parametrize(
    "names",
    [[["alive", 1, 2]], [["alive", 0, 0, 3]], [], [["a", 1, 2], ["b", 3, 4, 1]]],
)
def test_names_are_read_as_they_are_written(names: list[Any]) -> None:
    assert names_to_json(names_from_json(names)) == names


@pytest.mark.parametrize(
    "entries",
    [None, {"alive": 1}, ["alive"], [["alive", 1]], [["alive", 1, 2, 3, 4]], [[1, 1, 2]], [["alive", -1, 2]],
     [["alive", 1, 2.0]], [["alive", True, 2]], [["alive", 1, 2, -1]], [[]]],
)  # fmt: skip
def test_what_is_no_name_is_refused(entries: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        names_from_json(entries)


def test_hidden_and_cell_states_of_one_layer_belong_together() -> None:
    states = np.zeros((9, 2), np.float32)
    layers = {"low": states, "low, cell state": states, "top, cell state": states}
    a = cache_from_arrays(states, [9], layer="top", layers=layers)
    pairs = {"top": "top", "top, cell state": "top", "low": "low", "low, cell state": "low"}
    for shown, hidden in pairs.items():
        assert hidden_and_cell(a.with_layer(shown)) == (hidden, f"{hidden}, cell state")
    alone = cache_from_arrays(states, [9], layer="top", layers={"low": states})
    assert hidden_and_cell(alone) is None and hidden_and_cell(made_up_activations()) is None
