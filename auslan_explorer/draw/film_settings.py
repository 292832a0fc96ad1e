"""Settings of a film and their validation, shared by the dialog and the command line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from auslan_explorer.core.clock import RATE, time_text
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.words import counted
from auslan_explorer.io.file_names import ending

from .theme import THEMES

MAX_FRAMES = 100_000
LONGEST_CAPTION = 200
LARGEST = (3840, 2160)
SMALLEST = 64
LEAST_RATE, MOST_RATE, MOST_GIF_RATE = 0.1, 240.0, 50.0
LEAST_STEPS_PER_FRAME = 1e-4
MOST_HOLD, MOST_STEPS_PER_FRAME, MOST_TURN = 600.0, 1000.0, 36_000.0
LEAST_SCALE, MOST_SCALE = 0.25, 4.0
MP4, GIF, PNG = ".mp4", ".gif", ".png"


class FilmView(StrEnum):
    """Which panes a film has: the 2-D map, the 3-D view, or both."""

    MAP_2D = "2d"
    MAP_3D = "3d"
    BOTH = "both"

    @property
    def dims(self) -> tuple[int, ...]:
        """Number of dimensions of each pane, from left to right."""
        return {FilmView.MAP_2D: (2,), FilmView.MAP_3D: (3,), FilmView.BOTH: (2, 3)}[self]


@dataclass(frozen=True)
class FilmSettings:
    """Settings of a film; the defaults are those of the article's film. Values are not checked; see `problems`.

    Attributes
    ----------
    view : FilmView
    width, height : int
        Pixels.
    fps : float
        Frames per second.
    steps_per_frame : float
        Network steps from one frame to the next.
    hold : float
        Seconds that the whole paths are shown at the end.
    frames : int or None
        Total number of frames, in place of `hold`: the film is cut or held to this length.
    turn : float
        Degrees that the 3-D camera turns around the map from the first frame to the last.
    azimuth, elevation : float
        Angles of the 3-D camera in the first frame, degrees.
    caption : str
        Text in the upper left corner.
    show_step, show_time : bool
        Whether the network's step, and the recording's time in seconds, are written below the caption.
    source : str
        What the film shows, network and map, below the caption; see `core.identity.short_name`.
    theme : str
        "light" or "dark".
    scale : float
        Scale of type, points and lines; 1 for the default at the picture's size.
    real_rate : float
        Steps a second of the recordings themselves.
    """

    view: FilmView = FilmView.MAP_2D
    width: int = 1920
    height: int = 1080
    fps: float = 25.0
    steps_per_frame: float = 1.0
    hold: float = 2.4
    frames: int | None = None
    turn: float = 360.0
    azimuth: float = -60.0
    elevation: float = 30.0
    caption: str = ""
    show_step: bool = False
    show_time: bool = False
    source: str = ""
    theme: str = "light"
    scale: float = 1.0
    real_rate: float = RATE

    # ------------------------------------------------------------------------------------------------ what it comes to
    def count(self, steps: int) -> int:
        """Return the number of frames of a film of `steps` network steps.

        Only for settings without `problems`.
        """
        if self.frames is not None:
            return self.frames
        # A tiny number less, or 0.1 steps a frame would need one frame too many.
        growing = math.ceil((steps - 1) / self.steps_per_frame - 1e-9) + 1
        return max(growing, 1) + round(self.hold * self.fps)

    def seconds(self, steps: int) -> float:
        """Return the duration of the film in seconds."""
        return self.count(steps) / self.fps

    def step_of(self, frame: int, steps: int) -> int:
        """Return the network's step, from 0, of a frame."""
        return min(int(frame * self.steps_per_frame + 1e-9), steps - 1)

    def azimuth_of(self, frame: int, steps: int) -> float:
        """Return the azimuth of the 3-D camera in a frame, degrees; a film of whole turns loops without a jump."""
        return self.azimuth + self.turn * frame / self.count(steps)

    def note_of(self, position: int, steps: int, alignment: Alignment = Alignment.NETWORK) -> str:
        """Return the text below the caption at a position of the playback, see `core.playing`."""
        if alignment is Alignment.STRETCH:
            # A position lasts differently long in each recording.
            share = 100 * position / max(steps - 1, 1)
            return f"{share:.0f} % of each recording" if self.show_step or self.show_time else ""
        since = " since the start" if alignment is Alignment.START else f" of {steps}"
        parts = [f"step {position + 1}{since}"] if self.show_step else []
        if self.show_time:
            parts.append(time_text(position / self.real_rate, decimals=2))
        return "   ".join(parts)

    # ------------------------------------------------------------------------------------------------ what is wrong
    def problems(self, suffix: str | None = None, steps: int | None = None) -> tuple[str, ...]:
        """Validate the settings; return a sentence for each problem, none where all is well.

        Parameters
        ----------
        suffix : str, optional
            `MP4`, `GIF` or `PNG`, which have different limits.
        steps : int, optional
            The network's steps, for the film's length.
        """
        found = (*self._size_problems(suffix), *self._rate_problems(suffix), *self._look_problems())
        if steps is None or found:
            return found
        frames = self.count(steps)
        if frames > MAX_FRAMES:
            return (
                f"This film would have {frames:,} frames and run {frames / self.fps / 60:.0f} minutes; "
                f"make it faster or its hold shorter, at most {MAX_FRAMES:,} frames.".replace(",", "\u2009"),
            )
        return ()

    def _size_problems(self, suffix: str | None) -> Iterator[str]:
        w, h = self.width, self.height
        least_width = 2 * SMALLEST if self.view is FilmView.BOTH else SMALLEST
        if w < least_width or h < SMALLEST:
            yield f"A film of {w} x {h} pixels is too small; give at least {least_width} x {SMALLEST}."
        elif max(w, h) > LARGEST[0] or min(w, h) > LARGEST[1]:
            yield f"A film of {w} x {h} pixels is too large; {LARGEST[0]} x {LARGEST[1]} is the most."
        elif suffix == MP4 and (w % 2 or h % 2):
            yield f"An MP4 film needs even numbers for width and height, not {w} x {h}."

    def _rate_problems(self, suffix: str | None) -> Iterator[str]:
        most = MOST_GIF_RATE if suffix == GIF else MOST_RATE
        what = "A GIF shows" if suffix == GIF else "A film shows"
        if not LEAST_RATE <= self.fps <= most:
            yield f"{what} {LEAST_RATE:g} to {most:g} frames a second, not {self.fps:g}."
        if not LEAST_STEPS_PER_FRAME <= self.steps_per_frame <= MOST_STEPS_PER_FRAME:
            yield (
                f"A film must move forward, by {LEAST_STEPS_PER_FRAME:g} to {MOST_STEPS_PER_FRAME:g} steps a frame, "
                f"not {self.steps_per_frame:g}."
            )
        if not 0 <= self.hold <= MOST_HOLD:
            yield f"The end can be held for 0 to {MOST_HOLD:g} seconds, not {self.hold:g}."
        if self.frames is not None and not 1 <= self.frames <= MAX_FRAMES:
            yield f"A film of {counted(self.frames, 'frame')} is not possible; give 1 to {MAX_FRAMES}."

    def _look_problems(self) -> Iterator[str]:
        if not abs(self.turn) <= MOST_TURN:
            yield f"The camera can turn by at most {MOST_TURN:g} degrees, not {self.turn:g}."
        if not abs(self.azimuth) <= MOST_TURN:
            yield f"The camera cannot begin at {self.azimuth:g} degrees; give -180 to 180."
        if not abs(self.elevation) <= 90:
            yield f"The camera’s height is given in degrees from -90 to 90, not {self.elevation:g}."
        if len(self.caption) > LONGEST_CAPTION:
            yield f"The caption has {len(self.caption)} letters; {LONGEST_CAPTION} are the most."
        if not LEAST_SCALE <= self.scale <= MOST_SCALE:
            yield (
                f"Type and points can be drawn at {LEAST_SCALE:g} to {MOST_SCALE:g} times their size, "
                f"not {self.scale:g}."
            )
        if self.theme not in THEMES:
            yield f"There is no look {self.theme!r}; choose one of {', '.join(THEMES)}."


def kind_of(out: Path) -> str:
    """Return the kind of a film by its target: `MP4`, `GIF`, or `PNG` for a folder or a pattern of frames.

    Any other ending is returned as it is.
    """
    suffix = ending(out).lower()
    return PNG if not suffix or (out.is_dir() and suffix not in (MP4, GIF)) else suffix
