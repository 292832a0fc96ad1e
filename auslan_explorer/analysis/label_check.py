"""Label check: recordings whose nearest ones of other sessions, or a network's answer, speak against their label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress

KIND = "labels"
"""Name of tables of neighbours where they are kept."""
NEIGHBOURS = 10
"""Nearest recordings that vote, at most as many as there are of the label: fewer could never agree."""
COLUMNS = NEIGHBOURS + 2
"""Columns of a table of neighbours."""
HELD_OUT_KIND = "held-out-answers"
"""Name of tables of the answers of networks that had not seen the session, where they are kept."""
HELD_OUT_COLUMNS = 3
"""Columns of such a table: the answer, its probability and that of the label."""
_NONE = -1
_PARTS = 10_000
"""A distance or a probability in a table of whole numbers is so many times as large."""


def held_out_table(answer: np.ndarray, of_answer: np.ndarray, of_label: np.ndarray) -> np.ndarray:
    """Return a table of answers and their probabilities, int32, shape (recordings, HELD_OUT_COLUMNS)."""
    probabilities = np.stack([of_answer, of_label], axis=1)
    return np.concatenate([answer[:, None], np.rint(probabilities * _PARTS)], axis=1).astype(np.int32)


def is_held_out_table(activations: Activations, table: np.ndarray) -> bool:
    """Return whether a table holds an answer for each of these recordings, and probabilities."""
    if table.shape != (len(activations), HELD_OUT_COLUMNS):
        return False
    answer, probabilities = table[:, 0], table[:, 1:]
    return bool(
        ((answer >= 0) & (answer < len(activations.signs))).all()
        and ((probabilities >= 0) & (probabilities <= _PARTS)).all()
    )


@dataclass(frozen=True)
class Doubt:
    """What speaks against the label of a recording.

    Attributes
    ----------
    recording : int
    sign : int
        The sign of most of its neighbours, of equally many that of the nearest; the label, where the network's answer
        alone speaks against that.
    answer : int
        That of a network that had not seen the session, where there is one, else of the network itself; -1 where it is
        not known.
    of_answer, of_label : float, optional
        Probabilities of that answer and of the label, by a network that had not seen the session; else None.
    agreeing, taking, neighbours : int
        Neighbours of the label, of `sign`, and in all.
    beside : int
        The nearest recording of `sign`, or of the answer where that alone speaks against the label; -1 where none of
        the neighbours is of it.
    ratio : float
        Distance to the nearest recording of the label over that to the nearest of any other; above 1 it lies nearer to
        another. Not a number where one of the two is missing.
    by_neighbours, by_answer : bool
        Which of the two witnesses speak against the label.
    """

    recording: int
    sign: int
    answer: int
    agreeing: int
    taking: int
    neighbours: int
    beside: int
    ratio: float
    by_neighbours: bool
    by_answer: bool
    of_answer: float | None = None
    of_label: float | None = None


def other_sessions(activations: Activations, recording: int) -> np.ndarray:
    """Return which recordings may vote on a label, bool, shape (recordings,).

    Those of other sessions, since a signer repeats a sign alike within one; all others where sessions are not known.
    """
    a = activations
    others = np.arange(len(a)) != recording
    return others & (a.session != a.session[recording]) if sessions_known(a) else others


def sessions_known(activations: Activations) -> bool:
    """Return whether recordings are of several sessions, as far as is known."""
    return len(np.unique(activations.session)) > 1


def neighbour_row(activations: Activations, recording: int, distances: np.ndarray) -> np.ndarray:
    """Return a recording's row of the table of neighbours.

    Parameters
    ----------
    activations : Activations
    recording : int
    distances : ndarray of float, shape (recordings,)
        To every recording, by dynamic time warping of hidden states.

    Returns
    -------
    ndarray of int32, shape (COLUMNS,)
        The nearest recordings that may vote, nearest first, then the distances to the nearest of the label and of any
        other sign, in ten thousandths; -1 where there is none.
    """
    a = activations
    may_vote = np.flatnonzero(other_sessions(a, recording) & np.isfinite(distances))
    order = may_vote[np.argsort(distances[may_vote], kind="stable")]
    out = np.full(COLUMNS, _NONE, dtype=np.int32)
    same = a.sign[order] == a.sign[recording]
    near = order[: min(NEIGHBOURS, int(same.sum()))]
    out[: len(near)] = near
    for column, of_kind in ((NEIGHBOURS, same), (NEIGHBOURS + 1, ~same)):
        if of_kind.any():
            out[column] = round(float(distances[order[of_kind.argmax()]]) * _PARTS)
    return out


def neighbour_table(
    activations: Activations,
    distances: np.ndarray,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Return `neighbour_row` of every recording, int32, shape (recordings, COLUMNS).

    Parameters
    ----------
    activations : Activations
    distances : ndarray of float, shape (recordings, recordings)
    progress, cancelled : callable, optional

    Raises
    ------
    Cancelled
    """
    out = np.empty((len(activations), COLUMNS), dtype=np.int32)
    for recording, row in enumerate(distances):
        if cancelled():
            raise Cancelled
        out[recording] = neighbour_row(activations, recording, row)
        progress((recording + 1) / len(out), "")
    return out


def doubts(activations: Activations, table: np.ndarray, held_out: np.ndarray | None = None) -> list[Doubt]:
    """Return what speaks against labels, the most doubtful first.

    First where neighbours and answer both do, then the neighbours alone, then the answer alone; among these by how few
    neighbours have the label, and how much nearer another sign is.

    Parameters
    ----------
    activations : Activations
    table : ndarray of int32, shape (recordings, COLUMNS)
        As `neighbour_table` makes it.
    held_out : ndarray of int32, shape (recordings, HELD_OUT_COLUMNS), optional
        As `held_out_table` makes it. Without it, the network's own answers are taken, also to what it was trained with.
    """
    witnesses = [None] * len(table) if held_out is None else held_out
    found = [_doubt(activations, recording, row, witnesses[recording]) for recording, row in enumerate(table)]
    return sorted((each for each in found if each.by_neighbours or each.by_answer), key=_rank)


def _doubt(a: Activations, recording: int, row: np.ndarray, held_out: np.ndarray | None) -> Doubt:
    near = row[:NEIGHBOURS][row[:NEIGHBOURS] >= 0]
    label = int(a.sign[recording])
    answer = int(a.predicted[recording] if held_out is None else held_out[0])
    probabilities = () if held_out is None else (held_out[1:] / _PARTS).tolist()
    signs = a.sign[near]
    votes = np.bincount(signs, minlength=len(a.signs))
    # argmax of the neighbours' own votes: of equally many the nearest one's sign.
    sign = int(signs[votes[signs].argmax()]) if len(near) else label
    by_answer = 0 <= answer != label
    wanted = answer if by_answer and sign == label else sign
    beside = near[signs == wanted]
    own, other = row[NEIGHBOURS:].tolist()
    ratio = own / max(other, 1) if own >= 0 and other >= 0 else float("nan")
    return Doubt(
        recording, sign, answer, int(votes[label]), int(votes[sign]), len(near), int(beside[0]) if len(beside) else -1,
        ratio, sign != label, by_answer, *probabilities,
    )  # fmt: skip


def _rank(doubt: Doubt) -> tuple[bool, bool, int, float, int]:
    nearer = -doubt.ratio if np.isfinite(doubt.ratio) else 0.0
    return (
        not (doubt.by_neighbours and doubt.by_answer),
        not doubt.by_neighbours,
        doubt.agreeing,
        nearer,
        doubt.recording,
    )
