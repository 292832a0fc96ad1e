"""Playback controller: a timer drives a Qt-free clock, which sets the session's step."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, SignalInstance

from auslan_explorer.core.clock import SPEEDS, PlaybackClock, Repeat, playback_rate
from auslan_explorer.core.playing import Trail
from auslan_explorer.core.session import Session

TICK_MS = 8
"""Timer interval; short, so that a due step is shown soon after the views have drawn the one before."""
LONGEST_TICK = 0.25
"""Most seconds counted per tick: after a longer pause of the window, playback waits instead of skipping steps."""
TRAILS = (1, 2, 3, 5, 8, 12, 20, 30, 45, 60)
"""Lengths of a trail, in steps, that the shortcuts go through; beyond the last, whole paths are drawn."""


def speed_text(speed: float) -> str:
    """Return a speed as text: ``1/4×``, ``2×``."""
    return f"{speed:g}×" if speed >= 1 else f"1/{1 / speed:g}×"


class Presenter(Protocol):
    """Interface of what shows steps; `gui.views.panes.Views` implements it.

    Signals
    -------
    presented(step)
        A step is on screen.
    """

    @property
    def presented(self) -> SignalInstance: ...

    def is_current(self) -> bool:
        """Return whether the present step is on screen."""


class Playback(QObject):
    """Advances the session's step by a clock; speed, repeat mode and section are in the session.

    Signals
    -------
    changed()
        Playback has started or stopped.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None) -> None:
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
        """Whether playback is running."""
        return self.clock.playing

    @property
    def step(self) -> int:
        """The session's present step, from 0."""
        return self._session.state.step

    @property
    def last_step(self) -> int:
        """The last step, from 0."""
        return self.clock.steps - 1

    def toggle(self) -> None:
        """Start or pause."""
        self.pause() if self.playing else self.play()

    def play(self) -> None:
        """Start playback; from the beginning if it is at the end."""
        if self.last_step < 1 or not len(self._session.activations):
            return
        self.clock.play()
        self._elapsed.start()
        self._timer.start()
        self._session.update(step=self.clock.step)
        self.changed.emit()

    def pause(self) -> None:
        """Stop at the present step."""
        if self.playing:
            self.clock.pause()
            self._timer.stop()
            self.changed.emit()

    def wait_for(self, presenter: Presenter) -> None:
        """Show each step only after `presenter` has shown the one before.

        A step that is replaced before it is drawn would cost time and show nothing.
        """
        self._presenter = presenter
        presenter.presented.connect(self._on_presented)

    def hold(self, held: bool) -> None:
        """Stop the clock while the user drags the slider, or let it run again."""
        self._held = held

    def go(self, step: int) -> None:
        """Go to a step, clamped to the range; playback continues from there."""
        self._session.update(step=min(max(step, 0), self.last_step))

    def step_by(self, steps: int) -> None:
        """Pause and move by a number of steps."""
        self.pause()
        self.go(self.step + steps)

    def stop_at(self, step: int) -> None:
        """Pause and go to a step."""
        self.pause()
        self.go(step)

    def set_speed(self, speed: float) -> None:
        """Set the speed, one of `SPEEDS`."""
        self._session.update(speed=speed)

    def change_speed(self, places: int) -> None:
        """Choose the next faster (+1) or slower (-1) of `SPEEDS`."""
        place = SPEEDS.index(self._session.state.speed) + places
        self.set_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    def toggle_repeat(self, repeat: Repeat) -> None:
        """Switch a repeat mode on, or off if it is on."""
        self._session.update(repeat=Repeat.ONCE if self._session.state.repeat is repeat else repeat)

    def set_section(self, first: int, last: int) -> None:
        """Play only the steps from `first` to `last`, inclusive; the full range clears the section."""
        first, last = max(first, 0), min(last, self.last_step)
        whole = (first, last) == (0, self.last_step)
        self._session.update(section=None if whole or first > last else (first, last))

    def begin_section(self) -> None:
        """Start the section at the present step."""
        _, last = self._section
        self.set_section(self.step, max(last, self.step))

    def end_section(self) -> None:
        """End the section at the present step."""
        first, _ = self._section
        self.set_section(min(first, self.step), self.step)

    @property
    def _section(self) -> tuple[int, int]:
        return self._session.state.section or (0, self.last_step)

    def change_trail(self, places: int) -> None:
        """Choose a longer (+1) or shorter (-1) trail; the longest draws whole paths."""
        tail, head = self._session.state.trail
        # Whole paths come after the longest trail.
        lengths = [*(length for length in TRAILS if length < self.last_step + 1), 0]
        if places > 0:
            found = next((length for length in lengths if length > tail > 0), 0)
        else:
            found = next((length for length in reversed(lengths[:-1]) if length < tail or tail == 0), tail)
        self._session.update(trail=Trail(found, head))

    def _on_presented(self) -> None:
        # A step that is due need not wait for the timer.
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
        # Only if the step was set elsewhere: seeking to the clock's own step would drop its fraction.
        if new.step != clock.step:
            clock.seek(new.step)

    def _reset(self) -> None:
        self._timer.stop()
        self.clock = self._new_clock()
        self.changed.emit()

    def _new_clock(self) -> PlaybackClock:
        state = self._session.state
        a = self._session.activations
        return PlaybackClock(
            a.steps,
            rate=playback_rate(a.seconds_per_step, a.steps),
            speed=state.speed,
            repeat=state.repeat,
            section=state.section,
            every_step=state.every_step,
            step=state.step,
        )
