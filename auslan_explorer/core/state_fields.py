"""How a field of the session's state is declared: once, with all that a change of it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Flag, auto
from functools import reduce
from operator import or_

_METADATA = "declared"


class Dirty(Flag):
    """What of a picture has to be made anew; the 2-D map makes all of it at once, the 3-D view each by itself."""

    DATA = auto()
    """Other paths: everything."""
    MOVED_2D = auto()
    """The 2-D map's paths in other places, of another projection."""
    MOVED_3D = auto()
    """The same in the 3-D view."""
    SCALED = auto()
    """The same paths on another scale."""
    COLOURS = auto()
    SHOWN = auto()
    STEP = auto()
    NAMES = auto()
    MISTAKES = auto()
    MARKS = auto()
    SPREAD = auto()
    """The ellipses of the 2-D map."""


NOTHING = Dirty(0)
EVERYTHING = Dirty.DATA | Dirty.COLOURS | Dirty.SHOWN | Dirty.STEP | Dirty.NAMES


@dataclass(frozen=True)
class Declared:
    """What is said of a field where it is declared.

    Attributes
    ----------
    invalidates : Dirty
        What of a picture is made anew when it changes.
    transient : bool
        Whether it is of playback itself: it comes by the dozen each second, is not undone, and no other field depends
        on it.
    user_pref : bool
        Whether it is how a person likes to play, and stays so with other activations.
    shared : bool
        Whether a session on one map alone, beside the window's, shows the same.
    fades : bool
        Whether views fade to what it shows.
    merges_with : frozenset of str
        Fields that the first change of a drag of this one may change besides, still as one entry to undo.
    undo_text : str
        What a change is called in the menu; a pair of braces stands for "on" or "off". Empty where `core.history` has
        words of its own, and where it is not undone.
    saved_as : str
        The name in session files, where that is another than the field's.
    """

    invalidates: Dirty
    transient: bool
    user_pref: bool
    shared: bool
    fades: bool
    merges_with: frozenset[str]
    undo_text: str
    saved_as: str


def touches(
    invalidates: Dirty = NOTHING,
    *,
    transient: bool = False,
    user_pref: bool = False,
    shared: bool = True,
    fades: bool = False,
    merges_with: frozenset[str] = frozenset(),
    undo_text: str = "",
    saved_as: str = "",
) -> Mapping[str, Declared]:
    """Return a field's metadata, of what `Declared` holds."""
    return {_METADATA: Declared(invalidates, transient, user_pref, shared, fades, merges_with, undo_text, saved_as)}


def declarations(state: type) -> Mapping[str, Declared]:
    """Return what is declared of each field of a dataclass, by name in the order of the class.

    Raises
    ------
    KeyError
        If the metadata of one is not of `touches`.
    """
    return {each.name: each.metadata[_METADATA] for each in fields(state)}


def united(parts: Iterable[Dirty]) -> Dirty:
    """Return all that is dirty."""
    return reduce(or_, parts, NOTHING)
