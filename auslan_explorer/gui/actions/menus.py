"""Contents of the menus and the toolbar, as action ids."""

from __future__ import annotations

from dataclasses import dataclass

from auslan_explorer.gui.actions.ids import ActionId


@dataclass(frozen=True)
class Menu:
    """Title, items and icon of a menu; None among the items is a separator."""

    title: str
    items: tuple[ActionId | Menu | None, ...]
    icon: str = ""


FIGURES = Menu(
    "Figures", (ActionId.GALLERY, None, *(ActionId(f"figure_{number}") for number in range(1, 14))), "image-square"
)
COLOURS = Menu("Colour", (
    ActionId.COLOUR_TIME, ActionId.COLOUR_SIGN, ActionId.COLOUR_SPLIT, ActionId.COLOUR_ANSWER, ActionId.COLOUR_HANDS,
    ActionId.COLOUR_SESSION, ActionId.COLOUR_CONFIDENCE, ActionId.COLOUR_DISTANCE, None, ActionId.COLOUR_ERROR,
    ActionId.COLOUR_TRUST, ActionId.COLOUR_CONTINUITY, None, ActionId.HAND_USAGE,
), "palette")  # fmt: skip
ALIGNMENTS = Menu(
    "Line recordings up", (ActionId.ALIGN_NETWORK, ActionId.ALIGN_START, ActionId.ALIGN_STRETCH), "align-left"
)
THEMES = Menu("Theme", (ActionId.LIGHT, ActionId.DARK, ActionId.SYSTEM), "circle-half")

MENUS = (
    Menu("&File", (
        ActionId.OPEN, ActionId.PUBLISHED, None, ActionId.SAVE, ActionId.SAVE_AS, None, ActionId.IMPORT,
        ActionId.DOWNLOAD, None, ActionId.EXPORT_PICTURE, ActionId.COPY_PICTURE, ActionId.EXPORT_FILM,
        ActionId.EXPORT_DATA, None, ActionId.QUIT,
    )),
    Menu("&Edit", (ActionId.UNDO, ActionId.REDO, None, ActionId.PALETTE, ActionId.SETTINGS)),
    Menu("&View", (
        FIGURES, None, ActionId.LAYOUT_2D, ActionId.LAYOUT_3D, ActionId.LAYOUT_BOTH, None, ActionId.POINTS,
        ActionId.LINES, ActionId.NAMES, ActionId.MISTAKES, ActionId.LOG_SCALE, ActionId.LAST_ONLY, ActionId.SPREAD,
        None, COLOURS, THEMES, ActionId.REDUCE_MOTION, None, ActionId.RESET_VIEWS, ActionId.SIGN_DOCK,
        ActionId.INSPECTOR, ActionId.QUALITY_DOCK, ActionId.STABILITY_DOCK, ActionId.FULL_SCREEN,
    )),
    Menu("&Signs", (ActionId.FIND_SIGN, None, ActionId.TICK_ALL, ActionId.TICK_NONE, ActionId.INVERT_TICKS)),
    Menu("Se&lect", (
        ActionId.TOOL_POINTER, ActionId.TOOL_LASSO, ActionId.TOOL_BOX, None, ActionId.LEGEND, ActionId.ISOLATE,
        ActionId.CLEAR_SELECTION, None, ActionId.SAVE_GROUP, ActionId.COMPARE_ALL,
    )),
    Menu("S&plits", (ActionId.TRAIN, ActionId.VALIDATION, ActionId.TEST)),
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

SPLITS = Menu("Splits", (ActionId.TRAIN, ActionId.VALIDATION, ActionId.TEST), "chart-pie-slice")

TOOLBAR: tuple[ActionId | Menu | None, ...] = (
    FIGURES, None, ActionId.LAYOUT_2D, ActionId.LAYOUT_3D, ActionId.LAYOUT_BOTH, None, COLOURS, SPLITS, None,
    ActionId.TOOL_POINTER, ActionId.TOOL_LASSO, ActionId.TOOL_BOX, None, ActionId.POINTS, ActionId.LINES,
    ActionId.NAMES, ActionId.LOG_SCALE, ActionId.LAST_ONLY,
)  # fmt: skip
