from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from auslan_explorer.core.saved_state import state_to_plain
from auslan_explorer.core.session import opening_state
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.session_file import SavedSession, source_of, write_session

ROOT = Path(__file__).parents[2]
NOWHERE = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


@pytest.mark.parametrize("figure", [1, 2, 3, 5, 6, 13])
def test_render_needs_no_display(ok, models, signs_folder, tmp_path, figure) -> None:
    out = tmp_path / "figure.png"
    ok(
        "render",
        "--figure",
        figure,
        "--models",
        models,
        "--recordings",
        signs_folder,
        "--out",
        out,
        "--size",
        "320x240",
        env=NOWHERE,
    )
    image = QImage(str(out))
    assert (image.width(), image.height()) == (320, 240)


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


def test_film(ok, cache, tmp_path) -> None:
    out = tmp_path / "film.mp4"
    ok("film", "--cache", cache, "--out", out, "--size", "320x240", "--frames", "12", "--fps", "10", env=NOWHERE)
    with av.open(str(out)) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, float(stream.average_rate)) == (320, 240, 10)
        assert sum(1 for _ in film.decode(stream)) == 12


def test_film_in_3d_needs_no_display_and_takes_all_options(ok, cache, tmp_path) -> None:
    small = ("--cache", cache, "--size", "240x160", "--fps", "20", "--speed", "200", "--hold", "0.5")
    said = ok("film", "--out", tmp_path / "f.gif", "--view", "3d", "--turns", "0.5", *small, env=NOWHERE)
    # 90 steps at 10 a frame, the last one for its own, then half a second.
    assert f"20 frames (1.0 s, 240 x 160) is in {tmp_path / 'f.gif'}" in said
    with Image.open(tmp_path / "f.gif") as film:
        assert (film.n_frames, film.size, film.info["duration"]) == (20, (240, 160), 50)
    ok(
        *("film", "--out", tmp_path / "f.mp4", "--view", "both", "--theme", "dark", "--caption", "Paths", "--step"),
        *("--time", "--scale", "1.5", "--signs", "exit, Change mind", "--colour", "sign", "--align", "start"),
        *("--trail", "9", "--ghost", *small),
        env=NOWHERE,
    )
    ok("film", "--out", tmp_path / "shots" / "map-%03d.png", "--figure", "6", *small, env=NOWHERE)
    names = sorted(path.name for path in (tmp_path / "shots").iterdir())
    assert names == [f"map-{n:03d}.png" for n in range(1, 21)]


def test_film_of_nothing_and_of_a_session(run, ok, cache, tmp_path) -> None:
    session = tmp_path / "mine.auslan"
    activations = read_cache(cache)
    for signs, code in ((frozenset(), 2), (frozenset({0}), 0)):
        state = replace(opening_state(activations), visible_signs=signs)
        saved = SavedSession(state_to_plain(state, activations), source_of(activations, session))
        write_session(session, saved)
        done = run("film", "--out", tmp_path / "f.mp4", "--session", session, "--size", "160x120", "--frames", "3")
        assert done.returncode == code, done.stderr
        assert (tmp_path / "f.mp4").exists() == (code == 0)
        if code:
            assert "nothing to film" in done.stderr and done.stderr.count("\n") == 1


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


def test_without_display_a_file_cannot_be_opened(run, cache) -> None:
    done = run(cache, env=NOWHERE)
    assert done.returncode == 2 and "render --cache" in done.stderr


def test_every_kind_in_one_command_with_the_options_of_the_window(ok, cache, tmp_path) -> None:
    out = tmp_path / "f"
    said = ok(
        "render", "--figure", "all", "--format", "png", "svg", "pdf", "--cache", cache, "--out", out,
        "--size", "300x260", "--dpi", "300", "--transparent", "--scale", "2", env=NOWHERE,
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
