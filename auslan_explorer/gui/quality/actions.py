"""Actions of the map's quality and its stability over retraining, in the menu View."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.actions.action_info import ActionInfo, dock_shown, is_colouring, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.quality.commands import QualityCommands


class QualityContext(ActionContext, Protocol):
    """Context of the quality actions."""

    @property
    def quality(self) -> QualityCommands: ...


def _not_measurable(colouring: Colouring) -> Callable[[QualityContext], str]:
    return lambda context: context.quality.disabled_reason(colouring)


ACTIONS: tuple[ActionInfo[QualityContext], ...] = (
    ActionInfo(
        id=ActionId.COLOUR_ERROR,
        text="Colour by reconstruction error",
        toolbar_text="Error",
        tooltip="How much of each hidden state the map loses: hot points are lost",
        icon="target",
        shortcut="9",
        on_triggered=lambda context: context.quality.colour_by(Colouring.ERROR),
        checked=is_colouring(Colouring.ERROR),
        disabled_reason=_not_measurable(Colouring.ERROR),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_TRUST,
        text="Colour by trustworthiness",
        toolbar_text="Trust",
        tooltip="Hot points have neighbours on the map that are none in the full space",
        icon="shield-check",
        shortcut="0",
        on_triggered=lambda context: context.quality.colour_by(Colouring.TRUST),
        checked=is_colouring(Colouring.TRUST),
        disabled_reason=_not_measurable(Colouring.TRUST),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_CONTINUITY,
        text="Colour by continuity",
        toolbar_text="Continuity",
        tooltip="Hot points have neighbours in the full space that the map has pushed away",
        icon="link-break",
        on_triggered=lambda context: context.quality.colour_by(Colouring.CONTINUITY),
        checked=is_colouring(Colouring.CONTINUITY),
        disabled_reason=_not_measurable(Colouring.CONTINUITY),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_DISTORTION,
        text="Colour by step distortion",
        toolbar_text="Distortion",
        tooltip="Hot steps are longer on the map than the hidden state moved: the map is torn there",
        icon="arrows-left-right",
        on_triggered=lambda context: context.quality.colour_by(Colouring.DISTORTION),
        checked=is_colouring(Colouring.DISTORTION),
        disabled_reason=_not_measurable(Colouring.DISTORTION),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.SPREAD,
        text="Spread over retrained maps",
        tooltip="An ellipse for each sign: where it ends on two of three retrained maps",
        icon="circle-dashed",
        shortcut="W",
        on_triggered=lambda context: context.quality.toggle_spread(),
        checked=lambda context: context.session.state.spread,
        disabled_reason=lambda context: context.quality.spread_disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.LANDSCAPE,
        text="Decision landscape",
        tooltip="What the network would answer at each place of the map, how sure it is, and where no real state is",
        icon="map-trifold",
        shortcut="Shift+W",
        on_triggered=lambda context: context.quality.landscape.toggle(),
        checked=lambda context: context.session.state.landscape,
        disabled_reason=lambda context: context.quality.landscape.disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.FLOW,
        text="Flow",
        tooltip="Arrows where paths go on to in the mean, where enough of them pass",
        icon="wind",
        shortcut="A",
        on_triggered=lambda context: context.session.update(flow=not context.session.state.flow),
        checked=lambda context: context.session.state.flow,
        disabled_reason=lambda context: context.quality.flow_disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.RESTING,
        text="Resting points",
        tooltip="Where the network would stay if hands stayed at rest; other inputs are in map quality",
        icon="anchor",
        shortcut="R",
        on_triggered=lambda context: context.quality.resting.toggle(),
        checked=lambda context: context.session.state.resting is not HeldInput.NONE,
        disabled_reason=lambda context: context.quality.resting.disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.QUALITY_DOCK,
        text="Map quality…",
        tooltip="What the map is worth, beside principal components",
        icon="scales",
        shortcut="Ctrl+M",
        on_triggered=lambda context: context.docks.toggle("quality"),
        checked=dock_shown("quality"),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.STABILITY_DOCK,
        text="What survives retraining…",
        tooltip="Pairs of signs that stay neighbours on every retrained map, and pairs that do not",
        icon="shuffle",
        shortcut="Ctrl+Shift+M",
        on_triggered=lambda context: context.docks.toggle("stability"),
        checked=dock_shown("stability"),
        disabled_reason=nothing_open,
    ),
)
