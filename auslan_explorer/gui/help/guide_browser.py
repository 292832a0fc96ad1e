"""Shows one page of the guide's Markdown, with pictures as wide as the window has room for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.io.guide import read_page

_MARKDOWN = QTextDocument.ResourceType.MarkdownResource
_LINE_HEIGHT = 130
"""Of running text, in percent."""
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a picture in a block's text; a taller line would leave a gap below it."""


class GuideBrowser(QTextBrowser):
    """A browser of the guide's sources.

    Parameters
    ----------
    parent : QWidget
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures: dict[str, QImage] = {}
        self.setOpenExternalLinks(True)
        # Pictures are made to fit beside the bar: it must not come and go with their height.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    # ------------------------------------------------------------------------------------------------- what is loaded
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a page with its directives carried out, or a picture no wider than the page."""
        place = QUrl(name)
        file = Path(self.source().resolved(place).toLocalFile())
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(str(file))
            self._pictures[place.toString()] = picture
            return self._fitted(picture)
        try:
            return read_page(file)
        except OSError:
            return said("The page {0} is not among the guide’s pages here.", file.name)

    def doSetSource(self, name: QUrl | str, kind: QTextDocument.ResourceType = _MARKDOWN) -> None:
        """Load a page, and give it the look that Markdown says nothing of."""
        self._pictures.clear()
        super().doSetSource(name, _MARKDOWN)
        self._dress()

    # ------------------------------------------------------------------------------------------------- how it looks
    def _dress(self) -> None:
        document = self.document()
        document.setDocumentMargin(self._margin())
        block = document.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            look = block.blockFormat()
            if look.headingLevel() > 1:
                look.setTopMargin(scaled(2 * UNIT))
            if look.hasProperty(QTextFormat.Property.BlockCodeFence):
                look.setBackground(self.palette().alternateBase())
            elif _PICTURE not in block.text():
                look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(look)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format()
                table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                table.setCellPadding(scaled(UNIT // 2))
                table.setCellSpacing(0)
                table.setBorder(1)
                table.setBorderCollapse(True)
                table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                table.setBorderBrush(self.palette().mid())
                table.setTopMargin(scaled(UNIT))
                table.setBottomMargin(scaled(UNIT))
                frame.setFormat(table)

    def _margin(self) -> int:
        return scaled(2 * UNIT)

    def _fitted(self, picture: QImage) -> QImage:
        if picture.isNull():
            return picture
        ratio = self.devicePixelRatio()
        width = max(min(picture.width(), self.viewport().width() - 2 * self._margin()), 1)
        fitted = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        return fitted

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            document = self.document()
            for name, picture in self._pictures.items():
                document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), self._fitted(picture))
            document.markContentsDirty(0, document.characterCount())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Colours of links and rules, and distances, are in the page as it was made.
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and not self.source().isEmpty():
            bar = self.verticalScrollBar()
            place = bar.value() / max(bar.maximum(), 1)
            self.reload()
            bar.setValue(round(place * bar.maximum()))
