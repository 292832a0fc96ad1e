"""The window under other languages of the system: no number, letter or width of a field hangs on them.

Qt's own locale is set, which needs none that is installed. Turkish has another small i, German another decimal
sign, Arabic other digits.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.selection import select
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from tests.gui.inspector_parts import settle
from tests.gui.window_parts import open_window


def texts(root: QWidget) -> list[str]:
    """Return every text of labels, buttons, fields and tables, in the order of the widgets."""
    found = []
    for each in root.findChildren(QWidget):
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            found.append(each.text())
        elif isinstance(each, QAbstractItemView) and (model := each.model()) is not None:
            cells = (model.index(row, at) for row in range(model.rowCount()) for at in range(model.columnCount()))
            found += [str(cell.data()) for cell in cells]
    return found


def texts_under(language: str, app: QApplication, qtbot: QtBot, folder: Path) -> list[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        with open_window(app, qtbot, folder / f"{language}.json") as window:
            for dock in window.docks.pages:
                window.docks.show(dock)
            window.session.update(step=7)
            select(window.session, [0, 7])
            settle(qtbot, window)
            window.actions_[ActionId.SETTINGS].trigger()
            picture = ExportPictureDialog(window.jobs, window, window.session, LIGHT)
            film = ExportFilmDialog(window.jobs, window, window.session, FilmSettings(fps=12.5, hold=0.5))
            page = window.commands.settings.page
            assert page is not None and page.locale().name() == window.locale().name()
            return [*texts(window), *texts(page), *texts(picture), *texts(film)]
    finally:
        QLocale.setDefault(before)


def test_a_language_of_the_system_changes_no_text(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    english = texts_under("en_US", qapp, qtbot, tmp_path)
    assert any("12.5" in text for text in english) and len(english) > 300
    for language, half in {"de_DE": "0,5", "tr_TR": "0,5", "ar_EG": "٠٫٥"}.items():
        assert QLocale(language).toString(0.5) == half
        assert texts_under(language, qapp, qtbot, tmp_path) == english
