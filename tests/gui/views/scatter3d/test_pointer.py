"""What a click means in the 3-D view: a line, a name, the colour key; and what stands there to be clicked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from auslan_explorer.core.session import Colouring, Pointed, Session
from auslan_explorer.draw.legend import build_legend
from auslan_explorer.draw.paint import font, legend_box
from auslan_explorer.draw.theme import LIGHT, SMALL
from auslan_explorer.gui.animation import reduce_motion
from auslan_explorer.gui.views.common.legend import LEGEND_MARGIN
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels

pytestmark = pytest.mark.gl
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def middle_of_a_line(scatter: Scatter3D, recording: int) -> QPoint:
    """A place on a recording's line that is far from all points, which would be found first."""
    paths, view = scatter.session.trajectories(3), scatter.view
    assert paths is not None and view is not None
    xy, _ = view.project(paths.vertices)
    own = np.flatnonzero(paths.segment_recording == recording)
    ends = xy[paths.segments[own]]
    middles = ends.mean(axis=1)
    lines = np.flatnonzero(np.isin(paths.segment_recording, np.flatnonzero(scatter.session.shown())))
    a, b = xy[paths.segments[lines]].transpose(1, 0, 2)
    best, room = middles[0], 0.0
    for place in middles:
        points = np.hypot(*(xy[paths.recording >= 0] - place).T).min()
        share = np.clip(((place - a) * (b - a)).sum(1) / np.maximum(((b - a) ** 2).sum(1), 1e-9), 0, 1)
        others = np.hypot(*(a + share[:, None] * (b - a) - place).T)
        free = min(points, others[paths.segment_recording[lines] != recording].min(initial=99.0))
        if free > room:
            best, room = place, free
    assert room > 2
    return QPoint(round(best[0]), round(best[1]))


def lines_far_apart(scatter: Scatter3D) -> None:
    """Two recordings whose steps lie further apart than a point can be reached from."""
    reduce_motion(True)  # else the other scale is a flight, and lines lie elsewhere at its end
    try:
        scatter.session.update(points=False, splits=frozenset({2}), log_scale=False)
        pixels(scatter)
    finally:
        reduce_motion(False)
    assert scatter.view is not None
    scatter.view.zoom_by(0.3)
    pixels(scatter)


@pytest.mark.parametrize(("moved", "clicks"), [(3, True), (6, False), (12, False)])
def test_a_hand_that_shakes_clicks_and_one_that_goes_further_turns(
    scatter: Scatter3D, moved: int, clicks: bool
) -> None:
    view, clicked = scatter.view, []
    assert view is not None
    view.clicked.connect(lambda *_: clicked.append(1))
    before, place = view.camera(), QPoint(100, 100)
    QTest.mousePress(view, LEFT, pos=place)
    QTest.mouseMove(view, place + QPoint(moved, 0))
    QTest.mouseRelease(view, LEFT, pos=place + QPoint(moved, 0))
    assert bool(clicked) is clicks and (view.camera() == before) is clicks


def test_a_double_click_is_one_click_and_goes_home(scatter: Scatter3D) -> None:
    view, heard = scatter.view, []
    assert view is not None
    view.clicked.connect(lambda *_: heard.append("click"))
    view.double_clicked.connect(lambda: heard.append("double click"))
    home = view.camera()
    view.orbit(20, 10)
    QTest.mouseClick(view, LEFT, pos=QPoint(100, 100))
    QTest.mouseDClick(view, LEFT, pos=QPoint(100, 100))
    assert heard.count("double click") == 1 and heard[-1] == "double click" and view.camera() == home


def test_over_a_name_nothing_is_pointed_at(scatter: Scatter3D, monkeypatch: pytest.MonkeyPatch) -> None:
    pointer, session = scatter.pointer, scatter.session
    monkeypatch.setattr(pointer, "nearest", lambda at: Pointed(2, 5))
    for named in ((3,), ()):
        monkeypatch.setattr(scatter._overlay, "recordings_at", lambda at, session, named=named: named)
        pointer._position = QPointF(30, 40)
        pointer._point_at_nearest()
        assert session.pointed == (None if named else Pointed(2, 5))


def test_a_click_on_a_line_selects_its_recording_and_control_adds(scatter: Scatter3D) -> None:
    session = scatter.session
    lines_far_apart(scatter)
    one, other = np.flatnonzero(session.shown())[:2].tolist()
    places = [middle_of_a_line(scatter, recording) for recording in (one, other)]
    QTest.mouseClick(scatter.view, LEFT, pos=places[0])
    assert session.state.selected == (one,)
    QTest.mouseClick(scatter.view, LEFT, CTRL, places[1])
    assert session.state.selected == (one, other)
    QTest.mouseClick(scatter.view, LEFT, CTRL, places[0])
    assert session.state.selected == (other,)


def test_lines_of_what_is_not_selected_stay_as_a_grey_backdrop(scatter: Scatter3D) -> None:
    session = scatter.session
    session.update(points=False, colouring=Colouring.SPLIT)
    whole = pixels(scatter)
    session.update(selected=(0,))
    picture = pixels(scatter)
    # Away from the key of colours, which stays as it is.
    left = slice(0, 300)
    assert 0 < (np.ptp(picture[:, left], axis=2) > 40).sum() < 0.3 * (np.ptp(whole[:, left], axis=2) > 40).sum()
    session.update(isolate=True)
    assert (pixels(scatter) - picture > 10).any(axis=2).sum() > 500, "what was grey is hidden now"


@pytest.mark.parametrize("points", [True, False])
def test_the_line_of_one_selected_path_is_as_wide_as_on_the_2d_map(scatter: Scatter3D, points: bool) -> None:
    session = scatter.session
    session.update(points=points, colouring=Colouring.TIME, selected=(0,), labels=False)
    pixels(scatter)
    paths, view = session.trajectories(3), scatter.view
    assert paths is not None and view is not None
    ends = view.project(paths.vertices)[0][paths.segments[np.flatnonzero(paths.segment_recording == 0)]]
    length = np.hypot(*(ends[:, 1] - ends[:, 0]).T).sum()
    with_lines = pixels(scatter)
    session.update(lines=False)
    darker = pixels(scatter) - with_lines
    assert (darker > 60).all(axis=2).sum() > 1.6 * length


def test_a_line_that_is_not_drawn_is_not_found(scatter: Scatter3D) -> None:
    lines_far_apart(scatter)
    session = scatter.session
    one = int(np.flatnonzero(session.shown())[0])
    place = QPointF(middle_of_a_line(scatter, one))
    found = scatter.pointer.nearest(place)
    assert found is not None and found.recording == one
    session.update(lines=False)
    assert scatter.pointer.nearest(place) is None


def test_a_click_on_a_name_selects_its_sign(scatter: Scatter3D) -> None:
    session = scatter.session
    session.update(labels=True, points=False, lines=False)
    pixels(scatter)
    assert scatter._overlay._label_boxes
    box, sign = scatter._overlay._label_boxes[0]
    session.point_at(Pointed(0, session.activations.steps - 1))
    scatter.pointer._on_hovered(box.center())
    scatter.pointer._point_at_nearest()
    assert session.pointed is None, "what a click does not take is not told"
    QTest.mouseClick(scatter.view, LEFT, pos=box.center().toPoint())
    assert session.state.selected == tuple(np.flatnonzero(session.activations.sign == sign).tolist())


def test_names_stand_outward_of_their_paths_ends(scatter: Scatter3D) -> None:
    scatter.session.update(labels=True)
    pixels(scatter)
    overlay, view = scatter._overlay, scatter.view
    assert view is not None
    names, sides = overlay.candidates, set()
    middle = view.project(names.centre)[0][0, 0]
    ends = view.project(names.vertices[overlay._placed])[0][:, 0]
    for (box, sign), place, x in zip(overlay._label_boxes, overlay._placed, ends, strict=True):
        assert sign == names.signs[place]
        sides.add(bool(x >= middle))
        assert box.left() > x if x >= middle else box.right() < x, names.texts[place]
    assert sides == {True, False}


def test_the_key_stands_in_the_corner_and_a_click_on_it_selects(scatter: Scatter3D) -> None:
    session, view = scatter.session, scatter.view
    assert view is not None
    session.update(points=False, lines=False)
    for colouring in (Colouring.TIME, Colouring.SPLIT):
        session.update(colouring=colouring)
        corner = pixels(scatter)[: 3 * int(LEGEND_MARGIN), -180:]
        assert (np.ptp(corner, axis=2) > 60).sum() > 30
    row = QFontMetricsF(font(SMALL)).height() * 1.15
    left = (
        view.width()
        - LEGEND_MARGIN
        - legend_box(build_legend(session.activations, session.state, session.shown())).width
    )
    QTest.mouseClick(view, LEFT, pos=QPoint(round(left + 20), round(LEGEND_MARGIN + 1.5 * row)))
    assert session.state.selected == tuple(np.flatnonzero(session.activations.split == 1).tolist())


def test_truth_stands_above_the_answer_at_a_mistaken_end(scatter: Scatter3D) -> None:
    session, view = scatter.session, scatter.view
    assert view is not None
    session.update(mistakes=True, points=False, lines=False, colouring=Colouring.TIME)
    picture = pixels(scatter)
    rows = {}
    for foreground in (LIGHT.truth, LIGHT.mistake):
        near = np.abs(picture[60:] - np.array(foreground)).max(axis=2) < 40
        assert near.sum() > 5
        rows[foreground] = np.flatnonzero(near.any(axis=1)).mean()
    assert rows[LIGHT.truth] < rows[LIGHT.mistake]
    [first, *_] = scatter._overlay.error_labels.boxes
    QTest.mouseClick(view, LEFT, pos=first[0].center().toPoint())
    wrong = np.flatnonzero(session.activations.predicted != session.activations.sign)
    assert session.state.selected == tuple(wrong.tolist())


@pytest.mark.parametrize("which", ["map", "solid"])
def test_the_key_is_used_by_keyboard(scatter: Scatter3D, canvas: MapCanvas, session: Session, which: str) -> None:
    session.update(colouring=Colouring.TIME)
    cursor, view = (canvas.legend_cursor, canvas) if which == "map" else (scatter.legend_cursor, scatter.view)
    assert view is not None
    assert not cursor.enter()
    session.update(colouring=Colouring.SPLIT)
    assert cursor.enter() and cursor.row == 0 and "train" in view.accessibleDescription().lower()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    split = session.activations.split
    assert session.state.selected == tuple(np.flatnonzero(split == 1).tolist())
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return, CTRL)
    assert session.state.selected == tuple(np.flatnonzero(split >= 1).tolist())
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert cursor.row == -1 and session.state.selected and "Colour key" not in view.accessibleDescription()
