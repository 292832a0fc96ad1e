"""Actions that export pictures, films and data."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.gui.actions.action_info import ActionInfo, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.export.commands import ExportCommands


class ExportContext(ActionContext, Protocol):
    """Context of the export actions."""

    @property
    def export(self) -> ExportCommands: ...


ACTIONS: tuple[ActionInfo[ExportContext], ...] = (
    ActionInfo(
        id=ActionId.EXPORT_PICTURE,
        text="Export picture…",
        tooltip="Save the map as a picture",
        icon="image",
        shortcut="Ctrl+E",
        on_triggered=lambda context: context.export.export_picture(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.COPY_PICTURE,
        text="Copy picture",
        tooltip="Put what is on screen on the clipboard",
        icon="copy",
        shortcut="Ctrl+Shift+C",
        on_triggered=lambda context: context.export.copy_picture(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.EXPORT_DATA,
        text="Export data…",
        tooltip="Save paths, labels and predictions as CSV or HDF5",
        icon="table",
        shortcut="Ctrl+Alt+E",
        on_triggered=lambda context: context.export.export_data(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.EXPORT_ELAN,
        text="Export for ELAN…",
        tooltip="Save answers, hands and channels to be annotated in ELAN, whose corrections open here again",
        icon="closed-captioning",
        on_triggered=lambda context: context.export.export_for_elan(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.EXPORT_FILM,
        text="Export film…",
        tooltip="Save the growing paths as a film",
        icon="film-strip",
        shortcut="Ctrl+Shift+E",
        on_triggered=lambda context: context.export.export_film(),
        disabled_reason=nothing_open,
    ),
)
