"""What a training says while it runs: plain, frozen values that can be pickled and sent to another process."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    epoch: int
    points: np.ndarray


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
    """

    autoencoder: Autoencoder
    best_epoch: int
    epochs_run: int
    train_loss: float
    validation_loss: float
    seconds: float


Event = Started | BatchesDone | EpochDone | Snapshot | ClassifierTrained | AutoencoderTrained
