"""Subjects of the commands `film` and `render`: a figure or a saved session, with the measurements that it needs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import progress_bar
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.session import OF_MAP, Session, SessionState

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.core.network import Autoencoder
    from auslan_explorer.core.projection import Projection
    from auslan_explorer.draw.view import Camera, View2D
    from auslan_explorer.io.session_file import SavedSession

_FILM = (1920, 1080)
"""Pixels of a view whose pane is not known; a film widens it to its own aspect ratio."""


@dataclass(frozen=True, eq=False)
class Shown:
    """Subject of a film: activations, projections, state and viewports.

    Attributes
    ----------
    activations : Activations
    projections : mapping of int to Projection
        By number of dimensions.
    state : SessionState
    seen : mapping of int to View2D or Camera
        Viewports by number of dimensions; everything is shown where one is missing.
    look : str or None
        "light", "dark" or neither.
    from_window : bool
        Whether both maps stood beside each other in a window, which gives their colours one range.
    """

    activations: Activations
    projections: Mapping[int, Projection]
    state: SessionState
    seen: Mapping[int, View2D | Camera] = field(default_factory=dict)
    look: str | None = None
    from_window: bool = False


def of_figure(activations: Activations, number: int) -> Shown:
    """Return the subject for a figure, by its number among those of these activations.

    Raises
    ------
    UserError
        If the activations do not hold what it shows.
    """
    from auslan_explorer.draw.presets import figure

    wanted = figure(number, activations)
    reason = wanted.disabled_reason(activations, activations.projections)
    if reason:
        raise UserError(reason)
    return Shown(activations, activations.projections, wanted.state(activations))


def of_session(file: Path) -> Shown:
    """Return the subject for a saved session; warn on stderr of what cannot be restored.

    Raises
    ------
    UserError
        If the file is no session, or its activations are not found.
    """
    from auslan_explorer.commands.sources import shipped_activations
    from auslan_explorer.core.saved_labels import labels_from_json
    from auslan_explorer.core.saved_state import state_from_json
    from auslan_explorer.workflows.sessions import offer_maps, open_session

    opened = open_session(file, None)
    if opened.remarks:
        raise UserError(f"{file} cannot be drawn: {'; '.join(opened.remarks)}.")
    session = Session(opened.activations or shipped_activations())
    labels, unread = labels_from_json(opened.saved.labels or [], session.activations)
    session.set_step_labels(labels)
    state, remarks = state_from_json(opened.saved.shown, session.activations)
    state, missing = offer_maps(session, state, opened.maps)
    session.state = state
    left_out = [*opened.saved.remarks, *unread, *remarks, *missing]
    if left_out:
        print(f"{file} is not drawn whole: {'; '.join(left_out)}.", file=sys.stderr)
    return Shown(
        session.activations, session.projections, state, _looked_at(session, opened.saved), opened.saved.look, True
    )


def _looked_at(session: Session, saved: SavedSession) -> dict[int, View2D | Camera]:
    from auslan_explorer.draw.view import Camera, View2D
    from auslan_explorer.io.session_file import shows_same_map

    seen: dict[int, View2D | Camera] = {}
    if saved.map_view is not None and shows_same_map(saved, session.activations, session.state, 2):
        seen[2] = View2D(*saved.map_view, *saved.sizes.get(2, _FILM))
    paths = session.trajectories(3)
    if saved.camera is not None and paths is not None and shows_same_map(saved, session.activations, session.state, 3):
        there = saved.camera
        everything = Camera.fit(*paths.extent, *_FILM, there.azimuth, there.elevation)
        seen[3] = Camera(
            there.centre, there.distance or everything.distance / there.zoom, there.azimuth, there.elevation,
            *saved.sizes.get(3, _FILM), there.field or everything.field,
        )  # fmt: skip
    return seen


def _measure_resting(shown: Shown, filmed: Mapping[int, Projection]) -> None:
    from auslan_explorer.io.recordings import recordings_behind
    from auslan_explorer.workflows.resting import find_resting

    recordings, places = recordings_behind(shown.activations)
    with progress_bar("looking for resting points") as progress:
        _, found = find_resting(
            shown.activations,
            filmed,
            shown.state,
            lambda each: recordings.frames_of(int(places[each])) if places[each] >= 0 else None,
            progress=progress,
        )
    for dims, measured in found.items():
        filmed[dims].measured.add(measured)


def measure(shown: Shown, dims: Iterable[int]) -> None:
    """Measure what is drawn of a state beside its paths, as the window does before it shows that.

    Raises
    ------
    UserError
        If it cannot be measured.
    """
    from auslan_explorer.core.projection import share_ranges
    from auslan_explorer.workflows.quality import (
        find_autoencoder,
        find_laid_ensemble,
        measure_landscape,
        measure_points,
        measured_ends,
    )

    a, state = shown.activations, shown.state
    asked = {2, 3} if shown.from_window else set(dims)
    filmed = {d: each for d, each in shown.projections.items() if d in asked}

    def find(projection: Projection) -> Autoencoder | None:
        return find_autoencoder(a, projection, state.run(projection.dims))

    if state.colouring in OF_MAP:
        with progress_bar(f"measuring {state.colouring.value}") as progress:
            found = measure_points(a, filmed, state.colouring, state.neighbours, find, progress=progress)
        for each, measured in found.items():
            filmed[each].measured.add(measured)
        share_ranges(filmed.values())
    if state.landscape and 2 in filmed:
        found_landscape = measure_landscape(a, filmed[2], find(filmed[2]), log_scale=state.log_scale)
        filmed[2].measured.add(found_landscape)
    if state.resting is not HeldInput.NONE:
        _measure_resting(shown, filmed)
    if state.spread and 2 in filmed:
        ensemble = find_laid_ensemble(a, filmed[2])
        if ensemble is None:
            raise UserError("No ensemble of maps is at hand for these activations; make one with `stability`.")
        filmed[2].measured.add(measured_ends(ensemble, filmed[2]))
