"""The command `self-test`: drives a real window to open a map, play, select, retrain and export."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Layout, SessionState
from auslan_explorer.core.words import counted
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.theme import RGB
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.jobs import Job
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training import prerequisites
from auslan_explorer.workflows.export import PictureOptions, export_film, export_picture

PATIENCE_MS = 60_000
"""Time limit of a visible step; generous, since software rendering on a busy computer is slow."""
TRAINING_MS = 30 * 60_000

LEAST_INK = 0.002
"""Fraction of a view's pixels that must differ from the background for it to count as drawn."""
STEPS_TO_PLAY = 5
PICTURE, FILM = (800, 600), FilmSettings(width=640, height=360, frames=12)

Train = Callable[..., Projection]
"""Trains a 2-D map in another process; a job as `Jobs.start` takes it."""


@dataclass(frozen=True)
class Check:
    """Result of one part of the test.

    Attributes
    ----------
    name : str
        What was tested.
    passed : bool
    said : str
        A figure, or why the part failed.
    seconds : float
    needed : bool
        Whether a failure makes the program unusable.
    """

    name: str
    passed: bool
    said: str
    seconds: float
    needed: bool


class _Failed(Exception):
    """A part of the test failed; the message says why."""


class SelfTest:
    """Drives a real window as a user would.

    Parameters
    ----------
    window : MainWindow
        Not shown yet.
    out : Path
        Folder for exported files.
    train : callable
        See `Train`.
    on_check : callable
        Called with each `Check` as soon as it is known.
    require_3d : bool
        Whether the 3-D view is needed.
    """

    def __init__(
        self,
        window: MainWindow,
        out: Path,
        train: Train,
        on_check: Callable[[Check], None],
        *,
        require_3d: bool,
    ) -> None:
        self._window = window
        self._session = window.session
        self._out = out
        self._train = train
        self._on_check = on_check
        self._require_3d = require_3d
        self.checks: list[Check] = []
        self.first_picture: float | None = None
        """Time of day (seconds since 1970) at which the map stood sharp on the screen."""

    @property
    def passed(self) -> bool:
        """Whether all needed parts have passed."""
        return all(check.passed for check in self.checks if check.needed)

    def run(self) -> None:
        """Run all parts, even after failures, and close the window."""
        self._try("2-D map", self._open)
        self._try("3-D view", self._show_3d, needed=self._require_3d)
        self._try("playing", self._play)
        self._try("selecting", self._select)
        self._try("training in a process of its own", self._retrain, needed=not prerequisites.missing())
        self._try("picture (PNG)", self._picture)
        self._try("film (MP4)", self._film)
        self._try("closing", self._close)

    def _try(self, name: str, part: Callable[[], str], *, needed: bool = True) -> None:
        began = time.monotonic()
        try:
            passed, result = True, part()
        except (_Failed, UserError) as error:
            passed, result = False, str(error)
        except Exception as error:  # any failure on an unknown computer is a result of the test
            passed, result = False, f"{type(error).__name__}: {error}"
        check = Check(name, passed, result, time.monotonic() - began, needed)
        self.checks.append(check)
        self._on_check(check)

    # ------------------------------------------------------------------------------------------------- parts
    def _open(self) -> str:
        window = self._window
        self._session.update(layout=Layout.MAP_2D)
        window.show()
        if not QTest.qWaitForWindowExposed(window, PATIENCE_MS):
            raise _Failed("The window did not come up.")
        canvas = self._map()
        _wait(canvas.is_sharp, "The map was not drawn.")
        self.first_picture = time.time()
        foreground = _drawn_share(canvas.grab().toImage(), window.appearance.theme.background)
        if foreground < LEAST_INK:
            raise _Failed("The map stayed empty.")
        return f"{counted(len(self._session.activations), 'recording')}, {foreground:.0%} of the map is drawn on"

    def _show_3d(self) -> str:
        self._session.update(layout=Layout.BOTH)
        solid = self._window.views.panes[3].view if self._window.views else None
        if not isinstance(solid, Scatter3D):
            raise _Failed("There is no 3-D view.")
        if solid.unavailable_reason is not None:
            raise _Failed(solid.unavailable_reason)
        QTest.qWait(500)
        background = self._window.appearance.theme.background
        _wait(lambda: _drawn_share(solid.grab().toImage(), background) >= LEAST_INK, "The 3-D view stayed empty.")
        if solid.unavailable_reason is not None:
            raise _Failed(solid.unavailable_reason)
        return f"{_drawn_share(solid.grab().toImage(), background):.0%} of the view is drawn on"

    def _play(self) -> str:
        self._press(ActionId.FIRST_STEP)
        self._press(ActionId.PLAY)
        _wait(lambda: self._session.state.step >= STEPS_TO_PLAY, "The step did not move.")
        self._press(ActionId.PLAY)
        step = self._session.state.step
        self._press(ActionId.LAST_STEP)
        return f"came to step {step + 1} and stopped there"

    def _select(self) -> str:
        canvas, paths = self._map(), self._session.trajectories(2)
        if paths is None:
            raise _Failed("There is no 2-D map to select on.")
        _wait(canvas.is_sharp, "The map was not drawn again.")
        view = canvas.view()
        x, y = view.to_pixels(paths.vertices)
        # The outermost point has the fewest others around it.
        far = np.hypot(x - view.width / 2, y - view.height / 2)
        far[(x < 0) | (y < 0) | (x >= view.width) | (y >= view.height)] = -1
        vertex = int(far.argmax())
        place = QPoint(round(float(x[vertex])), round(float(y[vertex])))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        _wait(lambda: bool(self._session.state.selected), "A click on a point selected nothing.")
        sign = self._session.activations.sign[self._session.state.selected[0]]
        return f"a click selected a recording of “{self._session.activations.names[sign]}”"

    def _retrain(self) -> str:
        prerequisites.check()
        projection = cast("Projection", self._wait_for("Training", self._train, TRAINING_MS))
        before = self._session.projections.get(2)
        if before is not None and before.fingerprint == projection.fingerprint:
            raise _Failed("Training brought the same map back.")
        self._session.adopt_learned(2, "self-test", projection)
        _wait(self._map().is_sharp, "The new map was not drawn.")
        return "the new map is shown"

    def _picture(self) -> str:
        file = self._out / "map.png"
        options = PictureOptions(2, PICTURE, self._window.appearance.theme)
        self._wait_for("Exporting a picture", partial(export_picture, *self._shown(), file, options))
        image = QImage(str(file))
        if (image.width(), image.height()) != PICTURE or _drawn_share(image, options.theme.background) < LEAST_INK:
            raise _Failed(f"{file} is not the picture it should be.")
        return _weight(file)

    def _film(self) -> str:
        import av

        file = self._out / "film.mp4"
        self._wait_for("Exporting a film", partial(export_film, *self._shown(), file, FILM, {}))
        with av.open(str(file)) as film:
            frames = sum(1 for _ in film.decode(video=0))
        if frames != FILM.frames:
            raise _Failed(f"{file} holds {counted(frames, 'frame')} in place of {FILM.frames}.")
        return f"{counted(frames, 'frame')}, {_weight(file)}"

    def _close(self) -> str:
        self._window.close()
        if self._window.isVisible():
            raise _Failed("The window stayed open.")
        return "closed"

    # ------------------------------------------------------------------------------------------------- helpers
    def _map(self) -> MapCanvas:
        canvas = self._window.views.panes[2].view if self._window.views else None
        if not isinstance(canvas, MapCanvas):
            raise _Failed("There is no map: the activations that ship are missing.")
        return canvas

    def _shown(self) -> tuple[Activations, dict[int, Projection], SessionState]:
        session = self._session
        return session.activations, session.projections, session.state

    def _press(self, key: ActionId) -> None:
        action = self._window.actions_[key]
        if not action.isEnabled():
            raise _Failed(f"“{action.text()}” cannot be pressed.")
        action.trigger()

    def _wait_for(self, title: str, work: Callable[..., object], patience: int = PATIENCE_MS) -> object:
        """Run a job as the window does, and return its result."""
        results: list[object] = []
        problems: list[str] = []
        job: Job = self._window.jobs.start(title, work, makes_something=False)
        job.done.connect(results.append)
        job.failed.connect(lambda sentence, details: problems.append(details or sentence))
        _wait(lambda: bool(results or problems), f"{title} did not end.", patience)
        if problems:
            raise _Failed(problems[0])
        return results[0]


def _wait(is_so: Callable[[], bool], otherwise: str, patience: int = PATIENCE_MS) -> None:
    until = time.monotonic() + patience / 1000
    while not is_so():
        if time.monotonic() > until:
            raise _Failed(otherwise)
        QTest.qWait(20)


def _drawn_share(image: QImage, background: RGB) -> float:
    """Return the fraction of pixels that differ visibly from the background."""
    shown = image.convertToFormat(QImage.Format.Format_RGBX8888)
    pixels = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.width(), 4)[..., :3]
    return float((np.abs(pixels.astype(np.int16) - np.array(background)) > 24).any(axis=2).mean())


def _weight(file: Path) -> str:
    return f"{file.stat().st_size / 1000:.0f} kB"
