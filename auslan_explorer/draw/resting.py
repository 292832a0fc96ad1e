"""The resting points of a scene: whether any are drawn, and where."""

from __future__ import annotations

from dataclasses import replace

from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.resting import RestingMarks
from auslan_explorer.core.session import SessionState
from auslan_explorer.core.trajectories import Trajectories


def drawn_resting(trajectories: Trajectories, state: SessionState) -> RestingMarks | None:
    """Return the resting points that a state draws on a map, in the units of the display; None where none are known."""
    marks = trajectories.measured.resting.get(state.resting)
    if marks is None or marks.places.shape[1] != trajectories.dims:
        return None
    return replace(marks, places=signed_log(marks.places)) if trajectories.log_scale else marks


def resting_note(marks: RestingMarks | None) -> str:
    """Return what the legend says of resting points; empty where there are none."""
    if marks is None or not len(marks.stable):
        return ""
    if marks.stable.all():
        return "ring and dot: stable resting point"
    return "ring: resting point; dot: stable" if marks.stable.any() else "ring: resting point"
