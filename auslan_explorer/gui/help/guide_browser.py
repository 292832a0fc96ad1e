"""Browser for the guide's Markdown pages, with pictures scaled to the window."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.io.guide import read_page

_MARKDOWN = QTextDocument.ResourceType.MarkdownResource
_LINE_HEIGHT = 130
"""Line height of body text, in percent."""
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Placeholder of a picture in a block's text; such blocks keep the normal line height to avoid a gap below."""


class _Kind(Enum):
    TEXT, LIST, CODE = range(3)


def _kind(block: QTextBlock) -> _Kind | None:
    """Return a block's kind; None for an invalid one."""
    if not block.isValid():
        return None
    if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
        return _Kind.CODE
    return _Kind.TEXT if block.textList() is None else _Kind.LIST


class GuideBrowser(QTextBrowser):
    """Text browser for the guide's Markdown sources.

    Parameters
    ----------
    parent : QWidget
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures: dict[str, QImage] = {}
        self._page = ""
        self.setOpenExternalLinks(True)
        # Pictures are scaled to the width beside the scroll bar, so it must not come and go with their height.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    # ------------------------------------------------------------------------------------------------- loading
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a page with its directives processed, or a picture scaled to the page's width."""
        place = QUrl(name)
        file = Path(self.source().resolved(place).toLocalFile())
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(str(file))
            self._pictures[place.toString()] = picture
            return self._fitted(picture)
        try:
            return read_page(file)
        except OSError:
            return tr("The page {0} is not among the guide’s pages here.", file.name)

    def doSetSource(self, name: QUrl | str, kind: QTextDocument.ResourceType = _MARKDOWN) -> None:
        """Load a page and format its headings, lists and code."""
        page, _, heading = QUrl(name).toString().partition("#")
        if page != self._page:
            self._page = page
            self._pictures.clear()
        super().doSetSource(name, _MARKDOWN)
        self._dress()
        if heading:
            self.scrollToAnchor(heading)

    # ------------------------------------------------------------------------------------------------- layout
    def _dress(self) -> None:
        document = self.document()
        document.setDocumentMargin(self._margin())
        tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
        in_tables = {place for table in tables for place in range(table.firstPosition(), table.lastPosition() + 1)}
        block = document.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            look, kind = block.blockFormat(), _kind(block)
            if look.headingLevel():
                look.setTopMargin(scaled(2 * UNIT) if look.headingLevel() > 1 else 0)
                self._name_heading(block)
            elif block.position() not in in_tables and (kind is _Kind.TEXT or kind != _kind(block.previous())):
                look.setTopMargin(scaled(UNIT))
            if kind is _Kind.CODE:
                look.setBackground(self.palette().alternateBase())
            elif _PICTURE not in block.text():
                look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(look)
            block = block.next()
        for table in tables:
            grid = table.format()
            grid.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            grid.setCellPadding(scaled(UNIT // 2))
            grid.setCellSpacing(0)
            grid.setBorder(1)
            grid.setBorderCollapse(True)
            grid.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            grid.setBorderBrush(self.palette().mid())
            grid.setTopMargin(scaled(UNIT))
            grid.setBottomMargin(scaled(UNIT))
            table.setFormat(grid)

    def _name_heading(self, block: QTextBlock) -> None:
        """Give a heading the anchor that Sphinx and code hosts give it, for links."""
        name = re.sub(r"[^\w\- ]", "", block.text().casefold()).replace(" ", "-")
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setAnchor(True)
        look.setAnchorNames([name])
        cursor.mergeCharFormat(look)

    def _margin(self) -> int:
        return scaled(2 * UNIT)

    def _fitted(self, picture: QImage) -> QImage:
        if picture.isNull():
            return picture
        ratio = self.devicePixelRatioF()
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
        # Colours of links and rules, and margins, are fixed when the page is loaded.
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and not self.source().isEmpty():
            bar = self.verticalScrollBar()
            place = bar.value() / max(bar.maximum(), 1)
            self.reload()
            bar.setValue(round(place * bar.maximum()))
