"""Trains the shipped networks: classifiers on two splits, autoencoders on their hidden states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from auslan_explorer import __version__
from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.splits import TRAIN, article_split, session_split
from auslan_explorer.io.models import load_published
from auslan_explorer.ml.jobs import AutoencoderJob, ClassifierJob, run_side_by_side
from auslan_explorer.training.alignment import principal_turn, turned
from auslan_explorer.training.events import AutoencoderTrained, ClassifierTrained
from auslan_explorer.training.settings import AutoencoderSettings, ClassifierSettings

SEEDS = (0, 1, 2)
SPLIT_SEED = 0
DATA = "Australian Sign Language signs (High Quality), M. W. Kadous 2002, UCI data set 115"
_SESSIONS = "sessions held out"


@dataclass(frozen=True, eq=False)
class Classifiers:
    """Trained classifiers with their recordings and splits.

    Attributes
    ----------
    recordings : Recordings
        The article's subset.
    split, session_split : ndarray of uint8, shape (recordings,)
    seeds : mapping of int to ClassifierTrained
        On `split`.
    held_out : ClassifierTrained
        On `session_split`.
    """

    recordings: Recordings
    split: np.ndarray
    session_split: np.ndarray
    seeds: Mapping[int, ClassifierTrained]
    held_out: ClassifierTrained

    @property
    def chosen(self) -> int:
        """Seed of the classifier to ship: highest validation accuracy, then lowest validation loss."""
        return max(self.seeds, key=lambda s: (self.seeds[s].validation_accuracy, -self.seeds[s].validation_loss))


def train_classifiers(
    recordings: Recordings,
    settings: ClassifierSettings | None,
    seeds: Sequence[int],
    workers: int,
    progress: Progress,
    cancelled: IsCancelled,
) -> Classifiers:
    """Train one classifier per seed on the article's split, and one with whole sessions held out.

    Parameters
    ----------
    recordings : Recordings
        As imported; the article's subset is taken here.
    settings : ClassifierSettings or None
    seeds : sequence of int
    workers : int
        Trainings at a time.
    progress, cancelled : callable

    Returns
    -------
    Classifiers

    Raises
    ------
    UserError
        If the recordings are too few for the splits.
    Cancelled
    """
    settings = settings or ClassifierSettings()
    subset = recordings.article_subset()
    split, by_session = article_split(subset.sign, SPLIT_SEED), session_split(subset.session)
    jobs = {f"classifier {seed}": ClassifierJob(subset, split, replace(settings, seed=seed)) for seed in seeds}
    jobs[_SESSIONS] = ClassifierJob(subset, by_session, replace(settings, seed=seeds[0]))
    done = run_side_by_side(jobs, workers, progress, cancelled)
    trained = {seed: done[f"classifier {seed}"] for seed in seeds}
    return Classifiers(subset, split, by_session, trained, done[_SESSIONS])


def shipped_activations(classifiers: Classifiers) -> Activations:
    """Compute the activations of the chosen classifier on all recordings, with split and provenance."""
    chosen = classifiers.seeds[classifiers.chosen].classifier
    provenance = {
        "data": DATA,
        "model": f"classifier {chosen.fingerprint}",
        "seed": str(classifiers.chosen),
        "program_version": __version__,
        "created": today(),
    }
    return activate(chosen, classifiers.recordings, split=classifiers.split, provenance=provenance)


def published_activations(recordings: Recordings, folder: Path) -> Activations:
    """Compute the activations of the published classifier on all recordings, with the article's split.

    Its own split is lost, so it was trained on most of the held-out recordings; the autoencoders were not.
    """
    classifier, _, _ = load_published(folder)
    subset = recordings.article_subset()
    return activate(classifier, subset, split=article_split(subset.sign, SPLIT_SEED))


def train_autoencoders(
    activations: Mapping[str, Activations],
    settings: Mapping[int, AutoencoderSettings],
    workers: int,
    progress: Progress,
    cancelled: IsCancelled,
) -> dict[str, dict[int, AutoencoderTrained]]:
    """Train the autoencoders on each set of hidden states, and turn their maps onto their principal axes.

    Parameters
    ----------
    activations : mapping of str to Activations
        By a name that is shown in the progress; each with a split.
    settings : mapping of int to AutoencoderSettings
        By number of dimensions.
    workers : int
        Trainings at a time.
    progress, cancelled : callable

    Returns
    -------
    dict of str to dict of int to AutoencoderTrained
        By name, then by number of dimensions.
    """
    jobs = {
        f"{name} {dims}-D": AutoencoderJob(some, each)
        for name, some in activations.items()
        for dims, each in settings.items()
    }
    done = run_side_by_side(jobs, workers, progress, cancelled)
    return {
        name: {dims: _on_principal_axes(done[f"{name} {dims}-D"], some) for dims in settings}
        for name, some in activations.items()
    }


def _on_principal_axes(trained: AutoencoderTrained, activations: Activations) -> AutoencoderTrained:
    """Turn a linear bottleneck's map by `training.alignment.principal_turn` of the training recordings."""
    autoencoder = trained.autoencoder
    if autoencoder.layers[autoencoder.bottleneck].activation != "linear":
        return trained
    learned = (activations.split == TRAIN)[activations.recording_of_point()]
    turn = principal_turn(autoencoder.encode(activations.all_states()[learned]))
    return replace(trained, autoencoder=turned(autoencoder, turn))


def today() -> str:
    """Return today's date in UTC, in ISO 8601."""
    return datetime.now(UTC).date().isoformat()
