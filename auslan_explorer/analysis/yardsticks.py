"""What a map's figures are to be held against: how they change along a path, and what knows less or more than a map."""

from __future__ import annotations

import numpy as np

from auslan_explorer.analysis.quality import check_units, chosen_recordings
from auslan_explorer.analysis.stability import PHASES, mean_paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.splits import TEST, TRAIN

FIFTHS = 5


def explained_along_path(
    activations: Activations, autoencoder: Autoencoder, recordings: np.ndarray | None, parts: int = FIFTHS
) -> tuple[float | None, ...]:
    """Compute the explained variance in each part of a path, from its first step to its last.

    Parameters
    ----------
    activations : Activations
    autoencoder : Autoencoder
    recordings : ndarray of bool, shape (recordings,) or None
        Which to measure on; all where None.
    parts : int
        Equal shares of each recording's real steps.

    Returns
    -------
    tuple of float or None
        R2 = 1 - SSE / SST over all units together, SST about the units' means in that part alone; None where nothing
        varies there.

    Raises
    ------
    UserError
        If no recording is chosen, or the autoencoder reads another number of units.
    """
    check_units(activations, autoencoder)
    rows, part = _rows_and_parts(activations, chosen_recordings(activations, recordings), parts)
    states = activations.all_states()[rows]
    squared = np.square(autoencoder.reconstruct(states) - states).sum(axis=1, dtype=np.float64)
    found = []
    for number in range(parts):
        here = part == number
        total = float(states[here].var(axis=0, dtype=np.float64).sum()) * int(here.sum()) if here.any() else 0.0
        found.append(1 - float(squared[here].sum()) / total if total > 0 else None)
    return tuple(found)


def mean_path_explained(activations: Activations) -> float | None:
    """Compute how much of the test recordings' variance their signs' mean paths explain.

    A sign's mean path is that of its training recordings, each stretched to one length (`analysis.stability`); it is
    stretched to a test recording's own length to be held against it. It knows the sign, which no map does, and nothing
    of the single recording.

    Returns
    -------
    float or None
        R2, SST about each unit's mean over the test recordings' steps; None where the splits are not known, a sign has
        no recording to train on, or nothing varies.
    """
    test = _chosen_test(activations)
    if test is None:
        return None
    states = activations.all_states()
    paths = mean_paths(activations, states, recordings=activations.split == TRAIN)
    rows, _ = _rows_and_parts(activations, test, 1)
    tested = states[rows]
    expected = np.concatenate(
        [_stretched(paths[activations.sign[r]], activations.lengths[r]) for r in np.flatnonzero(test)]
    )
    total = float(tested.var(axis=0, dtype=np.float64).sum()) * len(tested)
    if not total > 0 or np.isnan(expected).any():
        return None
    return 1 - float(np.square(tested - expected).sum(dtype=np.float64)) / total


def same_session_share(activations: Activations) -> float | None:
    """Return the share of test recordings of whose sign a training recording is of the same session.

    Where it is near 1, a test recording is never far from one that was learned from: what would be reached in another
    session, only a split by sessions tells. None where splits or sessions are not known.
    """
    test = _chosen_test(activations)
    session = activations.session
    if test is None or not (session > 0).any():
        return None
    learned = set(
        zip(*(each[activations.split == TRAIN].tolist() for each in (activations.sign, session)), strict=True)
    )
    return float(
        np.mean([(sign, of) in learned for sign, of in zip(activations.sign[test], session[test], strict=True)])
    )


def _chosen_test(activations: Activations) -> np.ndarray | None:
    """Return which recordings of the test split have any step; None where there are none, or none to train on."""
    test = (activations.split == TEST) & (activations.lengths > 0)
    return test if test.any() and (activations.split == TRAIN).any() else None


def _rows_and_parts(a: Activations, chosen: np.ndarray, parts: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the chosen recordings' steps, and in which part of its recording each lies."""
    recording = a.recording_of_point()
    rows = np.flatnonzero(chosen[recording])
    whose = recording[rows]
    return rows, (rows - a.offsets[whose]) * parts // a.lengths[whose]


def _stretched(path: np.ndarray, steps: int) -> np.ndarray:
    """Return a path of `PHASES` moments at so many steps, by linear interpolation."""
    place = np.linspace(0, PHASES - 1, steps)
    low = np.floor(place).astype(np.int64)
    share = (place - low)[:, None]
    return path[low] * (1 - share) + path[np.minimum(low + 1, PHASES - 1)] * share
