"""Dialog with the user guide's pages, used if the built guide or a browser is missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QUrl
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer import paths
from auslan_explorer.gui.help.guide_browser import GuideBrowser
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.io.guide import INDEX, read_contents

_FILE = Qt.ItemDataRole.UserRole


class GuideDialog(QDialog):
    """Shows the guide's sources: a table of contents, and a page with links, pictures and history.

    In a narrow window, the table of contents replaces the page until a page is chosen.

    Parameters
    ----------
    built : Path or None
        The built guide, if there is one.
    parent : QWidget
    """

    def __init__(self, built: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("User guide"))
        self._sources = paths.guide_sources()
        self._has_pages = (self._sources / INDEX).is_file()
        self._narrow = False
        self.sentence = QLabel(self._why(built), self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName(tr("Close"))
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        if self._has_pages:
            layout.addLayout(self._navigation())
            layout.addWidget(self._pages(), 1)
        layout.addWidget(self.sentence)
        layout.addWidget(buttons)
        if self._has_pages:
            self.show_page(INDEX)
            self.browser.setFocus()
            room = parent.screen().availableSize()
            self.resize(min(scaled(130 * UNIT), room.width() - 8 * UNIT), room.height() - 20 * UNIT)

    def show_page(self, file: str) -> None:
        """Show a page by its file name in the guide's folder; without the guide, do nothing."""
        if not self._has_pages:
            return
        self.browser.setSource(QUrl.fromLocalFile(str(self._sources / file)))

    # ------------------------------------------------------------------------------------------------- parts
    def _navigation(self) -> QHBoxLayout:
        self.contents_button = self._button(tr("Contents"), tr("Show or hide the table of contents"))
        self.contents_button.setCheckable(True)
        self.contents_button.setChecked(True)
        self.contents_button.toggled.connect(self._arrange)
        self.back_button = self._button(tr("Back"), tr("The page before"))
        self.forward_button = self._button(tr("Forward"), tr("The page that you went back from"))
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for button in (self.contents_button, self.back_button, self.forward_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _button(self, text: str, tooltip: str) -> QToolButton:
        button = tool_button(self, text, tooltip)
        button.setText(text)
        return button

    def _pages(self) -> QSplitter:
        self.contents = QTreeWidget(self)
        self.contents.setAccessibleName(tr("Table of contents"))
        self.contents.setHeaderHidden(True)
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setRootIsDecorated(False)
        self.contents.setItemsExpandable(False)
        self.contents.setIndentation(2 * UNIT)
        self._fill()
        self.browser = GuideBrowser(self)
        self.browser.setAccessibleName(tr("User guide"))
        self.browser.sourceChanged.connect(self._mark_page)
        self.contents.currentItemChanged.connect(self._on_page_chosen)
        self.contents.itemClicked.connect(self._on_page_chosen)
        self.browser.backwardAvailable.connect(self.back_button.setEnabled)
        self.browser.forwardAvailable.connect(self.forward_button.setEnabled)
        for button, go, keys in (
            (self.back_button, self.browser.backward, QKeySequence.StandardKey.Back),
            (self.forward_button, self.browser.forward, QKeySequence.StandardKey.Forward),
        ):
            button.setEnabled(False)
            button.clicked.connect(go)
            QShortcut(QKeySequence(keys), self, go)
        self._splitter = QSplitter(self)
        self._splitter.addWidget(self.contents)
        self._splitter.addWidget(self.browser)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._fit_contents()
        return self._splitter

    def _fill(self) -> None:
        strong = QFont()
        strong.setWeight(QFont.Weight.DemiBold)
        for part in read_contents(self._sources):
            above: QTreeWidget | QTreeWidgetItem = self.contents
            if part.title:
                above = QTreeWidgetItem(self.contents, [part.title])
                above.setFlags(Qt.ItemFlag.ItemIsEnabled)
                above.setFont(0, strong)
            for file, title in part.pages:
                QTreeWidgetItem(above, [title]).setData(0, _FILE, file)
        self.contents.expandAll()

    def _items(self) -> list[QTreeWidgetItem]:
        return self.contents.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)

    def _why(self, built: Path | None) -> str:
        if built is not None:
            return tr("No browser could be opened; the guide lies at {0}.", built)
        if self._has_pages:
            return tr("The guide has not been built here; “make docs” builds it, with search.")
        return tr("The guide is missing here; it comes with the program’s source, in the folder docs/guide.")

    # ------------------------------------------------------------------------------------------------- signals
    def _on_page_chosen(self, item: QTreeWidgetItem | None) -> None:
        file = item.data(0, _FILE) if item is not None else None
        if file is None:
            return
        self.show_page(file)
        if self._narrow:
            self.contents_button.setChecked(False)
            self.browser.setFocus()

    def _mark_page(self, source: QUrl) -> None:
        file = source.fileName()
        here = next((item for item in self._items() if item.data(0, _FILE) == file), None)
        with QSignalBlocker(self.contents):
            self.contents.setCurrentItem(here)  # type: ignore[arg-type]  # None marks nothing

    def _arrange(self) -> None:
        listed = self.contents_button.isChecked()
        self.contents.setVisible(listed)
        self.browser.setVisible(not (listed and self._narrow))

    def _fit_contents(self) -> None:
        strong = QFont(self.contents.font())
        strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(strong)
        for item in self._items():
            item.setSizeHint(0, QSize(metrics.horizontalAdvance(item.text(0)) + UNIT, scaled(3 * UNIT)))
        self._contents_width = self.contents.sizeHintForColumn(0) + scaled(3 * UNIT)
        self._splitter.setSizes([self._contents_width, max(self.width() - self._contents_width, 1)])

    def _look_at_width(self) -> None:
        narrow = self.width() < 2.5 * self._contents_width
        if narrow != self._narrow:
            self._narrow = narrow
            self.contents_button.setChecked(not narrow)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._has_pages:
            self._look_at_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._has_pages:
            self._fit_contents()
            self._look_at_width()
