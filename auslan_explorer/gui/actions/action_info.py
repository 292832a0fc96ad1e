"""What an action is; the tables of actions lie in the rooms whose features they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.ids import ActionId
from auslan_explorer.gui.i18n import said

C = TypeVar("C", contravariant=True)
"""What an action may use: the room's own context."""

Predicate = Callable[[C], bool]


@dataclass(frozen=True, kw_only=True)
class ActionInfo(Generic[C]):
    """What an action is called, looks like and does.

    Attributes
    ----------
    id : ActionId
    text : str
        As menus have it; three dots where a question follows.
    icon : str
        Name in Phosphor's regular set.
    on_triggered : callable
        Does it, given the context.
    shortcut, alt_shortcut : str
        In Qt's portable spelling; empty for none.
    tooltip : str
        What it does, where that says more than the text.
    toolbar_text : str
        Text on the toolbar, where it is shorter than the menu's.
    checked : callable, optional
        Given the context, whether it is on; an action without it cannot be checked.
    disabled_reason : callable, optional
        Given the context, why it cannot be done now, as the tooltip and the palette say it; empty where it can.
    text_fn, icon_fn : callable, optional
        Given the context, the text or the icon, where these change.
    group : str
        Actions of one group exclude one another.
    """

    id: ActionId
    text: str
    icon: str
    on_triggered: Callable[[C], object]
    shortcut: str = ""
    alt_shortcut: str = ""
    tooltip: str = ""
    toolbar_text: str = ""
    checked: Predicate[C] | None = None
    disabled_reason: Callable[[C], str] | None = None
    text_fn: Callable[[C], str] | None = None
    icon_fn: Callable[[C], str] | None = None
    group: str = ""

    @property
    def description(self) -> str:
        """What it does: the tooltip, or the text where that says it all."""
        return self.tooltip or self.text


def nothing_open(context: ActionContext) -> str:
    """Return the reason why there is no recording to do anything with; empty where there is one."""
    return "" if len(context.session.activations) else said("Nothing is open")


def nothing_selected(context: ActionContext) -> str:
    """Return the reason why there is no selection to do anything with; empty where there is one."""
    return "" if context.session.state.selected else said("Nothing is selected")


def dock_shown(name: str) -> Callable[[ActionContext], bool]:
    """Return a predicate: whether the dock of that name is shown."""
    return lambda context: context.docks.shown(name)


def is_colouring(colouring: Colouring) -> Callable[[ActionContext], bool]:
    """Return a predicate: whether these are the colours on the map."""
    return lambda context: context.session.state.colouring is colouring


def with_object(text: str, name: str) -> str:
    """Return an action's text with what it would act on: ``Undo: selection``."""
    return f"{text}: {name}" if name else text
