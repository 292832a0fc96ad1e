"""Jobs of the label check: what speaks against labels, computed from all distances among paths and kept."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from auslan_explorer.analysis.label_check import (
    COLUMNS,
    HELD_OUT_COLUMNS,
    HELD_OUT_KIND,
    KIND,
    Doubt,
    doubts,
    is_held_out_table,
    neighbour_table,
)
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.io.table_store import read_table, save_table
from auslan_explorer.workflows.inspection import Prepared, all_distances


def held_out_answers(activations: Activations) -> np.ndarray | None:
    """Return the answers of networks that had not seen a recording's session, as they ship; None where there are none.

    A table as `analysis.label_check.held_out_table` makes it. ``ml.protocols`` writes that of the network that ships.
    """
    table = read_table(HELD_OUT_KIND, activations.fingerprint, HELD_OUT_COLUMNS)
    return table if table is not None and is_held_out_table(activations, table) else None


def known_doubts(activations: Activations) -> list[Doubt] | None:
    """Return what speaks against labels, if the neighbours of all recordings were found before, or ship."""
    table = read_table(KIND, activations.fingerprint, COLUMNS)
    count = len(activations)
    if table is None or len(table) != count or table.min(initial=0) < -1 or table[:, :-2].max(initial=-1) >= count:
        return None
    return doubts(activations, table, held_out_answers(activations))


def check_labels(
    activations: Activations,
    prepared: Prepared | None = None,
    cluster: str | None = None,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> list[Doubt]:
    """Find the neighbours of all recordings, keep them, and return what speaks against labels.

    Parameters as of `workflows.inspection.all_distances`.

    Raises
    ------
    UserError
        If the labels are not known, or as `all_distances` does.
    Cancelled
    """
    if not activations.classified:
        raise UserError("The signs of these recordings are not known, so there are no labels to check.")
    distances = all_distances(activations, prepared, cluster, progress=part(progress, 0.0, 0.98), cancelled=cancelled)
    table = neighbour_table(activations, distances, part(progress, 0.98, 1.0), cancelled)
    with suppress(UserError):  # where it cannot be kept, it is computed again next time
        save_table(KIND, activations.fingerprint, table)
    return doubts(activations, table, held_out_answers(activations))
