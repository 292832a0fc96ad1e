"""What an action of the table is; the tables themselves are in `gui.action_tables`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auslan_explorer.gui.window.commands import Commands

Asked = Callable[["Commands"], bool]


@dataclass(frozen=True)
class ActionInfo:
    """What an action is called, looks like and does.

    Attributes
    ----------
    text : str
        As menus have it; three dots where a question follows.
    slot : str
        Method of `Commands` that it calls; with a dot, of one of its parts ("playing.section_start").
    icon : str
        Name in Phosphor's regular set.
    tooltip : str
        What it does; the key is added to it.
    shortcut : str
        In Qt's portable spelling; empty for none.
    argument : object
        What the method is given; nothing if None.
    checked, enabled : callable, optional
        Ask the commands; an action without `checked` cannot be checked.
    lacks : callable, optional
        In place of `enabled`: asks the commands for the reason why the action is off, empty where it is on; the
        tooltip says it.
    group : str
        Actions of one group exclude one another.
    short : str
        Text on the toolbar; empty: the icon alone.
    also : str
        A second shortcut.
    says : callable, optional
        Asks the commands for the text, where it changes.
    """

    text: str
    slot: str
    icon: str
    tooltip: str
    shortcut: str = ""
    argument: Any = None
    checked: Asked | None = None
    enabled: Asked | None = None
    lacks: Callable[[Commands], str] | None = None
    group: str = ""
    short: str = ""
    also: str = ""
    says: Callable[[Commands], str] | None = None


def has_data(c: Commands) -> bool:
    """Whether there is a recording to do anything with."""
    return len(c.session.activations) > 0


def named(what: str, which: str) -> str:
    """Return an action's text with what it would act on."""
    return f"{what}: {which}" if which else what


def dock_shown(name: str) -> Asked:
    """Return what asks whether the dock of that name is shown."""
    return lambda c: c.dock_shown(name)
