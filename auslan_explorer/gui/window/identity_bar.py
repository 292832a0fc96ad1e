"""The line above the map: which network, map and recordings are shown, with a menu of what can be shown instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from auslan_explorer.core.identity import DOT, identify, own_map_name
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.session import DECLARED, Session
from auslan_explorer.draw.theme import BODY
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.files.commands import FileCommands
from auslan_explorer.gui.files.layer_menu import LayerMenu
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.training.commands import TrainingCommands
from auslan_explorer.gui.widgets.elided_label import broken, elided
from auslan_explorer.gui.widgets.identity_text import line_of
from auslan_explorer.gui.widgets.text import menu_text, plain_tip
from auslan_explorer.gui.window.cell_switch import CellSwitch

if TYPE_CHECKING:
    from auslan_explorer.training.runs import RunInfo

_MOST_RUNS = 12
"""Most runs in the menu, the newest; the dock of runs has all."""


_BREAKS = (DOT, ", ")


class IdentityButton(QToolButton):
    """Button with a line of text and an arrow; in little room it takes two lines or smaller letters, or is elided."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._beside: tuple[QWidget, ...] = ()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def stand_beside(self, *widgets: QWidget) -> None:
        """Be as high as widgets that come and go beside it, so that the map below keeps its height."""
        self._beside += widgets

    def sizeHint(self) -> QSize:
        height = max(super().sizeHint().height(), *(each.sizeHint().height() for each in self._beside), 0)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 3 * UNIT, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(16 * UNIT, self.sizeHint().height())

    def fitting(self, width: int) -> tuple[QFont, list[str]]:
        """Return the font and the lines at a width of the button; large text shrinks before it is cut."""
        letters, room = QFont(self.font()), width - UNIT
        while True:
            metrics = QFontMetrics(letters)
            lines = broken(self.text(), metrics, room, _BREAKS)
            if max(map(metrics.horizontalAdvance, lines)) <= room or letters.pixelSize() <= BODY:
                return letters, [elided(line, metrics, room) for line in lines]
            letters.setPixelSize(letters.pixelSize() - 1)

    def least_width(self) -> int:
        """Return the width of two lines that are not cut."""
        metrics = self.fontMetrics()
        return max(map(metrics.horizontalAdvance, broken(self.text(), metrics, 0, _BREAKS))) + 2 * UNIT

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        letters, lines = self.fitting(width)
        return self.sizeHint().height() + (len(lines) - 1) * QFontMetrics(letters).lineSpacing()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
        letters, lines = self.fitting(self.width())
        painter.setFont(letters)
        # The style would centre two lines.
        self.style().drawItemText(
            painter,
            self.rect().adjusted(UNIT, 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self.palette(),
            self.isEnabled(),
            "\n".join(lines),
            QPalette.ColorRole.ButtonText,
        )


class IdentityBar(QFrame):
    """Bar above the views that says what is shown and offers what else can be.

    Attributes
    ----------
    button : IdentityButton
        The line itself.
    opened : QMenu
        Its menu, filled at each opening.
    show_all, back, go_on : QToolButton
        Each stands there only where it has something to do.
    cells : CellSwitch or None
        Once layers are offered; shown where there are cell states.
    """

    def __init__(
        self, session: Session, actions: QActions, files: FileCommands, training: TrainingCommands, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paneHeader")
        self._session, self._actions, self._files, self._training = session, actions, files, training
        self.button = IdentityButton(self)
        self.opened = QMenu(self.button)
        self.opened.setToolTipsVisible(True)
        self.opened.aboutToShow.connect(self._fill)
        self._layers: LayerMenu | None = None
        self.cells: CellSwitch | None = None
        self.button.setMenu(self.opened)
        self.show_all = actions.button(ActionId.SHOW_ALL, self)
        self.back = actions.button(ActionId.SHIPPED_NETWORK, self)
        self.go_on = actions.button(ActionId.CONTINUE, self)
        self.button.stand_beside(*self._buttons())
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(UNIT // 2, 0, UNIT // 2, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(self.button, 1)
        row.addWidget(self.show_all)
        row.addStretch()
        row.addWidget(self.go_on)
        row.addWidget(self.back)
        session.watch(DECLARED.keys() - {"step"}, self.show_identity)
        session.data_changed.connect(self.show_identity)
        session.paths_changed.connect(self._on_paths_changed)
        files.sessions.shown.connect(self.show_identity)
        self.show_identity()

    def minimumSizeHint(self) -> QSize:
        # That of icons alone, however wide the bar is now: it never keeps the window from getting smaller.
        shown = [button for button in self._buttons() if not button.isHidden()]
        margins = self.contentsMargins()
        width = self.button.minimumSizeHint().width() + len(shown) * 5 * UNIT + UNIT
        if self.cells is not None and not self.cells.isHidden():
            width += self.cells.minimumSizeHint().width() + UNIT // 2
        return QSize(width + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def _buttons(self) -> tuple[QToolButton, ...]:
        return self.show_all, self.go_on, self.back

    def _fit_buttons(self) -> None:
        # Where the line would be cut beside words, the buttons are icons; their tooltips say the rest.
        words = sum(
            self.fontMetrics().horizontalAdvance(button.text()) + 6 * UNIT
            for button in self._buttons()
            if not button.isHidden()
        )
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if self.cells is not None and not self.cells.isHidden():
            words += self.cells.sizeHint().width()
        if self.width() < words + self.button.least_width():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons():
            button.setToolButtonStyle(style)

    def offer_layers(self, layers: LayerMenu) -> None:
        """Offer a menu of layers in the line's own, and a switch of cell states, where there is something to choose."""
        self._layers = layers
        self.cells = CellSwitch(self._session, layers, self)
        self._row.insertWidget(1, self.cells)
        self.button.stand_beside(self.cells)

    def show_identity(self) -> None:
        """Say what the session shows now."""
        identity = identify(self._session)
        line = line_of(identity)
        self.button.setText(f"{line} ▾")
        self.button.setToolTip(plain_tip(line))
        self.button.setAccessibleName(tr("What is shown: {0}", line))
        self.show_all.setVisible(identity.shown < identity.recordings)
        self.back.setVisible(identity.kind is not Kind.SHIPPED and not self._files.shipped_disabled_reason())
        self.go_on.setVisible(self._files.sessions.offers_to_continue)
        self._fit_buttons()

    def _on_paths_changed(self, _dims: int) -> None:
        self.show_identity()

    def _fill(self) -> None:
        menu = self.opened
        menu.clear()
        for key in (ActionId.SHIPPED_NETWORK, ActionId.PUBLISHED, ActionId.OPEN, ActionId.CONTINUE):
            menu.addAction(self._actions[key])
        recent = self._files.sessions.recent
        self._add_files(menu, tr("My activations"), recent.activations)
        self._add_files(menu, tr("Recent sessions"), recent.sessions)
        if self._layers is not None and self._layers.menuAction().isVisible():
            menu.addSection(tr("This network"))
            menu.addMenu(self._layers)
        self._add_maps(menu)

    def _add_files(self, menu: QMenu, title: str, files: Sequence[Path]) -> None:
        if files:
            menu.addSection(title)
        for file in files:
            action = menu.addAction(menu_text(file.name))
            action.setToolTip(str(file))
            action.triggered.connect(lambda _=False, file=file: self._files.open_path(file))
            if str(file) == self._session.activations.origin.file:
                action.setCheckable(True)
                action.setChecked(True)

    def _add_maps(self, menu: QMenu) -> None:
        a, state = self._session.activations, self._session.state
        if not len(a):
            return
        menu.addSection(tr("Maps of this network"))
        own = menu.addAction(tr(own_map_name(a)), lambda: self._session.update(run_2d="", run_3d=""))
        own.setCheckable(True)
        own.setChecked(not (state.run_2d or state.run_3d))
        library = self._training.library
        library.load()
        for info in [run for run in library.runs if run.belongs_to(a)][:_MOST_RUNS]:
            self._add_run(menu, info)
        menu.addAction(self._actions[ActionId.RUNS])

    def _add_run(self, menu: QMenu, info: RunInfo) -> None:
        action = menu.addAction(tr("Run “{0}”, {1}-D", menu_text(info.name), info.dims))
        action.setCheckable(True)
        action.setChecked(self._session.state.run(info.dims) == info.id)
        action.triggered.connect(lambda _=False: self._training.applier.show_run(info))
