"""Every action, declared once; menus, toolbar, shortcuts, and whatever lists them are made from this table.

An action names a method of `gui.window.commands.Commands`. Whether it is enabled or checked is asked of the same object
whenever the session, the playback or the look has announced a change; nothing is polled.
"""

from __future__ import annotations

from auslan_explorer.gui.actions.action_info import ActionInfo
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.files import actions as files
from auslan_explorer.gui.help import actions as help
from auslan_explorer.gui.playback import actions as playback
from auslan_explorer.gui.quality import actions as quality
from auslan_explorer.gui.signs import actions as signs
from auslan_explorer.gui.training import actions as training
from auslan_explorer.gui.views import actions as views

ACTIONS: dict[Key, ActionInfo] = {
    **files.ACTIONS,
    **views.ACTIONS,
    **quality.ACTIONS,
    **signs.ACTIONS,
    **playback.ACTIONS,
    **training.ACTIONS,
    **help.ACTIONS,
}
