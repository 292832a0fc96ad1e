from __future__ import annotations

import pytest

from auslan_explorer.core.history import MERGE_SECONDS, History
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Colouring, Layout, Session
from tests.made_up import made_up_activations


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session() -> Session:
    return Session(made_up_activations())


@pytest.fixture
def history(session: Session, clock: Clock) -> History:
    return History(session, clock)


def later(clock: Clock) -> None:
    clock.now += 2 * MERGE_SECONDS


def test_undo_and_redo_walk_through_every_state(session: Session, history: History, clock: Clock) -> None:
    states = [session.state]
    for change in ({"selected": (1, 2)}, {"colouring": Colouring.SIGN}, {"visible_signs": frozenset({2})},
                   {"layout": Layout.MAP_2D}):  # fmt: skip
        later(clock)
        session.update(**change)
        states.append(session.state)
    for state in reversed(states[:-1]):
        history.undo()
        assert session.state == state
    assert not history.can_undo and history.can_redo
    for state in states[1:]:
        history.redo()
        assert session.state == state
    assert not history.can_redo


def test_steps_are_no_entries_and_stay_where_they_are(session: Session, history: History, clock: Clock) -> None:
    session.update(step=3)
    assert not history.can_undo
    session.update(points=False)
    session.update(step=7)
    history.undo()
    assert session.state.points and session.state.step == 7


def test_a_step_that_came_with_a_figure_goes_with_it(session: Session, history: History) -> None:
    session.update(step=2)
    session.update(step=9, last_only=True)
    history.undo()
    assert session.state.step == 2 and not session.state.last_only


def test_fast_changes_of_one_field_merge_and_slow_ones_do_not(session: Session, history: History, clock: Clock) -> None:
    for signs in ({0, 1, 2}, {0, 1}, {0}):
        clock.now += MERGE_SECONDS / 2
        session.update(visible_signs=frozenset(signs))
    assert history.undo_name == "hide 3 signs"
    session.update(lines=False)
    later(clock)
    session.update(lines=True)
    names = []
    while history.can_undo:
        names.append(history.undo_name)
        history.undo()
    assert names == ["lines on", "lines off", "hide 3 signs"]


def test_a_drag_of_the_threshold_is_one_entry_with_the_colouring_it_began(session: Session, history: History) -> None:
    before = session.state
    for threshold in (0.26, 0.3, 0.4):
        session.update(hand_threshold=threshold, colouring=Colouring.HANDS)
    after = session.state
    assert history.undo_name == "threshold of hand usage"
    history.undo()
    assert session.state == before and not history.can_undo
    history.redo()
    assert session.state == after


def test_there_and_back_in_no_time_leaves_nothing(session: Session, history: History) -> None:
    session.update(selected=(1,))
    session.update(selected=())
    assert not history.can_undo


def test_after_undo_a_fast_change_is_an_entry_of_its_own_and_ends_redo(session: Session, history: History) -> None:
    session.update(selected=(1,))
    history.undo()
    session.update(selected=(2,))
    assert history.can_undo and not history.can_redo
    history.undo()
    assert session.state.selected == ()


def test_other_activations_end_the_history(session: Session, history: History) -> None:
    session.update(selected=(1,))
    heard: list[bool] = []
    history.changed.connect(lambda: heard.append(history.can_undo))
    session.open(made_up_activations(seed=2))
    assert heard == [False]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"visible_signs": frozenset({0, 2, 3})}, "hide “computer (PC)”"),
        ({"selected": (1,)}, "selection"),
        ({"splits": frozenset({0})}, "splits"),
        ({"log_scale": False}, "signed log scale off"),
        ({"colouring": Colouring.ANSWER}, "colour by answer"),
        ({"colouring": Colouring.ANSWER, "points": False}, "what is shown"),
    ],
)
def test_entries_are_named(session: Session, history: History, change: dict[str, object], name: str) -> None:
    session.update(**change)
    assert history.undo_name == name
    history.undo()
    assert history.redo_name == name


def test_undo_brings_the_map_before_back(session: Session, history: History, clock: Clock) -> None:
    own = session.projections[2]
    session.adopt_learned(2, "run", Projection(own.points + 1, own.prefix, "other", "other"))
    assert history.undo_name == "2-D map"
    later(clock)
    session.update(selected=(1,))
    history.undo()
    history.undo()
    assert session.projections[2] is own
    history.redo()
    assert session.projections[2] is not own
