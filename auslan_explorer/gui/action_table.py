"""Every action, declared once; menus, toolbar, shortcuts, and whatever lists them are made from this table.

An action names a method of `gui.commands.Commands`. Whether it is enabled or checked is asked of the same object
whenever the session, the playback or the look has announced a change; nothing is polled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auslan_explorer.core.clock import SPEEDS
from auslan_explorer.core.session import Colouring, Layout, Tool
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.action_keys import Key
from auslan_explorer.gui.style import Look

if TYPE_CHECKING:
    from auslan_explorer.gui.commands import Commands


HANDS_UNKNOWN = "How much each hand moves is not known for these activations; make them again from the recordings."


Asked = Callable[["Commands"], bool]


@dataclass(frozen=True)
class ActionInfo:
    """What an action is called, looks like and does.

    Attributes
    ----------
    text : str
        As menus have it; three dots where a question follows.
    slot : str
        Method of `Commands` that it calls.
    icon : str
        Name in Phosphor's regular set.
    tooltip : str
        What it does; the key is added to it.
    shortcut : str
        In Qt's portable spelling; empty for none.
    argument : object
        What the method is given; nothing if None.
    checked, enabled : callable, optional
        Ask the commands; an action without `checked` cannot be checked.
    lacks : callable, optional
        In place of `enabled`: asks the commands for the reason why the action is off, empty where it is on; the
        tooltip says it.
    group : str
        Actions of one group exclude one another.
    short : str
        Text on the toolbar; empty: the icon alone.
    also : str
        A second shortcut.
    says : callable, optional
        Asks the commands for the text, where it changes.
    """

    text: str
    slot: str
    icon: str
    tooltip: str
    shortcut: str = ""
    argument: Any = None
    checked: Asked | None = None
    enabled: Asked | None = None
    lacks: Callable[[Commands], str] | None = None
    group: str = ""
    short: str = ""
    also: str = ""
    says: Callable[[Commands], str] | None = None


def _has_data(c: Commands) -> bool:
    return len(c.session.activations) > 0


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


def _tool(which: Tool) -> Asked:
    return lambda c: c.session.tool is which


def _colouring(which: Colouring) -> Asked:
    return lambda c: c.session.state.colouring is which


def _split(code: int) -> Asked:
    return lambda c: code in c.session.state.splits


def _has_split(code: int) -> Asked:
    return lambda c: bool((c.session.activations.split == code).any())


def _look(which: Look) -> Asked:
    return lambda c: c.appearance.look is which


def _can_go_back(c: Commands) -> bool:
    return _has_data(c) and c.playback.step > 0


def _can_go_on(c: Commands) -> bool:
    return _has_data(c) and c.playback.step < c.playback.last_step


def _any_ticked(c: Commands) -> bool:
    return bool(c.session.state.visible_signs)


def _knows_answers(c: Commands) -> bool:
    return bool((c.session.activations.predicted >= 0).any())


def _named(what: str, which: str) -> str:
    return f"{what}: {which}" if which else what


def _hands_lack(c: Commands) -> str:
    return "" if c.session.activations.hand_ratio is not None else HANDS_UNKNOWN


def _confidence_lacks(c: Commands) -> str:
    if c.session.activations.head is not None:
        return ""
    return "These activations hold no softmax layer to say how sure the network is."


# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.OPEN: ActionInfo(
        "Open…", "open_activations", "folder-open", "Open a session, or a file of hidden states", "Ctrl+O",
    ),
    Key.SAVE: ActionInfo(
        "Save session", "save_session", "floppy-disk", "Keep all that makes up what is shown in a small file", "Ctrl+S",
        enabled=_has_data,
    ),
    Key.SAVE_AS: ActionInfo(
        "Save session as…", "save_session_as", "floppy-disk-back", "Keep what is shown in another file", "Ctrl+Shift+S",
        enabled=_has_data,
    ),
    Key.IMPORT: ActionInfo(
        "Import recordings…", "import_recordings", "file-plus", "Read recordings from a folder or archive", "Ctrl+R",
    ),
    Key.DOWNLOAD: ActionInfo(
        "Download recordings…", "download_recordings", "download-simple", "Get the recordings from UCI", "Ctrl+D",
    ),
    Key.PUBLISHED: ActionInfo(
        "Open published weights…", "open_published", "brain", "Show the network of the article", "Ctrl+Shift+O",
    ),
    Key.EXPORT_PICTURE: ActionInfo(
        "Export picture…", "export_picture", "image", "Save the map as a picture", "Ctrl+E", enabled=_has_data,
    ),
    Key.COPY_PICTURE: ActionInfo(
        "Copy picture", "copy_picture", "copy", "Put what is on screen on the clipboard", "Ctrl+Shift+C",
        enabled=_has_data,
    ),
    Key.EXPORT_DATA: ActionInfo(
        "Export data…", "export_data", "table", "Save paths, labels and predictions as CSV or HDF5", "Ctrl+Alt+E",
        enabled=_has_data,
    ),
    Key.EXPORT_FILM: ActionInfo(
        "Export film…", "export_film", "film-strip", "Save the growing paths as a film", "Ctrl+Shift+E",
        enabled=_has_data,
    ),
    Key.QUIT: ActionInfo("Quit", "quit", "sign-out", "Close the program", "Ctrl+Q"),
    Key.UNDO: ActionInfo(
        "Undo", "undo", "arrow-counter-clockwise", "Take back the last change of what is shown", "Ctrl+Z",
        enabled=lambda c: c.history.can_undo, says=lambda c: _named("Undo", c.history.undo_name),
    ),
    Key.REDO: ActionInfo(
        "Redo", "redo", "arrow-clockwise", "Do again what was taken back", "Ctrl+Shift+Z", also="Ctrl+Y",
        enabled=lambda c: c.history.can_redo, says=lambda c: _named("Redo", c.history.redo_name),
    ),
    Key.PALETTE: ActionInfo(
        "Search everything…", "open_palette", "magnifying-glass", "Find actions, signs, groups and figures by typing",
        "Ctrl+K", short="Search everything",
    ),
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
        "Hand usage…", "toggle_hand_panel", "sliders-horizontal", "Histogram and threshold of hand usage", "Ctrl+H",
        checked=lambda c: c.hand_panel_shown,
    ),
    Key.MISTAKES: ActionInfo(
        "Names of mistakes", "toggle", "warning-circle",
        "At misclassified recordings on the 2-D map: true sign above, the network's answer below", "M", "mistakes",
        _drawn("mistakes"), _knows_answers,
    ),
    Key.GALLERY: ActionInfo(
        "Gallery of figures…", "gallery", "squares-four", "All figures of the article, with a sentence each",
        "Ctrl+G", enabled=_has_data,
    ),
    **_figures(),
    Key.RESET: ActionInfo(
        "Reset views", "reset_views", "frame-corners", "Show everything again, as at the start", "Ctrl+0",
        enabled=_has_data,
    ),
    Key.SIGN_DOCK: ActionInfo(
        "List of signs", "toggle_sign_list", "list-bullets", "Show or hide the list of signs", "F9",
        checked=lambda c: c.sign_list_shown,
    ),
    Key.INSPECTOR: ActionInfo(
        "Inspector", "toggle_inspector", "identification-card", "Show or hide what is known of the selection", "Ctrl+I",
        checked=lambda c: c.inspector_shown,
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
    Key.FULL_SCREEN: ActionInfo(
        "Full screen", "full_screen", "corners-out", "Use the whole screen", "F11", checked=lambda c: c.is_full_screen,
    ),
    Key.FIND: ActionInfo("Find a sign", "find_sign", "magnifying-glass", "Go to the search field", "Ctrl+F"),
    Key.ALL: ActionInfo(
        "Tick all", "tick_all", "check-square", "Tick all signs, or all those found", "Ctrl+Shift+A", enabled=_has_data,
        short="All",
    ),
    Key.NONE: ActionInfo(
        "Tick none", "tick_none", "square", "Untick all signs, or all those found", "Ctrl+Shift+N", enabled=_any_ticked,
        short="None",
    ),
    Key.INVERT: ActionInfo(
        "Invert", "tick_inverse", "selection-inverse", "Tick what is not ticked, and the other way round",
        "Ctrl+Shift+I", enabled=_has_data, short="Invert",
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
        Tool.POINTER, _tool(Tool.POINTER), _has_data, group="tool",
    ),
    Key.TOOL_LASSO: ActionInfo(
        "Lasso", "choose_tool", "scribble-loop",
        "Draw around paths to select them; Ctrl adds, Alt looks at last steps only", "L",
        Tool.LASSO, _tool(Tool.LASSO), _has_data, group="tool",
    ),
    Key.TOOL_BOX: ActionInfo(
        "Rectangle", "choose_tool", "bounding-box",
        "Drag a rectangle over paths to select them; Ctrl adds, Alt looks at last steps only", "B",
        Tool.BOX, _tool(Tool.BOX), _has_data, group="tool",
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
    Key.PLAY: ActionInfo(
        "Play", "play_pause", "play", "Let the paths grow step by step, or pause", "Space", enabled=_has_data,
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
    Key.EXPLAIN: ActionInfo("What am I looking at?", "explain", "question", "What a point and a line are", "F1"),
    Key.ABOUT: ActionInfo("About Auslan Explorer", "about", "info", "Version, credits and licences"),
}
# fmt: on
