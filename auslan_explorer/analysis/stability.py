"""Stability of maps under retraining: which signs stay neighbours on the maps of an ensemble of autoencoders.

The article ends on the finding that some neighbours on its map change with every retraining and some do not, and that
the latter are more likely to be real. This module counts that.

A sign is represented by its mean path: each recording's real steps are stretched to `PHASES` moments from its first to
its last, and the recordings of the sign are averaged moment by moment; once of hidden states, once of points on each
map. The distance of two signs is the root of their mean squared distance over these moments (in the full space:
Euclidean, in units of the hidden state). Their ends alone, the last moments, are compared as well: signs may share the
way and part at its end, as think and crazy do. Stretching from first to last step is cheaper than dynamic time warping,
needs no choice of a typical recording, and is the same on every map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble

PHASES = 32
"""Moments of a path at which it is compared."""

SIGN_NEIGHBOURS = 5
"""Default neighbours k among signs."""

ALWAYS, OFTEN, SELDOM = 0.9, 0.5, 0.15
"""Shares of the maps from which on a neighbourhood is called stable, frequent, and more than a chance."""

VERDICTS = ("stays", "mostly stays", "comes and goes", "seldom", "never")
"""Texts that `verdict` returns, most stable first."""

ARTICLE_PAIRS = (
    ("think", "crazy"), ("who", "soon"), ("drink", "danger"), ("hurt", "all"), ("thank", "hot"), ("God", "science"),
)  # fmt: skip
"""Pairs that the article speaks of, by key: its figures 7 to 9, its misclassified training recordings, and the pair
that "comes and goes"."""


def mean_paths(
    activations: Activations, values: np.ndarray, phases: int = PHASES, recordings: np.ndarray | None = None
) -> np.ndarray:
    """Compute each sign's mean path.

    Parameters
    ----------
    activations : Activations
    values : ndarray of float, shape (S, n)
        Hidden states, or points of a map, of all real steps.
    phases : int
    recordings : ndarray of bool, shape (recordings,), optional
        Which to take the mean of; all by default.

    Returns
    -------
    ndarray of float32, shape (signs, phases, n)
        NaN for a sign without such a recording that has a step.
    """
    a = activations
    filled = np.flatnonzero(a.lengths > 0 if recordings is None else recordings & (a.lengths > 0))
    # Every recording's first row plus the place of each phase, and the fraction of the row after it.
    place = np.linspace(0, 1, phases)[None, :] * (a.lengths[filled, None] - 1)
    low = np.floor(place).astype(np.int64)
    share = (place - low).astype(np.float32)[..., None]
    low += a.offsets[:-1][filled, None]
    high = np.minimum(low + 1, (a.offsets[1:][filled] - 1)[:, None])
    out = np.full((len(a.signs), phases, values.shape[1]), np.nan, dtype=np.float32)
    for sign in np.unique(a.sign[filled]):
        own = a.sign[filled] == sign
        paths = values[low[own]] * (1 - share[own]) + values[high[own]] * share[own]
        out[sign] = paths.mean(axis=0, dtype=np.float64)
    return out


def path_distances(paths: np.ndarray) -> np.ndarray:
    """Compute the distances among signs' mean paths, (signs, phases, n) to float64 (signs, signs); see the module."""
    flat = paths.reshape(len(paths), -1).astype(np.float64)
    squared = np.einsum("ij,ij->i", flat, flat)
    apart = squared[:, None] + squared - 2 * flat @ flat.T
    out: np.ndarray = np.sqrt(np.maximum(apart, 0) / paths.shape[1])
    np.fill_diagonal(out, 0)
    return out


def mutual_neighbours(distances: np.ndarray, k: int) -> np.ndarray:
    """Find the pairs of signs among each other's k nearest, bool, shape (signs, signs).

    Parameters
    ----------
    distances : ndarray of float, shape (signs, signs)
        NaN in the rows of signs without a path, which have no neighbours.
    k : int
    """
    apart = np.where(np.isfinite(distances), distances, np.inf)
    np.fill_diagonal(apart, np.inf)
    k = min(k, len(apart) - 1)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :k]
    near = np.zeros_like(apart, dtype=bool)
    np.put_along_axis(near, nearest, True, axis=1)
    near &= np.isfinite(apart)
    return near & near.T


@dataclass(frozen=True, eq=False)
class SimilarityTransform:
    """Similarity transform of a map: rotation or reflection, scale and translation.

    Attributes
    ----------
    turn : ndarray of float64, shape (dims, dims)
        Orthogonal.
    scale : float
    shift : ndarray of float64, shape (dims,)
    """

    turn: np.ndarray
    scale: float
    shift: np.ndarray

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return points, shape (..., dims), as float32 where they come to lie."""
        moved: np.ndarray = points.astype(np.float64) @ self.turn * self.scale + self.shift
        return moved.astype(np.float32)


def align(points: np.ndarray, onto: np.ndarray) -> SimilarityTransform:
    """Fit the similarity transform from `points` to `onto` by least squares (Procrustes analysis, Gower 1975).

    Maps of an ensemble differ in size as well, so that scale and translation are fitted beside the rotation.

    Parameters
    ----------
    points, onto : ndarray of float, shape (n, dims)
        Corresponding rows; those with a value that is not finite in either are left out.
    """
    known = np.isfinite(points).all(axis=1) & np.isfinite(onto).all(axis=1)
    source, target = points[known].astype(np.float64), onto[known].astype(np.float64)
    dims = points.shape[1]
    if not len(source):
        return SimilarityTransform(np.eye(dims), 1.0, np.zeros(dims))
    from scipy.linalg import orthogonal_procrustes  # here, since the window's start would wait for it

    start, goal = source.mean(axis=0), target.mean(axis=0)
    turn, strength = orthogonal_procrustes(source - start, target - goal)
    size = float(np.square(source - start).sum())
    scale = float(strength) / size if size > 0 else 1.0
    return SimilarityTransform(turn, scale, goal - start @ turn * scale)


def align_ensemble(ensemble: Ensemble, paths: np.ndarray | None = None) -> Ensemble:
    """Align every map of an ensemble with the same map.

    Parameters
    ----------
    ensemble : Ensemble
    paths : ndarray of float, shape (signs, phases, dims), optional
        The signs' mean paths on that map, as `mean_paths` returns them; by default on the ensemble's first.
    """
    dims = ensemble.dims
    onto = (ensemble.paths[0] if paths is None else paths).reshape(-1, dims)
    moves = [align(each.reshape(-1, dims), onto) for each in ensemble.paths]
    return replace(
        ensemble,
        paths=np.stack([move(each) for move, each in zip(moves, ensemble.paths, strict=True)]),
        ends=np.stack([move(each) for move, each in zip(moves, ensemble.ends, strict=True)]),
    )


@dataclass(frozen=True)
class Pair:
    """Distances and neighbourhood of two signs over the maps of an ensemble.

    Attributes
    ----------
    one, other : int
        Signs.
    path_distance, end_distance : float
        In the full space, in units of the hidden state.
    path_rank, end_rank : int
        Rank of that distance among all pairs, from 1 for the closest.
    path_maps, end_maps : int
        Maps on which they are among each other's k nearest by path, and by end.
    path_true, end_true : bool
        Whether they are neighbours in the full space.
    maps : int
        Number of maps in the ensemble.
    article : int
        Place in `ARTICLE_PAIRS`, -1 for the others.
    """

    one: int
    other: int
    path_distance: float
    end_distance: float
    path_rank: int
    end_rank: int
    path_maps: int
    end_maps: int
    path_true: bool
    end_true: bool
    maps: int
    article: int

    @property
    def verdict(self) -> str:
        """Stability of the neighbourhood by path, in a few words."""
        return verdict(self.path_maps, self.maps)


def verdict(neighbours: int, maps: int) -> str:
    """Describe in a few words how stable a neighbourhood is, from the number of maps on which it holds."""
    share = neighbours / max(maps, 1)
    steps = (share >= ALWAYS, share >= OFTEN, share >= SELDOM, neighbours > 0, True)
    return VERDICTS[steps.index(True)]


def pairs(ensemble: Ensemble, k: int = SIGN_NEIGHBOURS) -> tuple[Pair, ...]:
    """List all pairs of signs: the article's first, in its order, then by how stable their neighbourhood is.

    Parameters
    ----------
    ensemble : Ensemble
    k : int
        Number of nearest signs that count as neighbours.
    """
    count, maps = len(ensemble.signs), len(ensemble.seeds)
    path_maps, end_maps = np.zeros((count, count), dtype=int), np.zeros((count, count), dtype=int)
    for paths in ensemble.paths:
        path_maps += mutual_neighbours(path_distances(paths), k)
        end_maps += mutual_neighbours(path_distances(paths[:, -1:]), k)
    true = mutual_neighbours(ensemble.full_paths, k), mutual_neighbours(ensemble.full_ends, k)
    one, other = np.triu_indices(count, 1)
    known = np.isfinite(ensemble.full_paths[one, other])
    one, other = one[known], other[known]
    ranks = [_ranks(full[one, other]) for full in (ensemble.full_paths, ensemble.full_ends)]
    article = _article_places(ensemble.signs)
    found = [
        Pair(
            int(i), int(j), float(ensemble.full_paths[i, j]), float(ensemble.full_ends[i, j]), int(ranks[0][n]),
            int(ranks[1][n]), int(path_maps[i, j]), int(end_maps[i, j]), bool(true[0][i, j]), bool(true[1][i, j]),
            maps, article.get((int(i), int(j)), -1),
        )
        for n, (i, j) in enumerate(zip(one, other, strict=True))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda p: (p.article < 0, p.article, -p.path_maps, -p.end_maps, p.path_rank)))


def _ranks(distances: np.ndarray) -> np.ndarray:
    ranks = np.empty(len(distances), dtype=np.int64)
    ranks[np.argsort(distances, kind="stable")] = np.arange(1, len(distances) + 1)
    return ranks


def _article_places(signs: Sequence[str]) -> dict[tuple[int, int], int]:
    place = {key: number for number, key in enumerate(signs)}
    found = {}
    for number, (one, other) in enumerate(ARTICLE_PAIRS):
        if one in place and other in place:
            i, j = sorted((place[one], place[other]))
            found[i, j] = number
    return found


def build_ensemble(
    activations: Activations,
    maps: Sequence[tuple[int, np.ndarray]],
    fingerprint: str,
    info: dict,
) -> Ensemble:
    """Build an ensemble from the points of several maps.

    Parameters
    ----------
    activations : Activations
    maps : sequence of (int, ndarray of float32, shape (S, dims))
        Seed, and the points of all real steps; at least one.
    fingerprint : str
    info : dict
    """
    filled = activations.lengths > 0
    last = np.maximum(activations.offsets[1:] - 1, 0)
    ends = [np.where(filled[:, None], points[last], np.float32(0)) for _, points in maps]
    full = mean_paths(activations, activations.all_states())
    return Ensemble(
        tuple(seed for seed, _ in maps),
        np.stack([mean_paths(activations, points) for _, points in maps]),
        np.stack(ends).astype(np.float32),
        path_distances(full),
        path_distances(full[:, -1:]),
        activations.signs,
        fingerprint,
        info,
    )
