"""Default command: opens the window."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from pathlib import Path

from auslan_explorer.commands.common import Commands, add_command, import_qt
from auslan_explorer.commands.system_libraries import check_window_libraries
from auslan_explorer.core.errors import UserError


def add(commands: Commands) -> None:
    """Add the command of this module."""
    from auslan_explorer.io.readers import readers

    kinds = "; ".join(reader.title for reader in readers())
    parser = add_command(
        commands,
        "open",
        open_window,
        "open the window on a file",
        f"FILE may be a session or what a network did: {kinds}. Nothing that is in a file is run. Without a map in the "
        "file, the newest one that was trained on it is shown, or principal components.",
        "  auslan-explorer open mine.h5\n  auslan-explorer open projector/",
    )
    parser.add_argument("file", metavar="FILE", type=Path)


def has_display() -> bool:
    """Return whether a window can be opened; Qt itself would abort where it cannot."""
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY")) and _x_server_answers()


def _x_server_answers() -> bool:
    """Return whether the X server of DISPLAY accepts a connection; DISPLAY may be stale, from another login."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True  # without the library Qt itself has to say what is wrong
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if display:
        x11.XCloseDisplay(display)
    return bool(display)


def open_window(args: argparse.Namespace) -> int:
    """Open the window on a file or the shipped activations; without a display, draw into ``out/`` instead."""
    from auslan_explorer.io.readers import find_reader

    file: Path | None = args.file
    if file is not None and not file.is_file() and find_reader(file) is None:
        kind = "a folder" if file.is_dir() else "no file and no command"
        raise UserError(f"{file} is {kind}; give a session or an activation cache, or see `auslan-explorer --help`.")
    import_qt()
    if not has_display():
        if file is not None and file.suffix.lower() == ".auslan":
            raise UserError(f"There is no display to show {file} on; use `film --session {file}` instead.")
        if file is not None:
            raise UserError(
                f"There is no display to show {file} on; use `render --cache {file}` or `film --cache {file}` instead."
            )
        from auslan_explorer.commands.pictures import without_display

        return without_display()
    check_window_libraries()
    from auslan_explorer.app import run_window

    return run_window(file)
