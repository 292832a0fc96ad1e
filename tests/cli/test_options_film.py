"""What each option of `film` says it changes is changed in the frames, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer import cli, paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.warping import frame_beside
from auslan_explorer.commands import film as film_command
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.resting import HeldInput, RestingMarks
from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import Colouring, SessionState, opening_state
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw import film
from auslan_explorer.draw.film_frames import FilmFrames, Subject, subject_of
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.recordings import save_recordings
from auslan_explorer.io.session_file import CameraPose, SavedSession, source_of, write_session
from auslan_explorer.workflows import quality, resting
from tests.cli.options import changes_output
from tests.gui.glove_parts import encoders, made_up_recordings, network
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("application")

SIZE = ("--size", "240x160")
SMALL = FilmSettings(width=240, height=160)
SAMPLE = (0, 5, 9, 14, 19, -1)

Frames = tuple[int, list[np.ndarray]]


def sampled(subject: Subject, settings: FilmSettings) -> Frames:
    """Return the number of frames, and some of them: while paths grow, and the last."""
    frames = FilmFrames(subject, settings)
    numbers = sorted({min(number, len(frames) - 1) if number >= 0 else len(frames) - 1 for number in SAMPLE})
    images = [frames.image(number) for number in numbers]
    return len(frames), [image.copy() for image in images if image is not None]


def same(one: Frames, other: Frames) -> bool:
    counts = one[0] == other[0] and len(one[1]) == len(other[1])
    return counts and all(np.array_equal(a, b) for a, b in zip(one[1], other[1], strict=True))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("film") / "a.h5"
    a = made_up_activations()
    assert a.head is not None
    # Its head gives the network's answers, else there are no answers along the way to mark.
    answers = (a.all_states()[a.offsets[1:] - 1] @ a.head.kernel + a.head.bias).argmax(axis=1)
    ratio = np.linspace(0, 1, len(a)).astype(np.float32)
    write_cache(file, replace(a, predicted=answers.astype(a.predicted.dtype), hand_ratio=ratio))
    return file


@pytest.fixture
def filmed(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Frames]:
    """Run `film` and return the frames that it would write."""

    def call(*arguments: object, source: tuple[object, ...] = ("--cache", cache)) -> Frames:
        made: list[Frames] = []
        with monkeypatch.context() as patch:
            patch.setattr(
                film, "make_film", lambda subject, out, settings, _, **__: made.append(sampled(subject, settings))
            )
            assert cli.main(["film", "--out", str(tmp_path / "f.mp4"), *map(str, (*source, *arguments))]) == 0
        return made[0]

    return call


def drawn(a: Activations, settings: FilmSettings = SMALL, figure: int = 3, seen: Any = None, **state: Any) -> Frames:
    shown = replace(FIGURES[figure].state(a), **state)
    return sampled(subject_of(a, a.projections, shown, settings, seen), settings)


@dataclass(frozen=True)
class Case:
    """Values of an option, what they change of the article’s film, and the options that it needs beside it."""

    values: tuple[str, ...]
    state: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    figure: int = 3
    beside: tuple[str, ...] = SIZE


SOLID = (*SIZE, "--view", "3d")
TURNED = {"view": FilmView.MAP_3D}
CASES = [
    ("film --view", Case(("3d",), settings=TURNED, figure=5)),
    ("film --view", Case(("both",), settings={"view": FilmView.BOTH})),
    ("film --figure", Case(("4",), figure=4)),
    ("film --figure", Case(("11",), figure=11)),
    ("film --signs", Case((" Zero, computer_pc_",), {"visible_signs": frozenset({1, 3})})),
    ("film --colour", Case(("answer",), {"colouring": Colouring.ANSWER})),
    ("film --colour", Case(("trustworthiness",), {"colouring": Colouring.TRUST})),
    ("film --align", Case(("start",), {"alignment": Alignment.START})),
    ("film --align", Case(("stretch",), {"alignment": Alignment.STRETCH})),
    ("film --trail", Case(("3",), {"trail": Trail(3)})),
    ("film --ghost", Case((), {"ghost": True})),
    ("film --faint-jumps", Case((), {"faint_jumps": True})),
    ("film --settled", Case((), {"settled": True})),
    ("film --fps", Case(("10",), settings={"fps": 10.0})),
    ("film --steps-per-frame", Case(("2.5",), settings={"steps_per_frame": 2.5})),
    ("film --speed", Case(("50",), settings={"steps_per_frame": 2.0})),
    ("film --hold", Case(("0.4",), settings={"hold": 0.4})),
    ("film --frames", Case(("12",), settings={"frames": 12})),
    ("film --turn", Case(("90",), settings=TURNED | {"turn": 90.0}, figure=5, beside=SOLID)),
    ("film --turns", Case(("-0.5",), settings=TURNED | {"turn": -180.0}, figure=5, beside=SOLID)),
    ("film --azimuth", Case(("10",), settings=TURNED | {"azimuth": 10.0}, figure=5, beside=SOLID)),
    ("film --elevation", Case(("70",), settings=TURNED | {"elevation": 70.0}, figure=5, beside=SOLID)),
    ("film --size", Case(("300x200",), settings={"width": 300, "height": 200})),
    ("film --theme", Case(("dark",), settings={"theme": "dark"})),
    ("film --caption", Case(("Paths",), settings={"caption": "Paths"})),
    ("film --source", Case((), settings={"source": "a.h5 · map in its file"})),
    ("film --step", Case((), settings={"show_step": True})),
    ("film --time", Case((), settings={"show_time": True})),
    ("film --scale", Case(("2",), settings={"scale": 2.0})),
]


@changes_output("film --out", "film --cache", *(option for option, _ in CASES))
@pytest.mark.parametrize(("option", "case"), CASES, ids=[" ".join((o, *c.values)) for o, c in CASES])
def test_an_option_changes_the_film_as_it_says(
    option: str, case: Case, cache: Path, filmed: Callable[..., Frames]
) -> None:
    a = read_cache(cache)
    if case.state.get("colouring") is Colouring.TRUST:
        found = quality.measure_points(a, {2: a.projections[2]}, Colouring.TRUST, 12, lambda _: None)
        a.projections[2].measured.add(found[2])
    plain = drawn(read_cache(cache), replace(SMALL, view=FilmView.MAP_3D), 5) if case.beside == SOLID else None
    plain = plain or drawn(read_cache(cache))
    expected = drawn(a, replace(SMALL, **case.settings), case.figure, **case.state)
    got = filmed(*case.beside, option.split()[1], *case.values)
    assert same(got, expected)
    assert not same(got, plain), "the option changes nothing that is looked at"


def test_without_options_it_is_the_articles(cache: Path, filmed: Callable[..., Frames]) -> None:
    a = read_cache(cache)
    assert same(filmed(*SIZE), drawn(a))
    assert same(filmed(*SIZE, "--view", "3d"), drawn(a, replace(SMALL, view=FilmView.MAP_3D), 5))


def saved(cache: Path, file: Path, **more: Any) -> tuple[Activations, Any]:
    a = read_cache(cache)
    state = replace(opening_state(a), colouring=Colouring.SPLIT, visible_signs=frozenset({0, 2}), selected=(0,))
    write_session(file, SavedSession(state_to_json(state, a), source_of(a, file), **more))
    return a, state


@changes_output("film --session", "film --whole")
def test_a_session_is_filmed_as_it_was_saved_and_whole_if_asked(
    cache: Path, tmp_path: Path, filmed: Callable[..., Frames]
) -> None:
    file = tmp_path / "mine.auslan"
    view = (0.0, 1.0, -0.5, 1.0)
    a, state = saved(cache, file, look="dark", map_view=view)
    dark = replace(SMALL, theme="dark")
    seen = {2: View2D(*view, 1920, 1080)}
    session = ("--session", file)
    expected = sampled(subject_of(a, a.projections, state, dark, seen), dark)
    assert same(filmed(*SIZE, source=session), expected)
    whole = sampled(subject_of(a, a.projections, state, dark), dark)
    assert not same(whole, expected)
    assert same(filmed(*SIZE, "--whole", source=session), whole)
    light = sampled(subject_of(a, a.projections, state, SMALL, seen), SMALL)
    assert same(filmed(*SIZE, "--theme", "light", source=session), light)
    # What the command line says goes before what was saved.
    other = replace(state, visible_signs=frozenset({3}), selected=())
    expected = sampled(subject_of(a, a.projections, other, dark, seen), dark)
    assert same(filmed(*SIZE, "--signs", "zero", source=session), expected)


def test_a_sessions_camera_is_where_the_film_begins(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.auslan"
    a, state = saved(cache, file, camera=CameraPose(33.0, 12.0, 2.0, (0.1, 0.2, 0.3)))
    made: list[FilmSettings] = []
    seen: list[Any] = []

    def make(subject: Subject, out: Path, settings: FilmSettings, _: object, **__: object) -> None:
        made.append(settings)
        seen.append(subject.seen[3])

    monkeypatch.setattr(film, "make_film", make)
    call = ["film", "--out", str(tmp_path / "f.mp4"), "--session", str(file), "--view", "3d", *SIZE]
    assert cli.main(call) == 0 and (made[0].azimuth, made[0].elevation) == (33.0, 12.0)
    # Twice as near as where everything is seen.
    extent = Trajectories.build(a, a.projections[3], state.log_scale).extent
    everything = Camera.fit(*extent, 1920, 1080, 33.0, 12.0)
    assert seen[0].distance == pytest.approx(everything.distance / 2) and seen[0].middle == (0.1, 0.2, 0.3)
    assert cli.main([*call, "--azimuth", "5"]) == 0 and (made[1].azimuth, made[1].elevation) == (5.0, 12.0)


def test_no_colour_stands_for_splits_that_are_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = made_up_activations()
    write_cache(tmp_path / "u.h5", replace(a, split=np.full(len(a), NO_SPLIT, np.uint8)))
    call = ["film", "--out", str(tmp_path / "f.gif"), "--cache", str(tmp_path / "u.h5"), "--colour", "split"]
    assert cli.main(call) == 2 and "not known" in capsys.readouterr().err
    assert not (tmp_path / "f.gif").exists()


def test_a_sign_whose_name_holds_commas_is_found() -> None:
    a = made_up_activations()
    names = ("walk, fast", "walk", "fast", "a,b , c")
    a = replace(a, names=names, signs=("k_1", "k_2", "k_3", "k_4"))
    found = {
        "walk, fast": [0], "Walk,fast": [0], "walk": [1], "fast, walk": [2, 1], "walk, fast, walk": [0, 1],
        "k_1, a,b,c": [0, 3],
    }  # fmt: skip
    assert {text: film_command._signs(a, text) for text in found} == found
    with pytest.raises(UserError, match="no sign 'wolk'; did you mean walk"):
        film_command._signs(a, "fast, wolk")


@changes_output("film --spread")
def test_ellipses_are_those_of_the_ensemble(
    cache: Path, filmed: Callable[..., Frames], monkeypatch: pytest.MonkeyPatch
) -> None:
    a = read_cache(cache)
    rng = np.random.default_rng(0)
    last = a.projections[2].points[a.offsets[1:] - 1]
    middle = np.stack([last[a.sign == sign].mean(axis=0) for sign in range(4)])
    ends = (middle + rng.normal(0, 0.5, (8, 4, 2))).astype(np.float32)
    monkeypatch.setattr(quality, "find_laid_ensemble", lambda *_: "ensemble")
    monkeypatch.setattr(quality, "measured_ends", lambda ensemble, projection: PointQuality(ends=ends))
    a.projections[2].measured.add(PointQuality(ends=ends))
    got = filmed(*SIZE, "--spread")
    assert same(got, drawn(a, spread=True)) and not same(got, drawn(a))


@changes_output("film --hands")
def test_the_hands_of_one_recording_or_of_two_lined_up_stand_beside_the_map(
    cache: Path, filmed: Callable[..., Frames], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    a = read_cache(cache)
    one, other = 3, 9
    frames = np.random.default_rng(0).uniform(0.2, 0.8, (a.real_steps, len(CHANNELS))).astype(np.float32)
    made = Recordings(frames, a.lengths, a.sign, a.session, a.trial, a.signs)
    save_recordings(made, paths.recordings_file())
    names = [f"{a.names[a.sign[i]]} {a.session[i]}.{a.trial[i]}" for i in (one, other)]
    titles = tuple(f"{a.names[a.sign[i]]}, session {a.session[i]}, trial {a.trial[i]}" for i in (one, other))
    own = made.frames_of(one), made.frames_of(other)
    beside = frame_beside(*own, frames.std(axis=0))
    first, state = int(a.first_step[one]), FIGURES[3].state(a)
    for text, gesture in (
        (names[0], Gesture(titles[:1], own[:1], first, np.zeros(0, np.int64))),
        (", ".join(names), Gesture(titles, own, first, beside)),
    ):
        expected = sampled(subject_of(a, a.projections, state, SMALL, None, gesture), SMALL)
        assert same(filmed(*SIZE, "--hands", text), expected) and not same(expected, drawn(a))
    sign, session = a.names[a.sign[one]], a.session[one]
    for text, said in (
        ("nobody 1.1", "no sign 'nobody'"),
        (f"{sign} {session}.99", f"there are {session}."),
        (f"{sign} 99.1", f"{session}.{a.trial[one]}"),
        ("alive", "names no recording"),
        (f"{names[0]}, {names[1]}, {names[0]}", "one recording or two; name no more"),
    ):
        assert cli.main(["film", "--cache", str(cache), "--out", str(tmp_path / "f.mp4"), "--hands", text]) == 2
        assert said in capsys.readouterr().err


@changes_output("film --landscape")
def test_the_landscape_is_that_of_the_map_filmed(
    cache: Path, filmed: Callable[..., Frames], monkeypatch: pytest.MonkeyPatch
) -> None:
    a = read_cache(cache)
    projection = a.projections[2]
    high = np.abs(projection.points).max(axis=0) + 1
    values = np.zeros((5, 5), np.float32)
    answer = np.arange(4).reshape(2, 2).repeat(20, axis=0).repeat(20, axis=1).astype(np.int16)
    found = PointQuality(landscapes={True: Landscape(-high, high, answer, values, values, 1.0)})
    asked: list[bool] = []

    def measure(activations: Activations, shown: Projection, autoencoder: object, *, log_scale: bool) -> PointQuality:
        asked.append(log_scale)
        return found

    monkeypatch.setattr(quality, "measure_landscape", measure)
    projection.measured.add(found)
    got = filmed(*SIZE, "--landscape")
    assert asked == [True]
    assert same(got, drawn(a, landscape=True)) and not same(got, drawn(a))


@changes_output("film --flow")
def test_the_flow_is_drawn(tmp_path: Path, filmed: Callable[..., Frames]) -> None:
    a = made_up_activations(recordings_per_sign=60)
    write_cache(tmp_path / "many.h5", a)
    got = filmed(*SIZE, "--flow", source=("--cache", tmp_path / "many.h5"))
    a = read_cache(tmp_path / "many.h5")
    assert same(got, drawn(a, flow=True)) and not same(got, drawn(a))


@changes_output("film --resting")
def test_resting_points_are_those_of_the_input_that_is_asked_for(
    tmp_path: Path, filmed: Callable[..., Frames], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    made = made_up_activations()
    recordings = made_up_recordings(made)
    a = replace(activate(network(made), recordings, encoders(made.units)), projections=made.projections)
    write_cache(tmp_path / "a.h5", a)
    arguments = (*SIZE, "--resting", "mean")
    assert cli.main(["film", "--cache", str(tmp_path / "a.h5"), "--out", str(tmp_path / "f.mp4"), *arguments]) == 2
    assert "import" in capsys.readouterr().err
    save_recordings(recordings, paths.recordings_file())
    marks = RestingMarks(np.ones((1, 2), np.float32), np.array([True]), ("drink 80%",))
    asked: list[HeldInput] = []

    def find(activations: Activations, projections: object, state: SessionState, frames_of: Any, **_: Any) -> Any:
        asked.append(state.resting)
        assert np.array_equal(frames_of(3), recordings.frames_of(3))
        return None, {2: PointQuality(resting={state.resting: marks})}

    monkeypatch.setattr(resting, "find_resting", find)
    got = filmed(*arguments, source=("--cache", tmp_path / "a.h5"))
    a = read_cache(tmp_path / "a.h5")
    a.projections[2].measured.add(PointQuality(resting={HeldInput.MEAN: marks}))
    assert asked == [HeldInput.MEAN]
    assert same(got, drawn(a, resting=HeldInput.MEAN)) and not same(got, drawn(a))
