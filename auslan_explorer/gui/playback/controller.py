"""Playback in the window: one clock without Qt, driven by one timer, told to the session."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, SignalInstance

from auslan_explorer.core.clock import SPEEDS, PlaybackClock, Repeat
from auslan_explorer.core.playing import Trail
from auslan_explorer.core.session import Session

TICK_MS = 8
"""So short that a step which is due does not wait long after the views have drawn the one before."""
LONGEST_TICK = 0.25
"""Seconds; when the window was busy for longer the film waits, so that no steps are jumped over unseen."""
TRAILS = (1, 2, 3, 5, 8, 12, 20, 30, 45, 60)
"""Lengths of a trail, in steps, that shortcuts go through; beyond the last, paths are drawn whole."""


def speed_text(speed: float) -> str:
    """Return a speed as people read it: ``1/4×``, ``2×``."""
    return f"{speed:g}×" if speed >= 1 else f"1/{1 / speed:g}×"


class Presenter(Protocol):
    """What shows steps: views, as `gui.views.panes.Views` has them.

    Signals
    -------
    presented(step)
        A step is on screen.
    """

    @property
    def presented(self) -> SignalInstance: ...

    def is_current(self) -> bool:
        """Return whether the present step is shown."""


class Playback(QObject):
    """Lets the session's step follow a clock; speed, repeats and section are the session's too.

    Signals
    -------
    changed()
        Started or stopped.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._presenter: Presenter | None = None
        self.clock = self._new_clock()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._elapsed = QElapsedTimer()
        self._held = False
        session.watch(("step", "speed", "repeat", "section", "every_step"), self._set_clock)
        session.data_changed.connect(self._reset)

    @property
    def playing(self) -> bool:
        return self.clock.playing

    @property
    def step(self) -> int:
        return self._session.state.step

    @property
    def last_step(self) -> int:
        return self.clock.steps - 1

    def toggle(self) -> None:
        """Play, or pause where it is."""
        self.pause() if self.playing else self.play()

    def play(self) -> None:
        """Start; from the beginning if the end was reached."""
        if self.last_step < 1 or not len(self._session.activations):
            return
        self.clock.play()
        self._elapsed.start()
        self._timer.start()
        self._session.update(step=self.clock.step)
        self.changed.emit()

    def pause(self) -> None:
        """Stop and keep the place."""
        if self.playing:
            self.clock.pause()
            self._timer.stop()
            self.changed.emit()

    def wait_for(self, presenter: Presenter) -> None:
        """Show each step only once these views show the one before.

        What is replaced before it was drawn costs time and shows nothing.
        """
        self._presenter = presenter
        presenter.presented.connect(self._on_presented)

    def hold(self, held: bool) -> None:
        """Keep time from passing while a person drags the slider."""
        self._held = held

    def go(self, step: int) -> None:
        """Show a step, kept within range; playback goes on from there."""
        self._session.update(step=min(max(step, 0), self.last_step))

    def step_by(self, steps: int) -> None:
        """Stop, and go some steps on or back."""
        self.pause()
        self.go(self.step + steps)

    def stop_at(self, step: int) -> None:
        """Stop, and go to a step."""
        self.pause()
        self.go(step)

    def set_speed(self, speed: float) -> None:
        """Play at one of the offered speeds."""
        self._session.update(speed=speed)

    def change_speed(self, places: int) -> None:
        """Take the next faster (+1) or slower (-1) of the offered speeds."""
        place = SPEEDS.index(self._session.state.speed) + places
        self.set_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    def toggle_repeat(self, repeat: Repeat) -> None:
        """Begin again after the last step in this way; or, if it does so already, stop there."""
        self._session.update(repeat=Repeat.ONCE if self._session.state.repeat is repeat else repeat)

    def set_section(self, first: int, last: int) -> None:
        """Play from one step to another alone; from the first to the last, there is no section."""
        first, last = max(first, 0), min(last, self.last_step)
        whole = (first, last) == (0, self.last_step)
        self._session.update(section=None if whole or first > last else (first, last))

    def begin_section(self) -> None:
        """Let the section begin at the present step."""
        _, last = self._section
        self.set_section(self.step, max(last, self.step))

    def end_section(self) -> None:
        """Let the section end at the present step."""
        first, _ = self._section
        self.set_section(min(first, self.step), self.step)

    @property
    def _section(self) -> tuple[int, int]:
        return self._session.state.section or (0, self.last_step)

    def change_trail(self, places: int) -> None:
        """Make trails longer (+1) or shorter (-1); the longest draws paths whole."""
        tail, head = self._session.state.trail
        lengths = [length for length in TRAILS if length < self.last_step + 1]
        if not lengths:
            return
        # Whole paths count as one place beyond the longest trail.
        at = len(lengths) if tail == 0 else sum(length < tail for length in lengths)
        at = min(max(at + places, 0), len(lengths))
        self._session.update(trail=Trail(lengths[at] if at < len(lengths) else 0, head))

    def _on_presented(self) -> None:
        # The next step need not wait for the timer where its time has come.
        if self.playing:
            self._tick()

    def _tick(self) -> None:
        seconds = self._elapsed.nsecsElapsed() / 1e9
        if self._held:
            self._elapsed.restart()
            return
        lags = self._presenter is not None and not self._presenter.is_current()
        if lags and (self.clock.every_step or seconds < LONGEST_TICK):
            return  # the time that passes meanwhile counts for the next step
        self._elapsed.restart()
        self._session.update(step=self.clock.advance(min(seconds, LONGEST_TICK)))
        if not self.clock.playing:
            self._timer.stop()
            self.changed.emit()

    def _set_clock(self) -> None:
        clock, new = self.clock, self._session.state
        clock.speed, clock.repeat, clock.every_step = new.speed, new.repeat, new.every_step
        clock.section = new.section
        # Someone else went to a step; the clock's own steps are there already, fraction and all.
        if new.step != clock.step:
            clock.seek(new.step)

    def _reset(self) -> None:
        self._timer.stop()
        self.clock = self._new_clock()
        self.changed.emit()

    def _new_clock(self) -> PlaybackClock:
        state = self._session.state
        return PlaybackClock(
            self._session.activations.steps,
            speed=state.speed,
            repeat=state.repeat,
            section=state.section,
            every_step=state.every_step,
            step=state.step,
        )
