from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import Colouring, opening_state
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.session_file import SavedSession, source_of, write_session
from tests.made_up import made_up_activations
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
NOWHERE = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


def test_render_needs_no_display(child_ok, ok, models, signs_folder, tmp_path) -> None:
    source = ("--models", models, "--recordings", signs_folder, "--size", "320x240")
    child_ok("render", "--figure", "all", "--out", tmp_path / "figure.png", *source, env=NOWHERE)
    ok("render", "--figure", 5, "--out", tmp_path / "one.png", *source)
    made = {path.stem: QImage(str(path)) for path in tmp_path.iterdir()}
    # None of the signs that figures 7 to 10 compare is among these three.
    assert made.keys() == {"one", *(f"figure-{number}" for number in (1, 2, 3, 4, 5, 6, 11, 12, 13))}
    assert {(image.width(), image.height()) for image in made.values()} == {(320, 240)}
    assert made["one"] == made["figure-5"]


def test_themes_and_kinds(ok, cache, tmp_path) -> None:
    ok("render", "--figure", "3", "--cache", cache, "--out", tmp_path / "d.png", "--theme", "dark", "--size", "300x300")
    assert QImage(str(tmp_path / "d.png")).pixelColor(2, 200).lightness() < 60
    said = ok("render", "--figure", "all", "--cache", cache, "--out", tmp_path / "f.svg")
    # The cache holds no networks and none of the signs that figures 7 to 10 compare.
    made = {int(path.stem[2:]) for path in tmp_path.glob("*.svg")}
    assert made == {3, 4, 5, 6, 11, 12, 13}
    assert all(f"Figure {number} is left out. " in said for number in (1, 2, 7, 8, 9, 10))
    assert "<svg" in (tmp_path / "f-3.svg").read_text(encoding="utf-8")
    ok("render", "--figure", "4", "--cache", cache, "--out", tmp_path / "f.pdf")
    assert (tmp_path / "f.pdf").read_bytes().startswith(b"%PDF")


def test_where_splits_are_not_known_all_figures_hold_one_of_mistakes_that_says_so(ok, tmp_path) -> None:
    a = made_up_activations()
    file = tmp_path / "unknown.h5"
    write_cache(file, replace(a, split=np.full(len(a), NO_SPLIT, np.uint8)))
    said = ok("render", "--figure", "all", "--cache", file, "--out", tmp_path / "f.png", "--size", "300x300")
    assert {path.stem for path in tmp_path.glob("f-1?.png")} == {"f-11"}
    assert "Figure 11 (Misclassified, all recordings (split not known)) is in" in said
    assert ok("render", "--figure", "12", "--cache", file, "--out", tmp_path / "g.png", "--size", "300x300")
    assert QImage(str(tmp_path / "g.png")) == QImage(str(tmp_path / "f-11.png"))


def test_film(child_ok, cache, tmp_path) -> None:
    out = tmp_path / "film.mp4"
    child_ok("film", "--cache", cache, "--out", out, "--size", "320x240", "--frames", "12", "--fps", "10", env=NOWHERE)
    with av.open(str(out)) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, float(stream.average_rate)) == (320, 240, 10)
        assert sum(1 for _ in film.decode(stream)) == 12


def test_film_in_3d_needs_no_display_and_takes_all_options(child_ok, ok, cache, tmp_path) -> None:
    small = ("--cache", cache, "--size", "240x160", "--fps", "20", "--speed", "200", "--hold", "0.5")
    said = child_ok("film", "--out", tmp_path / "f.gif", "--view", "3d", "--turns", "0.5", *small, env=NOWHERE)
    # 90 steps at 10 a frame, the last one for its own, then half a second.
    assert f"20 frames (1.0 s, 240 x 160) is in {tmp_path / 'f.gif'}" in said
    with Image.open(tmp_path / "f.gif") as film:
        assert (film.n_frames, film.size, film.info["duration"]) == (20, (240, 160), 50)
    ok(
        *("film", "--out", tmp_path / "f.mp4", "--view", "both", "--theme", "dark", "--caption", "Paths", "--step"),
        *("--time", "--scale", "1.5", "--signs", "exit, Change mind", "--colour", "sign", "--align", "start"),
        *("--trail", "9", "--ghost", *small),
    )
    with av.open(str(tmp_path / "f.mp4")) as film:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in film.decode(film.streams.video[0])]
    assert len(frames) == 20 and frames[0].shape == (160, 240, 3)
    # Dark paper, paths that grow in both panes, and a whole that is held: what each option changes is tested apart.
    assert np.median(frames[0]) < 60
    for pane in (slice(0, 115), slice(125, 240)):
        grown = np.abs(frames[9][40:, pane] - frames[0][40:, pane]).max(axis=2) > 30
        assert grown.mean() > 0.001
    assert np.abs(frames[12][:, :115] - frames[19][:, :115]).mean() < 2
    ok("film", "--out", tmp_path / "shots" / "map-%03d.png", "--figure", "6", *small)
    names = sorted(path.name for path in (tmp_path / "shots").iterdir())
    assert names == [f"map-{n:03d}.png" for n in range(1, 21)]


def test_film_of_nothing_and_of_a_session(run, ok, cache, tmp_path) -> None:
    session = tmp_path / "mine.auslan"
    activations = read_cache(cache)
    for signs, code in ((frozenset(), 2), (frozenset({0}), 0)):
        state = replace(opening_state(activations), visible_signs=signs)
        saved = SavedSession(state_to_json(state, activations), source_of(activations, session))
        write_session(session, saved)
        done = run("film", "--out", tmp_path / "f.mp4", "--session", session, "--size", "160x120", "--frames", "3")
        assert done.returncode == code, done.stderr
        assert (tmp_path / "f.mp4").exists() == (code == 0)
        if code:
            assert "nothing to film" in done.stderr and done.stderr.count("\n") == 1


def test_what_a_bare_machine_lacks_is_said(child, child_ok, cache, tmp_path) -> None:
    wanted = ("film", "--cache", cache, "--view", "3d", "--size", "160x120", "--frames", "2")
    nothing = {**NOWHERE, "PATH": str(tmp_path)}
    child_ok(*wanted, "--out", tmp_path / "bare.mp4", env=nothing)
    # As where a library is missing that Qt's wheel takes from the system.
    qt = tmp_path / "lacking" / "PySide6"
    qt.mkdir(parents=True)
    (qt / "__init__.py").touch()
    (qt / "QtGui.py").write_text("raise ImportError('libEGL.so.1: cannot open shared object file')")
    done = child(*wanted, "--out", tmp_path / "f.mp4", env={**nothing, "PYTHONPATH": str(qt.parent)})
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "libEGL.so.1" in done.stderr
    if sys.platform.startswith("linux"):
        fonts = tmp_path / "fonts.conf"
        fonts.write_text('<!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
        done = child(*wanted, "--out", tmp_path / "f.mp4", env={**nothing, "FONTCONFIG_FILE": str(fonts)})
        assert done.returncode == 0 and "no font" in done.stderr


def test_a_session_is_filmed_as_it_looks(ok, run, cache, tmp_path) -> None:
    session, out = tmp_path / "mine.auslan", tmp_path / "shots"
    a = read_cache(cache)
    low, high = Trajectories.build(a, a.projections[2], True).extent
    middle, quarter = (low + high) / 2, (high - low) / 4
    part = (middle[0] - quarter[0], middle[0], middle[1], middle[1] + quarter[1])
    state = replace(opening_state(a), colouring=Colouring.TRUST, selected=(0, 1), settled=True)
    saved = SavedSession(state_to_json(state, a), source_of(a, session), "dark", tuple(float(v) for v in part))
    write_session(session, saved)
    end = ("--session", session, "--size", "240x160", "--steps-per-frame", "100", "--frames", "2")
    shots = []
    for name, more in (("part", ()), ("whole", ("--whole",)), ("light", ("--theme", "light"))):
        ok("film", "--out", tmp_path / name, *end, *more)
        shots.append(np.asarray(Image.open(tmp_path / name / "frame-0002.png")).astype(int))
    dark_part, dark_whole, light_part = shots
    assert dark_part[2, 100].max() < 60 and light_part[2, 100].min() > 200
    assert (dark_part != dark_whole).mean() > 0.1
    # A run that is not kept here is said to be missing, and the map is the activations' own.
    write_session(session, replace(saved, shown={**saved.shown, "run_2d": "20200101-000000-0000"}))
    done = run("film", "--out", out, *end)
    assert done.returncode == 0 and "is not among the runs kept here" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is sent as a signal")
@pytest.mark.parametrize("moment", ["starting", "filming"])
def test_ctrl_c_leaves_no_half_film(cache, tmp_path, moment) -> None:
    if moment == "starting" and not Path("/proc/self/maps").exists():
        pytest.skip("what a process has loaded is read from /proc")
    wanted = ("--cache", str(cache), "--out", str(tmp_path / "film.mp4"), "--view", "3d", "--hold", "600")
    film = subprocess.Popen([sys.executable, str(ROOT / "main.py"), "film", *wanted], stderr=subprocess.PIPE, text=True)
    assert film.stderr is not None
    if moment == "starting":
        wait_until(lambda: "libQt6Gui" in Path(f"/proc/{film.pid}/maps").read_text())
    else:
        wait_until(lambda: list(tmp_path.iterdir()))
    film.send_signal(signal.SIGINT)
    _, said = film.communicate(timeout=300)
    assert film.returncode == 130 and said.count("\n") == 1 and "nothing half-made" in said
    assert not list(tmp_path.iterdir())


# The program as it is, but for what ships.
WITH_CACHE = """
import sys
from dataclasses import replace
from pathlib import Path
from auslan_explorer import cli, paths
paths.ships = lambda name: Path(sys.argv[1])
sys.exit(cli.main([]))
"""


@pytest.mark.parametrize("there", [True, False])
def test_without_display_the_figures_are_drawn_instead(cache, tmp_path, there) -> None:
    env = {key: value for key, value in os.environ.items() if key not in NOWHERE} | {"PYTHONPATH": str(ROOT)}
    shipped = cache if there else tmp_path / "missing.h5"
    done = subprocess.run(
        [sys.executable, "-c", WITH_CACHE, shipped], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    if not there:
        assert (done.returncode, done.stdout) == (2, "") and "auslan-explorer models" in done.stderr
        return
    assert (done.returncode, done.stderr) == (0, "")
    assert "no display" in done.stdout.splitlines()[0]
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == sorted([*(f"figure-{n}.png" for n in (3, 4, 5, 6, 11, 12, 13)), "film.mp4"])
    with av.open(str(tmp_path / "out" / "film.mp4")) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (1280, 720)


def test_without_display_a_file_cannot_be_opened(child, cache) -> None:
    done = child(cache, env=NOWHERE)
    assert done.returncode == 2 and "render --cache" in done.stderr


def test_every_kind_in_one_command_with_the_options_of_the_window(ok, cache, tmp_path) -> None:
    out = tmp_path / "f"
    said = ok(
        "render", "--figure", "all", "--format", "png", "svg", "pdf", "--cache", cache, "--out", out,
        "--size", "300x260", "--dpi", "300", "--transparent", "--scale", "2",
    )  # fmt: skip
    for number in (3, 4, 5, 6, 11, 12, 13):
        assert {f"f-{number}{end}" for end in (".png", ".svg", ".pdf")} <= {path.name for path in tmp_path.iterdir()}
    assert said.count("Figure 3 (") == 3
    image = QImage(str(tmp_path / "f-3.png"))
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.pixelColor(150, 2).alpha() < 255


def test_a_scale_that_makes_no_sense_is_refused(run, cache, tmp_path) -> None:
    done = run("render", "--figure", "3", "--cache", cache, "--out", tmp_path / "f.png", "--scale", "90")
    assert done.returncode == 2 and "--scale" in done.stderr and not (tmp_path / "f.png").exists()
