from __future__ import annotations

import pytest

from auslan_explorer.core.clock import LONGEST_SECONDS, SCALED_SECONDS, PlaybackClock, Repeat, playback_rate, time_text
from auslan_explorer.core.errors import UserError


def steps_of(clock: PlaybackClock, ticks: int, seconds: float) -> list[int]:
    return [clock.advance(seconds) for _ in range(ticks)]


def test_it_runs_at_its_speed_stops_at_the_end_and_starts_over() -> None:
    clock = PlaybackClock(steps=90, rate=100, speed=0.5)
    clock.play()
    assert clock.advance(1.0) == 50
    assert clock.advance(5.0) == 89 and not clock.playing
    clock.play()
    assert clock.step == 0 and clock.playing


@pytest.mark.parametrize("speed", [0.125, 1.0, 8.0])
def test_speed_is_kept_however_time_is_cut_up(speed: float) -> None:
    clock = PlaybackClock(steps=100_000, speed=speed)
    clock.play()
    for seconds in (0.016, 0.25, 0.0031) * 50:
        clock.advance(seconds)
    assert abs(clock.step - 50 * (0.016 + 0.25 + 0.0031) * 100 * speed) <= 1


def test_it_loops_and_seeks_within_range() -> None:
    clock = PlaybackClock(steps=10, rate=10, repeat=Repeat.LOOP)
    clock.play()
    assert clock.advance(1.25) == 2 and clock.playing
    clock.seek(99)
    assert clock.step == 9
    clock.seek(-3)
    assert clock.step == 0
    with pytest.raises(UserError):
        PlaybackClock(steps=0)


def test_it_bounces_and_shows_both_ends_once_each_way() -> None:
    clock = PlaybackClock(steps=4, rate=1, repeat=Repeat.BOUNCE)
    clock.play()
    assert steps_of(clock, 8, 1.0) == [1, 2, 3, 2, 1, 0, 1, 2]
    # Many steps at once end where as many single ones would.
    clock.play()
    clock.seek(0)
    assert clock.advance(5 * 6 + 4) == 2 and not clock.forward
    assert clock.advance(1) == 1


@pytest.mark.parametrize("repeat", [Repeat.LOOP, Repeat.BOUNCE])
def test_a_section_is_all_that_is_played(repeat: Repeat) -> None:
    clock = PlaybackClock(steps=20, rate=1, repeat=repeat, section=(5, 8))
    clock.play()
    assert clock.step == 5
    assert set(steps_of(clock, 40, 1.0)) == {5, 6, 7, 8}
    # A person may look before the section: it is played into, not jumped to.
    clock.seek(3)
    assert steps_of(clock, 2, 1.0) == [4, 5]
    clock.seek(15)
    assert 5 <= clock.advance(1) <= 8


def test_a_section_once_stops_at_its_end_and_begins_at_its_start() -> None:
    clock = PlaybackClock(steps=20, rate=1, section=(5, 8))
    clock.seek(17)
    clock.play()
    assert steps_of(clock, 4, 1.0) == [6, 7, 8, 8] and not clock.playing
    clock.section = (4, 4)
    clock.repeat = Repeat.BOUNCE
    clock.play()
    assert steps_of(clock, 3, 1.0) == [4, 4, 4]
    clock.section = (30, 90)
    assert clock.bounds == (19, 19)


def test_every_step_is_shown_and_the_speed_gives_way() -> None:
    clock = PlaybackClock(steps=30, speed=8, every_step=True, repeat=Repeat.LOOP)
    clock.play()
    shown = [0, *steps_of(clock, 59, 0.2)]
    assert shown == list(range(30)) * 2
    clock.every_step = False
    assert clock.advance(0.0126) == (shown[-1] + 10) % 30


def test_one_step_only() -> None:
    for repeat in Repeat:
        clock = PlaybackClock(steps=1, repeat=repeat)
        clock.play()
        assert steps_of(clock, 3, 1.0) == [0, 0, 0]


def test_each_speed_is_twice_the_one_before_and_real_time_is_among_them() -> None:
    from itertools import pairwise

    from auslan_explorer.core.clock import SPEEDS

    assert SPEEDS[0] == 0.125 and SPEEDS[-1] == 8 and 1 in SPEEDS
    assert all(faster == 2 * slower for slower, faster in pairwise(SPEEDS))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"), (0.34, "0.34 s"), (59.5, "59.5 s"), (125.0, "2 min 5 s"), (3599.9, "60 min"), (18_000.0, "5 h"),
        (19_799.0, "5 h 30 min"), (273_600.0, "3 d 4 h"), (1e7, "115 d 18 h"),
    ],
)  # fmt: skip
def test_long_times_are_told_in_minutes_hours_and_days(seconds: float, text: str) -> None:
    assert time_text(seconds) == text
    assert time_text(0.5, decimals=2) == "0.50 s"


@pytest.mark.parametrize(
    ("seconds_per_step", "steps", "rate"),
    [
        (0.0, 90, 100.0),  # gloves, in real time
        (0.5, 20, 2.0),  # ten seconds are borne
        (3600.0, 24, 24 / SCALED_SECONDS),  # a day by the hour
        (0.0, 1500, 1500 / SCALED_SECONDS),
        (1e-4, 16_000, 10_000.0),
    ],
)
def test_a_recording_is_played_in_seconds(seconds_per_step: float, steps: int, rate: float) -> None:
    assert playback_rate(seconds_per_step, steps) == rate
    assert steps / rate <= LONGEST_SECONDS


def test_a_clock_that_is_paused_or_past_its_section_stays_where_it_is() -> None:
    clock = PlaybackClock(steps=20, rate=1, section=(5, 8))
    clock.play()
    assert clock.advance(1.5) == 6
    clock.pause()
    assert clock.advance(3.0) == 6 and not clock.playing
    clock.play()
    assert clock.advance(0.6) == 6, "what had passed before the pause is forgotten"
    clock.seek(12)
    assert clock.advance(1.5) == 12 and not clock.playing
    clock.play()
    assert clock.step == 5 and clock.advance(0.9) == 5, "a play begins at the section's first step, and anew"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(59.99, "59.99 s"), (60, "1 min"), (61, "1 min 1 s"), (3599, "59 min 59 s"), (3600, "1 h"), (3660, "1 h 1 min"),
     (86_400, "1 d"), (90_000, "1 d 1 h")],
)  # fmt: skip
def test_a_time_is_told_in_the_largest_unit_that_it_fills(seconds: float, text: str) -> None:
    assert time_text(seconds) == text
