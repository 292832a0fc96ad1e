"""Actions that show the article's figures."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.actions.action_info import ActionInfo, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.figures.commands import FigureCommands


class FigureContext(ActionContext, Protocol):
    """Context of the figure actions."""

    @property
    def figures(self) -> FigureCommands: ...


def _show_figure(number: int, context: FigureContext) -> None:
    context.figures.show(number)


def _figure_missing(number: int, context: ActionContext) -> str:
    return FIGURES[number].disabled_reason(context.session.activations, context.session.projections)


ACTIONS: tuple[ActionInfo[FigureContext], ...] = (
    ActionInfo(
        id=ActionId.GALLERY,
        text="Gallery of figures…",
        tooltip="All figures of the article, with a sentence each",
        icon="squares-four",
        shortcut="Ctrl+G",
        on_triggered=lambda context: context.figures.open_gallery(),
        disabled_reason=nothing_open,
    ),
    *(
        ActionInfo(
            id=ActionId(f"figure_{number}"),
            text=f"{number}  {figure.title}",
            tooltip=f"Figure {number}: {figure.sentence}",
            icon=figure.icon,
            shortcut=f"Alt+{number % 10}" if number <= 10 else "",
            on_triggered=partial(_show_figure, number),
            disabled_reason=partial(_figure_missing, number),
        )
        for number, figure in FIGURES.items()
    ),
)
