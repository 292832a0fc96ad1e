"""Dialog of figures 1 and 2: a network, layer by layer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.draw.architecture import architecture, paint_architecture, save_architecture
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme
from auslan_explorer.gui.widgets.message_box import show_error
from auslan_explorer.gui.widgets.save_file import ask_where_to_save, tell_written
from auslan_explorer.workflows.origin import origin_of


class _Drawing(QWidget):
    """The network's picture, scaled to the available room."""

    def __init__(self, number: int, activations: Activations, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._layers = architecture(number, activations)
        self.setMinimumSize(QSize(560, 440))
        self.setAccessibleName(self._title)
        self.setAccessibleDescription("; ".join(f"{layer.name}, {layer.does}, {layer.shape}" for layer in self._layers))

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self.width(), self.height()
        painter = QPainter(self)
        paint_architecture(painter, self._title, self._layers, size, current_theme())
        painter.end()


class ArchitectureDialog(QDialog):
    """A network's layers, shapes and activation functions; can be saved as a picture.

    Raises
    ------
    UserError
        If the network is not available.
    """

    def __init__(self, number: int, activations: Activations, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._number, self._activations = number, activations
        drawing = _Drawing(number, activations, self)
        self.setWindowTitle(tr("Figure {0}", number))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        save = buttons.addButton(tr("Save picture\u2026"), QDialogButtonBox.ButtonRole.ActionRole)
        save.setToolTip(tr("Save as SVG, PDF or PNG"))
        save.clicked.connect(self._ask_file)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, UNIT)
        layout.addWidget(drawing, 1)
        row = QVBoxLayout()
        row.setContentsMargins(2 * UNIT, 0, 2 * UNIT, 0)
        row.addWidget(buttons)
        layout.addLayout(row)
        room = parent.screen().availableSize()
        self.resize(min(880, room.width() - 8 * UNIT), min(720, room.height() - 10 * UNIT))

    def _ask_file(self) -> None:
        offered = paths.home_dir() / f"{tr('figure {0}', self._number)}.svg"
        ask_where_to_save(self, tr("Save picture"), offered, tr("Pictures (*.svg *.pdf *.png)"), self.save)

    def save(self, file: Path) -> None:
        """Save the picture in the light theme; a failure is shown in a message box, not raised."""
        try:
            save_architecture(self._number, self._activations, file, origin=origin_of(self._activations, []))
        except UserError as error:
            show_error(self, str(error))
        else:
            tell_written(self, file)
