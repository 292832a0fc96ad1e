"""Actions of files: sessions, activations and recordings."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.gui.actions.action_info import ActionInfo, nothing_open, with_signs
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.files.commands import FileCommands


class FileContext(ActionContext, Protocol):
    """Context of the file actions."""

    @property
    def files(self) -> FileCommands: ...


ACTIONS: tuple[ActionInfo[FileContext], ...] = (
    ActionInfo(
        id=ActionId.OPEN,
        text="Open…",
        tooltip="Open a session, or a file of hidden states",
        icon="folder-open",
        shortcut="Ctrl+O",
        on_triggered=lambda context: context.files.ask_and_open(),
    ),
    ActionInfo(
        id=ActionId.CONTINUE,
        text="Continue where you left off",
        tooltip="Show what was shown when the program was last quit",
        icon="clock-counter-clockwise",
        on_triggered=lambda context: context.files.sessions.continue_last(),
        disabled_reason=lambda context: context.files.sessions.continue_disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.SAVE,
        text="Save session",
        tooltip="Keep all that makes up what is shown in a small file",
        icon="floppy-disk",
        shortcut="Ctrl+S",
        on_triggered=lambda context: context.files.sessions.save(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.SAVE_AS,
        text="Save session as…",
        tooltip="Keep what is shown in another file",
        icon="floppy-disk-back",
        shortcut="Ctrl+Shift+S",
        on_triggered=lambda context: context.files.sessions.save_as(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.IMPORT,
        text="Import recordings…",
        tooltip="Read recordings from a folder or archive",
        icon="file-plus",
        shortcut="Ctrl+R",
        on_triggered=lambda context: context.files.import_recordings(),
        offered=with_signs,
    ),
    ActionInfo(
        id=ActionId.DOWNLOAD,
        text="Download recordings…",
        tooltip="Get the recordings from UCI",
        icon="download-simple",
        shortcut="Ctrl+D",
        on_triggered=lambda context: context.files.download_recordings(),
        offered=with_signs,
    ),
    ActionInfo(
        id=ActionId.SHIPPED_NETWORK,
        text="Shipped network",
        tooltip="Go back to the network that comes with the program",
        icon="house",
        on_triggered=lambda context: context.files.open_shipped(),
        disabled_reason=lambda context: context.files.shipped_disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.PUBLISHED,
        text="Open published weights…",
        tooltip="Show the network of the article",
        icon="brain",
        shortcut="Ctrl+Shift+O",
        on_triggered=lambda context: context.files.open_published(),
        offered=with_signs,
    ),
)
