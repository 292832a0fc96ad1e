"""The gesture's pane: which recordings' hands are shown, from which side, and what is said where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.draw.hands import FRONT, SIDE, SIGNER
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.views.gesture.canvas import GestureCanvas
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.empty_state import EmptyState
from auslan_explorer.gui.widgets.page import open_note
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import short_title

MOST_LISTED = 60
"""Most recordings of a selection that can be chosen here; a longer list is of no use."""
ABOUT = mark(
    "Two gloves drawn from the 22 numbers of each frame (Kadous 2002): where each hand is, how it is turned, and how "
    "far each finger is bent. The line is the way a hand has come; palms are lighter than backs. Head and body are a "
    "drawing for scale, placed by signs that touch them: the gloves measured neither them nor the arms, and a hand "
    "may pass some centimetres beside what it touched, as sessions differ. One number bends a whole finger, and "
    "nothing says how far the fingers are spread or whether hands touch. Two recordings are lined up by dynamic time "
    "warping of their channels (Sakoe and Chiba 1978)."
)
_VIEWPOINTS = (
    (FRONT, mark("Front"), mark("Look at the signer")),
    (SIDE, mark("Side"), mark("Look from the signer’s right")),
    (SIGNER, "", mark("Look over the signer’s shoulders, as with the signer’s eyes")),
)


class GesturePane(QFrame):
    """The hands of the selected recording, in step with playback.

    Signals
    -------
    close_asked()
        The button that hides the pane was pressed.

    Parameters
    ----------
    session : Session
    frames : RecordingFrames
    actions : sequence of QAction
        What can be done where no recordings are here.
    """

    close_asked = Signal()

    def __init__(
        self, session: Session, frames: RecordingFrames, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = frames
        self.canvas = GestureCanvas(session, frames, self)
        self.missing = EmptyState(
            "hand-waving",
            tr("The recordings are not here yet"),
            tr(
                "Here two gloves would move as the selected recording was signed: palms, fingers, and the way each "
                "hand has come. The recordings do not come with the program; get them once, and they are here for good."
            ),
            actions,
            self,
        )
        self.message = EmptyState("hand-waving", "", "", (), self)
        self._stack = QStackedWidget(self)
        for page in (self.canvas, self.missing, self.message):
            self._stack.addWidget(page)
        self.first, self.second = QComboBox(self), QComboBox(self)
        self.first.setAccessibleName(tr("Recording whose hands are shown"))
        self.second.setAccessibleName(tr("Recording to compare with"))
        self.second.setToolTip(tr("A second recording of the selection, lined up with the first"))
        for box in (self.first, self.second):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.apart = tool_button(
            self, tr("Side by side"), tr("Two recordings side by side, or one over the other"), icon="columns"
        )
        self.apart.setCheckable(True)
        self._choice = QFrame(self)
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(UNIT, UNIT // 2, UNIT, 0)
        row.addWidget(ResponsiveRow(self._choice, self.first, self.second), 1)
        row.addWidget(self.apart, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        column.addWidget(self._choice)
        column.addWidget(self._stack, 1)
        self._sides_row = self._make_sides()
        column.addWidget(self._sides_row)
        self.setMinimumWidth(24 * UNIT)
        self.first.currentIndexChanged.connect(self._show_chosen)
        self.second.currentIndexChanged.connect(self._show_chosen)
        self.apart.toggled.connect(self.canvas.show_side_by_side)
        self.canvas.turned.connect(self._mark_side)
        session.watch(("selected",), self._fill)
        session.pointed_changed.connect(self._on_pointed)
        session.data_changed.connect(self._fill)
        session.annotations_changed.connect(self._show_choice)
        frames.changed.connect(self._fill)
        self._fill()

    def _make_header(self) -> QFrame:
        header = QFrame(self)
        header.setObjectName("paneHeader")
        title = ElidedLabel(Qt.AlignmentFlag.AlignLeft, header, muted=True)
        title.setText(tr("Gesture"))
        self.question = tool_button(
            header, tr("What is this: {0}", tr("Gesture")), tr("What is this?"), icon="question", role="muted"
        )
        self.question.clicked.connect(lambda: open_note(self.question, tr("Gesture"), tr(ABOUT)))
        self.close_button = tool_button(header, tr("Hide the gesture"), icon="x", role="muted")
        self.close_button.clicked.connect(self.close_asked)
        row = QHBoxLayout(header)
        row.setContentsMargins(2 * UNIT, 2, UNIT // 2, 2)
        row.setSpacing(0)
        row.addWidget(title, 1)
        row.addWidget(self.question)
        row.addWidget(self.close_button)
        return header

    def _make_sides(self) -> QWidget:
        self.sides = QButtonGroup(self)
        buttons = []
        for number, (viewpoint, text, tip) in enumerate(_VIEWPOINTS):
            # In words the third would take a row of its own in a narrow pane.
            button = tool_button(self, tr(tip), tr(tip), icon="" if text else "eye")
            button.setText(tr(text))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, chosen=viewpoint: self.canvas.look_from(chosen))
            self.sides.addButton(button, number)
            buttons.append(button)
        buttons[0].setChecked(True)
        row = ResponsiveRow(self, *buttons, None)
        row.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        return row

    def _mark_side(self) -> None:
        """Mark the side from which the hands are seen; none after they were turned by hand."""
        self.sides.setExclusive(False)
        for number, (viewpoint, _, _) in enumerate(_VIEWPOINTS):
            self.sides.button(number).setChecked(viewpoint == self.canvas.viewpoint)
        self.sides.setExclusive(True)

    # ------------------------------------------------------------------------------------------------- what is shown
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The recordings are read only once somebody wants to see them.
        self._frames.request()
        self._fill()

    def _on_pointed(self, pointed: Pointed | None) -> None:
        if not self._session.state.selected:
            self._fill()

    def _offered(self) -> tuple[int, ...]:
        selected = self._session.state.selected[:MOST_LISTED]
        pointed = self._session.pointed
        return tuple(selected) or (() if pointed is None else (pointed.recording,))

    def _fill(self) -> None:
        """List the recordings to choose from, keeping what was chosen, and show the first."""
        if not self.isVisible():
            return
        offered = self._offered()
        for box, lead in ((self.first, None), (self.second, tr("no other"))):
            chosen = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                if lead is not None:
                    box.addItem(lead, -1)
                for recording in offered:
                    box.addItem(short_title(self._session, recording), recording)
                box.setCurrentIndex(max(box.findData(chosen), 0))
        if len(offered) == 2:
            with QSignalBlocker(self.second):
                other = next(each for each in offered if each != self.first.currentData())
                self.second.setCurrentIndex(self.second.findData(other))
        self._show_chosen()

    def _show_chosen(self) -> None:
        first, second = self.first.currentData(), self.second.currentData()
        shown = () if first is None else (first,) if second in (None, -1, first) else (first, second)
        ready = self._frames.state is FramesState.READY
        self._sides_row.setVisible(ready and bool(shown))
        page, title, text = self._page(shown)
        if page is self.message:
            self.message.set_text(title, text)
        self.canvas.show_recordings(shown if page is self.canvas else ())
        self._show_choice()
        self._stack.setCurrentWidget(page)

    def _show_choice(self) -> None:
        """Show what can be chosen: among several recordings, and whether two are side by side."""
        if not isValid(self):
            return
        gesture = self.canvas.gesture()
        several, two = self.first.count() > 1, gesture is not None and len(gesture.frames) == 2
        self._choice.setVisible(self._frames.state is FramesState.READY and (several or two))
        for box in (self.first, self.second):
            box.setVisible(several)
        self.apart.setEnabled(two)

    def _page(self, shown: tuple[int, ...]) -> tuple[QWidget, str, str]:
        state = self._frames.state
        if state is FramesState.MISSING:
            return self.missing, "", ""
        if state in (FramesState.UNREAD, FramesState.READING):
            return self.message, tr("Reading the recordings…"), ""
        if state is FramesState.FAILED:
            return self.message, tr("The recordings cannot be read"), self._frames.problem
        others = tr("The imported recordings are not those that the open hidden states were made of.")
        if state is FramesState.OTHERS:
            return self.message, tr("No hands to show"), others
        if not shown:
            sentence = tr("Select a recording, or point at a path, to see its hands. A second one can lie over it.")
            return self.message, tr("Nothing is selected"), sentence
        if any(self._frames.frames_of(recording) is None for recording in shown):
            return self.message, tr("No hands to show"), tr("This recording is not among the imported ones.")
        return self.canvas, "", ""
