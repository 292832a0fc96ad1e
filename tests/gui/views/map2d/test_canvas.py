from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.draw.paint import legend_box
from auslan_explorer.draw.paint_axes import paint_axes
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.draw.theme import DARK
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.views.common.empty import nothing_shown_text
from auslan_explorer.gui.views.common.legend import LEGEND_MARGIN, legend_right
from auslan_explorer.gui.views.map2d import overlay, render_thread
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.map2d.overlay import bottom_inset, caption_boxes, lay_out_caption, top_inset
from tests.gui.waiting import wait_at_rest
from tests.made_up import STEPS


def settle(qtbot: QtBot, canvas: MapCanvas) -> None:
    qtbot.waitUntil(canvas.is_sharp)


def draw_all(qtbot: QtBot, canvas: MapCanvas) -> None:
    """Wait until nothing is left to be drawn: images come in the order of asking, and the last is asked for here."""
    wait_at_rest(qtbot, canvas)
    for step in (STEPS - 2, STEPS - 1):
        canvas._session.update(step=step)
        settle(qtbot, canvas)


def pixels(canvas: MapCanvas) -> np.ndarray:
    """Bytes red, green, blue as drawn, shape (height, width, 3)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def place(canvas: MapCanvas, recording: int, step: int | None = None) -> QPoint:
    """Where a recording's step (its last) is drawn."""
    t = canvas._session.trajectories(2)
    assert t is not None
    vertex = (
        t.last_vertex[recording] if step is None else t.vertices_of(recording).start + step - t.first_step[recording]
    )
    x, y = canvas.view().to_pixels(t.vertices[vertex][None])
    return QPointF(float(x[0]), float(y[0])).toPoint()


def coloured(image: np.ndarray, at: QPoint) -> bool:
    spot = image[at.y() - 2 : at.y() + 3, at.x() - 2 : at.x() + 3]
    return bool((spot.max(axis=-1) - spot.min(axis=-1)).max() > 30)


def lonely_end(canvas: MapCanvas, sign: int) -> int:
    """A shown recording of the sign whose end point lies apart from all names."""
    spots = canvas.placed_labels()
    for recording in np.flatnonzero(canvas._session.activations.sign == sign):
        at = place(canvas, int(recording))
        if not any(p.x - 4 < at.x() < p.x + p.width + 4 and p.y - 4 < at.y() < p.y + p.height + 4 for p in spots):
            return int(recording)
    raise AssertionError("every end point lies under a name")


def test_points_are_drawn_where_they_belong_and_hidden_signs_are_not(canvas: MapCanvas, qtbot: QtBot) -> None:
    seen, gone = lonely_end(canvas, 1), lonely_end(canvas, 3)
    at_seen, at_gone = place(canvas, seen), place(canvas, gone)
    assert coloured(pixels(canvas), at_seen) and coloured(pixels(canvas), at_gone)
    canvas._session.update(visible_signs=frozenset({0, 1, 2}))
    settle(qtbot, canvas)
    image = pixels(canvas)
    assert coloured(image, at_seen) and not coloured(image, at_gone)


def test_paths_grow_with_the_step(canvas: MapCanvas, qtbot: QtBot) -> None:
    at = place(canvas, lonely_end(canvas, 2))
    canvas._session.update(step=17, labels=False)
    settle(qtbot, canvas)
    early = pixels(canvas)[at.y(), at.x()]
    canvas._session.update(step=19)
    settle(qtbot, canvas)
    assert np.ptp(early) < 30
    assert coloured(pixels(canvas), at)


def test_selection_greys_the_rest(canvas: MapCanvas, qtbot: QtBot) -> None:
    chosen, other = lonely_end(canvas, 1), lonely_end(canvas, 3)
    canvas._session.update(selected=(chosen,), labels=False)
    settle(qtbot, canvas)
    image = pixels(canvas)
    assert coloured(image, place(canvas, chosen)) and not coloured(image, place(canvas, other))
    spot = place(canvas, other)
    assert image[spot.y(), spot.x()].max() < 240


def test_hover_finds_the_point_and_says_so(canvas: MapCanvas, qtbot: QtBot) -> None:
    recording = lonely_end(canvas, 2)
    heard: list[Pointed | None] = []
    canvas._session.pointed_changed.connect(lambda pointed: heard.append(pointed))
    QTest.mouseMove(canvas.viewport(), place(canvas, recording))
    qtbot.waitUntil(lambda: canvas._session.pointed is not None)
    pointed = canvas._session.pointed
    assert pointed is not None
    assert canvas._session.activations.sign[pointed.recording] == 2
    QTest.mouseMove(canvas.viewport(), QPoint(320, 505))
    qtbot.waitUntil(lambda: canvas._session.pointed is None)


def test_click_selects_ctrl_adds_and_blank_lets_go(canvas: MapCanvas, qtbot: QtBot) -> None:
    state = canvas._session
    one, two = lonely_end(canvas, 1), lonely_end(canvas, 3)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(canvas, one))
    assert [state.activations.sign[r] for r in state.state.selected] == [1]
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, ctrl, place(canvas, two))
    assert sorted(state.activations.sign[r] for r in state.state.selected) == [1, 3]
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(320, 505))
    assert state.state.selected == ()


def test_click_on_a_name_selects_the_sign(canvas: MapCanvas) -> None:
    spot = canvas.placed_labels()[0]
    middle = QPointF(spot.x + spot.width / 2, spot.y + spot.height / 2).toPoint()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    a = canvas._session.activations
    assert canvas._scene is not None
    sign = a.names.index(canvas._scene.labels[spot.number].text)
    assert canvas._session.state.selected == tuple(np.flatnonzero(a.sign == sign))


def test_over_a_name_no_path_beneath_is_told_since_a_click_takes_the_name(canvas: MapCanvas, qtbot: QtBot) -> None:
    session = canvas._session
    names = [QRectF(p.x, p.y, p.width, p.height) for p in canvas.placed_labels()]
    ends = [(r, QPointF(place(canvas, r))) for r in range(len(session.activations))]
    covered, spot = next((r, at) for r, at in ends for box in names if box.contains(at))
    assert canvas._pointer.nearest(spot) is not None
    session.point_at(Pointed(covered, 0))
    QTest.mouseMove(canvas.viewport(), spot.toPoint())
    qtbot.waitUntil(lambda: session.pointed is None)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert len({int(session.activations.sign[r]) for r in session.state.selected}) == 1 < len(session.state.selected)


def test_keys_zoom_and_pan_and_zero_shows_everything(canvas: MapCanvas) -> None:
    whole = canvas.view()
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    near = canvas.view()
    assert near.right - near.left == pytest.approx(0.8 * (whole.right - whole.left))
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert canvas.view().left > near.left
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.view().left == pytest.approx(whole.left)


@pytest.mark.parametrize(
    ("key", "axis", "sign"),
    [(Qt.Key.Key_Left, 0, -1), (Qt.Key.Key_Right, 0, 1), (Qt.Key.Key_Up, 1, 1), (Qt.Key.Key_Down, 1, -1)],
)
def test_alt_and_an_arrow_pan_that_way_and_minus_zooms_out(
    canvas: MapCanvas, key: Qt.Key, axis: int, sign: int
) -> None:
    def centre_and_width() -> tuple[np.ndarray, float]:
        view = canvas.view()
        return np.array([view.left + view.right, view.bottom + view.top]) / 2, view.right - view.left

    before, width = centre_and_width()
    QTest.keyClick(canvas, key, Qt.KeyboardModifier.AltModifier)
    after, same = centre_and_width()
    assert np.sign(np.round(after - before, 9)).tolist() == [sign * (axis == 0), sign * (axis == 1)]
    assert same == pytest.approx(width)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    centre, wider = centre_and_width()
    assert wider == pytest.approx(1.25 * width) and centre == pytest.approx(after)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert centre_and_width()[1] == pytest.approx(width)


def test_a_dragged_view_becomes_sharp_again(canvas: MapCanvas, qtbot: QtBot) -> None:
    recording = lonely_end(canvas, 1)
    canvas._view_box.translateBy((0.2, 0.1))
    assert not canvas.is_sharp()
    # Moved at once with the view, sharp soon after.
    assert coloured(pixels(canvas), place(canvas, recording))
    settle(qtbot, canvas)
    assert coloured(pixels(canvas), place(canvas, recording))


def test_dark_paper_and_an_empty_map_that_says_what_to_do(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.set_theme(DARK)
    settle(qtbot, canvas)
    assert (
        tuple(pixels(canvas)[300, 60]) == DARK.background
        or np.abs(pixels(canvas)[300, 60] - DARK.background).max() < 60
    )
    canvas._session.update(visible_signs=frozenset())
    settle(qtbot, canvas)
    middle = pixels(canvas)[230:290, 200:440]
    title, sentence = middle[:30], middle[30:]
    assert (np.abs(title - np.array(DARK.foreground)).max(axis=-1) < 40).any()
    assert (np.abs(sentence - np.array(DARK.muted)).max(axis=-1) < 40).any()
    assert (np.abs(sentence - np.array(DARK.foreground)).max(axis=-1) > 40).all()


def test_what_hides_all_paths_is_said_to_be_ticked(session: Session) -> None:
    session.update(visible_signs=frozenset())
    assert nothing_shown_text(session)[1].startswith("Tick a sign")
    session.update(visible_signs=frozenset(range(4)), splits=frozenset())
    assert nothing_shown_text(session) == ("Nothing is shown", "Tick a split, or choose “Show all” above the map.")


def test_what_no_step_changes_is_drawn_once_and_looks_the_same(
    canvas: MapCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_all(qtbot, canvas)
    drawn: list[int] = []

    def counted(*args: Any) -> None:
        drawn.append(1)
        paint_axes(*args)

    monkeypatch.setattr(overlay, "paint_axes", counted)
    canvas._still_layer = overlay.StillLayer()
    first = pixels(canvas)
    for _ in range(3):
        assert np.array_equal(pixels(canvas), first)
    assert len(drawn) == 1
    canvas.zoom_to(np.arange(len(canvas._session.activations)) < 4)
    settle(qtbot, canvas)
    assert len(drawn) > 1 and np.abs(pixels(canvas) - first).max() > 50


def test_a_change_of_much_shows_coarsely_first(
    canvas: MapCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_thread, "_COARSE_FIRST_FROM", 10)
    canvas._session.update(labels=False)
    draw_all(qtbot, canvas)
    seen, rendered = threading.Event(), list[float]()
    render = canvas._renderer._render

    def step_by_step(renderer: object, request: object, fineness: float = 1.0) -> None:
        if fineness == 1.0 and rendered:
            seen.wait(120)  # until the coarse picture has been looked at
        rendered.append(fineness)
        render(renderer, request, fineness)  # type: ignore[arg-type]

    monkeypatch.setattr(canvas._renderer, "_render", step_by_step)
    chosen, other = place(canvas, 18), place(canvas, 6)
    canvas._session.update(selected=(18,))
    qtbot.waitUntil(
        lambda: canvas._image_layer.request is not None and canvas._image_layer.request.scene is canvas._scene
    )
    qtbot.waitUntil(lambda: not canvas._image_layer.is_fading)
    shots = [pixels(canvas)]
    assert rendered == [0.5] and not canvas.is_sharp()
    seen.set()
    settle(qtbot, canvas)
    shots.append(pixels(canvas))
    assert rendered == [0.5, 1.0]
    for shot in shots:
        assert coloured(shot, chosen) and not coloured(shot, other)
        assert shot[other.y(), other.x()].max() < 240
    canvas._session.update(step=18)
    settle(qtbot, canvas)
    assert rendered == [0.5, 1.0, 1.0], "a step more or less changes the ink at hand"


@pytest.mark.parametrize(("width", "scale"), [(260, 1.0), (420, 1.0), (640, 1.5), (900, 2.0)])
def test_a_figures_caption_leaves_the_colour_key_free_in_a_pane_of_any_width(
    canvas: MapCanvas, width: int, scale: float
) -> None:
    canvas.resize(width, 420)
    session = canvas._session
    figure = FIGURES[3].state(session.activations)
    session.update(**{name: getattr(figure, name) for name in ("figure", "splits", "layout")})
    scene, view = canvas.drawn_scene(), canvas.view()
    assert scene is not None and scene.caption.startswith("Figure 3")
    box, key_right = legend_box(scene, scale), legend_right(scene, width, scale)
    key = QRectF(key_right - box.width, LEGEND_MARGIN, box.width, box.height)
    boxes = [QRectF(QPointF(x, y), QPointF(right, low)) for x, y, right, low in caption_boxes(scene, view, scale)]
    assert boxes and all(each.right() <= width and not each.intersects(key) for each in boxes)
    taken = caption_boxes(scene, view, canvas.text_scale())
    for x, y, right, low in taken:
        heading = QRectF(QPointF(x, y), QPointF(right, low))
        assert not any(heading.intersects(QRectF(p.x, p.y, p.width, p.height)) for p in canvas.placed_labels())


def test_a_caption_leaves_the_paths_most_of_a_low_pane(canvas: MapCanvas) -> None:
    assert canvas._scene is not None
    scene = replace(canvas._scene, caption="Figure 9: Think and crazy", sentence="One sign begins like the other. " * 4)
    inset = {
        height: top_inset(scene, View2D.fit(scene.low, scene.high, 760, height), 2.0) for height in (320, 450, 900)
    }
    assert inset[320] == 0, "even its title would lie on the paths"
    assert 0 < inset[450] < inset[900] and all(each <= 0.4 * height for height, each in inset.items())
    tall = lay_out_caption(scene, View2D.fit(scene.low, scene.high, 760, 900), 2.0)
    low = lay_out_caption(scene, View2D.fit(scene.low, scene.high, 760, 450), 2.0)
    assert tall.note and low.title and not low.note


def test_a_figure_is_framed_above_the_title_of_its_axis(
    canvas: MapCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MapCanvas, "text_scale", lambda _: 2.0)
    canvas.zoom_to(np.arange(len(canvas._session.activations)))
    qtbot.waitUntil(lambda: canvas._framed is not None)
    wait_at_rest(qtbot, canvas)
    scene, view = canvas.drawn_scene(), canvas.view()
    assert scene is not None and canvas._framed is not None
    low = canvas._framed[0]
    lowest = float(view.to_pixels(low.reshape(1, 2))[1][0])
    assert lowest <= view.height - bottom_inset(scene, view, 2.0)


@pytest.mark.parametrize("width", [230, 300])
def test_the_map_fills_the_width_of_a_narrow_pane(canvas: MapCanvas, qtbot: QtBot, width: int) -> None:
    canvas.resize(width, 450)
    qtbot.waitUntil(lambda: canvas.view().width == width)
    wait_at_rest(qtbot, canvas)
    scene = canvas.drawn_scene()
    assert scene is not None
    x, _ = canvas.view().to_pixels(np.stack([scene.low, scene.high]).astype(np.float32))
    assert x[1] - x[0] >= 0.8 * width and x[0] >= 0 and x[1] <= width


def test_other_data_do_not_stand_on_the_picture_of_those_before(
    canvas: MapCanvas, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_coloured() -> bool:
        below_legend = pixels(canvas)[90:]
        return bool((below_legend.max(axis=-1) - below_legend.min(axis=-1)).max() > 30)

    assert is_coloured()
    monkeypatch.setattr(render_thread.MapRenderer, "submit", lambda *_: None)  # it takes its time
    session.open(replace(session.activations, hand_ratio=None))
    assert not is_coloured()
