"""The form of the section "What if": which part of the gesture is changed, how, and in which frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from auslan_explorer.analysis import edits
from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.attribution_map import GROUP_NAMES
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.buttons import push_button
from auslan_explorer.gui.widgets.number_box import NumberBox
from auslan_explorer.gui.widgets.page import muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import format_count

_ALL = tuple(range(len(CHANNELS)))
_LEFT, _RIGHT = _ALL[: edits.HAND], _ALL[edits.HAND :]
PARTS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (mark("right hand"), _RIGHT),
    (mark("left hand"), _LEFT),
    (mark("both hands"), _ALL),
    (mark("fingers of the right hand"), _RIGHT[6:]),
    (mark("fingers of the left hand"), _LEFT[6:]),
    *((GROUP_NAMES[group.hand, group.kind], group.channels) for group in (*GROUPS[7:], *GROUPS[:7])),
)
"""Parts of the gesture, and their channels."""


@dataclass(frozen=True)
class Asked:
    """What is to be changed.

    Attributes
    ----------
    frames : ndarray of float32, shape (length, 22)
    channels : tuple of int
    start, stop : int
        Half-open.
    amount : float
        What the number beside the change says.
    resting : ndarray of float, shape (22,)
        A frame that says nothing.
    longest : int
        Frames that the network reads at most.
    other, beside : ndarray or None
        Another recording's frames, and which of them stands beside each.
    """

    frames: np.ndarray
    channels: tuple[int, ...]
    start: int
    stop: int
    amount: float
    resting: np.ndarray
    longest: int
    other: np.ndarray | None
    beside: np.ndarray | None


@dataclass(frozen=True)
class Change:
    """One way to change a recording.

    Attributes
    ----------
    text : str
        In the list.
    said : str
        Afterwards: the part is {0}, the number {1}, the other recording {2}.
    make : callable
        Takes `Asked`, returns frames.
    number : (str, float, float, float, float) or None
        What stands behind the number, its first value, its least and most, and its step.
    parted, windowed, borrows : bool
        Whether a part is chosen, frames, and another recording.
    """

    text: str
    said: str
    make: Callable[[Asked], np.ndarray]
    number: tuple[str, float, float, float, float] | None = None
    parted: bool = True
    windowed: bool = True
    borrows: bool = False


def _move(axis: int) -> Callable[[Asked], np.ndarray]:
    def make(asked: Asked) -> np.ndarray:
        places = [each for each in asked.channels if each in edits.PLACES and each % edits.HAND == axis]
        return edits.move(asked.frames, places, asked.amount, asked.start, asked.stop)

    return make


def _take(asked: Asked) -> np.ndarray:
    assert asked.other is not None and asked.beside is not None
    return edits.take_from(asked.frames, asked.channels, asked.other, asked.beside, asked.start, asked.stop)


_METRES = (mark("units of place"), 0.1, -0.5, 0.5, 0.05)
_FRAMES = (mark("frames"), 5, 1, 40, 1)
CHANGES = (
    Change(mark("freeze"), mark("{0} frozen"), lambda a: edits.freeze(a.frames, a.channels, a.start, a.stop)),
    Change(
        mark("mute (let it rest)"), mark("{0} muted"),
        lambda a: edits.rest(a.frames, a.channels, a.start, a.stop, a.resting),
    ),
    Change(
        mark("take from another recording"), mark("{0} taken from {2}"), _take, borrows=True,
    ),
    Change(
        mark("later"), mark("{0} later by {1}"),
        lambda a: edits.delay(a.frames, a.channels, round(a.amount), a.start, a.stop), _FRAMES,
    ),
    Change(
        mark("earlier"), mark("{0} earlier by {1}"),
        lambda a: edits.delay(a.frames, a.channels, -round(a.amount), a.start, a.stop), _FRAMES,
    ),
    Change(mark("move to the signer’s right"), mark("{0} moved to the right by {1}"), _move(0), _METRES),
    Change(mark("move up"), mark("{0} moved up by {1}"), _move(1), _METRES),
    Change(mark("move towards the signer"), mark("{0} moved towards the signer by {1}"), _move(2), _METRES),
    Change(
        mark("slower"), mark("{1} times as slow"),
        lambda a: edits.change_speed(a.frames, a.amount, a.start, a.stop, a.longest),
        (mark("times"), 1.5, 1.1, 4, 0.1), parted=False,
    ),
    Change(
        mark("faster"), mark("{1} times as fast"),
        lambda a: edits.change_speed(a.frames, 1 / a.amount, a.start, a.stop, a.longest),
        (mark("times"), 1.5, 1.1, 4, 0.1), parted=False,
    ),
    Change(mark("mirror"), mark("mirrored"), lambda a: edits.mirror(a.frames), parted=False, windowed=False),
    Change(
        mark("swap hands"), mark("hands swapped"), lambda a: edits.swap_hands(a.frames), parted=False, windowed=False
    ),
)  # fmt: skip
"""Ways to change a recording."""


class ChangeForm(QWidget):
    """Asks for a change.

    Signals
    -------
    applied()
        The button was pressed.
    """

    applied = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window: tuple[int, int] | None = None
        self._first = 0
        self.change, self.part, self.other = QComboBox(self), QComboBox(self), QComboBox(self)
        for box, name in (
            (self.change, tr("What is done")),
            (self.part, tr("Part of the gesture that is changed")),
            (self.other, tr("Recording that it is taken from")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(7)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.change.addItems([tr(each.text) for each in CHANGES])
        self.part.addItems([tr(name) for name, _ in PARTS])
        self.number = NumberBox(self)
        self.number.setAccessibleName(tr("How much"))
        self.unit = QLabel(self)
        self.apply = push_button(tr("Apply"), tr("Change the recording so; it can be undone"), self)
        self.when = muted_label("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(ResponsiveRow(self, self.change, self.part, None))
        column.addWidget(ResponsiveRow(self, self.other, self.number, self.unit, None, self.apply))
        column.addWidget(self.when)
        self.change.currentIndexChanged.connect(self._show)
        self.apply.clicked.connect(self.applied)
        self._show()

    @property
    def chosen(self) -> Change:
        """The change that is chosen."""
        return CHANGES[self.change.currentIndex()]

    @property
    def channels(self) -> tuple[int, ...]:
        """Channels of the part that is chosen; all where the change has no part."""
        return PARTS[self.part.currentIndex()][1] if self.chosen.parted else _ALL

    def steps(self, length: int) -> tuple[int, int]:
        """Return the frames that are marked, half-open, of a recording of so many; all where none are."""
        if self._window is None or not self.chosen.windowed or self._window[0] >= length:
            return 0, length
        return self._window[0], min(self._window[1], length)

    def words(self, length: int, other: str) -> str:
        """Return the change in words; `other` is what the other recording is called."""
        start, stop = self.steps(length)
        value = self.number.value()
        amount = format_count(round(value), "frame") if self.chosen.number is _FRAMES else f"{value:g}"
        said = tr(self.chosen.said, tr(PARTS[self.part.currentIndex()][0]), amount, other)
        if not self.chosen.windowed or (start, stop) == (0, length):
            return said
        return tr("{0}, steps {1} to {2}", said, self._first + start + 1, self._first + stop)

    def set_range(self, start: int, stop: int, first: int) -> None:
        """Take a half-open range of frames, or all where it is empty; `first` is the network's step of frame 0."""
        self._window, self._first = (start, stop) if stop > start else None, first
        self._show_when()

    def offer(self, others: list[tuple[str, int]]) -> None:
        """Offer recordings to take from, by title and number; one that was chosen before stays."""
        chosen = self.other.currentData()
        with QSignalBlocker(self.other):
            self.other.clear()
            for title, recording in others:
                self.other.addItem(title, recording)
            self.other.setCurrentIndex(max(self.other.findData(chosen), 0))
        self._show()

    def _show(self) -> None:
        change = self.chosen
        self.part.setVisible(change.parted)
        self.other.setVisible(change.borrows)
        self.number.setVisible(change.number is not None)
        self.unit.setVisible(change.number is not None)
        self.apply.setEnabled(not change.borrows or self.other.count() > 0)
        if change.number is not None:
            unit, value, low, high, step = change.number
            self.number.setDecimals(0 if step >= 1 else 2)
            self.number.setRange(low, high)
            self.number.setSingleStep(step)
            self.number.setValue(value)
            self.unit.setText(tr(unit))
        self._show_when()

    def _show_when(self) -> None:
        self.when.setVisible(self.chosen.windowed)
        if self._window is None:
            self.when.setText(tr("In all steps; drag along the bar below the lines to mark some."))
        else:
            first, last = self._first + self._window[0] + 1, self._first + self._window[1]
            self.when.setText(tr("In steps {0} to {1}, which are marked.", first, last))
