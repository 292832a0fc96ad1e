"""Chooses the surface of a window in which OpenGL is to draw later.

A surface is chosen when a window is first shown; a first OpenGL widget that came later would have Qt make the window
anew, which flashes.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QSurface
from PySide6.QtWidgets import QWidget

from auslan_explorer.gui.views.scatter3d.opengl_check import has_context


def choose_surface(window: QWidget) -> None:
    """Choose one for OpenGL, of a window that was not shown yet, where what is drawn without it can stand there too.

    That is so on X11, even without OpenGL. No context is made for it: it would take a tenth of a second of a start, and
    the window would be drawn through it from then on.
    """
    if _takes_both():
        window.winId()
        handle = window.windowHandle()
        handle.destroy()
        handle.setSurfaceType(QSurface.SurfaceType.OpenGLSurface)
        handle.create()


def hold_surface(place: QWidget) -> None:
    """Put a hidden OpenGL widget into a place of a window, elsewhere than on X11, if there is OpenGL."""
    if not _takes_both() and has_context():
        from PySide6.QtOpenGLWidgets import QOpenGLWidget

        QOpenGLWidget(place).hide()


def _takes_both() -> bool:
    return QGuiApplication.platformName() == "xcb"
