"""Actions of the menu Playback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auslan_explorer.core.clock import SPEEDS
from auslan_explorer.gui.action_info import ActionInfo, has_data
from auslan_explorer.gui.action_keys import Key

if TYPE_CHECKING:
    from auslan_explorer.gui.commands import Commands


def _can_go_back(c: Commands) -> bool:
    return has_data(c) and c.playback.step > 0


def _can_go_on(c: Commands) -> bool:
    return has_data(c) and c.playback.step < c.playback.last_step


# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.PLAY: ActionInfo(
        "Play", "play_pause", "play", "Let the paths grow step by step, or pause", "Space", enabled=has_data,
    ),
    Key.BACK: ActionInfo("One step back", "step_by", "caret-left", "One step back", "Left", -1, enabled=_can_go_back),
    Key.FORWARD: ActionInfo(
        "One step forward", "step_by", "caret-right", "One step forward", "Right", 1, enabled=_can_go_on,
    ),
    Key.BACK_TEN: ActionInfo(
        "Ten steps back", "step_by", "caret-double-left", "Ten steps back", "Shift+Left", -10, enabled=_can_go_back,
    ),
    Key.FORWARD_TEN: ActionInfo(
        "Ten steps forward", "step_by", "caret-double-right", "Ten steps forward", "Shift+Right", 10,
        enabled=_can_go_on,
    ),
    Key.FIRST: ActionInfo("First step", "first_step", "skip-back", "First step", "Home", enabled=_can_go_back),
    Key.LAST: ActionInfo("Last step", "last_step", "skip-forward", "Last step", "End", enabled=_can_go_on),
    Key.SLOWER: ActionInfo(
        "Slower", "change_speed", "minus", "Play more slowly", "[", -1,
        enabled=lambda c: c.playback.clock.speed > SPEEDS[0],
    ),
    Key.FASTER: ActionInfo(
        "Faster", "change_speed", "plus", "Play faster", "]", 1, enabled=lambda c: c.playback.clock.speed < SPEEDS[-1],
    ),
    Key.LOOP: ActionInfo(
        "Loop", "toggle_loop", "repeat", "Begin again after the last step", "Ctrl+L",
        checked=lambda c: c.playback.clock.loop,
    ),
}
# fmt: on
