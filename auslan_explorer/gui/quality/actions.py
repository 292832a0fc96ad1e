"""Actions about what the map is worth and what survives retraining; they stand in the menu View."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.actions.action_info import ActionInfo, Asked, dock_shown, has_data
from auslan_explorer.gui.actions.ids import Key

if TYPE_CHECKING:
    from auslan_explorer.gui.window.commands import Commands


def _colouring(which: Colouring) -> Asked:
    return lambda c: c.session.state.colouring is which


def _lacks(which: Colouring) -> Callable[[Commands], str]:
    return lambda c: c.worth.lacks(which)


# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.COLOUR_ERROR: ActionInfo(
        "Colour by reconstruction error", "worth.colour_by", "target",
        "How much of each hidden state the map loses: hot points are lost", "9", Colouring.ERROR,
        _colouring(Colouring.ERROR), lacks=_lacks(Colouring.ERROR), group="colouring", short="Error",
    ),
    Key.COLOUR_TRUST: ActionInfo(
        "Colour by trustworthiness", "worth.colour_by", "shield-check",
        "Hot points have neighbours on the map that are none in the full space", "0", Colouring.TRUST,
        _colouring(Colouring.TRUST), lacks=_lacks(Colouring.TRUST), group="colouring", short="Trust",
    ),
    Key.COLOUR_CONTINUITY: ActionInfo(
        "Colour by continuity", "worth.colour_by", "link-break",
        "Hot points have neighbours in the full space that the map has pushed away", "", Colouring.CONTINUITY,
        _colouring(Colouring.CONTINUITY), lacks=_lacks(Colouring.CONTINUITY), group="colouring", short="Continuity",
    ),
    Key.SPREAD: ActionInfo(
        "Spread over retrained maps", "worth.toggle_spread", "circle-dashed",
        "An ellipse for each sign: where it ends on two of three retrained maps", "W",
        checked=lambda c: c.session.state.spread, lacks=lambda c: c.worth.spread_lacks(),
    ),
    Key.QUALITY_DOCK: ActionInfo(
        "Map quality…", "toggle_dock", "scales", "What the map is worth, beside principal components", "Ctrl+M",
        "quality", dock_shown("quality"), has_data,
    ),
    Key.STABILITY_DOCK: ActionInfo(
        "What survives retraining…", "toggle_dock", "shuffle",
        "Pairs of signs that stay neighbours on every retrained map, and pairs that do not", "Ctrl+Shift+M",
        "stability", dock_shown("stability"), has_data,
    ),
}
# fmt: on
