"""PyOpenGL on Windows takes the library that Qt draws with; simulated, since this may run on any system."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from OpenGL.plugins import PlatformPlugin

from auslan_explorer.gui.views.scatter3d.qt_opengl_library import _QtSoftwarePlugin, use_opengl_library_of_qt

WINDOWS = (None, "", None, "win32", "nt")
"""What PyOpenGL looks its platform up by: variables, sys.platform and os.name."""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> list[PlatformPlugin]:
    """PyOpenGL's platforms, put back afterwards."""
    plugins = list(PlatformPlugin.registry)
    monkeypatch.setattr(PlatformPlugin, "registry", plugins)
    return plugins


@pytest.mark.usefixtures("registry")
def test_qts_library_is_found_before_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    class Win32Platform:
        GL = "opengl32.dll"

    module = ModuleType("OpenGL.platform.win32")
    module.Win32Platform = Win32Platform  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "OpenGL.platform.win32", module)
    assert PlatformPlugin.match(WINDOWS).import_path == "OpenGL.platform.win32.Win32Platform"
    _QtSoftwarePlugin("opengl32sw.dll")
    platform = PlatformPlugin.match(WINDOWS).load()
    assert issubclass(platform, Win32Platform) and platform().GL == "opengl32sw.dll"


@pytest.mark.skipif(sys.platform == "win32", reason="there it depends on what Qt has loaded")
def test_other_systems_keep_their_library(registry: list[PlatformPlugin]) -> None:
    before = list(registry)
    use_opengl_library_of_qt()
    assert PlatformPlugin.registry == before
