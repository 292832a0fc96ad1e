"""The work behind what the map is worth, without Qt: each function returns what `gui.jobs.Jobs.start` runs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.i18n import said

if TYPE_CHECKING:
    from auslan_explorer.analysis.assessment import Assessment
    from auslan_explorer.analysis.stability import Pair
    from auslan_explorer.training.ensemble import SeedMap


NO_AUTOENCODER = (
    "The autoencoder behind this map is not at hand, so what it loses cannot be told; train one, or open the map with "
    "its networks."
)


def find_autoencoder(activations: Activations, projection: Projection, run: str) -> Autoencoder | None:
    """Return the autoencoder that made a projection, from the model files at hand or the kept run; None if neither."""
    from auslan_explorer.io.at_hand import autoencoder_of
    from auslan_explorer.training.runs import RunStore

    found = autoencoder_of(activations, projection)
    if found is None and run:
        with suppress(UserError):
            kept = RunStore().read(run).autoencoder
            found = kept if kept.fingerprint == projection.fingerprint else None
    return found


def known(projection: Projection, colouring: Colouring, neighbours: int) -> bool:
    """Return whether what a colouring needs is measured."""
    measured = projection.measured
    if colouring is Colouring.ERROR:
        return measured.error is not None
    return neighbours in (measured.trust if colouring is Colouring.TRUST else measured.continuity)


def measuring(
    activations: Activations,
    projections: Mapping[int, Projection],
    colouring: Colouring,
    neighbours: int,
    find: Callable[[Projection], Autoencoder | None],
) -> Callable[..., None]:
    """Measure every point of some projections; what is found is kept on them.

    Of several projections, one whose autoencoder is not at hand is left out; of a single one that is an error.
    """

    def work(*, progress: Progress, cancelled: IsCancelled) -> None:
        missing = [p for p in projections.values() if not known(p, colouring, neighbours)]
        done = 0
        for number, projection in enumerate(missing):
            start, stop = number / len(missing), (number + 1) / len(missing)

            def tell(fraction: float, text: str, start: float = start, stop: float = stop) -> None:
                progress(start + (stop - start) * fraction, text)

            if colouring is Colouring.ERROR:
                autoencoder = find(projection)
                if autoencoder is None:
                    continue
                measure_error(activations, projection, autoencoder, cancelled)
            else:
                measure_neighbours(activations, projection, colouring, neighbours, tell, cancelled)
            done += 1
        if missing and not done:
            raise UserError(said(NO_AUTOENCODER))

    return work


def measure_error(
    activations: Activations, projection: Projection, autoencoder: Autoencoder, cancelled: IsCancelled = never
) -> np.ndarray:
    """Return each real step's reconstruction error, computed once for a projection."""
    from auslan_explorer.analysis.step_errors import point_errors

    if projection.measured.error is None:
        projection.measured.error = point_errors(activations, autoencoder, cancelled)
    return projection.measured.error


def measure_neighbours(
    activations: Activations,
    projection: Projection,
    colouring: Colouring,
    neighbours: int,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> None:
    """Measure each real step's trustworthiness or continuity, and keep it on the projection."""
    from auslan_explorer.analysis.point_worth import point_trust, references

    states, points = activations.all_states(), projection.points
    among = references(len(states))
    if colouring is Colouring.TRUST:
        values = point_trust(states, points, neighbours, among, progress, cancelled)
        projection.measured.trust[neighbours] = values
    else:
        values = point_trust(points, states, neighbours, among, progress, cancelled)
        projection.measured.continuity[neighbours] = values


@dataclass(frozen=True, eq=False)
class Found:
    """An ensemble of the activations that are open, laid over their 2-D map; None where there is none."""

    ensemble: Ensemble | None


def finding_ensemble(activations: Activations, projection: Projection | None) -> Callable[..., Found]:
    """Find the ensemble of these activations, the person's own or the one that ships."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Found:
        from auslan_explorer.analysis.neighbours import fingerprint
        from auslan_explorer.io.stability_store import find_ensemble

        if not activations.real_steps:
            return Found(None)
        ensemble = find_ensemble(fingerprint(activations.all_states(), activations.lengths))
        if ensemble is None or ensemble.signs != activations.signs or ensemble.ends.shape[1] != len(activations):
            return Found(None)
        return Found(lay_over(activations, ensemble, projection))

    return work


def lay_over(activations: Activations, ensemble: Ensemble, projection: Projection | None) -> Ensemble:
    """Return an ensemble laid over a projection, or its first map, and keep the signs' ends on the projection."""
    from auslan_explorer.analysis.stability import laid_over, mean_paths

    if projection is None or projection.dims != ensemble.dims:
        return laid_over(ensemble)
    laid = laid_over(ensemble, mean_paths(activations, projection.points, ensemble.paths.shape[2]))
    projection.measured.ends = laid.sign_ends()
    return laid


@dataclass(frozen=True, eq=False)
class Assessed:
    """A map's figures, those of principal components, in a sentence what they were measured on, and the article's.

    The article's are by the names of `analysis.quality.Quality`; empty where they are not known.
    """

    own: Assessment
    pca: Assessment
    measured_on: str
    published: Mapping[str, float]


def assessing(
    activations: Activations,
    projection: Projection,
    neighbours: int,
    find: Callable[[Projection], Autoencoder | None],
) -> Callable[..., Assessed]:
    """Measure a map and its yardstick."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Assessed:
        from auslan_explorer.analysis.assessment import assess, assess_pca
        from auslan_explorer.analysis.quality import held_out

        def first(fraction: float, text: str) -> None:
            progress(fraction / 2, text)

        def second(fraction: float, text: str) -> None:
            progress(0.5 + fraction / 2, text)

        own = assess(activations, projection.points, find(projection), neighbours, first, cancelled)
        yardstick = assess_pca(activations, projection.dims, neighbours, second, cancelled)
        chosen = held_out(activations)
        if chosen is None:
            told = said("Measured on all {0} recordings: which of them trained the map is not known.", len(activations))
        else:
            told = said("Measured on {0} test recordings, which trained nothing.", int(chosen.sum()))
        return Assessed(own, yardstick, told, published_figures(projection.dims))

    return work


def published_figures(dims: int) -> Mapping[str, float]:
    """Return what the article's own map reaches, as the models' figures tell it; empty where these are missing."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        figures = json.loads(paths.ships("figures.json").read_text(encoding="utf-8"))
        told = figures["published"]["projections"][f"{dims}d"]
        return {name: float(value) for name, value in told.items() if isinstance(value, int | float)}
    return {}


def training_ensemble(
    activations: Activations, seeds: Sequence[int], address: str, on_map: Callable[[SeedMap], None]
) -> Callable[..., Ensemble]:
    """Train an ensemble of 2-D maps, here or on a cluster, and keep it in the person's folder."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Ensemble:
        from auslan_explorer.training.ensemble import train_ensemble
        from auslan_explorer.training.settings import quick_autoencoder

        settings = quick_autoencoder(2)
        if address:
            from auslan_explorer.training.cluster import train_on_cluster

            done = train_on_cluster(activations, settings, seeds, address, progress, cancelled, on_map)
        else:
            workers = os.cpu_count() or 1
            done = train_ensemble(activations, settings, seeds, workers, progress, cancelled, on_map)
        return _kept(activations, done.maps)

    return work


def keeping_ensemble(activations: Activations, maps: Sequence[SeedMap]) -> Callable[..., Ensemble]:
    """Compare and keep the maps that were finished when the training was stopped."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Ensemble:
        return _kept(activations, sorted(maps, key=lambda each: each.seed))

    return work


def _kept(activations: Activations, maps: Sequence[SeedMap]) -> Ensemble:
    from auslan_explorer.io.stability_store import keep_ensemble
    from auslan_explorer.training.ensemble import gather
    from auslan_explorer.training.settings import quick_autoencoder

    ensemble = gather(activations, maps, quick_autoencoder(2))
    keep_ensemble(ensemble)
    return ensemble


def counting_pairs(ensemble: Ensemble, neighbours: int) -> Callable[..., tuple[Pair, ...]]:
    """Count over all maps on how many each pair of signs are neighbours."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> tuple[Pair, ...]:
        from auslan_explorer.analysis.stability import pairs

        return pairs(ensemble, neighbours)

    return work


def close_maps(ensemble: Ensemble, one: int, other: int, neighbours: int) -> np.ndarray:
    """Return on which maps two signs are among each other's nearest by whole paths, bool, shape (maps,)."""
    from auslan_explorer.analysis.stability import mutual_neighbours, path_distances

    near = [mutual_neighbours(path_distances(paths), neighbours)[one, other] for paths in ensemble.paths]
    return np.array(near, dtype=bool)


def exporting_pairs(pairs: Sequence[Pair], signs: Sequence[str], file: Path) -> Callable[..., Path]:
    """Write pairs as CSV."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Path:
        from auslan_explorer.io.pairs_export import write_pairs

        write_pairs(file, pairs, signs)
        return file

    return work
