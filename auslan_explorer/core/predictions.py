"""What the network would answer at every step, kept beside the activations once it was computed."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from .activations import Activations


@dataclass(frozen=True, eq=False)
class Predictions:
    """Answers of the softmax head at every real step.

    Attributes
    ----------
    at : ndarray of int16, shape (S,)
        Sign with the highest probability, recording after recording.
    settled : ndarray of int32, shape (recordings,)
        The network's step (from 0) after which a recording's answer no longer changes: the first at which it is the
        last one for good. -1 for a recording without a step.
    """

    at: np.ndarray
    settled: np.ndarray


_KEPT: WeakKeyDictionary[Activations, Predictions] = WeakKeyDictionary()


def known_predictions(activations: Activations) -> Predictions | None:
    """Return the predictions if they have been computed already, without computing anything."""
    return _KEPT.get(activations)


def keep_predictions(activations: Activations, predictions: Predictions) -> None:
    """Keep predictions for as long as their activations are there; a window does so by `Session.set_predictions`."""
    _KEPT[activations] = predictions
