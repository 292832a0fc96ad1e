"""Trains ensembles: many maps of the same hidden states with different seeds, on all cores of this computer.

`training.cluster` runs the same task, `train_seed`, on a Dask cluster; it trains in a child process of the worker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from auslan_explorer import __version__
from auslan_explorer.analysis.neighbours import fingerprint
from auslan_explorer.analysis.stability import build_ensemble
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.words import counted
from auslan_explorer.training.events import AutoencoderTrained, BatchesDone, Discarded, Event, Failed
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings
from auslan_explorer.training.supervisor import Training

FEWEST, MOST = 2, 50
"""Most seeds of an ensemble."""

FEWEST_KEPT = 2
"""Least maps of an ensemble: there is nothing to compare in fewer."""

_ASK_SECONDS = 0.1


@dataclass(frozen=True, eq=False)
class SeedMap:
    """Result of the training with one seed.

    Attributes
    ----------
    seed : int
    points : ndarray of float32, shape (S, dims)
        Bottleneck values of all real steps.
    validation_loss : float
    seconds : float
    """

    seed: int
    points: np.ndarray
    validation_loss: float
    seconds: float


class _Listener:
    """Collects the events of one training; called in the training's thread."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.fraction = 0.0
        self.trained: AutoencoderTrained | None = None
        self.failed = ""

    def handle(self, event: Event) -> None:
        if isinstance(event, BatchesDone):
            self.fraction = event.fraction
        elif isinstance(event, AutoencoderTrained):
            self.trained = event
            self.over.set()
        elif isinstance(event, Failed):
            self.failed = event.sentence
            self.over.set()
        elif isinstance(event, Discarded):
            self.over.set()


def train_seed(
    job: TrainingJob, tell: Callable[[float], None] | None = None, cancelled: IsCancelled = never
) -> SeedMap:
    """Train one map in a child process, and return its points; the task of an ensemble.

    Parameters
    ----------
    job : TrainingJob
    tell : callable, optional
        Called with the fraction that is done, 0 to 1.
    cancelled : callable, optional
        Asked a few times a second.

    Raises
    ------
    UserError
        If the training failed; the sentence says why.
    Cancelled
    """
    listener = _Listener()
    training = Training(job, listener.handle)
    training.start()
    try:
        while not listener.over.wait(_ASK_SECONDS):
            if cancelled():
                raise Cancelled
            if tell is not None:
                tell(listener.fraction)
    finally:
        # The map's quality, which would be measured next, is not needed here.
        training.cancel()
        training.wait()
    done = listener.trained
    if done is None:
        raise UserError(listener.failed or "The training ended without a map; try again.")
    points = done.points if done.points is not None else job.activations.project(done.autoencoder, "").points
    return SeedMap(job.settings.seed, points, done.validation_loss, done.seconds)


@dataclass(frozen=True, eq=False)
class Trainings:
    """Results of an ensemble's trainings.

    Attributes
    ----------
    maps : tuple of SeedMap
        In the order of their seeds.
    failed : tuple of (int, str)
        Seeds whose training failed, and why.
    """

    maps: tuple[SeedMap, ...]
    failed: tuple[tuple[int, str], ...] = ()


def check_seeds(seeds: Sequence[int]) -> None:
    """Raise UserError for an invalid number of seeds."""
    if not FEWEST <= len(seeds) <= MOST:
        raise UserError(f"An ensemble can have {FEWEST} to {MOST} seeds, not {len(seeds)}.")


def train_ensemble(
    activations: Activations,
    settings: AutoencoderSettings,
    seeds: Sequence[int],
    workers: int,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
    on_map: Callable[[SeedMap], None] | None = None,
) -> Trainings:
    """Train one map per seed, several in parallel, each in a child process with one thread.

    Parameters
    ----------
    activations : Activations
    settings : AutoencoderSettings
        The seed is replaced.
    seeds : sequence of int
        2 to 50 of them.
    workers : int
        Trainings in parallel.
    progress, cancelled : callable, optional
        For the whole ensemble.
    on_map : callable, optional
        Called with each map as soon as it is finished, so that a cancel need not lose it.

    Returns
    -------
    Trainings

    Raises
    ------
    UserError
        If a setting is invalid, if the first training to end fails, or all do.
    Cancelled
        After the child processes have ended.
    """
    check_seeds(seeds)
    settings.check()
    portable = detach_from_file(activations)
    stop, fractions = threading.Event(), dict.fromkeys(seeds, 0.0)

    def run(seed: int) -> SeedMap:
        job = TrainingJob(portable, replace(settings, seed=seed), threads=1)
        return train_seed(job, lambda fraction: fractions.update({seed: fraction}), stop.is_set)

    gathered = Collector(len(seeds), on_map)
    with ThreadPoolExecutor(max(workers, 1), thread_name_prefix="seed") as pool:
        try:
            futures = {pool.submit(run, seed): seed for seed in seeds}
            pending = set(futures)
            while pending:
                finished, pending = wait(pending, timeout=_ASK_SECONDS, return_when=FIRST_COMPLETED)
                for future in finished:
                    fractions[futures[future]] = 1.0
                    gathered.add(futures[future], future)
                if cancelled():
                    raise Cancelled
                progress(sum(fractions.values()) / len(seeds), gathered.describe_progress())
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
    return gathered.result()


class Collector:
    """Collects the results of trainings as they finish, in any order.

    Parameters
    ----------
    count : int
        Number of trainings.
    on_map : callable or None
    """

    def __init__(self, count: int, on_map: Callable[[SeedMap], None] | None) -> None:
        self._count, self._on_map = count, on_map
        self._maps: dict[int, SeedMap] = {}
        self._failed: dict[int, str] = {}

    def add(self, seed: int, future: Future[SeedMap]) -> None:
        """Add a finished training.

        Raises
        ------
        UserError
            If the first one failed: the others would for the same reason.
        """
        try:
            found = future.result()
        except UserError as error:
            if not self._maps:
                raise
            self._failed[seed] = str(error)
            return
        self._maps[seed] = found
        if self._on_map is not None:
            self._on_map(found)

    def describe_progress(self) -> str:
        """Describe the progress in words."""
        return f"{len(self._maps)} of {counted(self._count, 'map')}"

    def result(self) -> Trainings:
        """Return the results collected so far."""
        maps = tuple(self._maps[seed] for seed in sorted(self._maps))
        return Trainings(maps, tuple(sorted(self._failed.items())))


def detach_from_file(activations: Activations) -> Activations:
    """Return activations in memory, with what a training needs: other machines may not have their file."""
    return replace(
        activations,
        states=ArrayStates(activations.all_states()),
        head=None,
        classifier=None,
        autoencoders={},
        hand_ratio=None,
    )


def assemble_ensemble(activations: Activations, maps: Sequence[SeedMap], settings: AutoencoderSettings) -> Ensemble:
    """Build the ensemble of finished maps, with a record of how it was made.

    Raises
    ------
    UserError
        If there are fewer than two.
    """
    if len(maps) < FEWEST_KEPT:
        raise UserError("One map alone cannot be compared with any; let at least two trainings finish.")
    info = {
        "settings": {name: value for name, value in settings.as_dict().items() if name != "seed"},
        "validation_loss": [round(each.validation_loss, 6) for each in maps],
        "seconds": [round(each.seconds, 1) for each in maps],
        "program_version": __version__,
        "created": datetime.now(UTC).date().isoformat(),
        "class_word": activations.wording.class_word,
        "sequence_word": activations.wording.sequence_word,
    }
    name = fingerprint(activations.states, activations.lengths)
    return build_ensemble(activations, [(each.seed, each.points) for each in maps], name, info)
