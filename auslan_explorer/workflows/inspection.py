"""Jobs of the inspector: distances between paths, and typical recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from auslan_explorer.analysis.dtw import PathStore, Scaling
from auslan_explorer.analysis.neighbours import (
    QUERIES,
    PathIndex,
    StateHash,
    compare_groups,
    distances_among,
    longest_first,
    recording_parts,
    share_of_pairs,
)
from auslan_explorer.analysis.sign_report import SignReport, Typical, last_state_distances, typical
from auslan_explorer.analysis.step_lengths import mean_length, step_lengths
from auslan_explorer.analysis.units import likeness_order, sample_stride
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io.neighbour_store import NeighbourStore

MOST_FOR_PATHS = 150
"""Most recordings of a sign whose paths are all compared; of more, their last hidden states are compared."""
_BLOCK = 1 << 14
"""Rows of hidden states that are read at once."""
MOST_HERE = 10_000
"""Most recordings whose paths are all compared on this computer where there is a cluster."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """Data that the inspector's jobs share, read and computed once for each set of activations.

    Attributes
    ----------
    activations : Activations
        Hidden states are read of them when they are needed, and let go of after.
    index : PathIndex
        The paths, ready to be compared.
    last : ndarray of float32, shape (recordings, units)
        Last hidden state of each recording; zeros where it has no step.
    order : ndarray of int, shape (units,)
        Order of the units by similarity, see `analysis.units.likeness_order`.
    store : NeighbourStore
    mean_step : float
        Mean distance that the hidden state moves in a step; see `analysis.step_lengths`.
    rows : dict of int to ndarray
        Distances of recordings to all, as far as computed in this session.
    typical : dict of int to Typical
        Typical recordings by sign, from whole paths.
    """

    activations: Activations
    index: PathIndex
    last: np.ndarray
    order: np.ndarray
    store: NeighbourStore
    mean_step: float
    rows: dict[int, np.ndarray] = field(default_factory=dict)
    typical: dict[int, Typical] = field(default_factory=dict)

    def row(self, recording: int) -> np.ndarray | None:
        """Return the distances of a recording to all, if computed in this or an earlier session, else None."""
        if recording not in self.rows:
            kept = self.store.row(recording)
            if kept is None:
                return None
            self.rows[recording] = kept
        return self.rows[recording]

    def typical_by_last_states(self, report: SignReport) -> Typical:
        """Find a sign's typical recording by last hidden states, which is fast."""
        distances = last_state_distances(self.last[list(report.recordings)])
        return typical(report.recordings, distances, whole_paths=False)


@dataclass(frozen=True, eq=False)
class Distances:
    """Distances of one recording to all, and why they could not be stored on disk (empty: they are)."""

    recording: int
    values: np.ndarray
    not_kept: str


def prepare(activations: Activations, *, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Prepared:
    """Read all hidden states once, part by part, and compute what the inspector needs of all of them.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    Cancelled
    """
    a, digest = activations, StateHash(activations.lengths)
    last = np.zeros((len(a), a.units), dtype=np.float32)
    sampled, moved = [np.zeros((0, a.units), np.float32)], [np.zeros(0, np.float32)]
    stride = sample_stride(a.real_steps)
    for first, stop in recording_parts(a.offsets, _BLOCK):
        _stop_if(cancelled)
        start = int(a.offsets[first])
        progress(0.7 * start / a.real_steps, "reading hidden states")
        rows, offsets = a.states.rows(start, int(a.offsets[stop])), a.offsets[first : stop + 1] - start
        digest.update(rows)
        filled = np.flatnonzero(np.diff(offsets))
        last[first + filled] = rows[offsets[1:][filled] - 1]
        sampled.append(rows[-start % stride :: stride].copy())  # a view would hold all of them
        moved.append(step_lengths(rows, offsets))
    progress(0.7, "ordering units")
    sample = np.concatenate(sampled)
    order = likeness_order(sample)
    _stop_if(cancelled)
    store = NeighbourStore.open_for(digest.text, len(a))
    store.clean()
    index = PathIndex(a.states, a.offsets, Scaling.of(sample))
    return Prepared(a, index, last, order, store, mean_length(np.concatenate(moved)))


def read_states(activations: Activations, cancelled: IsCancelled = never) -> np.ndarray:
    """Read all hidden states at once; in half precision, half of the memory, where it holds each of them as it is.

    A cache stores them so; what is computed with them is the same.

    Returns
    -------
    ndarray of float16 or float32, shape (S, units)

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    Cancelled
    """
    rows = activations.real_steps
    states = np.empty((rows, activations.units), dtype=np.float16)
    for start in range(0, rows, _BLOCK):
        _stop_if(cancelled)
        block = activations.states.rows(start, min(start + _BLOCK, rows))
        if states.dtype == np.float16:
            with np.errstate(over="ignore"):
                half = block.astype(np.float16)
            if (half == block).all():
                states[start : start + len(block)] = half
                continue
            states = states.astype(np.float32)
        states[start : start + len(block)] = block
    return states


def compare(
    prepared: Prepared, recording: int, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Distances:
    """Compute the distances of one recording's path to all others, and store them on disk."""
    values = prepared.index.distances_to_all(recording, progress, cancelled)
    try:
        prepared.store.save(recording, values)
    except UserError as error:
        return Distances(recording, values, str(error))
    return Distances(recording, values, "")


def compare_all(
    activations: Activations,
    prepared: Prepared | None,
    cluster: str | None = None,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> int:
    """Compute the distances among all paths as `all_distances` does, and return the number of recordings."""
    return len(all_distances(activations, prepared, cluster, progress=progress, cancelled=cancelled))


def all_distances(
    activations: Activations,
    prepared: Prepared | None,
    cluster: str | None,
    *,
    progress: Progress,
    cancelled: IsCancelled,
) -> np.ndarray:
    """Compute the distances among all paths, each pair once; float32, shape (recordings, recordings).

    Distances that are stored on disk already are not computed again.

    Parameters
    ----------
    activations : Activations
    prepared : Prepared or None
        Of these activations; None to `prepare` them first.
    cluster : str or None
        Address of a Dask cluster's scheduler, which compares more than `MOST_HERE` recordings.
    progress, cancelled : callable

    Raises
    ------
    UserError
        If the hidden states cannot be read, the distances cannot be stored, or the cluster does not answer.
    Cancelled
    """
    ready = prepared or prepare(activations, progress=progress, cancelled=cancelled)
    count = len(activations)
    # Infinite between a recording without a step and any other.
    known = np.full((count, count), np.inf, dtype=np.float32)
    missing = []
    for recording in range(count):
        _stop_if(cancelled)
        kept = ready.store.row(recording)
        if kept is None:
            missing.append(recording)
        else:
            known[recording], known[:, recording] = kept, kept
    if not missing:
        return known
    paths = PathStore(read_states(activations, cancelled), activations.offsets)
    order = longest_first(paths, np.array(missing, dtype=np.int64))
    for recording in set(missing) - set(order.tolist()):
        ready.store.save(recording, known[recording])
    if cluster is not None and len(order) > MOST_HERE:
        # What trainings are made of comes with it, and the window imports this module beside its first choices.
        from auslan_explorer.workflows.cluster_comparison import compare_groups_on_cluster

        groups = compare_groups_on_cluster(paths, order, cluster, cancelled)
    else:
        groups = compare_groups(paths, order, cancelled)
    for group, found in enumerate(groups):
        columns = order[group * QUERIES :]
        rows = columns[: len(found)]
        known[np.ix_(rows, columns)] = found
        known[np.ix_(columns, rows)] = found.T
        for recording in rows.tolist():
            ready.store.save(recording, known[recording])
        progress(share_of_pairs(len(order), len(columns) - len(rows)), "")
    return known


def find_typical(
    prepared: Prepared,
    recordings: Sequence[int],
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Typical:
    """Compute the distances among the paths of a sign's recordings, and find the most typical and the outlying ones."""
    a = prepared.activations
    states = np.concatenate([a.recording_states(recording) for recording in recordings])
    offsets = np.concatenate([[0], np.cumsum(a.lengths[list(recordings)], dtype=np.int64)])
    among = distances_among(states, offsets, range(len(recordings)), progress, cancelled)
    return typical(tuple(recordings), among, whole_paths=True)


def _stop_if(cancelled: IsCancelled) -> None:
    if cancelled():
        raise Cancelled
