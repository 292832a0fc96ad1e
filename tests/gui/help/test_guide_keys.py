"""Keys, menus and limits that README and guide name are the window's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.quality import NEIGHBOURS, SIGN_NEIGHBOURS
from auslan_explorer.gui.actions.menus import MENUS, ActionId, Menu
from auslan_explorer.gui.quality.quality_dock import _ABOUT
from auslan_explorer.gui.settings.preferences import LIMITS
from auslan_explorer.gui.training.fields import GROUPS
from auslan_explorer.gui.training.run_text import METRICS
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.training.settings import ARTICLE_STEPS, article_autoencoder
from tests.gui.window_parts import open_window

ROOT = Path(__file__).parents[3]
DOCUMENTS = ["README.md", *sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "docs").rglob("*.md"))]
KEY = re.compile(r"(?<![\w+])((?:(?:Ctrl|Alt|Shift)\+)+(?:F\d+|\w|[\[\],]|\\{1,2})(?!\w)|F\d{1,2}\b)")
SHORTCUTS = {
    QKeySequence(keys).toString(): info.id
    for info in ACTIONS.values()
    for keys in (info.shortcut, info.alt_shortcut)
    if keys
}
NO_ACTION = {"Ctrl+C": "in a terminal"}


def read(document: str) -> str:
    return " ".join((ROOT / document).read_text(encoding="utf-8").split())


def normal(keys: str) -> str:
    return QKeySequence(keys.replace("\\\\", "\\")).toString()


def titles(menu: Menu) -> list[str]:
    """Texts of a menu's actions, those of its submenus and the submenus' titles too."""
    found = []
    for item in menu.items:
        if isinstance(item, Menu):
            found += [item.title.replace("&", ""), *titles(item)]
        elif isinstance(item, ActionId):
            found.append(ACTIONS[item].text)
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_key_that_a_document_names_belongs_to_an_action(document: str) -> None:
    named = {match[1] for match in KEY.finditer(read(document))} - set(NO_ACTION)
    assert not {keys for keys in named if normal(keys) not in SHORTCUTS}


def test_keys_are_found_in_the_documents() -> None:
    named = {normal(match[1]) for document in DOCUMENTS for match in KEY.finditer(read(document))}
    assert {"Ctrl+Shift+M", "F9", "Ctrl+[", "Ctrl+\\", "Ctrl+2", "Alt+6"} <= named


@pytest.mark.parametrize(
    ("document", "sentence", "action"),
    [
        ("README.md", "Press Ctrl+I if the inspector is hidden", ActionId.INSPECTOR),
        ("docs/guide/window.md", "list of signs, left (F9)", ActionId.SIGN_DOCK),
        ("docs/guide/window.md", "hand usage (Ctrl+H)", ActionId.HAND_USAGE),
        ("docs/guide/training.md", "*Train > Retrain…* (Ctrl+T)", ActionId.RETRAIN),
        ("docs/guide/export.md", "**Pictures** (Ctrl+E)", ActionId.EXPORT_PICTURE),
        ("docs/guide/export.md", "**Films** (Ctrl+Shift+E)", ActionId.EXPORT_FILM),
        ("docs/guide/export.md", "**Tables** (Ctrl+Alt+E)", ActionId.EXPORT_DATA),
        ("docs/guide/recordings.md", "*File > Download recordings* (Ctrl+D)", ActionId.DOWNLOAD),
        ("docs/guide/playback.md", "every step* (Ctrl+Shift+K)", ActionId.EVERY_STEP),
        ("docs/guide/playback.md", "again after the last step (Ctrl+L)", ActionId.LOOP),
    ],
)
def test_a_key_does_what_the_sentence_says(document: str, sentence: str, action: ActionId) -> None:
    assert sentence in read(document)
    keys = KEY.search(sentence)
    assert keys is not None and SHORTCUTS[normal(keys[1])] == action


def test_ways_through_the_menus_are_there(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        shown = {
            top.text().replace("&", ""): {
                each.text().replace("&", "").rstrip("…") for each in top.menu().actions() if each.text()
            }
            for top in window.menuBar().actions()
        }
    for menu in MENUS:
        shown[menu.title.replace("&", "")] |= {title.rstrip("…") for title in titles(menu)}
    ways = {
        (match[1], match[2].rstrip("…"), document)
        for document in DOCUMENTS
        for match in re.finditer(r"\*([A-Z]\w+) (?:>|→) ([^*>]+?)\*", read(document))
        if match[1] != "Settings"  # a page, not a menu
    }
    assert len(ways) > 5
    for menu_title, entry, document in ways:
        assert any(each.startswith(entry) for each in shown.get(menu_title, ())), f"{document}: {menu_title} > {entry}"


def test_limits_in_the_guide_are_those_of_the_settings() -> None:
    least, most = LIMITS["text_size"]
    assert f"{least} to {most} %, in menus" in read("docs/guide/settings.md")
    assert f"Text grows to {most} %" in read("docs/guide/access.md")
    assert "frames a second | {} to {};".format(*LIMITS["film_rate"]) in read("docs/guide/film.md")
    assert "or the article's {} to {} |".format(*ARTICLE_STEPS) in read("docs/guide/training.md")


def test_labels_and_notes_tell_the_numbers_that_there_are() -> None:
    labels = {name: label for name, label, _ in METRICS}
    assert labels["knn_accuracy"].startswith(f"{SIGN_NEIGHBOURS}-NN ")
    for name in ("trustworthiness", "continuity"):
        assert f"({NEIGHBOURS} neighbours)" in labels[name]
    article = article_autoencoder(2)
    notes = {field.name: field.note for _, fields in GROUPS for field in fields}
    assert "The article has {} and {}.".format(*article.widths) in notes["widths"]
    assert f"the article has {article.batch}." in notes["batch"]
    assert "all but steps {} to {}.".format(*ARTICLE_STEPS) in notes["steps"]
    assert f"how often the {SIGN_NEIGHBOURS} nearest last steps" in _ABOUT
