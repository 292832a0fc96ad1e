"""Where the 2-D map and the 3-D view are looked at from, asked for and set again."""

from __future__ import annotations

from auslan_explorer.gui.views.panes import Views
from auslan_explorer.io.session_file import Camera


def map_view(views: Views | None) -> tuple[float, float, float, float] | None:
    """Return left, right, bottom and top of what the map shows; None where it shows everything."""
    canvas = _view(views, 2)
    if canvas is None or getattr(canvas, "follows", True):
        return None
    view = canvas.view()  # type: ignore[attr-defined]
    return view.left, view.right, view.bottom, view.top


def set_map_view(views: Views | None, place: tuple[float, float, float, float]) -> None:
    """Let the map show a place."""
    canvas = _view(views, 2)
    box = getattr(canvas, "centralWidget", None)
    if box is not None:
        left, right, bottom, top = place
        # As if a person had moved it: from here the map does not go back to everything by itself.
        box.sigRangeChangedManually.emit([True, True])
        box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)


def camera(views: Views | None) -> Camera | None:
    """Return where the 3-D view is seen from; None where there is none."""
    scene = getattr(_view(views, 3), "view", None)
    if scene is None:
        return None
    azimuth, elevation, _, x, y, z, *_ = scene.camera()
    return Camera(azimuth % 360, elevation, scene.zoom(), (x, y, z))


def set_camera(views: Views | None, camera: Camera) -> None:
    """Look at the 3-D view from there."""
    scene = getattr(_view(views, 3), "view", None)
    if scene is None:
        return
    from pyqtgraph import Vector

    scene.opts.update(azimuth=camera.azimuth, elevation=camera.elevation, center=Vector(*camera.centre))
    scene.zoom_by(scene.zoom() / camera.zoom)
    scene.redraw()


def _view(views: Views | None, dims: int) -> object | None:
    return None if views is None or dims not in views.panes else views.panes[dims].view
