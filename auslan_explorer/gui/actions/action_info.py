"""Declaration of an action; each feature folder has its own table of them in `actions.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr

C = TypeVar("C", contravariant=True)
"""Type of the context that an action uses."""

Predicate = Callable[[C], bool]


@dataclass(frozen=True, kw_only=True)
class ActionInfo(Generic[C]):
    """Texts, icon, shortcuts, state and effect of an action.

    Attributes
    ----------
    id : ActionId
    text : str
        As in menus; ends in "…" if a dialog follows.
    icon : str
        Name in Phosphor's regular set.
    on_triggered : callable
        Performs the action, given the context.
    shortcut, alt_shortcut : str
        In Qt's portable format; empty for none.
    tooltip : str
        What the action does, if that says more than the text.
    toolbar_text : str
        Text on the toolbar, if shorter than the menu's.
    checked : callable, optional
        Given the context, whether the action is on; without it, the action is not checkable.
    disabled_reason : callable, optional
        Given the context, why the action is disabled now, as shown in its tooltip and the command palette; empty if
        it is enabled.
    text_fn, icon_fn : callable, optional
        Given the context, the present text or icon, if these change.
    group : str
        Checkable actions of one group exclude one another.
    tooltip_fn : callable, optional
        Given the context, the present tooltip, if it changes with the open data.
    offered : callable, optional
        Given the context, whether it goes with the open data; without it, it goes with any.
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
    tooltip_fn: Callable[[C], str] | None = None
    offered: Predicate[C] | None = None

    @property
    def description(self) -> str:
        """The tooltip, or the text if there is none."""
        return self.tooltip or self.text


def with_signs(context: ActionContext) -> bool:
    """Return whether the open data are sign language."""
    return context.session.activations.wording.of_signs


def nothing_open(context: ActionContext) -> str:
    """Return the disabled reason of an action that needs open recordings; empty if there are any."""
    return "" if len(context.session.activations) else tr("Nothing is open")


def nothing_selected(context: ActionContext) -> str:
    """Return the disabled reason of an action that needs a selection; empty if there is one."""
    return "" if context.session.state.selected else tr("Nothing is selected")


def dock_shown(name: str) -> Callable[[ActionContext], bool]:
    """Return a predicate of the context: whether the dock of this object name is shown."""
    return lambda context: context.docks.shown(name)


def is_colouring(colouring: Colouring) -> Callable[[ActionContext], bool]:
    """Return a predicate of the context: whether the map has this colouring."""
    return lambda context: context.session.state.colouring is colouring


def with_object(text: str, name: str) -> str:
    """Return an action's text with the object that it acts on: ``Undo: selection``."""
    # Qt would read an ampersand of a name as a key.
    return f"{text}: {name.replace('&', '&&')}" if name else text
