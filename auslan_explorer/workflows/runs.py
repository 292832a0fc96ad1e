"""The work of keeping a finished training as a run, without Qt's window."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import count

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.draw.thumbnail import thumbnail
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.training.trainer import Trained
from auslan_explorer.training.runs import RunInfo, RunStore, new_run


@dataclass(frozen=True, eq=False)
class Kept:
    """A run that is kept, and its map.

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


def keeping(trained: Trained, store: RunStore) -> Callable[..., Kept]:
    """Return the work of drawing a thumbnail and writing the run; it returns `Kept`."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Kept:
        activations, result = trained.job.activations, trained.result
        points = result.points
        if points is None:
            points = activations.project(result.autoencoder, "").points
        progress(0.3, said("drawing a thumbnail"))
        picture = thumbnail(points, activations.step_of_point())
        settings = trained.job.settings
        name = another_name(said("{0}-D, seed {1}", settings.dims, settings.seed), {info.name for info in store.list()})
        run = new_run(activations, settings, result, trained.measured.quality, picture, name)
        progress(0.7, said("writing it"))
        info = store.keep(run)
        return Kept(info, run.projection_of(activations), activations)

    return work


def another_name(name: str, taken: Collection[str]) -> str:
    """Return a name that no other run has: with a number behind it where need be."""
    if name not in taken:
        return name
    return next(numbered for n in count(2) if (numbered := f"{name} ({n})") not in taken)
