"""The bar below the map: play, step, slider, speed and loop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QStyle, QStyleOptionSlider, QToolButton, QWidget

from auslan_explorer.core.clock import SPEEDS
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.action_keys import Key
from auslan_explorer.gui.actions import Actions
from auslan_explorer.gui.keys import keep_keys
from auslan_explorer.gui.playback import Playback, speed_text
from auslan_explorer.gui.style import UNIT, font

BUTTONS = (Key.FIRST, Key.BACK, Key.PLAY, Key.FORWARD, Key.LAST)


class StepSlider(QSlider):
    """A slider that goes where it is clicked."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, complex_ = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(complex_, option, QStyle.SubControl.SC_SliderHandle, self)
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            groove = style.subControlRect(complex_, option, QStyle.SubControl.SC_SliderGroove, self)
            span = max(groove.width() - handle.width(), 1)
            at = round(event.position().x() - groove.x() - handle.width() / 2)
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, span))
        super().mousePressEvent(event)


class PlaybackBar(QWidget):
    """Controls of the playback; the step lives in the session, the rest in `Playback`."""

    def __init__(self, session: Session, playback: Playback, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._playback = playback
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        for key in BUTTONS:
            layout.addWidget(actions.button(key, self))
        layout.addSpacing(UNIT)
        self.slider = StepSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName("Step")
        self.slider.setToolTip("Drag to any step")
        self.slider.setPageStep(10)
        self.slider.setMinimumHeight(3 * UNIT)
        keep_keys(self.slider, (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End))
        self.slider.valueChanged.connect(playback.go)
        self.slider.sliderPressed.connect(lambda: playback.hold(True))
        self.slider.sliderReleased.connect(lambda: playback.hold(False))
        layout.addWidget(self.slider, 1)
        layout.addSpacing(UNIT)
        self.label = QLabel(self)
        self.label.setFont(font(tabular=True))
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label.setAccessibleName("Step shown")
        layout.addWidget(self.label)
        layout.addSpacing(UNIT)
        self.speed = self._speed_button()
        layout.addWidget(self.speed)
        layout.addWidget(actions.button(Key.LOOP, self))
        session.changed.connect(self._follow)
        session.data_changed.connect(self._begin_anew)
        self._begin_anew()
        self._tell_speed()

    def _speed_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(button)
        button.setAccessibleName("Speed")
        button.setToolTip("Speed; 1× is as fast as the signs were signed ([ slower, ] faster)")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFont(font(tabular=True))
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance("1/8×") + 4 * UNIT)
        menu, group = QMenu(button), QActionGroup(button)
        self._speeds: dict[float, QAction] = {}
        for speed in SPEEDS:
            text = f"{speed_text(speed)}, as signed" if speed == 1 else speed_text(speed)
            action = menu.addAction(text)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked, speed=speed: self._playback.set_speed(speed))
            self._speeds[speed] = action
        button.setMenu(menu)
        return button

    def _begin_anew(self) -> None:
        last = self._playback.last_step
        self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        self.slider.blockSignals(False)
        self.slider.setEnabled(len(self._session.activations) > 0)
        widest = f"step {'0' * len(str(last + 1))} of {last + 1}"
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance(widest) + 2)
        self._tell_step()

    def _tell_step(self) -> None:
        step = self._session.state.step
        self.slider.blockSignals(True)
        self.slider.setValue(step)
        self.slider.blockSignals(False)
        empty = len(self._session.activations) == 0
        self.label.setText("" if empty else f"step {step + 1} of {self._playback.last_step + 1}")

    def _tell_speed(self) -> None:
        speed = self._session.state.speed
        self.speed.setText(speed_text(speed))
        self._speeds[speed].setChecked(True)

    def _follow(self, new: SessionState, old: SessionState) -> None:
        if new.step != old.step:
            self._tell_step()
        if new.speed != old.speed:
            self._tell_speed()
