"""What is asked for comes to light, what is pointed at is there already."""

from __future__ import annotations

import pytest

from auslan_explorer.core.groups import built_in_groups
from auslan_explorer.core.selection import (
    clear_selection,
    pick,
    pick_signs,
    select,
    select_group,
    select_sign,
    show_all,
    shown_of_sign,
    toggle,
)
from auslan_explorer.core.session import Session, SessionState
from tests.made_up import made_up_activations


@pytest.fixture
def session() -> Session:
    """Only two signs and one split are shown."""
    session = Session(made_up_activations())
    session.update(visible_signs=frozenset({0, 1}), splits=frozenset({0}))
    return session


def test_what_is_asked_for_comes_to_light_in_one_change(session: Session) -> None:
    heard: list[SessionState] = []
    session.changed.connect(lambda new, old: heard.append(new))
    a = session.activations
    hidden = int(a.sign.searchsorted(2)) + 5
    select(session, [hidden, 0], step=int(a.first_step[hidden]) + 3)
    assert session.state.selected == (hidden, 0) and session.shown()[[hidden, 0]].all()
    assert session.state.visible_signs == {0, 1, 2} and session.state.splits == {0, int(a.split[hidden])}
    assert session.state.steps_reached(a, hidden) == 4 and len(heard) == 1


def test_asking_for_a_sign_shows_all_of_it(session: Session) -> None:
    select_sign(session, 3)
    assert session.shown()[session.activations.sign == 3].all() and len(session.state.selected) == 6


def test_what_is_pointed_at_brings_nothing_else_to_light(session: Session) -> None:
    before = session.state.visible_signs, session.state.splits
    pick(session, (1, 2))
    pick(session, (0,), adds=True)
    assert session.state.selected == (0, 1, 2)
    toggle(session, (1, 2), adds=True)
    assert session.state.selected == (0,)
    toggle(session, (0, 3), adds=True)
    assert session.state.selected == (0, 3)
    toggle(session, (2,))
    assert session.state.selected == (2,)
    pick_signs(session, (1, 3))
    assert set(session.activations.sign[list(session.state.selected)]) == {1}
    pick_signs(session, (3,))
    assert session.state.selected == ()
    assert (session.state.visible_signs, session.state.splits) == before


def test_nothing_is_selected_once_it_is_cleared(session: Session) -> None:
    pick(session, (1,))
    clear_selection(session)
    assert session.state.selected == ()


def test_only_what_is_shown_of_a_sign_can_be_pointed_at(session: Session) -> None:
    assert shown_of_sign(session, 0) == (0, 1, 2, 3) and shown_of_sign(session, 3) == ()


def test_all_is_shown_with_nothing_isolated_and_the_selection_as_it_was(session: Session) -> None:
    session.update(selected=(1, 2), isolate=True)
    show_all(session)
    state = session.state
    assert state.visible_signs == {0, 1, 2, 3} and state.splits == {0, 1, 2} and not state.isolate
    assert state.selected == (1, 2)
    groups = {group.name: group for group in built_in_groups(session.activations, 0.25)}
    session.update(visible_signs=frozenset({0}), isolate=True)
    select_group(session, groups["All"])
    assert session.state.visible_signs == {0, 1, 2, 3} and session.state.selected == ()
    session.update(splits=frozenset({1}))
    select_group(session, groups["Misclassified, train"])
    assert session.state.selected == (0,) and 0 in session.state.splits
