"""What can be drawn over the maps beside paths: a switch and a "?" for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.widgets.page import Heading, muted_label

ABOUT_LANDSCAPE = mark(
    "The map’s decoder makes a hidden state of each place of the 2-D map, and the network’s last layer answers for it: "
    "lines are borders between answers, grey says how unsure it is, and hatching where that state is far from any real "
    "one. A border is not one of the network: the map has two numbers where the network has many, so two states at one "
    "place may have different answers. It is what DeepView does (Schulz, Hinder and Hammer 2020) with this map’s own "
    "decoder."
)
ABOUT_FLOW = mark(
    "Each arrow is the mean movement, on the map, of the real steps that begin in one cell of a grid, as long as that "
    "is beside others; it is faint where paths go different ways. Cells that too few steps pass have none; the legend "
    "says how many are needed. Of selected recordings, or of all that are shown; by sign where colours tell signs "
    "apart. It is no force that acts on every state: what lies over each other on the map is mixed, and where a path "
    "goes depends on the gesture too (RNA velocity is averaged on a map the same way, La Manno et al. 2018)."
)


ABOUT_RESTING = mark(
    "Where the state would stay if an input stayed: hands at rest (the mean first frame), the mean frame, or the frame "
    "of the selected recording at the step of playback, which they follow once playback rests, as a search takes "
    "seconds. From many states of real recordings the speed of the network’s step is minimised (Sussillo and Barak "
    "2013; FixedPointFinder, Golub and Sussillo 2018). A ring with a dot is a stable point: the state stays, and every "
    "small departure dies away, by the eigenvalues of the step’s Jacobian. An empty ring is unstable, or a place "
    "where the state only creeps. Beside it stands what the network would answer there. It is not a state that a "
    "recording reaches: signs end long before. What was not found from these starts may be there all the same."
)
_INPUTS = {
    HeldInput.NONE: mark("not drawn"),
    HeldInput.REST: mark("hands at rest"),
    HeldInput.MEAN: mark("mean frame"),
    HeldInput.FRAME: mark("this frame"),
}


class MapLayers(QWidget):
    """Switches of what is drawn over the maps."""

    def __init__(self, session: Session, quality: QualityCommands, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._reasons: dict[str, Callable[[], str]] = {}
        self.switches: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._add("landscape", tr("Decision landscape"), tr(ABOUT_LANDSCAPE), quality.landscape.disabled_reason)
        self._add("flow", tr("Flow"), tr(ABOUT_FLOW), quality.flow_disabled_reason)
        self._quality = quality
        self.held = QComboBox(self)
        self.held.setAccessibleName(tr("The input that stays"))
        self.held.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for held, text in _INPUTS.items():
            self.held.addItem(tr(text), held)
        self.found = muted_label("", self)
        self._column.addWidget(Heading(tr("Resting points"), self, tr(ABOUT_RESTING), self.held))
        self._column.addWidget(self.found)
        self.held.currentIndexChanged.connect(self._hold)
        quality.resting.told.connect(self.found.setText)
        session.watch((*self.switches, "resting"), self._show)
        session.data_changed.connect(self._show)

    def _add(self, name: str, title: str, about: str, disabled_reason: Callable[[], str]) -> None:
        switch = QCheckBox(tr("draw"), self)
        switch.setAccessibleName(tr("Draw {0}", title))
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        switch.toggled.connect(partial(self._switch, name))
        self.switches[name], self._reasons[name] = switch, disabled_reason
        self._column.addWidget(Heading(title, self, about, switch))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _switch(self, name: str, on: bool) -> None:
        self._session.update(**{name: on})

    def _hold(self) -> None:
        self._session.update(resting=HeldInput(self.held.currentData()))

    def _show(self) -> None:
        reason, resting = self._quality.resting.disabled_reason(), self._session.state.resting
        with QSignalBlocker(self.held):
            self.held.setCurrentIndex(list(_INPUTS).index(resting))
        self.held.setEnabled(not reason)
        self.held.setToolTip(reason)
        if resting is HeldInput.NONE:
            self.found.setText("")
        for name, switch in self.switches.items():
            reason = self._reasons[name]()
            with QSignalBlocker(switch):
                switch.setChecked(getattr(self._session.state, name))
            switch.setEnabled(not reason)
            switch.setToolTip(reason)
