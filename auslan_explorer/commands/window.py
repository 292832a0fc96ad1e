"""The command without a name: opening the window."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from auslan_explorer.core.errors import UserError


def has_display() -> bool:
    """Return whether a window can be opened, as far as the environment tells."""
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(args: argparse.Namespace) -> int:
    """Open the window on a file or on what ships; with no display, draw into ``out/`` instead."""
    file: Path | None = args.file
    if file is not None and not file.is_file():
        kind = "a folder" if file.is_dir() else "no file and no command"
        raise UserError(f"{file} is {kind}; give a session or an activation cache, or see `auslan-explorer --help`.")
    if not has_display():
        if file is not None and file.suffix.lower() == ".auslan":
            raise UserError(f"There is no display to show {file} on; a session needs the window.")
        if file is not None:
            raise UserError(
                f"There is no display to show {file} on; use `render --cache {file}` or `film --cache {file}` instead."
            )
        from auslan_explorer.commands.pictures import without_display

        return without_display()
    from auslan_explorer.app import run_window

    return run_window(file)
