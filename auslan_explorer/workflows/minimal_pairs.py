"""Jobs on the network's minimal pairs: over recordings, and over open activations, for which they are kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import numpy as np

from auslan_explorer.analysis.minimal_pairs import answers_without, minimal_pairs
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.minimal_pair import FEATURES, MinimalPair
from auslan_explorer.core.network import Classifier
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.table_store import read_table, save_table
from auslan_explorer.workflows.attribution import NO_NETWORK

_KIND, _COLUMNS = "minimal-pairs", 7


def pairs_of_recordings(
    classifier: Classifier,
    recordings: Recordings,
    *,
    progress: Progress,
    cancelled: IsCancelled = never,
) -> list[MinimalPair]:
    """Find the minimal pairs of a network over recordings; signs are numbered as the network numbers them.

    Raises
    ------
    UserError
        If the recordings do not fit the network.
    Cancelled
    """
    unknown = [key for key in recordings.signs if key not in classifier.signs]
    if unknown:
        raise UserError(f"The network does not know the sign {unknown[0]}; leave its recordings out.")
    codes = np.array([classifier.signs.index(key) for key in recordings.signs], dtype=np.int64)
    frames = [recordings.frames_of(number) for number in range(len(recordings))]
    answers = answers_without(classifier, frames, progress=progress, cancelled=cancelled)
    return minimal_pairs(codes[recordings.sign], answers)


def find_minimal_pairs(
    activations: Activations,
    frames_of: Callable[[int], np.ndarray | None],
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> list[MinimalPair]:
    """Find the minimal pairs of the network that made activations, and keep them.

    Parameters
    ----------
    activations : Activations
    frames_of : callable
        Returns a recording's frames, or None where they are not at hand.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If the network or the recordings are not at hand.
    Cancelled
    """
    from auslan_explorer.io.model_lookup import with_networks

    classifier = with_networks(activations).classifier
    if classifier is None:
        raise UserError(NO_NETWORK)
    known = {number: frames_of(number) for number in range(len(activations))}
    frames = {number: each for number, each in known.items() if each is not None}
    answers = answers_without(classifier, list(frames.values()), progress=progress, cancelled=cancelled)
    found = minimal_pairs(activations.sign[list(frames)].astype(np.int64), answers)
    rows = [(p.one, p.other, FEATURES.index(p.feature), p.taken, p.back, p.of_one, p.of_other) for p in found]
    with suppress(UserError):  # where they cannot be kept, they are computed again next time
        save_table(_KIND, activations.fingerprint, np.array(rows, dtype=np.int32).reshape(-1, _COLUMNS))
    return found


def known_minimal_pairs(activations: Activations) -> list[MinimalPair] | None:
    """Return the minimal pairs that were found before for these activations, in their order; None where none were."""
    table = read_table(_KIND, activations.fingerprint, _COLUMNS)
    if table is None or (table < 0).any():
        return None
    if len(table) and (table[:, :2].max() >= len(activations.signs) or table[:, 2].max() >= len(FEATURES)):
        return None
    return [MinimalPair(one, other, FEATURES[feature], *counts) for one, other, feature, *counts in table.tolist()]
