"""What stands where there is nothing to show is whole in a pane of any width."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.widgets.empty_state import EmptyState


@pytest.mark.parametrize("width", [260, 400, 900])
def test_its_buttons_are_whole_and_do_not_lie_over_each_other(qapp: QApplication, qtbot: QtBot, width: int) -> None:
    actions = [QAction("Download recordings…"), QAction("Import recordings…")]
    empty = EmptyState("hand-waving", "The recordings are not here yet", "A sentence on what to do.", actions)
    qtbot.addWidget(empty)
    empty.resize(width, 500)
    with qtbot.waitExposed(empty):
        empty.show()
    buttons = empty.findChildren(QPushButton)
    qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
    first, second = (button.geometry() for button in buttons)
    assert not first.intersects(second)
    assert (first.top() == second.top()) is (width > 260), "beside each other where there is room"


def test_its_title_stands_out_and_each_button_does_what_it_says(qapp: QApplication, qtbot: QtBot) -> None:
    done: list[str] = []
    actions = [QAction("Download…"), QAction("Import…")]
    for action in actions:
        action.setToolTip(f"of {action.text()}")
        action.triggered.connect(partial(done.append, action.text()))
    empty = EmptyState("hand-waving", "Title", "A sentence.", actions)
    qtbot.addWidget(empty)
    assert (empty.title.property("type"), empty.title.property("muted")) == ("title", None)
    assert (empty.text.property("type"), empty.text.property("muted")) == (None, True)
    for button, name in zip(empty.findChildren(QPushButton), ("Download…", "Import…"), strict=True):
        button.click()
        told = button.text(), button.toolTip(), button.accessibleName()
        assert done[-1] == name and told == (name, f"of {name}", name.rstrip("…"))
    assert len(done) == 2
    empty.set_text("Other", "Said.")
    assert (empty.title.text(), empty.text.text(), empty.accessibleName()) == ("Other", "Said.", "Other. Said.")
