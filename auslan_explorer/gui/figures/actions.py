"""Actions that show the article's figures."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from auslan_explorer.draw.presets import FIGURES, FIRST_OF_MISTAKES
from auslan_explorer.gui.actions.action_info import ActionInfo, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.figures.commands import FigureCommands
from auslan_explorer.gui.i18n import tr


class FigureContext(ActionContext, Protocol):
    """Context of the figure actions."""

    @property
    def figures(self) -> FigureCommands: ...


def _show_figure(number: int, context: FigureContext) -> None:
    context.figures.show(number)


def _figure_missing(number: int, context: ActionContext) -> str:
    a, figure = context.session.activations, FIGURES[number]
    if number != FIRST_OF_MISTAKES and len(a) and figure.shows_all_mistakes(a):
        return tr("Which recordings trained this network is not known, so figures 11 to 13 are one: figure 11 shows it")
    return figure.disabled_reason(a, context.session.projections)


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
