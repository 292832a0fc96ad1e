"""Actions of the menu View: what is drawn, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auslan_explorer.core.session import Colouring, Layout
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.actions.action_info import ActionInfo, Asked, dock_shown, has_data
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.gui.style import Look

if TYPE_CHECKING:
    from auslan_explorer.gui.window.commands import Commands

HANDS_UNKNOWN = to_say(
    "How much each hand moves is not known for these activations; make them again from the recordings."
)


def _figure_lacks(number: int) -> Callable[[Commands], str]:
    return lambda c: FIGURES[number].lacks(c.session.activations, c.session.projections)


def _figures() -> dict[Key, ActionInfo]:
    """Return an action for each figure of the article."""
    return {
        Key(f"figure_{number}"): ActionInfo(
            f"{number}  {figure.title}", "show_figure", figure.icon, f"Figure {number}: {figure.sentence}",
            f"Alt+{number % 10}" if number <= 10 else "", number, lacks=_figure_lacks(number),
        )
        for number, figure in FIGURES.items()
    }  # fmt: skip


def _drawn(field: str) -> Asked:
    return lambda c: bool(getattr(c.session.state, field))


def _layout(which: Layout) -> Asked:
    return lambda c: c.session.state.layout is which


def _colouring(which: Colouring) -> Asked:
    return lambda c: c.session.state.colouring is which


def _look(which: Look) -> Asked:
    return lambda c: c.appearance.look is which


def _knows_answers(c: Commands) -> bool:
    return bool((c.session.activations.predicted >= 0).any())


def _hands_lack(c: Commands) -> str:
    return "" if c.session.activations.hand_ratio is not None else said(HANDS_UNKNOWN)


def _confidence_lacks(c: Commands) -> str:
    if c.session.activations.head is not None:
        return ""
    return said("These activations hold no softmax layer to say how sure the network is.")


# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.LAYOUT_2D: ActionInfo(
        "2-D map alone", "set_layout", "square", "Show the 2-D map alone", "Ctrl+2", Layout.MAP_2D,
        _layout(Layout.MAP_2D), group="layout", short="2-D",
    ),
    Key.LAYOUT_3D: ActionInfo(
        "3-D alone", "set_layout", "cube", "Show the 3-D view alone", "Ctrl+3", Layout.MAP_3D, _layout(Layout.MAP_3D),
        group="layout", short="3-D",
    ),
    Key.LAYOUT_BOTH: ActionInfo(
        "Both side by side", "set_layout", "columns", "Show 2-D and 3-D side by side", "Ctrl+B", Layout.BOTH,
        _layout(Layout.BOTH), group="layout", short="Both",
    ),
    Key.POINTS: ActionInfo(
        "Points", "toggle", "dots-nine", "Draw a point for each step", "P", "points", _drawn("points"), short="Points",
    ),
    Key.LINES: ActionInfo(
        "Lines", "toggle", "path", "Join the points of each recording", "J", "lines", _drawn("lines"), short="Lines",
    ),
    Key.NAMES: ActionInfo(
        "Names", "toggle", "text-aa", "Write each sign's name where its recordings end", "N", "labels",
        _drawn("labels"), short="Names",
    ),
    Key.LOG_SCALE: ActionInfo(
        "Signed log scale", "toggle", "arrows-out-line-horizontal", "Spread the crowded middle: sign(v) log(1 + |v|)",
        "G", "log_scale", _drawn("log_scale"), short="Log",
    ),
    Key.LAST_ONLY: ActionInfo(
        "Only last steps", "toggle", "crosshair-simple", "Draw the last step of each recording only", "E", "last_only",
        _drawn("last_only"), short="Ends",
    ),
    Key.COLOUR_TIME: ActionInfo(
        "Colour by time", "colour_by", "clock", "Colour from the first step (dark) to the last (yellow)", "1",
        Colouring.TIME, _colouring(Colouring.TIME), group="colouring", short="Time",
    ),
    Key.COLOUR_SIGN: ActionInfo(
        "Colour by sign", "colour_by", "hand", "One colour for each sign", "2", Colouring.SIGN,
        _colouring(Colouring.SIGN), group="colouring", short="Sign",
    ),
    Key.COLOUR_SPLIT: ActionInfo(
        "Colour by split", "colour_by", "chart-pie-slice", "Train, validation and test apart", "3", Colouring.SPLIT,
        _colouring(Colouring.SPLIT), group="colouring", short="Split",
    ),
    Key.COLOUR_ANSWER: ActionInfo(
        "Colour by answer", "colour_by", "check-circle", "Recognised and mistaken recordings apart", "4",
        Colouring.ANSWER, _colouring(Colouring.ANSWER), _knows_answers, group="colouring", short="Answer",
    ),
    Key.COLOUR_HANDS: ActionInfo(
        "Colour by hand usage", "colour_by", "hand-palm", "One-handed and two-handed recordings apart", "5",
        Colouring.HANDS, _colouring(Colouring.HANDS), lacks=_hands_lack, group="colouring", short="Hands",
    ),
    Key.COLOUR_SESSION: ActionInfo(
        "Colour by recording session", "colour_by", "calendar", "The days on which it was recorded", "6",
        Colouring.SESSION, _colouring(Colouring.SESSION), group="colouring", short="Session",
    ),
    Key.COLOUR_CONFIDENCE: ActionInfo(
        "Colour by confidence", "colour_by", "gauge", "Probability of the true sign at each step", "7",
        Colouring.CONFIDENCE, _colouring(Colouring.CONFIDENCE), lacks=_confidence_lacks, group="colouring",
        short="Confidence",
    ),
    Key.COLOUR_DISTANCE: ActionInfo(
        "Colour by distance moved", "colour_by", "ruler", "How far the hidden state moved in each step", "8",
        Colouring.DISTANCE, _colouring(Colouring.DISTANCE), group="colouring", short="Distance",
    ),
    Key.HAND_PANEL: ActionInfo(
        "Hand usage…", "toggle_dock", "sliders-horizontal", "Histogram and threshold of hand usage", "Ctrl+H",
        "hands", dock_shown("hands"),
    ),
    Key.MISTAKES: ActionInfo(
        "Names of mistakes", "toggle", "warning-circle",
        "At the end of misclassified recordings: true sign above, the network's answer below", "M", "mistakes",
        _drawn("mistakes"), _knows_answers,
    ),
    Key.GALLERY: ActionInfo(
        "Gallery of figures…", "gallery", "squares-four", "All figures of the article, with a sentence each",
        "Ctrl+G", enabled=has_data,
    ),
    **_figures(),
    Key.RESET: ActionInfo(
        "Reset views", "reset_views", "frame-corners", "Show everything again, as at the start", "Ctrl+0",
        enabled=has_data,
    ),
    Key.SIGN_DOCK: ActionInfo(
        "List of signs", "toggle_sign_list", "list-bullets", "Show or hide the list of signs", "F9",
        checked=lambda c: c.sign_list_shown,
    ),
    Key.INSPECTOR: ActionInfo(
        "Inspector", "toggle_dock", "identification-card", "Show or hide what is known of the selection", "Ctrl+I",
        "inspector", dock_shown("inspector"),
    ),
    Key.LIGHT: ActionInfo(
        "Light", "choose_look", "sun", "Dark ink on white paper", argument=Look.LIGHT, checked=_look(Look.LIGHT),
        group="look",
    ),
    Key.DARK: ActionInfo(
        "Dark", "choose_look", "moon", "Light ink on near-black", argument=Look.DARK, checked=_look(Look.DARK),
        group="look",
    ),
    Key.SYSTEM: ActionInfo(
        "As the system", "choose_look", "desktop", "Light or dark as the system has it", argument=Look.SYSTEM,
        checked=_look(Look.SYSTEM), group="look",
    ),
    Key.REDUCE_MOTION: ActionInfo(
        "Reduce motion", "settings.toggle_motion", "person-simple-run",
        "Nothing fades or glides; what changes is changed at once", checked=lambda c: c.settings.motion_reduced,
    ),
    Key.FULL_SCREEN: ActionInfo(
        "Full screen", "full_screen", "corners-out", "Use the whole screen", "F11", checked=lambda c: c.is_full_screen,
    ),
}
# fmt: on
