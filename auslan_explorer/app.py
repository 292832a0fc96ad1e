"""Composition root: makes the application, the session and the main window.

ARCHITECTURE.md is the map of the program: its packages and rooms, which way imports point, and what happens at a click,
at a step of playback, and when a file is opened.
"""

from __future__ import annotations

import linecache
import os
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer import __version__, interrupts, paths
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.quick_start import QuickStart

if TYPE_CHECKING:
    from pyqtgraph.util.garbage_collector import GarbageCollector
    from PySide6.QtWidgets import QApplication

    from auslan_explorer.gui.settings.store import Settings
    from auslan_explorer.gui.views.view import ViewFactory
    from auslan_explorer.gui.window.main_window import MainWindow
    from auslan_explorer.workflows.opening import Opened
    from auslan_explorer.workflows.sessions import OpenedSession

NAME = "Auslan Explorer"
_SWITCH_SECONDS = 0.0005
"""Longest time that a rendering thread may hold the interpreter; Python's default of 5 ms delays every Qt call."""
_MMAP_THRESHOLD, _LARGE_BYTES = -3, 1 << 20
"""A parameter of glibc's `mallopt` (M_MMAP_THRESHOLD), and the arrays from which it holds."""
_TRIM_THRESHOLD, _KEPT_BYTES = -1, 4 << 20
"""Another one (M_TRIM_THRESHOLD), and what is kept for the next arrays that are smaller."""
_ARENA_MAX, _ARENAS = -8, 2
"""A third (M_ARENA_MAX), and the places between which threads share smaller arrays."""
_LATEST_MS = 10_000
"""Time from which on a start is over, even if nothing was painted."""
SHIPPED = "activations.h5"


def run_window(
    file: Path | None = None, *, activations: Activations | None = None, annotations: Path | None = None
) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    file : Path, optional
        Session or activations to show; by default the activations that ship.
    activations : Activations, optional
        In place of a file.
    annotations : Path, optional
        Annotations of ELAN that are read once the window is open.

    Returns
    -------
    int
        Exit code.

    Raises
    ------
    UserError
        If `file` cannot be read; nothing has been opened then.
    """
    with QuickStart() as quick:
        read = read_for_window(file, activations)
        with interrupts.only_noted():
            restore = file is None and activations is None and annotations is None
            return _show(read, file, annotations, quick, restore=restore)


@dataclass(frozen=True, eq=False)
class ReadForWindow:
    """What a window is made to show.

    Attributes
    ----------
    found : Opened
    opened : OpenedSession or None
    later : bool
        Whether finding maps takes longer than a window should wait.
    """

    found: Opened
    opened: OpenedSession | None
    later: bool


def read_for_window(file: Path | None = None, activations: Activations | None = None) -> ReadForWindow:
    """Read what a window is to show; maps that take long to find come later.

    Raises
    ------
    UserError
        If `file` cannot be read.
    """
    opened: OpenedSession | None = None
    if file is not None and file.suffix.lower() == ".auslan":
        from auslan_explorer.workflows.sessions import open_session

        opened = open_session(file, None, maps_later=True)
        activations = opened.activations
    shown = open_activations(None if opened else file) if activations is None else activations
    from auslan_explorer.workflows.opening import Opened, find_maps, takes_long

    later = takes_long(shown)
    return ReadForWindow(Opened(shown) if later else find_maps(shown), opened, later)


def window_on(read: ReadForWindow, file: Path | None) -> MainWindow:
    """Make the window on what was read of a file, ready to be shown."""
    app, opened = make_application(), read.opened
    # A session is shown as a whole, once its maps are there.
    waits = read.later and opened is not None
    window = make_window(app, no_activations() if waits else read.found.activations, one_first=True)
    if opened is not None:
        window.sessions.show(opened if waits else replace(opened, activations=None))
    elif file is not None:
        read.found.add_trained(window.session)
        window.sessions.recent.remember(file)
    if read.later and opened is None:
        window.commands.files.find_maps()
    return window


def _show(read: ReadForWindow, file: Path | None, annotations: Path | None, quick: QuickStart, *, restore: bool) -> int:
    """Show the window until it is closed, by Ctrl+C too; return the exit code."""
    from PySide6.QtCore import QTimer

    from auslan_explorer.gui.log import logging_to_file
    from auslan_explorer.gui.views.scatter3d.window_surface import choose_surface
    from auslan_explorer.gui.window.error_reporter import ErrorReporter
    from auslan_explorer.gui.window.interrupt_listener import calling_on_interrupt

    app = make_application()
    window = window_on(read, file)
    window.idle.add(quick.end)
    QTimer.singleShot(_LATEST_MS, window, window.idle.start)
    window.sessions.begin(restore=restore)
    if annotations is not None:
        window.commands.files.open_annotations(annotations)

    def end() -> None:
        window.close_unasked()
        if not window.isVisible():
            app.exit()  # a dialog may still be open

    before, sys.excepthook = sys.excepthook, ErrorReporter(window)
    choose_surface(window)
    window.show()
    window.commands.help.first_start()
    if interrupts.was_asked():
        QTimer.singleShot(0, end)
    try:
        with logging_to_file(), calling_on_interrupt(end):
            return app.exec()
    finally:
        sys.excepthook = before


def open_activations(file: Path | None) -> Activations:
    """Read the activations of a file, or the shipped ones; empty ones where these are missing.

    Raises
    ------
    UserError
        If the file is missing, or of no kind that can be read.
    """
    if file is None:
        file = paths.ships(SHIPPED)
        if not file.exists():
            return no_activations()
    from auslan_explorer.io.readers import read_activations

    return read_activations(file)


def no_activations() -> Activations:
    """Return empty activations, for a window that has nothing to show."""
    nothing = np.zeros((0, 1), dtype=np.float32)
    column = np.zeros(0, dtype=np.int32)
    return Activations(
        ArrayStates(nothing), nothing, column, column, column, column, column, column, column, (), (), steps=1
    )


def make_application() -> QApplication:
    """Create the QApplication with name and icon, or return the existing one."""
    os.environ.setdefault("QT_API", "pyside6")
    sys.setswitchinterval(_SWITCH_SECONDS)
    return_memory()
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        collect_garbage_in_this_thread()
        return existing
    # Without it a view loses its OpenGL content when its dock is floated (pyqtgraph #3455).
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("auslan-explorer")
    app.setApplicationDisplayName(NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("auslan-explorer")
    if sys.platform.startswith("linux"):
        # PyOpenGL guesses from the login session: under XWayland it would look for EGL where Qt uses GLX.
        wayland = app.platformName().startswith("wayland")
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl" if wayland else "glx")
    from auslan_explorer.gui.i18n import install
    from auslan_explorer.gui.icons import program_icon

    install(app)
    app.setWindowIcon(program_icon())
    collect_garbage_in_this_thread()
    return app


@cache
def collect_garbage_in_this_thread() -> GarbageCollector:
    """Let Python collect garbage once a second from this thread's events, and nowhere else; once a process.

    By itself it collects in whichever thread makes many objects, such as one that draws a film. What is left of a
    closed dialog or window would be destroyed there, beside the thread it lives in: a crash, now and then.
    """
    from pyqtgraph.util.garbage_collector import GarbageCollector

    return GarbageCollector()


def return_memory() -> None:
    """Let arrays of megabytes go back to the system once they are dropped, where glibc would keep their memory.

    It keeps what is below a threshold, which it raises with each array that is dropped, and for each thread by itself:
    with ten times the recordings that come with the program, 45 to 145 MB for nothing. Once told a threshold, it would
    give all else back at once too, and have it cleared for each block of a picture anew, which takes as long again.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
        mallopt(_ARENA_MAX, _ARENAS)


def make_window(
    app: QApplication,
    activations: Activations,
    settings: Settings | None = None,
    makers: dict[int, ViewFactory] | None = None,
    *,
    one_first: bool = False,
) -> MainWindow:
    """Create the main window with a new session.

    Parameters
    ----------
    app : QApplication
    activations : Activations
    settings : Settings, optional
        By default the person's settings.
    makers : dict of int to callable, optional
        Factories of the 2-D and the 3-D view, in place of the program's.
    one_first : bool
        Show one view first, and make the other one once that is painted.
    """
    from auslan_explorer.core import palettes
    from auslan_explorer.core.session import Session
    from auslan_explorer.gui.animation import reduce_motion
    from auslan_explorer.gui.settings.preferences import read_preferences
    from auslan_explorer.gui.settings.store import Settings
    from auslan_explorer.gui.style import Appearance
    from auslan_explorer.gui.views.panes import VIEWS
    from auslan_explorer.gui.window.main_window import MainWindow

    settings = settings or Settings()
    chosen = read_preferences(settings)
    palettes.set_palettes(time=chosen.time_colours, signs=chosen.sign_colours)
    reduce_motion(chosen.reduce_motion)
    appearance = Appearance(app, chosen.look, text_size=chosen.text_size)
    window = MainWindow(Session(activations), settings, appearance, makers or VIEWS, one_first=one_first)
    # PySide looks for its name in the source of all that is imported, and leaves 20 MB of it behind.
    linecache.clearcache()
    return window
