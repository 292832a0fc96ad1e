"""Fuzzy text matching: letters in order, scored higher at the start of words and where they are adjacent."""

from __future__ import annotations

from dataclasses import dataclass

_WORD, _TOGETHER, _START = 8.0, 9.0, 6.0
"""Score of a letter that begins a word, follows the one before, or begins the text."""
_WHOLE = 10.0
"""Score where all letters are adjacent."""
_GAP = 0.4
"""Penalty for each letter that is skipped."""
_MOST = 8
"""Places tried for a word's first letter; more change the order of hardly any list."""


@dataclass(frozen=True)
class Match:
    """Score of a match, and the indices of the matching letters."""

    score: float
    places: frozenset[int]


def match(query: str, text: str) -> Match | None:
    """Match `query` against `text`; None if the letters of one of its words do not occur in order.

    Parameters
    ----------
    query : str
        Words in any order; an empty one matches everything alike.
    text : str
    """
    folded = text.lower()
    if len(folded) != len(text):
        # A few letters, such as the Turkish I with a dot, fold to two; places would no longer fit.
        folded = text
    score, places = 0.0, frozenset[int]()
    for word in query.lower().split():
        best = _best(word, folded)
        if best is None:
            return None
        score += best.score
        places |= best.places
    # Of two that match alike, the shorter one is meant more often.
    return Match(score - 0.02 * len(text), places)


def _best(word: str, text: str) -> Match | None:
    best: Match | None = None
    start = text.find(word[0])
    for _ in range(_MOST):
        if start < 0:
            break
        found = _from(word, text, start)
        if found is None:
            break
        if best is None or found.score > best.score:
            best = found
        start = text.find(word[0], start + 1)
    whole = text.find(word)
    if whole >= 0:
        places = range(whole, whole + len(word))
        found = Match(_score(text, list(places)), frozenset(places))
        if best is None or found.score > best.score:
            best = found
    return best


def _from(word: str, text: str, start: int) -> Match | None:
    places = [start]
    for letter in word[1:]:
        place = text.find(letter, places[-1] + 1)
        if place < 0:
            return None
        # Prefer the first letter of a later word, even if letters are skipped.
        begins = next((i for i in range(place, len(text)) if text[i] == letter and _begins(text, i)), -1)
        if place != places[-1] + 1 and begins >= 0:
            place = begins
        places.append(place)
    return Match(_score(text, places), frozenset(places))


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


def _score(text: str, places: list[int]) -> float:
    score = float(len(places)) + (_START if places[0] == 0 else 0.0)
    for i, place in enumerate(places):
        if _begins(text, place):
            score += _WORD
        if i and place == places[i - 1] + 1:
            score += _TOGETHER
        elif i:
            score -= _GAP * (place - places[i - 1] - 1)
    return score + (_WHOLE if places[-1] - places[0] == len(places) - 1 else 0.0)
