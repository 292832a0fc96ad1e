"""What the session shows on a map beside the recordings' own paths, where it stands now."""

from __future__ import annotations

from dataclasses import replace

from auslan_explorer.core.session import Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.annotations import Annotations, annotations_of, played_to
from auslan_explorer.draw.resting import drawn_resting
from auslan_explorer.gui.i18n import tr


def annotations_on(session: Session, paths: Trajectories) -> Annotations:
    """Return the session's annotations on a map's paths; while the map is learning, of its marked steps alone."""
    state, beside = session.state, session.beside
    learning = session.is_learning(paths.dims)
    projection = None if learning else session.projections.get(paths.dims)
    shown = annotations_of(paths, beside, projection, None if learning else drawn_resting(paths, state))
    shown = played_to(shown, beside.variant, state.alignment, session.activations.steps, state.step)
    return replace(shown, text=tr("changed")) if shown.text else shown
