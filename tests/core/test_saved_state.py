from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.saved_state import state_from_json, state_to_json
from auslan_explorer.core.session import Colouring, Layout, SessionState, opening_state
from tests.made_up import made_up_activations

A = made_up_activations()
OPENING = opening_state(A)
STATE = replace(
    OPENING,
    visible_signs=frozenset({0, 2}),
    splits=frozenset({0, 2}),
    selected=(14, 3),
    step=7,
    colouring=Colouring.SPLIT,
    log_scale=False,
    last_only=True,
    layout=Layout.MAP_3D,
    run_2d="20261124-first",
    alignment=Alignment.STRETCH,
    trail=Trail(12, 3),
    faint_jumps=True,
    ghost=True,
    neighbours=7,
    spread=True,
    landscape=True,
    flow=True,
    resting=HeldInput.MEAN,
    settled=True,
    speed=2.0,
    repeat=Repeat.BOUNCE,
    section=(2, 7),
    every_step=True,
)


def there_and_back(state: SessionState) -> Any:
    return json.loads(json.dumps(state_to_json(state, A), allow_nan=False))


def test_every_field_comes_back() -> None:
    assert state_from_json(there_and_back(STATE), A) == (STATE, [])
    assert state_from_json(there_and_back(OPENING), A) == (OPENING, [])
    # A field added later must be kept too.
    assert len(there_and_back(STATE)) == len(fields(SessionState))


def test_numbers_of_numpy_are_kept_as_numbers() -> None:
    state = replace(STATE, step=np.int64(7), points=np.bool_(True))  # type: ignore[arg-type]
    assert state_from_json(there_and_back(state), A) == (STATE, [])


def test_names_and_not_places_are_kept() -> None:
    order = np.arange(len(A))[::-1]
    # The same recordings the other way round, the signs too.
    other = replace(
        A,
        signs=A.signs[::-1],
        names=A.names[::-1],
        sign=(3 - A.sign[order]).astype(np.int16),
        session=A.session[order],
        trial=A.trial[order],
    )
    state, remarks = state_from_json(there_and_back(STATE), other)
    assert remarks == [] and state.visible_signs == {1, 3}
    assert state.selected == (len(A) - 1 - 14, len(A) - 1 - 3)


def test_what_is_not_among_these_activations_is_remarked() -> None:
    content = there_and_back(STATE)
    content["signs"].append("nobody")
    content["selected"] += [["nobody", 1, 1], ["alive", 99, 1]]
    content["step"] = 10**6
    content["section"] = [2, 10**6]
    content["hologram"] = True
    state, remarks = state_from_json(content, A)
    assert state.section == (2, A.steps - 1)
    assert state.visible_signs == {0, 2} and state.selected == (14, 3) and state.step == A.steps - 1
    text = "; ".join(remarks)
    assert "1 sign (nobody)" in text and "2 selected recordings" in text and "hologram" in text


@pytest.mark.parametrize("name", [*there_and_back(STATE)])
@pytest.mark.parametrize("value", [None, "x", -1.5, 10**400, [], [[]], [1, 2], {}, [None], [["alive", "1", 1]], ["x"]])
def test_wrong_types_are_remarked_or_clamped_and_the_rest_is_taken(name: str, value: Any) -> None:
    content = there_and_back(STATE)
    content[name] = value
    state, _ = state_from_json(content, A)
    assert 0 <= state.step < A.steps and all(0 <= i < len(A) for i in state.selected)
    assert isinstance(state.colouring, Colouring) and isinstance(state.points, bool)
    untouched = {"signs": "visible_signs"}
    for other in set(content) - {name}:
        field = untouched.get(other, other)
        assert getattr(state, field) == getattr(STATE, field)
    state.shown(A)


def test_nothing_at_all_is_the_opening_state() -> None:
    assert state_from_json({}, A) == (OPENING, [])


@pytest.mark.parametrize(
    "value", [[1], [1, 2, 3], [1, 2.5], [1, "2"], "12", 1, {"0": 1, "1": 2}, [True, 2], [1, 10**20]]
)
@pytest.mark.parametrize("name", ["section", "trail"])
def test_what_is_no_pair_of_whole_numbers_is_remarked(name: str, value: Any) -> None:
    found, remarks = state_from_json({name: value}, A)
    assert found == OPENING and remarks == [f"{name} cannot be read"]


def test_splits_of_which_there_are_none_are_remarked_and_all_are_shown() -> None:
    a = replace(A, split=np.where(A.split == 2, 1, A.split).astype(np.uint8))
    found, remarks = state_from_json({"splits": ["test"]}, a)
    assert found.splits == opening_state(a).splits
    assert remarks == ["the splits that it shows are not among these activations, so all are shown"]
    assert state_from_json({"splits": ["test", "train"]}, a)[1] == []
    assert state_from_json({"splits": []}, a) == (replace(opening_state(a), splits=frozenset()), [])
