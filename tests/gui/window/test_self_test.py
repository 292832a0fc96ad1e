"""`self-test`, as a person calls it: the same that tests/bundle asks of the frozen program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from PySide6.QtGui import QColor, QImage

from auslan_explorer import __version__, paths
from auslan_explorer.gui.window.self_test import _drawn_share

ROOT = Path(paths.__file__).parents[1]


@pytest.mark.slow
@pytest.mark.gl
def test_a_window_is_driven_from_opening_to_closing(tmp_path: Path) -> None:
    out, home = tmp_path / "out", tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "main.py", "self-test", "--out", str(out), "--epochs", "1"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""},
        capture_output=True,
        text=True,
        timeout=800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads((out / "self-test.json").read_text())
    assert (report["version"], report["frozen"], report["passed"]) == (__version__, False, True)
    assert len(report["checks"]) == 8 and all(check["passed"] for check in report["checks"]), report
    assert all(0 <= check["seconds"] < 800 for check in report["checks"])
    assert not QImage(str(out / "map.png")).isNull()
    with av.open(str(out / "film.mp4")) as film:
        assert film.streams.video[0].frames == 12
    left = [file for file in home.rglob("*") if file.is_file() and "auslan" in str(file.relative_to(home)).lower()]
    assert not left, "the person's own folders were written to"


def test_a_picture_is_drawn_on_where_any_of_its_colours_differs() -> None:
    image = QImage(4, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(250, 250, 250))
    for x, colour in enumerate(((250, 250, 100), (0, 250, 250), (240, 240, 240))):
        image.setPixelColor(x, 0, QColor(*colour))
    assert _drawn_share(image, (250, 250, 250)) == 2 / 8


def test_without_a_display_a_sentence_says_so(tmp_path: Path) -> None:
    nowhere = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "main.py", "self-test", "--out", str(tmp_path / "out")],
        cwd=ROOT,
        env=nowhere,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no display" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
