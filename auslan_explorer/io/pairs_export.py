"""Writes the table of pairs of signs as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from auslan_explorer.core.words import SIGN_LANGUAGE, Words
from auslan_explorer.io.atomic import write_bytes, write_csv
from auslan_explorer.io.origin_tags import NOWHERE, Origin, description_of, table_description

_HOLDS = {
    "sign": "name of the first sign",
    "other_sign": "name of the second sign",
    "path_distance": "distance of the signs’ mean paths in the space of all units",
    "path_rank": "place of that distance among those of all pairs, from 1",
    "path_neighbours_in_full_space": "1 where each is among the other’s nearest signs by whole paths, else 0",
    "maps_path_neighbours": "maps on which they are neighbours by whole paths",
    "end_distance": "distance of the ends of the mean paths in the space of all units",
    "end_rank": "place of that distance among those of all pairs, from 1",
    "end_neighbours_in_full_space": "1 where each is among the other’s nearest signs by their ends, else 0",
    "maps_end_neighbours": "maps on which they are neighbours by their ends",
    "maps": "maps of the ensemble",
    "over_retraining": "whether they are neighbours by whole paths on every map, on some or on none",
}
COLUMNS = tuple(_HOLDS)


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


def write_pairs(
    path: Path,
    pairs: Iterable[PairLike],
    names: Sequence[str],
    words: Words = SIGN_LANGUAGE,
    origin: Origin = NOWHERE,
    describe: bool = False,
) -> None:
    """Write pairs as CSV, atomically; distances in units of the hidden state, signs by the names that people read.

    Parameters
    ----------
    path : Path
    pairs : iterable of PairLike
    names : sequence of str
    words : Words
        Words of the data; with other data than signs, the first two columns are called by them.
    origin : Origin
        Where the pairs are from.
    describe : bool
        Whether a file beside the table says what its columns hold and where it is from, see `description_of`.

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
    holds = {column: words.say(what) for column, what in _HOLDS.items()}
    columns = dict(zip((one, f"other_{one}", *COLUMNS[2:]), holds.values(), strict=True))
    write_csv(path, tuple(columns), rows)
    if describe:
        write_bytes(description_of(path), table_description(path.name, columns, origin))
