"""Films hands alone: recordings one after the other, a frame for each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.draw.film_files import write_mp4
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.gesture import Gesture, paint_hands_and_captions
from auslan_explorer.draw.theme import THEMES
from auslan_explorer.io.origin_tags import Origin

SIDE = 640
"""Width and height in pixels."""
MOST_RATE = 100.0
"""Most frames a second; players take no more, and the gloves gave no more."""
_REFERENCE = 480
"""Width in pixels at which type has its usual size."""


def film_rate(step_seconds: float) -> float:
    """Return the frames a second of a film of steps of so many seconds: one each, unless they are too short."""
    return min(1 / step_seconds, MOST_RATE)


def make_gesture_film(
    path: Path,
    shown: Sequence[tuple[float, Gesture]],
    step_seconds: float,
    theme: str,
    *,
    progress: Progress,
    cancelled: IsCancelled,
    origin: Origin,
) -> None:
    """Make an MP4 film of hands, atomically, in real time.

    Parameters
    ----------
    path : Path
    shown : sequence of (float, Gesture)
        The second at which each recording begins, ascending, and the recording; before it begins its hands are faint.
    step_seconds : float
    theme : str
        One of `draw.theme.THEMES`.
    progress, cancelled : callable
    origin : Origin

    Raises
    ------
    UserError
        If the file cannot be written.
    Cancelled
    """
    rate = film_rate(step_seconds)
    last_start, last = shown[-1]
    count = round((last_start + len(last.frames[0]) * step_seconds) * rate)

    def frames() -> Iterator[np.ndarray]:
        place = 0
        for number in range(max(count, 1)):
            if cancelled():
                raise Cancelled
            # In the middle of the frame, so that rounding takes none for its neighbour.
            seconds = (number + 0.5) / rate
            while seconds >= shown[place][0] + len(shown[place][1].frames[0]) * step_seconds and place + 1 < len(shown):
                place += 1
            start, gesture = shown[place]
            yield _drawn(gesture, int((seconds - start) // step_seconds), theme)
            progress((number + 1) / count, "")

    settings = FilmSettings(width=SIDE, height=SIDE, fps=rate, theme=theme)
    write_mp4(path, frames(), settings, cancelled, origin)


def _drawn(gesture: Gesture, at: int, theme: str) -> np.ndarray:
    """Return a picture of the hands at a frame, bytes blue, green, red, 255, shape (SIDE, SIDE, 4)."""
    look = THEMES[theme]
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(*look.background))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_hands_and_captions(painter, QRectF(0, 0, SIDE, SIDE), gesture, max(at, -1), look, SIDE / _REFERENCE)
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).reshape(SIDE, SIDE, 4).copy()
