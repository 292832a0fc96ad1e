"""What a change of the state touches in the 3-D view."""

from __future__ import annotations

from enum import Enum, auto


class Part(Enum):
    """What is made anew by itself."""

    DATA = auto()
    """Other paths: everything."""
    MOVED = auto()
    """The same paths in other places, of another projection."""
    SCALED = auto()
    """The same paths on another scale."""
    COLOURS = auto()
    SHOWN = auto()
    STEP = auto()
    NAMES = auto()
    MISTAKES = auto()
    MARKS = auto()


EVERYTHING = {Part.DATA, Part.COLOURS, Part.SHOWN, Part.STEP, Part.NAMES}
TOUCHES: dict[str, set[Part]] = {
    "visible_signs": {Part.COLOURS, Part.SHOWN},
    "splits": {Part.COLOURS, Part.SHOWN},
    "selected": {Part.COLOURS, Part.SHOWN},
    "mistakes": {Part.MISTAKES},
    "hand_threshold": {Part.COLOURS},
    "neighbours": {Part.COLOURS},
    "step": {Part.STEP},
    "colouring": {Part.COLOURS, Part.SHOWN},
    "log_scale": {Part.SCALED},
    "points": {Part.SHOWN},
    "lines": {Part.SHOWN},
    "labels": {Part.NAMES},
    "last_only": {Part.SHOWN, Part.COLOURS},
    "isolate": {Part.SHOWN},
    "alignment": {Part.DATA},
    "trail": {Part.SHOWN},
    "ghost": {Part.MARKS},
    "settled": {Part.MARKS},
    "speed": set(),
    "repeat": set(),
    "section": set(),
    "every_step": set(),
    "layout": set(),
    "run_2d": set(),
    "run_3d": {Part.MOVED},
}
"""By fields of the state; a field that is not here touches everything."""
