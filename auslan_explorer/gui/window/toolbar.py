"""The toolbar, with texts if there is room for them, else with icons alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.actions.menus import THEMES, ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.tool_button import ToolButton, grown_icon

_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ICONS = Qt.ToolButtonStyle.ToolButtonIconOnly


class MainToolBar(QToolBar):
    """Figures, layout, colours, splits and drawing options, with theme and help at the far end.

    Attributes
    ----------
    question : QToolButton
        The "?", below which the explanation opens.
    inspector : QToolButton
        Toggles the inspector.
    """

    def __init__(self, actions: QActions, parent: QWidget) -> None:
        super().__init__(tr("Toolbar"), parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self._fit_icons()
        actions.fill_toolbar(self)
        buttons = [button for button in self.findChildren(QToolButton) if button.defaultAction() is not None]
        layouts = [button for button in buttons if button.defaultAction().actionGroup() is not None]
        menus = [b for b in self.findChildren(QToolButton) if b.menu() is not None and b.text()]
        # Order in which texts are dropped: switches first, then layouts, the search, and the menus.
        self._groups = [[button for button in buttons if button not in layouts], layouts]
        self.addSeparator()
        for key in (ActionId.UNDO, ActionId.REDO):
            self.addWidget(actions.button(key, self))
        room = QWidget(self)
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(room)
        self.search = actions.button(ActionId.PALETTE, self)
        self.search.setObjectName("searchAll")
        self._groups += [[self.search], menus]
        self.addWidget(self.search)
        theme = actions.menu_button(THEMES, self)
        theme.setToolButtonStyle(_ICONS)
        theme.setToolTip(tr("Light or dark"))
        self.addWidget(theme)
        self.question = actions.button(ActionId.EXPLAIN, self)
        self.addWidget(self.question)
        self.inspector = actions.button(ActionId.INSPECTOR, self)
        self.addWidget(self.inspector)
        actions.state_told.connect(self._fit_words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_icons()

    def _fit_icons(self) -> None:
        self._set_icons(grown_icon(icons.ICON_SIZE))

    def _set_icons(self, size: QSize) -> None:
        # Now and then a toolbar gives its own size to the buttons in it.
        self.setIconSize(size)
        for button in self.findChildren(ToolButton):
            button.setIconSize(size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        self._fit_icons()
        for wordless in range(len(self._groups) + 1):
            for place, group in enumerate(self._groups):
                for button in group:
                    button.setToolButtonStyle(_ICONS if place < wordless else _WORDS)
            if self.sizeHint().width() <= self.width():
                break
        if self.sizeHint().width() > self.width():
            # Small icons are better than buttons that are not there.
            self._set_icons(icons.ICON_SIZE)
