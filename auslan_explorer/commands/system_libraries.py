"""Checks the system libraries that Qt needs on Linux, and names the command that installs missing ones.

Packages depend on them and `make run` installs them; an unpacked archive, or `pip install`, can only report them.
tools/system_libraries.sh has the same table.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

from auslan_explorer.core.errors import UserError

DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
}
"""Libraries that Qt always needs, and the Debian package of each."""

WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""Further libraries for windows on an X server."""


ALONG_WITH = {"libGL.so.1": "libgl1-mesa-dri", "libfontconfig.so.1": "fonts-dejavu-core"}
"""Packages that are only recommended by those, but needed: drivers, and a font."""


def opens_on_x_server() -> bool:
    """Return whether Qt would open windows on an X server."""
    on_x_server = sys.platform.startswith("linux") and bool(os.environ.get("DISPLAY"))
    return on_x_server and not (os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def needed_libraries() -> dict[str, str]:
    """Return the libraries that Qt needs here, those for windows included where there is an X server."""
    return DRAWING | WINDOW if opens_on_x_server() else DRAWING


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of the libraries that cannot be loaded here, sorted.

    Parameters
    ----------
    libraries : mapping of str to str
        Packages by the file name of a library.
    """
    missing = set()
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.update({package, ALONG_WITH.get(library, package)})
    return sorted(missing)


def how_to_install(packages: list[str]) -> str:
    """Return a sentence with the install command for Debian and Ubuntu."""
    return f"On Debian and Ubuntu, run: sudo apt-get install --no-install-recommends {' '.join(packages)}"


def check_window_libraries() -> None:
    """Check the libraries for a window on the X server, without which Qt would abort with a core dump.

    Raises
    ------
    UserError
        If something is missing.
    """
    if not opens_on_x_server():
        return
    packages = missing_packages(WINDOW)
    if packages:
        raise UserError(f"Libraries that a window needs are missing. {how_to_install(packages)}")
