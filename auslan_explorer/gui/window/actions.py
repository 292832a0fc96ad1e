"""Actions of the window itself."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.core.history import History
from auslan_explorer.gui.actions.action_info import ActionInfo, with_object
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.playback.controller import Playback


class WindowContext(ActionContext, Protocol):
    """Context of the window's actions."""

    @property
    def history(self) -> History: ...

    @property
    def playback(self) -> Playback: ...


def undo(context: WindowContext) -> None:
    """Pause playback and undo the last change of the session's state."""
    context.playback.pause()
    context.history.undo()


def redo(context: WindowContext) -> None:
    """Pause playback and redo the change that was undone last."""
    context.playback.pause()
    context.history.redo()


ACTIONS: tuple[ActionInfo[WindowContext], ...] = (
    ActionInfo(
        id=ActionId.QUIT,
        text="Quit",
        tooltip="Close the program",
        icon="sign-out",
        shortcut="Ctrl+Q",
        on_triggered=lambda context: context.window.widget.close(),
    ),
    ActionInfo(
        id=ActionId.UNDO,
        text="Undo",
        tooltip="Take back the last change of what is shown",
        icon="arrow-counter-clockwise",
        shortcut="Ctrl+Z",
        on_triggered=undo,
        disabled_reason=lambda context: "" if context.history.can_undo else tr("Nothing was changed yet"),
        text_fn=lambda context: with_object(tr("Undo"), context.history.undo_name),
    ),
    ActionInfo(
        id=ActionId.REDO,
        text="Redo",
        tooltip="Do again what was taken back",
        icon="arrow-clockwise",
        shortcut="Ctrl+Shift+Z",
        alt_shortcut="Ctrl+Y",
        on_triggered=redo,
        disabled_reason=lambda context: "" if context.history.can_redo else tr("Nothing was taken back"),
        text_fn=lambda context: with_object(tr("Redo"), context.history.redo_name),
    ),
    ActionInfo(
        id=ActionId.PALETTE,
        text="Search everything…",
        toolbar_text="Search everything",
        tooltip="Find actions, signs, groups and figures by typing",
        icon="magnifying-glass",
        shortcut="Ctrl+K",
        on_triggered=lambda context: context.window.open_palette(),
    ),
    ActionInfo(
        id=ActionId.SIGN_DOCK,
        text="List of signs",
        tooltip="Show or hide the list of signs",
        icon="list-bullets",
        shortcut="F9",
        on_triggered=lambda context: context.window.show_sign_list(not context.window.sign_list_shown),
        checked=lambda context: context.window.sign_list_shown,
    ),
    ActionInfo(
        id=ActionId.FULL_SCREEN,
        text="Full screen",
        tooltip="Use the whole screen",
        icon="corners-out",
        shortcut="F11",
        on_triggered=lambda context: context.window.set_full_screen(not context.window.full_screen),
        checked=lambda context: context.window.full_screen,
    ),
)
