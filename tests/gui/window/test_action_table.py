"""The table of actions: names that tell each from the others, and what each does, in menus' order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring, Tool
from auslan_explorer.gui.actions.menus import COLOURS, MENUS, ActionId, Menu
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


@pytest.mark.parametrize("field", ["text", "toolbar_text", "tooltip"])
def test_no_two_actions_are_called_alike(field: str) -> None:
    given = Counter(getattr(info, field) for info in ACTIONS.values())
    assert [text for text, count in given.items() if text and count > 1] == []


def test_a_short_name_is_part_of_the_long_one() -> None:
    for info in ACTIONS.values():
        words = info.toolbar_text.lower().removesuffix("s").split()
        said = f"{info.text} {info.tooltip}".lower()
        assert all({"end": "last"}.get(word, word) in said for word in words), (info.toolbar_text, info.text)


def test_each_colour_action_names_its_colouring_and_knows_when_it_is_on(window: MainWindow) -> None:
    keys = [key for key in COLOURS.items if isinstance(key, ActionId) and key is not ActionId.HAND_USAGE]
    names = {each: key for each in Colouring for key in keys if each.value.removesuffix("s") in ACTIONS[key].text}
    assert set(names) == set(Colouring) and set(names.values()) == set(keys)
    for colouring in Colouring:
        window.session.update(colouring=colouring)
        assert [key for key in names.values() if window.actions_[key].isChecked()] == [names[colouring]]
    for colouring in (Colouring.SIGN, Colouring.SPLIT, Colouring.TIME):
        window.actions_[names[colouring]].trigger()
        assert window.session.state.colouring is colouring
    asked: list[Colouring] = []
    window.commands.quality.colour_by = asked.append  # type: ignore[method-assign]
    measured = [Colouring.ERROR, Colouring.TRUST, Colouring.CONTINUITY, Colouring.DISTORTION]
    for colouring in measured:
        ACTIONS[names[colouring]].on_triggered(window.commands)
    assert asked == measured


def test_a_button_has_the_short_name_where_there_is_one(window: MainWindow) -> None:
    for key, info in ACTIONS.items():
        if info.tooltip_fn is None:
            assert window.actions_[key].iconText() == (info.toolbar_text or info.text), key


def test_the_tools_follow_the_session(window: MainWindow) -> None:
    keys = {Tool.POINTER: ActionId.TOOL_POINTER, Tool.LASSO: ActionId.TOOL_LASSO, Tool.BOX: ActionId.TOOL_BOX}
    for tool in (*keys, Tool.POINTER):
        window.session.choose_tool(tool)
        assert [key for key in keys.values() if window.actions_[key].isChecked()] == [keys[tool]]


def below(actions: list[QAction]) -> list[str]:
    return [each.text() for each in actions if not each.isSeparator()]


def test_the_menus_have_their_actions_in_order_and_files_have_theirs_before_the_published_ones(
    window: MainWindow,
) -> None:
    bars = window.menuBar().actions()
    assert [each.text() for each in bars] == [menu.title for menu in MENUS]
    for bar, menu in zip(bars, MENUS, strict=True):
        shown = bar.menu().actions()
        if menu.title == "&File":
            place = shown.index(window.actions_[ActionId.PUBLISHED])
            between = [window.sessions.recent_menu.menuAction(), window.layers.menuAction()]
            assert shown[place - 2 : place] == between
            shown = [each for each in shown if each not in between]
        wanted = [item.title if isinstance(item, Menu) else window.actions_[item].text() for item in menu.items if item]
        assert below(shown) == wanted
