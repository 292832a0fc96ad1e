"""The program itself where something is missing: it starts as far as it can, and says what is missing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auslan_explorer import paths

ROOT = Path(__file__).parents[3]
START = """
import json, sys
from PySide6.QtCore import QTimer
from auslan_explorer import app, paths
from auslan_explorer.core.session import Layout
from auslan_explorer.gui.log import log_file
from tests.made_up import made_up_activations

make = app.make_window

def look(window):
    solid, flat = (window.views.panes[dims].view for dims in (3, 2))
    if not (flat.is_sharp() and solid is not None and (solid._empty_state.isVisible() or solid._painted_step >= 0)):
        QTimer.singleShot(20, lambda: look(window))
        return
    facts = {
        "notice": window.notice.text.text() if window.notice.isVisible() else "",
        "unavailable": getattr(solid, "unavailable_reason", None),
        "said": solid._empty_state.text.text() if solid._empty_state.isVisible() else "",
        "map": flat is not None and flat.drawn_scene() is not None and flat.isVisible(),
        "kept": str(window.sessions.autosave.file),
        "log": str(log_file()),
    }
    print(json.dumps(facts), flush=True)
    window.session.update(selected=(0,))
    if "--wait" in sys.argv:
        sys.stdin.readline()
    window.close()

def make_and_look(*arguments, **options):
    window = make(*arguments, **options)
    window.session.update(layout=Layout.BOTH)
    QTimer.singleShot(0, lambda: look(window))
    return window

app.make_window = make_and_look
sys.exit(app.run_window(activations=made_up_activations()))
"""


def environment(home: Path, **more: str) -> dict[str, str]:
    """An empty home of its own, wherever the system keeps what belongs there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "AUSLAN_"))}
    return {**kept, "HOME": str(home), "XDG_RUNTIME_DIR": os.environ["XDG_RUNTIME_DIR"], **more}


def started(env: dict[str, str], before: Callable[[], None] | None = None) -> dict[str, Any]:
    """Start the program, let it look at itself, and close it; it must end with exit code 0."""
    done = subprocess.run(
        [sys.executable, "-c", START],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=300, preexec_fn=before, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    assert facts["map"]
    return facts


def test_without_opengl_the_map_works_and_the_other_pane_says_why(tmp_path: Path) -> None:
    facts = started(environment(tmp_path, QT_QPA_PLATFORM="offscreen"))
    assert "3-D needs OpenGL" in facts["said"] and "The 2-D map shows the same recordings" in facts["said"]
    assert "remote desktop" in facts["said"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names a part of Qt's that is for X11")
def test_where_qt_finds_no_opengl_on_x11_the_map_works(opengl: None, tmp_path: Path) -> None:
    facts = started(environment(tmp_path, QT_XCB_GL_INTEGRATION="none"))
    assert "3-D needs OpenGL" in facts["said"] and facts["unavailable"]


def test_a_home_that_cannot_be_written_is_said_and_costs_the_memory_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file, so that nothing can be made in it")
    facts = started(environment(home))
    assert "cannot be kept for the case of a crash" in facts["notice"]
    assert "Settings hold until the program is closed" in facts["notice"]
    assert facts["log"] == "None"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX's")
def test_a_full_disk_costs_the_memory_alone(tmp_path: Path) -> None:
    def full() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    started(environment(tmp_path), full)
    assert not list(tmp_path.rglob("*.part*"))


def test_two_copies_work_side_by_side_and_keep_what_they_show_apart(tmp_path: Path) -> None:
    env = environment(tmp_path)
    command = [sys.executable, "-c", START, "--wait"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    copies = [subprocess.Popen(command, env=env, cwd=ROOT, text=True, **pipes) for _ in range(2)]  # type: ignore[call-overload]
    try:
        facts = [json.loads(copy.stdout.readline()) for copy in copies]
        for copy in copies:
            _, said = copy.communicate("\n", timeout=300)
            assert copy.returncode == 0 and "Traceback" not in said, said
    finally:
        for copy in copies:
            copy.kill()
    assert len({each["kept"] for each in facts}) == 2 and all(each["map"] for each in facts)
    assert [each["notice"] for each in facts] == ["", ""]
    # Both have ended cleanly: the next start has nothing to bring back.
    assert started(env)["notice"] == ""


def test_what_went_wrong_is_in_the_log(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "import sys, threading\n"
        "from PySide6.QtCore import qCritical, qDebug, qInfo, qWarning\n"
        "from auslan_explorer.gui.log import LOGGER, logging_to_file\n"
        "with logging_to_file(Path(sys.argv[1])) as file:\n"
        "    for say in (qDebug, qInfo, qWarning, qCritical): say(f'by {say.__name__}')\n"
        "    LOGGER.error('one of ours')\n"
        "    thread = threading.Thread(target=lambda: 1 / 0)\n"
        "    thread.start(); thread.join()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True, timeout=300
    )
    text = (tmp_path / "auslan-explorer.log").read_text()
    assert "one of ours" in text and "ZeroDivisionError" in text
    levels = re.findall(r"(\w+) \d+ \w+: Qt: by (\w+)", text)
    assert levels == [("INFO", "qInfo"), ("WARNING", "qWarning"), ("ERROR", "qCritical")]
    assert re.findall(r"(?m)^by (\w+)$", done.stderr) == [name for _, name in levels], "Qt's own are not told"


def test_the_log_lies_in_the_persons_own_folder(private_home: Path) -> None:
    assert paths.log_dir().is_relative_to(private_home)
