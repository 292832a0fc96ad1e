"""Carries the 2-D map from what it shows to another projection; the new scene is built beside the window."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from auslan_explorer.draw.between import are_interpolable, interpolate_scenes
from auslan_explorer.draw.scene import Scene
from auslan_explorer.gui.animation import Glide

_PATIENCE_S = 0.15
"""How long a frame waits for the image of the one before it."""


class MapMorph(QObject):
    """From one scene to another.

    Parameters
    ----------
    drawn : callable
        Returns the scene that is drawn now; None where there is none.
    parent : QObject

    Signals
    -------
    moved(scene)
        What is to be drawn now; the last one is the new scene itself.
    """

    moved = Signal(object)
    _made = Signal(int, object)

    def __init__(self, drawn: Callable[[], Scene | None], parent: QObject) -> None:
        super().__init__(parent)
        self._drawn = drawn
        self._before: Scene | None = None
        self._after: Scene | None = None
        self._number = 0
        self._asked = 0.0
        self._glide = Glide(self)
        self._glide.moved.connect(self._move)
        self._made.connect(self._begin)

    @property
    def moving(self) -> bool:
        """Whether what is drawn is on its way."""
        return self._glide.active

    def go(self, make: Callable[[], Scene]) -> None:
        """Go from what is drawn to what `make` returns, which is called in a thread; the newest call wins."""
        self._number += 1
        number = self._number

        def work() -> None:
            scene = make()
            # The window may have gone meanwhile.
            with contextlib.suppress(RuntimeError):
                self._made.emit(number, scene)

        threading.Thread(target=work, name="scene of another map", daemon=True).start()

    def stop(self) -> None:
        """Forget where it was going: something else is drawn now."""
        self._number += 1
        self._glide.stop()

    def on_presented(self) -> None:
        """Go on with the next frame: the image of the latest scene is on screen."""
        self._asked = 0.0

    def _begin(self, number: int, scene: Scene) -> None:
        if number != self._number:
            return
        # From where it is now, which may be part of the way to somewhere else.
        self._before, self._after = self._drawn(), scene
        if self._before is None or not are_interpolable(self._before, scene):
            self._glide.stop()
            self.moved.emit(scene)
        else:
            self._glide.start()

    def _move(self, share: float) -> None:
        before, after = self._before, self._after
        if before is None or after is None:
            return
        now = time.monotonic()
        # A frame that overtook the one being rendered would keep both from being seen.
        if share < 1 and now - self._asked < _PATIENCE_S:
            return
        self._asked = now
        self.moved.emit(interpolate_scenes(before, after, share) if share < 1 else after)
