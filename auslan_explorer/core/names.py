"""Names of recordings in place of indices, so that what is saved by name stays valid for another cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from .activations import Activations


class RecordingName(NamedTuple):
    """Name of a recording: the sign's key, session, trial, and its number among several of the same name."""

    sign: str
    session: int
    trial: int
    nth: int = 0


def _by_name(activations: Activations) -> dict[tuple[int, int, int], list[int]]:
    places: dict[tuple[int, int, int], list[int]] = {}
    columns = (activations.sign.tolist(), activations.session.tolist(), activations.trial.tolist())
    for place, name in enumerate(zip(*columns, strict=True)):
        places.setdefault(name, []).append(place)
    return places


def number_in_sign(activations: Activations, recording: int) -> int:
    """Return which recording of its sign this one is, from 1, as the search counts them."""
    sign = activations.sign
    return int(np.count_nonzero(sign[: recording + 1] == sign[recording]))


def stands_alone(activations: Activations, recording: int) -> bool:
    """Return whether no other recording of the sign has the same session and trial, and one of these is known."""
    a = activations
    if a.session[recording] <= 0 and a.trial[recording] <= 0:
        return False
    alike = a.sign == a.sign[recording]
    for column in (a.session, a.trial):
        alike &= column == column[recording]
    return int(np.count_nonzero(alike)) == 1


def name_recordings(activations: Activations, recordings: Iterable[int]) -> list[RecordingName]:
    """Return the names of some recordings, in the order given."""
    a = activations
    places = _by_name(a)
    names = []
    for i in recordings:
        key = (int(a.sign[i]), int(a.session[i]), int(a.trial[i]))
        names.append(RecordingName(a.signs[key[0]], key[1], key[2], places[key].index(int(i))))
    return names


def find_named(activations: Activations, names: Iterable[RecordingName]) -> tuple[tuple[int, ...], int]:
    """Return the indices of the named recordings, in the order given, and how many names were not found."""
    found = find_each(activations, names)
    return tuple(dict.fromkeys(place for place in found if place >= 0)), found.count(-1)


def find_each(activations: Activations, names: Iterable[RecordingName]) -> list[int]:
    """Return the index of each named recording; -1 where it is not found."""
    places = _by_name(activations)
    sign_of = {key: sign for sign, key in enumerate(activations.signs)}
    found = []
    for name in names:
        there = places.get((sign_of.get(name.sign, -1), name.session, name.trial), [])
        found.append(there[name.nth] if name.nth < len(there) else -1)
    return found


def names_from_json(entries: Any) -> tuple[RecordingName, ...]:
    """Parse recordings' names from JSON: lists of sign, session, trial and, rarely, a number.

    Raises
    ------
    ValueError, TypeError
        If it is anything else.
    """
    if not isinstance(entries, list):
        raise TypeError("no list of recordings")
    names = []
    for entry in entries:
        sign, *numbers = entry
        if not isinstance(sign, str) or not 2 <= len(numbers) <= 3:
            raise ValueError("no recording’s name")
        if any(type(number) is not int or number < 0 for number in numbers):
            raise ValueError("no recording’s number")
        names.append(RecordingName(sign, *numbers))
    return tuple(names)


def names_to_json(names: Sequence[RecordingName]) -> list[list[str | int]]:
    """Return recordings' names as JSON values that `names_from_json` reads."""
    return [list(name) if name.nth else list(name[:3]) for name in names]
