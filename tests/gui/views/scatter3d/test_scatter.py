from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import OF_MAP, Colouring, Pointed, Session
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.views.scatter3d.opengl_check import no_opengl_text
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels
from tests.made_up import SIGNS, STEPS, made_up_activations

ROOT = Path(__file__).resolve().parents[4]
gl = pytest.mark.gl


def where(scatter: Scatter3D, recording: int, step: int) -> tuple[float, float]:
    """Pixel at which a recording's point stands, by the view's own camera."""
    assert scatter.view is not None
    paths = scatter.session.trajectories(3)
    assert paths is not None
    at = paths.vertices_of(recording).start + step - int(paths.first_step[recording])
    xy, _ = scatter.view.project(paths.vertices[at][None])
    return float(xy[0, 0]), float(xy[0, 1])


def coloured(picture: np.ndarray, at: tuple[float, float]) -> bool:
    """Whether anything with a hue stands within two pixels; paper, grid and greyed points have none."""
    x, y = round(at[0]), round(at[1])
    near = picture[y - 2 : y + 3, x - 2 : x + 3]
    return bool((near.max(axis=2) - near.min(axis=2)).max() > 40)


def alone(session: Session, recording: int, step: int) -> None:
    """Leave one recording's last step, so that no other point can be taken for it."""
    session.update(last_only=True, step=step, lines=False)
    hidden = frozenset(range(len(SIGNS))) - {int(session.activations.sign[recording])}
    session.update(visible_signs=frozenset(range(len(SIGNS))) - hidden)


@gl
def test_a_point_is_drawn_where_it_projects_to(scatter: Scatter3D) -> None:
    last = STEPS - 1
    picture = pixels(scatter)
    for recording in (0, 7, 13, 20):
        assert coloured(picture, where(scatter, recording, last))


@gl
def test_nothing_is_drawn_before_its_step_and_growing_sends_no_vertices(scatter: Scatter3D) -> None:
    last, at = STEPS - 1, where(scatter, 7, STEPS - 1)
    scatter.session.update(step=last - 6)
    assert not coloured(pixels(scatter), at)
    assert not {"vertices", "colours", "lines"} & scatter._paths_item._stale_buffers
    scatter.session.update(step=last)
    assert coloured(pixels(scatter), at)


@gl
def test_other_data_end_a_flight_to_another_scale(scatter: Scatter3D, session: Session, motion: None) -> None:
    pixels(scatter)
    session.update(log_scale=not session.state.log_scale)
    assert scatter._transition._animation.is_active
    session.open(made_up_activations())
    assert not scatter._transition._animation.is_active


@gl
def test_what_was_kept_in_a_context_of_opengl_is_released_before_it_goes(
    scatter: Scatter3D, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = scatter.view
    assert view is not None
    pixels(scatter)
    released = []
    for item in (*view.items, view._cross_fade):
        monkeypatch.setattr(item, "release", lambda item=item: released.append(item))
    other = QWidget()
    qtbot.addWidget(other)
    scatter.setParent(other)
    with qtbot.waitExposed(other):
        other.show()
        scatter.show()
    gone = set(released)
    scatter.setParent(None)
    assert gone == {*view.items, view._cross_fade}


@gl
def test_what_would_hold_the_window_is_drawn_by_a_thread_and_follows_the_camera(
    scatter: Scatter3D, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auslan_explorer.gui.views.scatter3d import paths_item, splat_points

    monkeypatch.setattr(paths_item, "MOST_BY_SOFTWARE", 20)
    monkeypatch.setattr(splat_points, "MOST_AT_ONCE", 40)
    item, view = scatter._paths_item, scatter.view
    assert view is not None
    monkeypatch.setattr(item, "_draw_points", lambda *_: pytest.fail("by OpenGL"))
    scatter.session.update(lines=False)
    for degrees in (0, 50):
        with qtbot.waitSignal(item._splatted.whole_ready):
            view.orbit(degrees, 0)
            view.refine()
            view.repaint()
        picture = pixels(scatter)
        for recording in range(0, 24, 3):
            assert coloured(picture, where(scatter, recording, STEPS - 1))
    scatter.session.update(points=False)
    without = pixels(scatter)
    scatter.session.update(lines=True)
    assert not np.array_equal(pixels(scatter), without)


@gl
@pytest.mark.parametrize("lines", [True, False])
def test_a_first_choice_waits_for_no_compiling(
    scatter: Scatter3D, monkeypatch: pytest.MonkeyPatch, lines: bool
) -> None:
    """Software OpenGL compiles at the first drawing of a kind: what a choice needs has been drawn by then, unseen."""
    from auslan_explorer.gui.views.scatter3d import paths_item

    item, view = scatter._paths_item, scatter.view
    assert view is not None and view.is_software
    scatter.session.update(lines=lines)
    view.refine()
    before = pixels(scatter)
    drawn, blitted = list[int](), list[tuple[int, int]]()
    draw, blit = paths_item.GL.glDrawArrays, item._blit
    monkeypatch.setattr(paths_item.GL, "glDrawArrays", lambda mode, *rest: (drawn.append(mode), draw(mode, *rest))[1])

    def noted(picture: QImage) -> None:
        blitted.append((picture.width(), picture.height()))
        blit(picture)

    monkeypatch.setattr(item, "_blit", noted)
    item._compiled = False  # as in a new view
    for _ in range(2):
        view.redraw()
        assert np.array_equal(pixels(scatter), before)
    assert blitted == [(1, 1)] and paths_item.GL.GL_LINES in drawn


@gl
@pytest.mark.parametrize("extent", [(1, 1, 1), (30, 2, 2), (2, 30, 2), (2, 2, 30), (20, 20, 1), (1, 20, 20)])
def test_the_home_view_shows_all_of_data_that_are_wide_flat_or_tall(qtbot: QtBot, extent: tuple[int, ...]) -> None:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView

    view = SceneView(lambda _painter: None, None)
    qtbot.addWidget(view)
    low, high = np.zeros(3, np.float32), np.array(extent, np.float32)
    centre = (low + high) / 2 - np.array([0, 0, 0.07]) * high
    view.frame(centre, view.home_radius(low, high, centre))
    corners = np.array([[x, y, z] for x in (0, extent[0]) for y in (0, extent[1]) for z in (0, extent[2])], np.float32)
    for width, height in ((300, 440), (460, 650), (1300, 450), (500, 500)):
        view.resize(width, height)
        xy, _ = view.project(corners)
        share = 2 * float(np.abs(xy - np.array([width, height]) / 2).max()) / min(width, height)
        # Numbers stand beside the box; more room than this would be wasted.
        assert 0.85 < share < 0.9, (width, height)


@gl
def test_hidden_signs_are_absent(scatter: Scatter3D) -> None:
    at = where(scatter, 7, STEPS - 1)
    scatter.session.update(visible_signs=frozenset({0, 2, 3}))
    picture = pixels(scatter)
    assert not coloured(picture, at)
    assert coloured(picture, where(scatter, 0, STEPS - 1))


@gl
def test_last_only_leaves_the_last_steps(scatter: Scatter3D) -> None:
    scatter.session.update(last_only=True)
    assert scatter._paths_item._point_count == len(scatter.session.activations)
    assert coloured(pixels(scatter), where(scatter, 13, STEPS - 1))


@gl
def test_a_selection_that_is_hidden_greys_nothing(scatter: Scatter3D) -> None:
    session = scatter.session
    session.update(visible_signs=frozenset({0, 1}))
    before = pixels(scatter)
    hidden = int(np.flatnonzero(session.activations.sign == 2)[0])
    session.update(selected=(hidden,))
    assert np.array_equal(pixels(scatter), before)
    session.update(selected=(hidden, 0))
    assert not np.array_equal(pixels(scatter), before)


@gl
def test_selection_greys_the_rest(scatter: Scatter3D) -> None:
    kept, greyed = where(scatter, 0, STEPS - 1), where(scatter, 20, STEPS - 1)
    scatter.session.update(selected=(0,))
    picture = pixels(scatter)
    assert coloured(picture, kept)
    assert not coloured(picture, greyed)
    x, y = round(greyed[0]), round(greyed[1])
    assert (picture[y - 2 : y + 3, x - 2 : x + 3].min(axis=2) < 250).any(), "greyed points must not vanish"


@gl
# What is not measured of the made-up projections is grey, and so is a step without a label.
@pytest.mark.parametrize("colouring", [each for each in Colouring if each not in OF_MAP | {Colouring.LABEL}])
def test_every_colouring_draws(scatter: Scatter3D, colouring: Colouring) -> None:
    object.__setattr__(scatter.session.activations, "hand_ratio", np.linspace(0, 1, 24, dtype=np.float32))
    scatter.session.update(colouring=colouring)
    assert coloured(pixels(scatter), where(scatter, 7, STEPS - 1))


@gl
def test_lines_take_the_colour_of_hand_usage_and_follow_the_threshold(scatter: Scatter3D) -> None:
    session = scatter.session
    object.__setattr__(session.activations, "hand_ratio", np.full(24, 0.5, np.float32))
    seen = []
    for threshold in (0.25, 0.75):
        session.update(colouring=Colouring.HANDS, points=False, hand_threshold=threshold)
        picture = pixels(scatter)
        seen.append((picture[..., 0] - picture[..., 1]).sum())
    # Magenta has more red than green, cyan less.
    assert seen[0] > 1000 and seen[1] < -1000


@gl
def test_it_sharpens_when_the_hand_rests(scatter: Scatter3D, qtbot: QtBot) -> None:
    view = scatter.view
    assert view is not None
    view.orbit(5, 0)
    assert view.is_interactive and view._idle_timer.remainingTime() <= 200
    qtbot.waitUntil(lambda: not view.is_interactive)


@gl
def test_many_points_turn_as_a_picture_that_looks_the_same(opengl: None, qtbot: QtBot) -> None:
    session = Session(made_up_activations(recordings_per_sign=400))
    session.update(labels=False, lines=False)
    scatter = Scatter3D(session)
    qtbot.addWidget(scatter)
    scatter.resize(500, 420)
    with qtbot.waitExposed(scatter):
        scatter.show()
    view = scatter.view
    assert view is not None
    sharp = pixels(scatter)
    view.is_software = True
    view.enter_interactive_mode()
    from auslan_explorer.gui.views.scatter3d.paths_item import SPLAT_FROM

    assert scatter._paths_item._point_count >= SPLAT_FROM
    image = view.grabFramebuffer().convertToFormat(QImage.Format.Format_RGB32)
    fast = np.frombuffer(image.constBits(), np.uint8).reshape(sharp.shape[0], sharp.shape[1], 4)[..., 2::-1].astype(int)
    assert scatter.unavailable_reason is None
    assert not np.array_equal(sharp, fast)
    inked = (sharp.min(axis=2) < 200).mean(), (fast.min(axis=2) < 200).mean()
    assert 0.6 < inked[1] / inked[0] < 1.6
    assert np.abs(block_means(sharp) - block_means(fast)).max() < 45


def block_means(picture: np.ndarray, side: int = 20) -> np.ndarray:
    height, width = (n // side * side for n in picture.shape[:2])
    return picture[:height, :width].reshape(height // side, side, width // side, side, 3).mean(axis=(1, 3))


@gl
def test_hidden_it_does_nothing_and_catches_up_when_shown(scatter: Scatter3D, qtbot: QtBot) -> None:
    scatter.hide()
    drawn = scatter._paths_item._point_count
    scatter.session.update(step=STEPS - 8, visible_signs=frozenset({1}))
    assert scatter._paths_item._point_count == drawn
    with qtbot.waitExposed(scatter):
        scatter.show()
    assert scatter._paths_item._point_count < drawn


@gl
def test_other_data_take_the_place_of_the_old(scatter: Scatter3D, qtbot: QtBot) -> None:
    scatter.session.open(made_up_activations(recordings_per_sign=2, seed=3))
    scatter.session.update(labels=False)
    assert coloured(pixels(scatter), where(scatter, 5, STEPS - 1))
    scatter.session.update(log_scale=False)
    qtbot.waitUntil(lambda: scatter._paths is scatter.session.trajectories(3))
    assert coloured(pixels(scatter), where(scatter, 5, STEPS - 1))


@gl
def test_dark_paper_and_names(scatter: Scatter3D) -> None:
    scatter.set_theme(DARK)
    bare = pixels(scatter)
    assert tuple(bare[2, 2]) == DARK.background
    scatter.session.update(labels=True)
    assert (pixels(scatter) != bare).any(axis=2).sum() > 50


@gl
def test_without_a_3d_projection_it_says_so(scatter: Scatter3D) -> None:
    activations = scatter.session.activations
    scatter.session.open(activations, projections={2: activations.projections[2]})
    assert scatter._pages.currentWidget() is scatter._empty_state
    assert "no 3-D projection" in scatter._empty_state.text.text()
    scatter.session.open(activations)
    assert scatter._pages.currentWidget() is scatter.view


@gl
def test_an_error_while_painting_becomes_a_message(opengl: None, qtbot: QtBot, session: Session) -> None:
    scatter = Scatter3D(session)
    qtbot.addWidget(scatter)

    def broken() -> None:
        raise RuntimeError("the driver fell asleep")

    scatter._paths_item.paint = broken
    with qtbot.waitExposed(scatter):
        scatter.show()
    qtbot.waitUntil(lambda: scatter._pages.currentWidget() is scatter._empty_state)
    assert scatter.unavailable_reason == no_opengl_text("this computer’s does not work (the driver fell asleep)")
    session.update(step=3, selected=(1,), log_scale=False)
    session.point_at(Pointed(0, STEPS - 1))
    scatter.set_theme(DARK)
    scatter.reset_view()


@gl
def test_it_goes_quietly_while_the_session_lives(opengl: None, qtbot: QtBot, session: Session) -> None:
    def listeners() -> list[int]:
        signals = (session.changed, session.data_changed, session.paths_changed, session.pointed_changed)
        return [len(signal) for signal in signals]

    before = listeners()
    scatter = Scatter3D(session)
    assert sum(listeners()) > sum(before)
    with qtbot.waitExposed(scatter):
        scatter.show()
    scatter.close()
    with qtbot.waitSignal(scatter.destroyed):
        scatter.deleteLater()
    del scatter
    gc.collect()
    # psygnal finds out that an object is gone when it calls it.
    session.update(step=3)
    session.point_at(Pointed(0, STEPS - 1))
    session.paths_changed.emit(3)
    session.open(made_up_activations())
    assert listeners() == before


def test_without_opengl_there_is_a_message_and_no_black_pane() -> None:
    code = (
        "from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from auslan_explorer.core.session import Session, Pointed\n"
        "from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D\n"
        "from auslan_explorer.draw.theme import DARK\n"
        "from tests.made_up import made_up_activations\n"
        "import sys\n"
        "s = Session(made_up_activations()); w = Scatter3D(s); w.show(); app.processEvents()\n"
        "s.update(step=4, selected=(1,)); s.point_at(Pointed(0, 19)); w.set_theme(DARK); w.reset_view()\n"
        "assert w.view is None and 'OpenGL' not in sys.modules\n"
        "assert w._empty_state.isVisible() and w._empty_state.text.text() == w.unavailable_reason\n"
        "print(w.unavailable_reason)\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "3-D needs OpenGL 2.1 or newer" in done.stdout
    assert "2-D map" in done.stdout
