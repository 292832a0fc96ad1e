from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from PySide6.QtGui import QImage

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


# The program as it is, but for what ships.
WITH_CACHE = """
import sys
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
