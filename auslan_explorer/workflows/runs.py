"""Jobs that save finished trainings as runs, and read the maps of saved runs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.progress import Progress, no_progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.draw.thumbnail import thumbnail
from auslan_explorer.training.events import AutoencoderTrained, Measured
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.runs import RunInfo, RunStore, new_run


@dataclass(frozen=True, eq=False)
class Trained:
    """A training that finished, with its result and measured quality.

    Attributes
    ----------
    job : TrainingJob
    result : AutoencoderTrained
    measured : Measured
    """

    job: TrainingJob
    result: AutoencoderTrained
    measured: Measured


@dataclass(frozen=True, eq=False)
class SavedRun:
    """A run that was just saved, with its map.

    Attributes
    ----------
    info : RunInfo
    projection : Projection
    activations : Activations
        Those that it was trained on.
    """

    info: RunInfo
    projection: Projection
    activations: Activations


def save_run(trained: Trained, store: RunStore, name: str, *, progress: Progress = no_progress) -> SavedRun:
    """Draw a thumbnail of a training's map, and write both to the store.

    Parameters
    ----------
    trained : Trained
    store : RunStore
    name : str
        Name of the run; a number is added where another run has it.
    progress : Progress, optional

    Raises
    ------
    UserError
        If the store cannot be written.
    """
    activations, result = trained.job.activations, trained.result
    points = result.points
    if points is None:
        points = activations.project(result.autoencoder, "").points
    progress(0.3, "drawing a thumbnail")
    picture = thumbnail(points, activations.step_of_point())
    name = another_name(name, {info.name for info in store.list()})
    run = new_run(activations, trained.job.settings, result, trained.measured.quality, picture, name)
    progress(0.7, "writing it")
    info = store.save(run)
    return SavedRun(info, run.make_projection(activations), activations)


def another_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken, with a number added if necessary."""
    if name not in taken:
        return name
    return next(numbered for n in count(2) if (numbered := f"{name} ({n})") not in taken)


def read_map(store: RunStore, run: str, activations: Activations) -> Projection:
    """Read a saved run's map of activations.

    Parameters
    ----------
    store : RunStore
    run : str
        Id of the run.
    activations : Activations

    Raises
    ------
    UserError
        If the run cannot be read, or belongs to another network.
    """
    return store.read(run).make_projection(activations)
