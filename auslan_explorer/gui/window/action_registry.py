"""Table of all actions, collected from the feature folders; menus, toolbar, shortcuts and lists are made from it.

Actions run, and compute their checked state and disabled reason, with one context, `gui.window.commands.Commands`.
They are refreshed whenever the session, the playback or the appearance signals a change; nothing is polled.
"""

from __future__ import annotations

from auslan_explorer.gui.actions.action_info import ActionInfo
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.export import actions as export
from auslan_explorer.gui.figures import actions as figures
from auslan_explorer.gui.files import actions as files
from auslan_explorer.gui.help import actions as help
from auslan_explorer.gui.inspector import actions as inspector
from auslan_explorer.gui.playback import actions as playback
from auslan_explorer.gui.quality import actions as quality
from auslan_explorer.gui.settings import actions as settings
from auslan_explorer.gui.signs import actions as signs
from auslan_explorer.gui.training import actions as training
from auslan_explorer.gui.views import actions as views
from auslan_explorer.gui.window import actions as window
from auslan_explorer.gui.window.commands import Commands

_DECLARED: tuple[ActionInfo[Commands], ...] = (
    *files.ACTIONS,
    *export.ACTIONS,
    *window.ACTIONS,
    *settings.ACTIONS,
    *views.ACTIONS,
    *figures.ACTIONS,
    *signs.ACTIONS,
    *quality.ACTIONS,
    *inspector.ACTIONS,
    *playback.ACTIONS,
    *training.ACTIONS,
    *help.ACTIONS,
)
_BY_ID = {info.id: info for info in _DECLARED}

ACTIONS: dict[ActionId, ActionInfo[Commands]] = {action_id: _BY_ID[action_id] for action_id in ActionId}
"""All actions, in the order of `ActionId`, which is that of the menus."""
