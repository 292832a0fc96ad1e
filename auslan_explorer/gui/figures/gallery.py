"""Gallery of the figures: a thumbnail of the open activations and a sentence for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.draw.presets import FIGURES, Figure, figures_of, first_of_mistakes
from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.style import UNIT, current_theme
from auslan_explorer.gui.widgets.guide_link import link_to_guide

THUMBNAIL = QSize(232, 176)
_CARD = THUMBNAIL.width() + 3 * UNIT


def thumbnail(figure: Figure, activations: Activations, theme: Theme, ratio: float = 1.0) -> QImage:
    """Return a small picture of a figure, without text.

    Raises
    ------
    UserError
        If the figure cannot be drawn from these activations.
    """
    from auslan_explorer.draw.architecture import architecture_image
    from auslan_explorer.draw.figures import figure_picture
    from auslan_explorer.draw.picture import to_image

    size = round(THUMBNAIL.width() * ratio), round(THUMBNAIL.height() * ratio)
    if not figure.dims:
        image = architecture_image(figure.number, activations, size, theme)
    else:
        picture = figure_picture(figure.number, activations, size, theme)
        bare = replace(picture.scene, labels=(), time_legend=None, legend_entries=(), scale_legend=None)
        image = to_image(replace(picture, scene=bare, title="", note="", axes=False, scale=0.6 * ratio))
    image.setDevicePixelRatio(ratio)
    return image


def draw_thumbnails(
    numbers: Sequence[int],
    activations: Activations,
    theme: Theme,
    ratio: float,
    on_drawn: Callable[[int, QImage], None],
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> None:
    """Draw thumbnails of figures, one after another.

    Parameters
    ----------
    numbers : sequence of int
        Numbers of the figures.
    activations : Activations
    theme : Theme
    ratio : float
        Device pixels per logical pixel.
    on_drawn : callable
        Given each figure's number and image; the image is null if the figure cannot be drawn.
    progress, cancelled : callable, optional

    Raises
    ------
    Cancelled
        If `cancelled` returns True.
    """
    from auslan_explorer.io.model_lookup import with_networks

    found = with_networks(activations)
    for done, number in enumerate(numbers):
        if cancelled():
            raise Cancelled
        progress(done / len(numbers), tr("figure {0}", number))
        try:
            image = thumbnail(figures_of(found)[number], found, theme, ratio)
        except UserError:
            image = QImage()
        if cancelled():
            raise Cancelled
        on_drawn(number, image)


class FigureCard(QPushButton):
    """Button with a figure's thumbnail, title and sentence."""

    def __init__(self, figure: Figure, activations: Activations, parent: QWidget) -> None:
        super().__init__(parent)
        self.figure = figure
        self.picture = QLabel(self)
        self.picture.setFixedSize(THUMBNAIL)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(UNIT // 2)
        for label in (self.picture, self.title, self.sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.addStretch(1)
        self.setFixedWidth(_CARD)
        # Cards of one row have the same height.
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.MinimumExpanding)
        self.show_of(activations)
        # Otherwise the first card looks pressed, as the dialog's default button.
        self.setAutoDefault(False)

    def show_of(self, activations: Activations) -> None:
        """Say what the figure shows of some activations; where it cannot be shown, say why and disable the card.

        A picture that was shown before goes: it is of other activations, or in another theme.
        """
        figure = self.figure = figures_of(activations).get(self.figure.number, self.figure)
        reason = figure.disabled_reason(activations, activations.projections)
        merged = figure.shows_all_mistakes(activations)
        name = tr(figure.title_of(activations))
        last = max(figures_of(activations))
        number = tr("{0} to {1}", first_of_mistakes(activations), last) if merged else str(figure.number)
        numbered = activations.wording.of_signs
        self.title.setText(tr("<b>{0}</b>&nbsp; {1}", number, name) if numbered else f"<b>{name}</b>")
        self.setAccessibleName(tr("Figure {0}, {1}", number, name) if numbered else name)
        sentence = reason or tr(figure.description(activations))
        self.sentence.setText(sentence)
        self.setEnabled(not reason)
        self.setAccessibleDescription(sentence)
        self.picture.clear()

    def sizeHint(self) -> QSize:
        """Return the size of the card's content; a button's own is that of its text."""
        layout = self.layout()
        assert layout is not None
        return QSize(_CARD, layout.totalHeightForWidth(_CARD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class GalleryDialog(QDialog):
    """Cards of all figures; thumbnails are drawn in the background.

    Signals
    -------
    chosen(number)
        A figure was chosen.
    """

    chosen = Signal(int)
    _drawn = Signal(int, int, QImage)

    def __init__(self, activations: Activations, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Figures of the article"))
        link_to_guide(self, "figures")
        inner = QWidget(self)
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._grid.setSpacing(UNIT)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.cards: dict[int, FigureCard] = {}
        for number, figure in FIGURES.items():
            card = FigureCard(figure, activations, inner)
            card.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            self.cards[number] = card
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._columns = 0
        room = self.screen().availableGeometry()
        self.resize(min(3 * (_CARD + UNIT) + 6 * UNIT, room.width() - 80), min(760, room.height() - 80))
        self._drawn.connect(self._show_drawn)
        self._jobs = jobs
        self._job: Job | None = None
        self._round = 0
        self.show_data(activations)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the thumbnails in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_data(self._activations)

    def show_data(self, activations: Activations) -> None:
        """Show other activations, and redraw the thumbnails."""
        self._activations = activations
        self._stop()
        self._round += 1
        for number, card in self.cards.items():
            card.show_of(activations)
            # One card where figures are one.
            one_of_them = number != first_of_mistakes(activations) and card.figure.shows_all_mistakes(activations)
            card.setVisible(number in figures_of(activations) and not one_of_them)
        numbers = [number for number, card in self.cards.items() if card.isEnabled() and not card.isHidden()]
        drawn = partial(self._drawn.emit, self._round)
        drawing = partial(draw_thumbnails, numbers, activations, current_theme(), self.devicePixelRatioF(), drawn)
        job = self._job = self._jobs.start(tr("Drawing thumbnails"), drawing, makes_something=False)
        job.failed.connect(self._show_failure)
        job.finished.connect(lambda: self._on_job_ended(job))

    def _show_drawn(self, round_: int, number: int, image: QImage) -> None:
        if round_ != self._round:  # of earlier activations or another theme
            return
        picture = self.cards[number].picture
        if image.isNull():
            self._tell(picture, tr("The network\u2019s file is not at hand."))
        else:
            picture.setPixmap(QPixmap.fromImage(image))

    def _show_failure(self, sentence: str, details: str) -> None:
        """Say on every card that is left why it has no picture."""
        for card in self.cards.values():
            if card.isEnabled() and card.picture.pixmap().isNull() and not card.picture.text():
                self._tell(card.picture, sentence)

    @staticmethod
    def _tell(picture: QLabel, sentence: str) -> None:
        picture.setText(sentence)
        picture.setWordWrap(True)

    def _on_job_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max((self.width() - 6 * UNIT + UNIT) // (_CARD + UNIT), 1)
        if columns != self._columns:
            self._columns = columns
            for place, card in enumerate(self.cards.values()):
                self._grid.addWidget(card, place // columns, place % columns)

    def done(self, result: int) -> None:
        """Stop drawing thumbnails and close the dialog."""
        self._stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()
            # The thread must not signal to a dialog that has been destroyed.
            job.wait(2.0)
