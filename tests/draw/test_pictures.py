from __future__ import annotations

import errno
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from auslan_explorer.core.colours import BOTH_HANDS, recording_colours
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.session import PER_STEP, Colouring, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw import picture as pictures
from auslan_explorer.draw.architecture import architecture
from auslan_explorer.draw.figures import FIGURES, figure_picture, render_figure
from auslan_explorer.draw.naming import SignLabel
from auslan_explorer.draw.paint_axes import axis_boxes
from auslan_explorer.draw.paint_box import with_box
from auslan_explorer.draw.paint_labels import layout_labels, paint_playheads
from auslan_explorer.draw.picture import Picture, save, to_image
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.io.origin_tags import tag_picture
from tests.made_up import made_up_activations


def pixels(image: QImage) -> np.ndarray:
    """Bytes red, green, blue, shape (height, width, 3)."""
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def bare(picture: Picture) -> Picture:
    """The points and lines alone."""
    return replace(
        picture, axes=False, title="", scene=replace(picture.scene, labels=(), time_legend=None, legend_entries=())
    )


def coloured(image: np.ndarray, x: float, y: float, reach: int = 1) -> bool:
    """Whether something else than grey stands at a place."""
    spot = image[int(y) - reach : int(y) + reach + 1, int(x) - reach : int(x) + reach + 1]
    return bool((spot.max(axis=-1) - spot.min(axis=-1)).max() > 30)


@pytest.mark.parametrize("number", [3, 4, 5])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_figure_draws_its_points_where_they_belong(number: int, theme: object) -> None:
    a = made_up_activations()
    picture = bare(figure_picture(number, a, (500, 420), theme))  # type: ignore[arg-type]
    image = pixels(to_image(picture))
    state = FIGURES[number].state(a)
    t = Trajectories.build(a, a.projections[FIGURES[number].dims], state.log_scale)
    x, y = picture.placed_view().to_pixels(t.vertices)
    assert x.min() >= 0 and y.min() >= 0 and x.max() < 500 and y.max() < 420
    shown = state.shown(a)
    ends = t.last_vertex[shown]
    assert all(coloured(image, x[v], y[v]) for v in ends)
    if state.last_only:
        early = [v for v in np.flatnonzero(t.step == 12) if np.hypot(x[ends] - x[v], y[ends] - y[v]).min() > 12]
        assert not any(coloured(image, x[v], y[v]) for v in early)


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_networks_are_drawn_layer_by_layer(suffix: str, tmp_path: Path) -> None:
    dense = DenseLayer(np.zeros((8, 2), np.float32), np.zeros(2, np.float32), "linear")
    back = DenseLayer(np.zeros((2, 8), np.float32), np.zeros(8, np.float32), "tanh")
    a = replace(made_up_activations(), autoencoders={2: Autoencoder((dense, back), 0)})
    title, layers = architecture(2, a)
    assert title == "The 2-D autoencoder"
    assert [(box.name, box.does, box.shape) for box in layers[1:]] == [
        ("Bottleneck", "linear", "2"), ("Reconstruction", "tanh", "8"),
    ]  # fmt: skip
    render_figure(2, a, tmp_path / f"f{suffix}", (600, 480))
    assert (tmp_path / f"f{suffix}").stat().st_size > 1000
    if suffix == ".png":
        image = pixels(QImage(str(tmp_path / "f.png")).convertToFormat(QImage.Format.Format_RGB32))
        assert (image == np.array(LIGHT.accent)).all(axis=-1).sum() > 1000, "the bottleneck stands out"
    with pytest.raises(UserError, match="not at hand"):
        render_figure(1, a, tmp_path / f"g{suffix}")
    assert not (tmp_path / f"g{suffix}").exists()


def test_mistakes_show_their_signs_and_name_truth_above_and_answer_below() -> None:
    a = made_up_activations()
    picture = figure_picture(11, a, (1000, 840))
    assert FIGURES[11].state(a).visible_signs == {0, 1}
    truth, answer = [label for label in picture.scene.labels if label.recording is not None]
    assert (truth.text, truth.colour, answer.text, answer.colour) == (
        "alive", LIGHT.truth, "computer (PC)", LIGHT.mistake,
    )  # fmt: skip
    spots = {p.number: p for p in layout_labels(picture.scene, picture.placed_view(), picture.unit)}
    _, y = picture.placed_view().to_pixels(np.array([truth.position], np.float32))
    assert spots[0].y + spots[0].height <= y[0] + 1 and spots[1].y >= y[0] - 1
    image = pixels(to_image(picture))
    for foreground, side in ((LIGHT.truth, image[: int(y[0])]), (LIGHT.mistake, image[int(y[0]) :])):
        assert (np.abs(side - np.array(foreground)).max(axis=-1) < 40).sum() > 5
    # Nobody is wrong in the validation split: the picture says so, and shows no path.
    empty = figure_picture(12, a, (500, 420))
    assert "no validation recording is misclassified" in empty.title and empty.scene.empty
    unknown = replace(a, split=np.full(len(a), 255, np.uint8))
    assert all(FIGURES[n].state(unknown).visible_signs == {0, 1} for n in (11, 12, 13))


def test_hand_usage_is_two_colours_and_follows_the_threshold() -> None:
    a = made_up_activations()
    a = replace(a, hand_ratio=(a.sign / 4).astype(np.float32))
    for threshold, both in ((0.25, {1, 2, 3}), (0.6, {3})):
        state = replace(FIGURES[6].state(a), hand_threshold=threshold)
        rgb = recording_colours(a, state)
        assert set(a.sign[(rgb == BOTH_HANDS).all(axis=1)]) == both
    scene = build_scene_of_projection(a, a.projections[2], state, LIGHT)
    assert not len(scene.layers[0].positions) and len(scene.layers[0].starts)
    assert [entry.text for entry in scene.legend_entries] == ["right hand", "both hands"]
    assert set(a.sign[list(scene.legend_entries[1].recordings)]) == {3}


def test_only_shown_recordings_are_drawn_and_unselected_ones_are_grey() -> None:
    a = made_up_activations()
    state = replace(opening_state(a), visible_signs=frozenset({0, 1}), selected=(0,))
    picture = bare(Picture(build_scene_of_projection(a, a.projections[2], state, LIGHT), LIGHT, 500, 420))
    image = pixels(to_image(picture))
    t = Trajectories.build(a, a.projections[2], True)
    x, y = picture.placed_view().to_pixels(t.vertices)
    last = t.last_vertex
    assert coloured(image, x[last[0]], y[last[0]])
    grey, absent = last[a.sign == 1][0], last[a.sign == 3][0]
    assert not coloured(image, x[grey], y[grey])
    assert image[int(y[grey]), int(x[grey])].max() < 235
    assert (image[int(y[absent]), int(x[absent])] == 255).all()


def test_paths_grow_with_the_step() -> None:
    a = made_up_activations()
    whole = bare(Picture(build_scene_of_projection(a, a.projections[2], opening_state(a), LIGHT), LIGHT, 500, 420))
    t = Trajectories.build(a, a.projections[2], True)
    x, y = whole.placed_view().to_pixels(t.vertices)
    v = int(t.last_vertex[np.hypot(*t.vertices[t.last_vertex].T).argmax()])
    assert not coloured(pixels(to_image(replace(whole, step=17))), x[v], y[v], reach=0)
    assert coloured(pixels(to_image(replace(whole, step=19))), x[v], y[v], reach=0)


def test_bands_make_the_same_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = figure_picture(3, made_up_activations(), (400, 333))
    whole = pixels(to_image(picture))
    monkeypatch.setattr(pictures, "_BAND_ROWS", 50)
    assert np.abs(pixels(to_image(picture)) - whole).max() <= 1


def test_an_svg_says_where_it_is_from_and_stays_xml_whatever_that_is_called() -> None:
    told = {"Data": "a\x01\x0b\x1fb <&> “c”", "Command": "one\n\ttwo"}
    tagged = tag_picture(b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', ".svg", told)
    assert ET.fromstring(tagged)[0].text == "Data: ab <&> “c”\nCommand: one\n\ttwo"


@pytest.mark.parametrize("number", [3, 4, 5])
def test_svg_and_pdf_hold_the_same_picture_as_lines_and_dots(number: int, tmp_path: Path) -> None:
    a = made_up_activations()
    svg, pdf = tmp_path / "f.svg", tmp_path / "f.pdf"
    picture = bare(figure_picture(number, a, (500, 420)))
    save(picture, svg)
    save(picture, pdf)
    root = ET.parse(svg).getroot()
    assert root.get("viewBox") == "0 0 500 420"
    shown = FIGURES[number].state(a).shown(a)
    points = int(shown.sum()) if FIGURES[number].changes["last_only"] else int(a.lengths[shown].sum())
    assert len(root.findall(".//{*}circle")) >= points
    assert not root.findall(".//{*}image")
    assert pdf.read_bytes().startswith(b"%PDF-") and b"500" in pdf.read_bytes()
    drawing = QImage(500, 420, QImage.Format.Format_RGB32)
    from PySide6.QtSvg import QSvgRenderer

    painter = QPainter(drawing)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    t = Trajectories.build(a, a.projections[FIGURES[number].dims], True)
    x, y = picture.placed_view().to_pixels(t.vertices[t.last_vertex[shown]])
    image = pixels(drawing)
    assert all(coloured(image, px, py) for px, py in zip(x, y, strict=True))


@pytest.mark.parametrize("colouring", list(Colouring))
def test_every_colouring_has_its_key(colouring: Colouring) -> None:
    a = made_up_activations()
    a = replace(a, hand_ratio=np.linspace(0, 1, len(a)).astype(np.float32))
    state = replace(opening_state(a), colouring=colouring)
    measured, values = a.projections[2].measured, np.linspace(0.1, 1, a.real_steps).astype(np.float32)
    measured.error = measured.trust[state.neighbours] = measured.continuity[state.neighbours] = values
    measured.distortion = values
    scene = build_scene_of_projection(a, a.projections[2], state, LIGHT)
    assert (scene.time_legend is not None) == (colouring is Colouring.TIME)
    # Labels of steps are texts here: there are none, which the key says.
    assert (scene.scale_legend is not None) == (colouring in PER_STEP - {Colouring.TIME, Colouring.LABEL})
    assert bool(scene.legend_entries) == (colouring not in PER_STEP or colouring is Colouring.LABEL)
    keyed = Picture(scene, LIGHT, 500, 420)
    # The legend is what is missing from the same picture without one.
    without = replace(scene, time_legend=None, scale_legend=None, legend_entries=())
    image = pixels(to_image(keyed))
    at = np.argwhere((image != pixels(to_image(replace(keyed, scene=without, view=keyed.placed_view())))).any(axis=-1))
    assert at[:, 1].min() > 250 and at[:, 0].max() < 210, "in the upper right corner"
    legend = image[tuple(at.T)]
    for entry in scene.legend_entries:
        assert (legend == np.array(entry.colour)).all(axis=-1).any(), entry.text
    table = scene.time_legend if scene.scale_legend is None else scene.scale_legend.table
    for rgb in () if table is None else table[[0, len(table) // 2, -1]]:
        assert np.abs(legend - rgb.astype(int)).max(axis=-1).min() <= 14


def test_a_flat_view_and_a_camera_keep_everything_inside() -> None:
    low, high = np.array([-2.0, -1.0, -3.0]), np.array([4.0, 5.0, 1.0])
    view = View2D.fit(low, high, 300, 200, (20, 10, 5, 30))
    x, y = view.to_pixels(np.array([low[:2], high[:2]]))
    assert x[0] > 20 and x[1] < 295 and y[1] > 10 and y[0] < 170
    assert abs((view.right - view.left) / 300 - (view.top - view.bottom) / 200) < 1e-9
    camera = Camera.fit(low, high, 300, 200)
    middle_x, middle_y = camera.to_pixels(((low + high) / 2)[None].astype(np.float32))
    # A little above the picture's middle: the box's nearest corner, far below it, needs the room.
    assert middle_x[0] == pytest.approx(150) and 90 < middle_y[0] < 100


def test_bad_targets_and_sizes_are_said_before_drawing(tmp_path: Path) -> None:
    a = made_up_activations()
    with pytest.raises(UserError, match=r"PNG, SVG, PDF"):
        render_figure(3, a, tmp_path / "f.jpg")
    with pytest.raises(UserError, match="no figure 99"):
        render_figure(99, a, tmp_path / "f.png")
    with pytest.raises(UserError, match="too small"):
        render_figure(3, a, tmp_path / "f.png", (10, 10))
    with pytest.raises(UserError, match="too large"):
        render_figure(3, a, tmp_path / "f.png", (20_000, 20_000))
    with pytest.raises(UserError, match="does not exist"):
        render_figure(3, a, tmp_path / "no" / "f.png")
    with pytest.raises(UserError, match="3-D projection"):
        render_figure(5, replace(a, projections={2: a.projections[2]}), tmp_path / "f.png")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_or_cancelled_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "f.png"
    out.write_bytes(b"before")
    picture = figure_picture(3, made_up_activations(), (300, 300))
    with pytest.raises(Cancelled):
        save(picture, out, cancelled=lambda: True)

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="no room left"):
        save(picture, out)
    monkeypatch.undo()
    assert out.read_bytes() == b"before" and list(tmp_path.iterdir()) == [out]


def test_a_png_says_its_resolution_and_may_be_clear(tmp_path: Path) -> None:
    a = made_up_activations()
    state = replace(opening_state(a), selected=(0,))
    picture = bare(
        Picture(
            build_scene_of_projection(a, a.projections[2], state, LIGHT), LIGHT, 500, 420, dpi=300, transparent=True
        )
    )
    save(picture, tmp_path / "f.png")
    image = QImage(str(tmp_path / "f.png"))
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == 11811
    assert image.hasAlphaChannel() and image.pixelColor(2, 2).alpha() == 0
    t = Trajectories.build(a, a.projections[2], True)
    x, y = picture.placed_view().to_pixels(t.vertices)
    end, grey = t.last_vertex[0], t.last_vertex[15]
    assert image.pixelColor(int(x[end]), int(y[end])).alpha() > 100
    assert 20 < image.pixelColor(int(x[grey]), int(y[grey])).alpha() < 255
    # On paper, it is the picture with paper.
    on_paper = QImage(500, 420, QImage.Format.Format_RGB32)
    on_paper.fill(0xFFFFFFFF)
    painter = QPainter(on_paper)
    painter.drawImage(0, 0, image)
    painter.end()
    assert np.abs(pixels(on_paper) - pixels(to_image(replace(picture, transparent=False)))).max() <= 3


def test_names_stand_clear_of_the_titles_of_the_axes_in_3d(monkeypatch: pytest.MonkeyPatch) -> None:
    a = made_up_activations()
    picture = Picture(build_scene_of_projection(a, a.projections[3], opening_state(a), LIGHT), LIGHT, 400, 360)
    taken: list[tuple] = []
    lay_out = pictures.layout_labels

    def keep(scene: object, view: object, scale: float, boxes: tuple, *more: object) -> list:
        taken.extend(boxes[:-1])
        return lay_out(scene, view, scale, boxes, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "layout_labels", keep)
    image = pixels(to_image(picture))
    assert len(taken) >= 3 + 6, "three titles, and at least two numbers an axis"
    for left, top, right, bottom in taken:
        assert image[int(top) : int(bottom), int(left) : int(right)].min() < 215, "something is written there"


def test_names_stand_clear_of_the_titles_of_the_axes_in_2d() -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[2], opening_state(a), LIGHT)
    view = View2D.fit(scene.low, scene.high, 300, 260)
    boxes = axis_boxes(scene, view)
    for place in layout_labels(scene, view, taken=boxes):
        for left, top, right, bottom in boxes:
            apart = place.x >= right or place.x + place.width <= left
            assert apart or place.y >= bottom or place.y + place.height <= top


def test_the_box_around_a_map_in_3d_lies_beneath_its_paths_and_follows_the_camera() -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[3], opening_state(a), LIGHT)
    camera = Camera.fit(scene.low, scene.high, 400, 360)
    boxed = with_box(scene, camera, LIGHT)
    faces = boxed.layers[0]
    assert boxed.layers[1:] == scene.layers and len(faces.starts) == len(faces.ends) > 3 * 4
    behind = replace(camera, azimuth=camera.azimuth + 180)
    assert not np.array_equal(with_box(scene, behind, LIGHT).layers[0].starts, faces.starts)
    # Far faces lie behind the middle of the data, and every corner of them is in the picture.
    middle = (scene.low + scene.high) / 2
    assert ((faces.starts - middle) @ (camera.position - middle)).mean() < 0
    x, y = camera.to_pixels(np.concatenate([faces.starts, faces.ends]))
    assert x.min() > 0 and x.max() < 400 and y.min() > 0 and y.max() < 360
    bare = pixels(to_image(Picture(scene, LIGHT, 400, 360, axes=False, view=camera)))
    full = pixels(to_image(Picture(scene, LIGHT, 400, 360, view=camera)))
    assert full.astype(int).sum() < bare.astype(int).sum(), "there are lines"


@pytest.mark.parametrize("axes", [False, True])
def test_axes_and_what_stands_above_get_their_room(axes: bool) -> None:
    a = made_up_activations()
    picture = bare(figure_picture(3, a, (500, 420), LIGHT))
    rooms = {}
    for title, note in (("", ""), ("a title", ""), ("a title", "a note")):
        view = replace(picture, axes=axes, title=title, note=note).placed_view()
        (left, _), (_, bottom) = view.to_pixels(np.array([picture.scene.low, picture.scene.low]))
        _, (top, _) = view.to_pixels(np.array([picture.scene.high, picture.scene.high]))
        rooms[title, note] = (float(left), float(top), 420 - float(bottom))
    (_, bare_top, _), (_, title_top, _), (_, note_top, _) = rooms.values()
    assert bare_top < title_top < note_top
    view = replace(picture, axes=axes).placed_view()
    other = replace(picture, axes=not axes).placed_view()
    assert isinstance(view, View2D) and isinstance(other, View2D)
    # Numbers and names stand at the left and below: there is room for them, and none is kept without them.
    assert (view.right - view.left > other.right - other.left) is axes


def test_playheads_are_discs_in_the_colour_of_the_answer_and_rings_where_it_is_wrong() -> None:
    theme = LIGHT
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(*theme.background))
    heads = tuple(
        SignLabel("a", place, 0, (0, 0, 0), playhead=number, prediction=prediction, right=right)
        for number, (place, prediction, right) in enumerate(
            [((-2.0, 0.0), "a", True), ((0.0, 0.0), "b", False), ((2.0, 0.0), "", True), ((np.nan, np.nan), "a", True)]
        )
    )
    scene = replace(bare(figure_picture(3, made_up_activations(), (64, 64), theme)).scene, labels=heads)
    view = View2D(-3.0, 3.0, -1.5, 1.5, 60, 30)
    painter = QPainter(image)
    paint_playheads(painter, scene, view, theme, 1.0)
    painter.end()
    x, y = view.to_pixels(np.array([head.position for head in heads[:3]], np.float32))
    seen = [QColor(image.pixel(int(across), int(down))).getRgb()[:3] for across, down in zip(x, y, strict=True)]
    assert seen == [theme.truth, theme.background, theme.foreground]
    ring = [QColor(image.pixel(int(x[1]) + dx, int(y[1]))).getRgb()[:3] for dx in range(-6, 7)]
    # A thin ring is smoothed at its edges.
    assert min(np.abs(np.subtract(spot, theme.mistake)).max() for spot in ring) < 10
    assert min(np.abs(np.subtract(spot, theme.truth)).max() for spot in ring) > 50


def test_a_viewport_on_a_larger_picture_shows_the_same_larger() -> None:
    view = View2D(-3.0, 3.0, -1.5, 1.5, 60, 30)
    places = np.array([[-3.0, 1.5], [3, -1.5], [1, 0.5]], np.float32)
    np.testing.assert_allclose(view.to_pixels(places), [[0, 60, 40], [0, 30, 10]], atol=1e-5)
    np.testing.assert_allclose(view.scaled(2.5).to_pixels(places), 2.5 * np.array(view.to_pixels(places)), atol=1e-4)


def test_titles_of_axes_cover_as_much_at_any_scale() -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[2], opening_state(a), LIGHT)
    once, twice = (axis_boxes(scene, View2D.fit(scene.low, scene.high, 300 * s, 260 * s), s) for s in (1, 2))
    np.testing.assert_allclose(twice, 2 * np.array(once), atol=6)
