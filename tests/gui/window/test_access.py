"""Every control of the window, its docks and its dialogs can be named by a screen reader and reached with Tab.

One that shows no text has a tooltip, and tooltips are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window

ENDS_AMID = re.compile(r"([,;–+-]|\b(a|an|and|as|by|of|or|than|the))$|\{\d\}")
SHORTCUT = re.compile(r" \(([A-Z]\w+\+)*[^ ()]+\)$")
CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextBrowser,
)  # fmt: skip
DIALOGS = (
    ActionId.SETTINGS, ActionId.DOWNLOAD, ActionId.IMPORT, ActionId.PUBLISHED, ActionId.EXPORT_PICTURE,
    ActionId.EXPORT_FILM, ActionId.EXPORT_DATA,
    ActionId.GALLERY, ActionId.GUIDE, ActionId.ABOUT,
)  # fmt: skip


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def controls(root: QWidget) -> list[QWidget]:
    """What a person works with; not what Qt builds those of."""
    found = []
    for widget in (each for each in root.findChildren(QWidget) if each.window() is root.window()):
        name = widget.objectName()
        inner = name.startswith(("qt_", "QToolBarExtension")) or isinstance(widget, QScrollBar | QHeaderView)
        kind = widget.metaObject().className()
        within = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QAbstractItemView)
        lists = kind.startswith("QComboBox") and kind != "QComboBox"
        titles = kind in ("QDockWidgetTitleButton", "QLineEditIconButton") or "QTableCornerButton" in kind
        if (
            isinstance(widget, CONTROLS)
            and not (inner or within or lists or titles)
            and widget.window() is root.window()
        ):
            found.append(widget)
    return found


def chain(root: QWidget) -> set[int]:
    """What Tab comes by, as Qt's chain has it."""
    seen: set[int] = set()
    widget = root
    while id(widget) not in seen:
        seen.add(id(widget))
        widget = widget.nextInFocusChain()
    return seen


def faults(root: QWidget) -> list[str]:
    reached = chain(root.window())
    wrong = []
    for widget in controls(root):
        what = f"{type(widget).__name__} {widget.accessibleName() or widget.objectName() or widget.toolTip()!r}"
        if not widget.accessibleName():
            wrong.append(f"{what} has no name")
        proxy = widget.focusProxy() or widget
        if widget.isEnabled() and not proxy.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if not (isinstance(widget, QTextBrowser | QPlainTextEdit) and widget.isHidden()):
                wrong.append(f"{what} cannot be reached with Tab")
        elif id(widget) not in reached:
            wrong.append(f"{what} is not in the chain of Tab")
    return wrong


def tip_faults(root: QWidget) -> list[str]:
    wrong = [
        f"{type(button).__name__} {button.accessibleName()!r} shows no text and has no tooltip"
        for button in controls(root)
        if isinstance(button, QAbstractButton)
        and not button.icon().isNull()
        and not (shows_text(button) or button.toolTip())
    ]
    told = {thing.toolTip() for kind in (QWidget, QAction) for thing in root.findChildren(kind)} - {""}
    return wrong + [f"{tip!r} is cut" for tip in sorted(told) if not all(map(is_whole, tip.splitlines()))]


def shows_text(button: QAbstractButton) -> bool:
    only_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    return bool(button.text()) and not only_icon


def is_whole(line: str) -> bool:
    """Tell whether a line of a tooltip is whole: brackets and quotes close, and it does not end amid words."""
    words = SHORTCUT.sub("", line)
    closed = all(words.count(left) == words.count(right) for left, right in ("()", "“”", "[]"))
    return closed and line == line.strip() and not ENDS_AMID.search(words)


def test_every_control_of_the_window_and_its_docks_has_a_name_and_is_reached(window: MainWindow) -> None:
    for name in window.docks.names:
        window.docks.show(name)
    window.session.update(selected=(1,))
    QApplication.processEvents()
    assert len(controls(window)) > 40
    assert faults(window) == []
    assert tip_faults(window) == []


@pytest.mark.parametrize("key", DIALOGS)
def test_every_control_of_a_dialog_has_a_name_and_is_reached(
    window: MainWindow, key: ActionId, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auslan_explorer import paths

    monkeypatch.setattr(paths, "guide_page", lambda name="index": None)
    window.actions_[key].trigger()
    QApplication.processEvents()
    opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert len(opened) == 1 and opened[0].windowTitle()
    try:
        assert faults(opened[0]) == []
        assert tip_faults(opened[0]) == []
    finally:
        opened[0].close()


def test_the_list_of_signs_can_be_moved_and_neither_closed_nor_torn_off(window: MainWindow) -> None:
    assert window._dock.features() == QDockWidget.DockWidgetFeature.DockWidgetMovable


def test_tab_goes_round_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    window.signs.search.setFocus()
    been = []
    for _ in range(200):
        focus = QApplication.focusWidget()
        assert focus is not None
        if been and focus is been[0]:
            break
        been.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert been and focus is been[0] and len(been) > 15


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_focus_is_seen_on_every_ground(theme: Theme) -> None:
    def luminance(colour: tuple[int, int, int]) -> float:
        channels = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ground in (theme.background, theme.panel, theme.raised):
        light, dark = sorted((luminance(theme.accent), luminance(ground)), reverse=True)
        # WCAG 2.2, 1.4.11 and 2.4.13: 3 to 1.
        assert (light + 0.05) / (dark + 0.05) >= 3, QColor(*ground).name()
