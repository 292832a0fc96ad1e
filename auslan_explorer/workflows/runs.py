"""Jobs that save finished trainings as runs, and read the maps of saved runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from typing import TYPE_CHECKING

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import Progress, no_progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.splits import TEST, VALIDATION

if TYPE_CHECKING:
    from auslan_explorer.training.events import AutoencoderTrained, Measured
    from auslan_explorer.training.job import TrainingJob
    from auslan_explorer.training.runs import RunInfo, RunStore


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
    from auslan_explorer.draw.thumbnail import thumbnail
    from auslan_explorer.training.runs import new_run

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


def measure_own_map(
    activations: Activations, run: RunInfo, *, progress: Progress = no_progress
) -> Mapping[str, float | str | None]:
    """Measure the map that activations came with as a run's was measured, on the same recordings.

    Returns
    -------
    mapping of str to (float, None or str)
        As `RunInfo.metrics`.

    Raises
    ------
    UserError
        If there is no such map, its autoencoder is not at hand, or it is not known what the run was measured on.
    """
    from auslan_explorer.analysis.quality import measure
    from auslan_explorer.training.job import measured_on, split_for
    from auslan_explorer.workflows.quality import NO_AUTOENCODER, find_autoencoder

    projection = activations.projections.get(run.dims)
    autoencoder = None if projection is None else find_autoencoder(activations, projection, "")
    if autoencoder is None:
        raise UserError(NO_AUTOENCODER)
    if run.settings.recordings == "selection":
        raise UserError("The run was trained on a selection that is not kept with it, so what to measure is not known.")
    split = split_for(activations, run.settings)
    on = measured_on(split)
    chosen = split == (TEST if on == "test" else VALIDATION)
    return {**asdict(measure(activations, autoencoder, chosen, progress=progress)), "measured_on": on}


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
