"""Writes the table of pairs of signs as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from auslan_explorer.core.words import SIGN_LANGUAGE, Words
from auslan_explorer.io.atomic import write_csv

COLUMNS = (
    "sign", "other_sign", "path_distance", "path_rank", "path_neighbours_in_full_space", "maps_path_neighbours",
    "end_distance", "end_rank", "end_neighbours_in_full_space", "maps_end_neighbours", "maps", "over_retraining",
)  # fmt: skip


class PairLike(Protocol):
    """Fields of a pair that are written; `analysis.stability.Pair` has them."""

    @property
    def one(self) -> int: ...
    @property
    def other(self) -> int: ...
    @property
    def path_distance(self) -> float: ...
    @property
    def end_distance(self) -> float: ...
    @property
    def path_rank(self) -> int: ...
    @property
    def end_rank(self) -> int: ...
    @property
    def path_maps(self) -> int: ...
    @property
    def end_maps(self) -> int: ...
    @property
    def path_true(self) -> bool: ...
    @property
    def end_true(self) -> bool: ...
    @property
    def maps(self) -> int: ...
    @property
    def verdict(self) -> str: ...


def write_pairs(path: Path, pairs: Iterable[PairLike], names: Sequence[str], words: Words = SIGN_LANGUAGE) -> None:
    """Write pairs as CSV, atomically; distances in units of the hidden state, signs by the names that people read.

    Of other data than sign language the first columns are "class" and "other_class".

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    rows = [
        [
            names[p.one], names[p.other], f"{p.path_distance:.4f}", p.path_rank,
            int(p.path_true), p.path_maps, f"{p.end_distance:.4f}", p.end_rank, int(p.end_true), p.end_maps, p.maps,
            p.verdict,
        ]
        for p in pairs
    ]  # fmt: skip
    one = words.key("sign")
    write_csv(path, (one, f"other_{one}", *COLUMNS[2:]), rows)
