"""Starting the program: the window with its real views, bad files, and what must not be imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from auslan_explorer import app, paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.icons import program_icon
from auslan_explorer.gui.window.main_window import MainWindow

START = """
import gc
import sys
import threading
from PySide6.QtCore import QObject, QTimer
from auslan_explorer import app
from tests.gui.window_parts import made_up_activations

make, told = app.make_window, {"threads": set()}

def note_thread(phase, info):
    told["threads"].add(threading.current_thread().name)

gc.callbacks.append(note_thread)

def hold_many_objects():
    thread = threading.Thread(target=lambda: [[number] for number in range(100_000)])
    thread.start()
    thread.join()

class Surface(QObject):
    def eventFilter(self, window, event):
        told.setdefault("events", []).append(event.type().name)
        return False

def make_and_close(*arguments, **options):
    window = make(*arguments, **options)
    surface = Surface(window)
    def on_first_picture():
        from PySide6.QtOpenGLWidgets import QOpenGLWidget
        from auslan_explorer.gui.views.map2d.canvas import MapCanvas
        assert window.views.panes[2].view.is_sharp() and isinstance(window.views.panes[2].view, MapCanvas)
        told["view"] = window.views.panes[3].view is not None
        told["docks"] = [each for each in window.docks.names if window.docks.made(each) is not None]
        told["modules"] = set(sys.modules)
        told["widgets"] = [type(each).__name__ for each in window.findChildren(QOpenGLWidget)]
        told["window"] = int(window.winId())
        window.installEventFilter(surface)
    def close_once_all_is_there():
        view = window.views.panes[3].view
        if view is not None and view.is_sharp() and not window.idle.is_busy and view.isVisible():
            told["same"] = told["window"] == int(window.winId()) and not {"Hide", "WinIdChange"} & set(told["events"])
            told["frozen"] = gc.get_freeze_count() > 0
            hold_many_objects()
            window.inspector_dock.show()
            told["before"] = set(sys.modules)
            window.session.update(selected=(0,))
            close_once_chosen()
        else:
            QTimer.singleShot(10, close_once_all_is_there)
    def close_once_chosen():
        if window.inspector_dock.inspector._prepared is None:
            QTimer.singleShot(10, close_once_chosen)
        else:
            window.close()
    window.views.completed.connect(on_first_picture)
    QTimer.singleShot(0, close_once_all_is_there)
    return window

app.make_window = make_and_close
code = app.run_window(activations=made_up_activations())
late = {"tensorflow", "keras", "sklearn", "scipy", "pooch", "requests", "av", "matplotlib", "auslan_explorer.ml"}
print(sorted(late & set(sys.modules)), code)
parts = ("gui.inspector.recording_page", "gui.inspector.pairs_dock", "gui.quality.quality_dock", "gui.training.dock",
    "gui.training.runs_dock", "gui.playback.accuracy_dock", "gui.quality.stability_dock", "gui.signs.hand_usage_dock",
    "gui.views.scatter3d.scatter", "gui.views.scatter3d.gl_widget")
print(told["view"], told["same"], sorted(set(told["docks"]) - {"inspector"}),
    "OpenGL" in told["modules"] or told["widgets"],
    sorted({"auslan_explorer." + part for part in parts} & told["modules"]))
print(told["threads"] - {"MainThread"} or "window alone", told["frozen"], f"auslan_explorer.{parts[0]}" in sys.modules)
chosen = {each for each in set(sys.modules) - told["before"] if each.startswith(("auslan_explorer.", "numpy."))}
print(sorted(chosen))
"""


def windows() -> list[MainWindow]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]


def test_the_window_opens_and_closes_with_exit_code_0_and_imports_nothing_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, timeout=300, cwd=Path(app.__file__).parents[1]
    )
    imported, first, afterwards, chosen = done.stdout.strip().splitlines() or [done.stderr] * 4
    assert imported == "[] 0", done.stderr
    assert first == "False True [] [] []", "the first picture waits for nothing that is not in it"
    assert afterwards == "window alone True True"
    assert chosen == "[]", "a first choice waits for no import"
    assert "Traceback" not in done.stderr and "QThread" not in done.stderr


@pytest.mark.parametrize("content", [None, b"", b"not HDF5 at all"])
def test_a_file_that_cannot_be_read_is_a_sentence_before_any_window(
    qapp: QApplication, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "activations.h5"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UserError, match=r"activations\.h5.*\."):
        app.run_window(file)
    assert not any(window.isVisible() for window in windows())


def test_an_error_hook_is_taken_back(qapp: QApplication) -> None:
    before, sheet, palette, letters = sys.excepthook, qapp.styleSheet(), qapp.palette(), qapp.font()
    closer = QTimer(interval=10)
    closer.timeout.connect(lambda: [window.close() for window in windows() if window.isVisible()])
    closer.start()
    assert app.run_window(activations=app.no_activations()) == 0
    closer.stop()
    for window in windows():
        shiboken6.delete(window)  # else it is among the windows of the tests after this one
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(letters)
    assert sys.excepthook is before


def test_the_icon_has_every_size_and_is_drawn_from_the_svg(qapp: QApplication) -> None:
    icons = paths.resources_dir() / "icons"
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        image = QImage(str(icons / f"auslan-explorer-{size}.png"))
        assert (image.width(), image.height()) == (size, size)
    assert not program_icon().isNull()
    assert (paths.resources_dir() / "icon.svg").read_text().startswith("<svg")
