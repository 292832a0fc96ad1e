"""The flow of a scene: whose movement is drawn as arrows, and in which colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.flow import mean_flow
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import coloured_signs, sign_colours
from auslan_explorer.core.flow import Flow
from auslan_explorer.core.session import Colouring, SessionState
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.core.words import counted

from .spread import MOST_ELLIPSES
from .theme import RGB, Theme


@dataclass(frozen=True, eq=False)
class FlowArrows:
    """Mean movements that are drawn in one colour."""

    flow: Flow
    colour: RGB


def flow_arrows(
    activations: Activations, trajectories: Trajectories, state: SessionState, theme: Theme, front: np.ndarray
) -> tuple[FlowArrows, ...]:
    """Compute the arrows of the recordings in front: of each sign where colour tells signs apart, else of all.

    None where the state draws none, and in 3-D. `front` is bool, shape (recordings,).
    """
    if not state.flow or trajectories.dims != 2:
        return ()
    signs = np.unique(activations.sign[front]).tolist()
    if state.colouring is not Colouring.SIGN or len(signs) > MOST_ELLIPSES:
        return (FlowArrows(mean_flow(trajectories, front), theme.foreground),)
    table = sign_colours(len(activations.signs), coloured_signs(activations, state))
    out = []
    for sign in signs:
        r, g, b = (int(value) for value in table[sign])
        out.append(FlowArrows(mean_flow(trajectories, front & (activations.sign == sign)), (r, g, b)))
    return tuple(out)


def flow_note(arrows: tuple[FlowArrows, ...]) -> str:
    """Return what the legend says of arrows; empty where there are none."""
    if not arrows:
        return ""
    if not any(len(each.flow.counts) for each in arrows):
        return f"no arrows: nowhere {counted(arrows[0].flow.least, 'step')}"
    return f"arrow: mean of {counted(arrows[0].flow.least, 'step')} or more"
