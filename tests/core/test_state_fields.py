"""What each field of the state is when a session opens, what its change redraws, and what its undoing is called."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

import pytest

from auslan_explorer.core.history import describe
from auslan_explorer.core.playing import WHOLE, Alignment
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import Colouring, Layout, SessionState, invalidated
from auslan_explorer.core.session_state import DECLARED, FADING, TRANSIENT, USER_PREFS
from auslan_explorer.core.state_fields import Dirty
from tests.made_up import NAMES

# For each field its value in a new session, what its change redraws, and how the change to another value is undone.
TABLE: dict[str, tuple[object, str, object, str]] = {
    "visible_signs": (frozenset(), "COLOURS SHOWN", frozenset({1}), "show “computer (PC)”"),
    "splits": (frozenset(), "COLOURS SHOWN", frozenset({0}), "splits"),
    "selected": (Selected(), "COLOURS SHOWN", Selected((1,)), "selection"),
    "step": (0, "STEP", 1, ""),
    "colouring": (Colouring.TIME, "COLOURS SHOWN", Colouring.DISTORTION, "colour by step distortion"),
    "log_scale": (True, "SCALED", False, "signed log scale off"),
    "points": (True, "SHOWN", False, "points off"),
    "lines": (True, "SHOWN", False, "lines off"),
    "faint_jumps": (False, "SHOWN", True, "faint lines over jumps on"),
    "labels": (True, "NAMES", False, "names off"),
    "last_only": (False, "COLOURS SHOWN", True, "only last steps on"),
    "layout": (Layout.BOTH, "", Layout.MAP_2D, "layout"),
    "isolate": (False, "SHOWN", True, "isolate"),
    "mistakes": (False, "MISTAKES", True, "names of mistakes on"),
    "hand_threshold": (0.25, "COLOURS", 0.3, "threshold of hand usage"),
    "neighbours": (12, "COLOURS", 20, "number of neighbours"),
    "label_column": ("", "COLOURS SHOWN", "word", "which labels"),
    "spread": (False, "SPREAD", True, "spread over retrained maps on"),
    "landscape": (False, "SPREAD", True, "decision landscape on"),
    "flow": (False, "SPREAD", True, "flow on"),
    "resting": (HeldInput.NONE, "MARKS", HeldInput.REST, "resting points"),
    "figure": (0, "NAMES", 3, "figure"),
    "run_2d": ("", "MOVED_2D", "a", "2-D map"),
    "run_3d": ("", "MOVED_3D", "a", "3-D map"),
    "alignment": (Alignment.NETWORK, "DATA", Alignment.START, "alignment"),
    "trail": (WHOLE, "SHOWN", None, "trail"),
    "ghost": (False, "MARKS", True, "whole paths beneath on"),
    "settled": (False, "MARKS", True, "settled steps on"),
    "speed": (0.25, "", 1.0, ""),
    "repeat": ("once", "", "loop", ""),
    "section": (None, "", (2, 5), ""),
    "every_step": (False, "", True, ""),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_field_redraws_what_it_touches_and_its_undoing_has_a_name(name: str) -> None:
    first, redraws, other, words = TABLE[name]
    before = SessionState()
    assert getattr(before, name) == first
    assert " ".join(str(part.name) for part in Dirty if part in invalidated([name])) == redraws
    if words:
        assert describe(before, replace(before, **{name: other}), NAMES) == words
    assert (not words) == (name in TRANSIENT)


def test_fields_that_are_kept_cross_fade_or_stay_out_of_a_second_map_are_these() -> None:
    assert list(DECLARED) == list(TABLE) == [each.name for each in fields(SessionState)]
    assert {"step", "speed", "repeat", "section", "every_step"} == TRANSIENT
    assert {"speed", "repeat", "every_step"} == USER_PREFS and {"selected", "isolate"} == FADING
    assert {name for name, each in DECLARED.items() if not each.shared} == {"layout", "run_2d", "run_3d"}
    assert {name: each.merges_with for name, each in DECLARED.items() if each.merges_with} == {
        "hand_threshold": {"colouring"}
    }
    assert {name: each.saved_as for name, each in DECLARED.items() if each.saved_as} == {"visible_signs": "signs"}
    assert not [each.name for each in fields(SessionState) if each.default is MISSING]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"visible_signs": frozenset({0, 1})}, "show 2 signs"),
        ({"hand_threshold": 0.4, "colouring": Colouring.HANDS}, "threshold of hand usage"),
        ({"hand_threshold": 0.4, "points": False}, "what is shown"),
        ({"figure": 3, "points": False}, "figure"),
        ({"selected": Selected((1,)), "visible_signs": frozenset({0}), "splits": frozenset({1})}, "selection"),
        ({"selected": Selected((1,)), "points": False}, "what is shown"),
        ({"selected": Selected((1,)), "step": 4}, "selection"),
        ({"visible_signs": frozenset({0}), "splits": frozenset({1})}, "what is shown"),
        ({}, "what is shown"),
    ],
)  # fmt: skip
def test_changes_of_several_fields_have_one_name(changes: dict[str, object], words: str) -> None:
    before = SessionState()
    assert describe(before, replace(before, **changes), NAMES) == words


def test_what_is_hidden_or_let_go_is_named_by_that() -> None:
    some = SessionState(visible_signs=frozenset({0, 1, 2}), selected=Selected((1,)), points=False)
    changed = {
        "hide “drink”": {"visible_signs": frozenset({0, 1})},
        "hide 2 signs": {"visible_signs": frozenset({0})},
        "ticks": {"visible_signs": frozenset({0, 1, 3})},
        "letting go": {"selected": Selected()},
        "points on": {"points": True},
    }
    assert [describe(some, replace(some, **change), NAMES) for change in changed.values()] == list(changed)
