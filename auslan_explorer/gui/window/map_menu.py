"""The menu of a right click on a view: what is under the pointer, then what can be done with the view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from auslan_explorer.core.selection import select, select_sign
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import short_name
from auslan_explorer.gui.actions.menus import MAP_MENU
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.widgets.text import menu_text, recording_title


def open_map_menu(session: Session, actions: QActions, parent: QWidget, at: QPoint) -> QMenu:
    """Open the menu at a global position, and return it; it is deleted once it is closed."""
    menu = actions.menu(MAP_MENU, parent)
    pointed, a = session.pointed, session.activations
    if pointed is not None and 0 <= pointed.recording < len(a):
        recording, sign = pointed.recording, int(a.sign[pointed.recording])
        first = menu.actions()[0]
        for text, on_triggered in (
            (tr("Select {0}", recording_title(session, recording, short=True)), partial(select, session, [recording])),
            (tr("Select all of “{0}”", short_name(a.names[sign])), partial(select_sign, session, sign)),
        ):
            action = QAction(menu_text(text), menu)
            action.triggered.connect(lambda _checked=False, run=on_triggered: run())
            menu.insertAction(first, action)
        menu.insertSeparator(first)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
