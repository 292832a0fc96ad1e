"""Actions of the menu Playback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.core.playing import Alignment
from auslan_explorer.gui.actions.action_info import ActionInfo, Asked, dock_shown, has_data
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.i18n import said

if TYPE_CHECKING:
    from auslan_explorer.gui.window.commands import Commands


def _can_go_back(c: Commands) -> bool:
    return has_data(c) and c.playback.step > 0


def _can_go_on(c: Commands) -> bool:
    return has_data(c) and c.playback.step < c.playback.last_step


def _lined_up(alignment: Alignment) -> Asked:
    return lambda c: c.session.state.alignment is alignment


# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.PLAY: ActionInfo(
        "Play", "playing.toggle", "play", "Let the paths grow step by step, or pause", "Space", enabled=has_data,
        also="K",
    ),
    Key.BACK: ActionInfo(
        "One step back", "playing.step_by", "caret-left", "One step back", "Left", -1, enabled=_can_go_back, also=",",
    ),
    Key.FORWARD: ActionInfo(
        "One step forward", "playing.step_by", "caret-right", "One step forward", "Right", 1, enabled=_can_go_on,
        also=".",
    ),
    Key.BACK_TEN: ActionInfo(
        "Ten steps back", "playing.step_by", "caret-double-left", "Ten steps back", "Shift+Left", -10,
        enabled=_can_go_back,
    ),
    Key.FORWARD_TEN: ActionInfo(
        "Ten steps forward", "playing.step_by", "caret-double-right", "Ten steps forward", "Shift+Right", 10,
        enabled=_can_go_on,
    ),
    Key.FIRST: ActionInfo("First step", "playing.first_step", "skip-back", "First step", "Home", enabled=_can_go_back),
    Key.LAST: ActionInfo("Last step", "playing.last_step", "skip-forward", "Last step", "End", enabled=_can_go_on),
    Key.SLOWER: ActionInfo(
        "Slower", "playing.change_speed", "minus", "Play more slowly", "[", -1,
        enabled=lambda c: c.session.state.speed > SPEEDS[0],
    ),
    Key.FASTER: ActionInfo(
        "Faster", "playing.change_speed", "plus", "Play faster", "]", 1,
        enabled=lambda c: c.session.state.speed < SPEEDS[-1],
    ),
    Key.EVERY_STEP: ActionInfo(
        "Show every step", "playing.toggle_every_step", "list-numbers",
        "Leave out no step, even where drawing takes longer than the speed allows", "Ctrl+Shift+K",
        checked=lambda c: c.session.state.every_step,
    ),
    Key.LOOP: ActionInfo(
        "Loop", "playing.toggle_repeat", "repeat", "Begin again after the last step", "Ctrl+L", Repeat.LOOP,
        checked=lambda c: c.session.state.repeat is Repeat.LOOP,
    ),
    Key.BOUNCE: ActionInfo(
        "Back and forth", "playing.toggle_repeat", "arrows-left-right", "Go back step by step after the last step",
        "Ctrl+Shift+L", Repeat.BOUNCE, checked=lambda c: c.session.state.repeat is Repeat.BOUNCE,
    ),
    Key.SECTION_START: ActionInfo(
        "Section starts here", "playing.begin_section", "arrow-line-right", "Play from this step on", "Ctrl+[",
        enabled=has_data,
    ),
    Key.SECTION_END: ActionInfo(
        "Section ends here", "playing.end_section", "arrow-line-left", "Play up to this step", "Ctrl+]",
        enabled=has_data,
    ),
    Key.NO_SECTION: ActionInfo(
        "Play all steps", "playing.no_section", "arrows-out-line-horizontal", "Let go of the section", "Ctrl+\\",
        enabled=lambda c: c.session.state.section is not None,
    ),
    Key.ALIGN_NETWORK: ActionInfo(
        "By the network’s steps", "playing.line_up", "align-right",
        "As the network reads them: shorter recordings begin later, all end together", "Shift+1", Alignment.NETWORK,
        checked=_lined_up(Alignment.NETWORK), group="alignment",
    ),
    Key.ALIGN_START: ActionInfo(
        "From each one’s own start", "playing.line_up", "align-left",
        "All recordings begin together; shorter ones end earlier", "Shift+2", Alignment.START,
        checked=_lined_up(Alignment.START), group="alignment",
    ),
    Key.ALIGN_STRETCH: ActionInfo(
        "Stretched to the same length", "playing.line_up", "align-center-horizontal",
        "All recordings begin together and end together", "Shift+3", Alignment.STRETCH,
        checked=_lined_up(Alignment.STRETCH), group="alignment",
    ),
    Key.GHOST: ActionInfo(
        "Ghost of whole paths", "toggle", "ghost", "Whole paths lie faintly beneath those that grow", "H", "ghost",
        checked=lambda c: c.session.state.ghost,
    ),
    Key.TAIL_LONGER: ActionInfo(
        "Longer trail", "playing.change_tail", "arrow-line-left", "Draw more of each path behind its head", "}", 1,
        enabled=lambda c: has_data(c) and c.session.state.trail.tail > 0,
    ),
    Key.TAIL_SHORTER: ActionInfo(
        "Shorter trail", "playing.change_tail", "arrow-line-right", "Draw less of each path behind its head", "{", -1,
        enabled=lambda c: has_data(c) and c.session.state.trail.tail != 1,
    ),
    Key.SETTLED: ActionInfo(
        "Settled steps of all paths", "toggle", "push-pin",
        "Mark the step after which the network’s answer no longer changes on every path, not on selected ones alone",
        "S", "settled", checked=lambda c: c.session.state.settled,
        lacks=lambda c: "" if c.session.activations.head is not None else
        said("These activations hold no softmax head, so the network’s answers at each step are not known"),
    ),
    Key.ACCURACY: ActionInfo(
        "How early it knows", "toggle_dock", "chart-line-up", "Accuracy against step for each split", "Ctrl+Shift+J",
        "answers", checked=dock_shown("answers"),
    ),
}
# fmt: on
