"""Where annotations stand on a map: a changed recording's path, and marked steps, in the map's coordinates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.session import Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.paint_annotations import Annotations
from auslan_explorer.draw.resting import drawn_resting
from auslan_explorer.gui.i18n import tr


def annotations_on(session: Session, paths: Trajectories) -> Annotations:
    """Return the session's annotations on a map's paths."""
    state, dims = session.state, paths.dims
    marks = [mark for mark in session.step_marks if 0 <= mark.recording < len(paths.lengths)]
    rows = [
        int(paths.vertices_of(mark.recording).start) + mark.step - int(paths.first_step[mark.recording])
        for mark in marks
    ]
    shown = Annotations(
        np.zeros((0, dims)), -1, "", paths.vertices[rows].reshape(-1, dims), tuple(mark.text for mark in marks)
    )
    rests = drawn_resting(paths, state)
    if rests is not None and not session.is_learning(dims):
        shown = replace(shown, rests=rests.places, stable=rests.stable, rest_texts=rests.texts)
    variant = session.variant
    path = None if variant is None or session.is_learning(dims) else variant.path_on(session.projections.get(dims))
    if variant is None or path is None:
        return shown
    drawn = signed_log(path) if state.log_scale else path
    at = variant.frame_at(state.alignment, session.activations.steps, state.step)
    return replace(shown, path=drawn, at=at + len(path) - len(variant.frames) if at >= 0 else -1, text=tr("changed"))
