"""Actions of the menus Signs, Select and Splits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auslan_explorer.core.session import PER_STEP, Tool
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.gui.actions.action_info import ActionInfo, Asked, has_data
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.i18n import said

if TYPE_CHECKING:
    from auslan_explorer.gui.window.commands import Commands


def _drawn(field: str) -> Asked:
    return lambda c: bool(getattr(c.session.state, field))


def _tool(which: Tool) -> Asked:
    return lambda c: c.session.tool is which


def _split(code: int) -> Asked:
    return lambda c: code in c.session.state.splits


def _has_split(code: int) -> Asked:
    return lambda c: bool((c.session.activations.split == code).any())


def _key_lacks(c: Commands) -> str:
    if not c.session.state.shown(c.session.activations).any():
        return said("Nothing is shown.")
    if c.session.state.colouring not in PER_STEP:
        return ""
    return said("These colours are a scale; colour by sign, hands, split or session to choose among them.")


def _any_ticked(c: Commands) -> bool:
    return bool(c.session.state.visible_signs)


# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.FIND: ActionInfo("Find a sign", "find_sign", "magnifying-glass", "Go to the search field", "Ctrl+F"),
    Key.ALL: ActionInfo(
        "Tick all", "tick_all", "check-square", "Tick all signs, or all those found", "Ctrl+Shift+A", enabled=has_data,
        short="All",
    ),
    Key.NONE: ActionInfo(
        "Tick none", "tick_none", "square", "Untick all signs, or all those found", "Ctrl+Shift+N", enabled=_any_ticked,
        short="None",
    ),
    Key.INVERT: ActionInfo(
        "Invert", "tick_inverse", "selection-inverse", "Tick what is not ticked, and the other way round",
        "Ctrl+Shift+I", enabled=has_data, short="Invert",
    ),
    Key.LET_GO: ActionInfo(
        "Let go of the selection", "let_go", "selection-slash", "Select nothing", "Esc",
        enabled=lambda c: bool(c.session.state.selected) or c.session.tool is not Tool.POINTER or c.is_full_screen,
    ),
    Key.ISOLATE: ActionInfo(
        "Isolate selection", "toggle", "selection-foreground", "Hide what is not selected, in place of greying it", "I",
        "isolate", _drawn("isolate"), lambda c: bool(c.session.state.selected) or c.session.state.isolate,
    ),
    Key.TOOL_POINTER: ActionInfo(
        "Pointer", "choose_tool", "cursor", "Click to select, drag to move; Shift and drag selects a rectangle", "V",
        Tool.POINTER, _tool(Tool.POINTER), has_data, group="tool",
    ),
    Key.TOOL_LASSO: ActionInfo(
        "Lasso", "choose_tool", "scribble-loop",
        "Draw around paths to select them; Ctrl adds, Alt looks at last steps only", "L",
        Tool.LASSO, _tool(Tool.LASSO), has_data, group="tool",
    ),
    Key.TOOL_BOX: ActionInfo(
        "Rectangle", "choose_tool", "bounding-box",
        "Drag a rectangle over paths to select them; Ctrl adds, Alt looks at last steps only", "B",
        Tool.BOX, _tool(Tool.BOX), has_data, group="tool",
    ),
    Key.COLOUR_KEY: ActionInfo(
        "Choose in the colour key", "choose_in_key", "list-bullets",
        "Up and down go through the colours, Enter selects what has one, Ctrl adds, Escape leaves", "K",
        lacks=_key_lacks,
    ),
    Key.COMPARE_ALL: ActionInfo(
        "Compare all paths", "compare_all", "git-branch",
        "Find every recording's nearest ones beforehand, beside the window; some ten minutes, kept for later",
        enabled=has_data,
    ),
    Key.SAVE_GROUP: ActionInfo(
        "Save as group…", "save_group", "bookmark-simple", "Keep what is selected, or else what is shown, under a name",
        "Ctrl+Shift+G", enabled=lambda c: bool(c.groups.to_save().any()),
    ),
    Key.TRAIN: ActionInfo(
        "Train", "toggle_split", "student", "Recordings that the network was trained on", "Ctrl+Alt+1", TRAIN,
        _split(TRAIN), _has_split(TRAIN),
    ),
    Key.VALIDATION: ActionInfo(
        "Validation", "toggle_split", "scales", "Recordings that chose the best network", "Ctrl+Alt+2", VALIDATION,
        _split(VALIDATION), _has_split(VALIDATION),
    ),
    Key.TEST: ActionInfo(
        "Test", "toggle_split", "test-tube", "Recordings that the network was tested on, once", "Ctrl+Alt+3", TEST,
        _split(TEST), _has_split(TEST),
    ),
}
# fmt: on
