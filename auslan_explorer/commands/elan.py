"""Command `elan`: writes recordings for the annotation program ELAN, and says what an annotated file holds."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_json,
    add_source,
    check_out,
    drawing_application,
    import_qt,
    progress_bar,
)
from auslan_explorer.core.errors import UserError

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.workflows.elan import FramesOf

SUFFIX = ".eaf"


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "elan",
        _elan,
        "write recordings for ELAN, or say what annotations hold",
        "Writes an annotation document (.eaf) with tiers for the sign, the network’s answer over time, its certainty "
        "and where it settles, and beside it a film of the hands (.mp4) and the channels as a table (.csv). Corrected "
        "in ELAN, perhaps with further tiers, the document opens in the window as groups and colours; --read says "
        "what it would bring.",
        "  auslan-explorer elan --out think.eaf --only think\n"
        "  auslan-explorer elan --out pair.eaf --only 'crazy 2.3, think 1.1' --pose\n"
        "  auslan-explorer elan --read corrected.eaf",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", metavar="FILE", type=Path, help="annotation document to write, .eaf")
    what.add_argument("--read", metavar="FILE", type=Path, help="annotation document to read, .eaf")
    parser.add_argument(
        "--only",
        metavar="NAMES",
        help="only these, with commas: signs, or recordings as in 'crazy 2.3'; of other data, classes or sequences by "
        "their own names, or as in 'sequence 3'",
    )
    parser.add_argument("--no-film", action="store_true", help="leave the film out, for which recordings are needed")
    parser.add_argument("--no-table", action="store_true", help="leave the table out")
    parser.add_argument("--pose", action="store_true", help="write the hands’ joints, too, as .pose")
    parser.add_argument("--theme", choices=["light", "dark"], default="light", help="look of the film (default: light)")
    add_json(parser)
    add_source(parser)


def _elan(args: argparse.Namespace) -> int:
    return _read(args) if args.read is not None else _write(args)


def _write(args: argparse.Namespace) -> int:
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.workflows.elan import ElanOptions, chosen_recordings, export_for_elan

    if args.json:
        raise UserError("--json tells what --read finds; leave it out to write a file.")
    options = ElanOptions(not args.no_film, not args.no_table, args.pose, args.theme)
    check_out(args.out, (SUFFIX,))
    for beside in options.beside(args.out):
        check_out(beside)
    if options.film or options.pose:
        import_qt()
        drawing_application()
    # Of a cache they are the hands of its recordings, and not what a network is to read.
    states = args if args.cache is None else argparse.Namespace(**{**vars(args), "recordings": None})
    activations = chosen_activations(states)
    args.words = activations.wording
    wanted = None if args.only is None else [each for each in args.only.split(",") if each.strip()]
    recordings = list(range(len(activations))) if wanted is None else chosen_recordings(activations, wanted)
    frames_of = _frames(activations, args, needed=options.film or options.pose)
    with progress_bar("writing") as progress:
        export_for_elan(
            activations, recordings, args.out, options, frames_of, args.command_line, progress=progress
        )  # fmt: skip
    names = ", ".join(each.name for each in (args.out, *options.beside(args.out)))
    print(f"{activations.wording.count(len(recordings), 'recording')} in {names}.")
    return 0


def _frames(activations: Activations, args: argparse.Namespace, *, needed: bool) -> FramesOf:
    """Return what gives the frames of a recording; nothing where they are not at hand and not needed."""
    from auslan_explorer.io.recordings import recordings_behind

    try:
        recordings, places = recordings_behind(activations, args.recordings)
    except UserError:
        if needed or args.recordings is not None:
            raise
        return lambda _: None
    return lambda each: None if places[each] < 0 else recordings.frames_of(int(places[each]))


def _read(args: argparse.Namespace) -> int:
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.workflows.elan import read_annotations

    if args.only is not None or args.pose or args.no_film or args.no_table:
        raise UserError("These options are for --out; --read takes the file as it is.")
    activations = chosen_activations(args)
    found = read_annotations(activations, args.read)
    if args.json:
        told = {
            "recordings": len(found.recordings),
            "missing": found.missing,
            "groups": {group.name: len(group.recordings) for group in found.groups},
            "colours": list(found.labels),
        }
        named = {activations.wording.key(name): value for name, value in told.items()}
        print(json.dumps(named, ensure_ascii=False))
        return 0
    here = activations.wording.count(len(found.recordings), "recording")
    print(f"{here}, {found.missing} more that are not among these activations.")
    for group in found.groups:
        print(f"  group: {group.name} ({len(group.recordings)})")
    for name in found.labels:
        print(f"  colour by: {name}")
    for name in found.remarks:
        print(f"  note: {name} has too many different texts for groups")
    return 0
