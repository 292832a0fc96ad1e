"""Translations: Qt's `.qm` files in resources/translations, and the functions that look texts up.

Widgets translate with `self.tr("...")`; texts with numbers or names in them, and code outside widgets, with
`said("... {0} ...", name)`. Tables that are built before the application exists (actions, menus, the tour, figures)
hold English texts, translated with `told` or `said` when they are shown; tools/translations.py lists them for
translators. Texts of core, io, analysis and draw (errors, figures, exports) stay English, since they also go to the
command line, logs and files.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from auslan_explorer import paths

ACTIONS, MENUS, TOUR, FIGURES, COUNTS, TEXTS = "Actions", "Menus", "Tour", "Figures", "Counts", "Texts"
"""Translation contexts of the tables, and of the texts of `said`."""


def told(context: str, text: str) -> str:
    """Return a table's text in the user's language; unchanged if it has no translation."""
    return QCoreApplication.translate(context, text) if text else text


def said(text: str, *values: object) -> str:
    """Return a sentence in the user's language, formatted with values.

    Parameters
    ----------
    text : str
        English, with numbered fields of `str.format`, which a translation may reorder.
    *values : object
        Values of the fields. Without any, the text is not formatted, and braces stay.
    """
    translated = told(TEXTS, text)
    return translated.format(*values) if values else translated


def to_say(text: str) -> str:
    """Mark a module-level text for translation and return it unchanged; `said` translates it when it is shown."""
    return text


def told_count(number: int, noun: str) -> str:
    """Return a number with its noun in the user's language; empty if the noun has no translation."""
    said = QCoreApplication.translate(COUNTS, f"%n {noun}", "", number)
    return "" if said == f"{number} {noun}" else said


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
