"""Command `train autoencoder`: trains a map in a child process, as the window does, and saves it as a run."""

from __future__ import annotations

import argparse
import queue
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    NETWORK_SUFFIXES,
    Commands,
    add_command,
    add_source,
    at_least,
    chosen_out,
    made,
    number,
    own_file,
    progress_bar,
)
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from auslan_explorer.core.words import Words
    from auslan_explorer.training.events import AutoencoderTrained, EpochDone, Event
    from auslan_explorer.training.job import TrainingJob
    from auslan_explorer.training.settings import AutoencoderSettings

_TRAINED_SHARE = 0.97
"""Fraction of the progress; the rest is measuring."""


def add_to(networks: Commands) -> None:
    """Add the command `train autoencoder`."""
    parser = add_command(
        networks,
        "autoencoder",
        train_autoencoder,
        "train the autoencoder that squeezes hidden states to a map",
        "Without options of its own it uses the recommended recipe, on the shipped activations, so that no recordings "
        "are needed. The weights that do best on validation recordings are kept, and the map joins the runs that the "
        "window shows (`runs list`).",
        "  auslan-explorer train autoencoder --dims 2 --name 'first try' --out mine/autoencoder-2d.h5",
    )
    parser.set_defaults(train=train_autoencoder)
    parser.add_argument("--dims", type=int, choices=[2, 3], required=True, help="dimensions of the map")
    parser.add_argument("--seed", metavar="N", type=at_least(0), default=0, help="same seed, same map (default: 0)")
    parser.add_argument(
        "--recipe",
        choices=["recommended", "sharp", "article", "quick"],
        default="recommended",
        help="what the options below are where they are not given; `runs show` tells them (default: recommended)",
    )
    parser.add_argument("--epochs", metavar="N", type=at_least(1), help="most rounds over the steps")
    parser.add_argument("--patience", metavar="N", type=at_least(1), help="rounds without improvement before it stops")
    parser.add_argument("--batch", metavar="N", type=at_least(1), help="steps learned from at a time")
    parser.add_argument("--learning-rate", metavar="X", type=number, help="highest learning rate")
    parser.add_argument("--noise", metavar="X", type=number, help="standard deviation of the noise on the input")
    parser.add_argument(
        "--smoothness", metavar="X", type=number, help="weight of smoothness in time, so that paths do not tear"
    )
    parser.add_argument("--widths", metavar="N,N", type=_widths, help="layer widths from the hidden state to the map")
    parser.add_argument(
        "--bottleneck", choices=["linear", "tanh", "relu", "sigmoid"], help="activation at the bottleneck"
    )
    parser.add_argument(
        "--steps",
        choices=["moving", "all", "article"],
        help="which real steps to learn from: without those where the state stands still, all, or the article’s 10-64",
    )
    parser.add_argument(
        "--train-on",
        dest="which",
        choices=["train", "all"],
        help="which recordings: the training split, or all but a tenth (default: train)",
    )
    parser.add_argument("--name", metavar="TEXT", default="", help="what the run is called")
    parser.add_argument("--no-run", action="store_true", help="write the file alone and keep no run")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="file to write (default: models/autoencoder-2d.h5 in your data folder)"
    )
    add_source(parser)


def _widths(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and len(part) < 6 for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} are no layer widths; give whole numbers, such as 600,150")
    return tuple(map(int, parts))


def _settings(args: argparse.Namespace) -> AutoencoderSettings:
    from dataclasses import replace

    from auslan_explorer.training.settings import (
        article_autoencoder,
        quick_autoencoder,
        recommended_autoencoder,
        sharp_autoencoder,
    )

    recipes = {
        "recommended": recommended_autoencoder,
        "sharp": sharp_autoencoder,
        "article": article_autoencoder,
        "quick": quick_autoencoder,
    }
    start = recipes[args.recipe](args.dims, args.seed)
    names = ("epochs", "patience", "batch", "learning_rate", "noise", "smoothness", "widths", "bottleneck", "steps")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    if args.which is not None:
        given["recordings"] = args.which
    return replace(start, **given)


def train_autoencoder(args: argparse.Namespace) -> int:
    """Train an autoencoder, write its file and save the run."""
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.io.model_lookup import AUTOENCODERS
    from auslan_explorer.io.models import save_autoencoder
    from auslan_explorer.training import prerequisites
    from auslan_explorer.training.job import TrainingJob
    from auslan_explorer.training.run_file import checked_name
    from auslan_explorer.training.runs import RunStore, new_run

    prerequisites.check()
    out = chosen_out(args.out, own_file(AUTOENCODERS[args.dims]), NETWORK_SUFFIXES)
    settings = _settings(args)
    settings.check()
    name = checked_name(args.name) if args.name else ""
    store = None if args.no_run else RunStore()
    if store is not None:
        store.check_writable()
    activations = chosen_activations(args)
    job = TrainingJob(activations, settings)
    job.split()  # report invalid choices before TensorFlow starts
    done, metrics = run_with_progress(job)
    save_autoencoder(
        out,
        done.autoencoder,
        made(
            seed=settings.seed,
            settings=settings.as_dict(),
            best_epoch=done.best_epoch,
            epochs_run=done.epochs_run,
            validation_loss=done.validation_loss,
            seconds=round(done.seconds, 1),
            trained_on=dict(activations.provenance),
        ),
    )
    worth = _worth(metrics, activations.wording)
    took = f"(epoch {done.best_epoch} of {done.epochs_run}, {done.seconds:.0f} s)"
    print(f"The autoencoder is in {out}: {worth} {took}.")
    if store is not None:
        picture = _thumbnail(done, activations.step_of_point())
        kept = store.save(new_run(activations, settings, done, metrics, picture, name))
        print(f"It is kept as run {kept.id}, “{kept.name}”.")
    return 0


def _thumbnail(done: AutoencoderTrained, steps: Any) -> bytes:
    from auslan_explorer.draw.thumbnail import thumbnail

    assert done.points is not None  # a training in a child process always sends them
    return thumbnail(done.points, steps)


def _worth(metrics: Mapping[str, Any], words: Words) -> str:
    if not metrics:
        return "what it is worth could not be measured"
    explained = metrics["explained_variance"]
    share = "nothing" if explained is None else f"{explained:.1%}"
    which = "held-out recordings" if metrics["measured_on"] == "test" else "validation recordings"
    found = "on {0} it explains {1} of the variance, last-step MSE {2}"
    return words.say(found, words.say(which), share, f"{metrics['last_step_mse']:.4f}")


def run_with_progress(job: TrainingJob) -> tuple[AutoencoderTrained, Mapping[str, Any]]:
    """Run a training in a child process, with a progress bar; an interrupt ends that process at once.

    Returns
    -------
    trained : AutoencoderTrained
    metrics : mapping
        Of the event `training.events.Measured`.

    Raises
    ------
    UserError
        With the sentence of the event `training.events.Failed`.
    """
    from auslan_explorer.training.supervisor import Training

    events: queue.Queue[Event] = queue.Queue()
    training = Training(job, events.put)
    training.start()
    try:
        with progress_bar("training") as progress:
            return _until_measured(events, progress)
    finally:
        training.cancel()
        training.wait(5)


def _until_measured(events: queue.Queue[Event], progress: Progress) -> tuple[AutoencoderTrained, Mapping[str, Any]]:
    from auslan_explorer.training.events import (
        STAGES,
        AutoencoderTrained,
        BatchesDone,
        EpochDone,
        Failed,
        Measured,
        Stage,
        Started,
    )

    trained: AutoencoderTrained | None = None
    text, done = "starting", 0.0
    while True:
        try:
            event = events.get(timeout=0.5)  # without a limit, Windows would not hear an interrupt
        except queue.Empty:
            continue
        if isinstance(event, Stage):
            progress(done, STAGES[event.name])
        elif isinstance(event, Started) and event.of_rows:
            text = f"learning from {event.training_rows} of {event.of_rows} steps"
        elif isinstance(event, BatchesDone):
            done = _TRAINED_SHARE * event.fraction
            progress(done, text)
        elif isinstance(event, EpochDone):
            text = _described(event)
        elif isinstance(event, AutoencoderTrained):
            trained = event
            progress(_TRAINED_SHARE, "measuring the map")
        elif isinstance(event, Measured) and trained is not None:
            return trained, event.quality
        elif isinstance(event, Failed):
            raise UserError(event.sentence + (f" Its last words: {event.log[-1]}" if event.log else ""))


def _described(event: EpochDone) -> str:
    return f"epoch {event.epoch} of {event.epochs}, validation loss {event.validation_loss:.4f}"
