"""Events of a training: frozen dataclasses that can be sent between processes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from auslan_explorer.core.network import Autoencoder, Classifier


@dataclass(frozen=True)
class Stage:
    """The process does something else than learning, for which a person has to wait.

    Attributes
    ----------
    name : str
        A key of `STAGES`.
    fraction : float
        How much of it is done, 0 to 1; NaN where that is not known.
    """

    name: str
    fraction: float = math.nan


STAGES = {
    "reading": "reading hidden states",
    "preparing": "preparing the network",
    "projecting": "finding the place of every step on the map",
}
"""What a training may be at, in a few words."""


@dataclass(frozen=True)
class Started:
    """The training data are ready.

    Attributes
    ----------
    epochs : int
        Most epochs that will run.
    training_rows : int
        Recordings for a classifier, hidden states for an autoencoder.
    of_rows : int
        Hidden states that those were drawn from, where they are a sample; else 0.
    """

    epochs: int
    training_rows: int
    of_rows: int = 0


@dataclass(frozen=True)
class BatchesDone:
    """Some batches of an epoch are done.

    Attributes
    ----------
    fraction : float
        Part of the whole training that is done, 0 to 1.
    seconds : float
        Time since the first batch.
    """

    fraction: float
    seconds: float = 0.0


@dataclass(frozen=True)
class EpochDone:
    """An epoch is done.

    Attributes
    ----------
    epoch, epochs : int
        Epochs done, and most epochs that will run.
    train_loss : float
        Mean over the epoch's batches.
    validation_loss : float
        NaN where this epoch was not validated.
    validation_accuracy : float
        From 0 to 1; NaN for an autoencoder, or where this epoch was not validated.
    best : bool
        Whether this epoch is the best so far.
    seconds : float
        Time since the first batch.
    """

    epoch: int
    epochs: int
    train_loss: float
    validation_loss: float
    validation_accuracy: float
    best: bool
    seconds: float


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The map during training.

    Attributes
    ----------
    epoch : int
    points : ndarray of float32, shape (rows, dims)
        Bottleneck values of the hidden states that were chosen for snapshots.
    prefix : ndarray of float32, shape (padding steps, dims), or None
        Bottleneck values of the padding, where the points are all real steps.
    """

    epoch: int
    points: np.ndarray
    prefix: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class ClassifierTrained:
    """A classifier is trained; it has the weights of the best epoch on validation recordings.

    Attributes
    ----------
    classifier : Classifier
    best_epoch, epochs_run : int
    train_loss, validation_loss, validation_accuracy : float
        Of the best epoch.
    seconds : float
    """

    classifier: Classifier
    best_epoch: int
    epochs_run: int
    train_loss: float
    validation_loss: float
    validation_accuracy: float
    seconds: float


@dataclass(frozen=True, eq=False)
class AutoencoderTrained:
    """An autoencoder is trained; it has the weights of the best epoch on validation recordings.

    Attributes
    ----------
    autoencoder : Autoencoder
    best_epoch, epochs_run : int
    train_loss, validation_loss : float
        Mean squared errors of the best epoch; the training error is measured with noise.
    seconds : float
    train_losses, validation_losses : tuple of float
        Of every epoch.
    points, prefix : ndarray of float32 or None
        Bottleneck values of all real steps and of the padding, where they were requested.
    """

    autoencoder: Autoencoder
    best_epoch: int
    epochs_run: int
    train_loss: float
    validation_loss: float
    seconds: float
    train_losses: tuple[float, ...] = ()
    validation_losses: tuple[float, ...] = ()
    points: np.ndarray | None = None
    prefix: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Measured:
    """The quality of the finished map was measured; the last event.

    Attributes
    ----------
    quality : mapping of str to (float, None or str)
        The fields of `analysis.quality.Quality`, and "measured_on": "test" or "validation". Empty where the process
        ended before it was done.
    """

    quality: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """The training ended without a map; the last event.

    Attributes
    ----------
    sentence : str
        Message for the person.
    log : tuple of str
        Last lines of the process's output, oldest first; empty where the sentence says all.
    """

    sentence: str
    log: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discarded:
    """The training was cancelled and its process has ended, without a result; the last event."""


Event = (
    Stage
    | Started
    | BatchesDone
    | EpochDone
    | Snapshot
    | ClassifierTrained
    | AutoencoderTrained
    | Measured
    | Failed
    | Discarded
)
