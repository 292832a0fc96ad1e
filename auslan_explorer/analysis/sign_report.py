"""Report on one sign: accuracy, confusions, spread of its recordings, and the typical recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES


@dataclass(frozen=True)
class Confused:
    """Recordings confused between a sign and one other sign, in one direction.

    Attributes
    ----------
    sign : int
        The other sign.
    recordings : tuple of int
    """

    sign: int
    recordings: tuple[int, ...]


@dataclass(frozen=True)
class SignReport:
    """Accuracy and confusions of one sign.

    Attributes
    ----------
    sign : int
    recordings : tuple of int
    right : dict of str to tuple of int
        Numbers of recordings classified right and of recordings with a prediction, by split and for "all".
    taken_for, mistaken_as : tuple of Confused
        Its recordings predicted as other signs; other signs' recordings predicted as this one. Most frequent first.
    """

    sign: int
    recordings: tuple[int, ...]
    right: dict[str, tuple[int, int]]
    taken_for: tuple[Confused, ...]
    mistaken_as: tuple[Confused, ...]


@dataclass(frozen=True)
class Spread:
    """Spread of a sign's last hidden states, and the nearest other sign.

    Attributes
    ----------
    mean_distance : float
        Mean Euclidean distance to their centroid, in units of the hidden state.
    nearest_sign : int
        Sign whose centroid is nearest; -1 where there is no other.
    nearest_distance : float
        Distance of the two centroids; NaN where there is no other.
    """

    mean_distance: float
    nearest_sign: int
    nearest_distance: float


@dataclass(frozen=True)
class Typical:
    """The most typical recording of a sign (the medoid) and those farthest from it.

    Attributes
    ----------
    medoid : int
        Recording with the least sum of distances to the others; -1 where there is none.
    outlying : tuple of (int, float)
        Recordings farthest from the medoid with their distance, farthest first.
    whole_paths : bool
        Whether distances are DTW over whole paths; else Euclidean between last hidden states.
    """

    medoid: int
    outlying: tuple[tuple[int, float], ...]
    whole_paths: bool


def sign_report(activations: Activations, sign: int) -> SignReport:
    """Compute accuracy and confusions of a sign."""
    a = activations
    own = a.sign == sign
    known = a.predicted >= 0
    right = {}
    for code, name in SPLIT_NAMES.items():
        rows = own & known & (a.split == code)
        if code != NO_SPLIT and rows.any():
            right[name] = (int((a.predicted[rows] == sign).sum()), int(rows.sum()))
    right["all"] = (int((own & (a.predicted == sign)).sum()), int((own & known).sum()))
    wrong = known & (a.predicted != a.sign)
    return SignReport(
        sign,
        tuple(int(i) for i in np.flatnonzero(own)),
        right,
        _grouped(a, np.flatnonzero(own & wrong), a.predicted),
        _grouped(a, np.flatnonzero(wrong & (a.predicted == sign)), a.sign),
    )


def _grouped(a: Activations, recordings: np.ndarray, by: np.ndarray) -> tuple[Confused, ...]:
    groups = [
        Confused(int(other), tuple(int(i) for i in recordings[by[recordings] == other]))
        for other in a.sort_signs(np.unique(by[recordings]))
    ]
    return tuple(sorted(groups, key=lambda group: -len(group.recordings)))


def spread(last_states: np.ndarray, sign_of: np.ndarray, sign: int) -> Spread | None:
    """Compute the spread of a sign's last hidden states; None where it has no recording.

    Parameters
    ----------
    last_states : ndarray of float, shape (recordings, units)
    sign_of : ndarray of int, shape (recordings,)
    sign : int
    """
    own = last_states[sign_of == sign].astype(np.float64)
    if not len(own):
        return None
    centre = own.mean(axis=0)
    mean_distance = float(np.linalg.norm(own - centre, axis=1).mean())
    others = [int(other) for other in np.unique(sign_of) if other != sign]
    if not others:
        return Spread(mean_distance, -1, float("nan"))
    apart = [float(np.linalg.norm(last_states[sign_of == other].mean(axis=0) - centre)) for other in others]
    best = int(np.argmin(apart))
    return Spread(mean_distance, others[best], apart[best])


def typical(recordings: tuple[int, ...], distances: np.ndarray, *, whole_paths: bool, count: int = 5) -> Typical:
    """Find the medoid of some recordings and those farthest from it.

    Parameters
    ----------
    recordings : tuple of int, length n
    distances : ndarray of float, shape (n, n)
    whole_paths : bool
        Kind of the distances; see `Typical`.
    count : int
        Most outlying recordings to return.
    """
    if not recordings:
        return Typical(-1, (), whole_paths)
    centre = int(np.argmin(distances.sum(axis=1)))
    far = [int(i) for i in np.argsort(-distances[centre], kind="stable") if i != centre][:count]
    outlying = tuple((recordings[i], float(distances[centre, i])) for i in far)
    return Typical(recordings[centre], outlying, whole_paths)


def last_state_distances(last_states: np.ndarray) -> np.ndarray:
    """Compute the Euclidean distances among last hidden states, (n, units) to float64 (n, n)."""
    x = last_states.astype(np.float64)
    squared = np.einsum("ij,ij->i", x, x)
    return np.sqrt(np.maximum(squared[:, None] + squared - 2 * x @ x.T, 0))
