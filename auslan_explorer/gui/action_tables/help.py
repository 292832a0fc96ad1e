"""Actions of the menu Help."""

from __future__ import annotations

from auslan_explorer.gui.action_info import ActionInfo
from auslan_explorer.gui.action_keys import Key

# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.EXPLAIN: ActionInfo("What am I looking at?", "explain", "question", "What a point and a line are", "F1"),
    Key.ABOUT: ActionInfo("About Auslan Explorer", "about", "info", "Version, credits and licences"),
}
# fmt: on
