"""Options that say what is in a file: a network's inputs, which array is what, which layer; for several commands."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.core.errors import UserError

if TYPE_CHECKING:
    from auslan_explorer.workflows.reading import Request

_ROLES = {
    "states": "hidden states: sequences × steps × units, or steps × units with --lengths",
    "lengths": "number of real steps of each sequence",
    "mask": "which steps are real, in place of --lengths",
    "labels": "class of each sequence, or a label of each step; of a table the column",
    "outputs": "the network’s probabilities, of each sequence or at each step",
    "names": "names of the sequences",
    "sequence": "of a table: the column that says to which sequence a line belongs",
    "step": "of a table: the column that puts the lines of a sequence in order",
}


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is in a file."""
    network = parser.add_argument_group("a file that holds a network")
    network.add_argument(
        "--inputs",
        metavar="SOURCE",
        type=Path,
        help="sequences that the network is to read: an .npz with arrays X and, if known, y, lengths or mask, "
        "class_names, names, split; an .npy; or recordings (folder, archive or imported file)",
    )
    network.add_argument(
        "--classes", metavar="NAMES", type=_names, default=(), help="names of its outputs, in order: hello,name,yes"
    )
    network.add_argument(
        "--gates",
        choices=["sigmoid", "hard_sigmoid"],
        default="",
        help="gates of a Keras 2 weight file; without it those that the file names, or that its version of Keras had",
    )
    arrays = parser.add_argument_group("a file of arrays that is of no known kind")
    for role, text in _ROLES.items():
        arrays.add_argument(f"--{role}", metavar="NAME", default="", help=text)
    parser.add_argument(
        "--layer", metavar="NAME", default="", help="layer to show, by its name, in place of the file’s own choice"
    )


def _names(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(","))
    if not all(found) or len(set(found)) != len(found):
        raise argparse.ArgumentTypeError("give different names with commas between them, such as hello,name,yes")
    return found


def request_of(args: argparse.Namespace, file: Path, out: Path | None) -> Request:
    """Return what the options of `add_reading` say of a file."""
    from auslan_explorer.io.array_survey import Choice
    from auslan_explorer.workflows.reading import Request

    choice = Choice(**{role: getattr(args, role) for role in _ROLES})
    return Request(file, args.inputs, out, args.classes, args.gates, choice, args.layer)


def says_something(args: argparse.Namespace) -> bool:
    """Return whether any option of `add_reading` is given."""
    return any(getattr(args, name) for name in (*_ROLES, "inputs", "classes", "gates", "layer"))


def paired(files: list[Path], inputs: Path | None) -> tuple[list[Path], Path | None]:
    """Return files to open and a network's inputs: of a network and another file, the other one is its input.

    Raises
    ------
    UserError
        If several networks are given with one file of sequences.
    """
    from auslan_explorer.workflows.networks import find_network

    networks = [file for file in files if find_network(file) is not None]
    if inputs is not None or not networks or len(files) == len(networks):
        return files, inputs
    if len(networks) > 1 or len(files) != 2:
        raise UserError("Give one network and one file of sequences at a time.")
    return networks, next(file for file in files if file not in networks)
