"""Get and set the viewpoints of the 2-D map and of the 3-D view, in the form in which sessions store them."""

from __future__ import annotations

from auslan_explorer.draw.view import Camera
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.views.view import View
from auslan_explorer.io.session_file import CameraPose


def map_bounds(views: Views | None) -> tuple[float, float, float, float] | None:
    """Return the left, right, bottom and top bounds that the map shows; None while it shows everything."""
    place = _viewpoint(views, 2)
    if place is None:
        return None
    left, right, bottom, top = place
    return left, right, bottom, top


def set_map_bounds(views: Views | None, bounds: tuple[float, float, float, float]) -> None:
    """Show the part of the map within these left, right, bottom and top bounds."""
    view = _view(views, 2)
    if view is not None:
        view.set_viewpoint(bounds)


def camera(views: Views | None) -> CameraPose | None:
    """Return the camera of the 3-D view; None if there is no such view or it cannot draw."""
    place = _viewpoint(views, 3)
    if place is None:
        return None
    azimuth, elevation, zoom, x, y, z = place
    view = _view(views, 3)
    drawn = None if view is None else view.picture_view()
    exact = (drawn.distance, drawn.field) if isinstance(drawn, Camera) else (0.0, 0.0)
    return CameraPose(azimuth, elevation, zoom, (x, y, z), *exact)


def pane_sizes(views: Views | None) -> dict[int, tuple[float, float]]:
    """Return width and height of the shown panes in logical pixels, by their dimensions."""
    drawn = {} if views is None else views.picture_views()
    return {dims: (float(view.width), float(view.height)) for dims, view in drawn.items()}


def set_camera(views: Views | None, camera: CameraPose) -> None:
    """Set the camera of the 3-D view; does nothing if there is no such view."""
    view = None if views is None else views.view(3)
    if view is not None:
        view.set_viewpoint((camera.azimuth, camera.elevation, camera.zoom, *camera.centre))


def _viewpoint(views: Views | None, dims: int) -> tuple[float, ...] | None:
    view = _view(views, dims)
    return None if view is None else view.viewpoint()


def _view(views: Views | None, dims: int) -> View | None:
    return None if views is None or dims not in views.panes else views.panes[dims].view
