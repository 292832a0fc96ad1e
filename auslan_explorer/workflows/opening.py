"""Opens activations with maps: those of the file, those that were trained on them before, or principal components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session

if TYPE_CHECKING:
    from auslan_explorer.workflows.reading import Request

_AT_ONCE = 20_000_000
"""Values of hidden states that are projected in less than half a second."""


def takes_long(activations: Activations) -> bool:
    """Return whether finding the maps that activations lack takes longer than a window should wait."""
    lacks = any(dims not in activations.projections for dims in (2, 3))
    return lacks and activations.real_steps * activations.units > _AT_ONCE


@dataclass(frozen=True, eq=False)
class Opened:
    """Activations with a map of every number of dimensions.

    Attributes
    ----------
    activations : Activations
        With principal components where the file has no map.
    trained : mapping of int to (str, Projection)
        By number of dimensions, id and map of the newest run that was trained on them, where the file has no map.
    """

    activations: Activations
    trained: Mapping[int, tuple[str, Projection]] = field(default_factory=dict)

    def show_in(self, session: Session) -> None:
        """Open the activations in a session, with the trained maps."""
        session.open(self.activations)
        self.add_trained(session)

    def add_trained(self, session: Session) -> None:
        """Show the trained maps in a session in which the activations are open."""
        for dims, (name, projection) in self.trained.items():
            session.add_projection(name, projection)
            session.update(**{f"run_{dims}d": name})


def open_request(request: Request, *, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Opened:
    """Read whatever a person brings, and find the maps that it lacks.

    Raises
    ------
    UserError
        If the file cannot be read.
    """
    from auslan_explorer.workflows.reading import read_request

    found = read_request(request, progress=part(progress, 0.0, 0.5), cancelled=cancelled)
    return find_maps(found, progress=part(progress, 0.5, 1.0), cancelled=cancelled)


def find_maps(activations: Activations, *, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Opened:
    """Find the maps that activations lack."""
    missing = [dims for dims in (2, 3) if dims not in activations.projections]
    trained = newest_maps(activations, missing) if missing else {}
    return Opened(with_principal_components(activations, progress=progress, cancelled=cancelled), trained)


def newest_maps(activations: Activations, dims: Sequence[int]) -> dict[int, tuple[str, Projection]]:
    """Find the newest run of each number of dimensions that was trained on these activations; its id and its map."""
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    found: dict[int, tuple[str, Projection]] = {}
    try:
        runs = store.list()
    except UserError:  # the folder cannot be read, which the list of runs says
        return found
    for info in runs:
        if info.dims in dims and info.dims not in found and info.activations == activations.fingerprint:
            try:
                found[info.dims] = info.id, store.read(info.id).make_projection(activations)
            except UserError:
                continue
    return found


def with_runs(activations: Activations, runs: Sequence[str]) -> Activations:
    """Return activations whose maps are those of saved runs, named by id or name.

    Raises
    ------
    UserError
        If there is no such run, or it is of other activations.
    """
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    maps = dict(activations.projections)
    for text in runs:
        run = store.read(store.find(text).id)
        maps[run.info.dims] = run.make_projection(activations)
    return replace(activations, projections=maps)
