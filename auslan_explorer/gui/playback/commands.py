"""What the actions of the playback do."""

from __future__ import annotations

from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Session
from auslan_explorer.gui.playback.controller import Playback

TAILS = (1, 2, 3, 5, 8, 12, 20, 30, 45, 60)
"""Lengths of a trail that keys go through; beyond the last, paths are drawn whole."""


class PlayingCommands:
    """One method an action.

    Parameters
    ----------
    session : Session
    playback : Playback
    """

    def __init__(self, session: Session, playback: Playback) -> None:
        self._session = session
        self._playback = playback

    def toggle(self) -> None:
        """Play, or pause where it is."""
        self._playback.toggle()

    def step_by(self, steps: int) -> None:
        """Stop, and go some steps on or back."""
        self._playback.step_by(steps)

    def first_step(self) -> None:
        """Stop, and go to the first step."""
        self._playback.pause()
        self._playback.go(0)

    def last_step(self) -> None:
        """Stop, and show the paths whole."""
        self._playback.pause()
        self._playback.go(self._playback.last_step)

    def change_speed(self, places: int) -> None:
        """Play faster (+1) or more slowly (-1)."""
        self._playback.change_speed(places)

    def toggle_repeat(self, repeat: Repeat) -> None:
        """Repeat in this way, or not at all."""
        self._playback.toggle_repeat(repeat)

    def toggle_every_step(self) -> None:
        """Keep every step, or the speed."""
        self._session.update(every_step=not self._session.state.every_step)

    @property
    def section(self) -> tuple[int, int]:
        """First and last step that are played."""
        return self._session.state.section or (0, self._playback.last_step)

    def begin_section(self) -> None:
        """Let the section begin at the present step."""
        step = self._session.state.step
        self._playback.set_section(step, max(self.section[1], step))

    def end_section(self) -> None:
        """Let the section end at the present step."""
        step = self._session.state.step
        self._playback.set_section(min(self.section[0], step), step)

    def no_section(self) -> None:
        """Play all steps again."""
        self._session.update(section=None)

    def line_up(self, alignment: Alignment) -> None:
        """Line recordings up in another way."""
        self._session.update(alignment=alignment)

    def change_tail(self, places: int) -> None:
        """Make trails longer (+1) or shorter (-1); the longest draws paths whole."""
        tail, head = self._session.state.trail
        lengths = [length for length in TAILS if length < self._playback.last_step + 1]
        if not lengths:
            return
        # Whole paths count as one place beyond the longest trail.
        at = len(lengths) if tail == 0 else sum(length < tail for length in lengths)
        at = min(max(at + places, 0), len(lengths))
        self._session.update(trail=Trail(lengths[at] if at < len(lengths) else 0, head))
