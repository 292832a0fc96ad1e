"""Actions of settings and themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from auslan_explorer.gui.actions.action_info import ActionInfo
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.settings.commands import SettingsCommands
from auslan_explorer.gui.style import Appearance, Look


class SettingsContext(ActionContext, Protocol):
    """Context of the settings actions."""

    @property
    def appearance(self) -> Appearance: ...

    @property
    def settings(self) -> SettingsCommands: ...


def _has_look(look: Look) -> Callable[[SettingsContext], bool]:
    return lambda context: context.appearance.look is look


ACTIONS: tuple[ActionInfo[SettingsContext], ...] = (
    ActionInfo(
        id=ActionId.SETTINGS,
        text="Settings…",
        tooltip="Theme, size of text, colours, folders, training and films",
        icon="gear-six",
        shortcut="Ctrl+,",
        on_triggered=lambda context: context.settings.open_page(),
    ),
    ActionInfo(
        id=ActionId.LIGHT,
        text="Light",
        tooltip="Dark ink on white paper",
        icon="sun",
        on_triggered=lambda context: context.appearance.choose(Look.LIGHT),
        checked=_has_look(Look.LIGHT),
        group="look",
    ),
    ActionInfo(
        id=ActionId.DARK,
        text="Dark",
        tooltip="Light ink on near-black",
        icon="moon",
        on_triggered=lambda context: context.appearance.choose(Look.DARK),
        checked=_has_look(Look.DARK),
        group="look",
    ),
    ActionInfo(
        id=ActionId.SYSTEM,
        text="As the system",
        tooltip="Light or dark as the system has it",
        icon="desktop",
        on_triggered=lambda context: context.appearance.choose(Look.SYSTEM),
        checked=_has_look(Look.SYSTEM),
        group="look",
    ),
    ActionInfo(
        id=ActionId.REDUCE_MOTION,
        text="Reduce motion",
        tooltip="Nothing fades or glides; what changes is changed at once",
        icon="person-simple-run",
        on_triggered=lambda context: context.settings.toggle_motion(),
        checked=lambda context: context.settings.motion_reduced,
    ),
)
