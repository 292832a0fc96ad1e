"""What a training says while it runs: plain, frozen values that can be sent to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from auslan_explorer.core.network import Autoencoder, Classifier


@dataclass(frozen=True)
class Started:
    """The training data stand ready.

    Attributes
    ----------
    epochs : int
        Most epochs that there will be.
    training_rows, validation_rows : int
        Recordings for a classifier, hidden states for an autoencoder.
    dropped_rows : int
        Rows left out as redundant or outside the chosen steps.
    """

    epochs: int
    training_rows: int
    validation_rows: int
    dropped_rows: int = 0


@dataclass(frozen=True)
class BatchesDone:
    """A part of an epoch is over.

    Attributes
    ----------
    fraction : float
        Part of the whole training that is done, 0 to 1.
    """

    fraction: float


@dataclass(frozen=True)
class EpochDone:
    """An epoch is over.

    Attributes
    ----------
    epoch, epochs : int
        Epochs done, and the most that there will be.
    train_loss : float
        Mean over the epoch's batches.
    validation_loss : float
        Not a number where this epoch was not validated.
    validation_accuracy : float
        From 0 to 1; not a number for an autoencoder, or where this epoch was not validated.
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
    """The map as it is now.

    Attributes
    ----------
    epoch : int
    points : ndarray of float32, shape (rows, dims)
        Bottleneck values of the states that the caller asked to see.
    prefix : ndarray of float32, shape (padding steps, dims), or None
        Those of the padding, where the points are all real steps.
    """

    epoch: int
    points: np.ndarray
    prefix: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class ClassifierTrained:
    """A classifier is ready; its best weights on validation recordings are kept.

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
    """An autoencoder is ready; its best weights on validation recordings are kept.

    Attributes
    ----------
    autoencoder : Autoencoder
    best_epoch, epochs_run : int
    train_loss, validation_loss : float
        Mean squared errors of the best epoch; that of training rows is measured with noise.
    seconds : float
    train_losses, validation_losses : tuple of float
        Of every epoch.
    points, prefix : ndarray of float32 or None
        Bottleneck values of all real steps and of the padding, where the caller asked for them.
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
    """What the finished map is worth is known; nothing comes after this.

    Attributes
    ----------
    quality : mapping of str to (float, None or str)
        The fields of `analysis.quality.Quality`, and "measured_on": "test" or "validation". Empty where the process
        ended before it was done.
    """

    quality: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """The training ended without a map; nothing comes after this.

    Attributes
    ----------
    sentence : str
        What a person is told.
    log : tuple of str
        The last lines that the process wrote, oldest first; empty where the sentence says all.
    """

    sentence: str
    log: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discarded:
    """The person has cancelled; the process is gone and left nothing. Nothing comes after this."""


Event = (
    Started
    | BatchesDone
    | EpochDone
    | Snapshot
    | ClassifierTrained
    | AutoencoderTrained
    | Measured
    | Failed
    | Discarded
)
