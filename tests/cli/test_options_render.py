"""What each option of `render` says it changes is changed in the picture, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from auslan_explorer import cli
from auslan_explorer.commands import film_subject
from auslan_explorer.commands.film_subject import Shown
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.projection import PointQuality
from auslan_explorer.core.resting import HeldInput, RestingMarks
from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.draw.figures import figure_picture
from auslan_explorer.draw.picture import Picture, to_image
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.session_file import CameraPose, SavedSession, source_of, write_session
from auslan_explorer.workflows.export import PictureOptions, compose_picture
from tests.cli.options import changes_output
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("application")

SIZE = (320, 260)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("render") / "a.h5"
    write_cache(file, made_up_activations())
    return file


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def rendered(cache: Path, out: Path, *more: str, size: tuple[int, int] = SIZE) -> QImage:
    call = ["render", "--figure", "3", "--cache", str(cache), "--out", str(out), "--size", f"{size[0]}x{size[1]}"]
    assert cli.main([*call, *more]) == 0
    return QImage(str(out))


def expected(cache: Path, number: int = 3, size: tuple[int, int] = SIZE, theme: object = LIGHT) -> Picture:
    return figure_picture(number, read_cache(cache), size, theme)  # type: ignore[arg-type]


@changes_output("render --figure", "render --theme", "render --scale", "render --transparent", "render --cache")
@pytest.mark.parametrize("option", ["--figure", "--theme", "--scale", "--transparent"])
def test_an_option_changes_the_picture_as_it_says(option: str, cache: Path, tmp_path: Path) -> None:
    plain = expected(cache)
    values, picture = {
        "--figure": (["4"], expected(cache, 4)),
        "--theme": (["dark"], expected(cache, theme=DARK)),
        "--scale": (["2"], replace(plain, scale=2 * plain.unit)),
        "--transparent": ([], replace(plain, transparent=True)),
    }[option]
    got = pixels(rendered(cache, tmp_path / "f.png", option, *values))
    assert np.array_equal(got, pixels(to_image(picture)))
    assert not np.array_equal(got, pixels(to_image(plain)))


@changes_output("render --landscape", "render --flow", "render --resting")
@pytest.mark.parametrize("option", ["--landscape", "--flow", "--resting"])
def test_what_is_drawn_over_the_map_is_that_of_the_figures_map(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "many.h5"
    write_cache(file, made_up_activations(recordings_per_sign=60))
    high = np.abs(read_cache(file).projections[2].points).max(axis=0) + 1
    answer = np.arange(4).reshape(2, 2).repeat(20, axis=0).repeat(20, axis=1).astype(np.int16)
    values = np.zeros((5, 5), np.float32)
    marks = RestingMarks(np.ones((1, 2), np.float32), np.array([True]), ("drink 80%",))
    found = PointQuality(
        landscapes={True: Landscape(-high, high, answer, values, values, 1.0)}, resting={HeldInput.MEAN: marks}
    )
    asked: list[tuple[SessionState, list[int]]] = []

    def measure(shown: Shown, dims: list[int]) -> None:
        asked.append((shown.state, dims))
        shown.projections[2].measured.add(found)

    monkeypatch.setattr(film_subject, "measure", measure)
    field, value, words = {
        "--landscape": ("landscape", True, []),
        "--flow": ("flow", True, []),
        "--resting": ("resting", HeldInput.MEAN, ["mean"]),
    }[option]
    got = pixels(rendered(file, tmp_path / "f.png", option, *words))
    ((state, dims),) = asked
    assert getattr(state, field) == value and dims == [2]
    a = read_cache(file)
    a.projections[2].measured.add(found)
    assert np.array_equal(got, pixels(to_image(figure_picture(3, a, SIZE, changes={field: value}))))
    assert not np.array_equal(got, pixels(to_image(figure_picture(3, a, SIZE))))
    # Of a session too.
    session = tmp_path / "s.auslan"
    write_session(session, SavedSession(state_to_json(Session(a).state, a), source_of(a, session)))
    call = ["render", "--session", str(session), "--out", str(tmp_path / "s.png"), option, *words]
    assert cli.main(call) == 0 and getattr(asked[-1][0], field) == value


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--figure", "1", "--flow"], "Figure 1 is no map"),
        (["--figure", "5", "--landscape"], "drawn on the 2-D map, and figure 5 is in 3-D"),
    ],
)
def test_what_cannot_be_drawn_over_a_figure_is_said(
    words: list[str], said: str, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["render", "--cache", str(cache), "--out", str(tmp_path / "f.png"), *words]) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "f.png").exists()


@changes_output("render --session", "render --view", "render --whole")
def test_a_session_is_drawn_as_it_is_looked_at(cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, a = tmp_path / "mine.auslan", read_cache(cache)
    state = replace(Session(a).state, selected=(1, 2), log_scale=False)
    bounds = (0.0, 1.0, -0.5, 1.0)
    saved = SavedSession(
        state_to_json(state, a), source_of(a, file), "dark", bounds,
        CameraPose(33.0, 12.0, 2.0, (0.1, 0.2, 0.3), 4.0, 50.0), {2: (640.0, 480.0), 3: (300.0, 200.0)},
    )  # fmt: skip
    write_session(file, saved)
    out = tmp_path / "s.png"
    views = {2: View2D(*bounds, 640, 480), 3: Camera((0.1, 0.2, 0.3), 4.0, 33.0, 12.0, 300, 200, 50.0)}

    def drawn(*more: str) -> np.ndarray:
        assert cli.main(["render", "--session", str(file), "--out", str(out), "--size", "320x260", *more]) == 0
        return pixels(QImage(str(out)))

    def wanted(dims: int, theme: object, *, whole: bool = False) -> np.ndarray:
        options = PictureOptions(dims, SIZE, theme, None if whole else views[dims])  # type: ignore[arg-type]
        return pixels(to_image(compose_picture(a, a.projections, state, options)))

    assert np.array_equal(drawn(), wanted(2, DARK))
    assert np.array_equal(drawn("--whole", "--theme", "light"), wanted(2, LIGHT, whole=True))
    assert np.array_equal(drawn("--view", "3d"), wanted(3, DARK))
    for more in (["--cache", str(cache)], ["--figure", "3"]):
        assert fails(["render", "--session", str(file), "--out", str(out), *more])
    assert fails(["render", "--figure", "3", "--whole", "--cache", str(cache), "--out", str(out)])
    assert "leave out --view and --whole" in capsys.readouterr().err


def fails(call: list[str]) -> bool:
    try:
        return cli.main(call) == 2
    except SystemExit as ended:
        return ended.code == 2


@changes_output("render --size", "render --dpi")
def test_a_picture_has_its_size_in_pixels_and_says_its_resolution(cache: Path, tmp_path: Path) -> None:
    image = rendered(cache, tmp_path / "f.png", "--dpi", "300", size=(400, 300))
    assert (image.width(), image.height()) == (400, 300)
    assert round(image.dotsPerMeterX() * 0.0254) == round(image.dotsPerMeterY() * 0.0254) == 300
    plain = rendered(cache, tmp_path / "g.png", size=(400, 300))
    assert round(plain.dotsPerMeterX() * 0.0254) != 300
    assert np.array_equal(pixels(image), pixels(plain)), "the resolution changes no pixel"


@changes_output("render --out", "render --format")
def test_the_ending_chooses_the_kind_and_formats_are_written_beside_each_other(cache: Path, tmp_path: Path) -> None:
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF-"}
    for kind, start in starts.items():
        rendered(cache, tmp_path / f"one.{kind}")
        assert (tmp_path / f"one.{kind}").read_bytes().startswith(start)
    rendered(cache, tmp_path / "f.png", "--format", "svg", "pdf")
    assert sorted(path.name for path in tmp_path.iterdir() if path.stem == "f") == ["f.pdf", "f.svg"]
    assert all((tmp_path / f"f.{kind}").read_bytes().startswith(starts[kind]) for kind in ("svg", "pdf"))
