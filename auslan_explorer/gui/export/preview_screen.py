"""Area of a dialog that shows what is going to be exported."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT

_ROOM = QSize(58 * UNIT, 34 * UNIT)


class PreviewScreen(QFrame):
    """Area that shows an image, or a sentence if there is none.

    Attributes
    ----------
    image : QImage
        Null while there is none.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(tr("Preview"))
        self.setMinimumSize(_ROOM / 2)
        self.image = QImage()
        self._sentence = tr("Drawing…")

    def sizeHint(self) -> QSize:
        return _ROOM

    def show_image(self, image: QImage) -> None:
        """Show an image, as large as there is room."""
        self.image, self._sentence = image, ""
        self.setAccessibleDescription("")
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence in place of an image."""
        self.image, self._sentence = QImage(), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room = QRectF(self.contentsRect())
        if self.image.isNull():
            edge = 2 * UNIT
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room.adjusted(edge, edge, -edge, -edge), int(flags), self._sentence)
            return
        size = QRectF(self.image.rect()).size()
        scale = min(room.width() / size.width(), room.height() / size.height())
        place = QRectF(0, 0, size.width() * scale, size.height() * scale)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self.image)
