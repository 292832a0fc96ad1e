"""Assesses a map: its quality figures and its error by step, of a trained map or of principal components."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from auslan_explorer.analysis.quality import (
    NEIGHBOURS,
    SAMPLE,
    Quality,
    chosen_recordings,
    held_out,
    last_rows,
    neighbourhoods,
    pca,
    sign_accuracy,
)
from auslan_explorer.analysis.smoothness import smoothness, trustworthiness_elsewhere
from auslan_explorer.analysis.step_errors import StepErrors, point_errors, step_errors
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.splits import TRAIN


@dataclass(frozen=True, eq=False)
class Assessment:
    """Quality of a map on recordings held out from its training, or on all where no split is known.

    Attributes
    ----------
    quality : Quality
        NaN for what needs the autoencoder, where that is not found.
    by_step, from_end : StepErrors or None
        By the network's step, and by steps back from each recording's last one.
    """

    quality: Quality
    by_step: StepErrors | None
    from_end: StepErrors | None


def assess(
    activations: Activations,
    points: np.ndarray,
    autoencoder: Autoencoder | None,
    k: int = NEIGHBOURS,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Assessment:
    """Measure the quality of a map, and its error by step.

    Parameters
    ----------
    activations : Activations
    points : ndarray of float, shape (S, dims)
        Points of all real steps on the map.
    autoencoder : Autoencoder or None
        The one that made the map, where it is found.
    k : int
        Neighbours of trustworthiness and continuity.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If there is no recording, or the autoencoder reads another number of units.
    Cancelled
    """

    def pause(fraction: float, text: str) -> None:
        if cancelled():
            raise Cancelled
        progress(fraction, text)

    chosen_only = held_out(activations)
    chosen = chosen_recordings(activations, chosen_only)
    of_row = activations.recording_of_point()
    rows = np.flatnonzero(chosen[of_row])
    states = activations.all_states()
    explained: float | None = None
    mse = last_mse = float("nan")
    by_step = from_end = None
    pause(0.0, "reconstructing")
    if autoencoder is not None:
        errors = point_errors(activations, autoencoder, cancelled, chosen)
        squared = np.square(errors[rows], dtype=np.float64)
        mse = float(squared.mean())
        total = float(states[rows].var(axis=0, dtype=np.float64).mean())
        explained = 1 - mse / total if total > 0 else None
        last_mse = float(np.square(errors[last_rows(activations)[chosen]], dtype=np.float64).mean())
        by_step = step_errors(activations, errors, chosen)
        from_end = step_errors(activations, errors, chosen, from_end=True)
    pause(0.3, "comparing neighbours")
    smooth = smoothness(states[rows], points[rows], of_row[rows])
    if len(rows) > SAMPLE:
        rows = np.sort(np.random.default_rng(0).choice(rows, SAMPLE, replace=False))
    trust, continuity = neighbourhoods(states[rows], points[rows], k)
    elsewhere = trustworthiness_elsewhere(states[rows], points[rows], of_row[rows], k)
    pause(0.9, "comparing signs")
    train = (activations.split == TRAIN) & ~chosen & (activations.lengths > 0)
    ends = points[np.maximum(last_rows(activations), 0)]
    knn = sign_accuracy(ends, activations.sign, train, chosen, separate=chosen_only is not None)
    quality = Quality(explained, mse, last_mse, trust, continuity, knn, elsewhere, **asdict(smooth))
    return Assessment(quality, by_step, from_end)


def assess_pca(
    activations: Activations,
    dims: int,
    k: int,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Assessment:
    """Assess principal components in `dims` dimensions, as the baseline."""
    components = pca(activations, dims)
    return assess(activations, components.encode(activations.all_states()), components, k, progress, cancelled)
