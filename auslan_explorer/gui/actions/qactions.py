"""Makes `QAction`s, menus and buttons from the table, and keeps them in step with what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui import icons
from auslan_explorer.gui.actions.action_info import ActionInfo
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.actions.menus import MENUS, TOOLBAR, Menu
from auslan_explorer.gui.i18n import ACTIONS as ACTION_TEXTS
from auslan_explorer.gui.i18n import MENUS as MENU_TEXTS
from auslan_explorer.gui.i18n import told
from auslan_explorer.gui.shortcut_override import keep_keys
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.gui.window.commands import Commands


class Actions(QObject):
    """The `QAction` of every entry in the table, kept in step with what they stand for."""

    def __init__(self, commands: Commands, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._commands = commands
        self._menus: list[tuple[QMenu | QToolButton, str]] = []
        self._icon_of: dict[Key, str] = {}
        self._theme = theme
        groups: dict[str, QActionGroup] = {}
        self.of: dict[Key, QAction] = {}
        self.lacks: dict[Key, str] = {}
        for key, info in ACTIONS.items():
            action = QAction(told(ACTION_TEXTS, info.text), window)
            action.setObjectName(key)
            action.setIconText(told(ACTION_TEXTS, info.short or info.text))
            action.setCheckable(info.checked is not None)
            self._describe(action, info)
            if info.group:
                group = groups.setdefault(info.group, QActionGroup(window))
                group.addAction(action)
            action.triggered.connect(self._runner(info))
            # Belonging to the window too, its key works while the menus are hidden.
            window.addAction(action)
            self.of[key] = action
        # The guide opens from dialogs too, which are windows of their own.
        self.of[Key.GUIDE].setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.of[Key.QUIT].setMenuRole(QAction.MenuRole.QuitRole)
        self.of[Key.SETTINGS].setMenuRole(QAction.MenuRole.PreferencesRole)
        self.of[Key.ABOUT].setMenuRole(QAction.MenuRole.AboutRole)
        self.retheme(theme)
        self.refresh()

    def _describe(self, action: QAction, info: ActionInfo, lacks: str = "") -> None:
        tooltip = lacks or told(ACTION_TEXTS, info.tooltip)
        if info.shortcut and not lacks:
            keys = QKeySequence(info.shortcut, QKeySequence.SequenceFormat.PortableText)
            action.setShortcuts([keys, *([QKeySequence(info.also)] if info.also else [])])
            tooltip = f"{tooltip} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(tooltip)

    def _runner(self, info: ActionInfo) -> Callable[[bool], None]:
        slot = attrgetter(info.slot)(self._commands)

        def run(checked: bool) -> None:
            slot() if info.argument is None else slot(info.argument)
            # A checkable action has flipped itself; what it stands for may have said no.
            self.refresh()

        return run

    def refresh(self) -> None:
        """Ask anew what is checked, what can be done, and whether it plays."""
        c = self._commands
        for key, info in ACTIONS.items():
            action = self.of[key]
            if info.checked is not None:
                action.setChecked(info.checked(c))
            if info.enabled is not None:
                action.setEnabled(info.enabled(c))
            if info.says is not None:
                action.setText(info.says(c))
            if info.lacks is not None:
                lacks = info.lacks(c)
                if lacks != self.lacks.get(key, ""):
                    self._describe(action, info, lacks)
                self.lacks[key] = lacks
                action.setEnabled(not lacks)
        playing = c.playback.playing
        self._set_icon(Key.PLAY, "pause" if playing else "play")
        self.of[Key.PLAY].setText(self.tr("Pause") if playing else self.tr("Play"))

    def retheme(self, theme: Theme) -> None:
        """Make every icon anew in the colours of another theme."""
        self._theme = theme
        self._icon_of.clear()
        for key, info in ACTIONS.items():
            self._set_icon(key, info.icon)
        for menu, name in self._menus:
            menu.setIcon(icons.icon(name, theme))

    def _set_icon(self, key: Key, name: str) -> None:
        if self._icon_of.get(key) != name:
            self._icon_of[key] = name
            self.of[key].setIcon(icons.icon(name, self._theme))

    def fill_menu_bar(self, bar: QMenuBar) -> QMenu:
        """Make the menus, and return the first."""
        made = [bar.addMenu(told(MENU_TEXTS, menu.title)) for menu in MENUS]
        for qt_menu, menu in zip(made, MENUS, strict=True):
            self._fill(qt_menu, menu)
        return made[0]

    def _fill(self, qt_menu: QMenu, menu: Menu) -> None:
        # Where an entry can be off for want of something, its tooltip says of what.
        qt_menu.setToolTipsVisible(any(isinstance(i, Key) and ACTIONS[i].lacks is not None for i in menu.items))
        for item in menu.items:
            if item is None:
                qt_menu.addSeparator()
            elif isinstance(item, Menu):
                inner = qt_menu.addMenu(icons.icon(item.icon, self._theme), told(MENU_TEXTS, item.title))
                self._menus.append((inner, item.icon))
                self._fill(inner, item)
            else:
                qt_menu.addAction(self.of[item])

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Make the toolbar."""
        for item in TOOLBAR:
            if item is None:
                bar.addSeparator()
            elif isinstance(item, Menu):
                bar.addWidget(self.menu_button(item, bar))
            else:
                bar.addWidget(self.button(item, bar, with_text=True))

    def menu_button(self, menu: Menu, parent: QWidget) -> QToolButton:
        """Make a button that opens a menu."""
        button = _quiet_button(parent)
        title = told(MENU_TEXTS, menu.title)
        button.setText(title)
        button.setAccessibleName(title)
        button.setIcon(icons.icon(menu.icon, self._theme))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(
            ", ".join(told(ACTION_TEXTS, ACTIONS[item].text) for item in menu.items if isinstance(item, Key))
        )
        opened = QMenu(button)
        self._fill(opened, menu)
        button.setMenu(opened)
        self._menus.append((button, menu.icon))
        return button

    def button(self, key: Key, parent: QWidget, *, with_text: bool = False) -> QToolButton:
        """Make a button for an action; its text, tooltip and state follow the action."""
        button = _quiet_button(parent)
        button.setDefaultAction(self.of[key])
        button.setAccessibleName(told(ACTION_TEXTS, ACTIONS[key].text).rstrip("…"))
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if with_text else style.ToolButtonIconOnly)
        return button


def _quiet_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIconSize(icons.SIZE)
    # Tab reaches it, a click leaves the keys where they were: Space goes on playing.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    keep_keys(button)
    return button
