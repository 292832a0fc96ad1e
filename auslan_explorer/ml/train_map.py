"""Trains a map in full, for the window, the command line and ensembles: train, align, project, measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial

import numpy as np

from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.analysis.quality import measure, pca
from auslan_explorer.core.activations import Activations, ArrayStates, StateSource
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.splits import TEST, VALIDATION
from auslan_explorer.ml.rows import check_finite
from auslan_explorer.ml.sample import Sampling, WithPadding, encode_all, is_large
from auslan_explorer.ml.train_autoencoder import train_autoencoder
from auslan_explorer.training.alignment import Aligner, turned
from auslan_explorer.training.events import AutoencoderTrained, Event, Measured, Snapshot, Stage, Started
from auslan_explorer.training.job import MOST_ROWS, TrainingJob, measured_on


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
        Of very many hidden states a sample is learned from, and measured on.

    Raises
    ------
    UserError
        As `train_autoencoder`, and if too few recordings are chosen.
    Cancelled
    """
    job.settings.check()
    split = job.split()
    whole = activations = replace(job.activations, split=split)
    show_every = job.show_every
    states: StateSource = WithPadding(whole.states, whole.prefix)
    sampled = is_large(whole)
    if sampled:
        # Found once for all steps, a map of very many takes as long as learning from a sample of them.
        show_every *= -(-whole.real_steps // MOST_ROWS)
        sampling = Sampling(whole, job.settings.seed)
        for fraction in sampling.read():
            if cancelled():
                raise Cancelled
            yield Stage("reading", fraction)
        activations = sampling.activations()
    else:
        states = ArrayStates(np.concatenate([whole.all_states(), whole.prefix]))
        check_finite(states.array)  # all of them: the map is of all recordings, whichever train
    aligner: Aligner | None = None
    real = whole.real_steps
    shown: Snapshot | None = None
    yield Stage("preparing")
    for event in train_autoencoder(
        activations,
        job.settings,
        activations.split,
        cancelled,
        stop,
        states if job.show_every else None,
        show_every or 1,
        job.thread_count,
    ):
        if isinstance(event, Started):
            # From here on the states are known to be fit to learn from.
            aligner = Aligner(_reference(whole, job.settings.dims), job.on_screen, job.settings.bottleneck)
            yield replace(event, of_rows=real) if sampled else event
        elif isinstance(event, Snapshot):
            assert aligner is not None
            shown = event
            turn = aligner.next(event.points[:real])
            points = (event.points @ turn).astype(np.float32)
            yield Snapshot(event.epoch, points[:real], points[real:])
        elif isinstance(event, AutoencoderTrained):
            assert aligner is not None
            # Where the best epoch was shown, its map is known; encoded it is the same, a second or two later.
            if shown is not None and shown.epoch == event.best_epoch:
                places = shown.points
            else:
                yield Stage("projecting")
                places = urgently(partial(encode_all, event.autoencoder, states))
            turn = aligner.last(places[:real])
            trained = turned(event.autoencoder, turn)
            points = (places @ turn).astype(np.float32)
            yield replace(event, autoencoder=trained, points=points[:real], prefix=points[real:])
            on = measured_on(split)
            chosen = activations.split == (TEST if on == "test" else VALIDATION)
            yield Measured({**asdict(measure(activations, trained, chosen)), "measured_on": on})
        else:
            yield event


def _reference(whole: Activations, dims: int) -> np.ndarray:
    """Return the map that the activations came with, else their principal components; the same for all trainings."""
    known = whole.projections.get(dims)
    if known is not None:
        return known.points
    if is_large(whole):
        return with_principal_components(whole).projections[dims].points
    return pca(whole, dims).encode(whole.all_states())
