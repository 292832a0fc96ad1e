from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from auslan_explorer.analysis.predictions import predictions_for
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import SessionState, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.film import make_film
from auslan_explorer.draw.film_files import check_target, frame_pattern
from auslan_explorer.draw.film_frames import FilmFrames, Subject, preview_factor, subject_of
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.view import Camera
from tests.made_up import STEPS, made_up_activations

ROOT = Path(__file__).parents[2]
SETTINGS = FilmSettings(width=320, height=240, fps=20, hold=0.5, turn=0, scale=1.5)
FRAMES = STEPS + 10


def state_of(a: Activations, **changes: object) -> SessionState:
    return replace(opening_state(a), labels=False, **changes)


def subject(settings: FilmSettings = SETTINGS, **changes: object) -> Subject:
    a = made_up_activations()
    return subject_of(a, a.projections, state_of(a, **changes), settings)


def read_back(out: Path) -> tuple[list[np.ndarray], float, float]:
    """Frames (red, green, blue), frames a second and seconds."""
    if out.is_dir():
        return [np.asarray(Image.open(file).convert("RGB")).astype(int) for file in sorted(out.iterdir())], 0, 0
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(stream)]
        assert container.duration is not None
        return frames, float(stream.average_rate or 0), container.duration / 1e6


def far_end(settings: FilmSettings, pane: int = 0) -> tuple[slice, slice]:
    """Pixels around the last step of a path that ends where no other one passes."""
    a, shown = made_up_activations(), FilmFrames(subject(settings), settings)._panes[pane]
    view = shown._view
    if isinstance(view, Camera):
        view = replace(view, azimuth=settings.azimuth, elevation=settings.elevation)
    t = Trajectories.build(a, a.projections[settings.view.dims[pane]], True)
    x, y = view.to_pixels(t.vertices)
    early = np.flatnonzero(t.step < STEPS - 1)
    away = [np.hypot(x[v] - x[early], y[v] - y[early]).min() for v in t.last_vertex]
    v = int(t.last_vertex[int(np.argmax(away))])
    left = int(x[v]) + shown.left
    return np.s_[int(y[v]) - 1 : int(y[v]) + 2, left - 1 : left + 2]


def check_growth(frames: list[np.ndarray], spot: tuple[slice, slice]) -> None:
    """Blue falls away from the paper's where the yellow last step is drawn, at its frame and not before."""
    blue = [frame[spot][..., 2].min() for frame in frames]
    assert min(blue[: STEPS - 1]) > 170
    assert max(blue[STEPS - 1 :]) < 170


# ------------------------------------------------------------------------------------------------- read back
@pytest.mark.parametrize("name", ["film.mp4", "film.gif", "frames"])
def test_film_read_back_has_its_frames_size_and_duration_and_grows(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    told: list[float] = []
    make_film(subject(), out, SETTINGS, progress=lambda done, what: told.append(done))
    frames, rate, seconds = read_back(out)
    if name != "frames":
        assert rate == 20 and seconds == pytest.approx(FRAMES / 20, abs=0.06)
    assert len(frames) == FRAMES and {frame.shape for frame in frames} == {(240, 320, 3)}
    assert told == sorted(told) and told[-1] == 1.0
    check_growth(frames, far_end(SETTINGS))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_3d_film_grows_and_its_camera_turns(tmp_path: Path) -> None:
    still = replace(SETTINGS, view=FilmView.MAP_3D)
    make_film(subject(still), tmp_path / "still.mp4", still)
    frames, _, _ = read_back(tmp_path / "still.mp4")
    check_growth(frames, far_end(still))
    assert np.abs(frames[-1] - frames[STEPS]).mean() < 1

    turning = replace(still, turn=360)
    film = FilmFrames(subject(turning), turning)
    half, whole = (turning.azimuth_of(n, STEPS) - turning.azimuth for n in (FRAMES // 2, FRAMES))
    assert (half, whole) == (180, 360)
    last, before = film.image(FRAMES - 1), film.image(FRAMES - 5)
    assert last is not None and before is not None
    # The paths are whole in both.
    assert np.abs(last.astype(int) - before).mean() > 1


def test_side_by_side_shows_both_at_the_same_step(tmp_path: Path) -> None:
    both = replace(SETTINGS, view=FilmView.BOTH, width=640, height=320)
    make_film(subject(both), tmp_path / "both.mp4", both)
    frames, _, _ = read_back(tmp_path / "both.mp4")
    assert len(frames) == FRAMES and frames[0].shape == (320, 640, 3)
    check_growth(frames, far_end(both, 0))
    check_growth(frames, far_end(both, 1))


def test_caption_step_time_and_look_are_drawn() -> None:
    plain = replace(SETTINGS, scale=1.0)
    words = replace(plain, caption="Paths", show_step=True, show_time=True)
    first, second = (FilmFrames(subject(s), s).image(3) for s in (plain, words))
    assert first is not None and second is not None
    corner = np.s_[:40, 20:120]
    assert (first[corner] == 255).all() and second[corner].min() < 120
    assert words.note_of(3, STEPS) == "step 4 of 20   0.03 s"
    # What stands there changes with the step.
    film = FilmFrames(subject(words), words)
    noted = [film.image(number) for number in (3, 9)]
    assert noted[0] is not None and noted[1] is not None and (noted[0][corner] != noted[1][corner]).any()
    dark = replace(plain, theme="dark")
    image = FilmFrames(subject(dark), dark).image(0)
    assert image is not None and image[5, 200, :3].max() < 60


def test_a_long_caption_keeps_clear_of_the_key() -> None:
    long = replace(SETTINGS, caption="A caption that is much too long " * 5)
    image = FilmFrames(subject(long), long).image(0)
    plain = FilmFrames(subject(), SETTINGS).image(0)
    assert image is not None and plain is not None
    # The key's own pixels, in the upper right corner, are as without it.
    assert (image[:20, -60:] == plain[:20, -60:]).all()


def test_any_frame_can_be_drawn_at_any_time() -> None:
    whole = [FilmFrames(subject(), SETTINGS).image(number) for number in (4, STEPS - 1)]
    film = FilmFrames(subject(), SETTINGS)
    for number, expected in ((STEPS - 1, whole[1]), (4, whole[0]), (STEPS - 1, whole[1])):
        image = film.image(number)
        assert image is not None and expected is not None
        assert np.abs(image.astype(int) - expected).max() <= 1
    assert film.image(7, lambda: True) is None


def test_trails_and_alignments_are_filmed_as_they_are() -> None:
    trail = subject(trail=Trail(3))
    image, whole = FilmFrames(trail, SETTINGS).image(STEPS), FilmFrames(subject(), SETTINGS).image(STEPS)
    assert image is not None and whole is not None
    # Of each path only the last three steps are left: most of the paper is clear again.
    assert (image[..., 0] < 250).sum() < 0.7 * (whole[..., 0] < 250).sum()
    words = replace(SETTINGS, show_step=True, show_time=True)
    assert words.note_of(3, STEPS, Alignment.START) == "step 4 since the start   0.03 s"
    assert words.note_of(STEPS - 1, STEPS, Alignment.STRETCH) == "100 % of each recording"
    # Recordings begin together: at the first frame there is more than the padding that they share.
    start = FilmFrames(subject(alignment=Alignment.START), SETTINGS).image(0)
    first = FilmFrames(subject(), SETTINGS).image(0)
    assert start is not None and first is not None and (start != first).any()


def test_answers_stand_beside_moving_heads_though_nobody_asked_for_them_before() -> None:
    a = made_up_activations()
    assert known_predictions(a) is None
    scene = subject_of(a, a.projections, replace(opening_state(a), settled=True), SETTINGS).scenes[2]
    said = predictions_for(a)
    assert said is not None and scene.playheads is not None
    for head in (label for label in scene.labels_at(STEPS - 3) if label.playhead is not None):
        assert head.playhead is not None
        answer = said.at[a.offsets[head.playhead + 1] - 3]
        assert (head.prediction, head.right) == (a.names[answer], answer == a.sign[head.playhead])


def test_type_can_be_read_in_a_small_film_and_keeps_its_share_of_a_large_one() -> None:
    small, large, largest = (
        FilmFrames(subject(s), s)._panes[0]._picture
        for s in (replace(SETTINGS, width=w, height=h, scale=1.0) for w, h in ((320, 180), (1920, 1080), (3840, 2160)))
    )
    assert small.unit >= 0.7 and small.unit * small.point_scale < 0.5
    assert (largest.unit, largest.point_scale) == (2 * large.unit, large.point_scale)


@pytest.mark.parametrize("elevation", [-40, 0, 30, 60])
def test_the_box_around_a_3d_film_stays_in_the_picture(elevation: float) -> None:
    low, high = np.array([-3.0, -2.5, -3.0]), np.array([3.0, 3.5, 2.5])
    corners = np.array(list(itertools.product(*zip(low, high, strict=True))), dtype=np.float32)
    for azimuth in range(0, 360, 15):
        x, y = Camera.fit(low, high, 1920, 1080, azimuth, elevation).to_pixels(corners)
        assert y.min() > 10 and y.max() < 1070 and x.min() > 10 and x.max() < 1910, (azimuth, y.min(), y.max())


def test_what_is_selected_is_filmed_as_it_is() -> None:
    some = subject(selected=(0, 1, 2))
    # What is not selected in grey, what is, and on it the rings where answers no longer change.
    assert len(some.scenes[2].layers) == 4
    image, all_ = FilmFrames(some, SETTINGS).image(STEPS), FilmFrames(subject(), SETTINGS).image(STEPS)
    assert image is not None and all_ is not None and (image != all_).any()


# ------------------------------------------------------------------------------------------------- what it comes to
def test_the_article_s_film() -> None:
    settings = FilmSettings()
    assert (settings.count(90), settings.seconds(90), settings.width, settings.height) == (150, 6.0, 1920, 1080)
    assert [settings.step_of(frame, 90) for frame in (0, 1, 89, 149)] == [0, 1, 89, 89]


@pytest.mark.parametrize("speed", [0.1, 0.29, 0.5, 1.0, 1.5, 7.0, 200.0])
def test_a_film_ends_with_the_last_step_whatever_its_speed(speed: float) -> None:
    settings = FilmSettings(steps_per_frame=speed, hold=0)
    count = settings.count(90)
    assert settings.step_of(count - 1, 90) == 89
    assert count == 1 or settings.step_of(count - 2, 90) < 89
    # As many whole steps as the frames before it make; the first shows the first step.
    exact = Fraction(str(speed))
    assert [settings.step_of(frame, 90) for frame in range(count)] == [min(int(i * exact), 89) for i in range(count)]


@pytest.mark.parametrize(
    ("changes", "suffix", "sentence"),
    [
        ({"width": 321}, ".mp4", "even"),
        ({"width": 10}, None, "too small"),
        ({"view": FilmView.BOTH, "width": 100}, None, "too small"),
        ({"width": 5000}, None, "too large"),
        ({"width": 3000, "height": 3000}, None, "too large"),
        ({"fps": 0}, None, "frames a second"),
        ({"fps": float("nan")}, None, "frames a second"),
        ({"fps": 1e6}, None, "frames a second"),
        ({"fps": 60}, ".gif", "GIF"),
        ({"frames": 0}, None, "frames"),
        ({"frames": 10**9}, None, "frames"),
        ({"steps_per_frame": 0}, None, "forward"),
        ({"steps_per_frame": float("nan")}, None, "forward"),
        ({"steps_per_frame": 5e-324}, None, "forward"),
        ({"steps_per_frame": 1e-4}, None, "100\u2009000 frames"),
        ({"hold": -1}, None, "held"),
        ({"hold": 1e9}, None, "held"),
        ({"turn": float("inf")}, None, "turn"),
        ({"azimuth": float("nan")}, None, "begin"),
        ({"elevation": 91}, None, "-90 to 90"),
        ({"caption": "x" * 201}, None, "caption"),
        ({"scale": 0}, None, "times their size"),
        ({"theme": "blue"}, None, "look"),
    ],
)
def test_impossible_settings_are_said(changes: dict, suffix: str | None, sentence: str) -> None:
    found = replace(SETTINGS, **changes).problems(suffix, STEPS)
    assert len(found) == 1 and sentence in found[0] and found[0].endswith(".")
    assert SETTINGS.problems(suffix, STEPS) == ()


# For each setting the least and the most that can be, and what is next to them and cannot.
LIMITS: list[tuple[str, str | None, tuple[float, float], tuple[float, float]]] = [
    ("fps", None, (0.1, 240), (0.09, 240.1)),
    ("fps", ".gif", (0.1, 50), (0.09, 50.1)),
    ("steps_per_frame", None, (1e-4, 1000), (9e-5, 1000.1)),
    ("hold", None, (0, 600), (-0.1, 600.1)),
    ("frames", None, (1, 100_000), (0, 100_001)),
    ("turn", None, (-36_000, 36_000), (-36_000.1, 36_000.1)),
    ("azimuth", None, (-36_000, 36_000), (-36_000.1, 36_000.1)),
    ("elevation", None, (-90, 90), (-90.1, 90.1)),
    ("scale", None, (0.25, 4), (0.24, 4.01)),
    ("width", None, (64, 3840), (63, 3841)),
    ("height", None, (64, 2160), (63, 2161)),
]


@pytest.mark.parametrize(("name", "suffix", "good", "bad"), LIMITS)
def test_a_setting_may_be_at_its_limits_and_not_beyond(
    name: str, suffix: str | None, good: tuple[float, float], bad: tuple[float, float]
) -> None:
    base = FilmSettings(width=3840, height=100) if name == "height" else SETTINGS
    assert [replace(base, **{name: value}).problems(suffix) for value in good] == [(), ()]
    assert [len(replace(base, **{name: value}).problems(suffix)) for value in bad] == [1, 1]


def test_a_caption_may_have_200_letters_and_a_film_of_both_maps_be_twice_as_wide_as_the_smallest() -> None:
    assert replace(SETTINGS, caption="x" * 200).problems() == ()
    assert replace(SETTINGS, view=FilmView.BOTH, width=128, height=64).problems() == ()
    assert len(replace(SETTINGS, view=FilmView.BOTH, width=127).problems()) == 1
    # Steps, a frame each, and none held.
    assert replace(SETTINGS, hold=0).problems(None, 100_000) == ()
    assert len(replace(SETTINGS, hold=0).problems(None, 100_001)) == 1


def test_odd_sizes_are_no_problem_but_for_mp4(tmp_path: Path) -> None:
    odd = replace(SETTINGS, width=101, height=77, frames=2)
    make_film(subject(odd), tmp_path / "odd.gif", odd)
    make_film(subject(odd), tmp_path / "odd", odd)
    assert read_back(tmp_path / "odd.gif")[0][0].shape == read_back(tmp_path / "odd")[0][0].shape == (77, 101, 3)


# ------------------------------------------------------------------------------------------------- targets
def test_nothing_to_film_foreign_ending_and_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to film"):
        subject(visible_signs=frozenset())
    with pytest.raises(UserError, match="points or lines"):
        subject(points=False, lines=False)
    a = made_up_activations()
    with pytest.raises(UserError, match="no 3-D projection"):
        subject_of(a, {2: a.projections[2]}, state_of(a), replace(SETTINGS, view=FilmView.BOTH))
    for name, sentence in (
        ("f.avi", "MP4, GIF or numbered PNG"),
        ("no/f.mp4", "does not exist"),
        ("no/f.gif", "does not exist"),
        ("no/no/f-%d.png", "does not exist"),
        ("no/frames", "does not exist"),
        ("f-%d-%d.png", "one place"),
    ):
        with pytest.raises(UserError, match=sentence):
            make_film(subject(), tmp_path / name, SETTINGS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("out", "folder", "first"),
    [
        ("frames", "frames", "frame-0001.png"),
        ("alive 6.3 2-D-frames", "alive 6.3 2-D-frames", "frame-0001.png"),
        ("map.png", ".", "map-0001.png"),
        ("shots/map-%03d.png", "shots", "map-001.png"),
        ("map_%d_x.png", ".", "map_1_x.png"),
        ("map##.PNG", ".", "map01.png"),
        ("{odd}-####.png", ".", "{odd}-0001.png"),
    ],
)
def test_names_of_frames(out: str, folder: str, first: str) -> None:
    where, pattern = frame_pattern(Path(out))
    assert (where, pattern.format(1)) == (Path(folder), first)


def test_frames_never_mix_with_those_of_another_film(tmp_path: Path) -> None:
    short = replace(SETTINGS, frames=3)
    (tmp_path / "else.txt").touch()
    make_film(subject(), tmp_path / "map-%03d.png", short)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "else.txt", "map-001.png", "map-002.png", "map-003.png",
    ]  # fmt: skip
    with pytest.raises(UserError, match=r"holds frames already \(map-001.png\)"):
        check_target(tmp_path / "map-####.png")
    assert check_target(tmp_path / "other-####.png") == ".png"


# ------------------------------------------------------------------------------------------------- cancel, full disk
@pytest.mark.parametrize("name", ["f.mp4", "f.gif", "frames", "f-%d.png"])
@pytest.mark.parametrize("after", [3, 25])
def test_cancel_leaves_what_was_there(tmp_path: Path, name: str, after: int) -> None:
    before = tmp_path / "f.mp4"
    before.write_bytes(b"before")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    with pytest.raises(Cancelled):
        make_film(subject(), tmp_path / name, SETTINGS, cancelled=cancelled)
    assert before.read_bytes() == b"before" and list(tmp_path.iterdir()) == [before]


def test_cancel_is_heard_while_the_encoder_gives_up_its_last_frames(tmp_path: Path) -> None:
    drawn = []
    with pytest.raises(Cancelled):
        make_film(
            subject(),
            tmp_path / "f.mp4",
            SETTINGS,
            progress=lambda done, what: drawn.append(done),
            cancelled=lambda: bool(drawn) and drawn[-1] == 1.0,
        )
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from tests.draw.test_film import SETTINGS, subject
from auslan_explorer.core.errors import UserError
from auslan_explorer.draw.film import make_film

app = QGuiApplication([])
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    make_film(subject(), Path(sys.argv[1]), SETTINGS)
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on files' sizes, in place of a full disk, is Unix's")
@pytest.mark.parametrize("name", ["f.mp4", "f.gif", "frames"])
def test_a_full_disk_is_said_and_leaves_none(tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / name)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert "no room left" in done.stdout and done.stdout.count("\n") == 1, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_rates_with_fractions_are_kept(tmp_path: Path) -> None:
    ntsc = replace(SETTINGS, fps=30000 / 1001, frames=4)
    make_film(subject(), tmp_path / "f.mp4", ntsc)
    with av.open(str(tmp_path / "f.mp4")) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == Fraction(30000, 1001)
        # 1 is BT.709 (ITU-T H.273): players would guess other colours for large and small films.
        coded = stream.codec_context
        assert (coded.color_primaries, coded.color_trc, coded.colorspace) == (1, 1, 1)


@pytest.fixture(autouse=True)
def nothing_left_beside(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.rglob("*.part*"))


def test_both_panes_name_the_heads_of_the_same_recordings() -> None:
    a = made_up_activations()
    scenes = subject_of(a, a.projections, opening_state(a), replace(SETTINGS, view=FilmView.BOTH)).scenes
    flat, solid = ([label.playhead for label in scenes[dims].labels_at(a.steps - 3)] for dims in (2, 3))
    assert flat == solid and any(head is not None for head in flat)


@pytest.mark.parametrize(("steps", "count"), [(1, 1), (2, 2), (20, 20)])
def test_a_film_without_a_pause_has_a_frame_a_step(steps: int, count: int) -> None:
    assert replace(SETTINGS, steps_per_frame=1, hold=0).count(steps) == count
    assert replace(SETTINGS, steps_per_frame=1, hold=0.5, fps=30).count(steps) == count + 15


def test_an_mp4_is_encoded_sharp_enough_to_read(tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    make_film(subject(), out, SETTINGS)
    assert b"crf=18.0" in out.read_bytes(), "as x264 says of itself"


@pytest.mark.parametrize(("room", "factor"), [((320, 120), 0.5), ((80, 240), 0.25), ((900, 700), 1.0)])
def test_a_preview_fits_into_its_room_and_is_no_larger_than_the_film(room: tuple[int, int], factor: float) -> None:
    assert preview_factor(SETTINGS, *room) == factor
