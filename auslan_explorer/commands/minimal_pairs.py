"""Command `minimal-pairs`: reports which signs a network confuses without one feature of each gesture."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_json,
    add_recordings,
    at_least,
    check_out,
    progress_bar,
)
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted

if TYPE_CHECKING:
    from auslan_explorer.core.minimal_pair import MinimalPair


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "minimal-pairs",
        _minimal_pairs,
        "say which signs one feature alone keeps apart",
        "Takes handshape, place, movement or orientation from every recording, by the channels that hold it, asks the "
        "network again, and lists which signs are then taken for each other: to this network that feature keeps them "
        "apart. Recordings that are not recognised as they are do not count.",
        "  auslan-explorer minimal-pairs\n  auslan-explorer minimal-pairs --csv pairs.csv",
    )
    parser.add_argument(
        "--models", metavar="DIR", type=Path, help="folder with classifier.h5 (default: the one that ships)"
    )
    add_recordings(parser)
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write all pairs as a table, with glosses")
    parser.add_argument(
        "--provenance",
        action="store_true",
        help="write where the table is from into a file beside it, FILE-metadata.json",
    )
    parser.add_argument("--pairs", metavar="N", type=at_least(0), default=20, help="pairs to print (default: 20)")
    add_json(parser)


def _minimal_pairs(args: argparse.Namespace) -> int:
    from auslan_explorer import paths
    from auslan_explorer.commands.sources import own_networks, recordings_for
    from auslan_explorer.io.minimal_pairs_export import write_minimal_pairs
    from auslan_explorer.workflows.minimal_pairs import pairs_of_recordings
    from auslan_explorer.workflows.origin import network_origin

    if args.csv is not None:
        check_out(args.csv, (".csv",))
    if args.provenance and args.csv is None:
        raise UserError("--provenance is written beside a table; give --csv, too.")
    networks = own_networks(args.models or paths.models_dir())
    classifier, recordings = recordings_for(networks.classifier, args.recordings)
    with progress_bar("asking the network") as progress:
        found = pairs_of_recordings(classifier, recordings, progress=progress)
    if args.csv is not None:
        origin = network_origin(classifier, recordings, args.command_line)
        write_minimal_pairs(args.csv, found, classifier.signs, origin=origin, describe=args.provenance)
    if args.json:
        told = [_plain(pair, classifier.signs) for pair in found]
        print(json.dumps({"recordings": len(recordings), "pairs": told}, ensure_ascii=False))
    else:
        _print(found[: args.pairs], len(found), classifier.signs)
    return 0


def _plain(pair: MinimalPair, signs: Sequence[str]) -> dict[str, object]:
    return {
        "signs": [signs[pair.one], signs[pair.other]], "kept_apart_by": pair.feature, "share": pair.share,
        "taken": [pair.taken, pair.back], "recordings": [pair.of_one, pair.of_other],
    }  # fmt: skip


def _print(shown: Sequence[MinimalPair], count: int, signs: Sequence[str]) -> None:
    from auslan_explorer.core.signs import readable_name

    confused = f"{counted(count, 'pair')} of signs {'is' if count == 1 else 'are'} confused"
    print(f"{confused} in a recording or more once a feature is taken away.")
    if not shown:
        return
    # Each name in a column of its own: some hold a stroke themselves ("wait / not yet").
    names = [(readable_name(signs[pair.one]), readable_name(signs[pair.other])) for pair in shown]
    width = max(len(name) for pair in names for name in pair) + 2
    print(f"{'first':<{width}}{'second':<{width}}{'kept apart by':<16}{'first for second':>18}{'second for first':>18}")
    for (one, other), pair in zip(names, shown, strict=True):
        there, back = f"{pair.taken} of {pair.of_one}", f"{pair.back} of {pair.of_other}"
        print(f"{one:<{width}}{other:<{width}}{pair.feature:<16}{there:>18}{back:>18}")
