"""A whole training of a map, as the window, the command line and ensembles run it: train, turn, project, measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace

import numpy as np

from auslan_explorer.analysis.quality import measure, pca
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import TEST, VALIDATION
from auslan_explorer.ml.rows import check_finite
from auslan_explorer.ml.train_autoencoder import train_autoencoder
from auslan_explorer.training.alignment import Aligner, turned
from auslan_explorer.training.events import AutoencoderTrained, Event, Measured, Snapshot
from auslan_explorer.training.job import TrainingJob, measured_on


def train_map(
    job: TrainingJob, stop: Callable[[], bool] | None = None, cancelled: Callable[[], bool] | None = None
) -> Iterator[Event]:
    """Train, with the map turned to where it was, and say what it is worth.

    Parameters
    ----------
    job : TrainingJob
    stop, cancelled : callable, optional
        As `train_autoencoder` takes them.

    Yields
    ------
    Event
        As `train_autoencoder`; snapshots and the finished map hold all real steps and the padding. `Measured` last.

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
    show = np.concatenate([states, prefix]) if job.show_every else None
    real = len(states)
    for event in train_autoencoder(
        activations, job.settings, split, cancelled, stop, show, job.show_every or 1, job.thread_count
    ):
        if aligner is None:  # after the first event, which comes once the states were found fit to learn from
            aligner = Aligner(_reference(activations, job.settings.dims), job.on_screen, job.settings.bottleneck)
        if isinstance(event, Snapshot):
            turn = aligner.next(event.points[:real])
            points = (event.points @ turn).astype(np.float32)
            yield Snapshot(event.epoch, points[:real], points[real:])
        elif isinstance(event, AutoencoderTrained):
            points = event.autoencoder.encode(states)
            turn = aligner.last(points)
            trained = turned(event.autoencoder, turn)
            # Turned, not encoded once more: a second or two in which a person waits who has said stop.
            yield replace(
                event,
                autoencoder=trained,
                points=(points @ turn).astype(np.float32),
                prefix=trained.encode(prefix) if len(prefix) else prefix[:, :0].reshape(0, trained.dims),
            )
            on = measured_on(split)
            chosen = split == (TEST if on == "test" else VALIDATION)
            yield Measured({**asdict(measure(activations, trained, chosen)), "measured_on": on})
        else:
            yield event


def _reference(activations: Activations, dims: int) -> np.ndarray:
    """Return the map that the activations came with, else their principal components: the same for every training."""
    known = activations.projections.get(dims)
    if known is not None:
        return known.points
    return pca(activations, dims).encode(activations.all_states())
