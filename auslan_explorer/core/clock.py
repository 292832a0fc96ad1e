"""Playback clock: which step is due. No timer and no Qt in it; views follow it."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import UserError

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Times real time that the window offers."""


@dataclass
class PlaybackClock:
    """Turns elapsed seconds into steps.

    Attributes
    ----------
    steps : int
        Steps from 0 to ``steps - 1``.
    rate : float
        Steps a second at speed 1.
    speed : float
        Times real time.
    loop : bool
        Begin again after the last step.
    """

    steps: int
    rate: float = 100.0
    speed: float = 1.0
    loop: bool = False
    playing: bool = False
    position: float = 0.0

    def __post_init__(self) -> None:
        if self.steps < 1 or not self.rate > 0 or not self.speed > 0:
            raise UserError("Playback needs at least one step and a speed above zero.")

    @property
    def step(self) -> int:
        """The step that is due."""
        return min(int(self.position), self.steps - 1)

    def play(self) -> None:
        """Start; from the beginning if the end was reached."""
        if self.step >= self.steps - 1:
            self.position = 0.0
        self.playing = True

    def pause(self) -> None:
        """Stop where it is."""
        self.playing = False

    def seek(self, step: int) -> None:
        """Go to a step, kept within range."""
        self.position = float(min(max(step, 0), self.steps - 1))

    def advance(self, seconds: float) -> int:
        """Let time pass and return the step that is due; stops at the end unless looping."""
        if self.playing:
            self.position += seconds * self.rate * self.speed
            if self.position >= self.steps:
                if self.loop:
                    self.position %= self.steps
                else:
                    self.position = float(self.steps - 1)
                    self.playing = False
        return self.step
