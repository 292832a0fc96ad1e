"""Draws the frames of a film, in any order: panes of the map in 2-D and 3-D with caption, step and time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from auslan_explorer.analysis.predictions import predictions_for
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.annotations import NOTHING_BESIDE, Beside
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import SessionState

from .film_settings import FilmSettings
from .gesture import Gesture, gesture_width, paint_hands_and_captions
from .labels import Placed
from .paint import colour, font
from .picture import EDGE, Picture, paint_decorations, point_scale_for, reference_unit
from .render import Renderer
from .scene import Scene, build_scene_of_projection
from .theme import BODY, THEMES, TITLE
from .view import Camera, View2D, Viewport

_LEAST_TYPE = 0.7
"""Smallest readable type size; in small films type takes more of the area, points do not."""
_FIRST_SHARE = 0.5
"""Fraction of the width for the 2-D map beside the 3-D view."""


@dataclass(frozen=True, eq=False)
class Subject:
    """Scenes and viewports of a film.

    Attributes
    ----------
    scenes : mapping of int to Scene
        By number of dimensions.
    seen : mapping of int to View2D or Camera
        Viewports of the window; everything is shown where one is missing.
    gesture : Gesture or None
        Hands that move beside the map.
    """

    scenes: Mapping[int, Scene]
    seen: Mapping[int, View2D | Camera]
    gesture: Gesture | None

    @property
    def steps(self) -> int:
        """Number of steps by which the paths grow."""
        return next(iter(self.scenes.values())).steps


def subject_of(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    settings: FilmSettings,
    seen: Mapping[int, View2D | Camera] | None = None,
    gesture: Gesture | None = None,
    annotated: Beside = NOTHING_BESIDE,
) -> Subject:
    """Build the scenes of a film of a state, for the view and theme of `settings`.

    What is `annotated` is shown beside the recordings' own paths.

    Raises
    ------
    UserError
        If nothing is shown, or there is no projection for a view.
    """
    if not state.shown(activations).any():
        raise UserError("There is nothing to film; show at least one sign.")
    if state.labels or state.settled or state.selected:
        # They are shown beside playheads and as marks on paths, and may not have been computed yet.
        predictions_for(activations)
    scenes: dict[int, Scene] = {}
    for dims in settings.view.dims:
        projection = projections.get(dims)
        if projection is None:
            raise UserError(f"There is no {dims}-D projection to film; open activations that hold one.")
        beside = projections[min(scenes)] if scenes else None
        theme = THEMES[settings.theme]
        scenes[dims] = build_scene_of_projection(activations, projection, state, theme, beside, annotated)
        if scenes[dims].empty:
            raise UserError("There is nothing to film; show points or lines.")
    return Subject(scenes, seen or {}, gesture)


class FilmFrames:
    """Draws the frames of a film; drawing them in order is incremental, unless the camera turns.

    Parameters
    ----------
    subject : Subject
    settings : FilmSettings
        Settings without problems.
    factor : float
        Scale of the frames, below 1 for a preview.
    """

    def __init__(self, subject: Subject, settings: FilmSettings, factor: float = 1.0) -> None:
        self.settings = settings
        self.steps = subject.steps
        self.width, self.height = max(round(settings.width * factor), 1), max(round(settings.height * factor), 1)
        self._theme = THEMES[settings.theme]
        suits = reference_unit(settings.width, settings.height)
        letters = max(suits, _LEAST_TYPE)
        unit, self.point_scale = letters * settings.scale * factor, suits / letters
        self._panes: list[_Pane] = []
        self._hands: _HandsPane | None = None
        left, maps = 0, self.width
        if subject.gesture is not None:
            maps -= gesture_width(self.width, self.height)
            alignment = next(iter(subject.scenes.values())).alignment
            self._hands = _HandsPane(self, subject.gesture, alignment, self.width - maps, unit)
        dims = settings.view.dims
        for number, d in enumerate(dims):
            last = number == len(dims) - 1
            right = maps if last else round(maps * _FIRST_SHARE)
            scene = subject.scenes[d]
            if not last:
                # One legend is enough, in the upper right corner.
                scene = replace(scene, time_legend=None, scale_legend=None, legend_entries=())
            self._panes.append(_Pane(self, scene, subject.seen.get(d), left, right - left, unit, first=not number))
            left = right

    def __len__(self) -> int:
        return self.settings.count(self.steps)

    def image(
        self, number: int, overtaken: Callable[[], bool] | None = None, canvas: np.ndarray | None = None
    ) -> np.ndarray | None:
        """Draw a frame.

        Parameters
        ----------
        number : int
            From 0.
        overtaken : callable, optional
            Asked every few milliseconds; once it returns True, drawing is abandoned.
        canvas : ndarray of uint8, shape (height, width, 4), optional
            May be written over and returned, where it is not the frame before.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4), or None
            Bytes blue, green, red, 255; not to be written to. None if overtaken. While a film stands still its frames
            are one array.
        """
        if len(self._panes) == 1 and self._hands is None:
            return self._panes[0].draw(number, overtaken, canvas)
        drawn = [pane.draw(number, overtaken) for pane in self._panes]
        if any(pixels is None for pixels in drawn):
            return None
        hands = [] if self._hands is None else [self._hands.draw(number)]
        whole = np.concatenate([*(pixels for pixels in drawn if pixels is not None), *hands], axis=1)
        for left in (*(pane.left for pane in self._panes[1:]), *(whole.shape[1] - each.shape[1] for each in hands)):
            whole[:, left, :3] = self._theme.border[::-1]
        return whole


class _Pane:
    """A pane of the film that shows the map in 2-D or in 3-D."""

    def __init__(
        self,
        film: FilmFrames,
        scene: Scene,
        seen: View2D | Camera | None,
        left: int,
        width: int,
        unit: float,
        *,
        first: bool,
    ) -> None:
        self.left = left
        self._settings, self._steps, self._first = film.settings, film.steps, first
        theme = THEMES[film.settings.theme]
        point_scale = film.point_scale if seen is None else film.point_scale * point_scale_for(seen.width, seen.height)
        if seen is None and len(scene.low) == 3:
            s = film.settings
            seen = Camera.fit(scene.low, scene.high, width, film.height, s.azimuth, s.elevation)
        self._picture = Picture(scene, theme, width, film.height, scale=unit, view=seen, point_scale=point_scale)
        if first:
            title = _elided(film.settings.caption or scene.caption, self._picture, TITLE, bold=True)
            # Reserves the room of the lines that are written at each step.
            self._source = _elided(film.settings.source, self._picture, BODY)
            self._picture = replace(self._picture, title=title, note=self._note_at(film.steps - 1))
        self._view: Viewport = self._picture.placed_view()
        self._renderer: Renderer | None = None
        self._last: tuple[tuple[int, float], np.ndarray] | None = None
        self._placed: Sequence[Placed] = ()

    def draw(
        self, number: int, overtaken: Callable[[], bool] | None, canvas: np.ndarray | None = None
    ) -> np.ndarray | None:
        s = self._settings
        step = s.step_of(number, self._steps)
        azimuth = s.azimuth_of(number, self._steps) if isinstance(self._view, Camera) else 0.0
        if self._last is not None and self._last[0] == (step, azimuth):
            return self._last[1]
        view = self._view
        if isinstance(view, Camera):
            view = replace(view, azimuth=azimuth, elevation=s.elevation)
        if self._renderer is None or self._renderer.view != view:
            p = self._picture
            self._renderer = Renderer(p.drawn(view), view, p.theme.background, p.unit * p.point_scale)
        pixels = self._renderer.picture(step, overtaken, canvas)
        if pixels is None:
            return None
        picture = replace(self._picture, step=step)
        if self._first:
            picture = replace(picture, note=self._note_at(step))
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        # Ended also by Ctrl+C: a painter that outlives its picture ends the program with a dump.
        with QPainter(image) as painter:
            self._placed = paint_decorations(painter, picture, view, self._placed)
        self._last = ((step, azimuth), pixels)
        return pixels

    def _note_at(self, step: int) -> str:
        """Return the lines below the caption: what is shown, and at which step."""
        at = self._settings.note_of(step, self._steps, self._picture.scene.alignment)
        return "\n".join(line for line in (self._source, at) if line)


class _HandsPane:
    """A pane of the film that shows the hands of a recording."""

    def __init__(self, film: FilmFrames, gesture: Gesture, alignment: Alignment, width: int, unit: float) -> None:
        self._settings, self._steps = film.settings, film.steps
        self._size, self._unit = (width, film.height), unit
        self._gesture, self._alignment = gesture, alignment

    def draw(self, number: int) -> np.ndarray:
        width, height = self._size
        theme = THEMES[self._settings.theme]
        at = self._gesture.frame_at(self._settings.step_of(number, self._steps), self._alignment, self._steps)
        pixels = np.empty((height, width, 4), dtype=np.uint8)
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        image.fill(colour(theme.background))
        with QPainter(image) as painter:
            paint_hands_and_captions(painter, QRectF(0, 0, width, height), self._gesture, at, theme, self._unit)
        return pixels


def _elided(text: str, picture: Picture, letters: float, *, bold: bool = False) -> str:
    """Return a text, elided to one line beside the legend, in type of a size at unit 1."""
    line = " ".join(text.split())
    metrics = QFontMetricsF(font(letters * picture.unit, bold=bold))
    room = picture.width - picture.heading_left - 2 * EDGE * picture.unit - picture.legend_width
    return metrics.elidedText(line, Qt.TextElideMode.ElideRight, max(room, 0))


def preview_factor(settings: FilmSettings, width: int, height: int) -> float:
    """Return the scale at which a film of `settings` fits into `width` x `height` pixels; at most 1."""
    return min(width / max(settings.width, 1), height / max(settings.height, 1), 1.0)
