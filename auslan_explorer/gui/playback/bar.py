"""The playback bar below the map: step, slider, speed, repeats, and the network's present prediction."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from auslan_explorer.core.added_labels import all_step_labels
from auslan_explorer.core.clock import SCALED_SECONDS, SPEEDS, playback_rate, steps_per_second, time_text
from auslan_explorer.core.playing import Alignment, position_of
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate, short_name
from auslan_explorer.gui import icons
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.playback.controller import Playback, speed_text
from auslan_explorer.gui.playback.legend import PlaybackLegend
from auslan_explorer.gui.playback.prediction_bars import PredictionBars
from auslan_explorer.gui.playback.slider import StepSlider
from auslan_explorer.gui.playback.trail_panel import TrailPanel
from auslan_explorer.gui.style import UNIT, font, scaled
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.widgets.elided_label import ElidedLabel

BUTTONS = (ActionId.FIRST_STEP, ActionId.STEP_BACK, ActionId.PLAY, ActionId.STEP_FORWARD, ActionId.LAST_STEP)
_GO_FIRST = (
    ActionId.BOUNCE,
    ActionId.FIRST_STEP,
    ActionId.LAST_STEP,
    ActionId.LOOP,
    ActionId.STEP_BACK,
    ActionId.STEP_FORWARD,
)
"""Buttons that move into the menu if there is too little room, in this order."""
_IN_MENU = (
    None, ActionId.STEP_BACK_TEN, ActionId.STEP_FORWARD_TEN, None, ActionId.SECTION_START, ActionId.SECTION_END,
    ActionId.NO_SECTION, None, ActionId.STABLE_PREDICTIONS, ActionId.ACCURACY,
)  # fmt: skip
_SLIDER_ROOM = 24 * UNIT
_ANSWERS_ROOM = 20 * UNIT

_REAL_TIME = mark("Speed; 1× is as fast as the signs were signed ([ slower, ] faster)")
_SCALED = mark("Speed; in real time this would take long, so at 1× it takes {0} seconds ([ slower, ] faster)")
_MEASURED = 400
"""Texts of labels that the room beside the slider is measured by."""


def _quoted(label: str) -> str:
    """Return a step's label as it stands before the step."""
    return f"“{isolate(short_name(label, 16))}”  "


class PlaybackBar(QWidget):
    """Controls of the playback; all state but whether it plays is in the session."""

    def __init__(self, session: Session, playback: Playback, actions: QActions, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._playback = playback
        self._actions = actions
        self._buttons = {key: actions.button(key, self) for key in (*BUTTONS, ActionId.LOOP, ActionId.BOUNCE)}
        self.slider = StepSlider(self)
        self.slider.setAccessibleName(tr("Step"))
        self.slider.setToolTip(
            tr("Drag to any step. The flags are the ends of the section played; the bars show where answers settle.")
        )
        self.slider.setPageStep(10)
        self.slider.valueChanged.connect(playback.go)
        self.slider.sliderPressed.connect(lambda: playback.hold(True))
        self.slider.sliderReleased.connect(lambda: playback.hold(False))
        self.slider.section_moved.connect(playback.set_section)
        self.label = ElidedLabel(Qt.AlignmentFlag.AlignRight, self)
        self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.label.setAccessibleName(tr("Step shown"))
        self.speed = self._speed_button()
        self.answers = PredictionBars(session, self)
        self.trail = self._trail_button()
        self.more = self._menu_button(tr("More"), "dots-three")
        self.question = self._question_button()
        self.more.menu().aboutToShow.connect(self._fill_menu)
        self._lay_out()
        session.watch(("step", "alignment", "selected"), self._show_step)
        session.watch(("speed",), self._show_speed)
        session.watch(("section",), self._show_section)
        session.watch(("selected", "visible_signs", "splits", "isolate", "alignment"), self._show_stable_marks)
        session.data_changed.connect(self._reset)
        session.predictions_changed.connect(self._show_stable_marks)
        self._reset()

    def _lay_out(self) -> None:
        above, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        column.setSpacing(2)
        for row in (above, below):
            row.setSpacing(UNIT // 2)
            column.addLayout(row)
        for key in BUTTONS:
            above.addWidget(self._buttons[key])
        above.addSpacing(UNIT // 2)
        above.addWidget(self.slider, 1)
        above.addSpacing(UNIT // 2)
        above.addWidget(self.label)
        for part in (
            self.speed,
            self._buttons[ActionId.LOOP],
            self._buttons[ActionId.BOUNCE],
            self.trail,
            self.more,
            self.question,
        ):
            below.addWidget(part)
        below.addSpacing(UNIT)
        below.addWidget(self.answers, 1)

    def _speed_button(self) -> QToolButton:
        button = tool_button(self, tr("Speed"), tr(_REAL_TIME))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFont(font(tabular=True))
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance("1/8×") + 4 * UNIT)
        menu, group = QMenu(button), QActionGroup(button)
        self._speeds: dict[float, QAction] = {}
        for speed in SPEEDS:
            text = tr("{0}, as signed", speed_text(speed)) if speed == 1 else speed_text(speed)
            action = menu.addAction(text)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked, speed=speed: self._playback.set_speed(speed))
            self._speeds[speed] = action
        button.setMenu(menu)
        return button

    def _menu_button(self, name: str, icon: str) -> QToolButton:
        button = tool_button(self, name, icon=icon, size=icons.ICON_SIZE)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        return button

    def _question_button(self) -> QToolButton:
        name = tr("What the marks of the playback stand for")
        button = tool_button(self, name, icon="question", role="muted", size=icons.ICON_SIZE)
        button.clicked.connect(lambda: PlaybackLegend(self).open_above(button))
        return button

    def _trail_button(self) -> QToolButton:
        button = self._menu_button(tr("How paths grow"), "line-segments")
        panel = QWidgetAction(button)
        self.trail_panel = TrailPanel(self._session)
        panel.setDefaultWidget(self.trail_panel)
        button.menu().addAction(panel)
        return button

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for key in (*(key for key in self._buttons if self._buttons[key].isHidden()), *_IN_MENU):
            if key is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the size at which every button that may go into the menu has gone there."""
        above = (self._buttons[ActionId.PLAY], self.slider, self.label)
        below = (self.speed, self.trail, self.more, self.question, self.answers)
        widths = [
            sum(max(part.minimumWidth(), part.minimumSizeHint().width()) + UNIT // 2 for part in row)
            for row in (above, below)
        ]
        return QSize(max(widths) + 3 * UNIT, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Move buttons into the menu until slider and predictions have enough room."""
        shown = set(self._buttons)

        def missing(keys: set[ActionId], others: int) -> int:
            wide = sum(self._buttons[key].sizeHint().width() + UNIT // 2 for key in keys)
            return wide + others + 4 * UNIT - self.width()

        fixed = sum(part.sizeHint().width() + UNIT // 2 for part in (self.speed, self.trail, self.more, self.question))
        for key in _GO_FIRST:
            above = key in BUTTONS
            others = self.label.minimumWidth() + scaled(_SLIDER_ROOM) if above else fixed + scaled(_ANSWERS_ROOM)
            if missing({each for each in shown if (each in BUTTONS) == above}, others) > 0:
                shown.discard(key)
        for key, button in self._buttons.items():
            button.setVisible(key in shown)

    def _reset(self) -> None:
        last = self._playback.last_step
        self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        self.slider.blockSignals(False)
        for part in (self.slider, self.trail, self.more):
            part.setEnabled(len(self._session.activations) > 0)
        self._measure_label()
        self._show_speed()
        self._show_section()
        self._show_step()
        self._show_stable_marks()
        self._fit()

    def _measure_label(self) -> None:
        """Give the step, and what it may be labelled with, as much room as the widest takes."""
        metrics, last = self.label.fontMetrics(), self._playback.last_step
        widest = max(metrics.horizontalAdvance(self._step_text(each, last)) for each in Alignment)
        columns = all_step_labels(self._session.activations)
        texts = next(iter(columns.values())).texts[:_MEASURED] if columns else ()
        labelled = max((metrics.horizontalAdvance(_quoted(text)) for text in texts), default=0)
        self.label.setFixedWidth(widest + labelled + 2)

    def _step_text(self, alignment: Alignment, step: int) -> str:
        last = self._playback.last_step
        if alignment is Alignment.STRETCH:
            return tr("{0:.0%} of each", step / max(last, 1))
        text = (
            tr("step {0} of each", step + 1)
            if alignment is Alignment.START
            else tr("step {0} of {1}", step + 1, last + 1)
        )
        seconds = self._session.activations.seconds_per_step
        return tr("{0}, {1}", text, time_text(step * seconds)) if seconds > 0 else text

    def _show_step(self) -> None:
        step = self._session.state.step
        self.slider.blockSignals(True)
        self.slider.setValue(step)
        self.slider.blockSignals(False)
        empty = len(self._session.activations) == 0
        text = "" if empty else self._label_text() + self._step_text(self._session.state.alignment, step)
        if self.label.fontMetrics().horizontalAdvance(text) > self.label.width():
            self._measure_label()  # labels have come from another program, or the text has become larger
            self._fit()
        self.label.setText(text)

    def _label_text(self) -> str:
        """Return what the present step of the one recording selected is labelled with, before the step itself."""
        a, state = self._session.activations, self._session.state
        columns = all_step_labels(a)
        if len(state.selected) != 1 or not columns:
            return ""
        recording = state.selected[0]
        reached = state.steps_reached(a, recording)
        if not 1 <= reached <= int(a.lengths[recording]):
            return ""
        text = next(iter(columns.values())).text(int(a.offsets[recording]) + reached - 1)
        return _quoted(text) if text else ""

    def _show_speed(self) -> None:
        speed = self._session.state.speed
        self.speed.setText(speed_text(speed))
        a = self._session.activations
        real = playback_rate(a.seconds_per_step, a.steps) == steps_per_second(a.seconds_per_step)
        self.speed.setToolTip(tr(_REAL_TIME) if real else tr(_SCALED, f"{SCALED_SECONDS:g}"))
        self._speeds[1.0].setText(tr("{0}, as signed", speed_text(1.0)) if real else speed_text(1.0))
        self._speeds[speed].setChecked(True)

    def _show_section(self) -> None:
        self.slider.set_section(*(self._session.state.section or (0, self._playback.last_step)))

    def _show_stable_marks(self) -> None:
        """Count at which steps the predictions of the selected, or else shown, recordings become stable."""
        a, state = self._session.activations, self._session.state
        answers = known_predictions(a)
        rows = state.selected.rows if state.selected else np.flatnonzero(self._session.shown())
        counts = np.zeros(0)
        told = ""
        if answers is not None and len(rows):
            rows = rows[answers.settled[rows] >= 0]
            at = position_of(state.alignment, a.steps, answers.settled[rows], a.first_step[rows], a.lengths[rows])
            counts = np.bincount(at, minlength=a.steps).astype(float)
            if len(at):
                told = tr("Answers settle at step {0}", int(np.median(at)) + 1) + (
                    tr(" on average") if len(at) > 1 else ""
                )
        self.slider.setAccessibleDescription(told)
        self.slider.set_marks(counts)
