"""PDF: what is drawn stands in the file as lines and dots, beneath what Qt wrote."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage

from auslan_explorer.core.session import Colouring, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.pdf import put_beneath
from auslan_explorer.draw.picture import Picture, save, vector_bytes
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations


def picture(**changes: object) -> Picture:
    a = made_up_activations()
    state = replace(opening_state(a), selected=(0, 1))
    return replace(Picture(build_scene_of_projection(a, a.projections[2], state, LIGHT), LIGHT, 500, 420), **changes)  # type: ignore[arg-type]


def written(tmp_path: Path, **changes: object) -> bytes:
    save(picture(**changes), tmp_path / "f.pdf")
    return (tmp_path / "f.pdf").read_bytes()


def operators(pdf: bytes) -> str:
    """What the map's form draws."""
    form = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/XObject"]["/Map"]
    return form.get_data().decode("ascii")


def test_every_point_is_a_dot_and_every_path_a_line(tmp_path: Path) -> None:
    drawn = operators(written(tmp_path))
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], True)
    dots = re.findall(r"^(\S+) (\S+) m \S+ \S+ l S$", drawn, re.MULTILINE)
    assert len(dots) >= a.real_steps
    x, y = picture().placed_view().to_pixels(t.vertices[t.recording >= 0])
    found = np.array(dots, dtype=float)
    for px, py in zip(x, 420 - y, strict=True):
        assert np.abs(found - (px, py)).max(axis=1).min() < 0.011
    assert len(re.findall(r"^\S+ \S+ m$", drawn, re.MULTILINE)) >= len(a)


def strokes(pdf: bytes) -> tuple[list[tuple[np.ndarray, str]], list[tuple[np.ndarray, str]]]:
    """Lines and dots in the order in which they are stroked: corners, shape (n, 2), and colour."""
    lines: list[tuple[np.ndarray, str]] = []
    dots: list[tuple[np.ndarray, str]] = []
    colour, corners = "", []
    numbers: list[float] = []
    for word in operators(pdf).split():
        if word.startswith("/"):
            continue
        if not word.isalpha():
            numbers.append(float(word))
            continue
        assert word in {"re", "W", "n", "J", "j", "rg", "f", "w", "gs", "RG", "m", "l", "S"}, word
        if word == "RG":
            colour = " ".join(f"{each:.3g}" for each in numbers)
        elif word == "m":
            corners = [numbers]
        elif word == "l":
            corners.append(numbers)
        elif word == "S":
            path = np.array(corners)
            (dots if len(path) == 2 and np.ptp(path, axis=0).max() < 0.02 else lines).append((path, colour))
        numbers = []
    return lines, dots


def word_of(rgb: np.ndarray) -> str:
    return " ".join(f"{int(value) / 255:.3g}" for value in rgb)


@pytest.mark.parametrize("colouring", [Colouring.TIME, Colouring.SIGN])
def test_dots_and_paths_have_their_place_and_colour_and_every_colour_is_on_top_somewhere(
    tmp_path: Path, colouring: Colouring
) -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[2], replace(opening_state(a), colouring=colouring), LIGHT)
    made = Picture(scene, LIGHT, 500, 420)
    save(made, tmp_path / "f.pdf")
    lines, dots = strokes((tmp_path / "f.pdf").read_bytes())
    view, (layer,) = made.placed_view(), scene.layers
    x, y = view.to_pixels(layer.positions)
    colours = [word_of(rgb) for rgb in np.broadcast_to(layer.rgb, (len(x), 3))]
    assert len(dots) == len(x) and len(set(colours)) > 3
    at, wanted = np.array([path[0] for path, _ in dots]), np.column_stack([x, 420 - y])
    near = np.abs(at[:, None] - wanted[None]).max(axis=2) < 0.011
    same = np.array([colour for _, colour in dots])[:, None] == np.array(colours)[None]
    assert (near & same).any(axis=0).all() and (near & same).any(axis=1).all()
    order = [colour for _, colour in dots]
    several = {colour for colour in order if order.count(colour) >= 8 * 2}
    for colour in several:
        places = np.flatnonzero(np.array(order) == colour) / len(order)
        assert places[0] < 0.2 and places[-1] > 0.8, "no colour lies below all others"
    t = Trajectories.build(a, a.projections[2], True)
    assert len(lines) == len(a) + 1, "a path is one stroke, and not closed, and so is the beginning that all share"
    ends = {i: np.column_stack(view.to_pixels(t.vertices[t.last_vertex[i]][None]))[0] for i in range(len(a))}
    last = np.array([path[-1] for path, _ in lines])
    starts = np.column_stack(view.to_pixels(layer.starts))
    for path, colour in lines:
        own = np.abs(starts - (path[0, 0], 420 - path[0, 1])).max(axis=1) < 0.011
        assert colour in {word_of(rgb) for rgb in np.broadcast_to(layer.line_rgb, (len(starts), 3))[own]}
    for end in ends.values():
        assert np.abs(last - (end[0], 420 - end[1])).max(axis=1).min() < 0.011


def test_a_path_grows_and_paper_may_be_left_out(tmp_path: Path) -> None:
    whole, half = operators(written(tmp_path)), operators(written(tmp_path, step=12))
    assert 0 < half.count(" l S\n") < whole.count(" l S\n")
    assert "1 1 1 rg" in whole
    assert "rg" not in operators(written(tmp_path, transparent=True))


def test_the_page_draws_the_map_before_its_own_words(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(written(tmp_path, title="Think and crazy")), strict=True)
    first, own = (part.get_object().get_data() for part in reader.pages[0]["/Contents"])
    assert first == b"q /Map Do Q\n" and len(own) > 100
    assert tuple(map(float, reader.pages[0].mediabox)) == (0, 0, 500, 420)
    assert reader.metadata is not None and reader.metadata.title == "Think and crazy"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (Debian package poppler-utils) is not here")
def test_a_reader_shows_it(tmp_path: Path) -> None:
    written(tmp_path)
    subprocess.run(["pdftoppm", "-r", "72", "-png", tmp_path / "f.pdf", tmp_path / "f"], check=True)
    image = QImage(str(next(tmp_path.glob("f*.png")))).convertToFormat(QImage.Format.Format_RGB32)
    assert (image.width(), image.height()) == (500, 420)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(420, 500, 4)[..., 2::-1].astype(int)
    a = made_up_activations()
    t = Trajectories.build(a, a.projections[2], True)
    x, y = picture().placed_view().to_pixels(t.vertices[t.last_vertex])
    for number in range(len(a)):
        spot = data[int(y[number]) - 1 : int(y[number]) + 2, int(x[number]) - 1 : int(x[number]) + 2]
        coloured = (spot.max(axis=-1) - spot.min(axis=-1)).max() > 30
        assert spot.min() < 235 and (coloured or number > 1)


def test_what_is_painted_on_a_page_is_measured_in_points() -> None:
    pdf = vector_bytes(lambda painter: painter.fillRect(10, 20, 100, 50, QColor(255, 0, 0)), (300, 200), "", ".pdf")
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert tuple(page.mediabox) == (0, 0, 300, 200)
    drawn = page.get_contents().get_data().decode("ascii")
    across, _, _, down, left, bottom = (
        float(part) for part in re.findall(r"^(.*) cm$", drawn, re.MULTILINE)[0].split()
    )
    x, y, width, height = (float(part) for part in re.findall(r"^(.*) re$", drawn, re.MULTILINE)[0].split())
    assert (left + across * x, bottom + down * y, across * width, down * height) == (10, 180, 100, -50)


def test_a_file_that_is_built_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="no PDF"):
        put_beneath(b"%PDF-1.4 trailer", b"", (), (1, 1))


def test_the_version_of_the_file_is_one_with_opacities(tmp_path: Path) -> None:
    save(picture(), tmp_path / "f.pdf")
    # ISO 32000-1, table 58: CA is there from 1.4 on.
    assert PdfReader(tmp_path / "f.pdf").pdf_header >= "%PDF-1.4"


def test_the_start_of_the_program_does_not_wait_for_the_library_of_pdf() -> None:
    code = "import sys, auslan_explorer.draw.picture; sys.exit('pypdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
