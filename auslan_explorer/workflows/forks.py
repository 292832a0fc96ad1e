"""Jobs on where paths part: of two signs, of two recordings, and of all pairs of signs, which are kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.forks import Difference, Fork, MeanPath, differences, fork, mean_path, of_recording
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io.table_store import read_table, save_table

_KIND, _COLUMNS = "forks", 6


@dataclass(frozen=True, eq=False)
class Parted:
    """Where two signs or two recordings part, and what differs there.

    Attributes
    ----------
    first, second : MeanPath
    fork : Fork
    differences : tuple of Difference
        The largest first; empty where the recordings themselves are not at hand.
    """

    first: MeanPath
    second: MeanPath
    fork: Fork
    differences: tuple[Difference, ...] = ()


def part_signs(
    activations: Activations,
    signs: tuple[int, int],
    frames_of: Callable[[int], np.ndarray | None] | None = None,
    spreads: np.ndarray | None = None,
    *,
    cancelled: IsCancelled = never,
) -> Parted:
    """Find where two signs part.

    Parameters
    ----------
    activations : Activations
    signs : tuple of int
    frames_of : callable, optional
        Returns a recording's frames, or None.
    spreads : ndarray of float, shape (channels,), optional
        Standard deviations of the channels.
    cancelled : callable, optional

    Raises
    ------
    UserError
        If a sign has fewer than two recordings.
    Cancelled
    """
    first, second = (_of_sign(activations, sign, cancelled) for sign in signs)
    return _parted(first, second, frames_of, spreads)


def part_recordings(
    activations: Activations,
    recordings: tuple[int, int],
    frames_of: Callable[[int], np.ndarray | None] | None = None,
    spreads: np.ndarray | None = None,
    *,
    cancelled: IsCancelled = never,
) -> Parted:
    """Find where two recordings part; parameters as of `part_signs`."""
    a = activations
    signs = {int(a.sign[each]): _of_sign(a, int(a.sign[each]), cancelled) for each in recordings}
    first, second = (of_recording(a.recording_states(each), each, signs[int(a.sign[each])]) for each in recordings)
    return _parted(first, second, frames_of, spreads)


def _parted(
    first: MeanPath,
    second: MeanPath,
    frames_of: Callable[[int], np.ndarray | None] | None,
    spreads: np.ndarray | None,
) -> Parted:
    found = fork(first, second)
    if frames_of is None or spreads is None:
        return Parted(first, second, found)
    known = {each: frames_of(each) for each in (*first.recordings, *second.recordings)}
    frames = {each: values for each, values in known.items() if values is not None}
    if not all(any(each in frames for each in path.recordings) for path in (first, second)):
        return Parted(first, second, found)
    return Parted(first, second, found, tuple(differences(first, second, found, frames, spreads)))


def _of_sign(activations: Activations, sign: int, cancelled: IsCancelled) -> MeanPath:
    a = activations
    recordings = np.flatnonzero((a.sign == sign) & (a.lengths > 0)).tolist()
    found = mean_path([a.recording_states(each) for each in recordings], recordings, cancelled)
    if found is None:
        raise Cancelled
    return found


@dataclass(frozen=True)
class PairFork:
    """Where a pair of signs parts.

    Attributes
    ----------
    one, other : int
        Signs.
    together : float
        Share of the way on which their paths are together, 0 to 1.
    steps : tuple of int
        The network's step of each sign's reference at which they part, from 0.
    parts : bool
        Whether they part at all.
    """

    one: int
    other: int
    together: float
    steps: tuple[int, int]
    parts: bool


def known_forks(activations: Activations) -> list[PairFork] | None:
    """Return the forks of all pairs of signs, longest together first, if they were computed before."""
    table = read_table(_KIND, activations.fingerprint, _COLUMNS)
    count = len(activations.signs)
    if table is None or not len(table) or table[:, :2].min() < 0 or table[:, :2].max() >= count:
        return None
    return _listed(table)


def find_all_forks(
    activations: Activations, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> list[PairFork]:
    """Find where each pair of signs parts, longest together first, and keep it.

    Raises
    ------
    UserError
        If no two signs have two recordings each.
    Cancelled
    """
    a = activations
    counts = np.bincount(a.sign[a.lengths > 0], minlength=len(a.signs))
    signs = np.flatnonzero(counts >= 2).tolist()
    if len(signs) < 2:
        raise UserError("Paths of signs are compared where two signs have two recordings each; these have not.")
    means = {}
    for number, sign in enumerate(signs):
        progress(0.5 * number / len(signs), "lining recordings up")
        means[sign] = _of_sign(a, sign, cancelled)
    rows = []
    for number, one in enumerate(signs):
        progress(0.5 + 0.5 * (1 - (1 - number / len(signs)) ** 2), "comparing signs")
        for other in signs[number + 1 :]:
            if cancelled():
                raise Cancelled
            found = fork(means[one], means[other])
            first, second = found.steps
            begins = a.first_step[means[one].reference], a.first_step[means[other].reference]
            rows.append([one, other, found.at, len(found.pairs), first + begins[0], second + begins[1]])
    table = np.array(rows, dtype=np.int32)
    with suppress(UserError):  # where it cannot be kept, it is computed again next time
        save_table(_KIND, a.fingerprint, table)
    return _listed(table)


def _listed(table: np.ndarray) -> list[PairFork]:
    pairs = [
        PairFork(one, other, 1.0 if at < 0 else at / max(way, 1), (first, second), at >= 0)
        for one, other, at, way, first, second in table.tolist()
    ]
    return sorted(pairs, key=lambda pair: (-pair.together, pair.one, pair.other))
