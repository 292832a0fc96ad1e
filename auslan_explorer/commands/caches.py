"""Command `cache`: makes an activation cache, of networks or of any file that can be opened, and checks one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer import paths
from auslan_explorer.commands.common import Commands, add_command, add_recordings, chosen_out, progress_bar
from auslan_explorer.commands.reading import add_reading, request_of, says_something
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations


def add(commands: Commands) -> None:
    """Add the command of this module."""
    parser = add_command(
        commands,
        "cache",
        _make_cache,
        "make an activation cache, or check one",
        "Runs the classifier over the recordings and keeps every hidden state, the answers and the projections. "
        "With --arrays, the cache is made of a NumPy .npz file from any recurrent network "
        "(docs/activation-cache.md says which arrays); with --from of any file that `open` takes. `cache check FILE` "
        "says everything that is wrong with a cache.",
        "  auslan-explorer cache --out my.h5\n  auslan-explorer cache --arrays gru.npz --out gru.h5\n"
        "  auslan-explorer cache --from model.keras --inputs sequences.npz --out gru.h5\n"
        "  auslan-explorer cache check gru.h5",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="file to write, .h5 (default: models/activations.h5 in your data folder)",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--models", metavar="DIR", type=Path, help="folder with the networks (default: those that ship)"
    )
    source.add_argument(
        "--published",
        metavar="PLACE",
        type=Path,
        help="folder with the article’s weight files instead, or one weight file of Keras 2",
    )
    source.add_argument("--arrays", metavar="FILE", type=Path, help="NumPy .npz file with hidden states of any network")
    source.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        type=Path,
        help="any file that `open` takes: a network with --inputs, or arrays, tables and folders",
    )
    add_recordings(parser)
    add_reading(parser)
    actions = parser.add_subparsers(metavar="[check FILE]", title="checking")
    checking = actions.add_parser(
        "check",
        help="say everything that is wrong with a cache",
        description="Say everything that is wrong with an activation cache, a sentence each; exit code 2 if there is.",
        allow_abbrev=False,
    )
    checking.add_argument("file", metavar="FILE", type=Path)
    checking.set_defaults(run=_check_cache)


def _make_cache(args: argparse.Namespace) -> int:
    from auslan_explorer.commands import sources
    from auslan_explorer.commands.common import own_file
    from auslan_explorer.io.cache import activations_from_npz, write_cache

    out = chosen_out(args.out, own_file(sources.CACHE), (".h5", ".hdf5"))
    if args.source is None and says_something(args):
        raise UserError("Options that say what is in a file belong to --from FILE; name the file, or leave them out.")
    if args.source is not None:
        if args.recordings is not None:
            raise UserError("A network of a file reads --inputs; leave out --recordings or --from.")
        return _keep(args, out)
    if args.arrays is not None:
        if args.recordings is not None:
            raise UserError("Arrays hold their own hidden states; leave out --recordings or --arrays.")
        activations = activations_from_npz(args.arrays)
    elif args.published is not None:
        activations = sources.activations_with(sources.published_networks(args.published), args.recordings)
    else:
        networks = sources.own_networks(args.models or paths.models_dir())
        activations = sources.activations_with(networks, args.recordings)
    with progress_bar("writing the cache") as progress:
        write_cache(out, activations, progress)
    return _say_kept(activations, out)


def _keep(args: argparse.Namespace, out: Path) -> int:
    """Make a cache of a file of any kind."""
    from auslan_explorer.io.cache import write_cache
    from auslan_explorer.workflows.reading import Brought, read_request, what_is

    made_by_itself = what_is(args.source) in (Brought.NETWORK, Brought.ARRAYS) and not args.layer
    with progress_bar("reading") as progress:
        activations = read_request(request_of(args, args.source, out if made_by_itself else None), progress=progress)
    if not made_by_itself:
        with progress_bar("writing the cache") as progress:
            write_cache(out, activations, progress)
    return _say_kept(activations, out)


def _say_kept(activations: Activations, out: Path) -> int:
    recordings = activations.wording.count(len(activations), "recording")
    steps, units = counted(activations.real_steps, "real step"), counted(activations.units, "unit")
    print(f"{out} holds {recordings}, {steps} of {units}.")
    return 0


def _check_cache(args: argparse.Namespace) -> int:
    from auslan_explorer.io.cache import check_cache

    with progress_bar("checking") as progress:
        problems = check_cache(args.file, progress)
    if not problems:
        print(f"{args.file} is a good activation cache.")
        return 0
    raise UserError("\n".join(problems))
