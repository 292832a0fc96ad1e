"""Aligns maps by rotation and reflection, so that a new map does not jump (orthogonal Procrustes, Schönemann 1966).

A map has no natural orientation. Which transforms leave the autoencoder's reconstruction unchanged depends on the
bottleneck's activation: any rotation or reflection for linear; exchange and reflection of axes for tanh; exchange of
axes alone for relu and sigmoid, never negative. Nothing is scaled, but for maps seen side by side (`laid_over`),
and nothing shifted but once: the map of a linear bottleneck has its origin where paths begin (`centred`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import Projection

PULL = 0.25
"""Weight of the reference relative to the previous map: enough that small turns do not add up over a training."""


def best_turn(points: np.ndarray, target: np.ndarray, activation: str = "linear") -> np.ndarray:
    """Compute the rotation or reflection of `points` that brings them nearest to `target`.

    Parameters
    ----------
    points, target : ndarray, shape (rows, dims)
    activation : {"linear", "tanh", "relu", "sigmoid"}
        Activation of the bottleneck; it limits the allowed transforms.

    Returns
    -------
    ndarray of float64, shape (dims, dims)
        Orthogonal R; ``points @ R`` is the turned map.
    """
    a, b = points.astype(np.float64), target.astype(np.float64)
    # Here, since the window's start would wait for them.
    from scipy.linalg import orthogonal_procrustes
    from scipy.optimize import linear_sum_assignment

    if activation == "linear":
        # About their middles: the two origins may be different states.
        return np.asarray(orthogonal_procrustes(a - a.mean(axis=0), b - b.mean(axis=0))[0])
    overlap = a.T @ b
    mirrored = activation == "tanh"
    rows, columns = linear_sum_assignment(np.abs(overlap) if mirrored else overlap, maximize=True)
    turn = np.zeros_like(overlap)
    turn[rows, columns] = np.where(overlap[rows, columns] < 0, -1.0, 1.0) if mirrored else 1.0
    return turn


def laid_over(projection: Projection, target: Projection) -> Projection:
    """Return a map turned, mirrored and scaled so that it lies as near to another as it can, to be seen beside it.

    Its origin stays where it is, since a signed log is taken from there. What was measured of its points is kept; the
    title and the fingerprint are, too: it is the same map, held differently.

    Parameters
    ----------
    projection, target : Projection
        Of the same activations, in as many dimensions.
    """
    a, b = projection.points.astype(np.float64), target.points.astype(np.float64)
    turn = best_turn(a, b)
    spread = np.sum((a - a.mean(axis=0)) ** 2)
    # The scale of Schönemann and Carroll 1970: how far the turned map reaches along the other.
    scale = np.sum(((a - a.mean(axis=0)) @ turn) * (b - b.mean(axis=0))) / spread if spread else 1.0
    turn = turn * (scale if scale > 0 else 1.0)
    # An ensemble's ends are places on the map as it was.
    measured = replace(projection.measured, ends=None)
    points, prefix = ((each @ turn).astype(np.float32) for each in (projection.points, projection.prefix))
    return replace(projection, points=points, prefix=prefix, measured=measured)


def turned(autoencoder: Autoencoder, turn: np.ndarray) -> Autoencoder:
    """Return an equivalent autoencoder with its map turned.

    Parameters
    ----------
    autoencoder : Autoencoder
    turn : ndarray, shape (dims, dims)
        As `best_turn` returns it for this bottleneck's activation.
    """
    layers = list(autoencoder.layers)
    at = autoencoder.bottleneck
    before, behind = layers[at], layers[at + 1]

    def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (a.astype(np.float64) @ b.astype(np.float64)).astype(np.float32)

    layers[at] = replace(before, kernel=product(before.kernel, turn), bias=product(before.bias, turn))
    layers[at + 1] = replace(behind, kernel=product(turn.T, behind.kernel))
    return Autoencoder(tuple(layers), at)


def principal_turn(points: np.ndarray) -> np.ndarray:
    """Compute the rotation or reflection that turns a map onto its principal axes, the longest first.

    The sign of an axis is such that points reach farther from the origin on its positive side (their third moment),
    so that two trainings look alike as far as they are.

    Parameters
    ----------
    points : ndarray, shape (rows, dims)
        With a linear bottleneck.

    Returns
    -------
    ndarray of float64, shape (dims, dims)
        As `best_turn` returns it.
    """
    variance, axes = np.linalg.eigh(np.cov(points.astype(np.float64), rowvar=False))
    turn = axes[:, np.argsort(-variance)]
    lopsided = np.power(points @ turn, 3).sum(axis=0)
    return np.asarray(turn * np.where(lopsided < 0, -1.0, 1.0))


def centred(autoencoder: Autoencoder, states: np.ndarray) -> Autoencoder:
    """Return an equivalent autoencoder whose map has its origin at the mean place of hidden states.

    The bottleneck's bias takes the shift, the next layer's gives it back. Only a linear bottleneck can be shifted;
    with another activation the autoencoder is returned as it is.

    Parameters
    ----------
    autoencoder : Autoencoder
    states : ndarray of float32, shape (rows, units)
        Such as those before recordings begin, `core.activations.Activations.states_before`.
    """
    layers, at = list(autoencoder.layers), autoencoder.bottleneck
    if layers[at].activation != "linear":
        return autoencoder
    place = autoencoder.encode(states).mean(axis=0, dtype=np.float64)
    back = layers[at + 1].bias + place @ layers[at + 1].kernel.astype(np.float64)
    layers[at] = replace(layers[at], bias=(layers[at].bias - place).astype(np.float32))
    layers[at + 1] = replace(layers[at + 1], bias=back.astype(np.float32))
    return Autoencoder(tuple(layers), at)


class Aligner:
    """Aligns the snapshots of a training, one after the other.

    Parameters
    ----------
    reference : ndarray, shape (rows, dims)
        A map that depends on the activations alone, so that the same training ends in the same map.
    on_screen : ndarray, shape (rows, dims), or None
        Target of the first map, where the person sees another one than the reference.
    activation : str
        Activation of the bottleneck.
    """

    def __init__(self, reference: np.ndarray, on_screen: np.ndarray | None, activation: str) -> None:
        self._reference = reference
        self._target = reference if on_screen is None else on_screen
        self._activation = activation

    def next(self, points: np.ndarray) -> np.ndarray:
        """Compute the turn of the next snapshot onto the previous one, with a pull towards the reference."""
        turn = best_turn(points, self._target, self._activation)
        self._target = points @ turn + PULL * self._reference
        return turn

    def last(self, points: np.ndarray) -> np.ndarray:
        """Compute the turn of the finished map onto the reference, independent of the snapshots."""
        return best_turn(points, self._reference, self._activation)
