"""The coarse image of a choice comes first, and the sharp one does not hold it up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QPainterPath
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.draw import paint
from auslan_explorer.draw.scene import build_scene
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.gui.views.map2d import render_thread
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.map2d.render_thread import MapRenderer
from tests.gui.views.map2d.test_canvas import settle


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scene is one with much to draw."""
    monkeypatch.setattr(render_thread, "_COARSE_FIRST_FROM", 0)


@pytest.fixture
def unseen(many: None, canvas: MapCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody says that the coarse image has been painted, and the sharp one waits long for it."""
    settle(qtbot, canvas)
    monkeypatch.setattr(render_thread, "_MAX_WAIT_PRESENTED_S", 600.0)
    canvas.presented.disconnect(canvas._renderer.on_presented)


def coarse_comes(canvas: MapCanvas, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: canvas._image_layer.request is not None and canvas._image_layer.request.coarse)


def test_the_sharp_image_waits_until_the_coarse_one_is_seen(
    unseen: None, canvas: MapCanvas, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake, holds, went_on = canvas._renderer._wake, threading.Event(), threading.Event()
    wait_for = wake.wait_for

    def told(predicate: Callable[[], bool], timeout: float | None = None) -> bool:
        if timeout is None:  # for a request
            return wait_for(predicate, timeout)
        holds.set()
        held = wait_for(predicate, timeout)
        went_on.set()
        return held

    monkeypatch.setattr(wake, "wait_for", told)
    session.update(selected=(6,))
    coarse_comes(canvas, qtbot)
    assert holds.wait(120)
    with wake:  # free once the thread waits, or has gone on
        assert not went_on.is_set()
    assert canvas._image_layer.request is not None and canvas._image_layer.request.coarse
    canvas._renderer.on_presented()
    qtbot.waitUntil(canvas.is_sharp)


@pytest.mark.parametrize("large", [False, True])
def test_a_first_picture_is_coarse_first_only_where_there_is_very_much_to_draw(
    many: None, canvas: MapCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    settle(qtbot, canvas)
    if large:
        monkeypatch.setattr(render_thread, "_MAX_POINTS", 5)
    request, renderer, seen = canvas._image_layer.request, MapRenderer(), list[bool]()
    assert request is not None
    renderer.rendered.connect(lambda made, _: seen.append(made.coarse))
    renderer.submit(request)
    qtbot.waitUntil(lambda: False in seen)
    renderer.stop()
    assert seen == ([True, False] if large else [False])


def test_a_window_that_nobody_paints_gets_its_sharp_image_too(
    many: None, canvas: MapCanvas, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(qtbot, canvas)
    canvas.presented.disconnect(canvas._renderer.on_presented)
    session.update(selected=(6,))
    qtbot.waitUntil(canvas.is_sharp)


def test_a_newer_choice_is_not_kept_waiting(unseen: None, canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    session.update(selected=(6,))
    coarse_comes(canvas, qtbot)
    session.update(selected=(3,))
    qtbot.waitUntil(
        lambda: canvas._image_layer.request is not None and canvas._image_layer.request.scene is canvas._scene,
    )


def test_the_coarse_image_covers_what_is_seen(unseen: None, canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    session.update(selected=(6,))
    coarse_comes(canvas, qtbot)
    assert canvas._image_layer.request is not None and canvas._image_layer.request.view == canvas.view()
    canvas._renderer.stop()


def test_where_there_are_only_lines_some_of_them_come_first(
    unseen: None, canvas: MapCanvas, session: Session, qtbot: QtBot
) -> None:
    session.update(points=False, selected=(6,))
    coarse_comes(canvas, qtbot)
    request, image = canvas._image_layer.request, canvas._image_layer._image
    assert request is not None and request.scene is canvas._scene and image is not None
    background = image.pixelColor(0, 0)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    assert any(image.pixelColor(x, y) != background for x, y in places), "lines are on it"
    canvas._renderer.stop()


def test_the_coarse_image_keeps_the_few_lines_of_what_is_selected(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_thread, "_COARSE_FIRST_FROM", 10)
    monkeypatch.setattr(render_thread, "_FEW_LINES", 40)
    paths = session.trajectories(2)
    assert paths is not None
    state = replace(session.state, selected=(0,))
    scene = build_scene(session.activations, paths, state, LIGHT)
    coarse = render_thread._coarse_scene(scene, False)
    assert coarse is not None
    grey, front = coarse.layers[:2]
    assert len(grey.starts) == 0 and len(grey.positions) and len(front.starts) == len(scene.layers[1].starts) > 0


def test_names_that_a_first_selection_greys_are_drawn_beforehand(
    canvas: MapCanvas, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(qtbot, canvas)
    drawn: list[tuple[str, bool]] = []
    outlines = paint._outlines

    def noted(x: float, baseline: float, text: str, face: QFont) -> QPainterPath:
        drawn.append((text, threading.current_thread() is threading.main_thread()))
        return outlines(x, baseline, text, face)

    monkeypatch.setattr(paint, "_outlines", noted)
    paint._text_sprite.cache_clear()
    canvas.set_theme(DARK)
    assert canvas._scene is not None
    names = {label.text for label in canvas._scene.labels}
    qtbot.waitUntil(lambda: sum(text in names for text, _ in drawn) >= 2 * len(names))
    settle(qtbot, canvas)
    drawn.clear()
    session.update(selected=(6,))
    settle(qtbot, canvas)
    assert canvas._scene is not None and DARK.muted in {label.colour for label in canvas._scene.labels}
    assert not [text for text, in_window in drawn if in_window and text in names]


def test_no_names_are_drawn_beforehand_until_the_picture_is_seen(
    canvas: MapCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(qtbot, canvas)
    # A renderer of its own: the canvas's may still be at the names of the picture it has just shown.
    request, renderer = canvas._image_layer.request, MapRenderer()
    assert request is not None
    presented, when = threading.Event(), list[bool]()

    def prepare(labels: object, *_: object, **__: object) -> bool:
        if threading.current_thread() is renderer._thread:
            when.append(presented.is_set())
        return True

    monkeypatch.setattr(render_thread, "prepare_labels", prepare)
    with qtbot.waitSignal(renderer.rendered):
        renderer.submit(request)
    presented.set()
    renderer.on_presented()
    qtbot.waitUntil(lambda: bool(when))
    renderer.stop()
    assert when == [True]


def test_the_first_picture_is_asked_for_once(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[object]()
    monkeypatch.setattr(MapRenderer, "submit", lambda _, request: asked.append(request))
    canvas = MapCanvas(session)
    qtbot.addWidget(canvas)
    canvas.resize(700, 500)
    with qtbot.waitExposed(canvas):
        canvas.show()
    assert len(asked) == 1 and not any(timer.isActive() for timer in canvas._idle_timer._timers)
    canvas.dispose()
