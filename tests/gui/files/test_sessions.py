"""Sessions in a real window: saved, opened, dropped, recent, and brought back after a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from auslan_explorer import app as program
from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.app import make_window
from auslan_explorer.core.session import Colouring, Layout
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.files import autosave, sessions
from auslan_explorer.gui.files.sessions import CRASHED
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.views import viewpoint
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.session_file import CameraPose
from auslan_explorer.workflows import opening
from tests.gui.waiting import at_rest
from tests.gui.window_parts import made_up_activations, open_window

ROOT = Path(program.__file__).parents[1]
CHANGES = {"visible_signs": frozenset({1, 2}), "selected": (13, 8), "colouring": Colouring.SPLIT, "step": 6,
           "layout": Layout.MAP_2D, "log_scale": False}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    file = tmp_path / "states.h5"
    write_cache(file, made_up_activations())
    return file


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path, cache: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini", read_cache(cache)) as shown:
        yield shown


def saved(window: MainWindow, tmp_path: Path) -> Path:
    window.session.update(**CHANGES)
    file = tmp_path / "mine.auslan"
    window.sessions.write(file)
    return file


def shows(window: MainWindow) -> bool:
    state = window.session.state
    return all(getattr(state, name) == value for name, value in CHANGES.items())


def test_activations_of_a_file_are_kept_nowhere_else(window: MainWindow, data: Path, tmp_path: Path) -> None:
    started: list[str] = []
    window.jobs.started.connect(lambda job: started.append(job.title))
    window.sessions.autosave.begin()
    window.sessions.autosave.write()
    window.sessions.write(tmp_path / "mine.auslan")
    assert not started and not list(data.rglob("*.h5")) and (tmp_path / "mine.auslan").exists()
    assert (data / "sessions" / "autosave-0.auslan").exists()


def test_a_saved_session_comes_back_whole(qapp: QApplication, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.show_sign_list(False)
    window.appearance.choose(Look.DARK)
    file = saved(window, tmp_path)
    window.show_sign_list(True)
    assert window.windowTitle() == "mine[*] – states.h5 · map in its file – Auslan Explorer"
    assert not window.isWindowModified()
    window.session.update(log_scale=True)
    assert window.isWindowModified()
    window.session.update(log_scale=CHANGES["log_scale"])
    assert not window.isWindowModified()
    window.appearance.choose(Look.LIGHT)
    # Other activations are open by now, so that these must be read again.
    window.commands.files.show(made_up_activations())
    assert window.windowTitle() == "Unnamed network · own map – Auslan Explorer"
    window.commands.files.open_path(file)
    qtbot.waitUntil(lambda: shows(window))
    assert window.appearance.theme is DARK and not window.notice.isVisible() and not window.sign_list_shown
    assert not window.actions_[ActionId.UNDO].isEnabled()


def test_with_its_activations_open_already_opening_a_session_can_be_undone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = saved(window, tmp_path)
    before = window.session.activations
    window.session.update(visible_signs=frozenset({0}), selected=(), log_scale=True)
    window.sessions.open_file(file)
    qtbot.waitUntil(lambda: shows(window))
    assert window.session.activations is before
    window.actions_[ActionId.UNDO].trigger()
    assert window.session.state.visible_signs == {0}


def test_save_asks_once_and_adds_the_ending(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(*arguments: object, **options: object) -> tuple[str, str]:
        asked.append(Path(str(arguments[2])).name)
        return str(tmp_path / "new"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.actions_[ActionId.SAVE].trigger()
    window.session.update(step=3)
    window.actions_[ActionId.SAVE].trigger()
    assert asked == ["all signs both maps.auslan"], "once, by a name that says what is shown"
    assert json.loads((tmp_path / "new.auslan").read_text())["shown"]["step"] == 3


def test_dropping_and_recent_files_open_sessions(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = saved(window, tmp_path)
    window.session.update(selected=())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, modifiers))
    qtbot.waitUntil(lambda: shows(window))
    window.session.update(selected=())
    menu = window.sessions.recent_menu
    assert menu.menuAction() in window.menuBar().actions()[0].menu().actions()
    window.sessions.fill_recent()
    assert menu.actions()[0].text() == "mine.auslan"
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: shows(window))
    menu.actions()[-1].trigger()
    window.sessions.fill_recent()
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_what_is_missing_is_said_in_one_sentence_and_the_rest_is_shown(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, cache: Path
) -> None:
    file = saved(window, tmp_path)
    content = json.loads(file.read_text())
    content["version"] = 9
    content["shown"]["selected"].append(["nobody", 1, 1])
    file.write_text(json.dumps(content))
    cache.unlink()
    window.commands.files.show(made_up_activations())
    window.sessions.open_file(file)
    qtbot.waitUntil(lambda: shows(window))
    sentence = window.notice.text.text()
    assert window.notice.isVisible() and sentence.count(". ") == 0 and sentence.endswith(".")
    for part in ("states.h5 are not found", "newer version", "1 selected recording"):
        assert part in sentence


def test_a_broken_session_is_a_sentence_and_changes_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "bad.auslan"
    file.write_text("{")
    before = window.session.state
    window.commands.files.open_path(file)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "bad.auslan" in box.text() and window.session.state == before and window.sessions.file is None
    box.close()


def test_a_place_that_cannot_be_written_is_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    window.sessions.write(tmp_path / "no" / "such.auslan")
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "does not exist" in box.text() and window.sessions.file is None
    box.close()


# ------------------------------------------------------------------------------------------------------- after a crash
def test_a_clean_end_leaves_nothing_to_restore(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SECONDS", 0.05)
    # Activations of a file: those of none are kept beside the session first, and it is written again once they are.
    with open_window(qapp, qtbot, tmp_path / "window.ini", read_cache(cache)) as window:
        window.sessions.begin(restore=True)
        assert not window.notice.isVisible()
        file, timer = window.sessions.autosave.file, window.sessions.autosave._timer
        assert file is not None and not file.exists()
        window.session.update(selected=(3,))
        assert timer.isActive()
        qtbot.waitUntil(lambda: file.exists() and not timer.isActive())
        window.session.update(step=2)
        assert not timer.isActive(), "playing writes nothing"
    assert not list((data / "sessions").glob("autosave*.auslan"))


def test_a_session_of_unsaved_activations_is_written_again_once_they_are_kept(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SECONDS", 0.05)
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.sessions.begin(restore=True)
        window.session.update(selected=(3,))
        file = window.sessions.autosave.file
        assert file is not None
        qtbot.waitUntil(lambda: file.exists() and bool(json.loads(file.read_text())["activations"].get("beside")))
        (kept,) = (data / "sessions").glob("*.h5")
        assert json.loads(file.read_text())["activations"]["beside"] == kept.name
        assert read_cache(kept).fingerprint == window.session.activations.fingerprint


def test_a_folder_that_cannot_be_written_is_said_once(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path
) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.sessions.begin(restore=True)
        assert window.sessions.autosave.file is not None
        window.sessions.autosave.file = tmp_path / "no" / "autosave.auslan"
        window.sessions.autosave.write()
        assert window.notice.isVisible() and "crash" in window.notice.text.text()
        window.notice.show_sentence("")
        window.sessions.autosave.write()
        assert not window.notice.isVisible()


def test_a_folder_that_cannot_be_made_is_said_at_the_start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path
) -> None:
    data.mkdir()
    (data / "sessions").write_text("a file in the folder's place")
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.sessions.begin(restore=True)
        assert "sessions cannot be written" in window.notice.text.text()
        window.session.update(selected=(1,))
        window.sessions.autosave.write()


CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from auslan_explorer import app
from auslan_explorer.gui.files import autosave, sessions
from tests.gui import window_parts

autosave.SECONDS = 0.1
make = app.make_window

def made(*arguments, **options):
    window = make(*arguments, **options, makers={2: window_parts.StandIn, 3: window_parts.StandIn})
    def change():
        window.session.update(selected=(13, 8), log_scale=False)
        crash()
    def crash():
        if window.sessions.autosave.file.exists():
            os.kill(os.getpid(), signal.SIGKILL)
        QTimer.singleShot(10, crash)
    QTimer.singleShot(0, change)
    return window

app.make_window = made
app.run_window(Path(sys.argv[1]))
"""


def test_after_a_crash_the_last_session_comes_back_once(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path, cache: Path
) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(cache)], cwd=ROOT, timeout=300, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    assert [file.name for file in (data / "sessions").glob("*.auslan")] == ["autosave-0.auslan"]
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.sessions.begin(restore=True)
        assert window.session.state.selected == (13, 8) and not window.session.state.log_scale
        assert getattr(window.session.activations.states, "path", None) == cache
        assert window.notice.isVisible() and window.notice.text.text() == CRASHED
        assert window.sessions.file is None and window.sessions.recent.files == []
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.sessions.begin(restore=True)
        assert window.session.state.selected == () and not window.notice.isVisible()


def test_two_programs_keep_apart_and_a_file_asked_for_comes_first(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path
) -> None:
    (data / "sessions").mkdir(parents=True)
    left = data / "sessions" / "autosave-0.auslan"
    left.write_text("{}")
    with open_window(qapp, qtbot, tmp_path / "one.ini") as one:
        one.sessions.begin(restore=False)
        assert "is kept as" in one.notice.text.text() and not left.exists()
        two = make_window(qapp, made_up_activations(), Settings(tmp_path / "two.ini"))
        two.sessions.begin(restore=True)
        assert two.notice.text.text() == ""
        assert one.sessions.autosave.file == left
        assert two.sessions.autosave.file == left.with_name("autosave-1.auslan")
        two.close()
        shiboken6.delete(two)


def test_a_broken_leftover_is_said_and_does_not_stop_the_start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path
) -> None:
    (data / "sessions").mkdir(parents=True)
    (data / "sessions" / "autosave-0.auslan").write_text("{")
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.sessions.begin(restore=True)
        assert "is lost" in window.notice.text.text()


# ------------------------------------------------------------------------------------------------------- real views
@pytest.mark.gl
def test_views_come_back_and_a_given_session_opens_at_the_start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, data: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    palette, sheet, letters = qapp.palette(), qapp.styleSheet(), qapp.font()
    monkeypatch.setattr(program, "make_window", _small(program.make_window, tmp_path))
    file = tmp_path / "mine.auslan"

    def first(window: MainWindow) -> None:
        assert window.views is not None
        flat, solid = window.views.panes[2].view, window.views.panes[3].view
        flat._view_box.sigRangeChangedManually.emit([True, True])
        flat._view_box.setRange(xRange=(0.1, 0.3), yRange=(0.2, 0.4), padding=0)
        solid.view.orbit(30, -12)
        solid.view.zoom_by(0.5)
        window.sessions.write(file)
        seen.append((flat.view(), solid.view.camera()))

    def second(window: MainWindow) -> None:
        assert window.views is not None
        seen.append((window.views.panes[2].view.view(), window.views.panes[3].view.view.camera()))

    seen: list = []
    for given, do in ((cache, first), (file, second)):
        _run(qapp, qtbot, monkeypatch, given, do)
    (flat, camera), (flat_again, camera_again) = seen
    assert (flat.width, flat.height) == (flat_again.width, flat_again.height)
    for name in ("left", "right", "bottom", "top"):
        assert abs(getattr(flat, name) - getattr(flat_again, name)) < 1e-6
    np.testing.assert_allclose(camera_again[0] % 360, camera[0] % 360)
    np.testing.assert_allclose(camera_again[1:], camera[1:], rtol=1e-6)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(letters)


def _small(make: object, folder: Path) -> object:
    return lambda app, activations, **options: make(  # type: ignore[operator]
        app, activations, Settings(folder / "window.ini"), **options
    )


def _run(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, file: Path, do: object) -> None:
    # In place of Qt's loop, which a window closed by an earlier test may still end.
    def exec_() -> int:
        (window,) = [w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        views = window.views
        map2d = views.panes[2].view
        # The 3-D view comes after the map.
        qtbot.waitUntil(lambda: map2d.is_sharp() and views.panes[3].coming is None)
        qtbot.waitUntil(lambda: map2d.is_sharp() and views.is_current() and at_rest(views))
        do(window)  # type: ignore[operator]
        window.close()
        closed.append(window)
        return 0

    monkeypatch.setattr(QApplication, "exec", lambda *_: exec_())
    closed: list[MainWindow] = []
    assert program.run_window(file) == 0
    # Else it is styled with every window after it.
    shiboken6.delete(closed.pop())


def test_a_session_of_many_states_is_shown_once_its_maps_are_found_beside_the_window(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, window: MainWindow, tmp_path: Path
) -> None:
    write_cache(tmp_path / "bare.h5", replace(made_up_activations(), projections={}))
    window.session.open(with_principal_components(read_cache(tmp_path / "bare.h5")))
    window.appearance.choose(Look.DARK)
    file = saved(window, tmp_path)
    monkeypatch.setattr(opening, "_AT_ONCE", 10)
    monkeypatch.setattr(program, "make_window", _small(make_window, tmp_path))
    later = program.window_on(program.read_for_window(file), file)
    assert not len(later.session.activations), "nothing was computed before there is a window"
    later.show()
    qtbot.waitUntil(lambda: later.session.projections.keys() == {2, 3})
    assert shows(later) and later.sessions.file == file
    assert later.appearance.look is Look.DARK
    later.close()
    shiboken6.delete(later)


def test_the_command_line_takes_a_session_and_refuses_a_broken_one(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "bad.auslan"
    file.write_text("[]")
    done = subprocess.run([sys.executable, "main.py", str(file)], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2 and "no session of this program" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_a_display_a_session_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "one.auslan"
    file.write_text("{}")
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "main.py", str(file)], cwd=ROOT, capture_output=True, text=True, timeout=300, env=environment
    )
    assert done.returncode == 2 and "film --session" in done.stderr


def test_each_view_goes_where_it_was_only_if_it_shows_the_same_map(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds, camera = (0.1, 0.3, 0.2, 0.4), CameraPose(30.0, 20.0, 1.5, (0.1, 0.2, 0.3))
    monkeypatch.setattr(viewpoint, "map_bounds", lambda views: bounds)
    monkeypatch.setattr(viewpoint, "camera", lambda views: camera)
    file = saved(window, tmp_path)
    gone_to: dict[int, object] = {}
    monkeypatch.setattr(viewpoint, "set_map_bounds", lambda views, to: gone_to.update({2: to}))
    monkeypatch.setattr(viewpoint, "set_camera", lambda views, to: gone_to.update({3: to}))
    for same in ((2,), (3,)):
        gone_to.clear()
        monkeypatch.setattr(sessions, "shows_same_map", lambda saved, a, state, dims, same=same: dims in same)
        with qtbot.waitSignal(window.sessions.shown):
            window.sessions.open_file(file)
        assert gone_to == {dims: {2: bounds, 3: camera}[dims] for dims in same}
