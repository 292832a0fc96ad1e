"""Every action, declared once; menus, toolbar, shortcuts, and whatever lists them are made from this table.

An action names a method of `gui.commands.Commands`. Whether it is enabled or checked is asked of the same object
whenever the session, the playback or the look has announced a change; nothing is polled.
"""

from __future__ import annotations

from auslan_explorer.gui.action_info import ActionInfo
from auslan_explorer.gui.action_keys import Key
from auslan_explorer.gui.action_tables import file, help, playback, select, train, view, worth

ACTIONS: dict[Key, ActionInfo] = {
    **file.ACTIONS,
    **view.ACTIONS,
    **worth.ACTIONS,
    **select.ACTIONS,
    **playback.ACTIONS,
    **train.ACTIONS,
    **help.ACTIONS,
}
