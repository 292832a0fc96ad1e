"""Runs trainings to their end: one in this process, or several in parallel in child processes."""

from __future__ import annotations

import math
import multiprocessing
import queue
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from auslan_explorer import interrupts
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.temporary import temporary_files_inside
from auslan_explorer.ml.runtime import silent_start
from auslan_explorer.training.events import AutoencoderTrained, BatchesDone, ClassifierTrained, EpochDone, Event
from auslan_explorer.training.settings import AutoencoderSettings, ClassifierSettings

Trained = ClassifierTrained | AutoencoderTrained


@dataclass(frozen=True, eq=False)
class ClassifierJob:
    """A classifier to train: recordings, split codes and settings."""

    recordings: Recordings
    split: np.ndarray
    settings: ClassifierSettings

    def events(self, cancelled: IsCancelled) -> Iterator[Event]:
        """Import TensorFlow, and return the iterator of the training's events."""
        with silent_start():
            from auslan_explorer.ml.train_classifier import train_classifier

        return train_classifier(self.recordings, self.split, self.settings, cancelled)


@dataclass(frozen=True, eq=False)
class AutoencoderJob:
    """An autoencoder to train: hidden states with their split, and settings."""

    activations: Activations
    settings: AutoencoderSettings

    def events(self, cancelled: IsCancelled) -> Iterator[Event]:
        """Import TensorFlow, and return the iterator of the training's events."""
        with silent_start():
            from auslan_explorer.ml.train_autoencoder import train_autoencoder

        return train_autoencoder(self.activations, self.settings, cancelled=cancelled)


Job = ClassifierJob | AutoencoderJob


def consume_events(events: Iterator[Event], progress: Progress = no_progress) -> Trained:
    """Run a training to its end, and report its progress.

    Parameters
    ----------
    events : iterator of Event
        As `train_classifier` or `train_autoencoder` returns it.
    progress : callable, optional
        Called with a fraction from 0 to 1 and a short text.

    Returns
    -------
    ClassifierTrained or AutoencoderTrained
    """
    text = "starting"
    for event in events:
        if isinstance(event, (ClassifierTrained, AutoencoderTrained)):
            return event
        if isinstance(event, EpochDone):
            text = _describe(event, text)
            progress(event.epoch / event.epochs, text)
        elif isinstance(event, BatchesDone):
            progress(event.fraction, text)
    raise RuntimeError("A training ended without a result.")


def _describe(event: EpochDone, before: str) -> str:
    if math.isnan(event.validation_loss):
        return before
    text = f"epoch {event.epoch}: validation loss {event.validation_loss:.4f}"
    if math.isnan(event.validation_accuracy):
        return text
    return f"{text}, accuracy {event.validation_accuracy:.1%}"


def run_side_by_side(
    jobs: Mapping[str, Job],
    workers: int,
    progress: Progress,
    cancelled: IsCancelled = never,
) -> dict[str, Any]:
    """Train several networks in parallel, each in a child process with one thread of TensorFlow.

    Parameters
    ----------
    jobs : mapping of str to Job
        By a name that is shown in the progress.
    workers : int
        Processes in parallel.
    progress : callable
        Called with the fraction of the whole, and the name and state of the job that reported last.
    cancelled : callable, optional
        Asked a few times a second; once it returns True, all trainings are stopped and discarded.

    Returns
    -------
    dict of str to ClassifierTrained or AutoencoderTrained

    Raises
    ------
    UserError, Cancelled
        As a single training does; the first failure ends the others.
    """
    # Spawned, not forked: TensorFlow's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    done = dict.fromkeys(jobs, 0.0)
    # The manager first: its socket's path may have 107 characters, which those of the person's folder can exceed.
    with context.Manager() as manager, temporary_files_inside("trainings"):
        reports, ended = manager.Queue(), manager.Event()
        pool = ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=1)
        try:
            with interrupts.held_back():  # children begin with what is held back here: Ctrl+C is for this process alone
                futures: dict[Future[Trained], str] = {
                    pool.submit(_work, name, job, reports, ended): name for name, job in jobs.items()
                }
            pending = set(futures)
            while pending:
                finished, pending = wait(pending, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in finished:
                    future.result()
                if cancelled():
                    raise Cancelled
                _report(reports, done, progress)
            return {name: future.result() for future, name in futures.items()}
        finally:
            ended.set()
            pool.shutdown(cancel_futures=True)


def _report(reports: Any, done: dict[str, float], progress: Progress) -> None:
    text = ""
    while True:
        try:
            name, done[name], said = reports.get_nowait()
        except queue.Empty:
            break
        text = f"{name}: {said}"
    if text:
        progress(sum(done.values()) / len(done), text)


def _work(name: str, job: Job, reports: Any, ended: Any) -> Trained:
    return consume_events(job.events(ended.is_set), partial(_tell, reports, name))


def _tell(reports: Any, name: str, fraction: float, text: str) -> None:
    reports.put((name, fraction, text))
