"""Films of paths growing step by step, as MP4 (H.264); the article's figure 14."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.draw.picture import Picture, check_size, paint_decorations
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.view import View
from auslan_explorer.io.atomic import write_error, writing

MAX_FRAMES = 100_000


@dataclass(frozen=True)
class FilmSettings:
    """How a film runs; the defaults are the article's film.

    Attributes
    ----------
    width, height : int
        Pixels, even numbers (H.264 halves the colour's resolution).
    fps : float
        Frames a second.
    frames : int
        In all; what is left after the last step holds the whole paths.
    steps_per_frame : float
        Network steps from one frame to the next.
    """

    width: int = 1920
    height: int = 1080
    fps: float = 25.0
    frames: int = 150
    steps_per_frame: float = 1.0

    def __post_init__(self) -> None:
        check_size(self.width, self.height)
        if self.width % 2 or self.height % 2:
            raise UserError(f"A film needs even numbers for width and height, not {self.width} x {self.height}.")
        if self.width > 3840 or self.height > 2160:
            raise UserError(f"A film of {self.width} x {self.height} is too large; 3840 x 2160 is the most.")
        if not 0 < self.fps <= 240:
            raise UserError(f"{self.fps:g} frames a second is not possible; give a number above 0, at most 240.")
        if not 1 <= self.frames <= MAX_FRAMES:
            raise UserError(f"A film of {self.frames} frames is not possible; give 1 to {MAX_FRAMES}.")
        if not self.steps_per_frame > 0:
            raise UserError("A film must move forward; give more than 0 steps a frame.")

    def step_of(self, frame: int, steps: int) -> int:
        """Return the network's step that a frame shows."""
        return min(int(frame * self.steps_per_frame), steps - 1)


def check_target(path: Path) -> None:
    """Raise UserError where a film's ending is not known."""
    if path.suffix.lower() != ".mp4":
        raise UserError(f"{path.name}: films are written as MP4; give the file the ending .mp4.")


def frames_of(picture: Picture, settings: FilmSettings) -> Iterator[np.ndarray]:
    """Yield the film's frames, uint8, shape (height, width, 4), bytes blue, green, red, 255."""
    view = picture.placed_view()
    renderer = Renderer(picture.scene, view, picture.theme.paper, picture.unit)
    shown, current = -1, np.zeros(0, dtype=np.uint8)
    for frame in range(settings.frames):
        step = settings.step_of(frame, picture.scene.steps)
        if step != shown:
            current, shown = _frame(renderer, replace(picture, step=step), view, step), step
        yield current


def _frame(renderer: Renderer, picture: Picture, view: View, step: int) -> np.ndarray:
    pixels = renderer.picture(step)
    assert pixels is not None  # nothing overtakes it
    image = QImage(pixels.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_decorations(painter, picture, view)
    painter.end()
    return pixels


def make_film(
    picture: Picture,
    out: Path,
    settings: FilmSettings,
    progress: Callable[[float, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write a film; whole or not at all.

    Parameters
    ----------
    picture : Picture
        What the film shows; its size is replaced by that of `settings`.
    out : Path
        Ends in ``.mp4``.
    settings : FilmSettings
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If there is nothing to show or the file cannot be written.
    Cancelled
    """
    check_target(out)
    if picture.scene.empty:
        raise UserError("There is nothing to film; show at least one sign.")
    picture = replace(picture, width=settings.width, height=settings.height)
    with writing(out) as beside:
        try:
            with av.open(str(beside), "w", format="mp4") as container:
                stream = container.add_stream("libx264", rate=Fraction(settings.fps).limit_denominator(1001))
                stream.width, stream.height, stream.pix_fmt = settings.width, settings.height, "yuv420p"
                stream.options = {"crf": "18", "preset": "veryfast"}
                for number, pixels in enumerate(frames_of(picture, settings)):
                    if cancelled is not None and cancelled():
                        raise Cancelled
                    for packet in stream.encode(av.VideoFrame.from_ndarray(pixels, format="bgra")):
                        container.mux(packet)
                    if progress is not None:
                        progress((number + 1) / settings.frames, "filming")
                for packet in stream.encode():
                    container.mux(packet)
        except av.error.FFmpegError as error:
            raise write_error(OSError(error.errno, error.strerror), out) from error
