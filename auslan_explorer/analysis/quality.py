"""Quality of a map: reconstruction of the hidden states, preserved neighbourhoods, and accuracy of signs on it.

Scikit-learn is imported where it is used: that takes a second, and the window imports this module at the start.
"""

from __future__ import annotations

import warnings
from dataclasses import asdict, dataclass

import numpy as np

from auslan_explorer.analysis.smoothness import smoothness, trustworthiness_elsewhere
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.progress import Progress, no_progress
from auslan_explorer.core.splits import TEST, TRAIN
from auslan_explorer.core.words import counted

NEIGHBOURS = 12
"""Neighbours k of trustworthiness and continuity."""

SAMPLE = 4000
"""Real steps on which they are measured; all pairs of 144 530 would take 170 GB."""

SIGN_NEIGHBOURS = 5
FOLDS = 5


@dataclass(frozen=True)
class Quality:
    """Quality figures of a map on some recordings; real steps only. None where there are too few data.

    Attributes
    ----------
    explained_variance : float or None
        R2 = 1 - SSE / SST over all units together, SST about each unit's mean. None where nothing varies.
    mse : float
        Mean squared reconstruction error, in squared units of the hidden state.
    last_step_mse : float
        The same on each recording's last step alone, which the classifier reads.
    trustworthiness, continuity : float or None
        Venna and Kaski 2001, k = 12 by default, on up to 4000 real steps: are neighbours on the map neighbours in
        the full space, and the other way round.
    knn_accuracy : float or None
        Fraction of last steps whose sign is predicted by their 5 nearest last steps on the map.
    trustworthiness_elsewhere : float or None
        Trustworthiness among steps of other recordings alone.
    long_steps, long_steps_log, largest_step, step_correlation : float or None
        See `analysis.smoothness.Smoothness`.
    """

    explained_variance: float | None
    mse: float
    last_step_mse: float
    trustworthiness: float | None
    continuity: float | None
    knn_accuracy: float | None
    trustworthiness_elsewhere: float | None = None
    long_steps: float | None = None
    long_steps_log: float | None = None
    largest_step: float | None = None
    step_correlation: float | None = None


def held_out(activations: Activations) -> np.ndarray | None:
    """Return which recordings are held out from training and model selection, bool, shape (recordings,).

    None where no split is known, so that all recordings must serve.
    """
    test = activations.split == TEST
    return test if test.any() and (activations.split == TRAIN).any() else None


def last_rows(activations: Activations) -> np.ndarray:
    """Return the row of each recording's last real step, int64, shape (recordings,)."""
    return activations.offsets[1:] - 1


def chosen_recordings(activations: Activations, recordings: np.ndarray | None) -> np.ndarray:
    """Return which of `recordings` (all by default) have any step, bool, shape (recordings,)."""
    filled = activations.lengths > 0
    chosen = filled if recordings is None else recordings & filled
    if not chosen.any():
        raise UserError("There are no recordings to measure the map on; choose others.")
    return chosen


def check_units(activations: Activations, autoencoder: Autoencoder) -> None:
    """Raise UserError if the autoencoder reads another number of units than the hidden states have."""
    if autoencoder.units != activations.units:
        raise UserError(
            f"The autoencoder reads {counted(autoencoder.units, 'unit')}, but these hidden states have "
            f"{activations.units}; "
            "train one on them."
        )


def reconstruction(
    activations: Activations, autoencoder: Autoencoder, recordings: np.ndarray | None = None
) -> tuple[float | None, float, float]:
    """Compute explained variance, reconstruction MSE, and MSE of last steps alone; see `Quality`.

    Raises
    ------
    UserError
        If no recording is chosen, or the autoencoder reads another number of units.
    """
    check_units(activations, autoencoder)
    chosen = chosen_recordings(activations, recordings)
    states = activations.all_states()[chosen[activations.recording_of_point()]]
    squared = np.square(autoencoder.reconstruct(states) - states).mean(axis=1, dtype=np.float64)
    total = float(states.var(axis=0, dtype=np.float64).mean())
    mse = float(squared.mean())
    last = np.cumsum(activations.lengths[chosen]) - 1
    return (1 - mse / total if total > 0 else None), mse, float(squared[last].mean())


def neighbourhoods(states: np.ndarray, points: np.ndarray, k: int = NEIGHBOURS) -> tuple[float | None, float | None]:
    """Compute trustworthiness and continuity of a map.

    Parameters
    ----------
    states : ndarray, shape (rows, units)
    points : ndarray, shape (rows, dims)
    k : int
        Neighbours; the measure is defined for fewer than half of the rows.

    Returns
    -------
    tuple of float or None
        None where there are too few rows. Continuity is trustworthiness with the two spaces exchanged.
    """
    from sklearn.manifold import trustworthiness

    if k >= len(states) / 2:
        return None, None
    return (
        float(trustworthiness(states, points, n_neighbors=k)),
        float(trustworthiness(points, states, n_neighbors=k)),
    )


def sign_accuracy(
    points: np.ndarray, sign: np.ndarray, train: np.ndarray, query: np.ndarray, separate: bool
) -> float | None:
    """Compute the 5-NN sign accuracy of last steps: `query` against `train`, or cross-validated over `query`.

    None where there are too few of them, or all are of one sign.
    """
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.neighbors import KNeighborsClassifier

    if len(np.unique(sign[train | query if separate else query])) < 2:
        return None
    model = KNeighborsClassifier(SIGN_NEIGHBOURS)
    if separate:
        if train.sum() < SIGN_NEIGHBOURS:
            return None
        return float(model.fit(points[train], sign[train]).score(points[query], sign[query]))
    if np.bincount(sign[query]).max() < FOLDS:
        return None
    with warnings.catch_warnings():
        # A sign with fewer recordings than folds is missing from some of them, which is as good as it gets.
        warnings.filterwarnings("ignore", "The least populated class")
        # Not shuffled: recordings stand in the order of sessions, and those of one session stay in one fold or two.
        return float(cross_val_score(model, points[query], sign[query], cv=StratifiedKFold(FOLDS)).mean())


def measure(
    activations: Activations,
    autoencoder: Autoencoder,
    recordings: np.ndarray | None = None,
    seed: int = 0,
    progress: Progress = no_progress,
    k: int = NEIGHBOURS,
) -> Quality:
    """Measure the quality of an autoencoder's map on some recordings.

    Parameters
    ----------
    activations : Activations
    autoencoder : Autoencoder
    recordings : ndarray of bool, shape (recordings,), optional
        Which to measure on, such as `held_out`; the sign's neighbours are then the training recordings. All by
        default, with stratified 5-fold cross-validation for the sign's neighbours.
    seed : int
        Seed of the sample of steps for trustworthiness and continuity.
    progress : callable, optional
    k : int
        Neighbours of trustworthiness and continuity.

    Returns
    -------
    Quality

    Raises
    ------
    UserError
        If no recording is chosen, or the autoencoder reads another number of units.
    """
    progress(0.0, "reconstructing")
    explained, mse, last_step_mse = reconstruction(activations, autoencoder, recordings)

    progress(0.3, "comparing neighbours")
    chosen = chosen_recordings(activations, recordings)
    every, of_row = activations.all_states(), activations.recording_of_point()
    rows = np.flatnonzero(chosen[of_row])
    points = autoencoder.encode(every[rows])
    smooth = smoothness(every[rows], points, of_row[rows])
    if len(rows) > SAMPLE:
        sample = np.sort(np.random.default_rng(seed).choice(len(rows), SAMPLE, replace=False))
        rows, points = rows[sample], points[sample]
    trust, continuity = neighbourhoods(every[rows], points, k)
    elsewhere = trustworthiness_elsewhere(every[rows], points, of_row[rows], k)

    progress(0.9, "comparing signs")
    ends = autoencoder.encode(every[last_rows(activations)])
    train = (activations.split == TRAIN) & ~chosen & (activations.lengths > 0)
    knn = sign_accuracy(ends, activations.sign, train, chosen, separate=recordings is not None)
    progress(1.0, "measured")
    return Quality(
        explained_variance=explained,
        mse=mse,
        last_step_mse=last_step_mse,
        trustworthiness=trust,
        continuity=continuity,
        knn_accuracy=knn,
        trustworthiness_elsewhere=elsewhere,
        **asdict(smooth),
    )


def pca(activations: Activations, dims: int, recordings: np.ndarray | None = None) -> Autoencoder:
    """Fit principal components, the baseline, as an autoencoder with one linear layer on each side.

    Parameters
    ----------
    activations : Activations
    dims : int
    recordings : ndarray of bool, shape (recordings,), optional
        Which to fit on; by default the training recordings where a split is known, else all.
    """
    from sklearn.decomposition import PCA

    if recordings is None:
        train = activations.split == TRAIN
        recordings = train if train.any() else np.ones(len(activations), dtype=bool)
    states = activations.all_states()[recordings[activations.recording_of_point()]]
    if min(states.shape) < dims:
        raise UserError(
            f"There are too few hidden states for {dims} components: {counted(len(states), 'step')} of "
            f"{counted(activations.units, 'unit')}."
        )
    fit = PCA(dims, svd_solver="covariance_eigh").fit(states.astype(np.float64))
    down = fit.components_.T.astype(np.float32)
    centre = fit.mean_.astype(np.float32)
    return Autoencoder(
        (DenseLayer(down, -centre @ down, "linear"), DenseLayer(down.T.copy(), centre, "linear")), bottleneck=0
    )
