"""The command that makes an export again is given for what a command can draw, and for nothing else."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis.annotation_tiers import recording_texts
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.annotations import Beside, StepMark
from auslan_explorer.core.session import opening_state
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.draw.view import View2D
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.workflows.again import (
    as_ranges,
    elan_command,
    film_command,
    film_of_session,
    keepable,
    paths_command,
    picture_command,
    picture_of_session,
)
from auslan_explorer.workflows.elan import ElanOptions
from auslan_explorer.workflows.export import PictureOptions
from tests.made_up import made_up_activations


@pytest.mark.parametrize("number", [number for number, figure in FIGURES.items() if figure.dims])
def test_every_figure_of_a_map_is_told_by_its_number(shipped: Activations, number: int) -> None:
    figure = FIGURES[number]
    if figure.disabled_reason(shipped, shipped.projections):
        pytest.skip("this figure cannot be drawn of these activations")
    options = PictureOptions(figure.dims, (640, 480), DARK, dpi=300, transparent=True, share=1.5)
    state = figure.state(shipped)
    words = shlex.split(picture_command(shipped, shipped.projections, state, Path("/a b.png"), options))
    assert words[:2] == ["auslan-explorer", "render"]
    assert {"--out=/a b.png", "--size=640x480", "--scale=1.5", "--theme=dark", "--dpi=300"} <= set(words[2:])
    assert words[-1] == "--transparent" and not any(word.startswith("--cache") for word in words)
    (told,) = (int(word.partition("=")[2]) for word in words if word.startswith("--figure="))
    assert FIGURES[told].state(shipped) == state and FIGURES[told].dims == figure.dims


def test_a_view_that_no_figure_has_has_no_command(shipped: Activations) -> None:
    figure = next(figure for figure in FIGURES.values() if figure.dims == 2)
    state = figure.state(shipped)
    options = PictureOptions(2, (640, 480), DARK)

    def command(**changes: object) -> str:
        return picture_command(
            shipped,
            shipped.projections,
            replace(state, **changes),
            Path("a.png"),
            options,  # type: ignore[arg-type]
        )

    assert command()
    view, hands = View2D(-1, 2, -3, 4, 640, 480), Gesture(("a",), (np.zeros((3, 22)),), 0, np.zeros(0, np.int64))
    marked = Beside(None, (StepMark(3, 9, "here"),))
    for more in ({"seen": view}, {"gesture": hands}, {"beside": marked}):
        asked = replace(options, **more)  # type: ignore[arg-type]
        assert picture_command(shipped, shipped.projections, state, Path("a.png"), asked) == "", more
    assert not command(step=3)
    assert not command(lines=not state.lines)
    assert command(speed=state.speed * 2), "speed is playback's alone"
    other = {2: replace(shipped.projections[2]), 3: shipped.projections[3]}
    assert not picture_command(shipped, other, state, Path("a.png"), options), "it is another map"
    assert not picture_command(made_up_activations(), shipped.projections, state, Path("a.png"), options)


def test_a_session_holds_maps_of_its_own_and_of_saved_runs_and_no_others(shipped: Activations) -> None:
    own, state = shipped.projections, opening_state(shipped)
    run, other = replace(own[2], is_run=True), replace(own[2])
    chosen = replace(state, run_2d="mine")
    assert keepable(shipped, own, state, (2, 3))
    assert keepable(shipped, {**own, 2: run}, chosen, (2, 3))
    assert not keepable(shipped, {**own, 2: run}, state, (2, 3)), "a run without a name is not found again"
    assert not keepable(shipped, {**own, 2: other}, chosen, (2, 3)), "it is no run and not the activations' own"
    assert keepable(shipped, {**own, 2: other}, chosen, (3,)), "a map that is not drawn is not asked for"
    assert not keepable(shipped, {3: own[3]}, state, (2, 3)), "there is no such map"
    a = made_up_activations()
    assert not keepable(a, a.projections, opening_state(a), (2, 3)), "the activations are in no file"


def test_a_film_of_a_figure_is_told_with_its_settings(shipped: Activations) -> None:
    figure = next(figure for figure in FIGURES.values() if figure.dims == 2)
    settings = FilmSettings(width=640, height=360, fps=24)
    words = shlex.split(film_command(shipped, shipped.projections, figure.state(shipped), Path("a.mp4"), settings))
    assert words[:2] == ["auslan-explorer", "film"]
    assert {"--out=a.mp4", "--size=640x360", "--fps=24"} <= set(words[2:])


def test_a_picture_of_a_session_is_told_with_all_its_options(tmp_path: Path) -> None:
    seen = View2D(-1, 2, -3, 4, 640, 480)
    plain = picture_of_session(tmp_path / "a b.auslan", Path("a.png"), PictureOptions(3, (640, 480), DARK, seen))
    words = [
        "auslan-explorer", "render", f"--session={tmp_path / 'a b.auslan'}", "--out=a.png", "--view=3d",
        "--size=640x480",
        "--scale=1.0", "--theme=dark",
    ]  # fmt: skip
    assert shlex.split(plain) == words
    options = PictureOptions(2, (20, 10), LIGHT, dpi=300, transparent=True, share=1.25)
    words[4:] = ["--view=2d", "--size=20x10", "--scale=1.25", "--theme=light", "--dpi=300", "--whole", "--transparent"]
    assert shlex.split(picture_of_session(tmp_path / "a b.auslan", Path("a.png"), options)) == words


def test_a_film_is_told_with_every_setting(shipped: Activations) -> None:
    settings = FilmSettings(
        view=FilmView.BOTH, width=640, height=360, fps=24.5, steps_per_frame=0.5, hold=1.5, turn=90.0, azimuth=10.0,
        elevation=-5.0, theme="dark", scale=1.25,
    )  # fmt: skip
    words = [
        "auslan-explorer", "film", "--session=a.auslan", "--out=a.mp4", "--view=both", "--size=640x360", "--fps=24.5",
        "--steps-per-frame=0.5", "--hold=1.5", "--turn=90.0", "--azimuth=10.0", "--elevation=-5.0", "--theme=dark",
        "--scale=1.25",
    ]  # fmt: skip
    assert shlex.split(film_of_session(Path("a.auslan"), Path("a.mp4"), settings, whole=False)) == words
    more = replace(settings, caption="two words", show_step=True, show_time=True, source=True)
    words += ["--caption=two words", "--step", "--time", "--source", "--whole"]
    assert shlex.split(film_of_session(Path("a.auslan"), Path("a.mp4"), more, whole=True)) == words
    a = made_up_activations()
    assert film_command(a, a.projections, opening_state(a), Path("a.mp4"), settings) == ""


def test_paths_and_annotations_are_told_with_the_recordings_that_are_exported(
    shipped: Activations, tmp_path: Path
) -> None:
    every = np.ones(len(shipped), bool)
    some = np.isin(np.arange(len(shipped)), [0, 1, 2, 7])
    plain = ["auslan-explorer", "export", "paths", "--out=a.csv", "--dims=3", "--labels"]
    own = shipped.projections[3]
    assert shlex.split(paths_command(shipped, own, Path("a.csv"), every, False)) == plain
    asked = shlex.split(paths_command(shipped, own, Path("a.csv"), some, True))
    assert asked == [*plain, "--only=0-2,7", "--provenance"]
    assert paths_command(shipped, replace(own), Path("a.csv"), every, False) == "", "it is another map"
    a = made_up_activations()
    assert paths_command(a, a.projections[3], Path("a.csv"), np.ones(len(a), bool), False) == "", "it is in no file"
    write_cache(tmp_path / "a.h5", a)
    kept = read_cache(tmp_path / "a.h5")
    source = f"--cache={tmp_path / 'a.h5'}"
    words = ["auslan-explorer", "elan", "--out=a.eaf", source]
    whole = ElanOptions(film=True, table=True, pose=True, theme="dark")
    assert shlex.split(elan_command(kept, range(len(a)), Path("a.eaf"), whole)) == [*words, "--pose", "--theme=dark"]
    none = replace(whole, film=False, table=False, pose=False)
    names = recording_texts(kept)
    asked = shlex.split(elan_command(kept, [3, 1], Path("a.eaf"), none))
    assert asked == [*words, f"--only={names[3]}, {names[1]}", "--no-film", "--no-table"]
    assert elan_command(a, [1], Path("a.eaf"), whole) == ""


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([4], "4"), ([0, 1, 2, 5, 7, 8], "0-2,5,7-8"), (range(3), "0-2")]
)
def test_numbers_are_written_as_ranges(numbers: list[int], text: str) -> None:
    assert as_ranges(numbers) == text
    assert np.array_equal(
        [n for part in text.split(",") if part for n in range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)],
        list(numbers),
    )


def test_only_what_was_asked_for_is_told_of_a_picture(shipped: Activations) -> None:
    figure = next(figure for figure in FIGURES.values() if figure.dims == 2)
    options = PictureOptions(2, (640, 480), DARK)
    words = shlex.split(picture_command(shipped, shipped.projections, figure.state(shipped), Path("a.png"), options))
    names = [word.partition("=")[0] for word in words[2:]]
    assert names == ["--figure", "--out", "--size", "--scale", "--theme"]
