"""Where the 2-D map and the 3-D view are looked at from, asked for and set again."""

from __future__ import annotations

from auslan_explorer.gui.views.panes import View, Views
from auslan_explorer.io.session_file import CameraPose


def map_bounds(views: Views | None) -> tuple[float, float, float, float] | None:
    """Return left, right, bottom and top of what the map shows; None where it shows everything."""
    place = _viewpoint(views, 2)
    if place is None:
        return None
    left, right, bottom, top = place
    return left, right, bottom, top


def set_map_bounds(views: Views | None, bounds: tuple[float, float, float, float]) -> None:
    """Let the map show a place."""
    view = _view(views, 2)
    if view is not None:
        view.set_viewpoint(bounds)


def camera(views: Views | None) -> CameraPose | None:
    """Return where the 3-D view is seen from; None where there is none."""
    place = _viewpoint(views, 3)
    if place is None:
        return None
    azimuth, elevation, zoom, x, y, z = place
    return CameraPose(azimuth, elevation, zoom, (x, y, z))


def set_camera(views: Views | None, camera: CameraPose) -> None:
    """Look at the 3-D view from there."""
    view = _view(views, 3)
    if view is not None:
        view.set_viewpoint((camera.azimuth, camera.elevation, camera.zoom, *camera.centre))


def _viewpoint(views: Views | None, dims: int) -> tuple[float, ...] | None:
    view = _view(views, dims)
    return None if view is None else view.viewpoint()


def _view(views: Views | None, dims: int) -> View | None:
    return None if views is None or dims not in views.panes else views.panes[dims].view
