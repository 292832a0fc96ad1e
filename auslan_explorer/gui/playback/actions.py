"""Actions of playback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.core.playing import Alignment
from auslan_explorer.gui.actions.action_info import ActionInfo, dock_shown, nothing_open
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.playback.controller import Playback


class PlaybackContext(ActionContext, Protocol):
    """Context of the playback actions."""

    @property
    def playback(self) -> Playback: ...


def at_first_step(context: PlaybackContext) -> str:
    """Return why one cannot step back; empty if one can, or where it would pause."""
    playback = context.playback
    return nothing_open(context) or ("" if playback.playing or playback.step > 0 else tr("This is the first step"))


def at_last_step(context: PlaybackContext) -> str:
    """Return why one cannot step forward; empty if one can, or where it would pause."""
    playback = context.playback
    before = playback.step < playback.last_step
    return nothing_open(context) or ("" if playback.playing or before else tr("This is the last step"))


def _at_slowest(context: ActionContext) -> str:
    return "" if context.session.state.speed > SPEEDS[0] else tr("This is the slowest speed")


def _at_fastest(context: ActionContext) -> str:
    return "" if context.session.state.speed < SPEEDS[-1] else tr("This is the fastest speed")


def _no_section(context: ActionContext) -> str:
    return "" if context.session.state.section is not None else tr("All steps are played already")


def _trail_longest(context: ActionContext) -> str:
    tail = context.session.state.trail.tail
    return nothing_open(context) or ("" if tail > 0 else tr("Paths are drawn whole already"))


def _trail_shortest(context: ActionContext) -> str:
    tail = context.session.state.trail.tail
    return nothing_open(context) or ("" if tail != 1 else tr("Only the heads are drawn already"))


def _no_head(context: ActionContext) -> str:
    a = context.session.activations
    if a.predicts_signs or a.no_probabilities_reason:
        return tr(a.no_probabilities_reason)
    return tr("These activations hold no softmax head, so the network’s answers at each step are not known")


def _is_aligned(alignment: Alignment) -> Callable[[ActionContext], bool]:
    return lambda context: context.session.state.alignment is alignment


def _repeats(repeat: Repeat) -> Callable[[ActionContext], bool]:
    return lambda context: context.session.state.repeat is repeat


ACTIONS: tuple[ActionInfo[PlaybackContext], ...] = (
    ActionInfo(
        id=ActionId.PLAY,
        text="Play",
        tooltip="Let the paths grow step by step, or pause",
        icon="play",
        shortcut="Space",
        on_triggered=lambda context: context.playback.toggle(),
        disabled_reason=nothing_open,
        text_fn=lambda context: tr("Pause") if context.playback.playing else tr("Play"),
        icon_fn=lambda context: "pause" if context.playback.playing else "play",
    ),
    ActionInfo(
        id=ActionId.STEP_BACK,
        text="One step back",
        icon="caret-left",
        shortcut="Left",
        alt_shortcut=",",
        on_triggered=lambda context: context.playback.step_by(-1),
        disabled_reason=at_first_step,
    ),
    ActionInfo(
        id=ActionId.STEP_FORWARD,
        text="One step forward",
        icon="caret-right",
        shortcut="Right",
        alt_shortcut=".",
        on_triggered=lambda context: context.playback.step_by(1),
        disabled_reason=at_last_step,
    ),
    ActionInfo(
        id=ActionId.STEP_BACK_TEN,
        text="Ten steps back",
        icon="caret-double-left",
        shortcut="Shift+Left",
        on_triggered=lambda context: context.playback.step_by(-10),
        disabled_reason=at_first_step,
    ),
    ActionInfo(
        id=ActionId.STEP_FORWARD_TEN,
        text="Ten steps forward",
        icon="caret-double-right",
        shortcut="Shift+Right",
        on_triggered=lambda context: context.playback.step_by(10),
        disabled_reason=at_last_step,
    ),
    ActionInfo(
        id=ActionId.FIRST_STEP,
        text="First step",
        icon="skip-back",
        shortcut="Home",
        on_triggered=lambda context: context.playback.stop_at(0),
        disabled_reason=at_first_step,
    ),
    ActionInfo(
        id=ActionId.LAST_STEP,
        text="Last step",
        icon="skip-forward",
        shortcut="End",
        on_triggered=lambda context: context.playback.stop_at(context.playback.last_step),
        disabled_reason=at_last_step,
    ),
    ActionInfo(
        id=ActionId.SLOWER,
        text="Slower",
        tooltip="Play more slowly",
        icon="minus",
        shortcut="[",
        on_triggered=lambda context: context.playback.change_speed(-1),
        disabled_reason=_at_slowest,
    ),
    ActionInfo(
        id=ActionId.FASTER,
        text="Faster",
        tooltip="Play faster",
        icon="plus",
        shortcut="]",
        on_triggered=lambda context: context.playback.change_speed(1),
        disabled_reason=_at_fastest,
    ),
    ActionInfo(
        id=ActionId.EVERY_STEP,
        text="Show every step",
        tooltip="Leave out no step, even where drawing takes longer than the speed allows",
        icon="list-numbers",
        shortcut="Ctrl+Shift+K",
        on_triggered=lambda context: context.session.update(every_step=not context.session.state.every_step),
        checked=lambda context: context.session.state.every_step,
    ),
    ActionInfo(
        id=ActionId.LOOP,
        text="Loop",
        tooltip="Begin again after the last step",
        icon="repeat",
        shortcut="Ctrl+L",
        on_triggered=lambda context: context.playback.toggle_repeat(Repeat.LOOP),
        checked=_repeats(Repeat.LOOP),
    ),
    ActionInfo(
        id=ActionId.BOUNCE,
        text="Back and forth",
        tooltip="Go back step by step after the last step",
        icon="arrows-left-right",
        shortcut="Ctrl+Shift+L",
        on_triggered=lambda context: context.playback.toggle_repeat(Repeat.BOUNCE),
        checked=_repeats(Repeat.BOUNCE),
    ),
    ActionInfo(
        id=ActionId.SECTION_START,
        text="Section starts here",
        tooltip="Play from this step on",
        icon="arrow-line-right",
        shortcut="Ctrl+[",
        on_triggered=lambda context: context.playback.begin_section(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.SECTION_END,
        text="Section ends here",
        tooltip="Play up to this step",
        icon="arrow-line-left",
        shortcut="Ctrl+]",
        on_triggered=lambda context: context.playback.end_section(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.NO_SECTION,
        text="Play all steps",
        tooltip="Let go of the section",
        icon="arrows-out-line-horizontal",
        shortcut="Ctrl+\\",
        on_triggered=lambda context: context.session.update(section=None),
        disabled_reason=_no_section,
    ),
    ActionInfo(
        id=ActionId.ALIGN_NETWORK,
        text="By the network’s steps",
        tooltip="As the network reads them: shorter recordings begin later, all end together",
        icon="align-right",
        shortcut="Shift+1",
        on_triggered=lambda context: context.session.update(alignment=Alignment.NETWORK),
        checked=_is_aligned(Alignment.NETWORK),
        group="alignment",
    ),
    ActionInfo(
        id=ActionId.ALIGN_START,
        text="From each one’s own start",
        tooltip="All recordings begin together; shorter ones end earlier",
        icon="align-left",
        shortcut="Shift+2",
        on_triggered=lambda context: context.session.update(alignment=Alignment.START),
        checked=_is_aligned(Alignment.START),
        group="alignment",
    ),
    ActionInfo(
        id=ActionId.ALIGN_STRETCH,
        text="Stretched to the same length",
        tooltip="All recordings begin together and end together",
        icon="align-center-horizontal",
        shortcut="Shift+3",
        on_triggered=lambda context: context.session.update(alignment=Alignment.STRETCH),
        checked=_is_aligned(Alignment.STRETCH),
        group="alignment",
    ),
    ActionInfo(
        id=ActionId.GHOST,
        text="Whole paths faintly beneath",
        tooltip="The whole paths lie faintly beneath their parts that have grown",
        icon="ghost",
        shortcut="H",
        on_triggered=lambda context: context.session.update(ghost=not context.session.state.ghost),
        checked=lambda context: context.session.state.ghost,
    ),
    ActionInfo(
        id=ActionId.TRAIL_LONGER,
        text="Longer trail",
        tooltip="Draw more of each path behind its head",
        icon="arrow-line-left",
        shortcut="}",
        on_triggered=lambda context: context.playback.change_trail(1),
        disabled_reason=_trail_longest,
    ),
    ActionInfo(
        id=ActionId.TRAIL_SHORTER,
        text="Shorter trail",
        tooltip="Draw less of each path behind its head",
        icon="arrow-line-right",
        shortcut="{",
        on_triggered=lambda context: context.playback.change_trail(-1),
        disabled_reason=_trail_shortest,
    ),
    ActionInfo(
        id=ActionId.STABLE_PREDICTIONS,
        text="Settled steps of all paths",
        tooltip="Mark the step after which the network’s answer no longer changes on every path, "
        "not on selected ones alone",
        icon="push-pin",
        shortcut="S",
        on_triggered=lambda context: context.session.update(settled=not context.session.state.settled),
        checked=lambda context: context.session.state.settled,
        disabled_reason=_no_head,
    ),
    ActionInfo(
        id=ActionId.ACCURACY,
        text="How early it knows",
        tooltip="Accuracy against step for each split",
        icon="chart-line-up",
        shortcut="Ctrl+Shift+J",
        on_triggered=lambda context: context.docks.toggle("answers"),
        checked=dock_shown("answers"),
    ),
)
