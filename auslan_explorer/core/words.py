"""Words for what the data are made of: a sign and its recordings, or whatever a person calls them."""

from __future__ import annotations

from dataclasses import dataclass

from .signs import shown_name

_LONGEST = 40


@dataclass(frozen=True)
class Words:
    """What one class and one sequence of the data are called, singular and in small letters."""

    class_word: str = "class"
    sequence_word: str = "sequence"

    def __post_init__(self) -> None:
        for name in ("class_word", "sequence_word"):
            object.__setattr__(self, name, shown_name(getattr(self, name))[:_LONGEST])


GENERAL = Words()
SIGN_LANGUAGE = Words("sign", "recording")
