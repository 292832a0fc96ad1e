"""Groups of recordings: built-in ones, the article's comparisons, and user groups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .activations import Activations
from .errors import UserError
from .names import RecordingName, find_named
from .signs import joined_names
from .splits import NO_SPLIT, SPLIT_NAMES, TEST, TRAIN, VALIDATION

COMPARISONS = (
    ("drink", "danger"),
    ("who", "soon"),
    ("think", "crazy"),
    ("think", "crazy", "sorry", "you"),
    ("hurt", "all"),
    ("thank", "hot"),
    ("God", "science"),
)
"""Keys of the signs that the article compares (figures 7 to 10 and the section "Analysis")."""

LONGEST_NAME = 60
ALL_MISCLASSIFIED = "Misclassified, split not known"
_NO_ANSWERS = "These activations do not hold what the network answered."


class Kind(StrEnum):
    """Origin of a group."""

    ALL = "all"
    HANDS = "hands"
    MISCLASSIFIED = "misclassified"
    COMPARISON = "comparison"
    OWN = "own"


@dataclass(frozen=True)
class Group:
    """A named set of recordings.

    Attributes
    ----------
    name : str
    kind : Kind
    recordings : ndarray of bool, shape (recordings,)
    disabled_reason : str
        Why the group is empty, a sentence; empty where it has recordings.
    """

    name: str
    kind: Kind
    recordings: np.ndarray
    disabled_reason: str

    @property
    def count(self) -> int:
        """Number of recordings."""
        return int(self.recordings.sum())


@dataclass(frozen=True)
class UserGroup:
    """A group saved by the person; recordings are stored by name, so that it stays valid for another cache."""

    name: str
    recordings: tuple[RecordingName, ...]

    def group(self, activations: Activations) -> Group:
        """Return the group with those of its recordings that are among `activations`."""
        mask = np.zeros(len(activations), dtype=bool)
        mask[list(find_named(activations, self.recordings)[0])] = True
        return Group(self.name, Kind.OWN, mask, _unless(mask, "None of its recordings are open."))


def built_in_groups(activations: Activations, one_handed_below: float) -> list[Group]:
    """Return the built-in groups; empty ones have a `disabled_reason`.

    Parameters
    ----------
    activations : Activations
    one_handed_below : float
        Recordings whose `hand_ratio` is less are one-handed.
    """
    a = activations
    everything = np.ones(len(a), dtype=bool)
    groups = [Group("All", Kind.ALL, everything, _unless(everything, "No activations are open."))]
    none = np.zeros(len(a), dtype=bool)
    one = none if a.hand_ratio is None else np.asarray(a.hand_ratio < one_handed_below)
    two = none if a.hand_ratio is None else ~one
    no_hands = "These activations do not hold how the hands move." if a.hand_ratio is None else "There are none."
    if a.wording.of_signs:
        groups.append(Group("One-handed", Kind.HANDS, one, _unless(one, no_hands)))
        groups.append(Group("Two-handed", Kind.HANDS, two, _unless(two, no_hands)))
    known = a.predicted >= 0
    if len(a) and (a.split == NO_SPLIT).all():
        wrong = known & (a.predicted != a.sign)
        reason = "The network makes no mistake." if known.any() else _NO_ANSWERS
        groups.append(Group(ALL_MISCLASSIFIED, Kind.MISCLASSIFIED, wrong, _unless(wrong, reason)))
    for split in () if len(a) and (a.split == NO_SPLIT).all() else (TRAIN, VALIDATION, TEST):
        of_split = a.split == split
        wrong = of_split & known & (a.predicted != a.sign)
        if not of_split.any():
            reason = f"No recording belongs to the split “{SPLIT_NAMES[split]}”."
        elif not (of_split & known).any():
            reason = _NO_ANSWERS
        else:
            reason = "The network makes no mistake there."
        groups.append(Group(f"Misclassified, {SPLIT_NAMES[split]}", Kind.MISCLASSIFIED, wrong, _unless(wrong, reason)))
    place = {key: sign for sign, key in enumerate(a.signs)}
    for keys in COMPARISONS if a.wording.of_signs else ():
        mask = np.isin(a.sign, [place[key] for key in keys if key in place])
        missing = [key for key in keys if key not in place]
        reason = f"The sign “{missing[0]}” is not among these activations." if missing else ""
        names = joined_names(*keys)
        groups.append(Group(names, Kind.COMPARISON, none if missing else mask, reason))
    return groups


def _unless(mask: np.ndarray, reason: str) -> str:
    return "" if mask.any() else reason


def numbered(name: str, number: int) -> str:
    """Return a group's name with a number, within `LONGEST_NAME`."""
    return f"{name[: LONGEST_NAME - len(str(number)) - 1].rstrip()} {number}"


def free_name(name: str, groups: tuple[UserGroup, ...]) -> str:
    """Return a new user group's name as it is saved: trimmed to one short line.

    Raises
    ------
    UserError
        If the name is empty or taken.
    """
    name = " ".join(name.split())[:LONGEST_NAME].strip()
    if not name:
        raise UserError("A group needs a name.")
    if any(group.name.casefold() == name.casefold() for group in groups):
        raise UserError(f"There is a group “{name}” already; choose another name.")
    return name
