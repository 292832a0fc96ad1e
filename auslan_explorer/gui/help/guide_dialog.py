"""The user guide's text in a window, for where the built guide or a browser is missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from auslan_explorer import paths
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.style import UNIT, scaled


class GuideDialog(QDialog):
    """Shows the guide's sources, which read well as they are.

    Parameters
    ----------
    built : Path or None
        The built guide; None where there is none.
    parent : QWidget
    """

    def __init__(self, built: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("User guide"))
        first = paths.guide_sources() / "index.md"
        self.sentence = QLabel(self._why(built, first), self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.browser = QTextBrowser(self)
        self.browser.setAccessibleName(self.tr("User guide"))
        self.browser.setOpenExternalLinks(True)
        self.browser.setSearchPaths([str(first.parent)])
        if first.is_file():
            self.browser.setSource(QUrl.fromLocalFile(str(first)))
        self.browser.setVisible(first.is_file())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAccessibleName(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self.sentence)
        layout.addWidget(self.browser, 1)
        layout.addWidget(buttons)
        if first.is_file():
            room = parent.screen().availableSize()
            self.resize(min(scaled(90 * UNIT), room.width() - 8 * UNIT), room.height() - 20 * UNIT)

    def _why(self, built: Path | None, first: Path) -> str:
        if built is not None:
            return said("No browser could be opened; the guide lies at {0}.", built)
        if first.is_file():
            return said("The guide has not been built here; “make docs” builds it, with search. This is its text.")
        return said("The guide is missing here; it comes with the program’s source, in the folder docs/guide.")
