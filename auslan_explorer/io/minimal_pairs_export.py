"""Writes the network's minimal pairs as CSV, with glosses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from auslan_explorer.core.minimal_pair import MinimalPair
from auslan_explorer.core.signs import readable_name
from auslan_explorer.io.atomic import write_bytes, write_csv
from auslan_explorer.io.origin_tags import NOWHERE, Origin, description_of, table_description

_HOLDS = {
    "gloss": "gloss of the first sign",
    "other_gloss": "gloss of the second sign",
    "kept_apart_by": "feature without which the two are confused",
    "share": "share of both signs’ recordings that are confused without it",
    "taken_for_other": "recordings of the first sign that are then taken for the second",
    "recordings": "recordings of the first sign that are recognised as they are",
    "other_taken_for_it": "recordings of the second sign that are then taken for the first",
    "other_recordings": "recordings of the second sign that are recognised as they are",
    "sign": "key of the first sign",
    "other_sign": "key of the second sign",
}
COLUMNS = tuple(_HOLDS)


def gloss(name: str) -> str:
    """Return a readable name of a sign as glosses are written: capitals, hyphens between words, none at a stroke."""
    return "/".join("-".join(part.split()) for part in name.upper().split("/"))


def write_minimal_pairs(
    path: Path,
    pairs: Iterable[MinimalPair],
    signs: Sequence[str],
    names: Sequence[str] = (),
    origin: Origin = NOWHERE,
    describe: bool = False,
) -> None:
    """Write minimal pairs as CSV, atomically.

    Parameters
    ----------
    path : Path
    pairs : iterable of MinimalPair
    signs : sequence of str
        Keys of the signs, which stand in the last columns.
    names : sequence of str
        Their names, of which glosses are made; by default what their keys read as.
    origin : Origin
        Where the pairs are from.
    describe : bool
        Whether a file beside the table says what its columns hold and where it is from, see `description_of`.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    rows = []
    for p in pairs:
        glosses = [gloss(names[each] if names else readable_name(signs[each])) for each in (p.one, p.other)]
        counts = (p.taken, p.of_one, p.back, p.of_other)
        rows.append([*glosses, p.feature, f"{p.share:.4f}", *counts, signs[p.one], signs[p.other]])
    write_csv(path, COLUMNS, rows)
    if describe:
        write_bytes(description_of(path), table_description(path.name, _HOLDS, origin))
