"""Default command: opens the window."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    NETWORK_SUFFIXES,
    Commands,
    add_command,
    check_out,
    import_qt,
    progress_bar,
)
from auslan_explorer.commands.reading import add_reading, paired, request_of, says_something
from auslan_explorer.commands.system_libraries import check_window_libraries
from auslan_explorer.core.errors import UserError

if TYPE_CHECKING:
    from auslan_explorer.workflows.reading import Request


def add(commands: Commands) -> None:
    """Add the command of this module."""
    from auslan_explorer.io.readers import BUILT_IN, titles

    parser = add_command(
        commands,
        "open",
        open_window,
        "open the window on a file",
        # Without readers of other packages, for which every command would look as it starts.
        f"FILE may be a session or what a network did: {'; '.join(titles(BUILT_IN))}. Nothing in a file is run. "
        "Without a map in the file, the newest one that was trained on it is shown, or principal components. Of a "
        "network and another file the other one is what it reads. Annotations of ELAN (.eaf) open as groups and "
        "colours of the recordings that ship. Otherwise each file has a window of its own.",
        "  auslan-explorer open mine.h5\n  auslan-explorer open projector/\n"
        "  auslan-explorer open model.keras sequences.npz\n"
        "  auslan-explorer open other.npz --states h --labels y",
    )
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="keep what a network did in this activation cache, .h5"
    )
    add_reading(parser)


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
    """Open the window on files or the shipped activations; without a display, draw into ``out/`` instead."""
    if not args.files:
        return _show(None)
    files, args.inputs = paired(args.files, args.inputs)
    if len(files) > 1 and (args.out is not None or says_something(args)):
        raise UserError("With options, open one file at a time.")
    for file in files:
        _check(file)
    if args.out is not None:
        check_out(args.out, NETWORK_SUFFIXES)
    for file in files[1:]:
        from auslan_explorer.capture.show import show

        show(file)
    return _show(request_of(args, files[0], args.out))


def _check(file: Path) -> None:
    """Refuse what no window can show, before anything slow is imported."""
    from auslan_explorer.io.opening import shown
    from auslan_explorer.io.readers import readers, titles
    from auslan_explorer.workflows.reading import Brought, what_is

    if not file.exists():
        raise UserError(f"{shown(file)} is no file and no command; give a session or an activation cache, or see "
                        "`auslan-explorer --help`.")  # fmt: skip
    kind = what_is(file)
    if kind is Brought.PUBLISHED:
        raise UserError(f"{shown(file)} holds published weights; open them with Ctrl+Shift+O, or use --published.")
    if kind is Brought.RECORDINGS:
        raise UserError(f"{shown(file)} holds recordings; import them with `auslan-explorer import {shown(file)}`.")
    if kind is Brought.UNKNOWN:
        raise UserError(
            f"{shown(file)} is nothing that can be opened here. These can: a session; {'; '.join(titles(readers()))}."
        )


def _show(request: Request | None) -> int:
    import_qt()
    if not has_display():
        file = None if request is None else request.file
        if file is not None and file.suffix.lower() == ".auslan":
            raise UserError(f"There is no display to show {file} on; use `film --session {file}` instead.")
        if request is not None and _needs_more(request):
            raise UserError(
                f"There is no display to show {file} on; make a cache of it with `cache --from {file} --out FILE.h5`, "
                "then use `film --cache FILE.h5`."
            )
        if file is not None and file.suffix.lower() == ".eaf":
            raise UserError(f"There is no display to show {file} on; `elan --read {file}` says what is in it.")
        if file is not None:
            raise UserError(
                f"There is no display to show {file} on; use `render --cache {file}` or `film --cache {file}` instead."
            )
        from auslan_explorer.commands.pictures import without_display

        return without_display()
    check_window_libraries()
    from auslan_explorer.app import run_window

    if request is None or request.file.suffix.lower() == ".auslan":
        return run_window(None if request is None else request.file)
    # Nothing of this is needed for the window on what ships.
    from auslan_explorer.workflows.reading import Brought, read_request, what_is

    if what_is(request.file) is Brought.ANNOTATIONS:
        return run_window(annotations=request.file)
    with progress_bar("opening") as progress:
        activations = read_request(request, progress=progress)
    kept = activations.origin.file
    return run_window(Path(kept) if kept else request.file, activations=activations)


def _needs_more(request: Request) -> bool:
    """Return whether a file alone does not say what a network did."""
    from auslan_explorer.workflows.reading import Brought, what_is

    return what_is(request.file) in (Brought.NETWORK, Brought.ARRAYS)
