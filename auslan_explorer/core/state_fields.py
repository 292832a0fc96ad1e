"""Declarations of the fields of the session's state: what a change of each invalidates, undo text, saved name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Flag, auto
from functools import reduce
from operator import or_

_METADATA = "declared"


class Dirty(Flag):
    """Parts of a picture that have to be redrawn; the 2-D map redraws all at once, the 3-D view each by itself."""

    DATA = auto()
    """Other paths: everything."""
    MOVED_2D = auto()
    """The 2-D map's paths at other positions, from another projection."""
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
    """The ellipses, the decision landscape and the flow of the 2-D map."""


NOTHING = Dirty(0)
EVERYTHING = Dirty.DATA | Dirty.COLOURS | Dirty.SHOWN | Dirty.STEP | Dirty.NAMES


@dataclass(frozen=True)
class Declared:
    """Declaration of a field of the state.

    Attributes
    ----------
    invalidates : Dirty
        Parts of a picture that a change invalidates.
    transient : bool
        Whether it belongs to playback itself: it may change dozens of times a second, is not undone, and no other
        field depends on it.
    user_pref : bool
        Whether it is a preference of the person that is kept when other activations are opened.
    shared : bool
        Whether the session of a second map, beside the window's, takes over its value.
    fades : bool
        Whether views cross-fade on a change.
    merges_with : frozenset of str
        Fields that may change together with this one at the start of a drag, still as one undo entry.
    undo_text : str
        Name of a change in the menu; a pair of braces stands for "on" or "off". Empty where `core.history` composes
        the text, and where it is not undone.
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
    """Return the metadata of a dataclass field with a `Declared` of these values."""
    return {_METADATA: Declared(invalidates, transient, user_pref, shared, fades, merges_with, undo_text, saved_as)}


def declarations(state: type) -> Mapping[str, Declared]:
    """Return the declaration of each field of a dataclass, by name in the order of the class.

    Raises
    ------
    KeyError
        If the metadata of a field was not made by `touches`.
    """
    return {each.name: each.metadata[_METADATA] for each in fields(state)}


def united(parts: Iterable[Dirty]) -> Dirty:
    """Combine flags by OR."""
    return reduce(or_, parts, NOTHING)
