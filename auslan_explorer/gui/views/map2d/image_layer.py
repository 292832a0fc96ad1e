"""The rendered image on screen: transformed to the current view, and cross-faded from the image before."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.animation import FADE_SECONDS, Animation
from auslan_explorer.gui.views.map2d.render_thread import RenderRequest

_INITIAL_OPACITY = 0.4
"""Opacity of the new image at the start of a fade, so that a click is seen to have worked at once."""


class ImageLayer(QObject):
    """The newest rendered image with its request.

    Attributes
    ----------
    request : RenderRequest or None
        What the image shows; None if there is no image.

    Signals
    -------
    changed()
        A frame of a fade is due: repaint.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.request: RenderRequest | None = None
        self._image: QImage | None = None
        self._previous: tuple[QImage, RenderRequest] | None = None
        self._opacity = 1.0
        self._cross_fades_next = False
        self._animation = Animation(self, FADE_SECONDS)
        self._animation.progressed.connect(self._on_fade_progress)

    @property
    def is_fading(self) -> bool:
        """Whether the previous image is still visible."""
        return self._previous is not None

    def clear(self) -> None:
        """Remove the image."""
        self.stop_fade()
        self._image = self.request = None

    def cross_fade_to_next_scene(self) -> None:
        """Cross-fade from the current image to the first image of the next scene, if its background is the same."""
        self._cross_fades_next = True

    def stop_fade(self) -> None:
        """End a fade, and cancel one that was announced."""
        self._animation.stop()
        self._previous, self._cross_fades_next = None, False

    def set_image(self, request: RenderRequest, image: QImage) -> None:
        """Show another image. An image of another scene ends a running fade, so that a change is seen at once."""
        old, shown = self.request, self._image
        if old is not None and shown is not None and old.scene is not request.scene:
            fades = self._cross_fades_next and not self.is_fading and old.background == request.background
            self.stop_fade()
            if fades:
                self._previous, self._opacity = (shown, old), _INITIAL_OPACITY
                self._animation.start()
        self._image, self.request = image, request

    def paint(self, painter: QPainter, view: View2D) -> None:
        """Paint the image as it lies in `view`; `painter` is in logical pixels."""
        if self._image is None or self.request is None:
            return
        if self._previous is not None:
            _draw_image(painter, view, *self._previous)
            painter.setOpacity(self._opacity)
        _draw_image(painter, view, self._image, self.request)
        painter.setOpacity(1.0)

    def _on_fade_progress(self, share: float) -> None:
        self._opacity = _INITIAL_OPACITY + (1 - _INITIAL_OPACITY) * share
        if share == 1:
            self._previous = None
        self.changed.emit()


def _draw_image(painter: QPainter, view: View2D, image: QImage, request: RenderRequest) -> None:
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
