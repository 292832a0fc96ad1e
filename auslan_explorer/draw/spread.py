"""Spread of signs' end points over retrained maps: an ellipse per sign that holds about two thirds of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import coloured_signs, sign_colours
from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.session import Colouring, SessionState
from auslan_explorer.core.trajectories import Trajectories

from .theme import RGB, Theme

RADIUS = 1.482
"""Standard deviations: the root of the 2/3 quantile of chi-squared with two degrees of freedom, so that an ellipse
holds two of three points where they are spread normally."""

MOST_ELLIPSES = 8
"""Most signs whose ellipses, with the end points of all maps, are drawn at once; of more, that of one pointed at."""

_CORNERS = 64


@dataclass(frozen=True, eq=False)
class SpreadEllipse:
    """Ellipse of a sign's end points over the maps of an ensemble.

    Attributes
    ----------
    sign : int
    outline : ndarray of float32, shape (n, 2)
        Closed, in the units of the display.
    ends : ndarray of float32, shape (maps, 2)
        The end points themselves.
    colour : RGB
    """

    sign: int
    outline: np.ndarray
    ends: np.ndarray
    colour: RGB


def spread_ellipses(
    activations: Activations, trajectories: Trajectories, state: SessionState, theme: Theme, front: np.ndarray
) -> tuple[SpreadEllipse, ...]:
    """Compute the ellipses of the signs in front; none without an ensemble. `front` is bool, shape (recordings,).

    The covariance (with N - 1) is that of displayed positions, so that it is an ellipse on the signed log scale too.
    """
    ends = trajectories.measured.ends
    if not _drawn(trajectories, state) or ends is None:
        return ()
    shown = signed_log(ends) if trajectories.log_scale else ends
    signs = [int(sign) for sign in np.unique(activations.sign[front]) if np.isfinite(ends[:, sign]).all()]
    by_sign = state.colouring is Colouring.SIGN
    table = sign_colours(len(activations.signs), coloured_signs(activations, state)) if by_sign else None
    out = []
    for sign in signs:
        r, g, b = theme.accent if table is None else (int(value) for value in table[sign])
        points = shown[:, sign].astype(np.float64)
        out.append(SpreadEllipse(sign, outline(points), points.astype(np.float32), (r, g, b)))
    return tuple(out)


def spread_extent(trajectories: Trajectories, state: SessionState) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of the extent of a map and the ellipses of all its signs, float32, shape (dims,) each."""
    low, high = trajectories.extent
    ends = trajectories.measured.ends
    if not _drawn(trajectories, state) or ends is None:
        return low, high
    shown = signed_log(ends) if trajectories.log_scale else ends
    known = np.flatnonzero(np.isfinite(ends).all(axis=(0, 2)))
    corners = np.concatenate([outline(shown[:, sign].astype(np.float64)) for sign in known] or [low[None]])
    return np.minimum(low, corners.min(axis=0)), np.maximum(high, corners.max(axis=0))


def _drawn(trajectories: Trajectories, state: SessionState) -> bool:
    ends = trajectories.measured.ends
    return state.spread and ends is not None and trajectories.dims == 2 and len(ends) >= 3


def outline(points: np.ndarray) -> np.ndarray:
    """Compute the ellipse of `RADIUS` standard deviations of points, (n, 2) to float32 (corners, 2), closed."""
    middle = points.mean(axis=0)
    values, axes = np.linalg.eigh(np.cov(points.T))
    angle = np.linspace(0, 2 * np.pi, _CORNERS + 1)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    half = RADIUS * np.sqrt(np.maximum(values, 0))
    return np.asarray(middle + (circle * half) @ axes.T, dtype=np.float32)
