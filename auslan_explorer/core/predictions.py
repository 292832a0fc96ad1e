"""Predictions of the network at every step, cached with the activations."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from .activations import Activations


@dataclass(frozen=True, eq=False)
class Predictions:
    """Predictions of the softmax head at every real step.

    Attributes
    ----------
    at : ndarray of int16, shape (S,)
        Sign with the highest probability, recording after recording.
    settled : ndarray of int32, shape (recordings,)
        The network's step (from 0) from which a recording's prediction no longer changes. -1 for a recording without
        a step.
    """

    at: np.ndarray
    settled: np.ndarray


_KEPT: WeakKeyDictionary[Activations, Predictions] = WeakKeyDictionary()


def known_predictions(activations: Activations) -> Predictions | None:
    """Return the cached predictions; None where they have not been computed."""
    return _KEPT.get(activations)


def store_predictions(activations: Activations, predictions: Predictions) -> None:
    """Cache predictions as long as their activations exist; a window calls `core.session.Session.set_predictions`."""
    _KEPT[activations] = predictions
