"""Builds the legend of a map: entries that can be clicked, or a colour scale with ticks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.added_labels import shown_labels
from auslan_explorer.core.colours import (
    BOTH_HANDS,
    MANY_SIGNS,
    RIGHT,
    RIGHT_HAND,
    SPLIT_COLOURS,
    TOL_MUTED,
    UNKNOWN,
    WRONG,
    coloured_signs,
    label_palette,
    session_place,
    sign_colours,
    step_colours,
    time_table,
)
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.projection import PointQuality
from auslan_explorer.core.session import PER_STEP, Colouring, SessionState
from auslan_explorer.core.signs import short_name
from auslan_explorer.core.splits import SPLIT_NAMES
from auslan_explorer.draw.theme import RGB

_MOST_RINGS = 12
"""Most paths whose stable predictions are marked by rings; those of more would overlap, and are dots."""


class SettledMark(Enum):
    """Mark of the steps from which predictions no longer change; its value is what the legend says of it."""

    RING = "ring: answer settled"
    DOT = "dot: answer settled"


@dataclass(frozen=True)
class LegendEntry:
    """A legend's line: a colour, its text, and the shown recordings of that colour; no colour for a hint."""

    text: str
    colour: RGB | None
    recordings: tuple[int, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class ScaleLegend:
    """Legend of a continuous value: a colour scale with ticks.

    Attributes
    ----------
    title : str
    table : ndarray of uint8, shape (n, 3)
        Colours from left to right.
    ticks : tuple of (float, str)
        Position on the scale from 0 to 1, and its label.
    """

    title: str
    table: np.ndarray
    ticks: tuple[tuple[float, str], ...]


class HasLegend(Protocol):
    """Protocol of anything with a legend, such as a scene."""

    @property
    def time_legend(self) -> np.ndarray | None:
        """Colours of the steps where colour stands for time, shape (steps, 3)."""

    @property
    def legend_entries(self) -> tuple[LegendEntry, ...]:
        """One entry per colour, where colours are categories."""

    @property
    def scale_legend(self) -> ScaleLegend | None:
        """Scale of another value that changes along a path."""

    @property
    def steps(self) -> int:
        """Number of steps of the network."""

    @property
    def alignment(self) -> Alignment:
        """Alignment of recordings while paths grow."""

    @property
    def settled(self) -> SettledMark | None:
        """Mark of the steps from which predictions no longer change; None where there are none."""

    @property
    def arrows(self) -> str:
        """What arrows on the map stand for; empty where there are none."""

    @property
    def rests(self) -> str:
        """What rings of resting points stand for; empty where there are none."""


@dataclass(frozen=True, eq=False)
class Legend:
    """A legend without a scene; fields as in `HasLegend`."""

    time_legend: np.ndarray | None
    legend_entries: tuple[LegendEntry, ...]
    scale_legend: ScaleLegend | None
    steps: int
    alignment: Alignment
    settled: SettledMark | None
    arrows: str = ""
    rests: str = ""


def build_legend(
    activations: Activations, state: SessionState, shown: np.ndarray, measured: PointQuality | None = None
) -> Legend:
    """Build the legend of a state's colouring.

    Parameters
    ----------
    activations : Activations
    state : SessionState
    shown : ndarray of bool, shape (recordings,)
    measured : PointQuality, optional
        Quality measures of the projection.
    """
    steps, colouring, alignment = activations.steps, state.colouring, state.alignment
    settled = settled_mark(activations, state, shown)
    if colouring is Colouring.TIME:
        return Legend(time_table(steps), (), None, steps, alignment, settled)
    if colouring is Colouring.LABEL and is_legend_of_texts(activations, state):
        return Legend(None, _label_entries(activations, state, shown), None, steps, alignment, settled)
    if colouring in PER_STEP:
        return Legend(None, (), build_scale_legend(activations, state, measured), steps, alignment, settled)
    return Legend(None, list_legend_entries(activations, state, shown), None, steps, alignment, settled)


def settled_mark(activations: Activations, state: SessionState, shown: np.ndarray) -> SettledMark | None:
    """Return how steps are marked from which predictions no longer change; `shown` is bool, shape (recordings,).

    Selected paths are always marked, others by choice.
    """
    answers = known_predictions(activations)
    picked = shown & state.selected.mask(len(activations))
    if answers is None or state.last_only or not (state.settled or picked.any()):
        return None
    count = int(((picked if picked.any() else shown) & (answers.settled >= 0)).sum())
    if not count:
        return None
    return SettledMark.DOT if count > _MOST_RINGS else SettledMark.RING


def build_scale_legend(
    activations: Activations, state: SessionState, measured: PointQuality | None
) -> ScaleLegend | None:
    """Build the scale of a colouring by a continuous value; None where the value is not known."""
    colours = step_colours(activations, state.colouring, measured, state.neighbours, state.label_column)
    if colours is None:
        return None
    above = " or more" if colours.clipped else ""
    below = " or less" if colours.clipped_low else ""
    middle = (colours.low + colours.high) / 2
    ticks = ((0.0, f"{colours.low:g}{below}"), (0.5, f"{middle:g}"), (1.0, f"{colours.high:g}{above}"))
    return ScaleLegend(colours.title, colours.table, ticks)


def is_legend_of_texts(activations: Activations, state: SessionState) -> bool:
    """Return whether the labels that colour may stand for are texts, or there are none: not numbers on a scale."""
    found = shown_labels(activations, state.label_column)
    return found is None or bool(found[1].texts)


def _label_entries(a: Activations, state: SessionState, shown: np.ndarray) -> tuple[LegendEntry, ...]:
    """List an entry for each text of the labels, with the shown recordings that have a step of it."""
    found = shown_labels(a, state.label_column)
    if found is None:
        return (LegendEntry("no labels are open", UNKNOWN, tuple(np.flatnonzero(shown).tolist())),)
    name, labels = found
    owner = a.recording_of_point()
    some = shown[owner]
    pairs = np.unique(np.stack([labels.values[some], owner[some]]), axis=1)
    present = np.unique(pairs[0]).tolist()
    if len(present) > MANY_SIGNS:
        return (LegendEntry(f"{len(present)} labels of {name}: select some to tell them apart", None),)
    table = label_palette(labels)
    entries = []
    for place in sorted(present, key=lambda place: (place < 0, place)):
        r, g, b = (int(value) for value in table[place])
        text = short_name(labels.texts[place]) if place >= 0 else f"without {short_name(name)}"
        entries.append(LegendEntry(text, (r, g, b), tuple(pairs[1][pairs[0] == place].tolist())))
    return tuple(entries)


def list_legend_entries(activations: Activations, state: SessionState, shown: np.ndarray) -> tuple[LegendEntry, ...]:
    """List an entry for each colour among the shown recordings; `shown` is bool, shape (recordings,)."""
    a = activations

    def entry(text: str, rgb: RGB, members: np.ndarray) -> LegendEntry:
        return LegendEntry(text, rgb, tuple(np.flatnonzero(members & shown).tolist()))

    match state.colouring:
        case Colouring.SPLIT:
            codes = [int(code) for code in np.unique(a.split[shown]) if int(code) in SPLIT_NAMES]
            entries = [entry(SPLIT_NAMES[code], SPLIT_COLOURS[code], a.split == code) for code in codes]
        case Colouring.ANSWER:
            known, right = a.predicted >= 0, a.predicted == a.sign
            entries = [entry("right", RIGHT, known & right), entry("wrong", WRONG, known & ~right)]
            if (shown & ~known).any():
                entries.append(entry("not known", UNKNOWN, ~known))
        case Colouring.HANDS:
            if a.hand_ratio is None:
                return (entry("hand usage is not known", UNKNOWN, shown),)
            both = a.hand_ratio >= state.hand_threshold
            entries = [entry("right hand", RIGHT_HAND, ~both), entry("both hands", BOTH_HANDS, both)]
        case Colouring.SESSION:
            places = session_place(a)
            numbers, first = np.unique(a.session, return_index=True)
            entries = [
                entry(f"session {number}", TOL_MUTED[places[i]], a.session == number)
                for number, i in zip(numbers.tolist(), first, strict=True)
            ]
        case _:
            return _sign_entries(a, state, shown)
    return tuple(each for each in entries if each.recordings or state.colouring is Colouring.ANSWER)


def _sign_entries(a: Activations, state: SessionState, shown: np.ndarray) -> tuple[LegendEntry, ...]:
    signs = a.sort_signs(np.asarray(coloured_signs(a, state), dtype=np.int64)).tolist()
    if len(signs) > MANY_SIGNS:
        # On two lines, which the narrowest pane has room for.
        first = f"{a.wording.count(len(signs), 'sign')}: select some"
        return LegendEntry(first, None), LegendEntry("to tell them apart", None)
    table = sign_colours(len(a.signs), signs)
    entries = []
    for sign in signs:
        r, g, b = (int(v) for v in table[sign])
        members = np.flatnonzero(shown & (a.sign == sign))
        entries.append(LegendEntry(short_name(a.names[sign]), (r, g, b), tuple(members.tolist())))
    return tuple(entries)
