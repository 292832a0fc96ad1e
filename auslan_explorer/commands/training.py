"""Commands `train` and `models`: train a classifier or an autoencoder, or everything that ships."""

from __future__ import annotations

import argparse
from pathlib import Path

from auslan_explorer.commands import map_training
from auslan_explorer.commands.common import (
    NETWORK_SUFFIXES,
    Commands,
    Parser,
    add_command,
    add_recordings,
    at_least,
    check_out,
    chosen_out,
    made,
    own_file,
    progress_bar,
    quietly,
)


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
    map_training.add_to(networks)

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
        "--published", metavar="DIR", type=Path, help="folder with the article’s weight files, to report on them too"
    )
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="folder to write into (default: where the program’s lie)"
    )
    parser.add_argument("--workers", metavar="N", type=at_least(1), default=2, help="trainings at a time (default: 2)")


# ------------------------------------------------------------------------------------------------------- classifier
def _add_classifier(networks: Commands) -> None:
    parser = add_command(
        networks,
        "classifier",
        _train,
        "train the article’s classifier on the recordings",
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
    from auslan_explorer.io.temporary import temporary_files_inside
    from auslan_explorer.ml.jobs import consume_events
    from auslan_explorer.training import prerequisites
    from auslan_explorer.training.events import ClassifierTrained
    from auslan_explorer.training.settings import ClassifierSettings

    prerequisites.check()
    out = chosen_out(args.out, own_file("classifier.h5"), NETWORK_SUFFIXES)
    settings = ClassifierSettings(seed=args.seed, **({} if args.epochs is None else {"epochs": args.epochs}))
    settings.check()
    with progress_bar("reading recordings") as progress:
        recordings = open_recordings(args.recordings, progress).article_subset()
    split = article_split(recordings.sign) if args.split == "article" else session_split(recordings.session)
    with quietly():
        from auslan_explorer.ml.train_classifier import train_classifier

    with temporary_files_inside("training"), progress_bar("training") as progress:
        done = consume_events(train_classifier(recordings, split, settings), progress)
    assert isinstance(done, ClassifierTrained)
    info = made(
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


# ----------------------------------------------------------------------------------------------------------- models
def _models(args: argparse.Namespace) -> int:
    from auslan_explorer import paths
    from auslan_explorer.io.models import load_published
    from auslan_explorer.io.recordings import open_recordings
    from auslan_explorer.training import prerequisites

    prerequisites.check()
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
