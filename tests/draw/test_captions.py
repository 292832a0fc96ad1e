"""A figure says what it is and frames its signs, and the key names every mark, on the map as in pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.analysis.predictions import predictions_for
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import Colouring, Layout, SessionState, opening_state
from auslan_explorer.core.signs import sort_key
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.figures import figure_picture
from auslan_explorer.draw.legend import SettledMark
from auslan_explorer.draw.paint import heading_boxes, paint_heading
from auslan_explorer.draw.picture import Picture, save, to_image
from auslan_explorer.draw.presets import FIGURES, find_figure
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT, THEMES, Theme
from auslan_explorer.draw.view import View2D
from auslan_explorer.workflows.export import PictureOptions, compose_picture
from tests.made_up import made_up_activations

OF_SIGNS = [number for number, each in FIGURES.items() if each.signs]


def activations() -> Activations:
    """With the keys of the figures' signs; the first two lie in a corner of the map."""
    a = made_up_activations()
    signs = ("think", "crazy", "sorry", "you")
    points = {dims: p.points.copy() for dims, p in a.projections.items()}
    corner = np.repeat(a.sign, a.lengths) < 2
    for each in points.values():
        each[corner] = each[corner] * 0.1 + 2
    projections = {d: Projection(points[d], p.prefix, "made up", "made up") for d, p in a.projections.items()}
    return replace(a, signs=signs, names=signs, projections=projections)


def pixels(image: QImage) -> np.ndarray:
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def composed(a: Activations, state: SessionState, theme: Theme = LIGHT) -> Picture:
    return compose_picture(a, a.projections, state, PictureOptions(2, (640, 520), theme))


def test_every_figure_is_known_by_its_state_and_nothing_else_is_one() -> None:
    a = activations()
    for number, each in FIGURES.items():
        if each.dims and not each.disabled_reason(a, a.projections):
            state = each.state(a)
            found = find_figure(a, state, each.dims)
            assert found is not None and found.number == number
            assert find_figure(a, replace(state, selected=Selected((1,)), step=3), each.dims) is found
            assert find_figure(a, replace(state, colouring=Colouring.SPLIT), each.dims) is None
            assert find_figure(a, replace(state, visible_signs=frozenset()), each.dims) is None
            assert find_figure(a, state, 5 - each.dims) is None
            assert find_figure(a, replace(state, figure=0), each.dims) is None, "nobody chose it"
    assert find_figure(a, opening_state(a), 2) is None


def test_where_splits_are_not_known_the_figures_of_mistakes_say_that_they_are_one() -> None:
    a = activations()
    unknown = replace(a, split=np.full_like(a.split, NO_SPLIT))
    titles = {figure_picture(number, unknown).title for number in (11, 12, 13)}
    assert len(titles) == 1 and "11 to 13" in titles.pop()
    assert len({figure_picture(number, a).title for number in (11, 12, 13)}) == 3
    assert "training recording" in FIGURES[3].description(a) and "so all are shown" in FIGURES[3].description(unknown)


def test_the_caption_is_on_pictures_and_in_drawings_and_nothing_stands_on_it(tmp_path: Path) -> None:
    a = activations()
    state = FIGURES[9].state(a)
    picture = composed(a, state)
    assert picture.title == "Figure 9: Think and crazy" and FIGURES[9].sentence in picture.note.replace("\n", " ")
    bare = replace(picture, title="", note="", view=picture.placed_view())
    captioned = replace(bare, title=picture.title, note=picture.note)
    changed = np.abs(pixels(to_image(captioned)) - pixels(to_image(bare))).max(axis=2) > 40
    rows, _ = np.nonzero(changed[:, : round(640 - picture.legend_width)])
    assert len(rows) > 200 and rows.max() < 100
    for kind in (".svg", ".pdf"):
        save(captioned, tmp_path / f"with{kind}")
        save(bare, tmp_path / f"without{kind}")
        assert (tmp_path / f"with{kind}").stat().st_size > (tmp_path / f"without{kind}").stat().st_size
    assert composed(a, replace(state, colouring=Colouring.TIME)).title == ""


@pytest.mark.parametrize("number", [9, 10])
def test_a_figure_of_signs_frames_them_and_gives_each_a_colour(number: int) -> None:
    a = activations()
    picture = figure_picture(number, a, (640, 520))
    view = picture.placed_view()
    assert isinstance(view, View2D)
    state = FIGURES[number].state(a)
    shown = state.shown(a)
    t = Trajectories.build(a, a.projections[2], state.log_scale)
    drawn = np.append(shown, False)[t.recording]
    x, y = view.to_pixels(t.vertices[drawn])
    assert x.min() >= 0 and x.max() <= 640 and y.min() >= 0 and y.max() <= 520
    assert max(np.ptp(x) / 640, np.ptp(y) / 520) > 0.6, "they fill the picture"
    assert len(np.unique(picture.scene.layers[0].rgb[picture.scene.layers[0].rgb.sum(axis=1) != 524], axis=0)) >= len(
        FIGURES[number].signs
    )
    assert [entry.text for entry in picture.scene.legend_entries] == sorted(FIGURES[number].signs, key=sort_key)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda each: each.name)
@pytest.mark.parametrize("colouring", [Colouring.TIME, Colouring.SIGN, Colouring.DISTANCE])
def test_the_key_names_the_marks_of_settled_answers_exactly_where_they_are_drawn(
    theme: Theme, colouring: Colouring
) -> None:
    a = activations()
    state = replace(opening_state(a), colouring=colouring, labels=False)
    assert predictions_for(a) is not None
    for change, mark in (
        ({}, None),
        ({"selected": (0,)}, SettledMark.RING),
        ({"settled": True}, SettledMark.DOT),
        ({"settled": True, "last_only": True}, None),
    ):
        picture = composed(a, replace(state, **change), theme)
        assert picture.scene.settled is mark
        plain = replace(picture, scene=replace(picture.scene, settled=None))
        changed = np.abs(pixels(to_image(picture)) - pixels(to_image(plain))).max(axis=2) > 60
        assert changed[:140, -200:].any() == (mark is not None) and not changed[140:].any()


def test_what_is_wrong_is_drawn_over_what_is_right() -> None:
    a = activations()
    points = np.zeros_like(a.projections[2].points)  # all in one place
    a = replace(a, projections={2: Projection(points, a.projections[2].prefix, "made up", "made up")})
    state = replace(opening_state(a), colouring=Colouring.ANSWER, labels=False, layout=Layout.MAP_2D)
    scene = build_scene_of_projection(a, a.projections[2], state, LIGHT)
    picture = Picture(scene, LIGHT, 200, 200, axes=False)
    x, y = (round(float(v[0])) for v in picture.placed_view().to_pixels(np.zeros((1, 2), dtype=np.float32)))
    red, _, blue = pixels(to_image(picture))[y, x].tolist()
    assert red > blue + 60, "orange, although most recordings are right and blue"


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda each: each.name)
def test_a_selected_path_is_two_pixels_wide_and_stands_out(theme: Theme) -> None:
    a = activations()
    picture = composed(a, replace(opening_state(a), selected=Selected((0,)), labels=False), theme)
    front = next(layer for layer in picture.scene.layers if layer.line_recording.tolist().count(0))
    assert front.line_width * 0.85 >= 2 and front.line_alpha >= 0.6
    many = composed(a, opening_state(a), theme).scene.layers[0]
    assert front.line_width > many.line_width


def test_a_note_stands_below_a_title_or_in_its_place() -> None:
    written = []
    for title in ("A title", ""):
        image = QImage(200, 120, QImage.Format.Format_RGB32)
        image.fill(255 << 16 | 255 << 8 | 255)
        with QPainter(image) as painter:
            paint_heading(painter, 10, 5, title, "xxx", LIGHT)
        rows = np.flatnonzero((pixels(image) < 160).any(axis=(1, 2)))
        *_, (_, top, _, bottom) = heading_boxes(title, "xxx", 10, 5)
        assert top < rows[-1] < bottom
        written.append((rows[0], rows[-1], bottom))
    (title_top, below, box), (note_top, alone, box_alone) = written
    assert below - alone == box - box_alone == 22
    assert note_top > title_top, "small letters begin lower than a title, on the same line"
    assert alone < 5 + 18 + 2
