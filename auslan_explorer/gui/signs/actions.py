"""Actions of the sign list, of selections and of splits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from auslan_explorer.core.identity import splits_known
from auslan_explorer.core.selection import clear_selection, show_all
from auslan_explorer.core.session import Tool
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.gui.actions.action_info import ActionInfo, dock_shown, nothing_open, nothing_selected, with_signs
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.signs.search import recordings_text
from auslan_explorer.gui.signs.user_groups import UserGroups
from auslan_explorer.gui.widgets.ask_name import AskName
from auslan_explorer.gui.widgets.dialogs import open_beside

HANDS_UNKNOWN = mark(
    "How much each hand moves is not known for these activations; make them again from the recordings."
)


class SignContext(ActionContext, Protocol):
    """Context of the sign actions."""

    @property
    def groups(self) -> UserGroups: ...


def tick_all(context: ActionContext) -> None:
    """Show everything; where a search lists some signs alone, tick those."""
    session, listed = context.session, context.window.listed_signs()
    if len(listed) == len(session.activations.signs):
        show_all(session)
    else:
        session.update(visible_signs=session.state.visible_signs | listed)


def _nothing_hidden(context: ActionContext) -> str:
    return nothing_open(context) or (tr("Every recording is shown") if context.session.shown().all() else "")


def tick_none(context: ActionContext) -> None:
    """Untick all listed signs."""
    session = context.session
    session.update(visible_signs=session.state.visible_signs - context.window.listed_signs())


def invert_ticks(context: ActionContext) -> None:
    """Invert the ticks of all listed signs."""
    session = context.session
    session.update(visible_signs=session.state.visible_signs ^ context.window.listed_signs())


def on_escape(context: ActionContext) -> None:
    """Return to the pointer tool, else clear the selection, else leave full screen."""
    session = context.session
    if session.tool is not Tool.POINTER:
        session.choose_tool(Tool.POINTER)
    elif session.state.selected:
        clear_selection(session)
    elif context.window.full_screen:
        context.window.set_full_screen(False)


def save_group(context: SignContext) -> None:
    """Ask for a name, and save the selected recordings, or else those shown, as a group."""
    count = int(context.groups.to_save().sum())
    if context.session.state.selected:
        label = tr("Name for the {0} selected", recordings_text(count))
    else:
        label = tr("Name for the {0} shown", recordings_text(count))
    parent = context.window.widget
    open_beside(AskName(tr("Save as group"), label, tr("Save"), context.groups.save, parent))


def _nothing_ticked(context: ActionContext) -> str:
    return "" if context.session.state.visible_signs else tr("No sign is ticked")


def _nothing_to_clear(context: ActionContext) -> str:
    if context.session.tool is not Tool.POINTER or context.window.full_screen:
        return ""
    return nothing_selected(context)


def _nothing_to_isolate(context: ActionContext) -> str:
    return "" if context.session.state.isolate else nothing_selected(context)


def _nothing_to_save(context: SignContext) -> str:
    return "" if context.groups.to_save().any() else tr("Nothing is selected or shown")


def _toggle_split(split: int) -> Callable[[ActionContext], None]:
    return lambda context: context.session.update(splits=context.session.state.splits ^ {split})


def _split_shown(split: int) -> Callable[[ActionContext], bool]:
    return lambda context: split in context.session.state.splits


def _split_empty(split: int) -> Callable[[ActionContext], str]:
    def reason(context: ActionContext) -> str:
        found = bool((context.session.activations.split == split).any())
        if not splits_known(context.session.activations):
            return tr("Which recordings trained this network is not known")
        return "" if found else tr("No recording belongs to this split")

    return reason


ACTIONS: tuple[ActionInfo[SignContext], ...] = (
    ActionInfo(
        id=ActionId.FIND_SIGN,
        text="Find a sign",
        tooltip="Go to the search field",
        icon="magnifying-glass",
        shortcut="Ctrl+F",
        on_triggered=lambda context: context.window.find_sign(),
    ),
    ActionInfo(
        id=ActionId.SHOW_ALL,
        text="Show all",
        tooltip="Show every recording: tick all signs and splits, and stop isolating",
        icon="eye",
        on_triggered=lambda context: show_all(context.session),
        disabled_reason=_nothing_hidden,
    ),
    ActionInfo(
        id=ActionId.TICK_ALL,
        text="Tick all",
        toolbar_text="All",
        tooltip="Show all signs and splits, or tick all signs found",
        icon="check-square",
        shortcut="Ctrl+Shift+A",
        on_triggered=tick_all,
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.TICK_NONE,
        text="Tick none",
        toolbar_text="None",
        tooltip="Untick all signs, or all those found",
        icon="square",
        shortcut="Ctrl+Shift+N",
        on_triggered=tick_none,
        disabled_reason=_nothing_ticked,
    ),
    ActionInfo(
        id=ActionId.INVERT_TICKS,
        text="Invert",
        tooltip="Tick what is not ticked, and the other way round",
        icon="selection-inverse",
        shortcut="Ctrl+Shift+I",
        on_triggered=invert_ticks,
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.CLEAR_SELECTION,
        text="Let go of the selection",
        tooltip="Select nothing",
        icon="selection-slash",
        shortcut="Esc",
        on_triggered=on_escape,
        disabled_reason=_nothing_to_clear,
    ),
    ActionInfo(
        id=ActionId.ISOLATE,
        text="Isolate selection",
        tooltip="Hide what is not selected, in place of greying it",
        icon="selection-foreground",
        shortcut="I",
        on_triggered=lambda context: context.session.update(isolate=not context.session.state.isolate),
        checked=lambda context: context.session.state.isolate,
        disabled_reason=_nothing_to_isolate,
    ),
    ActionInfo(
        id=ActionId.SAVE_GROUP,
        text="Save as group…",
        tooltip="Keep what is selected, or else what is shown, under a name",
        icon="bookmark-simple",
        shortcut="Ctrl+Shift+G",
        on_triggered=save_group,
        disabled_reason=_nothing_to_save,
    ),
    ActionInfo(
        id=ActionId.HAND_USAGE,
        text="Hand usage…",
        tooltip="Histogram and threshold of hand usage",
        icon="sliders-horizontal",
        shortcut="Ctrl+H",
        on_triggered=lambda context: context.docks.toggle("hands"),
        checked=dock_shown("hands"),
        offered=with_signs,
    ),
    ActionInfo(
        id=ActionId.TRAIN,
        text="Train",
        tooltip="Recordings that the network was trained on",
        icon="student",
        shortcut="Ctrl+Alt+1",
        on_triggered=_toggle_split(TRAIN),
        checked=_split_shown(TRAIN),
        disabled_reason=_split_empty(TRAIN),
    ),
    ActionInfo(
        id=ActionId.VALIDATION,
        text="Validation",
        tooltip="Recordings that chose the best network",
        icon="scales",
        shortcut="Ctrl+Alt+2",
        on_triggered=_toggle_split(VALIDATION),
        checked=_split_shown(VALIDATION),
        disabled_reason=_split_empty(VALIDATION),
    ),
    ActionInfo(
        id=ActionId.TEST,
        text="Test",
        tooltip="Recordings that the network was tested on, once",
        icon="test-tube",
        shortcut="Ctrl+Alt+3",
        on_triggered=_toggle_split(TEST),
        checked=_split_shown(TEST),
        disabled_reason=_split_empty(TEST),
    ),
)
