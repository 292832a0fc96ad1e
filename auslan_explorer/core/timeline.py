"""Texts along a time line, on tiers as annotation programs have them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TimedText:
    """A text over a stretch of time.

    Attributes
    ----------
    start, stop : int
        Milliseconds, half-open.
    text : str
    """

    start: int
    stop: int
    text: str


@dataclass(frozen=True)
class Tier:
    """A row of texts of one kind.

    Attributes
    ----------
    name : str
    texts : tuple of TimedText
    parent : str
        Tier to whose texts these belong, one to one and in the same order; empty where they stand for themselves.
    """

    name: str
    texts: tuple[TimedText, ...]
    parent: str = ""
