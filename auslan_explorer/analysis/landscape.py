"""Decision landscape: the network's answer for what a map's decoder makes of each place of the map."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from auslan_explorer.core.activations import Activations, StateSource
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
_MOST_READ = 200_000
"""Hidden states that are read for these; of larger files, those of some recordings alone."""
_TOGETHER = 500
_CELLS = 512
"""Recordings read, and cells computed at a time."""
_MEASURED = 5_000
"""Of these, how many tell how far real states are from what the map gives back."""
_MARGIN = 0.04
_samples: WeakKeyDictionary[StateSource, tuple[np.ndarray, np.ndarray]] = WeakKeyDictionary()


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
    sampled, states = _sample(activations)
    if cancelled():
        raise Cancelled
    distance = _distances(decoded, nodes, states, points[sampled]).reshape(rows, columns)
    some = states[:: -(-len(states) // _MEASURED)]
    own = np.sqrt(np.square(autoencoder.reconstruct(some) - some).mean(axis=1))
    return Landscape(low, high, answer, certainty, distance, float(np.quantile(own, FAR_QUANTILE)))


def _undo_log(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.sign(values) * np.expm1(np.abs(values)))


def _finer_answers(scores: np.ndarray, cancelled: IsCancelled) -> np.ndarray:
    """Return the highest score's index on a finer grid, between whose nodes scores are interpolated (bilinearly)."""
    rows, columns, _ = scores.shape
    best = scores.argmax(axis=2).astype(np.int16)
    down, across = (np.arange((nodes - 1) * FINER + 1) for nodes in (rows, columns))
    # What wins at all corners of a cell wins everywhere in it: all others are computed.
    out = best[np.ix_(down // FINER, across // FINER)]
    corners = np.stack([best[:-1, :-1], best[:-1, 1:], best[1:, :-1], best[1:, 1:]])
    mixed = np.argwhere((corners != corners[0]).any(axis=0))
    one = np.linspace(0, 1, FINER + 1, dtype=np.float32)
    ends = np.stack([1 - one, one], axis=1)
    shares = np.einsum("ia,jb->ijab", ends, ends).reshape(len(one) ** 2, 4)
    inside = np.arange(FINER + 1)
    for first in range(0, len(mixed), _CELLS):
        if cancelled():
            raise Cancelled
        row, column = mixed[first : first + _CELLS].T
        at = np.stack([scores[row + i, column + j] for i in (0, 1) for j in (0, 1)], axis=1)
        found = (shares @ at).argmax(axis=2).reshape(-1, len(one), len(one))
        out[row[:, None, None] * FINER + inside[:, None], column[:, None, None] * FINER + inside] = found
    return out


def _sample(activations: Activations) -> tuple[np.ndarray, np.ndarray]:
    """Return rows spread over all recordings, and their hidden states; they are read once for all maps and scales."""
    known = _samples.get(activations.states)
    if known is None:
        a, count = activations, len(activations)
        apart = max(-(-a.real_steps // _MOST_READ), 1)
        every = max(-(-a.real_steps // (apart * _MOST_STATES)), 1)
        # Neighbours in the file are read together: it is packed in blocks of many recordings.
        together = _TOGETHER if apart == 1 else 1
        spans = [
            (int(a.offsets[first]), int(a.offsets[min(first + together, count)]))
            for first in range(0, count, together * apart)
        ]
        rows = np.concatenate([np.arange(*span, every) for span in spans])
        known = rows, np.concatenate([a.states.rows(*span)[::every] for span in spans])
        _samples[activations.states] = known
    return known


def _distances(decoded: np.ndarray, nodes: np.ndarray, states: np.ndarray, places: np.ndarray) -> np.ndarray:
    from scipy.spatial import cKDTree  # here, since the window's start would wait for it

    _, nearest = cKDTree(places).query(nodes, k=min(_CANDIDATES, len(places)))
    nearest = nearest.reshape(len(nodes), -1)
    out = np.full(len(nodes), np.inf, dtype=np.float32)
    for candidate in nearest.T:
        np.minimum(out, np.sqrt(np.square(decoded - states[candidate]).mean(axis=1)), out=out)
    return out
