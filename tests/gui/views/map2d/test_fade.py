"""A selection comes out of the map before it: heard at once, whole after the fade, never in the way of the next."""

from __future__ import annotations

import math
from unittest.mock import patch

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.animation import reduce_motion
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from tests.gui.views.map2d.test_canvas import pixels, settle

pytestmark = pytest.mark.usefixtures("motion")


def choose(qtbot: QtBot, canvas: MapCanvas, **changes: object) -> None:
    """Change what is shown, until the new scene's image is there; a fade stands still at its beginning."""
    layer = canvas._image_layer
    # Else it could be over on a busy machine before it is stopped.
    with patch.object(layer._animation, "_seconds", math.inf):
        canvas._session.update(**changes)
        qtbot.waitUntil(lambda: layer.request is not None and layer.request.scene is canvas._scene)
        layer._animation.stop()


def test_a_selection_is_faded_to(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    session.update(labels=False)
    settle(qtbot, canvas)
    old = pixels(canvas)
    choose(qtbot, canvas, selected=(6,))
    assert canvas._image_layer.is_fading and not canvas.is_sharp()
    shots = [pixels(canvas)]
    for share in (0.5, 1.0):
        canvas._image_layer._on_fade_progress(share)
        shots.append(pixels(canvas))
    new = shots[-1]
    assert not canvas._image_layer.is_fading and canvas.is_sharp()
    apart = [np.abs(shot - new).sum() for shot in (old, *shots)]
    assert apart[0] > apart[1] > apart[2] > apart[3] == 0
    # Heard from the first moment on, and nothing but a mixture of the two.
    assert apart[1] < 0.75 * apart[0]
    low, high = np.minimum(old, new) - 2, np.maximum(old, new) + 2
    assert all(((shot >= low) & (shot <= high)).all() for shot in shots)


def test_a_fade_ends_by_itself_soon(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    session.update(selected=(6,))
    qtbot.waitUntil(lambda: canvas._image_layer.is_fading)
    qtbot.waitUntil(canvas.is_sharp)
    assert not canvas._image_layer._animation.is_active


def test_the_next_choice_ends_a_fade_and_is_seen_at_once(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    choose(qtbot, canvas, selected=(6,))
    assert canvas._image_layer.is_fading
    choose(qtbot, canvas, selected=(12,))
    assert not canvas._image_layer.is_fading


def test_what_is_no_selection_and_a_person_without_motion_see_no_fade(
    canvas: MapCanvas, session: Session, qtbot: QtBot
) -> None:
    choose(qtbot, canvas, visible_signs=frozenset({0, 1}))
    assert not canvas._image_layer.is_fading
    session.update(selected=(6,))
    canvas.set_theme(DARK)
    choose(qtbot, canvas)
    assert not canvas._image_layer.is_fading, "another look has nothing in common with the one before"
    reduce_motion(True)
    choose(qtbot, canvas, selected=(12,))
    assert not canvas._image_layer.is_fading
