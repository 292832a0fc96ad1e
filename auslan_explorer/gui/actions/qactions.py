"""Makes `QAction`s, menus, the toolbar and buttons of the actions' table, and keeps their state up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.actions.action_info import ActionInfo, C
from auslan_explorer.gui.actions.menus import MENUS, TOOLBAR, ActionId, Menu
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.tool_button import tool_button


class QActions(QObject):
    """The `QAction` of every action in a table, with its state kept up to date.

    Parameters
    ----------
    table : mapping of ActionId to ActionInfo
    context : object
        Passed to the functions of the table.
    window : QWidget
        Window in which the shortcuts work.

    Attributes
    ----------
    disabled_reasons : dict of ActionId to str
        Why each disabled action is disabled; enabled ones are missing.

    Signals
    -------
    state_told()
        The text of a button that says its menu's state has changed.
    """

    state_told = Signal()

    def __init__(self, table: Mapping[ActionId, ActionInfo[C]], context: C, window: QWidget) -> None:
        super().__init__(window)
        self._table: Mapping[ActionId, ActionInfo[Any]] = table
        self._context: Any = context
        groups: dict[str, QActionGroup] = {}
        self._actions: dict[ActionId, QAction] = {}
        self.disabled_reasons: dict[ActionId, str] = {}
        self._state_buttons: list[tuple[QToolButton, Menu]] = []
        self._menu_buttons: list[tuple[QToolButton, Menu]] = []
        self._icons: dict[ActionId, str] = {}
        for key, info in table.items():
            action = QAction(icons.icon(info.icon), "", window)
            action.setObjectName(key)
            action.setCheckable(info.checked is not None)
            shortcuts = [_key_sequence(keys) for keys in (info.shortcut, info.alt_shortcut) if keys]
            action.setShortcuts(shortcuts)
            self._put_texts(action, info)
            if info.group:
                group = groups.setdefault(info.group, QActionGroup(window))
                group.addAction(action)
            action.triggered.connect(partial(self._run, info.on_triggered))
            # Added to the window too, so that its shortcut works while the menus are hidden.
            window.addAction(action)
            self._actions[key] = action
        self[ActionId.QUIT].setMenuRole(QAction.MenuRole.QuitRole)
        self[ActionId.SETTINGS].setMenuRole(QAction.MenuRole.PreferencesRole)
        self[ActionId.ABOUT].setMenuRole(QAction.MenuRole.AboutRole)
        # The guide opens from dialogs too, which are windows of their own.
        self[ActionId.GUIDE].setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)

    def __getitem__(self, key: ActionId) -> QAction:
        return self._actions[key]

    def __iter__(self) -> Iterator[ActionId]:
        return iter(self._actions)

    def _put_texts(self, action: QAction, info: ActionInfo[Any]) -> None:
        text = tr(info.text) if info.text_fn is None else info.text_fn(self._context)
        action.setText(text)
        # A text that follows the state, such as "Undo: selection", is the menu's alone.
        action.setIconText(tr(info.toolbar_text or info.text) if info.tooltip_fn is None else text)
        self._describe(action, info, self.disabled_reasons.get(info.id, ""))
        action.setVisible(info.offered is None or info.offered(self._context))

    def reword(self) -> None:
        """Say all texts in the words of the data that are open now, and show the actions that go with these."""
        for key, info in self._table.items():
            self._put_texts(self._actions[key], info)
        for button, menu in self._menu_buttons:
            self._tell_items(button, menu)
        self.refresh()

    def _describe(self, action: QAction, info: ActionInfo[Any], disabled_reason: str = "") -> None:
        tooltip = tr(info.description) if info.tooltip_fn is None else info.tooltip_fn(self._context)
        if info.shortcut:
            tooltip = f"{tooltip} ({_key_sequence(info.shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
        if disabled_reason:
            tooltip = f"{tooltip}\n{disabled_reason}"
        action.setToolTip(tooltip)

    def _run(self, on_triggered: Callable[[Any], object], _checked: bool = False) -> None:
        on_triggered(self._context)
        # Qt has toggled a checkable action by itself, although its state may not have changed.
        self.refresh()

    def refresh(self) -> None:
        """Update checked state, enabled state, texts and icons of all actions."""
        for key, info in self._table.items():
            action = self._actions[key]
            if info.checked is not None:
                action.setChecked(info.checked(self._context))
            if info.text_fn is not None:
                action.setText(info.text_fn(self._context))
            if info.icon_fn is not None:
                self._set_icon(key, info.icon_fn(self._context))
            if info.disabled_reason is not None:
                self._set_disabled_reason(key, info.disabled_reason(self._context))
            if info.tooltip_fn is not None:
                self._describe(action, info, self.disabled_reasons.get(key, ""))
        told = [self._tell_state(button, menu) for button, menu in self._state_buttons]
        if any(told):
            self.state_told.emit()

    def _set_icon(self, key: ActionId, name: str) -> None:
        # Each time an icon is set, buttons and menus are laid out anew.
        if self._icons.get(key) != name:
            self._icons[key] = name
            self._actions[key].setIcon(icons.icon(name))

    def _tell_state(self, button: QToolButton, menu: Menu) -> bool:
        """Let a button say which items of its menu are checked; return whether its text has changed."""
        items = [item for item in menu.items if isinstance(item, ActionId)]
        choices = [self[item] for item in items if self._table[item].checked is not None and self[item].isEnabled()]
        choices = [choice for choice in choices if choice.isVisible()]
        # Of a group one is checked, and what else is in its menu is no part of the choice.
        choices = [choice for choice in choices if choice.actionGroup() is not None] or choices
        checked = [choice.iconText() for choice in choices if choice.isChecked()]
        state = tr("all") if len(checked) == len(choices) else ", ".join(checked) or tr("none")
        title = tr(menu.title)
        text = tr("{0}: {1}", title, state.lower()) if choices else title
        if text == button.text():
            return False
        button.setText(text)
        button.setAccessibleName(text)
        if choices:
            button.setToolTip(text)
        else:
            self._tell_items(button, menu)
        return True

    def _set_disabled_reason(self, key: ActionId, reason: str) -> None:
        if reason != self.disabled_reasons.get(key, ""):
            self._describe(self._actions[key], self._table[key], reason)
        if reason:
            self.disabled_reasons[key] = reason
        else:
            self.disabled_reasons.pop(key, None)
        self._actions[key].setEnabled(not reason)

    def fill_menu_bar(self, bar: QMenuBar) -> QMenu:
        """Add all menus to the menu bar, and return the first."""
        made = [bar.addMenu(tr(menu.title)) for menu in MENUS]
        for qt_menu, menu in zip(made, MENUS, strict=True):
            self._fill(qt_menu, menu)
        return made[0]

    def _fill(self, qt_menu: QMenu, menu: Menu) -> None:
        # The tooltip of a disabled entry says why it is disabled.
        qt_menu.setToolTipsVisible(
            any(isinstance(i, ActionId) and self._table[i].disabled_reason is not None for i in menu.items)
        )
        for item in menu.items:
            if item is None:
                qt_menu.addSeparator()
            elif isinstance(item, Menu):
                inner = qt_menu.addMenu(icons.icon(item.icon), tr(item.title))
                self._fill(inner, item)
            else:
                qt_menu.addAction(self[item])

    def menu(self, menu: Menu, parent: QWidget) -> QMenu:
        """Return a menu with its actions."""
        made = QMenu(tr(menu.title), parent)
        self._fill(made, menu)
        return made

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Add all buttons to the toolbar."""
        for item in TOOLBAR:
            if item is None:
                bar.addSeparator()
            elif isinstance(item, Menu):
                bar.addWidget(self.menu_button(item, bar))
            else:
                bar.addWidget(self.button(item, bar))

    def menu_button(self, menu: Menu, parent: QWidget) -> QToolButton:
        """Return a tool button that opens a menu."""
        title = tr(menu.title)
        button = tool_button(parent, title, icon=menu.icon, size=icons.ICON_SIZE)
        button.setText(title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tell_items(button, menu)
        opened = QMenu(button)
        self._fill(opened, menu)
        button.setMenu(opened)
        if menu.shows_state:
            self._state_buttons.append((button, menu))
            self._tell_state(button, menu)
        else:
            self._menu_buttons.append((button, menu))
        return button

    def _tell_items(self, button: QToolButton, menu: Menu) -> None:
        items = [self[item] for item in menu.items if isinstance(item, ActionId)]
        button.setToolTip(", ".join(item.text() for item in items if item.isVisible()))

    def button(self, key: ActionId, parent: QWidget) -> QToolButton:
        """Return a tool button of an action, which follows the action's text, tooltip and state; an icon alone."""
        button = tool_button(parent, size=icons.ICON_SIZE)
        button.setDefaultAction(self[key])
        button.setAccessibleName(tr(self._table[key].text).rstrip("…"))
        return button


def _key_sequence(keys: str) -> QKeySequence:
    return QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
