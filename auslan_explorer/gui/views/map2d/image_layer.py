"""The image of points and lines on screen: moved and stretched to the present view, the one before fading below it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.animation import FADE_SECONDS, Glide
from auslan_explorer.gui.views.map2d.render_thread import MapRequest

_AT_ONCE = 0.4
"""Share of the new image from its first moment on: a fade must not make a choice look unheard."""


class MapImage(QObject):
    """The newest image and what it was asked for.

    Attributes
    ----------
    request : MapRequest or None
        What the image shows; None where there is none.

    Signals
    -------
    changed()
        A fade has gone on: paint again.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.request: MapRequest | None = None
        self._image: QImage | None = None
        self._before: tuple[QImage, MapRequest] | None = None
        self._share = 1.0
        self._next_fades = False
        self._glide = Glide(self, FADE_SECONDS)
        self._glide.moved.connect(self._fade)

    @property
    def fading(self) -> bool:
        """Whether the image before is still to be seen."""
        return self._before is not None

    def forget(self) -> None:
        """Show nothing."""
        self.settle()
        self._image = self.request = None

    def fade_next(self) -> None:
        """Let the first image of the next scene come out of the present one; its look must be the same."""
        self._next_fades = True

    def settle(self) -> None:
        """End a fade."""
        self._glide.stop()
        self._before, self._next_fades = None, False

    def take(self, request: MapRequest, image: QImage) -> None:
        """Show another image. One of another scene ends a fade that is under way: a choice is seen at once."""
        old, shown = self.request, self._image
        if old is not None and shown is not None and old.scene is not request.scene:
            fades = self._next_fades and not self.fading and old.background == request.background
            self.settle()
            if fades:
                self._before, self._share = (shown, old), _AT_ONCE
                self._glide.start()
        self._image, self.request = image, request

    def paint(self, painter: QPainter, view: View2D) -> None:
        """Paint for a view; `painter` counts in logical pixels."""
        if self._image is None or self.request is None:
            return
        if self._before is not None:
            _place(painter, view, *self._before)
            painter.setOpacity(self._share)
        _place(painter, view, self._image, self.request)
        painter.setOpacity(1.0)

    def _fade(self, share: float) -> None:
        self._share = _AT_ONCE + (1 - _AT_ONCE) * share
        if share == 1:
            self._before = None
        self.changed.emit()


def _place(painter: QPainter, view: View2D, image: QImage, request: MapRequest) -> None:
    drawn = request.view
    sx = view.width / (view.right - view.left)
    sy = view.height / (view.top - view.bottom)
    target = QRectF(
        (drawn.left - view.left) * sx,
        (view.top - drawn.top) * sy,
        (drawn.right - drawn.left) * sx,
        (drawn.top - drawn.bottom) * sy,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, request.coarse)
    as_drawn = abs(target.width() - drawn.width) < 0.5 and abs(target.height() - drawn.height) < 0.5
    if as_drawn and not request.coarse:
        painter.drawImage(target.topLeft().toPoint(), image)
    else:
        painter.drawImage(target, image)
