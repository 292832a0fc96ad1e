"""Command `stability`: reports which signs stay neighbours when the map is retrained."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_json,
    add_source,
    at_least,
    check_out,
    progress_bar,
)
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.core.ensemble import Ensemble
    from auslan_explorer.core.words import Words
    from auslan_explorer.training.cluster import TlsFiles
    from auslan_explorer.training.ensemble import SeedMap
    from auslan_explorer.training.settings import AutoencoderSettings

_SUFFIXES = (".h5", ".hdf5")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "stability",
        _stability,
        "say which neighbours survive retraining",
        "For pairs of signs: how far apart their paths are in the space of all units, and on how many maps of an "
        "ensemble they are among each other’s k nearest signs; the pairs that the article speaks of come first. "
        "Without --seeds the ensemble that ships is told. With --seeds so many autoencoders are trained, which "
        "differ in their seed alone, by the recipe `quick`; Ctrl+C keeps those that are finished.",
        "  auslan-explorer stability\n  auslan-explorer stability --seeds 20 --out stability.h5",
    )
    parser.add_argument("--seeds", metavar="N", type=at_least(2), help="train N maps, 2 to 50, with seeds from 0")
    parser.add_argument("--dims", type=int, choices=[2, 3], default=2, help="dimensions of the maps (default: 2)")
    parser.add_argument("--epochs", metavar="N", type=at_least(1), help="rounds over the steps (default: 10)")
    parser.add_argument(
        "--workers", metavar="N", type=at_least(1), help="trainings at a time (default: one a processor)"
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="train on the Dask cluster whose scheduler is there, tcp://HOST:PORT or tls://HOST:PORT; whoever runs it "
        "can run code on this computer, so it asks first",
    )
    parser.add_argument(
        "--trust-cluster",
        action="store_true",
        help="do not ask: the cluster is yours, and may run code on this computer",
    )
    for name, what in (("ca", "authority that signed the scheduler’s"), ("cert", "your own"), ("key", "key of your")):
        parser.add_argument(
            f"--tls-{name}", metavar="FILE", type=Path, help=f"{what} certificate, PEM (default: as Dask is configured)"
        )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="ensemble to write (default: in your data folder, for the window)"
    )
    parser.add_argument("--ensemble", metavar="FILE", type=Path, help="tell this ensemble instead of training one")
    parser.add_argument("--k", metavar="N", type=at_least(1), default=5, help="nearest signs that count (default: 5)")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write all pairs as a table")
    parser.add_argument(
        "--provenance",
        action="store_true",
        help="write where the table is from into a file beside it, FILE-metadata.json",
    )
    parser.add_argument("--pairs", metavar="N", type=at_least(0), default=20, help="pairs to print (default: 20)")
    add_json(parser)
    add_source(parser)


def _stability(args: argparse.Namespace) -> int:
    from auslan_explorer.core.signs import readable_name
    from auslan_explorer.io.stability_store import read_ensemble
    from auslan_explorer.workflows.origin import ensemble_origin
    from auslan_explorer.workflows.quality import count_pairs, export_pairs

    if args.csv is not None:
        check_out(args.csv, (".csv",))
    if args.provenance and args.csv is None:
        raise UserError("--provenance is written beside a table; give --csv, too.")
    if args.seeds is not None:
        if args.ensemble is not None:
            raise UserError("Give --seeds to train an ensemble, or --ensemble to tell one that is there, not both.")
        ensemble, names, words = _train(args)
    elif args.ensemble is not None:
        ensemble = read_ensemble(args.ensemble)
        names, words = tuple(map(readable_name, ensemble.signs)), ensemble.words
    else:
        ensemble, names, words = _known(args)
    found = count_pairs(ensemble, args.k)
    if args.csv is not None:
        origin = ensemble_origin(ensemble, words=words, command=args.command_line)
        export_pairs(found, names, args.csv, words, origin, args.provenance)
    if args.json:
        told = [_plain(pair, ensemble.signs) for pair in found]
        if not words.of_signs:
            told = [{name: value for name, value in pair.items() if name != "article"} for pair in told]
        print(json.dumps({"seeds": list(ensemble.seeds), "k": args.k, "pairs": told}, ensure_ascii=False))
    else:
        _print(ensemble, names, found[: args.pairs], args.k, words)
    return 0


def _known(args: argparse.Namespace) -> tuple[Ensemble, tuple[str, ...], Words]:
    from auslan_explorer.analysis.neighbours import fingerprint
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.io.stability_store import find_ensemble

    activations = chosen_activations(args)
    found = find_ensemble(fingerprint(activations.states, activations.lengths), args.dims)
    if found is None:
        raise UserError("There is no ensemble of these hidden states yet; train one with --seeds 20.")
    return found, activations.names, activations.wording


def _train(args: argparse.Namespace) -> tuple[Ensemble, tuple[str, ...], Words]:
    from dataclasses import replace

    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.io.stability_store import save_ensemble, write_ensemble
    from auslan_explorer.training import prerequisites
    from auslan_explorer.training.ensemble import FEWEST_KEPT, assemble_ensemble, check_seeds
    from auslan_explorer.training.settings import quick_autoencoder

    seeds = range(args.seeds)
    check_seeds(seeds)
    if args.cluster is None:
        prerequisites.check()
    else:
        _confirm_cluster(args)
    if args.out is not None:
        check_out(args.out, _SUFFIXES)
    settings = quick_autoencoder(args.dims)
    if args.epochs is not None:
        settings = replace(settings, epochs=args.epochs)
    activations = chosen_activations(args)
    maps: list[SeedMap] = []
    try:
        _train_maps(args, activations, settings, seeds, maps)
    except KeyboardInterrupt:
        if len(maps) < FEWEST_KEPT:
            raise
        print(f"Stopped; what was finished is kept, {counted(len(maps), 'map')}.")
    ensemble = assemble_ensemble(activations, sorted(maps, key=lambda each: each.seed), settings)
    if args.out is None:
        out = save_ensemble(ensemble)
    else:
        out = args.out
        write_ensemble(out, ensemble)
    print(f"{out} holds {counted(len(ensemble.seeds), 'map')}.")
    return ensemble, activations.names, activations.wording


def _confirm_cluster(args: argparse.Namespace) -> None:
    """Ask whether the scheduler may run code here; without a terminal to ask on, `--trust-cluster` has to say so."""
    from auslan_explorer.training.cluster import RISK

    if args.trust_cluster:
        return
    risk = RISK.format(args.cluster)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UserError(f"{risk} Add --trust-cluster if it is.")
    print(f"{risk}\nConnect to it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UserError("Nothing was connected to.")


def _tls(args: argparse.Namespace) -> TlsFiles | None:
    from auslan_explorer.training.cluster import TlsFiles

    given = (args.tls_ca, args.tls_cert, args.tls_key)
    if given == (None, None, None):
        return None
    if args.cluster is None:
        raise UserError("Files for TLS belong to a cluster; give its address by --cluster, or leave them out.")
    return TlsFiles(*given)


def _train_maps(
    args: argparse.Namespace,
    activations: Activations,
    settings: AutoencoderSettings,
    seeds: Sequence[int],
    maps: list[SeedMap],
) -> None:
    from auslan_explorer.workflows.quality import train_maps

    with progress_bar("training") as progress:
        done = train_maps(
            activations,
            settings,
            seeds,
            cluster=args.cluster,
            tls=_tls(args),
            workers=args.workers,
            on_map=maps.append,
            progress=progress,
        )
    for seed, why in done.failed:
        print(f"Seed {seed} is missing: {why}")


def _plain(pair: Any, signs: Sequence[str]) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(pair), "one": signs[pair.one], "other": signs[pair.other], "verdict": pair.verdict}


def _print(ensemble: Ensemble, names: Sequence[str], found: Sequence[Any], k: int, words: Words) -> None:
    from auslan_explorer.core.signs import joined_names

    maps, signs = counted(len(ensemble.seeds), "map"), words.count(len(ensemble.signs), "sign")
    print(f"{maps} of {signs}. Neighbours: among each other’s {k} nearest, by whole paths and by their ends.")
    print(f"{'pair':<28}{'apart':>7}{'rank':>7}{'paths':>8}{'ends':>8}  paths over retraining")
    for pair in found:
        both = joined_names(names[pair.one], names[pair.other])
        star = "" if pair.path_true else "  (not neighbours in the full space)"
        print(
            f"{both:<28}{pair.path_distance:>7.2f}{pair.path_rank:>7}{f'{pair.path_maps}/{pair.maps}':>8}"
            f"{f'{pair.end_maps}/{pair.maps}':>8}  {pair.verdict}{star}"
        )
