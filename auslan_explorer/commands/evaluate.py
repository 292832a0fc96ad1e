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
from auslan_explorer.commands.figures_of_maps import FIGURES
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted

if TYPE_CHECKING:
    from auslan_explorer.analysis.errors import Mistake
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
        "share of recordings with a step longer than a tenth of the map, the largest step beside the path’s length, "
        "and how map steps go with the hidden state’s own; all of it on recordings "
        "held out from training, where that is known, else on all. Beside them stand principal components, a sign’s "
        "mean path, and the article’s maps of its own network. Without options the shipped networks are measured "
        "on the shipped activations, and no recordings are needed; --cache measures any other network and the newest "
        "maps that were trained on it.",
        "  auslan-explorer evaluate\n  auslan-explorer evaluate --published ../shared/data/published --json\n"
        "  auslan-explorer evaluate --cache mine.h5",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--published",
        metavar="PLACE",
        type=Path,
        help="measure the weights behind the article’s figures, or one weight file of Keras 2",
    )
    source.add_argument(
        "--models", metavar="DIR", type=Path, help="measure the networks in this folder (default: those that ship)"
    )
    source.add_argument("--cache", metavar="FILE", type=Path, help="measure the network of this activation cache")
    source.add_argument(
        "--autoencoder-on-published",
        metavar="DIR",
        type=Path,
        help="train this program’s autoencoders on the published classifier’s hidden states, with the article’s kind "
        "of split, and measure them on the recordings held out",
    )
    source.add_argument(
        "--protocol",
        choices=["mts", "sessions"],
        help="train and test the article’s network as published figures are made, of which the model card tells: mts, "
        "the time series archives’ split, five times; sessions, each recording session left out once (both take long)",
    )
    add_recordings(parser)
    add_json(parser)


def _evaluate(args: argparse.Namespace) -> int:
    from auslan_explorer.analysis.quality import held_out, measure

    if args.protocol is not None:
        return _by_protocol(args)
    if args.cache is not None and args.recordings is not None:
        raise UserError("A cache holds its own hidden states; leave out --recordings or --cache.")
    activations, autoencoders = _chosen(args)
    args.words = activations.wording
    recordings = held_out(activations)
    found = {}
    for dims, autoencoder in sorted(autoencoders.items()):
        with progress_bar(f"measuring the {dims}-D map") as progress:
            found[dims] = measure(activations, autoencoder, recordings, progress=progress)
    # Split codes that were made for the autoencoders say nothing about the published classifier's training.
    own_split = args.autoencoder_on_published is None
    article = _article_figures(found) if activations.wording.of_signs and args.published is None else {}
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
        found = run_protocol(args.protocol, recordings, progress=progress).figures
    if args.json:
        print(json.dumps(found, indent=2))
        return 0
    print(
        f"Accuracy on the test recordings, which took no part in training: mean {found['mean']:.2%}, "
        f"worst {found['worst']:.2%}, standard deviation {found['deviation']:.2%}"
    )
    trained = counted(found["train"], "recording")
    print(f"{counted(found['signs'], 'sign')}; about {trained} to train and {found['test']} to test each time:")
    for run, accuracy in found["accuracy"].items():
        print(f"  {'session' if args.protocol == 'sessions' else 'seed'} {run}: {accuracy:.2%}")
    return 0


def _chosen(args: argparse.Namespace) -> tuple[Activations, Mapping[int, Autoencoder]]:
    from auslan_explorer import paths
    from auslan_explorer.commands import sources

    if args.autoencoder_on_published is not None:
        return _trained_on_published(args.autoencoder_on_published, args.recordings)
    if args.cache is not None:
        return _of_cache(args.cache)
    if args.published is not None:
        networks = sources.published_networks(args.published)
    elif args.models is not None or args.recordings is not None:
        networks = sources.own_networks(args.models or paths.models_dir())
    else:
        return sources.shipped_activations(), sources.load_autoencoders(paths.models_dir())
    return sources.activations_with(networks, args.recordings), networks.autoencoders


def _of_cache(file: Path) -> tuple[Activations, Mapping[int, Autoencoder]]:
    """Return the activations of a file, and the autoencoders of its own maps, else of the newest trained on them."""
    from auslan_explorer.io.readers import read_activations
    from auslan_explorer.workflows.opening import newest_maps
    from auslan_explorer.workflows.quality import find_autoencoder

    activations = read_activations(file)
    maps = [(dims, "", projection) for dims, projection in activations.projections.items()]
    maps += [(dims, run, projection) for dims, (run, projection) in newest_maps(activations, (2, 3)).items()]
    found: dict[int, Autoencoder] = {}
    for dims, run, projection in maps:
        autoencoder = None if dims in found else find_autoencoder(activations, projection, run)
        if autoencoder is not None:
            found[dims] = autoencoder
    return activations, found


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

    shares, wrong = accuracy(activations), [_mistake(activations, mistake) for mistake in mistakes(activations)]
    if not own_split:
        shares = {"all": shares["all"]}
        wrong = [{**mistake, "split": None} for mistake in wrong]
    yardsticks: dict[str, object] = {"mean_path": mean_path_explained(activations)}
    if activations.wording.of_signs:
        of_article = {f"{dims}d": {key: known.get(key) for key in FIGURES} for dims, known in article.items()}
        yardsticks["article"] = of_article
    return {
        "classifier": {"accuracy": shares, "errors": wrong},
        "projections": {f"{dims}d": asdict(quality) for dims, quality in found.items()},
        "yardsticks": yardsticks,
    }


def _mistake(a: Activations, mistake: Mistake) -> dict[str, object]:
    """Return a mistake as JSON values, by the names that the data's table of paths has."""
    if a.wording.of_signs:
        own: dict[str, object] = {"session": mistake.session, "trial": mistake.trial}
    else:
        named = {"name": a.recording_names[mistake.recording]} if a.recording_names else {}
        own = {"sequence": mistake.recording, **named}
    return {"split": mistake.split, a.wording.key("sign"): mistake.sign, **own, "predicted": mistake.predicted}


def _print(
    activations: Activations, found: Mapping[int, Quality], article: Mapping[int, Mapping[str, float]], own_split: bool
) -> None:
    from auslan_explorer.analysis.errors import accuracy, mistakes
    from auslan_explorer.analysis.quality import held_out, pca, reconstruction
    from auslan_explorer.analysis.yardsticks import mean_path_explained

    shares, wrong = accuracy(activations), mistakes(activations)
    shown = shares if own_split else {"all": shares["all"]}
    say = activations.wording.say
    print("Accuracy: " + (", ".join(f"{name} {share:.2%}" for name, share in shown.items()) or "not known"))
    if shares:
        print(f"Misclassified: {len(wrong)} of {activations.wording.count(len(activations), 'recording')}")
    for mistake in wrong:
        where = f"{mistake.split}: " if mistake.split and own_split else ""
        print(f"  {where}{mistake.sign} ({_which(activations, mistake)}) taken for {mistake.predicted}")
    if not found:
        print("There are no autoencoders here to measure; `train autoencoder` makes one.")
        return
    rows = held_out(activations)
    count = len(activations) if rows is None else int(rows.sum())
    recordings = activations.wording.count(count, "recording")
    print(f"Maps, measured on {f'all {recordings}' if rows is None else f'the {recordings} held out'}:")
    columns: dict[str, Mapping[str, float | None]] = {f"{dims}-D": asdict(quality) for dims, quality in found.items()}
    for dims in found:
        explained, mse, last = reconstruction(activations, pca(activations, dims), rows)
        columns[f"PCA {dims}-D"] = {"explained_variance": explained, "mse": mse, "last_step_mse": last}
    columns |= {f"article {dims}-D": figures for dims, figures in article.items()}
    print(f"  {'':30}" + "".join(f"{title:>13}" for title in columns))
    for key, text in FIGURES.items():
        values = [column.get(key) for column in columns.values()]
        print(f"  {say(text):30}" + "".join(f"{'–' if value is None else f'{value:.4f}':>13}" for value in values))
    if article:
        print("The article’s maps are measured on its own network’s hidden states, of all recordings.")
    mean_path = mean_path_explained(activations)
    if mean_path is not None:
        sentence = "A sign’s mean path over its training recordings alone explains {0} of the variance."
        print(say(sentence, f"{mean_path:.4f}"))


def _which(a: Activations, mistake: Mistake) -> str:
    if a.wording.of_signs:
        return f"session {mistake.session}, trial {mistake.trial}"
    if a.recording_names:
        return a.recording_names[mistake.recording]
    return f"{a.wording.sequence_word} {mistake.recording + 1}"
