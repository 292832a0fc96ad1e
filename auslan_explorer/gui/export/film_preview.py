"""Preview of a film, drawn in a thread, with a slider for its time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.draw.film_frames import FilmFrames, Subject, preview_factor
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.paint import image_of
from auslan_explorer.gui.export.preview_screen import PreviewScreen
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT

_FIRST_PLACE = 0.45
"""Initial time of the preview as a fraction of the film: paths are half grown there."""


@dataclass(frozen=True)
class PreviewFilm:
    """A film to preview.

    Attributes
    ----------
    settings : FilmSettings
        Valid settings.
    steps : int
        Number of network steps.
    subject : hashable
        Identifies the subject, so that it is rebuilt only if it changes.
    make : callable
        Builds the subject; called in the preview's thread.
    """

    settings: FilmSettings
    steps: int
    subject: Hashable
    make: Callable[[], Subject]


@dataclass(frozen=True)
class _Request:
    film: PreviewFilm
    number: int
    factor: float


class _Drawing(QObject):
    """Thread that draws frames; a newer request replaces older ones.

    Signals
    -------
    drawn(request, image)
    failed(film, sentence)
    """

    drawn = Signal(object, QImage)
    failed = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._pending: _Request | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    def submit(self, request: _Request) -> None:
        with self._wake:
            self._pending = request
            self._wake.notify()
        if self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._serve, name="film preview", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop the thread and wait for its end."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def _overtaken(self) -> bool:
        return self._stopping or self._pending is not None

    def _serve(self) -> None:
        drawer = _Drawer()
        while True:
            with self._wake:
                self._wake.wait_for(self._overtaken)
                request, self._pending = self._pending, None
            if self._stopping or request is None:
                return
            # If the window was destroyed meanwhile, the result is dropped.
            with suppress(RuntimeError):
                try:
                    image = drawer.draw(request, self._overtaken)
                    if image is not None:
                        self.drawn.emit(request, image)
                except UserError as error:
                    self.failed.emit(request.film, str(error))


class _Drawer:
    """Draws frames and caches what the next frame can reuse."""

    def __init__(self) -> None:
        self._known: Hashable = None
        self._subject: Subject | None = None
        self._settings: tuple[FilmSettings, float] | None = None
        self._frames: FilmFrames | None = None

    def draw(self, request: _Request, overtaken: Callable[[], bool]) -> QImage | None:
        film = request.film
        if self._subject is None or film.subject != self._known:
            self._subject = self._frames = None
            self._subject, self._known = film.make(), film.subject
        if self._frames is None or self._settings != (film.settings, request.factor):
            self._frames = FilmFrames(self._subject, film.settings, request.factor)
            self._settings = film.settings, request.factor
        pixels = self._frames.image(request.number, overtaken)
        return None if pixels is None else image_of(pixels)


class FilmPreview(QWidget):
    """Frame of a film, with a slider for its time and the frame's number.

    Signals
    -------
    presented(number)
        The frame that was requested last is shown.
    """

    presented = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.screen_ = PreviewScreen(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(tr("Place in the film"))
        self.slider.setToolTip(tr("Goes through the film"))
        self.place = QLabel(self)
        self.place.setProperty("muted", True)
        self.place.setAccessibleName(tr("Frame shown"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.screen_, 1)
        column.addWidget(self.slider)
        column.addWidget(self.place)
        self._film: PreviewFilm | None = None
        self._asked: _Request | None = None
        self._share = _FIRST_PLACE
        self._drawing = _Drawing(self)
        self._drawing.drawn.connect(self._show_drawn)
        self._drawing.failed.connect(self._show_failed)
        self.slider.valueChanged.connect(self._on_slider_moved)

    @property
    def image(self) -> QImage:
        """The image shown; null if there is none."""
        return self.screen_.image

    def is_current(self) -> bool:
        """Return whether the frame requested last, or its error, is shown."""
        return self._asked is None

    def show_film(self, film: PreviewFilm) -> None:
        """Show another film at the same fraction of its time."""
        self._film = film
        last = film.settings.count(film.steps) - 1
        self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        self.slider.setPageStep(max(last // 10, 1))
        self.slider.setValue(round(self._share * last))
        self.slider.blockSignals(False)
        self.slider.setEnabled(last > 0)
        self._request_frame()

    def show_sentence(self, sentence: str) -> None:
        """Show why there is no preview."""
        self._film = self._asked = None
        self.place.clear()
        self.screen_.show_sentence(sentence)

    def stop(self) -> None:
        """Stop the drawing thread; must be called before the widget is destroyed."""
        self._drawing.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._request_frame()

    def _show_drawn(self, request: _Request, image: QImage) -> None:
        # A late frame must not replace one that was requested later.
        if request.film is self._film:
            self.screen_.show_image(image)
        if request is self._asked:
            self._asked = None
            self.presented.emit(request.number)

    def _show_failed(self, film: PreviewFilm, sentence: str) -> None:
        if film is self._film:
            self._asked = None
            self.screen_.show_sentence(sentence)

    def _on_slider_moved(self, number: int) -> None:
        self._share = number / max(self.slider.maximum(), 1)
        self._request_frame()

    def _request_frame(self) -> None:
        film, number = self._film, self.slider.value()
        if film is None:
            return
        count, rate = film.settings.count(film.steps), film.settings.fps
        self.place.setText(tr("frame {0} of {1}, {2:.1f} s", number + 1, count, number / rate))
        ratio = self.devicePixelRatioF()
        room = self.screen_.contentsRect().size()
        factor = preview_factor(
            film.settings, max(round(room.width() * ratio), 1), max(round(room.height() * ratio), 1)
        )
        self._asked = _Request(film, number, factor)
        self._drawing.submit(self._asked)
