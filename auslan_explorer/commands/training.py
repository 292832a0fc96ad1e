"""Commands that train networks: train classifier, train autoencoder, models."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auslan_explorer import __version__
from auslan_explorer.commands.common import (
    Commands,
    Parser,
    add_command,
    add_recordings,
    add_source,
    at_least,
    check_out,
    chosen_out,
    number,
    own_file,
    progress_bar,
    quietly,
)

if TYPE_CHECKING:
    import numpy as np

    from auslan_explorer.core.activations import Activations
    from auslan_explorer.training.settings import AutoencoderSettings

_SUFFIXES = (".h5", ".hdf5")


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = add_command(
        commands,
        "train",
        _train,
        "train a network",
        "`train classifier` and `train autoencoder`; each has its own --help.",
        "  auslan-explorer train classifier\n  auslan-explorer train autoencoder --dims 2",
    )
    networks = parser.add_subparsers(metavar="NETWORK", required=True, title="networks", parser_class=Parser)
    _add_classifier(networks)
    _add_autoencoder(networks)

    parser = add_command(
        commands,
        "models",
        _models,
        "train all that ships again",
        "Classifier, 2-D and 3-D autoencoder, activation cache, figures and model card, written into one folder.",
        "  auslan-explorer models --recordings tctodd.tar.gz --out models",
    )
    add_recordings(parser)
    parser.add_argument(
        "--published", metavar="DIR", type=Path, help="folder with the article's weight files, to report on them too"
    )
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="folder to write into (default: where the program's lie)"
    )
    parser.add_argument("--workers", metavar="N", type=at_least(1), default=2, help="trainings at a time (default: 2)")


def _made(**known: Any) -> dict[str, Any]:
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return {**known, "created": today, "program_version": __version__}


# ------------------------------------------------------------------------------------------------------- classifier
def _add_classifier(networks: Commands) -> None:
    parser = add_command(
        networks,
        "classifier",
        _train,
        "train the article's classifier on the recordings",
        "One LSTM layer of 100 units and a softmax layer over its last state. The weights that do best on the "
        "validation recordings are kept, and the split with them; `evaluate --models` looks at the test recordings.",
        "  auslan-explorer train classifier --seed 1 --out mine/classifier.h5",
    )
    parser.set_defaults(train=_train_classifier)
    add_recordings(parser)
    parser.add_argument(
        "--split",
        choices=["article", "sessions"],
        default="article",
        help="article: 21 recordings of each sign to train, the rest halved; sessions: whole recording sessions held "
        "out, which is harder (default: article)",
    )
    parser.add_argument("--seed", metavar="N", type=at_least(0), default=0, help="same seed, same network (default: 0)")
    parser.add_argument("--epochs", metavar="N", type=at_least(1), help="rounds over the recordings (default: 200)")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="file to write (default: models/classifier.h5 in your data folder)"
    )


def _train(args: argparse.Namespace) -> int:
    return int(args.train(args))


def _train_classifier(args: argparse.Namespace) -> int:
    from auslan_explorer.core.splits import article_split, session_split
    from auslan_explorer.io.models import recording_keys, save_classifier
    from auslan_explorer.io.recordings import open_recordings
    from auslan_explorer.ml.jobs import follow
    from auslan_explorer.training.events import ClassifierTrained
    from auslan_explorer.training.settings import ClassifierSettings

    out = chosen_out(args.out, own_file("classifier.h5"), _SUFFIXES)
    settings = ClassifierSettings(seed=args.seed, **({} if args.epochs is None else {"epochs": args.epochs}))
    settings.check()
    with progress_bar("reading recordings") as progress:
        recordings = open_recordings(args.recordings, progress).article_subset()
    split = article_split(recordings.sign) if args.split == "article" else session_split(recordings.session)
    with quietly():
        from auslan_explorer.ml.train_classifier import train_classifier

    with progress_bar("training") as progress:
        done = follow(train_classifier(recordings, split, settings), progress)
    assert isinstance(done, ClassifierTrained)
    info = _made(
        seed=settings.seed,
        split=args.split,
        settings=settings.as_dict(),
        best_epoch=done.best_epoch,
        epochs_run=done.epochs_run,
        validation_accuracy=done.validation_accuracy,
        validation_loss=done.validation_loss,
        seconds=round(done.seconds, 1),
    )
    save_classifier(out, done.classifier, info, split=split, recordings=recording_keys(recordings))
    print(
        f"The classifier is in {out}: {done.validation_accuracy:.2%} right on validation recordings "
        f"(epoch {done.best_epoch} of {done.epochs_run}, {done.seconds:.0f} s)."
    )
    return 0


# ------------------------------------------------------------------------------------------------------ autoencoder
def _add_autoencoder(networks: Commands) -> None:
    parser = add_command(
        networks,
        "autoencoder",
        _train,
        "train the autoencoder that squeezes hidden states to a map",
        "Without options of its own it uses the recommended recipe, on the shipped activations, so that no recordings "
        "are needed. The weights that do best on validation recordings are kept.",
        "  auslan-explorer train autoencoder --dims 2 --out mine/autoencoder-2d.h5",
    )
    parser.set_defaults(train=_train_autoencoder)
    parser.add_argument("--dims", type=int, choices=[2, 3], required=True, help="dimensions of the map")
    parser.add_argument("--seed", metavar="N", type=at_least(0), default=0, help="same seed, same map (default: 0)")
    parser.add_argument(
        "--recipe",
        choices=["recommended", "article"],
        default="recommended",
        help="what the options below are where they are not given; `info` tells them (default: recommended)",
    )
    parser.add_argument("--epochs", metavar="N", type=at_least(1), help="most rounds over the steps")
    parser.add_argument("--patience", metavar="N", type=at_least(1), help="rounds without improvement before it stops")
    parser.add_argument("--batch", metavar="N", type=at_least(1), help="steps learned from at a time")
    parser.add_argument("--learning-rate", metavar="X", type=number, help="highest learning rate")
    parser.add_argument("--noise", metavar="X", type=number, help="standard deviation of the noise on the input")
    parser.add_argument(
        "--bottleneck", choices=["linear", "tanh", "relu", "sigmoid"], help="activation at the bottleneck"
    )
    parser.add_argument(
        "--steps",
        choices=["moving", "all", "article"],
        help="which real steps to learn from: without those where the state stands still, all, or the article's 10-64",
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="file to write (default: models/autoencoder-2d.h5 in your data folder)"
    )
    add_source(parser)


def _settings(args: argparse.Namespace) -> AutoencoderSettings:
    from dataclasses import replace

    from auslan_explorer.training.settings import AutoencoderSettings, article_autoencoder

    if args.recipe == "article":
        start = article_autoencoder(args.dims, args.seed)
    else:
        start = AutoencoderSettings(dims=args.dims, seed=args.seed)
    names = ("epochs", "patience", "batch", "learning_rate", "noise", "bottleneck", "steps")
    return replace(start, **{name: getattr(args, name) for name in names if getattr(args, name) is not None})


def _train_autoencoder(args: argparse.Namespace) -> int:
    from auslan_explorer.analysis.quality import held_out, measure
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.io.at_hand import AUTOENCODERS
    from auslan_explorer.io.models import save_autoencoder
    from auslan_explorer.ml.jobs import follow
    from auslan_explorer.training.events import AutoencoderTrained

    out = chosen_out(args.out, own_file(AUTOENCODERS[args.dims]), _SUFFIXES)
    settings = _settings(args)
    settings.check()
    activations = _with_split(chosen_activations(args))
    with quietly():
        from auslan_explorer.ml.train_autoencoder import train_autoencoder

    with progress_bar("training") as progress:
        done = follow(train_autoencoder(activations, settings), progress)
    assert isinstance(done, AutoencoderTrained)
    with progress_bar("measuring the map") as progress:
        quality = measure(activations, done.autoencoder, held_out(activations), progress=progress)
    info = _made(
        seed=settings.seed,
        settings=settings.as_dict(),
        best_epoch=done.best_epoch,
        epochs_run=done.epochs_run,
        validation_loss=done.validation_loss,
        seconds=round(done.seconds, 1),
        trained_on=dict(activations.provenance),
    )
    save_autoencoder(out, done.autoencoder, info)
    explained = "nothing" if quality.explained_variance is None else f"{quality.explained_variance:.1%}"
    print(
        f"The autoencoder is in {out}: on held-out recordings it explains {explained} of the variance, last-step MSE "
        f"{quality.last_step_mse:.4f} (epoch {done.best_epoch} of {done.epochs_run}, {done.seconds:.0f} s)."
    )
    return 0


def _with_split(activations: Activations) -> Activations:
    """Return `activations` with recordings to train and to validate on, made where none are known."""
    from dataclasses import replace

    from auslan_explorer.core.splits import TRAIN, VALIDATION

    known = (activations.split == TRAIN).any() and (activations.split == VALIDATION).any()
    return activations if known else replace(activations, split=_new_split(activations.sign))


def _new_split(sign: np.ndarray) -> np.ndarray:
    import numpy as np

    from auslan_explorer.core.splits import ARTICLE_TRAIN_PER_SIGN, TEST, VALIDATION, article_split

    counts = np.bincount(sign)
    if counts[counts > 0].min() >= ARTICLE_TRAIN_PER_SIGN + 2:
        return article_split(sign)
    # Another network's classes may be few or many: a tenth of the recordings each to validate and to test.
    order = np.random.default_rng(0).permutation(len(sign))
    tenth = max(len(sign) // 10, 1)
    split = np.zeros(len(sign), dtype=np.uint8)
    split[order[:tenth]] = VALIDATION
    split[order[tenth : 2 * tenth]] = TEST
    return split


# ----------------------------------------------------------------------------------------------------------- models
def _models(args: argparse.Namespace) -> int:
    from auslan_explorer import paths
    from auslan_explorer.io.models import load_published
    from auslan_explorer.io.recordings import open_recordings

    folder = args.out or paths.models_dir()
    paths.make_folder(folder)
    for name in ("classifier.h5", "autoencoder-2d.h5", "autoencoder-3d.h5", "activations.h5"):
        check_out(folder / name)
    if args.published is not None:
        load_published(args.published)  # a mistake in it would else come to light after the training
    with progress_bar("reading recordings") as progress:
        recordings = open_recordings(args.recordings, progress)
    with quietly():
        from auslan_explorer.ml.make_models import make_models

    with progress_bar("making the models") as progress:
        figures = make_models(recordings, folder, args.published, workers=args.workers, progress=progress)
    print(f"All models are in {folder}; mean test accuracy {figures['classifier']['mean_test_accuracy']:.2%}.")
    return 0
