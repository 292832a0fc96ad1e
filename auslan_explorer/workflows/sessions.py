"""Jobs that open session files with their activations and the maps of saved runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Origin
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.core.signs import shown_name
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.workflows.opening import takes_long

if TYPE_CHECKING:
    from auslan_explorer.io.session_file import SavedSession
    from auslan_explorer.training.runs import Run

_NAMES = {2: "run_2d", 3: "run_3d"}
_WHERE = {2: "on its map", 3: "in its 3-D view"}


@dataclass(frozen=True)
class OpenedSession:
    """A session file with its activations and the runs whose maps it shows.

    Attributes
    ----------
    file : Path
    saved : SavedSession
    activations : Activations or None
        None where they are open already, or are not found.
    remarks : tuple of str
        Problems with the activations, in a few words each.
    restored : bool
        Whether the file is an autosave after a crash, not saved by the person.
    maps : mapping of str to Run
        Runs that it names, as far as they are in the store.
    """

    file: Path
    saved: SavedSession
    activations: Activations | None
    remarks: tuple[str, ...]
    restored: bool = False
    maps: Mapping[str, Run] = field(default_factory=dict)


def open_session(
    file: Path,
    open_now: Path | None,
    open_layer: str = "",
    *,
    maps_later: bool = False,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> OpenedSession:
    """Read a session file, and its activations where they are not open already.

    Parameters
    ----------
    file : Path
    open_now : Path or None
        File of the activations that are open.
    open_layer : str, optional
        Name of their layer that is shown.
    maps_later : bool, optional
        Leave finding maps to `with_maps`, where that takes longer than a window should wait.
    progress, cancelled : callable, optional
        Published weights are run over their recordings again, which takes some seconds.

    Raises
    ------
    UserError
        If the file is no session. Missing or broken activations are remarks.
    Cancelled
    """
    from auslan_explorer.io.readers import read_activations
    from auslan_explorer.io.session_file import find_source, kept_for_a_crash, read_session

    saved = read_session(file)
    maps = _read_maps(saved.shown)
    if saved.source.weights:
        from auslan_explorer.workflows.recordings import run_published_networks

        on = Path(saved.source.weights_on) if saved.source.weights_on else None
        try:
            made = run_published_networks(Path(saved.source.weights), on, progress=progress, cancelled=cancelled)
            return OpenedSession(file, saved, made, (), maps=maps)
        except UserError as error:
            why = f"the published weights that it shows cannot be run again ({str(error).rstrip('.')})"
            return OpenedSession(file, saved, None, (why,), maps=maps)
    place = find_source(saved.source, file)
    if place is None:
        name = shown_name(saved.source.file.replace("\\", "/").rpartition("/")[2])
        why = f"its activations {name} are not found" if saved.source.file else "its activations are in no file"
        return OpenedSession(file, saved, None, (why,), maps=maps)
    layer = saved.source.layer
    if open_now is not None and open_now.exists() and place.samefile(open_now) and layer in ("", open_layer):
        return OpenedSession(file, saved, None, (), maps=maps)
    try:
        found, remarks = _with_layer(read_activations(place), layer)
        if kept_for_a_crash(place):
            found = replace(found, origin=Origin())  # the person has not saved them yet
        opened = OpenedSession(file, saved, found, remarks, maps=maps)
        later = maps_later and takes_long(found)
        return opened if later else with_maps(opened, progress=progress, cancelled=cancelled)
    except UserError as error:
        why = f"its activations cannot be read ({str(error).rstrip('.')})"
        return OpenedSession(file, saved, None, (why,), maps=maps)


def with_maps(
    opened: OpenedSession, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> OpenedSession:
    """Return a session whose activations have a map of every number of dimensions.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    Cancelled
    """
    if opened.activations is None:
        return opened
    found = with_principal_components(opened.activations, progress=progress, cancelled=cancelled)
    return replace(opened, activations=found)


def write_view(file: Path, saved: SavedSession, seen: Mapping[int, View2D | Camera]) -> None:
    """Write a session file that is looked at from given viewpoints, as pictures of it are to be drawn.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    from auslan_explorer.io.session_file import CameraPose, write_session

    flat, solid = seen.get(2), seen.get(3)
    if isinstance(flat, View2D):
        saved = replace(saved, map_view=(flat.left, flat.right, flat.bottom, flat.top))
    if isinstance(solid, Camera):
        zoom = saved.camera.zoom if saved.camera is not None else 1.0
        pose = CameraPose(solid.azimuth, solid.elevation, zoom, solid.middle, solid.distance, solid.field)
        saved = replace(saved, camera=pose)
    sizes = {dims: (each.width, each.height) for dims, each in seen.items()}
    write_session(file, replace(saved, sizes={**saved.sizes, **sizes}))


def _with_layer(activations: Activations, name: str) -> tuple[Activations, tuple[str, ...]]:
    """Show the layer of a name, "" for the one that is shown; where there is none, say so in a few words."""
    if name in ("", activations.layer):
        return activations, ()
    if all(layer.name != name for layer in activations.layers):
        return activations, (f"its layer {shown_name(name)[:60]} is not in the file",)
    return activations.with_layer(name), ()


def _read_maps(shown: Mapping[str, Any]) -> dict[str, Run]:
    """Read the runs that a session file names, as far as they are in the store.

    Parameters
    ----------
    shown : mapping
        From the file; nothing in it is trusted: only runs that are listed are read.
    """
    from auslan_explorer.training.runs import RunStore

    wanted = {name for name in map(shown.get, _NAMES.values()) if isinstance(name, str) and name}
    if not wanted:
        return {}
    maps: dict[str, Run] = {}
    try:
        store = RunStore()
        kept = {info.id for info in store.list()}
    except UserError:
        return {}
    for name in wanted & kept:
        try:
            maps[str(name)] = store.read(str(name))
        except UserError:
            continue
    return maps


def offer_maps(session: Session, state: SessionState, maps: Mapping[str, Run]) -> tuple[SessionState, list[str]]:
    """Add the maps of runs to a session; return the state with those that can be shown, and which cannot, in words.

    Parameters
    ----------
    session : Session
        The maps are added to it; its activations are those of the state.
    state : SessionState
        As the file has it.
    maps : mapping of str to Run
        `OpenedSession.maps`.
    """
    remarks = []
    for dims, name_field in _NAMES.items():
        name = state.run(dims)
        if session.has_projection(name):
            continue
        run = maps.get(name)
        if run is None:
            remarks.append(f"the run {name[:60]} that was {_WHERE[dims]} is not among the runs kept here")
        elif not run.info.belongs_to(session.activations):
            remarks.append(f"the run “{run.name}” that was {_WHERE[dims]} belongs to another network")
        else:
            session.add_projection(name, run.make_projection(session.activations))
            continue
        changes: dict[str, Any] = {name_field: ""}
        state = replace(state, **changes)
    return state, remarks
