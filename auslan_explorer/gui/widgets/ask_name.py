"""Dialog that asks for a name and shows why one is not valid."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import LONGEST_NAME
from auslan_explorer.gui.style import UNIT


class AskName(QDialog):
    """Dialog with a field for a name.

    Parameters
    ----------
    title, label, button : str
    do : callable
        Given the name; if it raises `UserError` the dialog stays open and shows the message.
    parent : QWidget
    name : str
        Initial text of the field.
    """

    def __init__(
        self, title: str, label: str, button: str, do: Callable[[str], None], parent: QWidget, name: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._do = do
        text = QLabel(label, self)
        self.field = QLineEdit(name, self)
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setAccessibleName(label)
        self.field.selectAll()
        text.setBuddy(self.field)
        text.setWordWrap(True)
        self.message = QLabel(self)
        self.message.setProperty("wrong", True)
        self.message.setWordWrap(True)
        self.message.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        done = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        done.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        for part in (text, self.field, self.message):
            layout.addWidget(part)
        layout.addSpacing(UNIT)
        layout.addWidget(buttons)
        self.setMinimumWidth(45 * UNIT)

    def accept(self) -> None:
        """Call `do` with the name, and close the dialog unless it raises `UserError`."""
        try:
            self._do(self.field.text())
        except UserError as error:
            self.message.setText(str(error))
            self.message.show()
            self._fit_height()
            return
        super().accept()

    def _fit_height(self) -> None:
        """Grow to fit a message of several lines; a dialog does not grow by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
