"""Actions that show figures: the article's with sign language, others with other data."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from auslan_explorer.draw.presets import FIGURES, Figure, figures_of, first_of_mistakes
from auslan_explorer.gui.actions.action_info import ActionInfo, nothing_open, with_signs
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


def _offered(number: int, context: ActionContext) -> bool:
    return number in figures_of(context.session.activations)


def _figure(number: int, context: ActionContext) -> Figure:
    """Return the figure of the open data by its number; the article's where they have none of that number."""
    return figures_of(context.session.activations).get(number, FIGURES[number])


def _text(number: int, context: ActionContext) -> str:
    title = tr(_figure(number, context).title_of(context.session.activations))
    return tr("{0}  {1}", str(number), title) if with_signs(context) else title


def _tooltip(number: int, context: ActionContext) -> str:
    sentence = tr(_figure(number, context).description(context.session.activations))
    return tr("Figure {0}: {1}", str(number), sentence) if with_signs(context) else sentence


def _icon(number: int, context: ActionContext) -> str:
    return _figure(number, context).icon


def _figure_missing(number: int, context: ActionContext) -> str:
    a, figure = context.session.activations, _figure(number, context)
    if len(a) and number != first_of_mistakes(a) and figure.shows_all_mistakes(a):
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
            text_fn=partial(_text, number),
            tooltip_fn=partial(_tooltip, number),
            icon_fn=partial(_icon, number),
            offered=partial(_offered, number),
        )
        for number, figure in FIGURES.items()
    ),
)
