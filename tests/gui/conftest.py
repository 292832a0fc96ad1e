"""Tests of windows: those marked `gl` need OpenGL, which Qt's off-screen platform does not have."""

from __future__ import annotations

import os

import pytest


def _why_no_opengl() -> str | None:
    """Ask Qt for a context in this process; the reason where there is none to be had."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return "Qt's off-screen platform has no OpenGL; `make test` runs this under Xvfb"
    from PySide6.QtGui import QOffscreenSurface, QOpenGLContext

    surface = QOffscreenSurface()
    surface.create()
    context = QOpenGLContext()
    if not context.create() or not context.makeCurrent(surface):
        return "this display gives no OpenGL context"
    context.doneCurrent()
    return None


@pytest.fixture(scope="session")
def opengl(qapp: object) -> None:
    """Skips, with the reason, where no OpenGL context is to be had."""
    reason = _why_no_opengl()
    if reason:
        pytest.skip(reason)


@pytest.fixture(autouse=True)
def _opengl_where_marked(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("gl"):
        request.getfixturevalue("opengl")
