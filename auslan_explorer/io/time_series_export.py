"""Writes numbers along a time line as CSV, as ELAN and others read time series."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from auslan_explorer.io.atomic import writing

TIME = "time_s"
"""The first column: seconds."""


def write_time_series(path: Path, columns: Sequence[str], rows: Iterable[tuple[float, Sequence[float]]]) -> None:
    """Write rows of a time in seconds and the values of `columns`, atomically.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    with writing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([TIME, *columns])
        for seconds, values in rows:
            writer.writerow([f"{seconds:.3f}", *(f"{value:.7g}" for value in values)])
