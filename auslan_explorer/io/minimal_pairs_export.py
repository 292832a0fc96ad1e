"""Writes the network's minimal pairs as CSV, with glosses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from auslan_explorer.core.minimal_pair import MinimalPair
from auslan_explorer.core.signs import readable_name
from auslan_explorer.io.atomic import write_csv

COLUMNS = (
    "gloss", "other_gloss", "kept_apart_by", "share", "taken_for_other", "recordings", "other_taken_for_it",
    "other_recordings", "sign", "other_sign",
)  # fmt: skip


def gloss(name: str) -> str:
    """Return a readable name of a sign as glosses are written: capitals, with hyphens between words."""
    return "-".join(name.upper().split())


def write_minimal_pairs(path: Path, pairs: Iterable[MinimalPair], signs: Sequence[str]) -> None:
    """Write minimal pairs as CSV, atomically.

    Parameters
    ----------
    path : Path
    pairs : iterable of MinimalPair
    signs : sequence of str
        Keys of the signs, which stand in the last columns; glosses are made of their readable names.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    rows = []
    for p in pairs:
        names = [gloss(readable_name(signs[each])) for each in (p.one, p.other)]
        counts = (p.taken, p.of_one, p.back, p.of_other)
        rows.append([*names, p.feature, f"{p.share:.4f}", *counts, signs[p.one], signs[p.other]])
    write_csv(path, COLUMNS, rows)
