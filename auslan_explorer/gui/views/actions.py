"""Actions of the views: which are shown, what is drawn in them and how, and the pointer's tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from auslan_explorer.core.added_labels import all_step_labels, shown_labels
from auslan_explorer.core.identity import splits_known
from auslan_explorer.core.session import PER_STEP, Colouring, Layout, Tool
from auslan_explorer.gui.actions.action_info import ActionInfo, is_colouring, nothing_open, with_signs
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.signs.actions import HANDS_UNKNOWN
from auslan_explorer.gui.views.panes import Views


class ViewContext(ActionContext, Protocol):
    """What these actions use."""

    @property
    def jobs(self) -> Jobs: ...

    @property
    def views(self) -> Views | None: ...


def colour_by(context: ViewContext, colouring: Colouring) -> None:
    """Colour by something; what has to be computed first is computed beside the window, once."""
    session, activations = context.session, context.session.activations
    needs = {Colouring.CONFIDENCE: "confidence", Colouring.DISTANCE: "distance_moved"}.get(colouring)
    if needs is None or needs in vars(activations):
        session.update(colouring=colouring)
        return

    def coloured(_: object) -> None:
        if session.activations is activations:
            session.update(colouring=colouring)

    job = context.jobs.start(tr("Computing colours"), lambda: getattr(activations, needs), makes_something=False)
    job.done.connect(coloured)
    job.failed.connect(context.reporter.show_error)


def colour_by_label(context: ViewContext) -> None:
    """Colour by the labels of steps; by the next column where colour stands for labels already."""
    session = context.session
    state, columns = session.state, list(all_step_labels(session.activations))
    shown = shown_labels(session.activations, state.label_column)
    if shown is None:
        return
    place = columns.index(shown[0]) + (1 if state.colouring is Colouring.LABEL else 0)
    column = columns[place % len(columns)]
    session.update(colouring=Colouring.LABEL, label_column=column)
    if len(columns) > 1:
        context.reporter.show_status(tr("Colours by “{0}”; choose it again for the next labels.", column))


def choose_in_legend(context: ViewContext) -> None:
    """Give the keyboard to the legend of the view in use."""
    if context.views is not None and not context.views.focus_legend():
        context.reporter.show_notice(tr("The legend has nothing to choose; select or tick fewer signs."))


def _is_layout(layout: Layout) -> Callable[[ActionContext], bool]:
    return lambda context: context.session.state.layout is layout


def _is_beside(context: ViewContext) -> bool:
    return context.views is not None and context.views.beside_shown


def _is_tool(tool: Tool) -> Callable[[ActionContext], bool]:
    return lambda context: context.session.tool is tool


def _nothing_to_select(context: ActionContext) -> str:
    return "" if len(context.session.activations) else tr("There are no recordings to select")


def _nothing_selected(context: ActionContext) -> str:
    state = context.session.state
    shown = context.session.shown()
    return "" if shown[state.selected.rows].any() else tr("Nothing that is shown is selected.")


def _predictions_unknown(context: ActionContext) -> str:
    known = bool((context.session.activations.predicted >= 0).any())
    return "" if known else tr("The network’s answers are not known")


def _splits_unknown(context: ActionContext) -> str:
    known = splits_known(context.session.activations)
    return "" if known else tr("Which recordings trained this network is not known")


def _hands_unknown(context: ActionContext) -> str:
    return "" if context.session.activations.hand_ratio is not None else tr(HANDS_UNKNOWN)


def _confidence_unknown(context: ActionContext) -> str:
    a = context.session.activations
    if a.predicts_signs or a.no_probabilities_reason:
        return tr(a.no_probabilities_reason)
    return tr("These activations hold no softmax layer to say how sure the network is.")


def _labels_unknown(context: ActionContext) -> str:
    if not len(context.session.activations):
        return nothing_open(context)
    if all_step_labels(context.session.activations):
        return ""
    return tr("No step has a label; annotations of ELAN (.eaf) bring some.")


def _nothing_in_legend(context: ActionContext) -> str:
    session = context.session
    if not session.state.shown(session.activations).any():
        return tr("Nothing is shown.")
    if session.state.colouring not in PER_STEP - {Colouring.LABEL}:
        return ""
    return tr("These colours are a scale; colour by sign, hands, split or session to choose among them.")


ACTIONS: tuple[ActionInfo[ViewContext], ...] = (
    ActionInfo(
        id=ActionId.LAYOUT_2D,
        text="2-D map alone",
        toolbar_text="2-D",
        tooltip="Show the 2-D map alone",
        icon="square",
        shortcut="Ctrl+2",
        on_triggered=lambda context: context.session.update(layout=Layout.MAP_2D),
        checked=_is_layout(Layout.MAP_2D),
        group="layout",
    ),
    ActionInfo(
        id=ActionId.LAYOUT_3D,
        text="3-D alone",
        toolbar_text="3-D",
        tooltip="Show the 3-D view alone",
        icon="cube",
        shortcut="Ctrl+3",
        on_triggered=lambda context: context.session.update(layout=Layout.MAP_3D),
        checked=_is_layout(Layout.MAP_3D),
        group="layout",
    ),
    ActionInfo(
        id=ActionId.LAYOUT_BOTH,
        text="Both side by side",
        toolbar_text="Both",
        tooltip="Show 2-D and 3-D side by side",
        icon="columns",
        shortcut="Ctrl+B",
        on_triggered=lambda context: context.session.update(layout=Layout.BOTH),
        checked=_is_layout(Layout.BOTH),
        group="layout",
    ),
    ActionInfo(
        id=ActionId.GESTURE,
        text="Gesture",
        tooltip="Show or hide the hands of the selected recording, beside the map",
        icon="hand-waving",
        shortcut="Ctrl+4",
        on_triggered=lambda context: (
            None if context.views is None else context.views.show_beside(not _is_beside(context))
        ),
        checked=lambda context: _is_beside(context),
        disabled_reason=nothing_open,
        offered=with_signs,
    ),
    ActionInfo(
        id=ActionId.POINTS,
        text="Points",
        tooltip="Draw a point for each step",
        icon="dots-nine",
        shortcut="P",
        on_triggered=lambda context: context.session.update(points=not context.session.state.points),
        checked=lambda context: context.session.state.points,
    ),
    ActionInfo(
        id=ActionId.LINES,
        text="Lines",
        tooltip="Join the points of each recording",
        icon="path",
        shortcut="J",
        on_triggered=lambda context: context.session.update(lines=not context.session.state.lines),
        checked=lambda context: context.session.state.lines,
    ),
    ActionInfo(
        id=ActionId.FAINT_JUMPS,
        text="Faint lines over jumps",
        tooltip="Draw a line faintly where a step goes farther than a tenth of the map: no state lies on it",
        icon="line-segments",
        shortcut="Shift+J",
        on_triggered=lambda context: context.session.update(faint_jumps=not context.session.state.faint_jumps),
        checked=lambda context: context.session.state.faint_jumps,
    ),
    ActionInfo(
        id=ActionId.NAMES,
        text="Names",
        tooltip="Write each sign’s name where its recordings end",
        icon="text-aa",
        shortcut="N",
        on_triggered=lambda context: context.session.update(labels=not context.session.state.labels),
        checked=lambda context: context.session.state.labels,
    ),
    ActionInfo(
        id=ActionId.LOG_SCALE,
        text="Signed log scale",
        toolbar_text="Log scale",
        tooltip="Spread the crowded middle: sign(v) log(1 + |v|)",
        icon="arrows-out-line-horizontal",
        shortcut="G",
        on_triggered=lambda context: context.session.update(log_scale=not context.session.state.log_scale),
        checked=lambda context: context.session.state.log_scale,
    ),
    ActionInfo(
        id=ActionId.LAST_ONLY,
        text="Only last steps",
        toolbar_text="Ends",
        tooltip="Draw the last step of each recording only",
        icon="crosshair-simple",
        shortcut="E",
        on_triggered=lambda context: context.session.update(last_only=not context.session.state.last_only),
        checked=lambda context: context.session.state.last_only,
    ),
    ActionInfo(
        id=ActionId.COLOUR_TIME,
        text="Colour by time",
        toolbar_text="Time",
        tooltip="Colour from the first step (dark) to the last (yellow)",
        icon="clock",
        shortcut="1",
        on_triggered=lambda context: colour_by(context, Colouring.TIME),
        checked=is_colouring(Colouring.TIME),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_SIGN,
        text="Colour by sign",
        toolbar_text="Sign",
        tooltip="One colour for each sign",
        icon="hand",
        shortcut="2",
        on_triggered=lambda context: colour_by(context, Colouring.SIGN),
        checked=is_colouring(Colouring.SIGN),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_SPLIT,
        text="Colour by split",
        toolbar_text="Split",
        tooltip="Train, validation and test apart",
        icon="chart-pie-slice",
        shortcut="3",
        on_triggered=lambda context: colour_by(context, Colouring.SPLIT),
        disabled_reason=_splits_unknown,
        checked=is_colouring(Colouring.SPLIT),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_ANSWER,
        text="Colour by answer",
        toolbar_text="Answer",
        tooltip="Recognised and mistaken recordings apart",
        icon="check-circle",
        shortcut="4",
        on_triggered=lambda context: colour_by(context, Colouring.ANSWER),
        checked=is_colouring(Colouring.ANSWER),
        disabled_reason=_predictions_unknown,
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_HANDS,
        text="Colour by hand usage",
        toolbar_text="Hands",
        tooltip="One-handed and two-handed recordings apart",
        icon="hand-palm",
        shortcut="5",
        on_triggered=lambda context: colour_by(context, Colouring.HANDS),
        checked=is_colouring(Colouring.HANDS),
        disabled_reason=_hands_unknown,
        group="colouring",
        offered=with_signs,
    ),
    ActionInfo(
        id=ActionId.COLOUR_SESSION,
        text="Colour by recording session",
        toolbar_text="Session",
        tooltip="The days on which it was recorded",
        icon="calendar",
        shortcut="6",
        on_triggered=lambda context: colour_by(context, Colouring.SESSION),
        checked=is_colouring(Colouring.SESSION),
        group="colouring",
        offered=with_signs,
    ),
    ActionInfo(
        id=ActionId.COLOUR_CONFIDENCE,
        text="Colour by confidence",
        toolbar_text="Confidence",
        tooltip="Probability of the true sign at each step",
        icon="gauge",
        shortcut="7",
        on_triggered=lambda context: colour_by(context, Colouring.CONFIDENCE),
        checked=is_colouring(Colouring.CONFIDENCE),
        disabled_reason=_confidence_unknown,
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_DISTANCE,
        text="Colour by distance moved",
        toolbar_text="Distance",
        tooltip="How far the hidden state moved in each step",
        icon="ruler",
        shortcut="8",
        on_triggered=lambda context: colour_by(context, Colouring.DISTANCE),
        checked=is_colouring(Colouring.DISTANCE),
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.COLOUR_LABEL,
        text="Colour by labels of steps",
        toolbar_text="Labels",
        tooltip="What steps are labelled with, in the file or in annotations; again for the next labels",
        icon="tag",
        on_triggered=colour_by_label,
        checked=is_colouring(Colouring.LABEL),
        disabled_reason=_labels_unknown,
        group="colouring",
    ),
    ActionInfo(
        id=ActionId.MISTAKES,
        text="Names of mistakes",
        tooltip="At the end of misclassified recordings: true sign above, the network’s answer below",
        icon="warning-circle",
        shortcut="M",
        on_triggered=lambda context: context.session.update(mistakes=not context.session.state.mistakes),
        checked=lambda context: context.session.state.mistakes,
        disabled_reason=_predictions_unknown,
    ),
    ActionInfo(
        id=ActionId.RESET_VIEWS,
        text="Reset views",
        tooltip="Show everything again, as at the start",
        icon="frame-corners",
        shortcut="Ctrl+0",
        on_triggered=lambda context: context.window.reset_views(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.ZOOM_SHOWN,
        text="Zoom to what is shown",
        tooltip="Fit both views to the recordings that are shown",
        icon="corners-out",
        shortcut="Z",
        on_triggered=lambda context: None if context.views is None else context.views.zoom_to_shown(),
        disabled_reason=nothing_open,
    ),
    ActionInfo(
        id=ActionId.ZOOM_SELECTION,
        text="Zoom to the selection",
        tooltip="Fit both views to the selected recordings",
        icon="magnifying-glass-plus",
        shortcut="Shift+Z",
        on_triggered=lambda context: None if context.views is None else context.views.zoom_to_selection(),
        disabled_reason=_nothing_selected,
    ),
    ActionInfo(
        id=ActionId.TOOL_POINTER,
        text="Pointer",
        tooltip="Click to select, drag to move; Shift and drag adds what lies in a rectangle",
        icon="cursor",
        shortcut="V",
        on_triggered=lambda context: context.session.choose_tool(Tool.POINTER),
        checked=_is_tool(Tool.POINTER),
        disabled_reason=_nothing_to_select,
        group="tool",
    ),
    ActionInfo(
        id=ActionId.TOOL_LASSO,
        text="Lasso",
        tooltip="Draw around paths to select them; Shift adds, Ctrl+Shift takes away, Alt looks at last steps only",
        icon="scribble-loop",
        shortcut="L",
        on_triggered=lambda context: context.session.choose_tool(Tool.LASSO),
        checked=_is_tool(Tool.LASSO),
        disabled_reason=_nothing_to_select,
        group="tool",
    ),
    ActionInfo(
        id=ActionId.TOOL_BOX,
        text="Rectangle",
        tooltip="Drag over paths to select them; Shift adds, Ctrl+Shift takes away, Alt looks at last steps only",
        icon="bounding-box",
        shortcut="B",
        on_triggered=lambda context: context.session.choose_tool(Tool.BOX),
        checked=_is_tool(Tool.BOX),
        disabled_reason=_nothing_to_select,
        group="tool",
    ),
    ActionInfo(
        id=ActionId.LEGEND,
        text="Choose in the legend",
        tooltip="Up and down go through the colours, Enter selects what has one, Ctrl adds, Escape leaves",
        icon="list-bullets",
        shortcut="K",
        on_triggered=choose_in_legend,
        disabled_reason=_nothing_in_legend,
    ),
)
