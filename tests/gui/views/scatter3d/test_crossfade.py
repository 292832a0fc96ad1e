"""In 3-D too a selection comes out of the scene before it, and nothing stands in its way."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtOpenGL import QOpenGLFramebufferObject
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.animation import reduce_motion
from auslan_explorer.gui.views.scatter3d.crossfade import _INITIAL_OPACITY, CrossFade
from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels

pytestmark = [pytest.mark.gl, pytest.mark.usefixtures("motion")]


@pytest.fixture
def view(scatter: Scatter3D, session: Session, qtbot: QtBot) -> SceneView:
    """At rest, without names."""
    session.update(labels=False)
    view = scatter.view
    assert view is not None
    qtbot.waitUntil(lambda: not view.is_interactive and not view._scene_stale)
    pixels(scatter)
    return view


def fade_of(view: SceneView) -> CrossFade:
    return view._cross_fade


def test_a_selection_is_faded_to(scatter: Scatter3D, view: SceneView, session: Session) -> None:
    old = pixels(scatter)
    session.update(selected=(6,))
    fade = fade_of(view)
    assert fade.is_active
    fade._animation.stop()
    shots = []
    for share in (0.0, 0.5, 1.0):
        fade._on_progress(share)
        shots.append(pixels(scatter))
    new = shots[-1]
    assert not fade.is_active
    apart = [np.abs(shot - new).sum() for shot in (old, *shots)]
    assert apart[0] > apart[1] > apart[2] > apart[3] == 0
    assert apart[1] < 0.75 * apart[0]
    low, high = np.minimum(old, new) - 3, np.maximum(old, new) + 3
    assert all(((shot >= low) & (shot <= high)).all() for shot in shots)


def test_it_ends_by_itself_and_at_once_where_the_camera_moves(
    scatter: Scatter3D, view: SceneView, session: Session, qtbot: QtBot
) -> None:
    session.update(selected=(6,))
    qtbot.waitUntil(lambda: not fade_of(view).is_active)
    qtbot.waitUntil(lambda: not view.is_interactive and not view._scene_stale)
    session.update(selected=(3,))
    assert fade_of(view).is_active
    view.orbit(5, 0)
    assert not fade_of(view).is_active


def test_the_next_choice_is_seen_at_once(scatter: Scatter3D, view: SceneView, session: Session) -> None:
    session.update(selected=(6,))
    assert fade_of(view).is_active
    session.update(selected=(3,))
    assert not fade_of(view).is_active


def test_each_fade_begins_anew_and_a_stopped_one_asks_for_no_more_frames(qtbot: QtBot) -> None:
    class Frame:
        """A frame of which nothing is painted."""

    parent, before = QObject(), cast(QOpenGLFramebufferObject, Frame())
    fade, heard = CrossFade(parent), []
    fade.changed.connect(lambda: heard.append(fade._opacity))
    fade.start(None)
    assert not fade.is_active and not fade._animation.is_active
    fade.start(before)
    assert fade.is_active and fade._animation.is_active
    fade._on_progress(0.5)
    late = fade._opacity
    fade.start(before)
    assert fade._opacity == _INITIAL_OPACITY < late < 1 and heard == [late]
    fade._on_progress(1.0)
    assert not fade.is_active and fade._opacity == 1
    fade.start(before)
    fade.stop()
    assert not fade.is_active and not fade._animation.is_active


def test_other_changes_and_reduced_motion_jump(scatter: Scatter3D, view: SceneView, session: Session) -> None:
    session.update(points=False)
    assert not fade_of(view).is_active
    reduce_motion(True)
    session.update(selected=(6,))
    assert not fade_of(view).is_active
