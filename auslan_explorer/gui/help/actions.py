"""Actions of the menu Help."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.gui.actions.action_info import ActionInfo, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.help.commands import HelpCommands


class HelpContext(ActionContext, Protocol):
    """Context of the help actions."""

    @property
    def help(self) -> HelpCommands: ...


ACTIONS: tuple[ActionInfo[HelpContext], ...] = (
    ActionInfo(
        id=ActionId.GUIDE,
        text="User guide",
        tooltip="All that the program does, with pictures",
        icon="book-open",
        shortcut="F1",
        on_triggered=lambda context: context.help.open_guide(),
    ),
    ActionInfo(
        id=ActionId.TOUR,
        text="Tour of the window",
        tooltip="Seven cards on what is where",
        icon="compass",
        on_triggered=lambda context: context.help.begin_tour(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.EXPLAIN,
        text="What am I looking at?",
        tooltip="What a point and a line are",
        icon="question",
        shortcut="Shift+F1",
        on_triggered=lambda context: context.help.show_explanation(),
    ),
    ActionInfo(
        id=ActionId.ABOUT,
        text="About Auslan Explorer",
        tooltip="Version, credits and licences",
        icon="info",
        on_triggered=lambda context: context.help.open_about(),
    ),
)
