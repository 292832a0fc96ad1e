"""Estimates how long a map's training takes, from earlier trainings or from how fast this computer multiplies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np

from auslan_explorer.analysis.blas import one_thread
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.training.job import MOST_ROWS, split_for
from auslan_explorer.training.run import RunInfo
from auslan_explorer.training.settings import ARTICLE_STEPS, AutoencoderSettings

_PASSES = 6
"""Operations for each weight and row: a multiplication and an addition, once forward and twice backward."""
_SHARE_OF_PRODUCTS = 0.28
"""Share of the products' speed that a training reaches with its noise, its steps of learning and its validation."""
_BATCHES = 3


def estimate_seconds(
    activations: Activations,
    settings: AutoencoderSettings,
    selected: np.ndarray | None = None,
    runs: Iterable[RunInfo] = (),
) -> float:
    """Estimate how long a training takes if it does not stop early.

    Parameters
    ----------
    activations : Activations
    settings : AutoencoderSettings
    selected : ndarray of bool, shape (recordings,), optional
        Recordings to train on where the settings say "selection".
    runs : iterable of RunInfo
        Runs of these activations, newest first; the first that tells its time is the measure.

    Returns
    -------
    float
        Seconds.

    Raises
    ------
    UserError
        If there are too few recordings to train on.
    """
    work = _operations(activations, settings, selected) * settings.epochs
    for run in runs:
        if run.seconds > 0 and run.epochs_run > 0 and run.settings.recordings != "selection":
            done = _operations(activations, run.settings, None) * run.epochs_run
            return work * run.seconds / done
    sizes = _layer_sizes(activations, settings)
    return work / (_operations_per_second((*sizes, *sizes[-2::-1]), settings.batch) * _SHARE_OF_PRODUCTS)


def _operations(activations: Activations, settings: AutoencoderSettings, selected: np.ndarray | None) -> float:
    """Return the floating-point operations of one epoch; redundant steps count too, so it is rather too much."""
    weights = 2 * sum(one * other for one, other in pairwise(_layer_sizes(activations, settings)))
    recordings = np.flatnonzero(split_for(activations, settings, selected) == TRAIN)
    lengths = activations.lengths[recordings]
    if settings.steps == "article":
        first = activations.first_step[recordings]
        low, high = np.maximum(first, ARTICLE_STEPS[0]), np.minimum(first + lengths - 1, ARTICLE_STEPS[1])
        lengths = np.maximum(high - low + 1, 0)
    return float(_PASSES * weights) * max(min(int(lengths.sum()), MOST_ROWS), 1)


def _layer_sizes(activations: Activations, settings: AutoencoderSettings) -> tuple[int, ...]:
    """Return the sizes of the layers from the hidden state to the map."""
    return activations.units, *settings.widths, settings.dims


@lru_cache(maxsize=16)
def _operations_per_second(sizes: tuple[int, ...], batch: int) -> float:
    """Measure how many operations a second the products of a few batches take on all processors, in some hundredths.

    It is the processor's own time, in one thread, that counts: what else the computer is busy with does not make the
    training look longer than it is.
    """
    weights = [np.full(pair, 0.01, dtype=np.float32) for pair in pairwise(sizes)]
    rows = np.ones((batch, sizes[0]), dtype=np.float32)
    with one_thread():
        _learn(rows, weights)
        best = min(_timed(rows, weights) for _ in range(_BATCHES))
    return _PASSES * batch * sum(each.size for each in weights) / best * (os.cpu_count() or 1)


def _learn(rows: np.ndarray, weights: list[np.ndarray]) -> None:
    """Multiply what learning from a batch multiplies: once forward, twice backward."""
    read = [rows]
    for kernel in weights:
        read.append(read[-1] @ kernel)
    change = read.pop()
    for kernel, values in zip(reversed(weights), reversed(read), strict=True):
        values.T @ change
        change = change @ kernel.T


def _timed(rows: np.ndarray, weights: list[np.ndarray]) -> float:
    begun = time.thread_time()
    _learn(rows, weights)
    return max(time.thread_time() - begun, 1e-6)
