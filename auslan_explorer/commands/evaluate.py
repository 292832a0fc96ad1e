"""Command `evaluate`: accuracy and errors of the classifier, and the quality of each map."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_json,
    add_recordings,
    progress_bar,
)

if TYPE_CHECKING:
    from auslan_explorer.analysis.quality import Quality
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.core.network import Autoencoder


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "evaluate",
        _evaluate,
        "say how good the networks are",
        "Accuracy for each split, every misclassified recording, and for the 2-D and the 3-D map: explained variance, "
        "reconstruction error (of all real steps, and of last steps alone), trustworthiness and continuity with 12 "
        "neighbours, the sign accuracy of last steps by their 5 nearest neighbours, and how smooth paths are: the "
        "share of recordings with a step longer than a tenth of the map, the largest step beside the path's length, "
        "and how map steps go with the hidden state's own; all of it on recordings "
        "held out from training, where that is known, else on all. Beside them stand principal components, a sign's "
        "mean path, and the article's maps of its own network. Without options the shipped networks are measured "
        "on the shipped activations, and no recordings are needed.",
        "  auslan-explorer evaluate\n  auslan-explorer evaluate --published ../shared/data/published --json",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--published",
        metavar="PLACE",
        type=Path,
        help="measure the weights behind the article's figures, or one weight file of Keras 2",
    )
    source.add_argument(
        "--models", metavar="DIR", type=Path, help="measure the networks in this folder (default: those that ship)"
    )
    source.add_argument(
        "--autoencoder-on-published",
        metavar="DIR",
        type=Path,
        help="train this program's autoencoders on the published classifier's hidden states, with the article's kind "
        "of split, and measure them on the recordings held out",
    )
    source.add_argument(
        "--protocol",
        choices=["mts", "sessions"],
        help="train and test the article's network as published figures are made, of which the model card tells: mts, "
        "the time series archives' split, five times; sessions, each recording session left out once (both take long)",
    )
    add_recordings(parser)
    add_json(parser)


def _evaluate(args: argparse.Namespace) -> int:
    from auslan_explorer.analysis.quality import held_out, measure

    if args.protocol is not None:
        return _by_protocol(args)
    activations, autoencoders = _chosen(args)
    recordings = held_out(activations)
    found = {}
    for dims, autoencoder in sorted(autoencoders.items()):
        with progress_bar(f"measuring the {dims}-D map") as progress:
            found[dims] = measure(activations, autoencoder, recordings, progress=progress)
    # Split codes that were made for the autoencoders say nothing about the published classifier's training.
    own_split = args.autoencoder_on_published is None
    article = {} if args.published is not None else _article_figures(found)
    if args.json:
        print(json.dumps(_as_json(activations, found, article, own_split), indent=2, ensure_ascii=False))
    else:
        _print(activations, found, article, own_split)
    return 0


def _article_figures(dims: Iterable[int]) -> dict[int, Mapping[str, float]]:
    """Return what the article's own maps reach on the hidden states of the article's own network, where it is known."""
    from auslan_explorer.workflows.quality import published_figures

    known = {each: published_figures(each) for each in sorted(dims)}
    return {each: figures for each, figures in known.items() if figures}


def _by_protocol(args: argparse.Namespace) -> int:
    from auslan_explorer.io.recordings import open_recordings
    from auslan_explorer.ml.protocols import run_protocol
    from auslan_explorer.training import prerequisites

    prerequisites.check()
    with progress_bar("reading recordings") as progress:
        recordings = open_recordings(args.recordings, progress)
    with progress_bar("training") as progress:
        found = run_protocol(args.protocol, recordings, progress=progress)
    if args.json:
        print(json.dumps(found, indent=2))
        return 0
    print(
        f"Accuracy on the test recordings, which took no part in training: mean {found['mean']:.2%}, "
        f"worst {found['worst']:.2%}, standard deviation {found['deviation']:.2%}"
    )
    print(f"{found['signs']} signs; about {found['train']} recordings to train and {found['test']} to test each time:")
    for run, accuracy in found["accuracy"].items():
        print(f"  {'session' if args.protocol == 'sessions' else 'seed'} {run}: {accuracy:.2%}")
    return 0


def _chosen(args: argparse.Namespace) -> tuple[Activations, Mapping[int, Autoencoder]]:
    from auslan_explorer import paths
    from auslan_explorer.commands import sources

    if args.autoencoder_on_published is not None:
        return _trained_on_published(args.autoencoder_on_published, args.recordings)
    if args.published is not None:
        networks = sources.published_networks(args.published)
    elif args.models is not None or args.recordings is not None:
        networks = sources.own_networks(args.models or paths.models_dir())
    else:
        return sources.shipped_activations(), sources.load_autoencoders(paths.models_dir())
    return sources.activations_with(networks, args.recordings), networks.autoencoders


def _trained_on_published(folder: Path, source: Path | None) -> tuple[Activations, Mapping[int, Autoencoder]]:
    from auslan_explorer.commands import sources
    from auslan_explorer.core.splits import article_split
    from auslan_explorer.ml.jobs import AutoencoderJob, run_side_by_side
    from auslan_explorer.training import prerequisites
    from auslan_explorer.training.events import AutoencoderTrained
    from auslan_explorer.training.settings import recommended_autoencoder

    prerequisites.check()
    networks = sources.published_networks(folder)
    activations = sources.activations_with(networks, source, split=lambda recordings: article_split(recordings.sign))
    jobs = {f"{dims}-D": AutoencoderJob(activations, recommended_autoencoder(dims)) for dims in (2, 3)}
    with progress_bar("training") as progress:
        trained = run_side_by_side(jobs, len(jobs), progress)
    results = [result for result in trained.values() if isinstance(result, AutoencoderTrained)]
    return activations, {result.autoencoder.dims: result.autoencoder for result in results}


def _as_json(
    activations: Activations, found: Mapping[int, Quality], article: Mapping[int, Mapping[str, float]], own_split: bool
) -> dict[str, object]:
    from auslan_explorer.analysis.errors import accuracy, mistakes
    from auslan_explorer.analysis.yardsticks import mean_path_explained

    shares, wrong = accuracy(activations), [asdict(mistake) for mistake in mistakes(activations)]
    if not own_split:
        shares = {"all": shares["all"]}
        wrong = [{**mistake, "split": None} for mistake in wrong]
    return {
        "classifier": {"accuracy": shares, "errors": wrong},
        "projections": {f"{dims}d": asdict(quality) for dims, quality in found.items()},
        "yardsticks": {
            "mean_path": mean_path_explained(activations),
            "article": {f"{dims}d": {key: figures.get(key) for key in _ROWS} for dims, figures in article.items()},
        },
    }


_ROWS = {
    "explained_variance": "explained variance",
    "mse": "reconstruction error (MSE)",
    "last_step_mse": "the same, last step only",
    "trustworthiness": "trustworthiness, k = 12",
    "continuity": "continuity, k = 12",
    "knn_accuracy": "sign by 5 neighbours",
    "trustworthiness_elsewhere": "among other recordings only",
    "long_steps": "with a step > 10 % of the map",
    "long_steps_log": "the same after signed log",
    "largest_step": "largest step / path, median",
    "step_correlation": "map steps with state's steps",
}


def _print(
    activations: Activations, found: Mapping[int, Quality], article: Mapping[int, Mapping[str, float]], own_split: bool
) -> None:
    from auslan_explorer.analysis.errors import accuracy, mistakes
    from auslan_explorer.analysis.quality import held_out, pca, reconstruction
    from auslan_explorer.analysis.yardsticks import mean_path_explained

    shares, wrong = accuracy(activations), mistakes(activations)
    shown = shares if own_split else {"all": shares["all"]}
    print("Accuracy: " + (", ".join(f"{name} {share:.2%}" for name, share in shown.items()) or "not known"))
    print(f"Misclassified: {len(wrong)} of {len(activations)} recordings")
    for mistake in wrong:
        where = f"{mistake.split}: " if mistake.split and own_split else ""
        print(
            f"  {where}{mistake.sign} (session {mistake.session}, trial {mistake.trial}) taken for {mistake.predicted}"
        )
    if not found:
        print("There are no autoencoders here to measure; `train autoencoder` makes one.")
        return
    rows = held_out(activations)
    count = len(activations) if rows is None else int(rows.sum())
    print(
        f"Maps, measured on {'all' if rows is None else 'the'} {count} recordings{'' if rows is None else ' held out'}:"
    )
    columns: dict[str, Mapping[str, float | None]] = {f"{dims}-D": asdict(quality) for dims, quality in found.items()}
    for dims in found:
        explained, mse, last = reconstruction(activations, pca(activations, dims), rows)
        columns[f"PCA {dims}-D"] = {"explained_variance": explained, "mse": mse, "last_step_mse": last}
    columns |= {f"article {dims}-D": figures for dims, figures in article.items()}
    print(f"  {'':30}" + "".join(f"{title:>13}" for title in columns))
    for key, text in _ROWS.items():
        values = [column.get(key) for column in columns.values()]
        print(f"  {text:30}" + "".join(f"{'–' if value is None else f'{value:.4f}':>13}" for value in values))
    if article:
        print("The article's maps are measured on its own network's hidden states, of all recordings.")
    mean_path = mean_path_explained(activations)
    if mean_path is not None:
        print(f"A sign's mean path over its training recordings alone explains {mean_path:.4f} of the variance.")
