"""Estimates how long a map's training takes, from earlier trainings or from how fast this computer multiplies."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.training.job import MOST_ROWS, split_for
from auslan_explorer.training.run import RunInfo
from auslan_explorer.training.settings import ARTICLE_STEPS, AutoencoderSettings

_PASSES = 6
"""Operations for each weight and row: a multiplication and an addition, once forward and twice backward."""
_SHARE_OF_PEAK = 0.2
"""Share of the speed of one large multiplication that a training reaches with its small batches and its noise."""
_SIDE = 512


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
    return work / (_operations_per_second() * _SHARE_OF_PEAK)


def _operations(activations: Activations, settings: AutoencoderSettings, selected: np.ndarray | None) -> float:
    """Return the floating-point operations of one epoch; redundant steps count too, so it is rather too much."""
    units = activations.units
    layers = (units, *settings.widths, settings.dims)
    weights = 2 * sum(one * other for one, other in pairwise(layers))
    recordings = np.flatnonzero(split_for(activations, settings, selected) == TRAIN)
    lengths = activations.lengths[recordings]
    if settings.steps == "article":
        first = activations.first_step[recordings]
        low, high = np.maximum(first, ARTICLE_STEPS[0]), np.minimum(first + lengths - 1, ARTICLE_STEPS[1])
        lengths = np.maximum(high - low + 1, 0)
    return float(_PASSES * weights) * max(min(int(lengths.sum()), MOST_ROWS), 1)


@cache
def _operations_per_second() -> float:
    """Measure once how many operations a second this computer does in a matrix product, in some hundredths of one."""
    one = np.ones((_SIDE, _SIDE), dtype=np.float32)
    one @ one
    best = min(_timed(one) for _ in range(3))
    return 2 * float(_SIDE) ** 3 / best


def _timed(one: np.ndarray) -> float:
    begun = time.perf_counter()
    one @ one
    return max(time.perf_counter() - begun, 1e-6)
