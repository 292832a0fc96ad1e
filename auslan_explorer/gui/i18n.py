"""Texts in the person's language, by Qt's own means: `.qm` files in resources/translations, where there is one.

What the window says goes through `tr`. Tables that are made before there is a program (actions, menus, the tour,
figures) hold English, marked by `mark` or listed in tools/translations.py, and are handed to `tr` when shown. What
core, io, analysis, workflows and draw say (errors, figures, exports) stays English: it goes to the command line, logs
and files as well, the same for all.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from auslan_explorer import paths
from auslan_explorer.core.signs import isolate

CONTEXT, COUNTS = "Window", "Counts"
"""Contexts, as Qt Linguist shows them: all texts, and nouns that are counted."""


def tr(text: str, *values: object) -> str:
    """Return a text in the person's language, with what belongs in its places.

    Parameters
    ----------
    text : str
        English, with `str.format`'s numbered places, which a translation may order anew; as it is where nobody has
        translated it.
    *values : object
        What is put there. Without any, the text is taken as it stands, braces too. A right-to-left name does not turn
        the words around it.
    """
    translated = QCoreApplication.translate(CONTEXT, text) if text else text
    if not values:
        return translated
    return translated.format(*(isolate(value) if isinstance(value, str) else value for value in values))


def mark(text: str) -> str:
    """Mark a text of a module's table, which exists before the translations do; `tr` is asked for it when shown."""
    return text


def tr_count(number: int, noun: str) -> str:
    """Return a number with its noun in the person's language; empty where nobody has translated the noun."""
    translated = QCoreApplication.translate(COUNTS, f"%n {noun}", "", number)
    return "" if translated == f"{number} {noun}" else translated


def install(app: QCoreApplication, locale: QLocale | None = None) -> list[QTranslator]:
    """Install the translators of a language, the program's and Qt's, and return those that were found.

    Parameters
    ----------
    app : QCoreApplication
    locale : QLocale, optional
        The system's by default.
    """
    locale = locale or QLocale.system()
    loaded = []
    places = (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("auslan_explorer", str(paths.resources_dir() / "translations")),
    )
    for name, folder in places:
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
            loaded.append(translator)
    return loaded
