"""Actions of the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from auslan_explorer.gui.actions.action_info import ActionInfo, dock_shown, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.settings.commands import SettingsCommands

if TYPE_CHECKING:
    from auslan_explorer.gui.inspector.inspector import Inspector


class InspectorContext(ActionContext, Protocol):
    """Context of the inspector's actions."""

    @property
    def inspector(self) -> Inspector: ...

    @property
    def settings(self) -> SettingsCommands: ...


def compare_all(context: InspectorContext) -> None:
    """Compare the paths of all recordings in the background; the inspector then reads the cached distances.

    More than `workflows.inspection.MOST_HERE` are compared on the cluster of the settings, once it is trusted.
    """
    from auslan_explorer.workflows.inspection import MOST_HERE

    if len(context.session.activations) > MOST_HERE:
        context.settings.cluster.when_trusted(lambda address: _compare_all_at(context, address))
    else:
        _compare_all_at(context, "")


def _compare_all_at(context: InspectorContext, address: str) -> None:
    job = context.inspector.compare_all(address)
    if job is None:
        context.reporter.show_notice(tr("All paths are being compared already; how far it is stands at the foot."))
    else:
        job.failed.connect(context.reporter.show_error)


ACTIONS: tuple[ActionInfo[InspectorContext], ...] = (
    ActionInfo(
        id=ActionId.INSPECTOR,
        text="Inspector",
        tooltip="Show or hide what is known of the selection",
        icon="identification-card",
        shortcut="Ctrl+I",
        on_triggered=lambda context: context.docks.toggle("inspector"),
        checked=dock_shown("inspector"),
    ),
    ActionInfo(
        id=ActionId.COMPARE_ALL,
        text="Compare all paths",
        tooltip="Find every recording’s nearest ones beforehand, beside the window; kept for later",
        icon="git-branch",
        on_triggered=compare_all,
        disabled_reason=nothing_open,
    ),
)
