"""What stands in the menus and on the toolbar, by the actions' keys."""

from __future__ import annotations

from dataclasses import dataclass

from auslan_explorer.gui.actions.ids import Key


@dataclass(frozen=True)
class Menu:
    """A menu's title and what is in it; None draws a line."""

    title: str
    items: tuple[Key | Menu | None, ...]
    icon: str = ""


FIGURES = Menu("Figures", (Key.GALLERY, None, *(Key(f"figure_{number}") for number in range(1, 14))), "image-square")
COLOURS = Menu("Colour", (
    Key.COLOUR_TIME, Key.COLOUR_SIGN, Key.COLOUR_SPLIT, Key.COLOUR_ANSWER, Key.COLOUR_HANDS, Key.COLOUR_SESSION,
    Key.COLOUR_CONFIDENCE, Key.COLOUR_DISTANCE, None, Key.COLOUR_ERROR, Key.COLOUR_TRUST, Key.COLOUR_CONTINUITY, None,
    Key.HAND_PANEL,
), "palette")  # fmt: skip
ALIGNMENTS = Menu("Line recordings up", (Key.ALIGN_NETWORK, Key.ALIGN_START, Key.ALIGN_STRETCH), "align-left")
THEMES = Menu("Theme", (Key.LIGHT, Key.DARK, Key.SYSTEM), "circle-half")

MENUS = (
    Menu("&File", (
        Key.OPEN, Key.PUBLISHED, None, Key.SAVE, Key.SAVE_AS, None, Key.IMPORT, Key.DOWNLOAD, None, Key.EXPORT_PICTURE,
        Key.COPY_PICTURE, Key.EXPORT_FILM, Key.EXPORT_DATA, None, Key.QUIT,
    )),
    Menu("&Edit", (Key.UNDO, Key.REDO, None, Key.PALETTE, Key.SETTINGS)),
    Menu("&View", (
        FIGURES, None, Key.LAYOUT_2D, Key.LAYOUT_3D, Key.LAYOUT_BOTH, None, Key.POINTS, Key.LINES, Key.NAMES,
        Key.MISTAKES, Key.LOG_SCALE, Key.LAST_ONLY, Key.SPREAD, None, COLOURS, THEMES, Key.REDUCE_MOTION, None,
        Key.RESET, Key.SIGN_DOCK, Key.INSPECTOR, Key.QUALITY_DOCK, Key.STABILITY_DOCK, Key.FULL_SCREEN,
    )),
    Menu("&Signs", (Key.FIND, None, Key.ALL, Key.NONE, Key.INVERT)),
    Menu("Se&lect", (
        Key.TOOL_POINTER, Key.TOOL_LASSO, Key.TOOL_BOX, None, Key.COLOUR_KEY, Key.ISOLATE,
        Key.LET_GO, None, Key.SAVE_GROUP, Key.COMPARE_ALL,
    )),
    Menu("S&plits", (Key.TRAIN, Key.VALIDATION, Key.TEST)),
    Menu("&Playback", (
        Key.PLAY, None, Key.BACK, Key.FORWARD, Key.BACK_TEN, Key.FORWARD_TEN, Key.FIRST, Key.LAST, None, Key.SLOWER,
        Key.FASTER, Key.EVERY_STEP, None, Key.LOOP, Key.BOUNCE, Key.SECTION_START, Key.SECTION_END, Key.NO_SECTION,
        None, ALIGNMENTS, Key.GHOST, Key.TAIL_LONGER, Key.TAIL_SHORTER, Key.SETTLED, Key.ACCURACY,
    )),
    Menu("&Train", (
        Key.RETRAIN, Key.START_TRAINING, Key.STOP_TRAINING, Key.CANCEL_TRAINING, None, Key.RUNS, Key.PUT_ON_MAP,
        Key.OWN_MAPS, Key.COMPARE_RUNS, None, Key.RENAME_RUN, Key.EXPORT_RUN, Key.IMPORT_RUN, Key.DELETE_RUN,
    )),
    Menu("&Help", (Key.GUIDE, Key.TOUR, Key.EXPLAIN, None, Key.ABOUT)),
)  # fmt: skip

SPLITS = Menu("Splits", (Key.TRAIN, Key.VALIDATION, Key.TEST), "chart-pie-slice")

TOOLBAR: tuple[Key | Menu | None, ...] = (
    FIGURES, None, Key.LAYOUT_2D, Key.LAYOUT_3D, Key.LAYOUT_BOTH, None, COLOURS, SPLITS, None, Key.TOOL_POINTER,
    Key.TOOL_LASSO, Key.TOOL_BOX, None, Key.POINTS, Key.LINES,
    Key.NAMES, Key.LOG_SCALE, Key.LAST_ONLY,
)  # fmt: skip
