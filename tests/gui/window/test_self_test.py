"""`self-test`, as a person calls it: the same that tests/bundle asks of the frozen program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import __version__, paths
from auslan_explorer.app import no_activations
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.window import self_test
from auslan_explorer.gui.window.self_test import _drawn_share
from auslan_explorer.training import prerequisites
from tests.gui.window_parts import StandIn, open_window

if TYPE_CHECKING:
    from auslan_explorer.gui.window.main_window import MainWindow

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


def test_each_part_that_fails_says_what_is_wrong(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_at_once(_: object, otherwise: str, *_more: object) -> None:
        raise self_test._Failed(otherwise)

    def results(window: object) -> list[tuple[str, bool]]:
        test = self_test.SelfTest(cast("MainWindow", window), tmp_path, lambda **_: None, bool, require_3d=False)
        test.run()
        assert not test.passed
        return [(check.said, check.needed) for check in test.checks]

    monkeypatch.setattr(prerequisites, "check", lambda: None)
    monkeypatch.setattr(self_test, "_wait", fail_at_once)
    for name in ("export_picture", "export_film"):
        monkeypatch.setattr(self_test, name, lambda *_, **__: None)
    with open_window(qapp, qtbot, tmp_path / "window.ini", makers={2: MapCanvas, 3: StandIn}) as window:
        assert results(window) == [
            ("The map was not drawn.", True),
            ("There is no 3-D view.", False),
            ("The step did not move.", True),
            ("The map was not drawn again.", True),
            ("Training did not end.", not prerequisites.missing()),
            ("Exporting a picture did not end.", True),
            ("Exporting a film did not end.", True),
            ("closed", True),
        ]
        monkeypatch.setattr(self_test.QTest, "qWaitForWindowExposed", lambda *_: False)
        monkeypatch.setattr(window, "views", None)
        monkeypatch.setattr(window, "close", lambda: False)
        window.session.open(no_activations())
        window.show()
        assert [said for said, _ in results(window)][:4] == [
            "The window did not come up.",
            "There is no 3-D view.",
            "“First step” cannot be pressed.",
            "There is no map: the activations that ship are missing.",
        ]
        assert results(window)[-1] == ("The window stayed open.", True)
        monkeypatch.undo()
