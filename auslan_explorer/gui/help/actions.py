"""Actions of the menu Help."""

from __future__ import annotations

from auslan_explorer.gui.actions.action_info import ActionInfo, has_data
from auslan_explorer.gui.actions.ids import Key

# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.GUIDE: ActionInfo("User guide", "help.guide", "book-open", "All that the program does, with pictures", "F1"),
    Key.TOUR: ActionInfo(
        "Tour of the window", "help.begin_tour", "compass", "Seven cards on what is where", enabled=has_data,
    ),
    Key.EXPLAIN: ActionInfo(
        "What am I looking at?", "help.explain", "question", "What a point and a line are", "Shift+F1",
    ),
    Key.ABOUT: ActionInfo("About Auslan Explorer", "help.about", "info", "Version, credits and licences"),
}
# fmt: on
