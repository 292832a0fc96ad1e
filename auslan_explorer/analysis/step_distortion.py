"""How far each step goes on a map beside how far the hidden state moves: where a map is torn, and where squeezed."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import Projection


def step_distortion(activations: Activations, projection: Projection) -> np.ndarray:
    """Compute the distortion of each real step of a map.

    The step's length on the map over the distance that the state moved in it, against the median of this ratio over
    all steps that move: 0 is as usual, 1 twice as long on the map, -1 half as long. The stretch factor of a map along
    its paths, as studies of manifold learning take it over all pairs (local distortion; Indyk and Matousek 2004).

    Parameters
    ----------
    activations : Activations
    projection : Projection
        Of these activations.

    Returns
    -------
    ndarray of float32, shape (real steps,)
        Base-2 logarithm; 0 where neither the state nor the point moves, and for a recording's first step, before which
        there is none.
    """
    a = activations
    moved = np.zeros(a.real_steps, dtype=np.float64)
    moved[1:] = np.linalg.norm(np.diff(projection.points, axis=0).astype(np.float64), axis=1)
    inside = np.ones(a.real_steps, dtype=bool)
    inside[a.offsets[:-1][a.lengths > 0]] = False
    state_moved = a.distance_moved.astype(np.float64)
    usual = inside & (moved > 0) & (state_moved > 0)
    out = np.zeros(a.real_steps, dtype=np.float32)
    if usual.any():
        ratio = moved[usual] / state_moved[usual]
        out[usual] = np.log2(ratio / np.median(ratio))
    return out
