"""Conversion of the session's state to JSON and back, with signs and recordings by name, not by index."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, get_type_hints

import numpy as np

from .activations import Activations
from .clock import SPEEDS
from .names import find_named, name_recordings, names_from_json, names_to_json
from .playing import Trail
from .session import DECLARED, HIGHEST_THRESHOLD, MOST_NEIGHBOURS, SessionState, opening_state
from .splits import SPLIT_NAMES

ALL = "all"
_LONGEST_TEXT = 200
_LARGEST_INT = 2**31
_NAMED = ("visible_signs", "splits", "selected")


def state_to_json(state: SessionState, activations: Activations) -> dict[str, Any]:
    """Convert a state to JSON values.

    Parameters
    ----------
    state : SessionState
    activations : Activations
        Activations of the state; they give the names of signs and recordings.
    """
    a = activations
    plain: dict[str, Any] = {
        "signs": ALL if len(state.visible_signs) == len(a.signs) else [a.signs[i] for i in sorted(state.visible_signs)],
        "splits": [SPLIT_NAMES[code] for code in sorted(state.splits)],
        "selected": names_to_json(name_recordings(a, state.selected)),
    }
    for field in fields(SessionState):
        if field.name not in _NAMED:
            value = getattr(state, field.name)
            if isinstance(value, np.generic):
                value = value.item()  # JSON knows no NumPy
            plain[field.name] = value
    return plain


def state_from_json(content: Mapping[str, Any], activations: Activations) -> tuple[SessionState, list[str]]:
    """Restore a saved state as far as it applies to these activations.

    Parameters
    ----------
    content : mapping
        From a file: nothing in it is trusted.
    activations : Activations

    Returns
    -------
    state : SessionState
        Missing and invalid fields are as in newly opened activations.
    remarks : list of str
        What could not be restored, in a few words each.
    """
    return _Reader(content, activations).run()


class _Reader:
    def __init__(self, content: Mapping[str, Any], activations: Activations) -> None:
        self._content = content
        self._a = activations
        self._remarks: list[str] = []
        self._bad: list[str] = []

    def run(self) -> tuple[SessionState, list[str]]:
        changes: dict[str, Any] = {}
        types_ = get_type_hints(SessionState)
        for field in fields(SessionState):
            name = _saved_name(field.name)
            if name not in self._content:
                continue
            try:
                special = getattr(self, f"_{field.name}", None)
                value = self._content[name]
                changes[field.name] = special(value) if special else _typed(types_[field.name], value)
            except (ValueError, TypeError, KeyError, OverflowError):
                self._bad.append(name.replace("_", " "))
        known = {_saved_name(field.name) for field in fields(SessionState)}
        strange = sorted(str(name)[:20] for name in set(self._content) - known)
        if strange:
            self._remarks.append(f"this version does not know {', '.join(strange[:3])}")
        if self._bad:
            self._remarks.append(f"{', '.join(self._bad[:4])} cannot be read")
        return replace(opening_state(self._a), **changes), self._remarks

    def _visible_signs(self, value: Any) -> frozenset[int]:
        if value == ALL:
            return frozenset(range(len(self._a.signs)))
        place = {key: sign for sign, key in enumerate(self._a.signs)}
        keys = _texts(value)
        missing = [key for key in keys if key not in place]
        if missing:
            self._remarks.append(f"{_count(len(missing), 'sign')} ({missing[0][:20]}) not among these activations")
        return frozenset(place[key] for key in keys if key in place)

    def _splits(self, value: Any) -> frozenset[int]:
        code = {name: code for code, name in SPLIT_NAMES.items()}
        named = frozenset(code[name] for name in _texts(value))
        present = opening_state(self._a).splits
        if named and present and not named & present:
            # Nothing at all would be shown, and no tick would say why.
            self._remarks.append("the splits that it shows are not among these activations, so all are shown")
            return present
        return named

    def _selected(self, value: Any) -> tuple[int, ...]:
        found, missing = find_named(self._a, names_from_json(value))
        if missing:
            self._remarks.append(f"{_count(missing, 'selected recording')} not among these activations")
        return found

    def _step(self, value: Any) -> int:
        return min(max(_typed(int, value), 0), max(self._a.steps - 1, 0))

    def _speed(self, value: Any) -> float:
        speed = _typed(float, value)
        if speed not in SPEEDS:
            raise ValueError("no speed that is offered")
        return float(speed)

    def _section(self, value: Any) -> tuple[int, int] | None:
        if value is None:
            return None
        first, last = (min(max(end, 0), max(self._a.steps - 1, 0)) for end in _pair(value))
        return (first, last) if first <= last else None

    def _trail(self, value: Any) -> Trail:
        tail, head = _pair(value)
        longest = max(self._a.steps, 0)
        return Trail(min(max(tail, 0), longest), min(max(head, 0), longest))

    def _hand_threshold(self, value: Any) -> float:
        return min(max(_typed(float, value), 0.0), HIGHEST_THRESHOLD)

    def _neighbours(self, value: Any) -> int:
        return min(max(_typed(int, value), 1), MOST_NEIGHBOURS)


def _saved_name(field: str) -> str:
    return DECLARED[field].saved_as or field


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError("no list of words")
    return value


def _pair(value: Any) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError("no pair")
    first, second = (_typed(int, each) for each in value)
    return first, second


def _typed(kind: Any, value: Any) -> Any:
    """Convert a JSON value to the type `kind` of a field; raise TypeError or ValueError where it does not fit."""
    if issubclass(kind, StrEnum):
        return kind(value)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise TypeError("another type")
    if kind is int and abs(value) >= _LARGEST_INT:
        raise ValueError("too large")
    if kind is float and not math.isfinite(value):
        raise ValueError("no number")
    if kind is str and len(value) > _LONGEST_TEXT:
        raise ValueError("too long")
    return value
