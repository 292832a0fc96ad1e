"""Texts can be translated by Qt's own means, tables too, and the file for translators has them all."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.gui import translation
from auslan_explorer.gui.action_keys import Key
from auslan_explorer.gui.action_table import ACTIONS
from auslan_explorer.gui.status_bar import counted
from auslan_explorer.gui.tour_stops import STOPS
from tests.gui.window_parts import open_window

TEXTS = Path(__file__).parents[2] / "resources" / "translations" / "auslan_explorer_en.ts"


def texts(file: Path) -> set[tuple[str, str]]:
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
    }


def test_every_action_and_stop_of_the_tour_can_be_translated() -> None:
    found = texts(TEXTS)
    for info in ACTIONS.values():
        assert {(translation.ACTIONS, info.text), (translation.ACTIONS, info.tooltip)} <= found, (
            "run `make translations`"
        )
    assert {(translation.TOUR, stop.text) for stop in STOPS} <= found
    assert (translation.COUNTS, "%n recording") in found


def test_widgets_texts_are_found_too() -> None:
    contexts = {context for context, _ in texts(TEXTS)}
    assert {"SettingsPage", "RecordingsDialog", "GuideDialog", "StatusLine"} <= contexts


def test_a_translation_is_loaded_for_its_language_and_shown(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "translations"
    folder.mkdir()
    tree = ElementTree.parse(TEXTS)
    tree.getroot().set("language", "de")
    wanted = {"Settings…": "Einstellungen…", "&File": "&Datei", "What is shown": "Was zu sehen ist"}
    for message in tree.getroot().iter("message"):
        source, translated = message.findtext("source") or "", message.find("translation")
        assert translated is not None
        if source in wanted:
            translated.text = wanted[source]
            translated.attrib.clear()
        if source == "%n recording":
            for form, text in zip(translated.iter("numerusform"), ("%n Aufnahme", "%n Aufnahmen"), strict=True):
                form.text = text
    file = folder / "auslan_explorer_de.ts"
    tree.write(file, encoding="utf-8", xml_declaration=True)
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, file, "-qm", file.with_suffix(".qm")], check=True, capture_output=True)
    monkeypatch.setattr(paths, "resources_dir", lambda: tmp_path)
    loaded = translation.install(qapp, QLocale("de_DE"))
    monkeypatch.undo()
    try:
        assert counted(1, "recording") == "1 Aufnahme" and counted(3, "recording") == "3 Aufnahmen"
        assert counted(3, "frame") == "3 frames"
        with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
            assert window.actions_.of[Key.SETTINGS].text() == "Einstellungen…"
            assert window.menuBar().actions()[0].text() == "&Datei"
            assert window.status.shown.accessibleName() == "Was zu sehen ist"
    finally:
        for translator in loaded:
            qapp.removeTranslator(translator)


def test_a_language_that_nobody_translated_to_is_english(qapp: QApplication) -> None:
    assert not [each for each in translation.install(qapp, QLocale("eo")) if "auslan" in each.filePath()]
    assert counted(1974, "recording") == "1\u2009974 recordings"
