"""Presets of figures: the state that shows each, with a title and a sentence.

With sign language they are the article's, by its numbers; with other data those that go with any network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Colouring, Layout, SessionState, opening_state
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN, VALIDATION

ALL_MISTAKES = "Misclassified, all recordings (split not known)"
"""Title of the one figure that figures 11 to 13 are where splits are not known."""
ALL_MISTAKES_SENTENCE = (
    "Every path of the signs that were mixed up; which recordings trained this network is not known, so figures 11, 12 "
    "and 13 are one. The true sign stands above a mistaken recording’s end in blue, the network’s answer below in red."
)
SPLIT_WORDS = {TRAIN: "training", VALIDATION: "validation", TEST: "test"}


@dataclass(frozen=True)
class Figure:
    """Preset of one figure.

    Attributes
    ----------
    number : int
        Number in the article, or among the figures of other data.
    title : str
    sentence : str
        Description of what it shows.
    icon : str
        Name in Phosphor's regular set.
    dims : int
        Dimensions of the map; 0 for a picture of a network.
    changes : mapping of str to object
        Fields of `core.session.SessionState` that it sets.
    signs : tuple of str
        Keys of the only signs shown; all where it is empty.
    mistakes_in : int or None
        Split whose misclassified recordings it shows.
    compares : bool
        Whether it shows two signs alone: those that the network mixes up most.
    without_splits : str
        Description where splits are not known, if it is another then.
    """

    number: int
    title: str
    sentence: str
    icon: str
    dims: int
    changes: Mapping[str, Any] = field(default_factory=dict)
    signs: tuple[str, ...] = ()
    mistakes_in: int | None = None
    compares: bool = False
    without_splits: str = ""

    def state(self, activations: Activations) -> SessionState:
        """Return the state that shows this figure.

        The article shows training recordings, where the split is known; figures of other data show all.
        """
        a, opening = activations, opening_state(activations)
        split = TRAIN if self.mistakes_in is None else self.mistakes_in
        splits = opening.splits if opening.splits <= {NO_SPLIT} else frozenset({split})
        if self.mistakes_in is None and not (splits & opening.splits and a.wording.of_signs):
            splits = opening.splits
        visible = opening.visible_signs
        if self.signs:
            visible = frozenset(a.signs.index(key) for key in self.signs if key in a.signs)
        elif self.compares:
            visible = frozenset(mixed_up_most(a))
        elif self.mistakes_in is not None:
            wrong = np.isin(a.split, list(splits)) & (a.predicted >= 0) & (a.predicted != a.sign)
            visible = frozenset(a.sign[wrong].tolist()) | frozenset(a.predicted[wrong].tolist())
        return replace(opening, figure=self.number, splits=splits, visible_signs=visible, **self.changes)

    def shows_all_mistakes(self, activations: Activations) -> bool:
        """Return whether it is one with the other figures of mistakes, since splits are not known."""
        return self.mistakes_in is not None and _splits_unknown(activations)

    def title_of(self, activations: Activations) -> str:
        """Return its title, in the words of some activations."""
        return activations.wording.say(ALL_MISTAKES if self.shows_all_mistakes(activations) else self.title)

    def caption(self, activations: Activations) -> str:
        """Return its number and title; where splits are not known, figures 11 to 13 are one.

        Figures of other data have no number to be known by.
        """
        title = self.title_of(activations)
        if not activations.wording.of_signs:
            return title
        return f"{'Figures 11 to 13' if self.shows_all_mistakes(activations) else f'Figure {self.number}'}: {title}"

    def description(self, activations: Activations) -> str:
        """Return the sentence on what it shows of these activations."""
        if self.shows_all_mistakes(activations):
            return activations.wording.say(ALL_MISTAKES_SENTENCE)
        unknown = _splits_unknown(activations)
        return activations.wording.say(self.without_splits if unknown and self.without_splits else self.sentence)

    def disabled_reason(self, activations: Activations, projections: Mapping[int, Any]) -> str:
        """Return a sentence why this figure cannot be shown for these activations; empty where it can."""
        if not self.dims:
            return ""
        if not len(activations):
            return "No activations are open."
        if self.dims not in projections:
            which = f"Figure {self.number}" if activations.wording.of_signs else "This figure"
            return f"{which} needs a {self.dims}-D projection, and these activations hold none."
        missing = [key for key in self.signs if key not in activations.signs]
        if missing:
            return f"These activations hold no sign {' or '.join(missing)}."
        if self.mistakes_in is not None:
            if not (activations.predicted >= 0).any():
                return "The network’s answers are not known for these activations."
            if not self.state(activations).visible_signs:
                split = "" if self.shows_all_mistakes(activations) else f"{SPLIT_WORDS[self.mistakes_in]} "
                return activations.wording.say(f"No {split}recording is misclassified.")
        if self.compares and len(self.state(activations).visible_signs) < 2:
            return activations.wording.say("There are no two signs to compare.")
        return ""


def _splits_unknown(activations: Activations) -> bool:
    return len(activations) > 0 and opening_state(activations).splits <= {NO_SPLIT}


def _map(**more: Any) -> dict[str, Any]:
    return {"layout": Layout.MAP_2D, "points": True, "lines": True, "last_only": False, **more}


def _pair(number: int, signs: tuple[str, ...], title: str, sentence: str) -> Figure:
    return Figure(number, title, sentence, "git-diff", 2, _map(colouring=Colouring.SIGN), signs)


def _mistaken(number: int, split: int) -> Figure:
    words = SPLIT_WORDS[split]
    return Figure(
        number,
        f"Misclassified, {words}",
        f"Every {words} path of the signs that were mixed up; the true sign stands above a mistaken recording’s end "
        "in blue, the network’s answer below in red.",
        "warning-circle",
        2,
        _map(mistakes=True),
        mistakes_in=split,
    )


_ALL = (
    Figure(
        1,
        "The classifier",
        "How 90 steps of glove data become one sign: a layer of LSTM units, its last step, and a layer that decides.",
        "stack",
        0,
    ),
    Figure(
        2,
        "The autoencoder",
        "How the units’ activations are squeezed to two numbers and spread out again; the map is drawn in the middle.",
        "hourglass-medium",
        0,
    ),
    Figure(
        3,
        "LSTM activations",
        "Every step of every training recording, squeezed to two numbers; colour is time, a line joins one recording.",
        "path",
        2,
        _map(),
        without_splits="Every step of every recording, squeezed to two numbers; colour is time, a line joins one "
        "recording. Which recordings trained this network is not known, so all are shown.",
    ),
    Figure(
        4,
        "Last activations",
        "Only the last step of each recording: what the layer that decides gets to see.",
        "crosshair-simple",
        2,
        _map(lines=False, last_only=True),
    ),
    Figure(
        5,
        "LSTM activations in 3-D",
        "The same steps squeezed to three numbers, points only.",
        "cube",
        3,
        {"layout": Layout.MAP_3D, "points": True, "lines": False, "last_only": False, "labels": False},
    ),
    Figure(
        6,
        "Hand usage",
        "Lines alone, by how many hands make the sign: one-handed and two-handed signs keep to their own regions.",
        "hand-palm",
        2,
        _map(points=False, colouring=Colouring.HANDS),
    ),
    _pair(
        7, ("drink", "danger"), "Drink and danger",
        "Two one-handed signs that run side by side through the region of the two-handed ones.",
    ),
    _pair(
        8, ("who", "soon"), "Who and soon",
        "Two signs whose fingers differ in ways that the gloves hardly measure: their paths lie close.",
    ),
    _pair(
        9, ("think", "crazy"), "Think and crazy",
        "One sign begins like the other and goes on: the paths share their way and part at the end.",
    ),
    _pair(
        10, ("think", "crazy", "sorry", "you"), "Think, crazy, sorry, you",
        "Paths that cross need not look alike: one of these signs runs across the other three.",
    ),
    _mistaken(11, TRAIN),
    _mistaken(12, VALIDATION),
    _mistaken(13, TEST),
)  # fmt: skip
_GENERAL = (
    Figure(
        1,
        "All paths",
        "Every step of the recordings, squeezed to two numbers; colour is time, a line joins one recording.",
        "path",
        2,
        _map(),
    ),
    Figure(
        2,
        "Last states",
        "Only the last step of each recording: what the network has made of it in the end.",
        "crosshair-simple",
        2,
        _map(lines=False, last_only=True),
    ),
    Figure(
        3,
        "All paths in 3-D",
        "The same steps squeezed to three numbers, points only.",
        "cube",
        3,
        {"layout": Layout.MAP_3D, "points": True, "lines": False, "last_only": False, "labels": False},
    ),
    *(replace(_mistaken(11 + place, split), number=4 + place) for place, split in enumerate((TRAIN, VALIDATION, TEST))),
    Figure(
        7,
        "Two signs compared",
        "The two signs that the network mixes up most, or the first two where it mixes up none.",
        "git-diff",
        2,
        _map(colouring=Colouring.SIGN),
        compares=True,
    ),
)
FIGURES: dict[int, Figure] = {figure.number: figure for figure in _ALL}
"""The article's figures by number."""
GENERAL_FIGURES: dict[int, Figure] = {figure.number: figure for figure in _GENERAL}
"""Figures of any other data."""


def figures_of(activations: Activations) -> Mapping[int, Figure]:
    """Return the figures that go with some activations, by number."""
    return FIGURES if activations.wording.of_signs else GENERAL_FIGURES


def distinct_figures_of(activations: Activations) -> list[int]:
    """Return the numbers of the figures that are pictures of their own: where splits are not known, one of mistakes."""
    first = first_of_mistakes(activations)
    return [n for n, each in figures_of(activations).items() if n == first or not each.shows_all_mistakes(activations)]


def first_of_mistakes(activations: Activations) -> int:
    """Return the number of the figure that shows all mistakes where splits are not known."""
    return min(number for number, each in figures_of(activations).items() if each.mistakes_in is not None)


def figure_of_all_paths(activations: Activations, dims: int) -> int:
    """Return the number of the figure that shows every step of all paths in 2 or 3 dimensions."""
    return next(
        number
        for number, each in figures_of(activations).items()
        if each.dims == dims and not each.changes.get("last_only")
    )


def mixed_up_most(activations: Activations) -> tuple[int, ...]:
    """Return the two signs that the network mixes up most, either way; the first two where it mixes up none."""
    a = activations
    wrong = (a.predicted >= 0) & (a.predicted != a.sign)
    pairs = np.sort(np.stack([a.sign[wrong], a.predicted[wrong]], axis=1), axis=1)
    if not len(pairs):
        return tuple(range(min(len(a.signs), 2)))
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    one, other = found[counts.argmax()].tolist()
    return int(one), int(other)


def figure(number: int, activations: Activations) -> Figure:
    """Return a figure of some activations by its number.

    Raises
    ------
    UserError
        If there is no such figure.
    """
    figures = figures_of(activations)
    if number not in figures:
        raise UserError(f"There is no figure {number}; choose one of {', '.join(map(str, figures))}.")
    return figures[number]


_OF_A_FIGURE = attrgetter(
    "visible_signs", "splits", "colouring", "log_scale", "points", "lines", "last_only", "mistakes", "hand_threshold"
)


def find_figure(activations: Activations, state: SessionState, dims: int) -> Figure | None:
    """Return the chosen figure where a state still shows it on a map of these dimensions, else None.

    What is selected, played or marked in a figure leaves it what it is, and a second view beside it does, too. What
    looks like a figure that nobody chose is none.
    """
    found = figures_of(activations).get(state.figure)
    if found is None or found.dims != dims:
        return None
    return found if _OF_A_FIGURE(found.state(activations)) == _OF_A_FIGURE(state) else None
