"""Decision landscape: the network's answer for what a map's decoder makes of each place of the map."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.network import Autoencoder, Head
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.projection import Projection, signed_log

COARSE = 84, 100
"""Rows and columns of the nodes that are decoded."""
FINER = 4
"""Answers are told on a grid so many times finer: scores change evenly enough between two nodes."""
FAR_QUANTILE = 0.99
"""A decoded state is far where it is farther from any real state than so many real states are from their own image."""
_CANDIDATES = 4
_MOST_STATES = 20_000
"""Hidden states that distances are taken to, of recordings spread over all; more lie hardly nearer to such a grid."""
_MEASURED = 5_000
"""Of these, how many tell how far real states are from what the map gives back."""
_MARGIN = 0.04


def decision_landscape(
    activations: Activations,
    projection: Projection,
    autoencoder: Autoencoder,
    head: Head,
    *,
    log_scale: bool,
    cancelled: IsCancelled = never,
) -> Landscape:
    """Compute what a network answers at each place of a 2-D map, and where the map stands for no real state.

    Places are decoded to hidden states, which the output layer answers for: exactly at coarse nodes, and from scores
    between them at finer ones. The distance is that to the nearest of the hidden states whose points are the next few
    on the map, so it is at most too large.

    Parameters
    ----------
    activations : Activations
    projection : Projection
        Of these activations, in two dimensions.
    autoencoder : Autoencoder
        That made the projection.
    head : Head
    log_scale : bool
        Whether the map shows the signed log of the bottleneck's values.
    cancelled : callable, optional

    Returns
    -------
    Landscape

    Raises
    ------
    Cancelled
    """
    points = signed_log(projection.points) if log_scale else projection.points
    low, high = points.min(axis=0).astype(np.float64), points.max(axis=0).astype(np.float64)
    edge = np.maximum(high - low, 1e-6) * _MARGIN
    low, high = low - edge, high + edge
    rows, columns = COARSE
    x, y = np.meshgrid(np.linspace(low[0], high[0], columns), np.linspace(low[1], high[1], rows))
    nodes = np.column_stack([x.ravel(), y.ravel()])
    decoded = autoencoder.decode(_undo_log(nodes) if log_scale else nodes)
    if cancelled():
        raise Cancelled
    scores = (decoded @ head.kernel + head.bias).reshape(rows, columns, -1)
    certainty = head.probabilities(decoded).max(axis=1).reshape(rows, columns)
    answer = _finer_answers(scores, cancelled)
    states, places = _sample(activations, points)
    if cancelled():
        raise Cancelled
    distance = _distances(decoded, nodes, states, places).reshape(rows, columns)
    some = states[:: -(-len(states) // _MEASURED)]
    own = np.sqrt(np.square(autoencoder.reconstruct(some) - some).mean(axis=1))
    return Landscape(low, high, answer, certainty, distance, float(np.quantile(own, FAR_QUANTILE)))


def _undo_log(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.sign(values) * np.expm1(np.abs(values)))


def _finer_answers(scores: np.ndarray, cancelled: IsCancelled) -> np.ndarray:
    """Return the highest score's index on a finer grid, between whose nodes scores are interpolated linearly."""
    rows, columns, _ = scores.shape
    # Signs that are the answer at no node win nowhere between.
    which = np.unique(scores.argmax(axis=2))
    down, across = _interpolation(rows), _interpolation(columns)
    out = np.empty((len(down), len(across)), dtype=np.int16)
    wide = np.einsum("ck,rkn->rcn", across, scores[:, :, which], optimize=True).astype(np.float32)
    for row, shares in enumerate(down):
        if cancelled():
            raise Cancelled
        two = np.flatnonzero(shares)
        out[row] = which[np.tensordot(shares[two], wide[two], axes=1).argmax(axis=1)]
    return out


def _interpolation(nodes: int) -> np.ndarray:
    """Return the weights of `nodes` nodes at each finer one, float32, shape (finer nodes, nodes)."""
    at = np.linspace(0, nodes - 1, (nodes - 1) * FINER + 1)
    return np.maximum(1 - np.abs(at[:, None] - np.arange(nodes)), 0).astype(np.float32)


def _sample(activations: Activations, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return hidden states of recordings spread over all, and their places on the map."""
    every = -(-activations.real_steps // _MOST_STATES)
    chosen = np.arange(0, len(activations), max(every, 1))
    states = np.concatenate([activations.recording_states(int(recording)) for recording in chosen])
    places = np.concatenate([points[activations.offsets[r] : activations.offsets[r + 1]] for r in chosen])
    return states, places


def _distances(decoded: np.ndarray, nodes: np.ndarray, states: np.ndarray, places: np.ndarray) -> np.ndarray:
    from scipy.spatial import cKDTree  # here, since the window's start would wait for it

    _, nearest = cKDTree(places).query(nodes, k=min(_CANDIDATES, len(places)))
    nearest = nearest.reshape(len(nodes), -1)
    out = np.full(len(nodes), np.inf, dtype=np.float32)
    for candidate in nearest.T:
        np.minimum(out, np.sqrt(np.square(decoded - states[candidate]).mean(axis=1)), out=out)
    return out
