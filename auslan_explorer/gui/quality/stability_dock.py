"""The dock "Stability": pairs of signs over an ensemble of retrained maps, and the selected pair on each map."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from auslan_explorer import paths
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.quality.ensemble_form import EnsembleForm
from auslan_explorer.gui.quality.ensemble_grid import EnsembleGrid
from auslan_explorer.gui.quality.pair_table import PairModel
from auslan_explorer.gui.quality.pair_view import PairTable
from auslan_explorer.gui.settings.cluster import Cluster
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.number_box import IntegerBox
from auslan_explorer.gui.widgets.page import Heading, Page, PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.save_file import ask_where_to_save, tell_written
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.origin_tags import NOWHERE
from auslan_explorer.workflows.origin import ensemble_origin
from auslan_explorer.workflows.quality import close_maps, count_pairs, export_pairs

if TYPE_CHECKING:
    from auslan_explorer.analysis.stability import Pair

SIGN_NEIGHBOURS = 5
"""The default of `analysis.stability`, which is not imported before a dock needs it."""
_ABOUT = (
    "The article says that some neighbours on its map change with every retraining and some do not, and that "
    "those which do not are more likely to be real. Each sign is its mean path, its recordings stretched to one "
    "length. Two signs are neighbours where each is among the other’s nearest; it is counted on how many maps "
    "they are, by whole paths and by their ends alone. “Apart” is the distance of the mean paths in the space of "
    "all units; a ring there says that they are neighbours in it too."
)
_ABOUT_MAPS = (
    "Every map of the ensemble, laid over the one in the window by turning, mirroring, scaling and shifting "
    "(Procrustes analysis, Gower 1975). Grey: all last steps. A blue frame and a dot beside the seed: neighbours "
    "on this map."
)
_ABOUT_TRAIN = (
    "Trains 2-D maps that differ in their seed alone, by a quick recipe, one in each processor; they are kept for "
    "these activations. Those who have a Dask cluster give the address of its scheduler in the settings; its workers "
    "need this program, and whoever runs it can run code here."
)


class StabilityDock(QDockWidget):
    """Dock with an ensemble's pairs; it loads the ensemble when first shown."""

    def __init__(
        self, session: Session, jobs: Jobs, quality: QualityCommands, cluster: Cluster, parent: QWidget
    ) -> None:
        super().__init__(tr("Stability"), parent)
        self.setObjectName("stability")
        self._session, self._jobs, self._quality = session, jobs, quality
        self._pair: Pair | None = None
        page = Page(self)
        page.setMinimumWidth(34 * UNIT)
        inner = page.inner
        self.summary = muted_label("", inner)
        self.waiting = PendingResult(inner)
        self.search = QLineEdit(inner)
        self.search.setPlaceholderText(tr("Search signs"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search pairs of signs"))
        self.k = IntegerBox(inner)
        self.k.setRange(1, 20)
        self.k.setValue(SIGN_NEIGHBOURS)
        self.k.setKeyboardTracking(False)
        self.k.setAccessibleName(tr("Nearest signs that count as neighbours"))
        self.k.setToolTip(tr("Nearest signs that count as neighbours"))
        self.export = QPushButton(tr("Export…"), inner)
        self.export.setAccessibleName(tr("Export the pairs as CSV"))
        self.export.setToolTip(tr("Write the pairs that are listed as a CSV table"))
        self.model = PairModel(self)
        self.table = PairTable(self.model, inner)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.pair_said = QLabel(inner)
        self.pair_said.setTextFormat(Qt.TextFormat.PlainText)
        self.pair_said.setWordWrap(True)
        self.maps = EnsembleGrid(inner)
        self.training = EnsembleForm(session, jobs, cluster, inner)
        page.add(Heading(tr("Over retrained maps"), inner, tr(_ABOUT)), self.summary, self.waiting)
        page.add(ResponsiveRow(inner, self.search, self.export))
        self.k_label = QLabel(tr("Nearest signs that count"), inner)
        self.k_label.setWordWrap(True)
        page.add(ResponsiveRow(inner, self.k_label, None, self.k))
        self.maps_head = Heading(tr("The pair on every map"), inner, tr(_ABOUT_MAPS))
        page.add(self.table, self.maps_head, self.pair_said, self.maps)
        page.add(Heading(tr("Train an ensemble"), inner, tr(_ABOUT_TRAIN)), self.training)
        page.column.addStretch(1)
        self.setWidget(page)
        self.fit_to_text()
        self.search.textChanged.connect(self.model.search)
        self.k.valueChanged.connect(self._count)
        self.export.clicked.connect(self._export)
        self.training.trained.connect(quality.set_ensemble)
        self.waiting.again.connect(self._find_ensemble)
        self.visibilityChanged.connect(self._on_visibility_changed)
        quality.ensemble_changed.connect(self._show_ensemble)
        session.watch(("log_scale",), self._set_scale)
        self._show_ensemble()

    def fit_to_text(self) -> None:
        """Fit the table to the text size."""
        self.table.fit_to_text()

    # ------------------------------------------------------------------------------------------------- signals
    def _on_visibility_changed(self, visible: bool) -> None:
        if visible and not self._quality.sought:
            self._find_ensemble()

    def _find_ensemble(self) -> None:
        self.waiting.show_waiting(tr("Reading the ensemble of maps…"))
        self._quality.find_ensemble(self._show_ensemble)

    def _set_scale(self) -> None:
        self.maps.set_log_scale(self._session.state.log_scale)

    def _show_ensemble(self) -> None:
        """Show the present ensemble."""
        ensemble, sought = self._quality.ensemble, self._quality.sought
        if ensemble is not None and ensemble is self.maps.ensemble:
            return
        self._pair = None
        self.maps.set_ensemble(ensemble)
        self.maps.set_log_scale(self._session.state.log_scale)
        for part in (self.search, self.k_label, self.k, self.export, self.table, self.maps_head, self.pair_said):
            part.setVisible(ensemble is not None)
        self.pair_said.setText(tr("Choose a pair in the table."))
        self.summary.setText("")
        if ensemble is None:
            none = tr("No ensemble of maps is at hand for these activations. Train one below.")
            self.waiting.show_sentence(none if sought else "")
            if not sought and self.isVisible():
                self._find_ensemble()
            return
        self._count()

    def _count(self) -> None:
        ensemble = self._quality.ensemble
        if ensemble is None:
            return
        self.waiting.show_waiting(tr("Counting neighbours…"))
        job = self._jobs.start(
            tr("Counting neighbours"), partial(count_pairs, ensemble, self.k.value()), makes_something=False
        )
        self.waiting.show_job(job)
        job.done.connect(lambda pairs: self._show_pairs(pairs) if self._quality.ensemble is ensemble else None)

    def _show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        ensemble = self._quality.ensemble
        if ensemble is None:
            return
        self.waiting.show_sentence("")
        self.model.set_pairs(pairs, self._session.activations.names)
        stay = [pair for pair in pairs if pair.verdict == "stays"]
        real = sum(pair.path_true for pair in stay)
        self.summary.setText(
            tr(
                "{0}. Neighbours on 9 of 10 maps or more: {1} of {2}; of these, in the full space as well: {3} of {4}.",
                format_count(len(ensemble.seeds), "map"),
                len(stay),
                format_count(len(pairs), "pair"),
                real,
                len(stay),
            )
        )
        chosen = self._pair
        if chosen is not None:
            again = next((p for p in pairs if (p.one, p.other) == (chosen.one, chosen.other)), None)
            if again is not None:
                self._show_pair(again)

    # --------------------------------------------------------------------------------------------- selection and export
    def _on_row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid():
            return
        pair = self.model.rows[now.row()]
        self._show_pair(pair)
        signs = self._session.activations.sign
        select(self._session, np.flatnonzero((signs == pair.one) | (signs == pair.other)).tolist())

    def _show_pair(self, pair: Pair) -> None:
        ensemble = self._quality.ensemble
        if ensemble is None:
            return
        self._pair = pair
        close = close_maps(ensemble, pair.one, pair.other, self.k.value())
        one, other = (self._session.activations.names[sign] for sign in (pair.one, pair.other))
        full = tr("neighbours in the full space") if pair.path_true else tr("not neighbours in the full space")
        told = tr(
            "{0} (● line) and {1} (■ dashes): neighbours on {2} of {3} maps by paths, on {4} by their ends ({5}); {6}.",
            one,
            other,
            pair.path_maps,
            pair.maps,
            pair.end_maps,
            tr(pair.verdict),
            full,
        )
        self.pair_said.setText(told)
        self.maps.show_pair((pair.one, pair.other), close, told)

    def _export(self) -> None:
        offered = paths.home_dir() / f"{tr('pairs of signs')}.csv"
        ask_where_to_save(self, tr("Export pairs"), offered, tr("Table (*.csv)"), self.export_to)

    def export_to(self, file: Path) -> None:
        """Export the listed pairs as CSV in the background, and beside it what columns hold and where it is from."""
        a, ensemble = self._session.activations, self._quality.ensemble
        origin = NOWHERE if ensemble is None else ensemble_origin(ensemble, a)
        job = self._jobs.start(
            tr("Exporting {0}", file.name),
            partial(export_pairs, list(self.model.rows), a.names, file, a.wording, origin, describe=True),
            makes_something=True,
        )
        job.done.connect(lambda _: tell_written(self, file))
        job.failed.connect(lambda sentence, details: self.waiting.show_sentence(sentence))
