"""The playback's controller alone, without a window: what a tick does, and what each command makes of the state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.core.playing import Trail
from auslan_explorer.core.session import Session
from auslan_explorer.gui.playback.controller import LONGEST_TICK, TRAILS, Playback, speed_text
from tests.made_up import STEPS, made_up_activations


class Presenter(QObject):
    """Views that are told whether they are behind."""

    presented = Signal(int)
    behind = False

    def is_current(self) -> bool:
        return not self.behind


class Elapsed:
    """A clock of the wall that stands still between ticks."""

    seconds = 0.0
    begun = 0

    def nsecsElapsed(self) -> int:
        return round(self.seconds * 1e9)

    def start(self) -> None:
        self.begun += 1

    restart = start


@pytest.fixture
def session() -> Session:
    return Session(made_up_activations())


@pytest.fixture
def playback(qapp: object, session: Session) -> Iterator[Playback]:
    """Playback of one step in each twentieth of a second, whose timer never comes of itself."""
    made = Playback(session, None)
    made._elapsed = Elapsed()  # type: ignore[assignment]
    made._timer.setInterval(10_000_000)
    session.update(speed=1.0, step=0)
    made.clock.rate = 20.0
    yield made
    made.pause()


def test_steps_that_are_due_wait_for_views_that_are_behind_but_not_for_ever(
    playback: Playback, session: Session
) -> None:
    views = Presenter()
    playback.wait_for(views)
    playback.play()
    playback._elapsed.seconds = 0.05  # type: ignore[attr-defined]
    playback._tick()
    assert session.state.step == 1
    views.behind = True
    playback._tick()
    assert session.state.step == 1, "it waits for what is not drawn yet"
    playback._elapsed.seconds = LONGEST_TICK + 1  # type: ignore[attr-defined]
    playback._tick()
    assert session.state.step == 1 + round(20 * LONGEST_TICK), "and counts no more than the longest tick"
    session.update(every_step=True)
    playback._tick()
    assert session.state.step == 6, "where no step may be skipped it waits as long as it takes"
    views.behind = False
    views.presented.emit(6)
    assert session.state.step == 7, "a step that is drawn brings the next at once"
    playback.pause()
    views.presented.emit(7)
    assert session.state.step == 7


def test_a_held_clock_counts_no_time(playback: Playback, session: Session) -> None:
    playback.play()
    begun = playback._elapsed.begun  # type: ignore[attr-defined]
    playback._elapsed.seconds = 0.05  # type: ignore[attr-defined]
    playback.hold(True)
    playback._tick()
    assert session.state.step == 0 and playback._elapsed.begun == begun + 1  # type: ignore[attr-defined]
    playback.hold(False)
    playback._tick()
    assert session.state.step == 1


def test_starting_stopping_and_the_end_are_announced(playback: Playback, session: Session) -> None:
    heard: list[bool] = []
    playback.changed.connect(lambda: heard.append(playback.playing))
    playback.pause()
    assert heard == [], "what stands still does not stop"
    playback.toggle()
    assert heard == [True] and playback._timer.isActive()
    playback.toggle()
    assert heard == [True, False] and not playback._timer.isActive()
    session.update(step=STEPS - 2)
    playback.play()
    playback._elapsed.seconds = 0.2  # type: ignore[attr-defined]
    playback._tick()
    assert heard == [True, False, True, False] and session.state.step == STEPS - 1 and not playback._timer.isActive()
    playback.play()
    assert session.state.step == 0, "from the beginning where it was at the end"
    session.open(made_up_activations(seed=1))
    assert heard[-1] is False and not playback._timer.isActive() and playback.step == STEPS - 1


def test_steps_are_gone_to_within_the_range(playback: Playback, session: Session) -> None:
    for step, reached in ((5, 5), (-1, 0), (STEPS, STEPS - 1)):
        playback.play()
        playback.go(step)
        assert session.state.step == reached and playback.playing
        playback.stop_at(step)
        assert session.state.step == reached and not playback.playing
    playback.go(5)
    playback.play()
    playback.step_by(-2)
    assert session.state.step == 3 and not playback.playing
    playback.step_by(10_000)
    assert session.state.step == playback.step == playback.last_step == STEPS - 1


def test_speeds_and_repeats_go_round_their_lists(playback: Playback, session: Session) -> None:
    playback.set_speed(SPEEDS[1])
    for places, speed in ((-1, SPEEDS[0]), (-1, SPEEDS[0]), (2, SPEEDS[2]), (100, SPEEDS[-1]), (-100, SPEEDS[0])):
        playback.change_speed(places)
        assert session.state.speed == speed == playback.clock.speed
    for repeat, now in ((Repeat.LOOP, Repeat.LOOP), (Repeat.BOUNCE, Repeat.BOUNCE), (Repeat.BOUNCE, Repeat.ONCE)):
        playback.toggle_repeat(repeat)
        assert session.state.repeat is now is playback.clock.repeat
    assert [speed_text(speed) for speed in (0.125, 0.25, 0.5, 1.0, 2.0)] == ["1/8×", "1/4×", "1/2×", "1×", "2×"]


@pytest.mark.parametrize(
    ("first", "last", "section"),
    [
        (3, 9, (3, 9)),
        (-5, 9, (0, 9)),
        (3, 99, (3, STEPS - 1)),
        (0, STEPS - 1, None),
        (-1, 99, None),
        (9, 3, None),
        (4, 4, (4, 4)),
    ],
)
def test_a_section_lies_within_the_range_and_all_of_it_is_none(
    playback: Playback, session: Session, first: int, last: int, section: tuple[int, int] | None
) -> None:
    playback.set_section(first, last)
    assert session.state.section == section == playback.clock.section


def test_trails_grow_and_shrink_through_those_that_fit(playback: Playback, session: Session) -> None:
    fitting = [length for length in TRAILS if length < STEPS]
    assert fitting[-1] == 12
    session.update(trail=Trail(fitting[0], 3))
    seen = []
    for _ in range(len(fitting) + 1):
        playback.change_trail(1)
        seen.append(tuple(session.state.trail))
    assert seen == [*((length, 3) for length in fitting[1:]), (0, 3), (0, 3)], "beyond the longest, whole paths"
    seen = []
    for _ in range(len(fitting) + 1):
        playback.change_trail(-1)
        seen.append(session.state.trail[0])
    assert seen == [*reversed(fitting), fitting[0]]


def test_other_data_are_played_as_the_state_says(playback: Playback, session: Session) -> None:
    session.update(speed=SPEEDS[1], repeat=Repeat.BOUNCE, every_step=True)
    session.open(made_up_activations(5, seed=3))
    clock, state = playback.clock, session.state
    assert (state.speed, state.repeat, state.every_step) == (SPEEDS[1], Repeat.BOUNCE, True)
    for field in ("speed", "repeat", "every_step", "section", "step"):
        assert getattr(clock, field) == getattr(state, field), field
    assert clock.steps == session.activations.steps
