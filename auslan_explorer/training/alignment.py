"""Aligns maps by rotation and reflection, so that a new map does not jump (orthogonal Procrustes, Schönemann 1966).

A map has no natural orientation. Which transforms leave the autoencoder's reconstruction unchanged depends on the
bottleneck's activation: any rotation or reflection for linear; exchange and reflection of axes for tanh; exchange of
axes alone for relu and sigmoid, whose values are never negative. Nothing is shifted or scaled: the origin, where all
paths begin, stays where it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.linalg import orthogonal_procrustes
from scipy.optimize import linear_sum_assignment

from auslan_explorer.core.network import Autoencoder

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
    if activation == "linear":
        return np.asarray(orthogonal_procrustes(a, b)[0])
    overlap = a.T @ b
    mirrored = activation == "tanh"
    rows, columns = linear_sum_assignment(np.abs(overlap) if mirrored else overlap, maximize=True)
    turn = np.zeros_like(overlap)
    turn[rows, columns] = np.where(overlap[rows, columns] < 0, -1.0, 1.0) if mirrored else 1.0
    return turn


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
