"""Switch between the hidden states and the cell states of the layer that is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from auslan_explorer.core.layers import hidden_and_cell
from auslan_explorer.core.session import Session
from auslan_explorer.gui.files.layer_menu import LayerMenu
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.tool_button import tool_button


class CellSwitch(QWidget):
    """Two buttons, one of which is down; there only where the file has cell states of the layer that is shown.

    Attributes
    ----------
    hidden, cell : QToolButton
    """

    def __init__(self, session: Session, layers: LayerMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._layers = session, layers
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.hidden = tool_button(self, tr("Hidden state"), tr("Show what this layer gives at each step"))
        self.cell = tool_button(self, tr("Cell state"), tr("Show what this layer keeps to itself: an LSTM’s memory"))
        self._group = QButtonGroup(self)
        for place, button in enumerate((self.hidden, self.cell)):
            button.setText(button.accessibleName())
            button.setCheckable(True)
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.idClicked.connect(self._choose)
        session.data_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show which of the two is open, if there are both."""
        a = self._session.activations
        pair = hidden_and_cell(a)
        self.setVisible(pair is not None)
        if pair is not None:
            self._group.button(pair.index(a.layer)).setChecked(True)

    def _choose(self, place: int) -> None:
        pair = hidden_and_cell(self._session.activations)
        if pair is not None:
            self._layers.show_layer(pair[place])
            self.refresh()  # what is down is what is shown, until the other one is there
