"""Keys of signs in the files, their readable names, and how names of any kind are shown and sorted."""

from __future__ import annotations

import re
import unicodedata

# Keys whose readable form cannot be derived by replacing hyphens and underscores.
_READABLE = {
    "change_mind_": "change mind",
    "computer_PC_": "computer (PC)",
    "is_true_": "is it true?",
    "wait_notyet_": "wait / not yet",
    "his_hers": "his / hers",
    "her": "his / hers",
    "flash-light": "flashlight",
}

# UCI's own archive calls the three ``his_hers`` recordings of the first session ``her``.
KEY_ALIASES = {"her": "his_hers"}

# The article drops this sign because of the file-name trouble above (section "Auslan sign classifier").
ARTICLE_DROPS = "his_hers"


def readable_name(key: str) -> str:
    """Return the readable name of a sign key such as ``computer_PC_``."""
    if key in _READABLE:
        return _READABLE[key]
    return key.replace("_", " ").replace("-", " ").strip() or key


NO_NAME = "(no name)"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of a text, beyond the end of a name too."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_DIGITS = re.compile("([0-9]+)")


def shown_name(name: str) -> str:
    """Return a name as it is shown: one line, where control characters are one space, and never empty."""
    letters = ("\ufffd" if unicodedata.category(c) == "Cs" else " " if _is_control(c) else c for c in name)
    return " ".join("".join(letters).split()) or NO_NAME


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Zl", "Zp") or letter in _TURNS


def short_name(name: str, longest: int = 28) -> str:
    """Return a name of at most so many letters: of a longer one the beginning and the end, which tell names apart."""
    if len(name) <= longest:
        return name
    head, tail = name[: longest // 2].rstrip(), name[len(name) - (longest - 1) // 2 :].lstrip()
    # No accent, and no part of an emoji, without the letter before it.
    while tail and (unicodedata.category(tail[0])[0] == "M" or tail[0] == "\N{ZERO WIDTH JOINER}"):
        tail = tail[1:]
    return f"{head}…{tail}"


def isolate(text: str) -> str:
    """Return a text as it stands in a sentence: one with right-to-left letters does not turn the words around it."""
    if not text.isascii() and any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def joined_names(*names: str) -> str:
    """Return the names of a few signs as they stand together, such as "boy – girl": names may hold a "/" or "and"."""
    return " – ".join(isolate(name) for name in names)


def sort_key(name: str) -> tuple[object, ...]:
    """Return a key that sorts names as people do: 2 before 10, capital and small letters alike."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    pieces = [piece for piece in _DIGITS.split(folded) if piece]
    return tuple((0, *_number(piece)) if piece[0] in "0123456789" else (1, 0, piece) for piece in pieces), name


def _number(digits: str) -> tuple[int, str]:
    # In place of an `int`, which has a longest length.
    plain = digits.lstrip("0")
    return len(plain), plain
