"""Texts in the person's language, by Qt's own means: `.qm` files in resources/translations, where there is one.

Widgets say `self.tr("...")`; what has numbers or names in it, or is no widget, says `said("... {0} ...", name)`. Tables
that are made before there is a program (actions, menus, the tour, figures) hold English; whoever shows an entry asks
`told` or `said` for it, and tools/translations.py lists them all for translators. What core, io, analysis and draw say
(errors, figures, exports) stays English: it goes to the command line, logs and files as well, the same for all.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from auslan_explorer import paths

ACTIONS, MENUS, TOUR, FIGURES, COUNTS, TEXTS = "Actions", "Menus", "Tour", "Figures", "Counts", "Texts"
"""Contexts of the tables, and of what `said` says."""


def told(context: str, text: str) -> str:
    """Return a table's text in the person's language; as it is where nobody has translated it."""
    return QCoreApplication.translate(context, text) if text else text


def said(text: str, *values: object) -> str:
    """Return a sentence in the person's language, with what belongs in its places.

    Parameters
    ----------
    text : str
        English, with `str.format`'s numbered places, which a translation may order anew.
    *values : object
        What is put there. Without any, the text is taken as it stands, braces too.
    """
    translated = told(TEXTS, text)
    return translated.format(*values) if values else translated


def to_say(text: str) -> str:
    """Mark a text of a module's table, which exists before the translations do; `said` is asked for it when shown."""
    return text


def told_count(number: int, noun: str) -> str:
    """Return a number with its noun in the person's language; empty where nobody has translated the noun."""
    said = QCoreApplication.translate(COUNTS, f"%n {noun}", "", number)
    return "" if said == f"{number} {noun}" else said


def install(app: QCoreApplication, locale: QLocale | None = None) -> list[QTranslator]:
    """Load what there is for a language, ours and Qt's, and return what was loaded.

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
