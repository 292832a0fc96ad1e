"""The dock "Map quality": metrics beside principal components, error by step, and neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtWidgets import QComboBox, QDockWidget, QLabel, QWidget

from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import MOST_NEIGHBOURS, Session
from auslan_explorer.core.shares import percent
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.quality.figure_table import FigureTable
from auslan_explorer.gui.quality.map_layers import MapLayers
from auslan_explorer.gui.quality.neighbour_lists import NeighbourLists
from auslan_explorer.gui.quality.step_plot import StepPlot
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.number_box import IntegerBox
from auslan_explorer.gui.widgets.page import Heading, Page, PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.workflows.quality import NO_AUTOENCODER, MapFigures, assess_map

_ABOUT = (
    "Explained variance is the share of what varies in the hidden states that the map gives back (1: all of it); "
    "the errors are mean squared differences a unit. Trustworthiness asks whether neighbours on the map are "
    "neighbours in the full space, continuity the other way round (Venna and Kaski 2001; scikit-learn, on 4 000 "
    "steps). Sign accuracy is how often the 5 nearest last steps on the map agree on the right sign. Trust elsewhere "
    "is trustworthiness among steps of other recordings alone. A path is torn where a step is longer than a tenth of "
    "the map, as it is or after its signed log; the largest step is a share of its path, in the median; step "
    "correlation compares how far points and states move. PCA is the "
    "best flat map by a straight projection: the yardstick; the article’s own map is of its own network, measured "
    "on all recordings."
)
_ABOUT_STEPS = (
    "At each step of the network, the share of what tells recordings apart there that the map gives back, or its "
    "mean squared error. Where the line falls, points of that step are not to be believed: the article’s maps "
    "were trained on steps 10 to 64 and fall apart after step 65. Click to go to a step."
)
_ABOUT_NEAR = (
    "Both lists rank recordings by the distance of last steps, once on the map and once between hidden states "
    "(Euclidean). A recording with a full dot is in both; one with an empty dot only here."
)
_ABOUT_LENGTHS = (
    "How many steps are how long: in the space of all units, and on the map as it is shown. Lengths are counted in "
    "mean steps, each in its own; whatever is longer than five is in the last place. A map whose line reaches far to "
    "the right tears paths that do not jump. Length alone is compared (Indyk and Matousek 2004 on the distortion of "
    "embeddings); a single recording’s steps are in the inspector, and on the map by the colouring “step distortion”."
)
_VARIANCE, _ERROR = mark("explained variance"), mark("mean squared error")
_NETWORK, _FROM_END = mark("by step"), mark("from the end")


@dataclass(frozen=True)
class _Question:
    """What was measured: a projection with a number of neighbours."""

    projection: Projection
    neighbours: int


class QualityDock(QDockWidget):
    """Dock with a map's quality; it measures when it is shown, and follows map and selection."""

    def __init__(self, session: Session, jobs: Jobs, quality: QualityCommands, parent: QWidget) -> None:
        super().__init__(tr("Map quality"), parent)
        self.setObjectName("quality")
        self._session, self._jobs, self._quality = session, jobs, quality
        self._known: dict[_Question, MapFigures] = {}
        self._job: Job | None = None
        self._asked: _Question | None = None
        page = Page(self)
        page.setMinimumWidth(34 * UNIT)
        inner = page.inner
        self.dims = QComboBox(inner)
        self.dims.setAccessibleName(tr("Which map"))
        self.dims.addItems([tr("2-D map"), tr("3-D map")])
        self.k = IntegerBox(inner)
        self.k.setRange(1, MOST_NEIGHBOURS)
        self.k.setKeyboardTracking(False)
        self.k.setAccessibleName(tr("Neighbours that trustworthiness and continuity ask for"))
        self.k.setToolTip(tr("Neighbours that trustworthiness and continuity ask for, on the map’s colours too"))
        self.table = FigureTable(inner)
        self.told = muted_label("", inner)
        self.waiting = PendingResult(inner)
        self.value = QComboBox(inner)
        self.value.setAccessibleName(tr("What is drawn for each step"))
        self.value.addItems([tr(_VARIANCE), tr(_ERROR)])
        self.counted = QComboBox(inner)
        self.counted.setAccessibleName(tr("How steps are counted"))
        self.counted.addItems([tr(_NETWORK), tr(_FROM_END)])
        self.plot = StepPlot(inner)
        self.no_plot = muted_label(tr(NO_AUTOENCODER), inner)
        self.lengths = LinePlot(
            tr("Share of steps by length"),
            inner,
            height=15 * UNIT,
            title=tr("tenths of a mean step; the last: longer"),
        )
        self.neighbours = NeighbourLists(session, inner)
        for control in (self.dims, self.value, self.counted):
            control.currentTextChanged.connect(self._show)
        page.add(ResponsiveRow(inner, self.dims, None, QLabel(tr("Neighbours"), inner), self.k))
        page.add(Heading(tr("What the map keeps"), inner, tr(_ABOUT)), self.waiting, self.table, self.told)
        page.add(Heading(tr("Step by step"), inner, tr(_ABOUT_STEPS)))
        page.add(ResponsiveRow(inner, self.value, self.counted, None))
        page.add(self.plot, self.no_plot)
        page.add(Heading(tr("True steps and steps on the map"), inner, tr(_ABOUT_LENGTHS)), self.lengths)
        page.add(Heading(tr("Neighbours compared"), inner, tr(_ABOUT_NEAR)), self.neighbours)
        self.layers = MapLayers(session, quality, inner)
        page.add(self.layers)
        page.column.addStretch(1)
        self.setWidget(page)
        self.fit_to_text()
        self.k.valueChanged.connect(quality.set_neighbours)
        self.waiting.again.connect(self._start_measuring)
        self.plot.step_chosen.connect(lambda step: session.update(step=step))
        self.visibilityChanged.connect(self._on_visibility_changed)
        session.watch(("step",), self._show_step)
        session.watch(("run_2d", "run_3d", "neighbours", "log_scale"), self._show)
        session.watch(("selected",), self._show_neighbours)
        session.data_changed.connect(self._reset)
        self._reset()

    def fit_to_text(self) -> None:
        """Fit the table to the text size."""
        self.table.fit_to_text()

    # ------------------------------------------------------------------------------------------------- signals
    def _on_visibility_changed(self, visible: bool) -> None:
        if visible:
            self._show()
        elif self._job is not None:
            # Nobody sees it; it begins again once it is in front.
            self._job.cancel()
            self._job = self._asked = None

    def _reset(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._known.clear()
        self._asked = None
        self._show()

    def _show_step(self) -> None:
        self.plot.set_step(self._session.state.step)

    def _show_neighbours(self) -> None:
        if self.isVisible():
            self.neighbours.show_neighbours(self._projection())

    def _dims(self) -> int:
        return 3 if self.dims.currentIndex() else 2

    def _projection(self) -> Projection | None:
        return self._session.projections.get(self._dims())

    # ------------------------------------------------------------------------------------------------- display
    def _show(self) -> None:
        state, projection = self._session.state, self._projection()
        self.k.blockSignals(True)
        self.k.setValue(state.neighbours)
        self.k.blockSignals(False)
        if not self.isVisible():
            return
        self.neighbours.show_neighbours(projection)
        self.plot.set_step(state.step)
        found = None if projection is None else self._known.get(_Question(projection, state.neighbours))
        self.table.setVisible(projection is not None)
        self._show_figures(found)
        self._show_steps(found)
        self._show_lengths(found)
        if projection is None:
            self.waiting.show_sentence(tr("There is no {0}-D map of these activations.", self._dims()))
        elif found is not None:
            self.waiting.show_sentence("")
        else:
            self._start_measuring()

    def _start_measuring(self) -> None:
        projection = self._projection()
        if projection is None:
            return
        question = _Question(projection, self._session.state.neighbours)
        if self._job is not None and self._asked == question:
            return
        if self._job is not None:
            self._job.cancel()
        activations = self._session.activations
        assessing = partial(assess_map, activations, projection, question.neighbours, self._quality.autoencoder)
        self.waiting.show_waiting(tr("Measuring the map…"))
        self._asked = question
        self._job = job = self._jobs.start(tr("Measuring the map"), assessing, makes_something=False)
        self.waiting.show_job(job)
        job.done.connect(lambda found: self._on_measured(question, found))
        job.finished.connect(lambda: self._on_job_ended(job))

    def _on_measured(self, question: _Question, found: MapFigures) -> None:
        self._known[question] = found
        self._on_job_ended(self._job)
        self._show()

    def _on_job_ended(self, job: Job | None) -> None:
        if job is self._job:
            self._job = None

    def _show_figures(self, found: MapFigures | None) -> None:
        self.table.show_figures(found)
        self.told.setText("" if found is None else _measured_on(found))

    def _show_steps(self, found: MapFigures | None) -> None:
        share, from_end = self.value.currentIndex() == 0, self.counted.currentIndex() == 1
        values = {}
        for name, one in (
            (tr("this map"), None if found is None else found.own),
            (tr("PCA"), None if found is None else found.pca),
        ):
            steps = None if one is None else one.from_end if from_end else one.by_step
            if steps is not None:
                values[name] = steps.explained if share else steps.mse
        known = found is None or found.own.by_step is not None
        self.plot.setVisible(known)
        self.no_plot.setVisible(not known)
        self.plot.show_values(values, from_end=from_end, share=share)

    def _show_lengths(self, found: MapFigures | None) -> None:
        self.lengths.setVisible(found is not None)
        if found is None:
            return
        shares = ((tr("this map"), found.steps.shown[self._session.state.log_scale], "accent"),
                  (tr("hidden state"), found.steps.true, "foreground"))  # fmt: skip
        lines = [Line(name, np.arange(len(y)), y, role) for name, y, role in shares]
        high = max(float(np.nanmax(line.y, initial=0.01)) for line in lines)
        self.lengths.show_lines(lines, high=1.05 * high, choosable=False)
        self.lengths.setAccessibleDescription(
            "; ".join(tr("{0}: {1} are longer than five mean steps", line.name, percent(line.y[-1])) for line in lines)
        )


def _measured_on(found: MapFigures) -> str:
    if found.held_out:
        told = tr("Measured on {0}, which trained nothing.", format_count(found.recordings, "test recording"))
        if found.mean_path is None:
            return told
        return (
            told
            + " "
            + tr(
                "The mean path of each one’s own sign, over training recordings, explains {0} of their variance.",
                f"{found.mean_path:.3f}",
            )
        )
    return tr("Measured on all recordings ({0}): which of them trained the map is not known.", found.recordings)
