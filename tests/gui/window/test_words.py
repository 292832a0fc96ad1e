"""With another network the window speaks the person's words, and sign language words appear nowhere."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.spoken import of_signs, spoken
from tests.gui.window_parts import made_up_activations, open_window, other_network

OPENS = (
    ActionId.EXPORT_PICTURE, ActionId.EXPORT_FILM, ActionId.EXPORT_DATA, ActionId.EXPORT_ELAN,
    ActionId.SETTINGS, ActionId.GALLERY, ActionId.PALETTE, ActionId.ABOUT, ActionId.EXPLAIN, ActionId.TOUR,
)  # fmt: skip
DOCKS = ("inspector", "mistakes", "answers", "quality", "stability", "pairs", "retrain", "runs")


def notes(window: MainWindow, texts: dict[str, str]) -> None:
    """Open every note that can be asked for, and add what they say."""
    for button in window.findChildren(QToolButton):
        if button.isVisible() and button.toolTip() == "What is this?":
            button.click()
            assert any(each.isVisible() for each in QApplication.topLevelWidgets() if each is not window)
            spoken(texts, beside=window)
            close_others(window)
    spoken(texts)


def close_others(window: MainWindow) -> None:
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()
    QApplication.processEvents()


def visit(window: MainWindow) -> dict[str, str]:
    """Go through selections, docks, notes and dialogs, and return every text met."""
    window.signs.groups.fill()  # as it is whenever its menu opens
    texts: dict[str, str] = {}
    for dock in DOCKS:
        window.docks.show(dock)
        for selected in ((), (1,), (0, 3), (0, 1)) if dock == "inspector" else ((1,),):
            window.session.update(selected=selected)
            QApplication.processEvents()
            spoken(texts)
        notes(window, texts)
    for key in OPENS:
        window.actions_[key].trigger()
        QApplication.processEvents()
        spoken(texts)
        close_others(window)
    return texts


def glance(window: MainWindow) -> dict[str, str]:
    """Select a recording, and return every text shown."""
    window.docks.show("inspector")
    window.session.update(selected=(1,))
    QApplication.processEvents()
    return spoken()


def told_actions(window: MainWindow) -> dict[str, tuple[str, str, str, bool]]:
    """Return what each action is called and tells, and whether it is there."""
    actions = ((key, window.actions_[key]) for key in window.actions_)
    return {key: (each.text(), each.iconText(), each.toolTip(), each.isVisible()) for key, each in actions}


def test_other_data_are_spoken_of_in_their_own_words(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "settings.ini", made_up_activations()) as window:
        before = glance(window)
        actions = told_actions(window)
        assert {"Search signs", "Select every recording of this sign", "Colour by hand usage"} <= before.keys()
        window.session.open(other_network())
        texts = visit(window)
        found = of_signs(texts)
        assert not found, "\n".join(f"{text!r} in {where}" for text, where in found.items())
        assert {"Search classes", "Select every sequence of this class", "Two classes compared"} <= texts.keys()
        window.session.open(other_network(class_word="vowel", sequence_word="utterance"))
        texts = glance(window)
        own_words = {"Search vowels", "Select every utterance of this vowel", "Join the points of each utterance (J)"}
        assert own_words <= texts.keys()
        assert not [
            text
            for text in texts.keys() - before.keys()
            if re.search(r"\b(class|(?<!leading )classes|sequences?)\b", text)
        ]
        window.session.open(made_up_activations())
        after = glance(window)
        # What waits for a job comes and goes; what is said of other data is gone, and actions are as they were.
        assert not [text for text in after if re.search(r"\b(vowels?|utterances?|sequences?)\b", text)]
        assert actions == told_actions(window)
