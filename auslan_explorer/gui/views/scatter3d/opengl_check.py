"""Check whether this computer has OpenGL, before a widget that needs it is created."""

from __future__ import annotations

import sys
from functools import lru_cache

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

from auslan_explorer.gui.i18n import tr

MIN_OPENGL = (2, 1)
_PLATFORMS_WITHOUT_OPENGL = {"offscreen", "minimal", "linuxfb", "vnc"}
_SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "software", "swiftshader", "gdi generic", "basic render")


def no_opengl_text(found: str) -> str:
    """Return the text shown in place of the 3-D view; `found` says what this computer has instead."""
    if sys.platform.startswith("linux"):
        remedy = tr(
            "On Linux, install the package libgl1-mesa-dri; on a remote desktop, start the program with "
            "LIBGL_ALWAYS_SOFTWARE=1."
        )
    else:
        remedy = tr(
            "Updating the graphics driver may help; on a remote desktop, set QT_OPENGL=software before the start."
        )
    return tr("3-D needs OpenGL 2.1 or newer, and {0}. The 2-D map shows the same recordings. {1}", found, remedy)


def has_context() -> bool:
    """Return whether the context that all of the program's share is there and new enough, without trying to draw."""
    shared = QOpenGLContext.globalShareContext()
    return shared is not None and (shared.isOpenGLES() or shared.format().version() >= MIN_OPENGL)


@lru_cache(maxsize=1)
def opengl_problem() -> str | None:
    """Return why 3-D cannot be drawn here, as text for users; None if it can.

    A context is tried on an offscreen surface: a `QOpenGLWidget` whose context cannot be created turns the whole window
    black. The result is cached, since it does not change while the program runs.
    """
    if QGuiApplication.instance() is None or QGuiApplication.platformName() in _PLATFORMS_WITHOUT_OPENGL:
        return no_opengl_text(tr("this computer offers none without a screen"))
    context = QOpenGLContext()
    if not context.create():
        return no_opengl_text(tr("this computer offers none"))
    surface = QOffscreenSurface()
    surface.setFormat(context.format())
    surface.create()
    if not (surface.isValid() and context.makeCurrent(surface)):
        return no_opengl_text(tr("this computer offers none"))
    try:
        made = context.format()
        if not context.isOpenGLES() and made.version() < MIN_OPENGL:
            return no_opengl_text(tr("this computer offers {0}.{1}", made.majorVersion(), made.minorVersion()))
        try:
            # PyOpenGL looks for the system's library while it is imported, and raises many kinds of error.
            from auslan_explorer.gui.views.scatter3d.qt_opengl_library import use_opengl_library_of_qt

            use_opengl_library_of_qt()
            from OpenGL import GL

            from auslan_explorer.gui.views.scatter3d.shaders import make_program

            if not GL.glGetString(GL.GL_VERSION):
                return no_opengl_text(tr("Python cannot reach this computer’s OpenGL"))
            for smooth in (False, True):
                make_program(smooth)
        except Exception as error:
            # Some of its errors have no words.
            lines = str(error).strip().splitlines() or [type(error).__name__]
            return no_opengl_text(tr("this computer’s does not work ({0})", lines[0]))
    finally:
        context.doneCurrent()
        surface.destroy()
    return None


def is_software_renderer(renderer: str) -> bool:
    """Return whether a GL_RENDERER string names a software renderer."""
    return any(name in renderer.lower() for name in _SOFTWARE_RENDERERS)
