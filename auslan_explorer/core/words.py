"""Words for what the data are made of: a sign and its recordings, or whatever a person calls them.

Texts of the program speak of signs and recordings, as of the data that ship. `Words.say` says such a text in the words
of the open data, and is the one place where that is done: the window's `tr` asks it, and so do pictures, searches and
the command line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .general_texts import general_text
from .signs import shown_name

_LONGEST = 40
_NOUN = re.compile(
    # No part of a file's name, of a filter ("sign:") or of a formula ("sign(v)").
    r"(?<![\w./\\-])(?:(?P<article>an?) )?(?P<noun>signs?|recordings?)(?![\w(/\\]|[:.-]\w)",
    re.IGNORECASE,
)
_VOWELS = tuple("aeiou")
_ES = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True)
class Words:
    """What one class and one sequence of the data are called, singular and in small letters."""

    class_word: str = "class"
    sequence_word: str = "sequence"

    def __post_init__(self) -> None:
        for name in ("class_word", "sequence_word"):
            object.__setattr__(self, name, shown_name(getattr(self, name))[:_LONGEST])

    @property
    def of_signs(self) -> bool:
        """Whether the data are sign language, so that texts of signs, hands and the article are about them."""
        return self.class_word == "sign"

    @property
    def classes(self) -> str:
        """The word for classes, in the plural."""
        return plural(self.class_word)

    @property
    def sequences(self) -> str:
        """The word for sequences, in the plural."""
        return plural(self.sequence_word)

    def say(self, text: str, *values: object) -> str:
        """Return a text of the program in these words, with what belongs in its places.

        Parameters
        ----------
        text : str
            As for sign language, with `str.format`'s numbered places. What stands in “quotation marks” stays.
        *values : object
            What is put there, as it is. Without any, the text is taken as it stands, braces too.
        """
        worded = text if self == SIGN_LANGUAGE else _say(self, text)
        return worded.format(*values) if values else worded

    def count(self, number: int, noun: str) -> str:
        """Return a number with its noun, in the plural but for one: "2 recordings", or in other words "2 sequences"."""
        said = self.say(noun)
        return f"{number} {said if number == 1 else plural(said)}"

    def key(self, name: str) -> str:
        """Return the name of a value in JSON and tables, such as "signs": of other data "classes", in anyone's words.

        Scripts read these names, so that a person's own words do not change them.
        """
        return name if self.of_signs else _say(GENERAL, name)

    def keyed(self, value: Any) -> Any:
        """Return JSON values whose names are as `key` has them, inner ones too."""
        if isinstance(value, Mapping):
            return {self.key(name): self.keyed(each) for name, each in value.items()}
        return [self.keyed(each) for each in value] if isinstance(value, list) else value


def plural(noun: str) -> str:
    """Return the plural of an English noun, as English makes most of them."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(_ES) else f"{noun}s"


@lru_cache(maxsize=4096)
def _say(words: Words, text: str) -> str:
    if not words.of_signs:
        text = general_text(text)
    # Not again in what is said already: a word may be "road sign".
    said = (words.classes, words.class_word, words.sequences, words.sequence_word)
    own = "|".join(rf"\b{re.escape(each)}\b" for each in said)
    pieces = re.split(rf"(“[^”]*”|{own})", text)
    return "".join(
        piece if at % 2 else _NOUN.sub(lambda found: _noun(words, found), piece) for at, piece in enumerate(pieces)
    )


def _noun(words: Words, found: re.Match[str]) -> str:
    noun, article = found["noun"], found["article"]
    small = noun.lower()
    said = words.class_word if small.startswith("sign") else words.sequence_word
    said = plural(said) if small.endswith("s") else said
    said = said[:1].upper() + said[1:] if noun[0].isupper() else said
    if article is None:
        return said
    return f"{article[0]}{'n' if said[:1].lower() in _VOWELS else ''} {said}"


GENERAL = Words()
SIGN_LANGUAGE = Words("sign", "recording")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural but for one: "1 step", "2 steps"."""
    return SIGN_LANGUAGE.count(number, noun)


def told_words(class_word: object, sequence_word: object) -> Words:
    """Return the words that a file tells; in place of one that is missing or no text, that of sign language."""
    one, other = (word if isinstance(word, str) and word.strip() else "" for word in (class_word, sequence_word))
    return Words(one or SIGN_LANGUAGE.class_word, other or SIGN_LANGUAGE.sequence_word)
