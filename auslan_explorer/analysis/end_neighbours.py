"""Nearest recordings by their last step: on a map, and in the space of all units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import Projection


@dataclass(frozen=True, eq=False)
class EndNeighbours:
    """The k recordings with the nearest last steps, nearest first, by Euclidean distance.

    Attributes
    ----------
    on_map, in_space : ndarray of int64, shape (k,)
    map_distances, space_distances : ndarray of float32, shape (k,)
        In bottleneck values, and in units of the hidden state.
    """

    on_map: np.ndarray
    in_space: np.ndarray
    map_distances: np.ndarray
    space_distances: np.ndarray

    @property
    def shared(self) -> frozenset[int]:
        """Recordings in both lists."""
        return frozenset(self.on_map.tolist()) & frozenset(self.in_space.tolist())


def end_neighbours(activations: Activations, projection: Projection, recording: int, k: int) -> EndNeighbours | None:
    """Find the k recordings that end nearest to one; None where it has no step."""
    a = activations
    if not a.lengths[recording]:
        return None
    filled = np.flatnonzero(a.lengths > 0)
    last = a.offsets[1:][filled] - 1
    found = []
    for values in (projection.points, a.all_states()):
        apart = np.linalg.norm(values[last] - values[a.offsets[recording + 1] - 1], axis=1).astype(np.float32)
        order = np.argsort(apart, kind="stable")
        order = order[filled[order] != recording][:k]
        found.append((filled[order], apart[order]))
    (on_map, map_apart), (in_space, space_apart) = found
    return EndNeighbours(on_map, in_space, map_apart, space_apart)
