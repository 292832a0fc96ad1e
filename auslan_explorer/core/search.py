"""Search query language for recordings: words of a sign's name, and filters such as ``session:3`` or ``split:test``.

::

    crazy                 signs whose name or key holds the word
    "thank you"           the words as they stand, together
    sign:go               the sign of this very name
    who 7                 the seventh recording of a sign
    who 3.2               its recording of session 3, trial 2
    session:3  trial:1-2  numbers, with commas and ranges
    length:>70            steps, also length:<30 and length:40-50
    split:test            train, validation or test
    hands:both            or hands:right, by the movement of the gloves
    right  wrong          the network's prediction; also answer:right, answer:wrong, and answer:think for a sign

All terms must match (AND). ``right`` and ``wrong`` are signs too: alone they find the sign, beside other terms the
prediction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activations import Activations
from .errors import UserError
from .signs import isolate
from .splits import NO_SPLIT, SPLIT_NAMES, TEST, TRAIN, VALIDATION

LONGEST = 500
"""Characters; nobody types more, and a text pasted by mistake is refused at once."""

_SPLITS = {
    "train": TRAIN,
    "training": TRAIN,
    "validation": VALIDATION,
    "val": VALIDATION,
    "test": TEST,
    "none": NO_SPLIT,
}
_HANDS = {"both": False, "two": False, "right": True, "one": True}
_ANSWERS = ("right", "wrong")
_OF_SIGNS = ("session", "trial", "hands")
"""Filters that other data than sign language have nothing for."""
_TOKEN = re.compile(r'(?P<filter>[^\W\d_]+):(?:"(?P<q>[^"]*)"?|(?P<b>[^\s"]*))|"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+)')
_NTH = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?")
_BOUND = re.compile(r"([<>]=?)(\d{1,6})")
_NUMBERS = re.compile(r"\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*")


@dataclass(frozen=True)
class Found:
    """Result of a search.

    Attributes
    ----------
    recordings : ndarray of bool, shape (recordings,)
    signs : frozenset of int
        Signs to list: those that match by name; with filters, those that have a matching recording.
    filters : bool
        Whether the query holds anything but names.
    note : str
        A hint for the person; mostly empty.
    """

    recordings: np.ndarray
    signs: frozenset[int]
    filters: bool
    note: str = ""


@dataclass(frozen=True)
class _Term:
    filter: str
    value: str
    quoted: bool


def search(text: str, activations: Activations, one_handed_below: float) -> Found:
    """Find the recordings and signs that match a query; all of them for an empty text.

    Parameters
    ----------
    text : str
    activations : Activations
    one_handed_below : float
        Recordings whose `hand_ratio` is less are one-handed.

    Raises
    ------
    UserError
        If a filter is not known, has a value that it cannot have, or asks for what these activations do not hold.
    """
    if len(text) > LONGEST:
        raise UserError(f"A search holds at most {LONGEST} characters; this text has {len(text)}.")
    return _Search(activations, one_handed_below).run(_terms(text))


def _terms(text: str) -> list[_Term]:
    terms = []
    for match in _TOKEN.finditer(text):
        quoted = match["quoted"] is not None
        value = match["q"] or match["b"] or match["quoted"] or match["bare"] or ""
        terms.append(_Term((match["filter"] or "").casefold(), value.casefold().strip(), quoted))
    return [term for term in terms if term.filter or term.value]


class _Search:
    def __init__(self, activations: Activations, one_handed_below: float) -> None:
        self._a = activations
        self._below = one_handed_below
        words = activations.wording
        self._say = words.say
        # A person's own word may be two, or hold what no filter can.
        self._naming = ("sign",) if words.of_signs else ("class", words.class_word.casefold())
        filters: dict[str, Callable[[str], np.ndarray]] = {
            **dict.fromkeys(self._naming, self._sign),
            "session": lambda value: self._numbered("session", activations.session, value),
            "trial": lambda value: self._numbered("trial", activations.trial, value),
            "split": self._split,
            "length": self._length,
            "hands": self._hands,
            "answer": self._answer,
        }
        hidden = () if words.of_signs else {*_OF_SIGNS} - {*self._naming}
        self._filters = {name: filter_ for name, filter_ in filters.items() if name not in hidden}

    def run(self, terms: list[_Term]) -> Found:
        a = self._a
        mask = np.ones(len(a), dtype=bool)
        named = np.ones(len(a.signs), dtype=bool)
        filters, note = False, ""
        terms, nth = self._split_number(terms)
        if nth is not None:
            mask, filters = self._numbered_in_sign(nth), True
            # The sign of this very name is meant, not all that hold the word.
            very = self._exactly(" ".join(term.value for term in terms if not term.filter))
            named = very if very.any() else named
        for term in terms:
            if term.filter:
                mask &= self._filtered(term)
                names = term.filter in self._naming
                filters |= not names
                if names:
                    named &= self._exactly(term.value)
            elif term.value in _ANSWERS and not term.quoted and not (len(terms) == 1 and self._is_name(term.value)):
                mask &= self._answer(term.value)
                filters = True
            else:
                named &= self._holding(term.value)
                if term.value in _ANSWERS and not term.quoted:
                    note = self._say("This is the sign. For recordings answered {0}: answer:{0}", term.value)
        mask &= named[a.sign]
        signs = np.flatnonzero(np.bincount(a.sign[mask], minlength=len(a.signs)) if filters else named)
        return Found(mask, frozenset(int(sign) for sign in signs), filters, note)

    def _split_number(self, terms: list[_Term]) -> tuple[list[_Term], re.Match[str] | None]:
        """Return the terms without the number of a recording, and that number, if there is one: the last word."""
        last = terms[-1] if terms else None
        if len(terms) < 2 or last is None or last.filter or last.quoted:
            return terms, None
        nth, before = _NTH.fullmatch(last.value), terms[:-1]
        names = [term for term in before if term.filter in self._naming or not (term.filter or term.value in _ANSWERS)]
        if nth is None or not names:
            return terms, None
        # Signs may have numbers in their names.
        words = [self._holding(term.value) for term in (*names, last) if not term.filter]
        return (terms, None) if np.all(words, axis=0).any() else (before, nth)

    def _numbered_in_sign(self, nth: re.Match[str]) -> np.ndarray:
        a = self._a
        if nth[2] is not None:
            return (a.session == int(nth[1])) & (a.trial == int(nth[2]))
        order = np.argsort(a.sign, kind="stable")
        counts = np.bincount(a.sign, minlength=len(a.signs))
        place = np.empty(len(a), dtype=np.int64)
        place[order] = np.arange(len(a)) - np.repeat(np.cumsum(counts) - counts, counts)
        return place + 1 == int(nth[1])

    def _filtered(self, term: _Term) -> np.ndarray:
        if term.filter not in self._filters:
            known = ", ".join(f"{name}:" for name in self._filters)
            raise UserError(f"There is no filter “{isolate(term.filter)}:”; there are {known}.")
        if not term.value:
            example = _EXAMPLES.get(term.filter, f"{term.filter}:name")
            raise UserError(f"Say what “{term.filter}:” is to be, such as {example}.")
        return self._filters[term.filter](term.value)

    def _is_name(self, word: str) -> bool:
        return bool(self._holding(word).any())

    def _holding(self, word: str) -> np.ndarray:
        texts = [f"{name} {key}".casefold() for name, key in zip(self._a.names, self._a.signs, strict=True)]
        return np.array([word in text for text in texts], dtype=bool)

    def _exactly(self, word: str) -> np.ndarray:
        pairs = zip(self._a.names, self._a.signs, strict=True)
        return np.array([word in (name.casefold(), key.casefold()) for name, key in pairs], dtype=bool)

    def _sign(self, value: str) -> np.ndarray:
        which = self._exactly(value)
        if not which.any():
            raise UserError(self._say("No sign is called “{0}”.", isolate(value)))
        return which[self._a.sign]

    def _numbered(self, name: str, column: np.ndarray, value: str) -> np.ndarray:
        if not _NUMBERS.fullmatch(value):
            raise UserError(f"“{name}:” needs numbers, such as {_EXAMPLES[name]}; “{isolate(value)}” is none.")
        mask = np.zeros(len(column), dtype=bool)
        for piece in value.split(","):
            low, _, high = piece.partition("-")
            mask |= (column >= int(low)) & (column <= int(high or low))
        if not mask.any():
            there = _ranges(column)
            what = f"{name} {value}; there {'are' if there else 'is'} {there or 'none'}"
            raise UserError(self._say("No recording has {0}.", what))
        return mask

    def _length(self, value: str) -> np.ndarray:
        bound = _BOUND.fullmatch(value)
        if bound is None:
            return self._numbered("length", self._a.lengths, value)
        lengths, limit = self._a.lengths, int(bound[2])
        return {"<": lengths < limit, "<=": lengths <= limit, ">": lengths > limit, ">=": lengths >= limit}[bound[1]]

    def _split(self, value: str) -> np.ndarray:
        if value not in _SPLITS:
            raise UserError(f"“split:” is train, validation or test; “{isolate(value)}” is none of them.")
        mask = self._a.split == _SPLITS[value]
        if not mask.any():
            raise UserError(self._say("No recording belongs to the split “{0}”.", SPLIT_NAMES[_SPLITS[value]]))
        return mask

    def _hands(self, value: str) -> np.ndarray:
        if value not in _HANDS:
            raise UserError(f"“hands:” is right or both; “{isolate(value)}” is neither.")
        ratio = self._a.hand_ratio
        if ratio is None:
            raise UserError("These activations do not hold how the hands move, so “hands:” finds nothing.")
        one_handed = np.asarray(ratio < self._below)
        return one_handed if _HANDS[value] else ~one_handed

    def _answer(self, value: str) -> np.ndarray:
        a = self._a
        known = a.predicted >= 0
        if not known.any():
            raise UserError("These activations do not hold what the network answered.")
        if value in _ANSWERS:
            return known & ((a.predicted == a.sign) == (value == "right"))
        which = self._exactly(value)
        if not which.any():
            sentence = "“answer:” is right, wrong, or a sign; no sign is called “{0}”."
            raise UserError(self._say(sentence, isolate(value)))
        return known & which[a.predicted]


_EXAMPLES = {
    "sign": "sign:crazy",
    "session": "session:3",
    "trial": "trial:1-2",
    "length": "length:>70",
    "split": "split:test",
    "hands": "hands:both",
    "answer": "answer:wrong",
}


def _ranges(column: np.ndarray) -> str:
    values = np.unique(column)
    if not len(values):
        return ""
    if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
        return f"{values[0]} to {values[-1]}"
    return ", ".join(str(value) for value in values[:12])
