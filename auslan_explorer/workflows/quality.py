"""Jobs of map quality: quality of points, figures of a map, and training, saving and comparing ensembles."""

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
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.session import Colouring
from auslan_explorer.core.words import Words
from auslan_explorer.io.origin_tags import Origin

if TYPE_CHECKING:
    from auslan_explorer.analysis.assessment import Assessment
    from auslan_explorer.analysis.stability import Pair
    from auslan_explorer.analysis.step_lengths import StepShares
    from auslan_explorer.training.cluster import TlsFiles
    from auslan_explorer.training.ensemble import SeedMap, Trainings
    from auslan_explorer.training.settings import AutoencoderSettings

FindAutoencoder = Callable[[Projection], Autoencoder | None]
"""Returns the autoencoder that made a projection; None where it is not found."""

NO_AUTOENCODER = (
    "The autoencoder behind this map is not at hand, so what it loses cannot be told; train one, or open the map with "
    "its networks."
)

NO_DECODER = (
    "The autoencoder behind the 2-D map is not at hand, so what its places stand for is not known; train a map, or "
    "open one with its networks."
)
NO_LANDSCAPE = "What the network would answer for a state is not known: its last layer is not at hand, or reads more."


# ------------------------------------------------------------------------------------------------- points of a map
def find_autoencoder(activations: Activations, projection: Projection, run: str) -> Autoencoder | None:
    """Find the autoencoder that made a projection, among the model files or in the saved run; None if in neither."""
    from auslan_explorer.io.model_lookup import find_autoencoder
    from auslan_explorer.training.runs import RunStore

    found = find_autoencoder(activations, projection)
    if found is None and run:
        with suppress(UserError):
            kept = RunStore().read(run).autoencoder
            found = kept if kept.fingerprint == projection.fingerprint else None
    return found


def is_measured(projection: Projection, colouring: Colouring, neighbours: int) -> bool:
    """Return whether the quality measure that a colouring needs has been computed."""
    measured = projection.measured
    if colouring is Colouring.ERROR:
        return measured.error is not None
    if colouring is Colouring.DISTORTION:
        return measured.distortion is not None
    return neighbours in (measured.trust if colouring is Colouring.TRUST else measured.continuity)


def measure_points(
    activations: Activations,
    projections: Mapping[int, Projection],
    colouring: Colouring,
    neighbours: int,
    find: FindAutoencoder,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> dict[int, PointQuality]:
    """Compute the quality measure of every point that a colouring needs, for some projections.

    Of several projections, those measured already and those whose autoencoder is not found are left out.

    Parameters
    ----------
    activations : Activations
    projections : mapping of int to Projection
        By their dimensions.
    colouring : Colouring
        One of `core.session.OF_MAP`.
    neighbours : int
        Neighbours k of trustworthiness and continuity.
    find : callable
    progress, cancelled : callable, optional

    Returns
    -------
    dict of int to PointQuality
        By number of dimensions; not yet added to the projections.

    Raises
    ------
    UserError
        If the autoencoder of no projection is found, and none is measured already.
    Cancelled
    """
    missing = {dims: p for dims, p in projections.items() if not is_measured(p, colouring, neighbours)}
    found: dict[int, PointQuality] = {}
    for number, (dims, projection) in enumerate(missing.items()):
        if colouring is Colouring.ERROR:
            autoencoder = find(projection)
            if autoencoder is None:
                continue
            found[dims] = measure_error(activations, autoencoder, cancelled)
        elif colouring is Colouring.DISTORTION:
            found[dims] = measure_distortion(activations, projection)
        else:
            own = part(progress, number / len(missing), (number + 1) / len(missing))
            found[dims] = measure_neighbours(activations, projection, colouring, neighbours, own, cancelled)
    if projections and not found and len(missing) == len(projections):
        raise UserError(NO_AUTOENCODER)
    return found


def measure_error(activations: Activations, autoencoder: Autoencoder, cancelled: IsCancelled) -> PointQuality:
    """Compute each real step's reconstruction error, as a `PointQuality`."""
    from auslan_explorer.analysis.step_errors import point_errors

    return PointQuality(error=point_errors(activations, autoencoder, cancelled))


def measure_distortion(activations: Activations, projection: Projection) -> PointQuality:
    """Compute each real step's distortion, as a `PointQuality`."""
    from auslan_explorer.analysis.step_distortion import step_distortion

    return PointQuality(distortion=step_distortion(activations, projection))


def measure_landscape(
    activations: Activations,
    projection: Projection,
    autoencoder: Autoencoder | None,
    *,
    log_scale: bool,
    cancelled: IsCancelled = never,
) -> PointQuality:
    """Compute what the network answers at each place of a 2-D map, as a `PointQuality`.

    Raises
    ------
    UserError
        If the autoencoder is None, or the network's answers at a step are not known.
    Cancelled
    """
    from auslan_explorer.analysis.landscape import decision_landscape

    if autoencoder is None:
        raise UserError(NO_DECODER)
    head = activations.head
    if head is None or not activations.head_agrees:
        raise UserError(NO_LANDSCAPE)
    found = decision_landscape(activations, projection, autoencoder, head, log_scale=log_scale, cancelled=cancelled)
    return PointQuality(landscapes={log_scale: found})


def measure_neighbours(
    activations: Activations,
    projection: Projection,
    colouring: Colouring,
    neighbours: int,
    progress: Progress,
    cancelled: IsCancelled,
) -> PointQuality:
    """Compute each real step's trustworthiness or continuity, as a `PointQuality`."""
    from auslan_explorer.analysis.point_quality import point_trust, references

    states, points = activations.all_states(), projection.points
    among = references(len(states))
    if colouring is Colouring.TRUST:
        return PointQuality(trust={neighbours: point_trust(states, points, neighbours, among, progress, cancelled)})
    return PointQuality(continuity={neighbours: point_trust(points, states, neighbours, among, progress, cancelled)})


# ------------------------------------------------------------------------------------------------- figures of a map
@dataclass(frozen=True, eq=False)
class MapFigures:
    """Quality figures of a map, and the baselines to compare them with.

    Attributes
    ----------
    own, pca : Assessment
        Of the map, and of as many principal components.
    recordings : int
        Number of recordings they were measured on.
    held_out : bool
        Whether these are test recordings, which trained nothing; else the training recordings are not known.
    published : mapping of str to float
        Figures of the article's map, by the names of `analysis.quality.Quality`; empty where they are not known.
    steps : StepShares
        How long steps are, of all recordings.
    mean_path : float or None
        Share of the variance that signs' mean paths explain on the same recordings; see `analysis.yardsticks`.
    """

    own: Assessment
    pca: Assessment
    recordings: int
    held_out: bool
    published: Mapping[str, float]
    steps: StepShares
    mean_path: float | None


def assess_map(
    activations: Activations,
    projection: Projection,
    neighbours: int,
    find: FindAutoencoder,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> MapFigures:
    """Measure a map's quality figures, beside those of principal components and of the article's map, and its steps."""
    from auslan_explorer.analysis.assessment import assess, assess_pca
    from auslan_explorer.analysis.quality import held_out
    from auslan_explorer.analysis.step_lengths import step_shares
    from auslan_explorer.analysis.yardsticks import mean_path_explained

    autoencoder = find(projection)
    own = assess(activations, projection.points, autoencoder, neighbours, part(progress, 0.0, 0.5), cancelled)
    yardstick = assess_pca(activations, projection.dims, neighbours, part(progress, 0.5, 1.0), cancelled)
    chosen = held_out(activations)
    recordings = len(activations) if chosen is None else int(chosen.sum())
    steps = step_shares(activations.all_states(), projection, activations.offsets)
    mean_path = mean_path_explained(activations)
    published = published_figures(projection.dims)
    return MapFigures(own, yardstick, recordings, chosen is not None, published, steps, mean_path)


def published_figures(dims: int) -> Mapping[str, float]:
    """Read the quality figures of the article's map from ``figures.json``; empty where that is missing."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        figures = json.loads(paths.ships("figures.json").read_text(encoding="utf-8"))
        told = figures["published"]["projections"][f"{dims}d"]
        return {name: float(value) for name, value in told.items() if isinstance(value, int | float)}
    return {}


# ------------------------------------------------------------------------------------------------- ensembles
def find_laid_ensemble(activations: Activations, projection: Projection | None) -> Ensemble | None:
    """Find the ensemble of these activations, the person's own or the shipped one, aligned with their 2-D map.

    None where there is none.
    """
    from auslan_explorer.analysis.neighbours import fingerprint
    from auslan_explorer.io.stability_store import find_ensemble

    if not activations.real_steps:
        return None
    ensemble = find_ensemble(fingerprint(activations.states, activations.lengths))
    if ensemble is None or ensemble.signs != activations.signs or ensemble.ends.shape[1] != len(activations):
        return None
    return lay_over(activations, ensemble, projection)


def lay_over(activations: Activations, ensemble: Ensemble, projection: Projection | None) -> Ensemble:
    """Align an ensemble with a projection, or with its first map where the projection has other dimensions."""
    from auslan_explorer.analysis.stability import align_ensemble, mean_paths

    if projection is None or projection.dims != ensemble.dims:
        return align_ensemble(ensemble)
    return align_ensemble(ensemble, mean_paths(activations, projection.points, ensemble.paths.shape[2]))


def measured_ends(ensemble: Ensemble, projection: Projection | None) -> PointQuality:
    """Return the signs' ends on an aligned ensemble as a `PointQuality`; empty where the dimensions differ."""
    if projection is None or projection.dims != ensemble.dims:
        return PointQuality()
    return PointQuality(ends=ensemble.sign_ends())


def train_maps(
    activations: Activations,
    settings: AutoencoderSettings,
    seeds: Sequence[int],
    *,
    cluster: str | None,
    tls: TlsFiles | None = None,
    workers: int | None = None,
    on_map: Callable[[SeedMap], None],
    progress: Progress,
    cancelled: IsCancelled = never,
) -> Trainings:
    """Train one map per seed, here or on a Dask cluster.

    Parameters
    ----------
    activations : Activations
    settings : AutoencoderSettings
        The seed is replaced.
    seeds : sequence of int
    cluster : str or None
        Address of a cluster's scheduler; else they are trained on this computer.
    tls : TlsFiles, optional
        For an encrypted cluster.
    workers : int, optional
        Trainings in parallel on this computer, by default one per processor.
    on_map : callable
        Called with each map as soon as it is finished, so that a cancel need not lose it.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If the cluster cannot be reached, or trainings fail; see `training.ensemble.train_ensemble`.
    Cancelled
    """
    if cluster is not None:
        from auslan_explorer.training.cluster import train_on_cluster

        return train_on_cluster(activations, settings, seeds, cluster, progress, cancelled, on_map, tls)
    from auslan_explorer.training.ensemble import train_ensemble

    workers = workers or os.cpu_count() or 1
    return train_ensemble(activations, settings, seeds, workers, progress, cancelled, on_map)


def train_and_save_ensemble(
    activations: Activations,
    seeds: Sequence[int],
    cluster: str | None,
    on_map: Callable[[SeedMap], None],
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Ensemble:
    """Train an ensemble of 2-D maps as `train_maps` does, and save it in the person's data folder."""
    from auslan_explorer.training.settings import quick_autoencoder

    settings = quick_autoencoder(2)
    done = train_maps(
        activations, settings, seeds, cluster=cluster, on_map=on_map, progress=progress, cancelled=cancelled
    )
    return save_ensemble(activations, done.maps)


def save_ensemble(activations: Activations, maps: Sequence[SeedMap]) -> Ensemble:
    """Build an ensemble of the 2-D maps finished by `train_and_save_ensemble`, in any order, and save it."""
    from auslan_explorer.io.stability_store import save_ensemble
    from auslan_explorer.training.ensemble import assemble_ensemble
    from auslan_explorer.training.settings import quick_autoencoder

    ensemble = assemble_ensemble(activations, sorted(maps, key=lambda each: each.seed), quick_autoencoder(2))
    save_ensemble(ensemble)
    return ensemble


def count_pairs(ensemble: Ensemble, neighbours: int) -> tuple[Pair, ...]:
    """Count for each pair of signs the maps on which they are among each other's nearest."""
    from auslan_explorer.analysis.stability import pairs

    return pairs(ensemble, neighbours)


def close_maps(ensemble: Ensemble, one: int, other: int, neighbours: int) -> np.ndarray:
    """Find the maps on which two signs are among each other's nearest by whole paths, bool, shape (maps,)."""
    from auslan_explorer.analysis.stability import mutual_neighbours, path_distances

    near = [mutual_neighbours(path_distances(paths), neighbours)[one, other] for paths in ensemble.paths]
    return np.array(near, dtype=bool)


def export_pairs(
    pairs: Sequence[Pair],
    names: Sequence[str],
    path: Path,
    words: Words,
    origin: Origin,
    describe: bool,
) -> Path:
    """Write pairs as CSV, in the words of their data, and with `describe` where they are from; return the path."""
    from auslan_explorer.io.pairs_export import write_pairs

    write_pairs(path, pairs, names, words, origin, describe)
    return path
