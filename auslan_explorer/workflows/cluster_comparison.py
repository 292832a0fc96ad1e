"""Compares the paths of many recordings on a Dask cluster; needs the optional extra "cluster"."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from auslan_explorer.analysis.dtw import PathStore
from auslan_explorer.analysis.neighbours import QUERIES, compare_group
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled
from auslan_explorer.training.cluster import connect

_ASK_SECONDS = 0.1


def compare_groups_on_cluster(
    paths: PathStore, order: np.ndarray, address: str, cancelled: IsCancelled
) -> Iterator[np.ndarray]:
    """Yield what `analysis.neighbours.compare_groups` yields, computed by the workers of a cluster.

    The workers need this program in the same version. Dask pickles what it sends: give only the address of a cluster
    that is yours.

    Parameters
    ----------
    paths, order, cancelled
        As in `analysis.neighbours.compare_groups`.
    address : str
        Of the scheduler, such as "tcp://10.0.0.5:8786".

    Raises
    ------
    UserError
        If Dask is not installed, or the address does not respond.
    Cancelled
    """
    client = connect(address)
    try:
        sent = client.scatter(paths, broadcast=True)
        pending = [client.submit(compare_group, sent, order, first) for first in range(0, len(order), QUERIES)]
        while pending:
            if cancelled():
                client.cancel(pending)
                raise Cancelled
            if pending[0].done():
                yield pending.pop(0).result()
            else:
                time.sleep(_ASK_SECONDS)
    finally:
        client.close()
