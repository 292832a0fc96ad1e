"""Trains a map in full, for the window, the command line and ensembles: train, align, project, measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial

import numpy as np

from auslan_explorer.analysis.quality import measure, pca
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.splits import TEST, VALIDATION
from auslan_explorer.ml.rows import check_finite
from auslan_explorer.ml.train_autoencoder import train_autoencoder
from auslan_explorer.training.alignment import Aligner, turned
from auslan_explorer.training.events import AutoencoderTrained, Event, Measured, Snapshot
from auslan_explorer.training.job import TrainingJob, measured_on


def train_map(
    job: TrainingJob,
    stop: Callable[[], bool] = never,
    cancelled: IsCancelled = never,
    urgently: Callable[[Callable[[], np.ndarray]], np.ndarray] = lambda work: work(),
) -> Iterator[Event]:
    """Train an autoencoder, align its map with the reference, and measure the map's quality.

    Parameters
    ----------
    job : TrainingJob
    stop, cancelled : callable, optional
        As in `ml.train_autoencoder.train_autoencoder`.
    urgently : callable, optional
        Calls a function that a person waits for after a stop, and returns its result.

    Yields
    ------
    Event
        As in `train_autoencoder`; snapshots and the finished map hold all real steps and the padding. `Measured` last.

    Raises
    ------
    UserError
        As `train_autoencoder`, and if too few recordings are chosen.
    Cancelled
    """
    job.settings.check()
    split = job.split()
    activations = replace(job.activations, split=split)
    states, prefix = activations.all_states(), activations.prefix
    check_finite(states)  # all of them: the map is of all recordings, whichever train
    aligner: Aligner | None = None
    both, real = np.concatenate([states, prefix]), len(states)
    shown: Snapshot | None = None
    for event in train_autoencoder(
        activations,
        job.settings,
        split,
        cancelled,
        stop,
        both if job.show_every else None,
        job.show_every or 1,
        job.thread_count,
    ):
        if aligner is None:  # after the first event, which comes once the states were found fit to learn from
            aligner = Aligner(_reference(activations, job.settings.dims), job.on_screen, job.settings.bottleneck)
        if isinstance(event, Snapshot):
            shown = event
            turn = aligner.next(event.points[:real])
            points = (event.points @ turn).astype(np.float32)
            yield Snapshot(event.epoch, points[:real], points[real:])
        elif isinstance(event, AutoencoderTrained):
            # Where the best epoch was shown, its map is known; encoded it is the same, a second or two later.
            if shown is not None and shown.epoch == event.best_epoch:
                places = shown.points
            else:
                places = urgently(partial(event.autoencoder.encode, both))
            turn = aligner.last(places[:real])
            trained = turned(event.autoencoder, turn)
            points = (places @ turn).astype(np.float32)
            yield replace(event, autoencoder=trained, points=points[:real], prefix=points[real:])
            on = measured_on(split)
            chosen = split == (TEST if on == "test" else VALIDATION)
            yield Measured({**asdict(measure(activations, trained, chosen)), "measured_on": on})
        else:
            yield event


def _reference(activations: Activations, dims: int) -> np.ndarray:
    """Return the map that the activations came with, else their principal components; the same for all trainings."""
    known = activations.projections.get(dims)
    if known is not None:
        return known.points
    return pca(activations, dims).encode(activations.all_states())
