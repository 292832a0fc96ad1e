"""Animated transition of the 2-D map to another projection; the new scene is built in a thread."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from auslan_explorer.draw.between import are_interpolable, interpolate_scenes
from auslan_explorer.draw.scene import Scene
from auslan_explorer.gui.animation import Animation

_MAX_WAIT_PRESENTED_S = 0.15
"""Longest wait of a frame for the frame before it to be presented."""


class MapTransition(QObject):
    """Transition between two scenes.

    Parameters
    ----------
    get_scene : callable
        Returns the scene that is drawn now, or None.
    parent : QObject

    Signals
    -------
    scene_changed(scene)
        The scene to draw now: an interpolated one, at last the new scene itself.
    """

    scene_changed = Signal(object)
    _scene_built = Signal(int, object)

    def __init__(self, get_scene: Callable[[], Scene | None], parent: QObject) -> None:
        super().__init__(parent)
        self._get_scene = get_scene
        self._start_scene: Scene | None = None
        self._end_scene: Scene | None = None
        self._latest_request = 0
        self._building = False
        self._frame_sent = 0.0
        self._animation = Animation(self)
        self._animation.progressed.connect(self._on_progress)
        self._scene_built.connect(self._on_scene_built)

    @property
    def is_running(self) -> bool:
        """Whether the animation is running."""
        return self._animation.is_active

    @property
    def is_pending(self) -> bool:
        """Whether another scene is being built, or moved to."""
        return self._building or self.is_running

    def start(self, build: Callable[[], Scene]) -> None:
        """Start a transition from the current scene to the one that `build` returns, which is called in a thread.

        Only the latest call counts. Scenes that cannot be interpolated change at once.
        """
        self._latest_request += 1
        self._building = True
        number = self._latest_request

        def work() -> None:
            scene = build()
            # The window may have gone meanwhile.
            with contextlib.suppress(RuntimeError):
                self._scene_built.emit(number, scene)

        threading.Thread(target=work, name="scene of another map", daemon=True).start()

    def stop(self) -> None:
        """Stop, and drop a scene that is still being built."""
        self._latest_request += 1
        self._building = False
        self._animation.stop()

    def on_presented(self) -> None:
        """Allow the next frame: the image of the latest one has been painted."""
        self._frame_sent = 0.0

    def _on_scene_built(self, number: int, scene: Scene) -> None:
        if number != self._latest_request:
            return
        self._building = False
        # From where it is now, which may be part of the way to somewhere else.
        self._start_scene, self._end_scene = self._get_scene(), scene
        if self._start_scene is None or not are_interpolable(self._start_scene, scene):
            self._animation.stop()
            self.scene_changed.emit(scene)
        else:
            self._animation.start()

    def _on_progress(self, share: float) -> None:
        before, after = self._start_scene, self._end_scene
        if before is None or after is None:
            return
        now = time.monotonic()
        # A frame that overtook the one being rendered would keep both from being seen.
        if share < 1 and now - self._frame_sent < _MAX_WAIT_PRESENTED_S:
            return
        self._frame_sent = now
        self.scene_changed.emit(interpolate_scenes(before, after, share) if share < 1 else after)
