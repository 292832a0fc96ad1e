"""The "Groups" menu above the sign list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMessageBox, QToolButton, QWidget

from auslan_explorer.core.groups import Group, Kind
from auslan_explorer.core.selection import select_group
from auslan_explorer.core.session import Session
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.search import list_built_in_groups
from auslan_explorer.gui.signs.user_groups import UserGroups
from auslan_explorer.gui.widgets.ask_name import AskName
from auslan_explorer.gui.widgets.text import menu_text


class GroupsButton(QToolButton):
    """Button with the menu of groups, filled at each opening since groups depend on the open activations."""

    def __init__(self, session: Session, own: UserGroups, actions: QActions, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._own = own
        self._actions = actions
        self.setText(tr("Groups ▾"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setAccessibleName(tr("Groups"))
        self.setToolTip(tr("One- and two-handed, misclassified, the article’s comparisons, and your own"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.opened = QMenu(self)
        self.opened.setToolTipsVisible(True)
        self.opened.aboutToShow.connect(self.fill)
        self.setMenu(self.opened)

    def fill(self) -> None:
        """Fill the menu with the groups of the open activations."""
        menu = self.opened
        menu.clear()
        # `QMenu.clear` does not delete submenus.
        for inner in menu.findChildren(QMenu):
            inner.deleteLater()
        kind: Kind | None = None
        for group in list_built_in_groups(self._session):
            if kind not in (None, group.kind):
                menu.addSeparator()
            kind = group.kind
            self._add(menu, group)
        menu.addSeparator()
        for group in self._own.groups():
            self._add(menu, group)
        menu.addAction(self._actions[ActionId.SAVE_GROUP])
        if self._own.names:
            self._add_names(tr("Rename"), menu, self._rename)
            self._add_names(tr("Delete"), menu, self._delete)

    def _add(self, menu: QMenu, group: Group) -> None:
        # The tab aligns the number like a shortcut; an ampersand would become a mnemonic.
        name = group.name if group.kind is Kind.OWN else tr(group.name)
        action = menu.addAction(f"{menu_text(name)}\t{group.count or '–'}")
        action.setEnabled(not group.disabled_reason)
        action.setToolTip(tr(group.disabled_reason))
        action.triggered.connect(lambda _=False, group=group: self.choose(group))

    def _add_names(self, title: str, menu: QMenu, slot: Callable[[str], None]) -> None:
        inner = menu.addMenu(title)
        for name in self._own.names:
            action = inner.addAction(f"{menu_text(name)}…")
            action.triggered.connect(lambda _=False, name=name: slot(name))

    def choose(self, group: Group) -> None:
        """Select a group's recordings; the group of all recordings shows everything."""
        select_group(self._session, group)

    def _rename(self, name: str) -> None:
        dialog = AskName(
            tr("Rename group"),
            tr("Name"),
            tr("Rename"),
            lambda new: self._own.rename(name, new),
            self.window(),
            name,
        )
        dialog.show()

    def _delete(self, name: str) -> None:
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Delete group"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Delete the group “{0}”? Its recordings stay.", name))
        button = box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        button.clicked.connect(lambda: self._own.delete(name))
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.open()
