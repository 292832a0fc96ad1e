"""Texts can be translated by Qt's own means, tables too, and the file for translators has them all."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FunctionType

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.colours import EXPLANATIONS
from auslan_explorer.core.session import Session
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui import i18n
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.help.tour_stops import STOPS
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.gui.window.action_registry import ACTIONS
from tests.gui.read_panel import texts_painted
from tests.gui.spoken import texts_of
from tests.gui.window_parts import NAMES, open_window

TOOL = Path(__file__).parents[2] / "tools" / "translations.py"
GUI = Path(i18n.__file__).parent
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}|^[A-Z][a-z]{2,}[ .…:?!]*$")
"""Several words, or one that begins with a capital."""
NOT_SHOWN = {"style.py", "views/scatter3d/shaders.py", "window/self_test.py"}
"""Modules of style sheets, of shaders and of a report for those who build the program."""
NO_TEXTS = {
    "Space", "Left", "Home", "End", "Esc",  # keys
    "Window", "Counts", "Event", "Figure ", "Fusion", "a file of settings", "gdi generic",
    "basic render", "middle finger", "ring finger", "little finger",  # keys of tables and files
    "%s did not work", "no vertex buffer could be made", "QtAwesome, which brings the icons’ font, is not installed",
    "film preview", "map renderer", "scene of another map", "all points in 3-D",  # logged, and names of threads
}  # fmt: skip
"""What stands in the source of the window and is not shown to a person."""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file for translators."""
    file = tmp_path_factory.mktemp("translations") / "auslan_explorer_en.ts"
    subprocess.run([sys.executable, TOOL, file], check=True)
    return file


def texts(file: Path) -> set[tuple[str, str]]:
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
    }


def test_tables_sentences_and_counted_nouns_can_be_translated(listed: Path) -> None:
    found = texts(listed)
    for info in ACTIONS.values():
        assert {(i18n.CONTEXT, info.text), (i18n.CONTEXT, info.description)} <= found
    assert {(i18n.CONTEXT, stop.text) for stop in STOPS} <= found
    assert {(i18n.CONTEXT, sentence) for sentence in EXPLANATIONS.values()} <= found
    assert (i18n.CONTEXT, "Nothing is selected") in found
    assert {(i18n.COUNTS, "%n recording"), (i18n.COUNTS, "%n sign")} <= found


def released(
    listed: Path, folder: Path, translate: Callable[[str], str | None], counted_as: Callable[[str], list[str] | None]
) -> None:
    """Write a translation to German of the texts that `translate` knows, as translators would."""
    folder.mkdir(exist_ok=True)
    tree = ElementTree.parse(listed)
    tree.getroot().set("language", "de")
    for message in tree.getroot().iter("message"):
        source, translated = message.findtext("source") or "", message.find("translation")
        assert translated is not None
        forms = list(translated.iter("numerusform"))
        if forms:
            for form, text in zip(forms, counted_as(source) or [form.text or "" for form in forms], strict=True):
                form.text = text
        elif (text := translate(source)) is not None:
            translated.text = text
            translated.attrib.clear()
    file = folder / "auslan_explorer_de.ts"
    tree.write(file, encoding="utf-8", xml_declaration=True)
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, file, "-qm", file.with_suffix(".qm")], check=True, capture_output=True)


def test_every_text_of_the_window_can_be_translated(listed: Path) -> None:
    said = {text.removeprefix("%n ") for _, text in texts(listed)}
    found = {}
    for file in GUI.rglob("*.py"):
        place = file.relative_to(GUI).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree) if place not in NOT_SHOWN else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                text = node.value
                if WORDS.search(text) and text not in said | NO_TEXTS:
                    found[f"{place}:{node.lineno}"] = text
    assert not found


@contextmanager
def speaking_german(qapp: QApplication, resources: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(paths, "resources_dir", lambda: resources)
        loaded = i18n.install(qapp, QLocale("de_DE"))
    try:
        yield
    finally:
        for translator in loaded:
            qapp.removeTranslator(translator)


def test_a_translation_is_loaded_for_its_language_and_shown(
    listed: Path, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"Settings…": "Einstellungen…", "&File": "&Datei", "What is shown": "Was zu sehen ist"}
    plurals = {"%n recording": ["%n Aufnahme", "%n Aufnahmen"]}
    released(listed, tmp_path / "translations", words.get, plurals.get)
    with speaking_german(qapp, tmp_path, monkeypatch):
        assert QCoreApplication.translate("QPlatformTheme", "Close") == "Schließen"
        assert format_count(1, "recording") == "1 Aufnahme" and format_count(3, "recording") == "3 Aufnahmen"
        assert format_count(3, "frame") == "3 frames"
        with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
            assert window.actions_[ActionId.SETTINGS].text() == "Einstellungen…"
            assert window.menuBar().actions()[0].text() == "&Datei"
            assert window.status.shown.accessibleName() == "Was zu sehen ist"


def test_a_sentence_with_values_is_translated_and_may_order_them_anew(
    listed: Path, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"{0} of {1} shown are right at this step": "Von {1} gezeigten sind {0} richtig", "step {0}": "Schritt {0}"}
    released(listed, tmp_path / "translations", words.get, lambda _: None)
    with speaking_german(qapp, tmp_path, monkeypatch):
        assert i18n.tr("{0} of {1} shown are right at this step", 3, 10) == "Von 10 gezeigten sind 3 richtig"
        assert i18n.tr("step {0}", 91) == "Schritt 91"
        assert i18n.tr("{0} of {1} selected are right at this step", 1, 2).startswith("1 of 2")


QTS = {
    "Schließen", "Abbrechen", "Lösen", "Löst das Dock-Widget und verankert es wieder", "Schließt das Dock-Widget",
    "Nach links scrollen", "Nach rechts scrollen",
}  # fmt: skip
"""What Qt says by itself, in German."""
BESIDE = " :;,+"
"""What may stand beside words."""


def own_paint(thing: QObject) -> Iterator[str]:
    """Yield the texts that a widget paints by itself, or has painted row by row."""
    if isinstance(thing, QAbstractItemView):
        painter, model = thing.itemDelegate(), thing.model()
        if model is not None and isinstance(getattr(type(painter), "paint", None), FunctionType):
            option = QStyleOptionViewItem()
            option.rect = QRect(0, 0, 500, 60)
            for row in range(model.rowCount()):
                paint = partial(painter.paint, option=option, index=model.index(row, 0))
                yield from texts_painted(option.rect.size(), paint)
    elif isinstance(thing, QWidget) and thing.isVisible() and isinstance(type(thing).paintEvent, FunctionType):
        yield from texts_painted(thing.size(), lambda painter: thing.render(painter, QPoint()))


def _is_of(line: str, text: str) -> bool:
    """Return whether a line is a text, or its beginning where that is cut."""
    return line == text or (line.endswith("…") and text.startswith(line.removesuffix("…")))


def untranslated(top: QWidget, session: Session, data: set[str]) -> set[str]:
    """Return words of a widget and of all below it that a translation of every text has not reached.

    What a figure lacks is said by `draw`, in English for everyone.
    """
    a = session.activations
    data = data | QTS | {figure.disabled_reason(a, a.projections).rstrip() for figure in FIGURES.values()}
    found = set()
    for thing in (top, *top.findChildren(QWidget), *top.findChildren(QAction)):
        for text in (*texts_of(thing), *own_paint(thing)):
            bare = re.sub(r"<[^>]*>", "", text)
            # Translated texts stand in one another.
            while bare != (bare := re.sub(r"⟦[^⟦⟧]*⟧", "", bare)):
                pass
            bare = re.sub(r"⟦[^⟦⟧]*…|[^⟦⟧]*⟧", "", bare)  # what is cut at its end, and the next line of a painted text
            for line in (each.strip(BESIDE) for each in re.split("\n|, , ", bare)):
                # Keys are named by Qt.
                if re.search(r"[A-Za-z]{2,}", re.sub(r"\([^()]*\)$", "", line)) and not any(
                    _is_of(line, each) for each in data
                ):
                    found.add(line)
    return found


def test_no_word_of_the_window_stays_english(
    listed: Path, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(listed, tmp_path / "translations", lambda text: f"⟦{text}⟧", lambda text: [f"⟦{text}⟧"] * 2)
    with speaking_german(qapp, tmp_path, monkeypatch), open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        for dock in window.docks.names:
            window.docks.toggle(dock)
        qapp.processEvents()
        of_others = {"Export...", "Export", "Stand-in for a view"}
        assert untranslated(window, window.session, {*NAMES, *of_others}) == set()


@pytest.mark.parametrize(
    "key",
    [
        ActionId.SETTINGS, ActionId.DOWNLOAD, ActionId.PUBLISHED, ActionId.EXPORT_PICTURE, ActionId.EXPORT_FILM,
        ActionId.EXPORT_DATA, ActionId.GALLERY,
        ActionId.ABOUT, ActionId.EXPLAIN, ActionId.SAVE_GROUP, ActionId.PALETTE,
    ],
)  # fmt: skip
def test_no_word_of_a_dialog_stays_english(
    listed: Path, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: ActionId
) -> None:
    released(listed, tmp_path / "translations", lambda text: f"⟦{text}⟧", lambda text: [f"⟦{text}⟧"] * 2)
    with speaking_german(qapp, tmp_path, monkeypatch), open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.session.update(selected=(0, 1))
        window.actions_[key].trigger()
        qapp.processEvents()
        opened = [top for top in qapp.topLevelWidgets() if top is not window and top.isVisible()]
        assert opened
        actions = [window.actions_[each] for each in ActionId]
        keys = {action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) for action in actions}
        # What can be undone is named by `core`, in English.
        data = {"GIF", *NAMES, *(key.strip(BESIDE) for key in keys), "selection"}
        for top in opened:
            left = untranslated(top, window.session, data)
            assert {text for text in left if not text.startswith(("/", "http"))} == set()
            top.close()


@pytest.mark.parametrize("language", ["de_DE", "ar_EG", "he_IL"])
def test_qt_speaks_a_language_only_where_the_program_does(language: str, qapp: QApplication) -> None:
    qts = QTranslator()
    assert qts.load(QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert not i18n.install(qapp, QLocale(language))
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_a_language_that_nobody_translated_to_is_english(qapp: QApplication) -> None:
    assert not i18n.install(qapp, QLocale("eo"))
    assert format_count(1974, "recording") == "1\u2009974 recordings"
