"""The actions by name, and the menus and the toolbar that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class ActionId(StrEnum):
    """Ids of all actions, in the order of the menus."""

    OPEN = auto()
    CONTINUE = auto()
    SHIPPED_NETWORK = auto()
    PUBLISHED = auto()
    SAVE = auto()
    SAVE_AS = auto()
    IMPORT = auto()
    DOWNLOAD = auto()
    EXPORT_PICTURE = auto()
    COPY_PICTURE = auto()
    EXPORT_FILM = auto()
    EXPORT_DATA = auto()
    EXPORT_ELAN = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    PALETTE = auto()
    SETTINGS = auto()
    GALLERY = auto()
    FIGURE_1, FIGURE_2, FIGURE_3, FIGURE_4 = auto(), auto(), auto(), auto()
    FIGURE_5, FIGURE_6, FIGURE_7, FIGURE_8 = auto(), auto(), auto(), auto()
    FIGURE_9, FIGURE_10, FIGURE_11, FIGURE_12, FIGURE_13 = auto(), auto(), auto(), auto(), auto()
    LAYOUT_2D = auto()
    LAYOUT_3D = auto()
    LAYOUT_BOTH = auto()
    GESTURE = auto()
    POINTS = auto()
    LINES = auto()
    FAINT_JUMPS = auto()
    NAMES = auto()
    MISTAKES = auto()
    LOG_SCALE = auto()
    LAST_ONLY = auto()
    SPREAD = auto()
    LANDSCAPE = auto()
    FLOW = auto()
    RESTING = auto()
    COLOUR_TIME = auto()
    COLOUR_SIGN = auto()
    COLOUR_SPLIT = auto()
    COLOUR_ANSWER = auto()
    COLOUR_HANDS = auto()
    COLOUR_SESSION = auto()
    COLOUR_CONFIDENCE = auto()
    COLOUR_DISTANCE = auto()
    COLOUR_LABEL = auto()
    COLOUR_ERROR = auto()
    COLOUR_TRUST = auto()
    COLOUR_CONTINUITY = auto()
    COLOUR_DISTORTION = auto()
    HAND_USAGE = auto()
    LIGHT = auto()
    DARK = auto()
    SYSTEM = auto()
    REDUCE_MOTION = auto()
    ZOOM_SHOWN = auto()
    ZOOM_SELECTION = auto()
    RESET_VIEWS = auto()
    SIGN_DOCK = auto()
    INSPECTOR = auto()
    QUALITY_DOCK = auto()
    STABILITY_DOCK = auto()
    FULL_SCREEN = auto()
    FIND_SIGN = auto()
    SHOW_ALL = auto()
    TICK_ALL = auto()
    TICK_NONE = auto()
    INVERT_TICKS = auto()
    TOOL_POINTER = auto()
    TOOL_LASSO = auto()
    TOOL_BOX = auto()
    LEGEND = auto()
    ISOLATE = auto()
    CLEAR_SELECTION = auto()
    SAVE_GROUP = auto()
    COMPARE_ALL = auto()
    TRAIN = auto()
    VALIDATION = auto()
    TEST = auto()
    PLAY = auto()
    STEP_BACK = auto()
    STEP_FORWARD = auto()
    STEP_BACK_TEN = auto()
    STEP_FORWARD_TEN = auto()
    FIRST_STEP = auto()
    LAST_STEP = auto()
    SLOWER = auto()
    FASTER = auto()
    EVERY_STEP = auto()
    LOOP = auto()
    BOUNCE = auto()
    SECTION_START = auto()
    SECTION_END = auto()
    NO_SECTION = auto()
    ALIGN_NETWORK = auto()
    ALIGN_START = auto()
    ALIGN_STRETCH = auto()
    GHOST = auto()
    TRAIL_LONGER = auto()
    TRAIL_SHORTER = auto()
    STABLE_PREDICTIONS = auto()
    ACCURACY = auto()
    RETRAIN = auto()
    START_TRAINING = auto()
    STOP_TRAINING = auto()
    CANCEL_TRAINING = auto()
    RUNS = auto()
    APPLY_RUN = auto()
    ORIGINAL_MAPS = auto()
    COMPARE_RUNS = auto()
    RENAME_RUN = auto()
    EXPORT_RUN = auto()
    IMPORT_RUN = auto()
    DELETE_RUN = auto()
    GUIDE = auto()
    TOUR = auto()
    EXPLAIN = auto()
    ABOUT = auto()


@dataclass(frozen=True)
class Menu:
    """A menu, and the button that opens it.

    Attributes
    ----------
    title : str
    items : tuple of ActionId, Menu or None
        None is a separator.
    icon : str
    shows_state : bool
        Whether the button says which of the items are checked.
    """

    title: str
    items: tuple[ActionId | Menu | None, ...]
    icon: str = ""
    shows_state: bool = False


FIGURES = Menu(
    "Figures", (ActionId.GALLERY, None, *(ActionId(f"figure_{number}") for number in range(1, 14))), "image-square"
)
COLOURS = Menu("Colour", (
    ActionId.COLOUR_TIME, ActionId.COLOUR_SIGN, ActionId.COLOUR_SPLIT, ActionId.COLOUR_ANSWER, ActionId.COLOUR_HANDS,
    ActionId.COLOUR_SESSION, ActionId.COLOUR_CONFIDENCE, ActionId.COLOUR_DISTANCE,
    ActionId.COLOUR_LABEL, None, ActionId.COLOUR_ERROR,
    ActionId.COLOUR_TRUST, ActionId.COLOUR_CONTINUITY,
    ActionId.COLOUR_DISTORTION, None, ActionId.HAND_USAGE,
), "palette", shows_state=True)  # fmt: skip
ALIGNMENTS = Menu(
    "Line recordings up", (ActionId.ALIGN_NETWORK, ActionId.ALIGN_START, ActionId.ALIGN_STRETCH), "align-left"
)
SPLITS = Menu("Splits", (ActionId.TRAIN, ActionId.VALIDATION, ActionId.TEST), "chart-pie-slice", shows_state=True)
THEMES = Menu("Theme", (ActionId.LIGHT, ActionId.DARK, ActionId.SYSTEM), "circle-half")

MENUS = (
    Menu("&File", (
        ActionId.OPEN, ActionId.CONTINUE, ActionId.SHIPPED_NETWORK, ActionId.PUBLISHED, None,
        ActionId.SAVE, ActionId.SAVE_AS, None, ActionId.IMPORT,
        ActionId.DOWNLOAD, None, ActionId.EXPORT_PICTURE, ActionId.COPY_PICTURE, ActionId.EXPORT_FILM,
        ActionId.EXPORT_DATA, ActionId.EXPORT_ELAN, None, ActionId.QUIT,
    )),
    Menu("&Edit", (ActionId.UNDO, ActionId.REDO, None, ActionId.PALETTE, ActionId.SETTINGS)),
    Menu("&View", (
        FIGURES, None, ActionId.LAYOUT_2D, ActionId.LAYOUT_3D, ActionId.LAYOUT_BOTH, ActionId.GESTURE, None,
        ActionId.POINTS, ActionId.LINES, ActionId.FAINT_JUMPS, ActionId.NAMES, ActionId.MISTAKES, ActionId.LOG_SCALE,
        ActionId.LAST_ONLY, ActionId.SPREAD, ActionId.LANDSCAPE, ActionId.FLOW, ActionId.RESTING, None, COLOURS,
        THEMES, ActionId.REDUCE_MOTION, None,
        ActionId.ZOOM_SHOWN, ActionId.ZOOM_SELECTION, ActionId.RESET_VIEWS, ActionId.SIGN_DOCK, ActionId.INSPECTOR,
        ActionId.QUALITY_DOCK, ActionId.STABILITY_DOCK, ActionId.FULL_SCREEN,
    )),
    Menu("Se&lect", (
        ActionId.FIND_SIGN, ActionId.SHOW_ALL,
        ActionId.TICK_ALL, ActionId.TICK_NONE, ActionId.INVERT_TICKS, SPLITS, None,
        ActionId.TOOL_POINTER, ActionId.TOOL_LASSO, ActionId.TOOL_BOX, None, ActionId.LEGEND, ActionId.ISOLATE,
        ActionId.CLEAR_SELECTION, None, ActionId.SAVE_GROUP, ActionId.COMPARE_ALL,
    )),
    Menu("&Playback", (
        ActionId.PLAY, None, ActionId.STEP_BACK, ActionId.STEP_FORWARD, ActionId.STEP_BACK_TEN,
        ActionId.STEP_FORWARD_TEN, ActionId.FIRST_STEP, ActionId.LAST_STEP, None, ActionId.SLOWER, ActionId.FASTER,
        ActionId.EVERY_STEP, None, ActionId.LOOP, ActionId.BOUNCE, ActionId.SECTION_START, ActionId.SECTION_END,
        ActionId.NO_SECTION, None, ALIGNMENTS, ActionId.GHOST, ActionId.TRAIL_LONGER, ActionId.TRAIL_SHORTER,
        ActionId.STABLE_PREDICTIONS, ActionId.ACCURACY,
    )),
    Menu("&Train", (
        ActionId.RETRAIN, ActionId.START_TRAINING, ActionId.STOP_TRAINING, ActionId.CANCEL_TRAINING, None,
        ActionId.RUNS, ActionId.APPLY_RUN, ActionId.ORIGINAL_MAPS, ActionId.COMPARE_RUNS, None, ActionId.RENAME_RUN,
        ActionId.EXPORT_RUN, ActionId.IMPORT_RUN, ActionId.DELETE_RUN,
    )),
    Menu("&Help", (ActionId.GUIDE, ActionId.TOUR, ActionId.EXPLAIN, None, ActionId.ABOUT)),
)  # fmt: skip

MAP_MENU = Menu("Map", (
    ActionId.ZOOM_SELECTION, ActionId.ZOOM_SHOWN, ActionId.RESET_VIEWS, None, ActionId.ISOLATE,
    ActionId.CLEAR_SELECTION, ActionId.SAVE_GROUP, None, COLOURS, ActionId.POINTS, ActionId.LINES, ActionId.NAMES,
    ActionId.MISTAKES, None, ActionId.COPY_PICTURE, ActionId.EXPORT_PICTURE,
))  # fmt: skip
"""What a right click on a view offers, below what is under the pointer."""

TOOLBAR: tuple[ActionId | Menu | None, ...] = (
    FIGURES, None, ActionId.LAYOUT_2D, ActionId.LAYOUT_3D, ActionId.LAYOUT_BOTH, None, COLOURS, SPLITS, None,
    ActionId.TOOL_POINTER, ActionId.TOOL_LASSO, ActionId.TOOL_BOX, None, ActionId.POINTS, ActionId.LINES,
    ActionId.NAMES, ActionId.LOG_SCALE, ActionId.LAST_ONLY,
)  # fmt: skip
