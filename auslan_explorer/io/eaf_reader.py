"""Reads annotation documents of ELAN (.eaf) that may come from anyone: without entities, within limits.

The parser is expat itself, which fetches nothing; a document type is refused, since with it come entities, and none of
ELAN's documents has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.signs import shown_name
from auslan_explorer.core.timeline import Tier, TimedText
from auslan_explorer.io.opening import read_bytes, shown, translating

SUFFIX = ".eaf"
WHAT = "an annotation document of ELAN"
LARGEST = 32 << 20
"""Bytes; all 2528 recordings of the article take 5 million."""
DEEPEST = 32
"""Elements within each other; ELAN's lie at most six deep."""
MOST = 500_000
"""Annotations and moments in all."""
MOST_TIERS = 500
"""Tiers, which may each wait for another's times; documents have dozens."""
_ROOT = "ANNOTATION_DOCUMENT"
_ALIGNED, _REFERRING = "ALIGNABLE_ANNOTATION", "REF_ANNOTATION"


def read_eaf(path: Path) -> tuple[Tier, ...]:
    """Read the tiers of a document, each text with times.

    A text that belongs to one of another tier has its times, or its share of them where several do; a moment without a
    time, as ELAN has them within subdivided annotations, lies evenly between those around it.

    Raises
    ------
    UserError
        If the file cannot be read, is too large, or is no such document.
    """
    data = read_bytes(path, LARGEST, WHAT)
    document = _Document(path)
    with translating(path, WHAT):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = document.refuse_doctype
        parser.StartElementHandler = document.start
        parser.EndElementHandler = document.end
        parser.CharacterDataHandler = document.add_text
        parser.Parse(data, True)
        return document.tiers()


@dataclass
class _Annotation:
    """An annotation as it stands in the document: two moments, or another annotation that it belongs to."""

    name: str
    first: str = ""
    last: str = ""
    refers: str = ""
    text: list[str] = field(default_factory=list)


class _Document:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._depth = self._count = 0
        self._moments: dict[str, float | None] = {}
        self._tiers: dict[str, list[_Annotation]] = {}
        self._parents: dict[str, str] = {}
        self._in: list[_Annotation] | None = None
        self._open: _Annotation | None = None
        self._in_value = False

    # ------------------------------------------------------------------------------------------------- parsing
    def refuse_doctype(self, *_: object) -> NoReturn:
        raise UserError(f"{shown(self._path)} declares a document type, as no document of ELAN does; save it again.")

    def start(self, name: str, given: dict[str, str]) -> None:
        if not self._depth and name != _ROOT:
            raise UserError(f"{shown(self._path)} is XML, but not {WHAT}.")
        self._depth += 1
        if self._depth > DEEPEST:
            raise UserError(f"{shown(self._path)} is nested deeper than {WHAT} is.")
        if name in ("TIME_SLOT", _ALIGNED, _REFERRING):
            self._count += 1
            if self._count > MOST:
                raise UserError(f"{shown(self._path)} holds more than {MOST} annotations; export fewer at a time.")
        if name == "TIME_SLOT":
            value = given.get("TIME_VALUE")
            self._moments[given["TIME_SLOT_ID"]] = None if value is None else self._time(value)
        elif name == "TIER":
            self._in = self._tiers.setdefault(given["TIER_ID"], [])
            if len(self._tiers) > MOST_TIERS:
                raise UserError(f"{shown(self._path)} has more than {MOST_TIERS} tiers; leave out those not needed.")
            self._parents[given["TIER_ID"]] = given.get("PARENT_REF", "")
        elif name == _ALIGNED:
            self._begin(_Annotation(given["ANNOTATION_ID"], given["TIME_SLOT_REF1"], given["TIME_SLOT_REF2"]))
        elif name == _REFERRING:
            self._begin(_Annotation(given["ANNOTATION_ID"], refers=given["ANNOTATION_REF"]))
        self._in_value = name == "ANNOTATION_VALUE"

    def _time(self, text: str) -> float:
        if not text.strip().isascii() or not text.strip().isdigit() or len(text) > 12:
            raise UserError(f"{shown(self._path)} has a time that is no number of milliseconds; save it again.")
        return float(text)

    def _begin(self, annotation: _Annotation) -> None:
        self._open = annotation
        if self._in is not None:
            self._in.append(annotation)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._in_value = False
        if name == "TIER":
            self._in = None
        elif name in (_ALIGNED, _REFERRING):
            self._open = None

    def add_text(self, text: str) -> None:
        if self._in_value and self._open is not None:
            self._open.text.append(text)

    # ------------------------------------------------------------------------------------------------- times
    def tiers(self) -> tuple[Tier, ...]:
        """Return what was parsed, with times."""
        moments = self._all_moments()
        known: dict[str, tuple[float, float]] = {}
        everything = [each for texts in self._tiers.values() for each in texts]
        for each in everything:
            if not each.refers:
                known[each.name] = moments[each.first], moments[each.last]
        left = [texts for texts in self._tiers.values() if any(each.refers for each in texts)]
        while left:  # a tier may stand before its parent
            ready = [texts for texts in left if all(not each.refers or each.refers in known for each in texts)]
            if not ready:
                raise UserError(f"{shown(self._path)} has annotations of others that are not there; save it again.")
            for texts in ready:
                known.update(_shared_out(texts, known))
            left = [texts for texts in left if not any(texts is each for each in ready)]
        return tuple(
            Tier(
                shown_name(name),
                tuple(_timed(each, *known[each.name]) for each in texts),
                shown_name(self._parents[name]) if self._parents[name] else "",
            )
            for name, texts in self._tiers.items()
        )

    def _all_moments(self) -> dict[str, float]:
        """Return the time of each moment; those without one are spread between their neighbours."""
        names, found, last = list(self._moments), {}, 0.0
        place = 0
        while place < len(names):
            value = self._moments[names[place]]
            if value is not None:
                found[names[place]] = last = value
                place += 1
                continue
            stop = place
            while stop < len(names) and self._moments[names[stop]] is None:
                stop += 1
            following = self._moments[names[stop]] if stop < len(names) else last
            assert following is not None
            for number in range(place, stop):
                found[names[number]] = last + (following - last) * (number - place + 1) / (stop - place + 1)
            place = stop
        return found


def _shared_out(texts: list[_Annotation], known: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the times of annotations that belong to others: all of theirs, or an even share of it."""
    siblings: dict[str, list[str]] = {}
    for each in texts:
        if each.refers:
            siblings.setdefault(each.refers, []).append(each.name)
    found = {}
    for parent, names in siblings.items():
        start, stop = known[parent]
        for number, name in enumerate(names):
            share = (stop - start) / len(names)
            found[name] = start + number * share, start + (number + 1) * share
    return found


def _timed(annotation: _Annotation, start: float, stop: float) -> TimedText:
    text = " ".join("".join(annotation.text).split())
    return TimedText(round(start), round(max(stop, start)), shown_name(text) if text else "")
