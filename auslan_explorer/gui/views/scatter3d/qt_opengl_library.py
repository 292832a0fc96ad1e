"""On Windows, make PyOpenGL call the OpenGL library that Qt uses.

Qt ships a software one, opengl32sw.dll, for remote desktops (QT_OPENGL=software) and old drivers. PyOpenGL knows only
the system's, which then has no context: every call would do nothing.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from OpenGL.plugins import PlatformPlugin

LIBRARY = "opengl32sw.dll"


class _QtSoftwarePlugin(PlatformPlugin):
    """PyOpenGL's platform for Windows, with another library."""

    def __init__(self, library: Any) -> None:
        # Looked up by sys.platform, before PyOpenGL's own entry for Windows, which is named like os.name.
        super().__init__("win32", "")
        self._library = library

    def load(self) -> type:
        from OpenGL.platform.win32 import Win32Platform

        return type("QtSoftwarePlatform", (Win32Platform,), {"GL": self._library})


def use_opengl_library_of_qt() -> None:
    """Make PyOpenGL call Qt's software library if Qt has loaded it; call before ``OpenGL.GL`` is imported."""
    if sys.platform != "win32":
        return
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetModuleHandleW.restype = ctypes.c_void_p
    handle = kernel.GetModuleHandleW(LIBRARY)
    if handle:
        _QtSoftwarePlugin(ctypes.WinDLL(LIBRARY, handle=handle))
