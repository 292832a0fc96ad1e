"""Texts in the person's language, by Qt's own means: `.qm` files in resources/translations, where there is one.

What the window says goes through `tr`. Tables that are made before there is a program (actions, menus, the tour,
figures) hold English, marked by `mark` or listed in tools/translations.py, and are handed to `tr` when shown. What
core, io, analysis, workflows and draw say (errors, figures, exports) stays English: it goes to the command line, logs
and files as well, the same for all.

`tr` also says a text in the words of the open data (`core.words`): "class" in place of sign, "sequence" in place of
recording. `tr_again` says a text that is shown already in other words; `gui/rewording.py` asks it for every widget.
"""

from __future__ import annotations

from numbers import Integral
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from auslan_explorer import paths
from auslan_explorer.core.signs import isolate
from auslan_explorer.core.words import GENERAL as OTHER_DATA
from auslan_explorer.core.words import SIGN_LANGUAGE, Words

CONTEXT, COUNTS = "Window", "Counts"
"""Contexts, as Qt Linguist shows them: all texts, and nouns that are counted."""


THIN_SPACE = "\u2009"
_MOST_FILLED = 4096
"""Texts with values in them whose making is remembered: most of them, such as figures of a step, are soon set anew."""


def grouped(number: int) -> str:
    """Return a whole number with thin spaces between its thousands: ``1 974``."""
    return f"{number:,}".replace(",", THIN_SPACE)


class _Grouped(int):
    """Whole number that a text's place without a format of its own shows with thin spaces."""

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec else grouped(self)


class _Said:
    """The words that are spoken now, and of what the texts were made that other words would change."""

    words = SIGN_LANGUAGE
    plain: ClassVar[dict[str, str]] = {}
    filled: ClassVar[dict[str, tuple[str, tuple[object, ...]]]] = {}


def set_words(words: Words) -> bool:
    """Speak in the words of the open data from now on; return whether they are others than before."""
    changed, _Said.words = words != _Said.words, words
    return changed


def current_words() -> Words:
    """Return the words that `tr` speaks in."""
    return _Said.words


def tr(text: str, *values: object) -> str:
    """Return a text in the person's language, with what belongs in its places.

    Parameters
    ----------
    text : str
        English, with `str.format`'s numbered places, which a translation may order anew; as it is where nobody has
        translated it.
    *values : object
        What is put there. Without any, the text is taken as it stands, braces too. A right-to-left name does not turn
        the words around it, and whole numbers get thin spaces; one that is a name, as a seed is, comes as a string.
    """
    worded = _Said.words.say(text)
    said = QCoreApplication.translate(CONTEXT, worded) if worded else worded
    if values:
        said = said.format(*map(_filling, values))
    if not values:
        _Said.plain[said] = text  # whether other words would change it, is asked once they are spoken
    elif _changes(text) or any(_is_said(value) for value in values):
        _remember(said, text, values)
    return said


def tr_again(said: str) -> str:
    """Return what was made by `tr` in the words that are spoken now; any other text as it is."""
    if said in _Said.plain:
        return tr(_Said.plain[said])
    if said in _Said.filled:
        text, values = _Said.filled[said]
        return tr(text, *(tr_again(v) if isinstance(v, str) and v != said else v for v in values))
    return said


def _filling(value: object) -> object:
    if isinstance(value, str):
        return isolate(value)
    return _Grouped(value) if isinstance(value, Integral) and not isinstance(value, bool) else value


def _changes(text: str) -> bool:
    """Return whether a text is another one in other words."""
    return _Said.words.say(text) != text or OTHER_DATA.say(text) != text


def _is_said(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return value in _Said.filled or (value in _Said.plain and _changes(_Said.plain[value]))


def _remember(said: str, text: str, values: tuple[object, ...]) -> None:
    if said in values:
        return  # "{0}" alone: the value, whose own making counts
    while len(_Said.filled) >= _MOST_FILLED:
        del _Said.filled[next(iter(_Said.filled))]
    _Said.filled[said] = text, values


def mark(text: str) -> str:
    """Mark a text of a module's table, which exists before the translations do; `tr` is asked for it when shown."""
    return text


def tr_count(number: int, noun: str) -> str:
    """Return a number with its noun in the person's language; empty where nobody has translated the noun."""
    translated = QCoreApplication.translate(COUNTS, f"%n {noun}", "", number)
    return "" if translated == f"{number} {noun}" else translated


def install(app: QCoreApplication, locale: QLocale | None = None) -> list[QTranslator]:
    """Install the translators of a language, the program's and Qt's, and return those that were found.

    Qt speaks a language only where the program does: one window in two languages reads badly, and English would be laid
    out from right to left where Qt is translated to Arabic or Hebrew.

    Parameters
    ----------
    app : QCoreApplication
    locale : QLocale, optional
        The system's by default.
    """
    locale = locale or QLocale.system()
    loaded = []
    places = (
        ("auslan_explorer", str(paths.resources_dir() / "translations")),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    for name, folder in places:
        translator = QTranslator(app)
        if not translator.load(locale, name, "_", folder):
            break
        app.installTranslator(translator)
        loaded.append(translator)
    return loaded
