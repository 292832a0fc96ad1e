"""Playback clock: converts elapsed time to the step that is due. It has no timer and no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .errors import UserError

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Times real time that the window offers."""
FIRST_SPEED = 0.25
"""A recording lasts less than a second: at real time a person sees little."""
RATE = 100.0
"""Steps a second at real time: the gloves reported close to 100 frames a second."""
LONGEST_SECONDS = 10.0
"""Longest time that playing a recording takes at speed 1."""
SCALED_SECONDS = 2.5
"""Time that one takes that would be longer: at the first speed it is as long as `LONGEST_SECONDS`."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_UNITS = ((_DAY, "d", _HOUR, "h"), (_HOUR, "h", _MINUTE, "min"), (_MINUTE, "min", 1, "s"))


def steps_per_second(seconds_per_step: float) -> float:
    """Return the steps a second at real time; that of the gloves where the seconds of a step are not known (0)."""
    return 1 / seconds_per_step if seconds_per_step > 0 else RATE


def playback_rate(seconds_per_step: float, steps: int) -> float:
    """Return the steps a second at speed 1: real time, where that is bearable.

    Steps of an hour, or thousands of steps, would crawl: a recording that would take longer than `LONGEST_SECONDS`
    takes `SCALED_SECONDS`.
    """
    rate = steps_per_second(seconds_per_step)
    return rate if steps <= LONGEST_SECONDS * rate else steps / SCALED_SECONDS


def time_text(seconds: float, decimals: int | None = None) -> str:
    """Return a time with its units: "0.34 s", "2 min 5 s", "5 h 30 min", "3 d 4 h".

    Parameters
    ----------
    seconds : float
        Not below zero.
    decimals : int, optional
        Of seconds below a minute; without it as many as they need, four digits at most.
    """
    if seconds < _MINUTE:
        return f"{seconds:.4g} s" if decimals is None else f"{seconds:.{decimals}f} s"
    long, name, short, its_name = next(unit for unit in _UNITS if seconds >= unit[0])
    whole, left = divmod(round(seconds / short), long // short)
    return f"{whole} {name} {left} {its_name}" if left else f"{whole} {name}"


class Repeat(StrEnum):
    """What playback does after the last step of the section."""

    ONCE = "once"
    LOOP = "loop"
    BOUNCE = "bounce"
    """Back to the first step, step by step, and forward again."""


@dataclass
class PlaybackClock:
    """Converts elapsed seconds to steps.

    Attributes
    ----------
    steps : int
        Steps from 0 to ``steps - 1``.
    rate : float
        Steps a second at speed 1.
    speed : float
        Times real time.
    repeat : Repeat
    section : tuple of int, optional
        First and last step that are played; by default all.
    every_step : bool
        Never jump over a step, however much time has passed: the speed gives way.
    playing : bool
    step : int
        The step that is due.
    forward : bool
        False on the way back of a bounce.
    """

    steps: int
    rate: float = RATE
    speed: float = 1.0
    repeat: Repeat = Repeat.ONCE
    section: tuple[int, int] | None = None
    every_step: bool = False
    playing: bool = False
    step: int = 0
    forward: bool = True
    _passed: float = 0.0
    """How much of the present step's time has gone by, 0 to 1."""

    def __post_init__(self) -> None:
        if self.steps < 1 or not self.rate > 0 or not self.speed > 0:
            raise UserError("Playback needs at least one step and a speed above zero.")

    @property
    def bounds(self) -> tuple[int, int]:
        """First and last step that are played."""
        first, last = self.section or (0, self.steps - 1)
        first = min(max(first, 0), self.steps - 1)
        return first, min(max(last, first), self.steps - 1)

    def play(self) -> None:
        """Start playing; from the section's first step if its end was reached or the step lies outside it."""
        first, last = self.bounds
        if not first <= self.step < last:
            self.step = first
        self._passed, self.forward, self.playing = 0.0, True, True

    def pause(self) -> None:
        """Stop at the present step."""
        self.playing = False

    def seek(self, step: int) -> None:
        """Go to a step, clipped to the range; a bounce goes forward from there."""
        self.step = min(max(step, 0), self.steps - 1)
        self._passed, self.forward = 0.0, True

    def advance(self, seconds: float) -> int:
        """Advance the clock by `seconds` and return the step that is due; without repeat, stop at the section's end."""
        if self.playing:
            passed = self._passed + seconds * self.rate * self.speed
            if self.every_step:
                passed = min(passed, 1.0)
            whole = int(passed)
            self._passed = passed - whole
            if whole:
                self._move(whole)
        return self.step

    def _move(self, steps: int) -> None:
        first, last = self.bounds
        length = last - first + 1
        if self.step < first or (self.repeat is Repeat.ONCE and self.step <= last):
            # Before the section one plays into it.
            self.step = min(self.step + steps, last)
            if self.repeat is Repeat.ONCE and self.step == last:
                self.playing, self._passed = False, 0.0
        elif self.repeat is Repeat.ONCE:
            self.playing, self._passed = False, 0.0
        elif self.repeat is Repeat.LOOP:
            self.step = first + (min(self.step, last) - first + steps) % length
        elif length > 1:
            # Unfolded, a bounce goes round: there over all steps, and back over those between the ends.
            around = 2 * (length - 1)
            place = min(self.step, last) - first
            place = ((place if self.forward else around - place) + steps) % around
            self.forward = place < length - 1
            self.step = first + (place if place < length else around - place)
